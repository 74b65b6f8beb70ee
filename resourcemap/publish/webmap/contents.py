"""What the page shows, gathered from the tables as one object for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.publish.ages import ages
from resourcemap.publish.venues import venues_of
from resourcemap.publish.webmap.ground import areas_by_system, bare_ground, bounds, ground
from resourcemap.publish.webmap.places import checks, memberships, resources, venues
from resourcemap.publish.webmap.timetable import schedules_shown, timetable
from resourcemap.publish.webmap.words import readings_of, terms_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import geopandas as gpd
    import pandas as pd

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released


def contents(
    released: Released,
    *,
    areas: gpd.GeoDataFrame | None,
    placements: pd.DataFrame | None,
    schedules: pd.Series | None,
    background: Mapping[str, gpd.GeoDataFrame],
    catalog: Catalog,
    credit: str,
    contact: str,
    as_of: date | None,
    languages: Sequence[str],
) -> dict[str, Any]:
    """Gather the data of a page, in the first of `languages` and for all of them.

    The first view is that of the areas of the first system and of the background's blocks and outline, with the places.
    """
    table = released.table
    found = venues_of(table)
    first = None if areas is None or not len(areas) else areas[areas["system"] == areas["system"].iloc[0]]
    data: dict[str, Any] = {
        "languages": list(languages),
        "language": languages[0],
        "words": words_of(languages),
        "terms": terms_of(catalog, languages),
        "readings": readings_of(languages),
        **_catalogue(catalog),
        "as_of": as_of.isoformat() if as_of else None,
        "contact": contact or None,
        "credit": credit,
        "bounds": bounds(table, first, *(background.get(name) for name in ("blocks", "outline"))),
        "count": len(table),
        "resources": resources(table, catalog, found) | checks(ages(released, catalog, as_of)),
        "venues": venues(found),
        "ground": ground(background) or bare_ground(table, first),
        "systems": [],
    }
    if schedules is not None and as_of is not None:
        data["timetable"] = timetable(schedules_shown(schedules, released), as_of, languages=list(languages))
    if areas is not None and len(areas):
        data["systems"] = areas_by_system(areas)
        if placements is not None:
            data["memberships"] = memberships(table, areas, placements)
    return data


def _catalogue(catalog: Catalog) -> dict[str, Any]:
    """Write the ids of the catalogue, how its kinds look, and how long a check of each lasts."""
    return {
        "kinds": [
            {
                "id": kind.id,
                "theme": kind.theme,
                "colour": kind.colour,
                "shape": catalog.shapes[kind.shape],
                "check_months": kind.check_months,
            }
            for kind in catalog.kinds.values()
        ],
        "themes": list(catalog.themes),
        "audiences": list(catalog.audiences),
        "facilities": list(catalog.facilities),
    }
