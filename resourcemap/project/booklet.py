"""The maps of a booklet: one for every area that has places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.metres import to_lonlat
from resourcemap.publish.lists.booklet import AreaMap
from resourcemap.publish.lists.sections import divide
from resourcemap.publish.paper.places import number_places
from resourcemap.publish.papermap import paper_map

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from resourcemap.model.consent import Released
    from resourcemap.project.planned import Planned
    from resourcemap.publish.choice import Choice

MAP_MM = (180.0, 150.0)
# More pins than these cannot be told apart on half a page.
MOST_PLACES = 100


def maps_of(project: Planned, released: Released, choice: Choice, on: date, told: Mapping[str, Any]) -> dict[str, Any]:
    """Draw a map of every area that has places, as `write_booklet` takes them: ``maps``, and ``crowded`` without one.

    Numbers are those of all other paper about the area, unless only some of its rows were chosen: then they begin at
    one again. An area with more than `MOST_PLACES` places has no map: nobody could find a number on it.

    Parameters
    ----------
    project
        The tables of a project.
    released
        The rows of the booklet.
    choice, on
        What was chosen, and the first day that the paper is for.
    told
        What the booklet is told: ``areas``, ``placements``, ``system``, ``language``, ``as_of``.
    """
    if not released.table.geometry.notna().any():
        return {}
    paper, areas, system = project.on_paper(on), told["areas"], told["system"]
    whole = choice == type(choice)(area=choice.area)
    made: dict[str | None, AreaMap] = {}
    crowded: dict[str | None, int] = {}
    for section in divide(released.table, told["placements"], areas, system):
        if section.of not in ("area", "all") or not len(section.labels):
            continue
        here = None
        if areas is not None and section.of == "area":
            here = areas[(areas["system"] == system) & (areas["area_id"] == section.area_id)]
        rows = released.only(section.labels)
        bounds = None if here is None else to_lonlat(here).total_bounds
        places = paper.places_of(here) if whole else number_places(rows, catalog=project.catalog, bounds=bounds)
        if not len(places):
            continue
        if len(places) > MOST_PLACES:
            crowded[section.area_id] = len(places)
            continue
        drawn = paper_map(
            rows,
            places,
            catalog=project.catalog,
            width_mm=MAP_MM[0],
            height_mm=MAP_MM[1],
            area=here,
            areas=project.areas,
            background=project.background if project.areas is None else paper.ground,
            language=told["language"],
            credit=project.settings.project.get("credit", ""),
            as_of=told["as_of"],
        )
        made[section.area_id] = AreaMap(places, drawn.svg, drawn.cells, drawn.alt, "")
    return {"maps": made, "crowded": crowded}
