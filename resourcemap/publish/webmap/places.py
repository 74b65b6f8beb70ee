"""Released resources as columns for the page: each text once, venues apart from what happens there."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from resourcemap.metres import to_lonlat
from resourcemap.model.tables import AT_A_PLACE, EXACT, PLACES
from resourcemap.publish.escape import telephone, web_address
from resourcemap.publish.webmap.columns import coded, coded_again

if TYPE_CHECKING:
    import geopandas as gpd

    from resourcemap.model.catalog import Catalog
    from resourcemap.publish.webmap.columns import Coded

_TEXTS = (
    "name",
    "kana",
    "provider",
    "venue",
    "address",
    "serves",
    "schedule",
    "audience_text",
    "capacity",
    "cost",
    "how_to_join",
    "phone",
    "description",
)
_DATES = ("valid_from", "valid_to", "verified_on")
_PARTLY, _NEVER = "partly", "never"
_BETWEEN = re.compile(r"[;；、，,/／・]")


def resources(table: gpd.GeoDataFrame, catalog: Catalog) -> dict[str, Coded]:
    """Write the rows as columns of `resourcemap.publish.webmap.columns`; one without any value is left out.

    ``kind``, ``audience`` and ``facilities`` are positions in the catalogue, ``activity`` and ``at`` (the venue)
    numbers of this page, ``status`` is 1 where suspended, ``place`` a position in `resourcemap.model.tables.PLACES`.
    """
    kinds = {kind: number for number, kind in enumerate(catalog.kinds)}
    places = {where: number for number, where in enumerate(PLACES)}
    columns = {name: _coded(table, name, _cell) for name in _TEXTS}
    columns |= {name: _coded(table, name, _day) for name in _DATES}
    columns["id"] = _coded(table, "resource_id", _cell)
    columns["kind"] = _coded(table, "kind", kinds.__getitem__)
    columns["activity"] = pd.factorize(table["activity_id"])[0].tolist()
    columns["place"] = _coded(table, "place", places.__getitem__)
    columns["status"] = _coded(table, "status", lambda status: int(status == "suspended"))
    columns["audience"] = _coded(table, "audience", _positions(list(catalog.audiences)))
    columns["facilities"] = _coded(table, "facilities", _positions(list(catalog.facilities)))
    columns["languages"] = _coded(table, "languages", _split)
    columns["call"] = _coded(table, "phone", lambda phone: telephone(_cell(phone)))
    columns["url"] = _coded(table, "url", lambda url: web_address(_cell(url)))
    columns["at"] = coded_again(numbers := _venue_numbers(table), list(range(numbers.max(initial=-1) + 1)))
    return {name: column for name, column in columns.items() if column is not None}


def checks(ages: pd.DataFrame) -> dict[str, Coded]:
    """Write when every row was last checked, as ``checked``, and as ``stale`` 1 where it has to be checked again.

    ``checked`` is a day, ``partly`` where only some of it was ever checked, ``never`` where nothing was; `ages` are
    those of `resourcemap.publish.ages.ages`, and rows of which nothing is to be told have neither.
    """
    day = ages["checked_on"].dt.strftime("%Y-%m-%d").astype(object)
    unknown = np.where(ages["partly"], _PARTLY, _NEVER)
    said = day.where(ages["checked_on"].notna(), unknown).where(ages["told"], None)
    columns = {"checked": coded(said), "stale": coded(ages["stale"].map({True: 1, False: None}))}
    return {name: column for name, column in columns.items() if column is not None}


def venues(table: gpd.GeoDataFrame) -> dict[str, Coded]:
    """Write one entry per venue with a position: name, address, longitude, latitude, whether approximate.

    Longitudes and latitudes are whole numbers of 0.000001 degree. A venue is what shares a ``venue_id``; rows without
    one are together when they are on the same spot. Where several rows of a venue were located, the most exact one
    gives the position; one whose own address was found gives the address.
    """
    number = _venue_numbers(table)
    spots = to_lonlat(table)[number >= 0]
    rows = pd.DataFrame(
        {
            "at": number[number >= 0],
            "name": _column(spots, "venue"),
            "address": _column(spots, "address"),
            "title": _column(spots, "name"),
            "lon": np.rint(shapely.get_x(spots.geometry.to_numpy()) * 1e6).astype(np.int64),
            "lat": np.rint(shapely.get_y(spots.geometry.to_numpy()) * 1e6).astype(np.int64),
            "rough": ~spots["located"].isin(EXACT).to_numpy() if "located" in spots else False,
            "borrowed": (spots["located"] == "venue").to_numpy() if "located" in spots else False,
        }
    )
    found = rows.sort_values(["at", "rough", "borrowed"], kind="stable").groupby("at", sort=True).first()
    names = found["name"].where(found["name"].notna(), found["address"])
    names = names.where(names.notna(), found["title"])
    columns = {
        "name": coded(names, _cell),
        "address": coded(found["address"], _cell),
        "lon": found["lon"].tolist(),
        "lat": found["lat"].tolist(),
        "rough": coded(found["rough"].map({True: 1, False: None})),
    }
    return {name: column for name, column in columns.items() if column is not None}


def memberships(table: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, placements: pd.DataFrame) -> list[Coded | None]:
    """List for every system the areas of every row, as positions within the system.

    A missing list stands for "everywhere": what comes by telephone, and a visiting service that `placements` puts
    nowhere.
    """
    shapes = table["place"].to_numpy(dtype=object)
    anywhere = (shapes == "none") | (shapes == "served_area")
    placed = placements[placements["area_id"].notna()]
    made = []
    for system, rows in areas.groupby("system", sort=False):
        number = {area_id: position for position, area_id in enumerate(rows["area_id"])}
        here = placed[placed["system"] == system]
        found: dict[str, tuple[int, ...]] = {}
        for resource, area_id in zip(here["resource_id"], here["area_id"], strict=True):
            if area_id in number:
                found[resource] = (*found.get(resource, ()), number[area_id])
        usual = [None if free else () for free in anywhere]
        lists = [found.get(resource, other) for resource, other in zip(table["resource_id"], usual, strict=True)]
        made.append(coded(_apart(lists), list))
    return made


def _apart(values: list[Any]) -> np.ndarray:
    """Return an array of objects, also of tuples, which numpy would make a table of."""
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def _venue_numbers(table: gpd.GeoDataFrame) -> np.ndarray:
    """Give the venue of every row a number, in order of appearance; -1 where there is none."""
    spots = to_lonlat(table).geometry.to_numpy()
    there = table["place"].isin(AT_A_PLACE).to_numpy() & ~(shapely.is_missing(spots) | shapely.is_empty(spots))
    x, y = np.round(shapely.get_x(spots), 6).tolist(), np.round(shapely.get_y(spots), 6).tolist()
    ids = table["venue_id"].to_numpy(dtype=object) if "venue_id" in table else np.full(len(table), None)
    keys = [
        None if not here else venue if isinstance(venue, str) and venue else (lon, lat)
        for here, venue, lon, lat in zip(there, ids, x, y, strict=True)
    ]
    numbers: np.ndarray = pd.factorize(_apart(keys), use_na_sentinel=True)[0]
    return numbers


def _coded(table: pd.DataFrame, column: str, write: Any) -> Coded | None:
    return coded(_column(table, column), write)


def _column(table: pd.DataFrame, column: str) -> np.ndarray:
    cells: np.ndarray = table[column].to_numpy(dtype=object) if column in table else np.full(len(table), None)
    return cells


def _cell(value: Any) -> str | None:
    """Write a cell as text: blank ones as ``None``, whole numbers without a point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() or None


def _day(value: Any) -> str | None:
    """Write a date as ``2026-04-01``; other text stays as it is."""
    return value.isoformat()[:10] if isinstance(value, date) else str(value).removesuffix(" 00:00:00")


def _positions(known: list[str]) -> Any:
    """Make what turns ``;``-joined ids into their positions in the catalogue; ids it does not have are passed over."""
    number = {item: position for position, item in enumerate(known)}
    return lambda text: [number[item] for item in str(text).split(";") if item in number] or None


def _split(text: Any) -> list[str] | None:
    return [part for each in _BETWEEN.split(str(text)) if (part := each.strip())] or None
