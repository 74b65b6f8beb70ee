"""Community resources and service areas: who is within reach of what, and who is not.

The names below are the library; each is imported when it is first used.

Examples
--------
>>> import resourcemap as rm
>>> callable(rm.coverage)
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resourcemap.areas.cells import cells
    from resourcemap.areas.membership import areas_from_blocks
    from resourcemap.areas.placement import placements
    from resourcemap.areas.served import served_blocks
    from resourcemap.geocode.gazetteer import read_gazetteer, read_places
    from resourcemap.geocode.match import locate
    from resourcemap.geocode.prepared import write_gazetteer
    from resourcemap.measure.coverage import coverage
    from resourcemap.measure.question import Question
    from resourcemap.measure.tidy import by_area
    from resourcemap.model.catalog import load_catalog
    from resourcemap.model.consent import release
    from resourcemap.plan.gaps import gaps
    from resourcemap.plan.patches.unserved import patches_of
    from resourcemap.plan.siting.sites import sites
    from resourcemap.plan.situation import Situation
    from resourcemap.plan.standards.entries import read_standards
    from resourcemap.plan.standards.judging import judge
    from resourcemap.plan.standards.rating import rate
    from resourcemap.plan.standards.standard import Standard
    from resourcemap.plan.strengths.strengths import strengths
    from resourcemap.project.project import open_project
    from resourcemap.publish.lists import write_list
    from resourcemap.publish.webmap import webmap, write_webmap
    from resourcemap.publish.webmap.planning import Planning
    from resourcemap.reach.dasymetric import people_in_buildings, people_on_meshes
    from resourcemap.reach.slot_words import read_slot
    from resourcemap.reach.spread import spread_people
    from resourcemap.reach.streets import reach_streets
    from resourcemap.read.areas import read_areas, read_blocks
    from resourcemap.read.people import read_membership, read_people
    from resourcemap.read.resources import read_resources
    from resourcemap.read.schedules.parse import read_schedule
    from resourcemap.read.streets import read_streets

__version__ = "0.1.0"

_HOME = {
    "Planning": "publish.webmap.planning",
    "Question": "measure.question",
    "Situation": "plan.situation",
    "Standard": "plan.standards.standard",
    "areas_from_blocks": "areas.membership",
    "by_area": "measure.tidy",
    "cells": "areas.cells",
    "coverage": "measure.coverage",
    "gaps": "plan.gaps",
    "judge": "plan.standards.judging",
    "load_catalog": "model.catalog",
    "locate": "geocode.match",
    "open_project": "project.project",
    "patches_of": "plan.patches.unserved",
    "people_in_buildings": "reach.dasymetric",
    "people_on_meshes": "reach.dasymetric",
    "placements": "areas.placement",
    "rate": "plan.standards.rating",
    "reach_streets": "reach.streets",
    "read_areas": "read.areas",
    "read_blocks": "read.areas",
    "read_gazetteer": "geocode.gazetteer",
    "read_membership": "read.people",
    "read_people": "read.people",
    "read_places": "geocode.gazetteer",
    "read_resources": "read.resources",
    "read_schedule": "read.schedules.parse",
    "read_slot": "reach.slot_words",
    "read_standards": "plan.standards.entries",
    "read_streets": "read.streets",
    "release": "model.consent",
    "served_blocks": "areas.served",
    "sites": "plan.siting.sites",
    "spread_people": "reach.spread",
    "strengths": "plan.strengths.strengths",
    "webmap": "publish.webmap",
    "write_gazetteer": "geocode.prepared",
    "write_list": "publish.lists",
    "write_webmap": "publish.webmap",
}

__all__ = [
    "Planning",
    "Question",
    "Situation",
    "Standard",
    "areas_from_blocks",
    "by_area",
    "cells",
    "coverage",
    "gaps",
    "judge",
    "load_catalog",
    "locate",
    "open_project",
    "patches_of",
    "people_in_buildings",
    "people_on_meshes",
    "placements",
    "rate",
    "reach_streets",
    "read_areas",
    "read_blocks",
    "read_gazetteer",
    "read_membership",
    "read_people",
    "read_places",
    "read_resources",
    "read_schedule",
    "read_slot",
    "read_standards",
    "read_streets",
    "release",
    "served_blocks",
    "sites",
    "spread_people",
    "strengths",
    "webmap",
    "write_gazetteer",
    "write_list",
    "write_webmap",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'resourcemap' has no attribute {name!r}")
    return getattr(import_module(f"resourcemap.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
