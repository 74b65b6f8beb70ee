"""Released resources as columns for the page: each text once, venues apart from what happens there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from resourcemap.metres import to_lonlat
from resourcemap.model.tables import AT_A_PLACE, EXACT, PLACES
from resourcemap.publish.escape import telephone, web_address

if TYPE_CHECKING:
    import geopandas as gpd

    from resourcemap.model.catalog import Catalog

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
    "languages",
)
_DATES = ("valid_from", "valid_to", "verified_on")


def resources(table: gpd.GeoDataFrame, catalog: Catalog) -> dict[str, list[Any]]:
    """Write the rows as columns; a column without any value is left out.

    ``kind``, ``audience`` and ``facilities`` are positions in the catalogue, ``activity`` and ``venue`` numbers
    of this page, ``status`` is 1 where suspended, ``place`` a position in `resourcemap.model.tables.PLACES`.
    """
    kinds = {kind: number for number, kind in enumerate(catalog.kinds)}
    columns: dict[str, list[Any]] = {name: _texts(table, name) for name in _TEXTS}
    columns |= {name: _dates(table, name) for name in _DATES}
    columns["id"] = _texts(table, "resource_id")
    columns["kind"] = [kinds[kind] for kind in table["kind"]]
    columns["activity"] = [int(number) for number in pd.factorize(table["activity_id"])[0]]
    columns["place"] = [PLACES.index(where) for where in table["place"]]
    columns["status"] = [int(status == "suspended") for status in table["status"]]
    columns["audience"] = _listed(table, "audience", list(catalog.audiences))
    columns["facilities"] = _listed(table, "facilities", list(catalog.facilities))
    columns["call"] = [telephone(text) for text in columns["phone"]]
    columns["url"] = [web_address(text) for text in _texts(table, "url")]
    columns["venue"], columns["at"] = _texts(table, "venue"), _venue_numbers(table)
    return {name: values for name, values in columns.items() if any(value not in (None, 0, []) for value in values)}


def checks(ages: pd.DataFrame, words: dict[str, str]) -> dict[str, list[Any]]:
    """Write when every row was last checked, in words, as ``checked``; ``stale`` is 1 where it should be again.

    `ages` are those of `resourcemap.publish.ages.ages`; rows of which nothing is to be told have no words.
    """
    columns = ages[["told", "checked_on", "age", "partly", "stale"]]
    said = [_checked(row, words) if row[0] else None for row in columns.itertuples(index=False, name=None)]
    return {"checked": said, "stale": [int(stale) for stale in ages["stale"]]}


def _checked(row: tuple[Any, ...], words: dict[str, str]) -> str:
    _, day, age, partly, _ = row
    if pd.isna(day):
        return words["checked_partly" if partly else "checked_unknown"]
    return words["checked_on"].format(year=day.year, month=day.month, age=age)


def venues(table: gpd.GeoDataFrame) -> dict[str, list[Any]]:
    """Write one entry per venue with a position: name, address, longitude, latitude, whether approximate.

    A venue is what shares a ``venue_id``; rows without one are together when they are on the same spot. Where
    several rows of a venue were located, the most exact one gives the position; one whose own address was found
    gives the address.
    """
    number = np.array([-1 if at is None else at for at in _venue_numbers(table)], dtype=int)
    spots = to_lonlat(table)[number >= 0]
    rows = pd.DataFrame(
        {
            "at": number[number >= 0],
            "name": _texts(spots, "venue"),
            "address": _texts(spots, "address"),
            "title": _texts(spots, "name"),
            "lon": np.round(shapely.get_x(spots.geometry.to_numpy()), 6),
            "lat": np.round(shapely.get_y(spots.geometry.to_numpy()), 6),
            "rough": ~spots["located"].isin(EXACT).to_numpy() if "located" in spots else False,
            "borrowed": (spots["located"] == "venue").to_numpy() if "located" in spots else False,
        }
    )
    found = rows.sort_values(["at", "rough", "borrowed"], kind="stable").groupby("at", sort=True).first()
    names = found["name"].where(found["name"].notna(), found["address"])
    names = names.where(names.notna(), found["title"])
    return {
        "name": _plain(names),
        "address": _plain(found["address"]),
        "lon": [float(lon) for lon in found["lon"]],
        "lat": [float(lat) for lat in found["lat"]],
        "rough": [int(rough) for rough in found["rough"]],
    }


def memberships(
    table: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, placements: pd.DataFrame
) -> list[list[list[int] | None]]:
    """List for every system the areas of every row, as positions within the system.

    ``None`` stands for "everywhere": what comes by telephone, and a visiting service that `placements` puts nowhere.
    """
    shapes = table["place"].to_numpy(dtype=object)
    anywhere = (shapes == "none") | (shapes == "served_area")
    placed = placements[placements["area_id"].notna()]
    made = []
    for system, rows in areas.groupby("system", sort=False):
        number = {area_id: position for position, area_id in enumerate(rows["area_id"])}
        here = placed[placed["system"] == system]
        found: dict[str, list[int]] = {}
        for resource, area_id in zip(here["resource_id"], here["area_id"], strict=True):
            if area_id in number:
                found.setdefault(resource, []).append(number[area_id])
        made.append(
            [
                found.get(resource, None if free else [])
                for resource, free in zip(table["resource_id"], anywhere, strict=True)
            ]
        )
    return made


def _venue_numbers(table: gpd.GeoDataFrame) -> list[int | None]:
    spots = to_lonlat(table).geometry.to_numpy()
    there = table["place"].isin(AT_A_PLACE).to_numpy() & ~(shapely.is_missing(spots) | shapely.is_empty(spots))
    x, y = shapely.get_x(spots), shapely.get_y(spots)
    ids = table["venue_id"] if "venue_id" in table else pd.Series(None, index=table.index, dtype=object)
    keys = [
        None if not here else str(venue) if isinstance(venue, str) and venue else (round(lon, 6), round(lat, 6))
        for here, venue, lon, lat in zip(there, ids, x, y, strict=True)
    ]
    numbers: dict[object, int] = {}
    return [None if key is None else numbers.setdefault(key, len(numbers)) for key in keys]


def _texts(table: pd.DataFrame, column: str) -> list[str | None]:
    return _plain(table[column]) if column in table else [None] * len(table)


def _plain(values: pd.Series) -> list[str | None]:
    """Write cells as text: missing ones as ``None``, whole numbers without a point."""
    missing, cells = values.isna().to_numpy(), values.to_numpy(dtype=object)
    return [None if gone else _cell(value) for gone, value in zip(missing, cells, strict=True)]


def _cell(value: Any) -> str | None:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() or None


def _dates(table: pd.DataFrame, column: str) -> list[str | None]:
    """Write dates as ``2026-04-01``; other text stays as it is."""
    if column not in table:
        return [None] * len(table)
    missing, cells = table[column].isna().to_numpy(), table[column].to_numpy(dtype=object)
    return [
        None if gone else value.isoformat()[:10] if isinstance(value, date) else str(value).removesuffix(" 00:00:00")
        for gone, value in zip(missing, cells, strict=True)
    ]


def _listed(table: pd.DataFrame, column: str, known: list[str]) -> list[list[int]]:
    """Turn ``;``-joined ids into their positions in the catalogue; ids it does not have are passed over."""
    number = {item: position for position, item in enumerate(known)}
    written = [text or "" for text in _texts(table, column)]
    meaning = {text: [number[item] for item in text.split(";") if item in number] for text in set(written)}
    return [meaning[text] for text in written]
