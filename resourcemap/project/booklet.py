"""The maps of a booklet: one for every area that has places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.publish.lists.booklet import AreaMap
from resourcemap.publish.lists.sections import divide
from resourcemap.publish.paper.places import number_places
from resourcemap.publish.papermap import ground_of, paper_map

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from resourcemap.model.consent import Released
    from resourcemap.project.planned import Planned

MAP_MM = (180.0, 150.0)


def maps_of(
    project: Planned,
    released: Released,
    areas: gpd.GeoDataFrame | None,
    placements: pd.DataFrame | None,
    system: str | None,
    language: str,
) -> dict[str | None, AreaMap]:
    """Draw a map of every area that has places, by its id; ``None`` is that of a list that is not divided.

    Places are numbered in the bounds of the area, as on every other sheet about it.
    """
    there = released.table[released.table.geometry.notna()]
    if there.empty:
        return {}
    ground = ground_of(project.background, there, *([] if project.areas is None else [project.areas]))
    made: dict[str | None, AreaMap] = {}
    for section in divide(released.table, placements, areas, system):
        here, bounds = None, None
        if areas is not None and section.of == "area":
            here = areas[(areas["system"] == system) & (areas["area_id"] == section.area_id)]
            bounds = here.to_crs(4326).total_bounds
        places = number_places(released, catalog=project.catalog, rows=section.labels, bounds=bounds)
        if section.of not in ("area", "all") or not len(places):
            continue
        drawn = paper_map(
            released.only(section.labels),
            places,
            catalog=project.catalog,
            width_mm=MAP_MM[0],
            height_mm=MAP_MM[1],
            area=here,
            areas=project.areas,
            background=ground,
            language=language,
            credit=project.settings.project.get("credit", ""),
            as_of=project.as_of,
        )
        made[section.area_id] = AreaMap(places, drawn.svg, drawn.cells, drawn.alt, "")
    return made
