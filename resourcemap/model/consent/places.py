"""Where a place stands whose spot may not be told: at one point of its part of its town block, always the same.

No chance is used, so that looking twice tells no more than looking once. A block is one part, unless it is large (then
the grid cuts it in which the census counts people: 2分の1地域メッシュ, about 500 m, JIS X 0410) or borders of areas
divide it. A small part would point at its few houses, so it joins its neighbour; all of a block is in its parts.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.metres import LONLAT, to_lonlat

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# A cell of the grid in degrees: 22.5 seconds of longitude, 15 of latitude.
_WIDE, _HIGH = 22.5 / 3600, 15 / 3600
# No part of a block is smaller than this share of a cell (about 10 ha), or of the block where a cell is larger.
_LEAST = 0.4
_PART = 0.2


def coarse_places(
    resources: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame | None, areas: gpd.GeoDataFrame | None = None
) -> gpd.GeoDataFrame:
    """Return for each resource the block it lies in, and the point that stands for it there.

    Parameters
    ----------
    resources
        Resources, in any CRS; those without a point get none.
    blocks
        The town blocks as polygons (``block``), or nothing. The first one counts where they overlap.
    areas
        Areas whose borders divide the blocks, so that a place mostly counts in its own areas.

    Returns
    -------
    geopandas.GeoDataFrame
        ``block`` (missing outside all blocks) and the point in longitude and latitude, on the index of `resources`. It
        is an inner point of the part of the block that the place lies in: in a block larger than a cell of the grid no
        part is under two fifths of a cell (about 10 ha), in others none is under a fifth of the block. Outside all
        blocks it is the middle of the cell.

    Examples
    --------
    >>> block = shapely.box(139.701, 35.701, 139.703, 35.703)
    >>> blocks = gpd.GeoDataFrame({"block": ["みほん1丁目"]}, geometry=[block], crs=4326)
    >>> salons = gpd.GeoDataFrame(geometry=gpd.points_from_xy([139.7011, 139.7029], [35.7011, 35.7029]), crs=4326)
    >>> coarse_places(salons, blocks).geometry.to_wkt(rounding_precision=6).unique().tolist()
    ['POINT (139.702 35.702)']
    """
    points = to_lonlat(resources).geometry
    block = _first_block(points, blocks)
    shapes = None if blocks is None else to_lonlat(blocks).geometry.to_numpy()
    around = None if areas is None else to_lonlat(areas).geometry
    parts = {at: _parts(shapes[at], around) for at in set(block[block >= 0].tolist()) if shapes is not None}
    spots = np.full(len(points), None, dtype=object)
    spots[block < 0] = [_middle(point) for point in points[block < 0]]
    for at, of_block in parts.items():
        spots[block == at] = _nearest_inner(points.to_numpy()[block == at], np.array(of_block, dtype=object))
    known = [] if blocks is None else blocks["block"].tolist()
    names = [None if at < 0 else known[at] for at in block]
    return gpd.GeoDataFrame(
        {"block": pd.Series(names, index=resources.index, dtype=object)},
        geometry=gpd.GeoSeries(spots, index=resources.index, crs=LONLAT),
    )


def _first_block(points: gpd.GeoSeries, blocks: gpd.GeoDataFrame | None) -> np.ndarray:
    """Return the position of the first block that each point lies in or on the border of; -1 outside."""
    found = np.full(len(points), -1)
    if blocks is None or blocks.empty:
        return found
    there = ~(points.isna() | points.is_empty).to_numpy()
    at, block = to_lonlat(blocks).sindex.query(points[there], predicate="intersects", sort=True)
    first = np.unique(at, return_index=True)
    found[np.flatnonzero(there)[first[0]]] = block[first[1]]
    return found


def _middle(point: BaseGeometry | None) -> BaseGeometry | None:
    return None if point is None or point.is_empty else _cell(point).centroid


def _nearest_inner(points: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """Return for each point the inner point of the part that it lies in or is nearest to, the first of equals."""
    nearest = shapely.distance(points[:, None], parts[None, :]).argmin(axis=1)
    return np.asarray(shapely.point_on_surface(parts)[nearest])


def _parts(block: BaseGeometry, areas: gpd.GeoSeries | None) -> list[BaseGeometry]:
    """Divide a block, by the grid where it is large and by the borders of areas, into parts none of which is small."""
    cell = _cell(block.point_on_surface()).area
    large = block.area > cell
    pieces = _by_grid(block) if large else [block]
    for area in () if areas is None else _cutting(areas, block):
        cut = (_ground(part) for piece in pieces for part in (piece.intersection(area), piece.difference(area)))
        pieces = [part for part in cut if part.area > 0]
    return _joined(pieces, _LEAST * cell if large else _PART * block.area)


def _cutting(areas: gpd.GeoSeries, block: BaseGeometry) -> list[BaseGeometry]:
    """Return the areas whose borders run through a block, in their order."""
    near = areas.iloc[areas.sindex.query(block, predicate="intersects", sort=True)]
    return list(near[near.overlaps(block) | near.within(block)])


def _ground(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a shape, without the lines and points that cutting leaves."""
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


def _by_grid(block: BaseGeometry) -> list[BaseGeometry]:
    west, south, east, north = block.bounds
    columns = range(math.floor(west / _WIDE), math.floor(east / _WIDE) + 1)
    rows = range(math.floor(south / _HIGH), math.floor(north / _HIGH) + 1)
    cells = [shapely.box(x * _WIDE, y * _HIGH, (x + 1) * _WIDE, (y + 1) * _HIGH) for y in rows for x in columns]
    return [piece for piece in (_ground(block.intersection(cell)) for cell in cells) if piece.area > 0]


def _joined(pieces: list[BaseGeometry], least: float) -> list[BaseGeometry]:
    """Join the smallest piece to the one it shares most of its border with, or that is nearest, until none is small."""
    while len(pieces) > 1:
        smallest = min(range(len(pieces)), key=lambda at: pieces[at].area)
        if pieces[smallest].area >= least:
            break
        small = pieces.pop(smallest)
        border = shapely.length(shapely.intersection(small.boundary, shapely.boundary(pieces)))
        to = int(np.lexsort((-border, shapely.distance(small, pieces)))[0])
        pieces[to] = shapely.union(pieces[to], small)
    return pieces


def _cell(point: BaseGeometry) -> BaseGeometry:
    west, south = np.floor(point.x / _WIDE) * _WIDE, np.floor(point.y / _HIGH) * _HIGH
    return shapely.box(west, south, west + _WIDE, south + _HIGH)
