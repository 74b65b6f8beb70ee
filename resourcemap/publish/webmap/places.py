"""Released resources as columns for the page: each text once, venues apart from what happens there."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.model.tables import PLACES
from resourcemap.publish.cells import cell, column, objects, texts
from resourcemap.publish.escape import telephone, web_address
from resourcemap.publish.webmap.columns import coded, coded_again

if TYPE_CHECKING:
    import geopandas as gpd

    from resourcemap.model.catalog import Catalog
    from resourcemap.publish.venues import Venues
    from resourcemap.publish.webmap.columns import Coded

_TEXTS = (
    "name",
    "kana",
    "provider",
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
# A telephone number that the page can turn into a link by itself.
_PLAIN_CALL = re.compile(r"[0-9][0-9-]{4,}[0-9]", re.ASCII)
_DIGITS = range(6, 16)
_BETWEEN = re.compile(r"[;；、，,/／・]")


def resources(table: gpd.GeoDataFrame, catalog: Catalog, found: Venues) -> dict[str, Coded]:
    """Write the rows as columns of `resourcemap.publish.webmap.columns`; one without any value is left out.

    ``kind``, ``audience`` and ``facilities`` are positions in the catalogue, ``activity`` is the first row of the same
    activity, in other rows than that one, ``at`` the number of the venue. ``status`` is 1 where suspended, ``place`` a
    position in `resourcemap.model.tables.PLACES`, missing for a venue. ``venue`` and ``address`` are missing where they
    are those of the venue, and blank where the row has none but its venue has. ``call`` is missing where ``phone`` is a
    plain number.
    """
    kinds = {kind: number for number, kind in enumerate(catalog.kinds)}
    places = {where: number for number, where in enumerate(PLACES)}
    columns = {name: _coded(table, name, cell) for name in _TEXTS}
    columns |= {name: _coded(table, name, _day) for name in _DATES}
    columns["id"] = _coded(table, "resource_id", cell)
    columns["kind"] = _coded(table, "kind", kinds.__getitem__)
    columns["venue"] = coded(_own(table, "venue", found.of, found.names))
    columns["address"] = coded(_own(table, "address", found.of, found.addresses))
    columns["activity"] = coded(_first_of_activity(table))
    columns["place"] = _coded(table, "place", lambda place: places[place] or None)
    columns["status"] = _coded(table, "status", lambda status: 1 if status == "suspended" else None)
    columns["audience"] = _coded(table, "audience", _positions(list(catalog.audiences)))
    columns["facilities"] = _coded(table, "facilities", _positions(list(catalog.facilities)))
    columns["languages"] = _coded(table, "languages", _split)
    columns["call"] = _coded(table, "phone", lambda phone: _call(cell(phone)))
    columns["url"] = _coded(table, "url", lambda url: web_address(cell(url)))
    columns["at"] = coded_again(found.of, list(range(len(found.names))))
    return {name: values for name, values in columns.items() if values is not None}


def checks(ages: pd.DataFrame) -> dict[str, Coded]:
    """Write when every row was last checked, as ``checked``, and as ``stale`` 1 where it has to be checked again.

    ``checked`` is a day, ``partly`` where only some of it was ever checked, ``never`` where nothing was; `ages` are
    those of `resourcemap.publish.ages.ages`, and rows of which nothing is to be told have neither.
    """
    day = ages["checked_on"].dt.strftime("%Y-%m-%d").astype(object)
    unknown = np.where(ages["partly"], _PARTLY, _NEVER)
    said = day.where(ages["checked_on"].notna(), unknown).where(ages["told"], None)
    columns = {"checked": coded(said), "stale": coded(ages["stale"].map({True: 1, False: None}))}
    return {name: values for name, values in columns.items() if values is not None}


def venues(found: Venues) -> dict[str, Coded]:
    """Write one entry per venue: name, address, longitude, latitude, whether approximate.

    Longitudes and latitudes are whole numbers of 0.000001 degree east and north of the point ``from``.
    """
    west, south = (int(numbers.min()) if len(numbers) else 0 for numbers in (found.lon, found.lat))
    columns = {
        "name": coded(found.names),
        "address": coded(found.addresses),
        "from": [west, south],
        "lon": (found.lon - west).tolist(),
        "lat": (found.lat - south).tolist(),
        "rough": coded([1 if rough else None for rough in found.rough]),
    }
    return {name: values for name, values in columns.items() if values is not None}


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
        made.append(coded(objects(lists), list))
    return made


def _own(table: pd.DataFrame, name: str, venue_of: np.ndarray, of_venues: list[str | None]) -> np.ndarray:
    """Give the texts of rows that differ from those of their venues; blank where only the venue has one."""
    shared = [*of_venues, None]  # that of -1: a row without a venue
    own = texts(table, name)
    return objects(
        [
            None if text == shared[venue] else text or ""
            for text, venue in zip(own.tolist(), venue_of.tolist(), strict=True)
        ]
    )


def _first_of_activity(table: pd.DataFrame) -> np.ndarray:
    """Give the first row of the same activity; missing in that row itself."""
    number, distinct = pd.factorize(column(table, "activity_id"))
    rows = np.arange(len(number))
    first = np.full(len(distinct), len(number))
    np.minimum.at(first, number, rows)
    return objects(
        [None if here == row else here for here, row in zip(first[number].tolist(), rows.tolist(), strict=True)]
    )


def _call(phone: str | None) -> str | None:
    """Return the number of a ``tel:`` link, unless the page sees it in the telephone number itself."""
    if phone and _PLAIN_CALL.fullmatch(phone) and len(phone.replace("-", "")) in _DIGITS:
        return None
    return telephone(phone)


def _coded(table: pd.DataFrame, name: str, write: Any) -> Coded | None:
    return coded(column(table, name), write)


def _day(value: Any) -> str | None:
    """Write a date as ``2026-04-01``; other text stays as it is."""
    return value.isoformat()[:10] if isinstance(value, date) else str(value).removesuffix(" 00:00:00")


def _positions(known: list[str]) -> Any:
    """Make what turns ``;``-joined ids into their positions in the catalogue; ids it does not have are passed over."""
    number = {item: position for position, item in enumerate(known)}
    return lambda text: [number[item] for item in str(text).split(";") if item in number] or None


def _split(text: Any) -> list[str] | None:
    return [part for each in _BETWEEN.split(str(text)) if (part := each.strip())] or None
