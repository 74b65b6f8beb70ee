"""Where a place stands whose spot may not be told: at one point of its town block, always the same.

No chance is used, so that looking twice tells no more than looking once. Blocks of the countryside are large; there the
block is cut by the grid of half kilometres in which the census counts people (2分の1地域メッシュ, JIS X 0410).
"""

from __future__ import annotations

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
# A piece of a block smaller than this share of a cell could be one farm and its fields.
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
        Areas that the point is not to leave, where their borders divide a block: then it is one of the part of the
        block inside them, unless that is under a fifth of the block.

    Returns
    -------
    geopandas.GeoDataFrame
        ``block`` (missing outside all blocks) and the point in longitude and latitude, on the index of `resources`. It
        is an inner point of the block. In a block larger than a cell of the grid it is one of the piece in the cell,
        unless that is under two fifths of a cell (about 10 ha). Outside all blocks it is the middle of the cell.

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
    spots = [
        _spot(point, _part(shapes[at], point, around) if shapes is not None and at >= 0 else None)
        for point, at in zip(points.to_numpy(), block, strict=True)
    ]
    names = [None if blocks is None or at < 0 else blocks["block"].iloc[at] for at in block]
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


def _part(block: BaseGeometry, point: BaseGeometry, areas: gpd.GeoSeries | None) -> BaseGeometry:
    """Return the part of a block that lies in the same areas as a point of it; the block where that part is small."""
    if areas is None:
        return block
    part = block
    for position in areas.sindex.query(block, predicate="intersects"):
        area = areas.iloc[position]
        part = part.intersection(area) if area.intersects(point) else part.difference(area)
    return part if part.area >= _PART * block.area else block


def _spot(point: BaseGeometry | None, block: BaseGeometry | None) -> BaseGeometry | None:
    if point is None or point.is_empty:
        return None
    cell = _cell(point)
    if block is None:
        return cell.centroid
    if block.area <= cell.area:
        return block.point_on_surface()
    piece = block.intersection(cell)
    return (piece if piece.area >= _LEAST * cell.area else block).point_on_surface()


def _cell(point: BaseGeometry) -> BaseGeometry:
    west, south = np.floor(point.x / _WIDE) * _WIDE, np.floor(point.y / _HIGH) * _HIGH
    return shapely.box(west, south, west + _WIDE, south + _HIGH)
