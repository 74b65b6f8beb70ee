"""Which polygons lie side by side: those that share a border, not those that meet at a corner."""

from __future__ import annotations

import numpy as np
import shapely

GAP = 1.0  # metres between borders of blocks that were drawn twice, which are one border
SHORTEST, LONGEST = 3.0, 10.0
_SHARE = 0.1
_ROUND = 0.05  # metres between corners that are one
_OFFSET = 0.2718  # of that, so that coordinates on a round grid never lie where rounding turns


def neighbours(shapes: np.ndarray, group: np.ndarray, *, gap: float = GAP) -> tuple[np.ndarray, np.ndarray]:
    """Find the pairs of polygons that lie side by side.

    They share a border that is at least as long as a tenth of the root of the smaller area, but no less than 3 m and
    no more than 10 m asked.

    Parameters
    ----------
    shapes
        Valid polygons in metres, none of which lies over another by more than `gap`.
    group
        Polygons of one group (0 and more) were cut from one and share the corners of their borders exactly; those of
        others, and of -1, may have been drawn twice.
    gap
        Metres between borders that are one. It makes lengths of borders that run into each other at a sharp angle up
        to as much too long.

    Returns
    -------
    tuple
        Positions of the first and the second of every pair, sorted, the first the smaller.

    Examples
    --------
    >>> row = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100), shapely.box(200, 100, 300, 200)])
    >>> [pair.tolist() for pair in neighbours(row, np.array([0, 0, -1]))]
    [[0], [1]]
    """
    needed = np.clip(_SHARE * np.sqrt(shapely.area(shapes)), SHORTEST, LONGEST)
    one, other, metres = _shared_segments(shapes)
    sure = metres >= np.minimum(needed[one], needed[other])
    one, other = one[sure], other[sure]
    first, second = _near(shapes, needed, gap)
    apart = (group[first] != group[second]) | (group[first] < 0)
    unsure = apart & ~np.isin(_keys(first, second), _keys(one, other))
    first, second = first[unsure], second[unsure]
    touch = _border(shapes, first, second, gap) >= np.minimum(needed[first], needed[second])
    keys = np.sort(_keys(np.append(one, first[touch]), np.append(other, second[touch])))
    return keys >> 32, keys & 0xFFFFFFFF


def _keys(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.asarray(first.astype(np.int64) << 32 | second.astype(np.int64))


def _shared_segments(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the pairs of polygons that have segments from corner to corner in common, and the metres of them."""
    rings, ring_of = shapely.get_rings(shapes, return_index=True)
    places, ring = shapely.get_coordinates(rings, return_index=True)
    corners = np.floor(places / _ROUND + _OFFSET).astype(np.int64)
    corner = corners[:, 0] << 32 | (corners[:, 1] & 0xFFFFFFFF)
    on = np.flatnonzero(ring[1:] == ring[:-1])
    metres = np.hypot(*(places[on + 1] - places[on]).T)
    ends = np.sort(np.column_stack([corner[on], corner[on + 1]]), axis=1)
    polygon = ring_of[ring[on]]
    order = np.lexsort((polygon, ends[:, 1], ends[:, 0]))
    ends, polygon, metres = ends[order], polygon[order], metres[order]
    twice = np.flatnonzero((ends[1:] == ends[:-1]).all(axis=1) & (polygon[1:] != polygon[:-1]))
    keys, pair = np.unique(_keys(polygon[twice], polygon[twice + 1]), return_inverse=True)
    return keys >> 32, keys & 0xFFFFFFFF, np.bincount(pair, weights=metres[twice], minlength=len(keys))


def _near(shapes: np.ndarray, needed: np.ndarray, gap: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of polygons whose boxes, `gap` wider, have room for the border needed."""
    west, south, east, north = shapely.bounds(shapes).T
    boxes = shapely.box(west - gap / 2, south - gap / 2, east + gap / 2, north + gap / 2)
    first, second = shapely.STRtree(boxes).query(boxes)
    once = first < second
    first, second = first[once], second[once]
    wide = np.minimum(east[first], east[second]) - np.maximum(west[first], west[second])
    high = np.minimum(north[first], north[second]) - np.maximum(south[first], south[second])
    # The longest border that two boxes have room for, along one side or slanting across.
    room = np.hypot(np.maximum(wide, 0), np.maximum(high, 0)) + 2 * gap
    kept = room >= np.minimum(needed[first], needed[second])
    return first[kept], second[kept]


def _border(shapes: np.ndarray, first: np.ndarray, second: np.ndarray, gap: float) -> np.ndarray:
    """Return the metres of border of the second polygons within `gap` of the first, less what is round two corners."""
    used, at = np.unique(first, return_inverse=True)
    wide = shapely.buffer(shapes[used], gap, quad_segs=1, join_style="mitre")
    border = shapely.length(shapely.intersection(wide[at], shapely.boundary(shapes[second])))
    return np.asarray(border - 2 * gap)
