"""The numbers of places, the same on the map, in the list and among the dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.publish.venues import venues_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released

_BANDS = 8


@dataclass(frozen=True)
class Places:
    """Numbered places.

    Parameters
    ----------
    numbers
        The number of every row, on the index of the rows; missing for rows without a point.
    table
        One row per place on the index ``number``: ``name``, ``address`` (missing where not known), ``rough`` (only the
        block or less is known), ``kinds`` (a tuple in the catalogue's order), ``suspended`` (all that happens there
        is), and the point in longitude and latitude.
    """

    numbers: pd.Series
    table: gpd.GeoDataFrame

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self.table)


def number_places(
    released: Released,
    *,
    catalog: Catalog,
    rows: pd.Index | None = None,
    bounds: Sequence[float] | None = None,
) -> Places:
    """Give the places of released rows numbers in reading order: bands from north to south, each from west to east.

    What happens at one venue shares its number. Rows without a point, such as visits and telephone lines, have none.

    Parameters
    ----------
    released
        What the gate let through.
    catalog
        Gives the order of kinds.
    rows
        The labels of the rows to number, all unless given.
    bounds
        West, south, east and north of the map in degrees, which is divided into eight bands; those of the places
        unless given.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> halls = gpd.GeoDataFrame({"resource_id": list("abc"), "name": ["南", "北東", "北西"], "kind": "salon",
    ...     "place": "venue", "status": "active", "channels": "paper"},
    ...     geometry=gpd.points_from_xy([139.7, 139.8, 139.7], [35, 35.1, 35.099]), crs="EPSG:4326")
    >>> places = number_places(release(halls, "paper"), catalog=load_catalog())
    >>> places.numbers.tolist(), places.table["name"].tolist()
    ([3, 2, 1], ['北西', '北東', '南'])
    """
    table = released.table if rows is None else released.table.loc[rows]
    found = venues_of(table)
    lon, lat = found.lon / 1e6, found.lat / 1e6
    order = np.lexsort((np.arange(len(lat)), lon, _bands(lat, bounds)))
    number = np.empty(len(order) + 1, dtype=int)
    number[order] = np.arange(1, len(order) + 1)
    of_row = pd.Series(number[found.of], index=table.index, dtype="Int64", name="number")
    of_row = of_row.mask(found.of < 0)
    places = gpd.GeoDataFrame(
        {
            "name": [found.names[place] for place in order],
            "address": [found.addresses[place] for place in order],
            "rough": found.rough[order],
            "kinds": _kinds(table, of_row, len(order), catalog),
            "suspended": _all_suspended(table, of_row, len(order)),
        },
        geometry=shapely.points(lon[order], lat[order]),
        crs="EPSG:4326",
        index=pd.RangeIndex(1, len(order) + 1, name="number"),
    )
    return Places(of_row, places)


def _bands(lat: np.ndarray, bounds: Sequence[float] | None) -> np.ndarray:
    """Give the band of each latitude, the most northern first."""
    if not len(lat):
        return np.zeros(0, dtype=int)
    south, north = (lat.min(), lat.max()) if bounds is None else (bounds[1], bounds[3])
    height = (north - south) / _BANDS or 1.0
    bands: np.ndarray = np.clip(np.floor((north - lat) / height), 0, _BANDS - 1).astype(int)
    return bands


def _kinds(table: pd.DataFrame, of_row: pd.Series, count: int, catalog: Catalog) -> list[tuple[str, ...]]:
    order = {kind: position for position, kind in enumerate(catalog.kinds)}
    found: list[set[str]] = [set() for _ in range(count)]
    for number, kind in zip(of_row, table["kind"], strict=True):
        if not pd.isna(number):
            found[number - 1].add(kind)
    return [tuple(sorted(kinds, key=lambda kind: (order.get(kind, len(order)), kind))) for kinds in found]


def _all_suspended(table: pd.DataFrame, of_row: pd.Series, count: int) -> list[bool]:
    suspended = (table["status"] == "suspended").groupby(of_row).all()
    return [bool(suspended.get(number, False)) for number in range(1, count + 1)]
