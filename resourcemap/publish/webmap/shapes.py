"""Geometries as small whole numbers: units of 0.00001 degree, each vertex as a step from the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from resourcemap.metres import metre_crs, to_lonlat, to_metres

if TYPE_CHECKING:
    import geopandas as gpd

UNIT = 1e-5
_POLYGONS = (3, 6)
_TRIANGLE = 6


def steps(shapes: np.ndarray) -> list[list[int]]:
    """Write points, lines or rings as ``[x, y, dx, dy, ...]``; vertices that fall together are written once.

    Examples
    --------
    >>> steps(np.array([shapely.LineString([(139.70001, 34.95), (139.70001, 34.950001), (139.70003, 34.95)])]))
    [[13970001, 3495000, 2, 0]]
    """
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    whole = np.rint(coordinates / UNIT).astype(np.int64)
    first = np.diff(owner, prepend=-1) != 0
    moves = np.diff(whole, axis=0, prepend=0)
    moves[first] = whole[first]
    kept = first | moves.any(axis=1)
    ends = np.cumsum(np.bincount(owner[kept], minlength=len(shapes)))[:-1]
    return [line.ravel().tolist() for line in np.split(moves[kept], ends)]


def polygons(geometries: np.ndarray) -> list[list[list[list[int]]]]:
    """Write each geometry as a list of polygons, each a list of rings (the outer one first) in `steps`.

    Parts too small to have an inside at this precision are left out.

    Examples
    --------
    >>> polygons(np.array([shapely.box(0, 0, 0.00002, 0.00001)]))
    [[[[2, 0, 0, 1, -2, 0, 0, -1]]]]
    """
    return [[written for part in shapely.get_parts(geometry) if (written := _rings(part))] for geometry in geometries]


def lines(geometries: np.ndarray) -> list[list[int]]:
    """Write all lines as one list, joined where they meet end to end.

    Examples
    --------
    >>> lines(np.array([shapely.LineString([(0, 0), (0, 0.00001)]), shapely.LineString([(0, 0.00001), (0.00003, 0)])]))
    [[0, 0, 0, 1, 3, -1]]
    """
    parts = shapely.get_parts(geometries)
    joined = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts)))
    return [line for line in steps(joined) if len(line) > 2]


def points(geometries: np.ndarray) -> list[list[int]]:
    """Write one point inside each geometry, for its name; the centre where that is inside.

    Examples
    --------
    >>> points(np.array([shapely.box(0, 0, 0.00002, 0.00004)]))
    [[1, 2]]
    """
    centres = shapely.centroid(geometries)
    inside = shapely.covers(geometries, centres)
    chosen = np.where(inside, centres, shapely.point_on_surface(geometries))
    return steps(chosen)


def simplified(table: gpd.GeoDataFrame, metres: float) -> gpd.GeoDataFrame:
    """Return the table in longitude and latitude without the bends smaller than `metres`.

    Polygons keep their shared borders shared.

    Examples
    --------
    >>> import geopandas as gpd
    >>> bent = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (50, 0.5), (100, 0)])], crs="EPSG:6677")
    >>> simplified(bent, 2).geometry.count_coordinates().tolist()
    [2]
    """
    if not len(table):
        return to_lonlat(table)
    measured = to_metres(table, metre_crs(table))
    geometries = measured.geometry.to_numpy()
    if np.isin(shapely.get_type_id(geometries), _POLYGONS).all():
        smooth = shapely.coverage_simplify(geometries, metres)
    else:
        smooth = shapely.simplify(geometries, metres)
    return to_lonlat(measured.set_geometry(smooth, crs=measured.crs))


def filled(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows that have a geometry.

    Examples
    --------
    >>> import geopandas as gpd
    >>> len(filled(gpd.GeoDataFrame(geometry=[None, shapely.Point(0, 0)], crs="EPSG:4326")))
    1
    """
    return table[~(table.geometry.isna() | table.geometry.is_empty)]


def _rings(polygon: Any) -> list[list[int]]:
    """Write the rings of a polygon without the last vertex, which is the first again."""
    if shapely.get_type_id(polygon) != _POLYGONS[0]:
        return []
    rings = [ring[:-2] for ring in steps(shapely.get_rings(polygon))]
    return [ring for ring in rings if len(ring) >= _TRIANGLE] if len(rings[0]) >= _TRIANGLE else []
