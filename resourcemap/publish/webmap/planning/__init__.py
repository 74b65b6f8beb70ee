"""What a planning committee asks of the map: where is something missing, for whom, how sure, and where next."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.publish.webmap.planning.compared import CHANGES, as_rows
from resourcemap.publish.webmap.planning.figures import figures
from resourcemap.publish.webmap.planning.layers import outlines, patches, portraits, sentences, sites, standards

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import geopandas as gpd

    from resourcemap.model.catalog import Catalog

SCRIPTS = tuple(f"planning/{name}" for name in ("data", "legend", "layers", "panel", "card", "planning"))
STYLES = ("planning/planning",)
_HERE = files("resourcemap.publish.webmap")


class MeasureName(Protocol):
    """What a measure is called, in what it counts, and whether more of it is better; see docs/measures.md."""

    @property
    def ja(self) -> str:
        """Its name in Japanese."""

    @property
    def en(self) -> str:
        """Its name in English."""

    @property
    def unit(self) -> str:
        """The unit of its values."""

    @property
    def better(self) -> str:
        """``more``, ``less``, or blank."""


@dataclass(frozen=True, kw_only=True)
class Planning:
    """The layers of a planning map; each is optional, and stands on the page only when it is given.

    Nothing is worked out or blanked here: what the tables do not tell, the page does not tell either. Metres of figures
    are rounded to ten, as in the files of figures.

    Parameters
    ----------
    coverage
        The table of `resourcemap.coverage`, any part of it. Rows without ``area_id`` are outside of all areas.
    measures
        What the measures of `coverage` are called, by id (`resourcemap.measure.catalogue.load_measures`).
    gaps
        The table of `resourcemap.gaps`: its sentences, for the distance they were made for.
    standards
        The standards held against the areas (`resourcemap.plan.standards.judging.judge`).
    patches
        The patches of ground beyond reach (`resourcemap.plan.patches.unserved.patches_of`).
    outlines
        How far places reach: ``kind``, ``distance_m`` and polygons.
    sites
        Where something could open: ``kind``, ``name`` and points; those chosen have ``order`` (1 first) and, where it
        can be told, ``sentence``.
    portraits
        What is known of an area, by system and ``area_id``: any of ``people`` (rows with ``label``, ``people``,
        ``share``, ``share_whole``), ``doubts``, ``strengths``, ``weaknesses`` and ``changes`` (Japanese sentences).
    comparison
        Who gained and lost reach (``ReachChanges.table``) since the day `since`, within `metres`.
    since
        The day that `comparison` looks back to.
    metres
        The distance shown first; that of `gaps` and `comparison`.
    hidden
        How many places of each kind count in the middle of their block, since their spot may not be shown.
    exactly
        Whether such places count at their exact spots: the page then says that it is for the office alone.

    Examples
    --------
    >>> Planning(metres=300).coverage is None
    True
    """

    coverage: pd.DataFrame | None = field(default=None, repr=False)
    measures: Mapping[str, MeasureName] = field(default_factory=dict, repr=False)
    gaps: pd.DataFrame | None = field(default=None, repr=False)
    standards: pd.DataFrame | None = field(default=None, repr=False)
    patches: gpd.GeoDataFrame | None = field(default=None, repr=False)
    outlines: gpd.GeoDataFrame | None = field(default=None, repr=False)
    sites: gpd.GeoDataFrame | None = field(default=None, repr=False)
    portraits: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict, repr=False)
    comparison: pd.DataFrame | None = field(default=None, repr=False)
    since: date | None = None
    metres: float = 500
    hidden: Mapping[str, int] = field(default_factory=dict)
    exactly: bool = False


def planning_data(planning: Planning, areas: gpd.GeoDataFrame | None, *, catalog: Catalog) -> dict[str, Any]:
    """Write everything that the planning layers show, for the data of the page.

    Raises
    ------
    InputError
        Without areas, or when a measure of the table has no name.
    """
    if areas is None or not len(areas):
        raise InputError(
            either(
                ja="計画の地図には区域が要ります。areas に区域の表を渡してください。",
                en="A planning map needs areas: give a table of areas.",
            )
        )
    kinds = {kind: at for at, kind in enumerate(catalog.kinds)}
    ids = {
        str(system): [str(each) for each in areas.loc[areas["system"] == system, "area_id"]]
        for system in pd.unique(areas["system"])
    }
    made: dict[str, Any] = {
        "metres": planning.metres,
        "since": planning.since.isoformat() if planning.since else None,
        "hidden": {str(kinds[kind]): count for kind, count in planning.hidden.items() if count and kind in kinds},
        "exactly": int(planning.exactly),
        "figures": _figures(planning, areas, catalog),
        "sentences": sentences(planning.gaps, ids, kinds, planning.metres),
        "standards": standards(planning.standards, ids),
        "patches": patches(planning.patches, kinds),
        "outlines": outlines(planning.outlines, kinds),
        "sites": sites(planning.sites, kinds),
        "portraits": portraits(planning.portraits, ids, catalog.audiences),
    }
    return {name: value for name, value in made.items() if value not in (None, [], {}, 0)}


@cache
def planning_words(language: str) -> dict[str, str]:
    """Return the words of the planning layers in a language.

    Examples
    --------
    >>> planning_words("ja")["planning"]
    '計画の地図'
    """
    text = (_HERE / "words" / "planning" / f"{language}.toml").read_text(encoding="utf-8")
    known: dict[str, str] = tomllib.loads(text)
    return known


def _figures(planning: Planning, areas: gpd.GeoDataFrame, catalog: Catalog) -> dict[str, Any] | None:
    """Write the figures of both tables as one."""
    tables = [table for table in (planning.coverage,) if table is not None and len(table)]
    unnamed = [str(name) for table in tables for name in pd.unique(table["measure"]) if name not in planning.measures]
    if unnamed:
        raise InputError(
            either(
                ja=f"数字の名前がありません（{first_five(unnamed)}）。measures に load_measures() を渡してください。",
                en=f"These measures have no name ({first_five(unnamed)}). Give load_measures() as measures.",
            )
        )
    if planning.comparison is not None and len(planning.comparison):
        tables.append(as_rows(planning.comparison, planning.metres))
    if not tables:
        return None
    whole = tables[0] if len(tables) == 1 else pd.concat([_plain_texts(table) for table in tables], ignore_index=True)
    names = {name: planning.measures[name] for name in pd.unique(whole["measure"]) if name in planning.measures}
    return figures(whole, areas, names | _changes(whole), catalog=catalog, both_ways=CHANGES)


def _plain_texts(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table without categories, which two tables do not share."""
    categories = [name for name in table if isinstance(table[name].dtype, pd.CategoricalDtype)]
    return table.assign(**{name: table[name].astype(object) for name in categories})


def _changes(table: pd.DataFrame) -> dict[str, MeasureName]:
    there = set(table["measure"])
    return {name: change for name, change in CHANGES.items() if name in there}
