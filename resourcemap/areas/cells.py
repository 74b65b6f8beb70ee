"""Cells around block points, where the polygons of the blocks are not to be had."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import metre_crs, to_lonlat, to_metres


def cells(points: gpd.GeoDataFrame, outline: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give each block point the part of the outline that is nearest to it (Voronoi cells).

    For places where the polygons of the town blocks are not to be had. The cells are not the blocks: they are
    marked ``approximate``, and every output must say so.

    Parameters
    ----------
    points
        Blocks with points (``block_id``, ``block``).
    outline
        The outline of the municipality; all its rows together.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows and index with polygons and ``approximate`` set.

    Raises
    ------
    InputError
        When two blocks have the same point, or a point is so far outside that its cell misses the outline.

    Examples
    --------
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1", "2"], "block": ["A", "B"]},
    ...     geometry=gpd.points_from_xy([139.70, 139.71], [35.7, 35.7]), crs="EPSG:4326")
    >>> town = gpd.GeoDataFrame(geometry=[shapely.box(139.69, 35.69, 139.72, 35.71)], crs="EPSG:4326")
    >>> cells(blocks, town)["approximate"].tolist()
    [True, True]
    """
    crs = metre_crs(points, outline)
    seeds = to_metres(points, crs)
    town = shapely.union_all(to_metres(outline, crs).geometry)
    twice = seeds.geometry.duplicated()
    if twice.any():
        raise InputError(
            either(
                ja=f"町丁目の点が重なっています（{first_five(points['block'][twice])}）。点をひとつずつにしてください。",
                en=f"Blocks share a point ({first_five(points['block'][twice])}). Give each block its own.",
            )
        )
    found = shapely.voronoi_polygons(shapely.MultiPoint(list(seeds.geometry)), extend_to=town, ordered=True)
    clipped = shapely.intersection(np.array(shapely.get_parts(found)), town)
    missed = shapely.is_empty(clipped)
    if missed.any():
        names = first_five(points["block"][missed])
        raise InputError(
            either(
                ja=f"外形から遠く離れた町丁目の点があります（{names}）。点か外形のファイルを確かめてください。",
                en=f"Block points lie far outside the outline ({names}). Check the points or the outline.",
            )
        )
    made = points.assign(approximate=True).set_geometry(gpd.GeoSeries(clipped, index=points.index, crs=crs))
    return to_lonlat(made)


def ground_around(points: gpd.GeoDataFrame, *, metres: float) -> gpd.GeoDataFrame:
    """Take the ground within a distance of any block point for the outline, where none is to be had.

    It is not the municipality: it goes over a border or a shore that is nearer than `metres` to a point, and leaves
    out what lies farther from all of them. Cells made in it reach no farther than `metres` from their point.

    Parameters
    ----------
    points
        Blocks with points.
    metres
        How far from its point a block may reach. Circles are polygons of 64 sides, up to 0.2 % too narrow.

    Returns
    -------
    geopandas.GeoDataFrame
        One row with the polygon, in longitude and latitude.

    Examples
    --------
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1", "2"], "block": ["A", "B"]},
    ...     geometry=gpd.points_from_xy([139.70, 139.80], [35.7, 35.7]), crs="EPSG:4326")
    >>> ground = ground_around(blocks, metres=1000)
    >>> ground.contains(shapely.Point(139.705, 35.7)).tolist(), ground.contains(shapely.Point(139.75, 35.7)).tolist()
    ([True], [False])
    """
    crs = metre_crs(points)
    circles = shapely.buffer(to_metres(points, crs).geometry.to_numpy(), metres, quad_segs=16)
    return to_lonlat(gpd.GeoDataFrame(geometry=[shapely.union_all(circles)], crs=crs))


def cell_points(points: gpd.GeoDataFrame, made: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the points that cells were made around, for all that has to happen at one point of a block.

    The point of a census block lies in the middle of it, a point inside its cell may not. One that lies outside its
    cell, because it was outside the outline, is replaced by a point inside.

    Parameters
    ----------
    points
        Blocks with points, as `cells` took them.
    made
        What `cells` made of them.

    Returns
    -------
    geopandas.GeoDataFrame
        The rows and index of `made` with points.

    Examples
    --------
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1", "2"], "block": ["A", "B"]},
    ...     geometry=gpd.points_from_xy([139.70, 139.75], [35.7, 35.7]), crs="EPSG:4326")
    >>> town = gpd.GeoDataFrame(geometry=[shapely.box(139.69, 35.69, 139.74, 35.71)], crs="EPSG:4326")
    >>> cell_points(blocks, cells(blocks, town)).geometry.x.round(3).tolist()
    [139.7, 139.732]
    """
    given, shapes = to_lonlat(points).geometry.to_numpy(), made.geometry.to_numpy()
    inside = np.where(shapely.intersects(shapes, given), given, shapely.point_on_surface(shapes))
    return made.set_geometry(gpd.GeoSeries(inside, index=made.index, crs=made.crs))
