"""Which rows share a venue: one building, however its name is written."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from itertools import compress
from typing import TYPE_CHECKING

import pandas as pd
import shapely

from resourcemap.geocode.address import address_key
from resourcemap.metres import metre_crs, to_lonlat, to_metres
from resourcemap.model.names import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

_SAME_VENUE = 30.0  # metres
_DECIMALS = 4  # of a degree, about 10 m
_NO_PLACE = ("served_area", "none")
_ID_BYTES = 5


def group_venues(resources: gpd.GeoDataFrame) -> pd.Series:
    """Give each row the id of its venue; rows that share a venue share the id.

    Rows with the same venue name (spelling folded) lie in one venue when their points are at most 30 m
    apart, directly or over further rows of that name; rows of that name without a point form a venue of
    their own. Rows without a venue name share a venue when point and address are the same. Rows that have
    neither name nor point, and rows without a place (served areas, telephone), get none.

    Ids come from the folded name and a rounded point, so they do not depend on the order of rows.

    Parameters
    ----------
    resources
        The table of points, located or not; ``venue``, ``address`` and ``place`` are looked at where they
        exist.

    Returns
    -------
    pandas.Series
        Ids on the index of `resources`, ``None`` where there is no venue.

    Examples
    --------
    >>> import geopandas as gpd
    >>> table = gpd.GeoDataFrame({"venue": ["みほん会館", "みほん会館 ", "ひろば"]},
    ...     geometry=gpd.points_from_xy([139.7, 139.7, 139.7], [34.95, 34.95001, 34.95]), crs="EPSG:4326")
    >>> ids = group_venues(table)
    >>> bool(ids[0] == ids[1]), bool(ids[0] == ids[2])
    (True, False)
    """
    lonlat, metres = _points(resources)
    places = texts_of(resources, "place")
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, (venue, address) in enumerate(
        zip(texts_of(resources, "venue"), texts_of(resources, "address"), strict=True)
    ):
        name = fold_name(venue) if venue else ""
        if places[row] in _NO_PLACE or (not name and lonlat[row] is None):
            continue
        groups[name, "" if name else address_key(address or "")].append(row)
    ids: list[str | None] = [None] * len(resources)
    for (name, address), rows in groups.items():
        for cluster in _clusters(rows, metres):
            point = min((known for row in cluster if (known := lonlat[row]) is not None), default=None)
            for row in cluster:
                ids[row] = _id(name or address, point)
    return pd.Series(ids, index=resources.index, dtype=object, name="venue_id")


def texts_of(table: pd.DataFrame, name: str) -> list[str | None]:
    """List the texts of a column, ``None`` where there is none."""
    if name not in table:
        return [None] * len(table)
    return [value.strip() or None if isinstance(value, str) else None for value in table[name].tolist()]


def _points(
    resources: gpd.GeoDataFrame,
) -> tuple[list[tuple[float, float] | None], list[tuple[float, float] | None]]:
    """List the points of the rows in degrees and in metres."""
    known = to_lonlat(resources).geometry.reset_index(drop=True)
    known = known[known.bounds.notna().all(axis=1)]
    lonlat: list[tuple[float, float] | None] = [None] * len(resources)
    metres: list[tuple[float, float] | None] = [None] * len(resources)
    if known.empty:
        return lonlat, metres
    degrees = shapely.get_coordinates(shapely.centroid(known.to_numpy()))
    flat = shapely.get_coordinates(shapely.centroid(to_metres(known, metre_crs(known)).to_numpy()))
    for row, (lon, lat), (x, y) in zip(known.index, degrees.tolist(), flat.tolist(), strict=True):
        lonlat[row] = (round(lon, _DECIMALS), round(lat, _DECIMALS))
        metres[row] = (x, y)
    return lonlat, metres


def _clusters(rows: Sequence[int], metres: Sequence[tuple[float, float] | None]) -> list[list[int]]:
    """Put rows together whose points form a chain of steps of at most 30 m; those without a point by themselves."""
    nowhere = [row for row in rows if metres[row] is None]
    left = sorted((point, row) for row in rows if (point := metres[row]) is not None)
    clusters = [nowhere] if nowhere else []
    while left:
        reached = [left.pop(0)]
        for point, _ in reached:
            near = [math.dist(item[0], point) <= _SAME_VENUE for item in left]
            reached += compress(left, near)
            left = [item for item, taken in zip(left, near, strict=True) if not taken]
        clusters.append([row for _, row in reached])
    return clusters


def _id(name: str, point: tuple[float, float] | None) -> str:
    where = "" if point is None else f"{point[0]:.{_DECIMALS}f},{point[1]:.{_DECIMALS}f}"
    return "v" + hashlib.blake2b(f"{name}|{where}".encode(), digest_size=_ID_BYTES).hexdigest()
