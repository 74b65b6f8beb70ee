"""Which polygon holds each point: compiled where numba is installed and there is much to do, else by a tree."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable

    from resourcemap.areas.inside_compiled import Polygons

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
# Below this many points times corners of an area a tree is done before numba is loaded.
_WORTH_COMPILING = 2_000_000
_WORTH_THREADS = 50_000
_MOST_THREADS = 8
_ACROSS = 1024


def first_holding(x: np.ndarray, y: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Find the first of several shapes that each point lies in or on.

    The answer is that of `shapely.intersects`, whichever way it is found. Only where no rounding can change it is it
    found without GEOS.

    Parameters
    ----------
    x, y
        The points, in the system of `shapes`; a point that is not a number lies in no shape.
    shapes
        Polygons, multipolygons or other shapes; missing and empty ones hold nothing.

    Returns
    -------
    numpy.ndarray
        Positions in `shapes`, -1 where no shape holds the point.

    Examples
    --------
    >>> squares = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), None])
    >>> first_holding(np.array([0.5, 1.0, 1.5, np.nan]), np.array([0.5, 0.5, 0.5, 0.5]), squares).tolist()
    [0, 0, 1, -1]
    """
    if not len(x) or not len(shapes):
        return np.full(len(x), -1)
    corners = int(shapely.get_num_coordinates(shapes).sum())
    if find_spec("numba") and len(x) * corners / len(shapes) >= _WORTH_COMPILING:
        return by_rays(x, y, shapes)
    return by_tree(x, y, shapes)


def by_tree(x: np.ndarray, y: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Find the first shape of each point with a tree of GEOS, as `first_holding` does.

    Examples
    --------
    >>> by_tree(np.array([0.5]), np.array([0.5]), np.array([shapely.box(0, 0, 1, 1)])).tolist()
    [0]
    """
    found = np.full(len(x), -1)
    order = _near_each_other(x, y)
    found[order] = first_touching(shapely.points(x[order], y[order]), shapes)
    return found


def first_touching(things: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Find the first of several shapes that each thing, of any kind, has a point in common with.

    Examples
    --------
    >>> squares = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> first_touching(np.array([shapely.LineString([(1.5, 0.5), (0.5, 0.5)]), None]), squares).tolist()
    [0, -1]
    """
    first = np.full(len(things), len(shapes))
    thing, shape = shapely.STRtree(shapes).query(things, predicate="intersects")
    np.minimum.at(first, thing, shape)
    return np.where(first == len(shapes), -1, first)


def by_rays(x: np.ndarray, y: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Find the first shape of each point with compiled code, as `first_holding` does; needs numba.

    Examples
    --------
    >>> by_rays(np.array([0.5]), np.array([0.5]), np.array([shapely.box(0, 0, 1, 1)])).tolist()
    [0]
    """
    from resourcemap.areas import inside_compiled as compiled  # noqa: PLC0415 (numba is an extra, slow to load)

    plain, polygons = _as_arrays(shapes)
    found = np.full(len(x), -1)
    if len(polygons.area):
        grid, slabs = compiled.grid_over(polygons), compiled.slabs_of(polygons)
        points = compiled.sorted_by_cell(x, y, polygons, grid)
        first, doubt = np.empty(len(points.x), dtype=np.int64), np.empty(len(points.x), dtype=bool)

        def cast(begin: int, end: int) -> None:
            compiled.cast(points, begin, end, polygons, grid, slabs, first, doubt)

        _in_parts(cast, len(first))
        point, shape = compiled.doubtful_pairs(points, polygons, grid, first, doubt)
        inside = shapely.intersects(shapes[shape], shapely.points(points.x[point], points.y[point]))
        _take_first(first, point[inside], shape[inside])
        found[points.order] = first
    others = np.flatnonzero(~plain)
    if len(others):
        of_others = by_tree(x, y, shapes[others])
        point = np.flatnonzero(of_others >= 0)
        _take_first(found, point, others[of_others[point]])
    return found


def _take_first(found: np.ndarray, point: np.ndarray, shape: np.ndarray) -> None:
    """Put points into a shape that comes before the one they are in."""
    known = np.where(found[point] < 0, np.iinfo(found.dtype).max, found[point])
    before = shape < known
    found[point[before]] = np.iinfo(found.dtype).max
    np.minimum.at(found, point[before], shape[before])


def _in_parts(work: Callable[[int, int], None], size: int) -> None:
    """Do a piece of work at once or, when it is large, in a thread for each part."""
    threads = min(os.cpu_count() or 1, _MOST_THREADS) if size >= _WORTH_THREADS else 1
    ends = np.linspace(0, size, threads + 1).astype(int).tolist()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, ends[:-1], ends[1:]))


def _near_each_other(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Order points so that neighbours follow each other: a tree answers several times faster then."""
    cells = []
    for values in (y, x):
        known = values[np.isfinite(values)]
        low, high = (known.min(), known.max()) if len(known) else (0.0, 0.0)
        share = np.nan_to_num((values - low) / max(high - low, np.finfo(float).tiny), posinf=1, neginf=0)
        cells.append((np.clip(share, 0, 1) * _ACROSS).astype(np.int64))
    return np.argsort(cells[0] * (_ACROSS + 1) + cells[1], kind="stable")


def _as_arrays(shapes: np.ndarray) -> tuple[np.ndarray, Polygons]:
    """Return which shapes are polygons of finite numbers, and these as arrays."""
    from resourcemap.areas.inside_compiled import Polygons  # noqa: PLC0415 (numba is an extra, slow to load)

    kind = shapely.get_type_id(shapes)
    plain = np.isin(kind, _POLYGONS)
    simple = (kind == shapely.GeometryType.POLYGON) & (shapely.get_num_interior_rings(shapes) == 0)
    corners = shapely.get_num_coordinates(shapes)
    simple &= corners > 0
    one = np.flatnonzero(simple)
    parts, owner = shapely.get_parts(shapes[plain & ~simple], return_index=True)
    owner, parts = np.flatnonzero(plain & ~simple)[owner][~shapely.is_empty(parts)], parts[~shapely.is_empty(parts)]
    rings, ring_owner = shapely.get_rings(parts, return_index=True)
    xy = shapely.get_coordinates(shapes[one])
    if len(parts):
        xy = np.concatenate([xy, shapely.get_coordinates(rings)])
    if not np.isfinite(xy.sum()):
        finite = np.array([np.isfinite(shapely.get_coordinates(shape)).all() for shape in shapes])
        if not finite[plain].all():
            without = shapes.copy()
            without[~finite] = None
            return plain & finite, _as_arrays(without)[1]
    counts = np.concatenate([corners[one], shapely.get_num_coordinates(rings)])
    end = np.cumsum(counts)
    area = np.concatenate([one, owner])
    box = np.concatenate([shapely.bounds(shapes[one]), shapely.bounds(parts)])
    order = _near_each_other((box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2)
    of_polygon = np.concatenate([np.ones(len(one), int), np.bincount(ring_owner, minlength=len(parts))])
    first = np.cumsum(of_polygon) - of_polygon
    ring = np.repeat(first[order], of_polygon[order]) + _count_up(of_polygon[order])
    ring_of = np.append(0, np.cumsum(of_polygon[order]))
    return plain, Polygons(xy, (end - counts)[ring], end[ring], ring_of, area[order], box[order])


def _count_up(sizes: np.ndarray) -> np.ndarray:
    """Count the members of groups of these sizes, each group from 0."""
    counted: np.ndarray = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return counted
