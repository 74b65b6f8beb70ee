"""Points in polygons, compiled: a grid over the boxes of the polygons, then rays cast within a proven error.

A ray crosses an edge or not by the sign of a determinant. Where rounding could have changed that sign the point is
"in doubt", and the caller asks GEOS. Everywhere else the answer is the exact one, so GEOS has the same.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

# Shewchuk's bound for the determinant is 3.33e-16 of the sum of its terms; products below 1e-290 lose digits.
_RELATIVE = 4e-16
_ABSOLUTE = 1e-290
# Rings with more points than this are cut into slabs, so that a ray meets only the edges at its height.
_LONG = 256
_PER_SLAB = 8
_MOST_CELLS = 1 << 24
_NARROWEST = 1e-9
_FEW = 32


class Polygons(NamedTuple):
    """Polygons as arrays.

    Polygon p has the rings ``ring_of[p]`` to ``ring_of[p + 1]``, its shell first; ring r the points ``begin[r]`` to
    ``end[r]`` of `xy`, the last one equal to the first. ``area`` says whose polygon each is; ``box`` is its west,
    south, east and north. Neighbours should follow each other: that is faster.
    """

    xy: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    ring_of: np.ndarray
    area: np.ndarray
    box: np.ndarray


class Grid(NamedTuple):
    """A grid over the boxes: the polygons ``polygon[first[c]:first[c + 1]]`` touch cell c, ascending by area."""

    west: float
    south: float
    per_x: float
    per_y: float
    columns: int
    rows: int
    first: np.ndarray
    polygon: np.ndarray


class Slabs(NamedTuple):
    """Long rings cut into slabs: slab s of ring r holds the edges ``edge[first[s]:first[s + 1]]``."""

    of_ring: np.ndarray
    south: np.ndarray
    per_y: np.ndarray
    first: np.ndarray
    edge: np.ndarray


@njit(cache=True, nogil=True)
def _cell(value: float, begin: float, per: float, count: int) -> int:
    """Return the number of the cell of a value; it never falls while the value rises."""
    at = (value - begin) * per
    if at >= count:
        return count - 1
    return int(at) if at > 0 else 0


@njit(cache=True, nogil=True)
def _entries(box: np.ndarray, west: float, south: float, per_x: float, per_y: float, columns: int, rows: int) -> int:
    total = 0
    for p in range(len(box)):
        wide = _cell(box[p, 2], west, per_x, columns) - _cell(box[p, 0], west, per_x, columns) + 1
        high = _cell(box[p, 3], south, per_y, rows) - _cell(box[p, 1], south, per_y, rows) + 1
        total += wide * high
    return total


@njit(cache=True, nogil=True)
def _fill_grid(
    box: np.ndarray,
    area: np.ndarray,
    west: float,
    south: float,
    per_x: float,
    per_y: float,
    columns: int,
    rows: int,
    total: int,
) -> tuple[np.ndarray, np.ndarray]:
    first = np.zeros(columns * rows + 2, np.int64)
    polygon = np.empty(total, np.int32)
    for filling in range(2):
        for p in range(len(box)):
            left, right = _cell(box[p, 0], west, per_x, columns), _cell(box[p, 2], west, per_x, columns)
            low, high = _cell(box[p, 1], south, per_y, rows), _cell(box[p, 3], south, per_y, rows)
            for row in range(low, high + 1):
                for cell in range(row * columns + left, row * columns + right + 1):
                    if filling:
                        polygon[first[cell + 1]] = p
                        first[cell + 1] += 1
                    else:
                        first[cell + 2] += 1
        if not filling:
            for cell in range(2, len(first)):
                first[cell] += first[cell - 1]
    for cell in range(columns * rows):
        _sort_by_area(polygon, area, first[cell], first[cell + 1])
    return first[:-1], polygon


@njit(cache=True, nogil=True)
def _sort_by_area(polygon: np.ndarray, area: np.ndarray, begin: int, end: int) -> None:
    """Sort the polygons of a cell by area; they are few."""
    if end - begin > _FEW:
        here = polygon[begin:end].copy()
        polygon[begin:end] = here[np.argsort(area[here])]
        return
    for m in range(begin + 1, end):
        p = polygon[m]
        k = m
        while k > begin and area[polygon[k - 1]] > area[p]:
            polygon[k] = polygon[k - 1]
            k -= 1
        polygon[k] = p


def grid_over(polygons: Polygons) -> Grid:
    """Lay a grid over polygons, about two cells for each, coarser where they cover many cells."""
    box = polygons.box
    west, south = box[:, :2].min(axis=0)
    wide, high = np.maximum(box[:, 2:].max(axis=0) - (west, south), _NARROWEST)
    cells = min(2 * len(box), _MOST_CELLS)
    most = 16 * len(box) + 64
    while True:
        columns = int(np.clip(np.sqrt(cells * wide / high), 1, cells))
        rows = max(cells // columns, 1)
        per_x, per_y = columns / wide, rows / high
        total = _entries(box, west, south, per_x, per_y, columns, rows)
        if total <= most or columns * rows == 1:
            break
        cells = max(columns * rows // 4, 1)
    first, polygon = _fill_grid(box, polygons.area, west, south, per_x, per_y, columns, rows, total)
    return Grid(west, south, per_x, per_y, columns, rows, first, polygon)


@njit(cache=True, nogil=True)
def _plan_slabs(xy: np.ndarray, begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Choose how many slabs each ring gets: none for short ones, and no more than double the edges."""
    rings = len(begin)
    of_ring, south, per_y = np.zeros(rings + 1, np.int64), np.zeros(rings), np.zeros(rings)
    for r in range(rings):
        edges = end[r] - begin[r] - 1
        slabs = 0
        if edges > _LONG:
            low, high, climb = xy[begin[r], 1], xy[begin[r], 1], 0.0
            for k in range(begin[r], end[r] - 1):
                low, high = min(low, xy[k + 1, 1]), max(high, xy[k + 1, 1])
                climb += abs(xy[k + 1, 1] - xy[k, 1])
            if climb > 0:
                slabs = max(min(edges // _PER_SLAB, int(2 * edges * (high - low) / climb)), 1)
                south[r], per_y[r] = low, slabs / (high - low)
        of_ring[r + 1] = of_ring[r] + slabs
    return of_ring, south, per_y


@njit(cache=True, nogil=True)
def _fill_slabs(
    xy: np.ndarray, begin: np.ndarray, end: np.ndarray, of_ring: np.ndarray, south: np.ndarray, per_y: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    first = np.zeros(of_ring[-1] + 2, np.int64)
    edge = np.empty(0, np.int64)
    for filling in range(2):
        for r in range(len(begin)):
            slabs = of_ring[r + 1] - of_ring[r]
            if slabs == 0:
                continue
            for k in range(begin[r], end[r] - 1):
                low, high = min(xy[k, 1], xy[k + 1, 1]), max(xy[k, 1], xy[k + 1, 1])
                bottom, top = _cell(low, south[r], per_y[r], slabs), _cell(high, south[r], per_y[r], slabs)
                for slab in range(of_ring[r] + bottom, of_ring[r] + top + 1):
                    if filling:
                        edge[first[slab + 1]] = k
                        first[slab + 1] += 1
                    else:
                        first[slab + 2] += 1
        if not filling:
            for slab in range(2, len(first)):
                first[slab] += first[slab - 1]
            edge = np.empty(first[-1], np.int64)
    return first[:-1], edge


def slabs_of(polygons: Polygons) -> Slabs:
    """Cut long rings into slabs."""
    of_ring, south, per_y = _plan_slabs(polygons.xy, polygons.begin, polygons.end)
    first, edge = _fill_slabs(polygons.xy, polygons.begin, polygons.end, of_ring, south, per_y)
    return Slabs(of_ring, south, per_y, first, edge)


@njit(cache=True, nogil=True)
def _edge(x: float, y: float, x1: float, y1: float, x2: float, y2: float) -> tuple[int, int]:
    """Return 1 if a ray to the east crosses an edge, and 1 if rounding may decide that; without branches, for speed."""
    left, right = (x1 - x) * (y2 - y), (y1 - y) * (x2 - x)
    turn = left - right
    upward = y2 > y
    crosses = ((y1 > y) != upward) & ((turn > 0) == upward)
    beside = ((y1 > y) & upward) | ((y1 < y) & (y2 < y))
    doubt = (not abs(turn) > _RELATIVE * (abs(left) + abs(right)) + _ABSOLUTE) & (not beside)
    return int(crosses), int(doubt)


@njit(cache=True, nogil=True)
def _along_ring(x: float, y: float, xy: np.ndarray, begin: int, end: int) -> int:
    """Tell whether a point is in the ring of these points: 1, 0, or 2 when that is in doubt."""
    crossed = doubts = 0
    for k in range(begin, end - 1):
        one, doubt = _edge(x, y, xy[k, 0], xy[k, 1], xy[k + 1, 0], xy[k + 1, 1])
        crossed += one
        doubts += doubt
    return 2 if doubts else crossed & 1


@njit(cache=True, nogil=True)
def _along_slab(x: float, y: float, xy: np.ndarray, edge: np.ndarray, begin: int, end: int) -> int:
    """Tell the same of a long ring by the edges of one slab of it."""
    crossed = doubts = 0
    for n in range(begin, end):
        k = edge[n]
        one, doubt = _edge(x, y, xy[k, 0], xy[k, 1], xy[k + 1, 0], xy[k + 1, 1])
        crossed += one
        doubts += doubt
    return 2 if doubts else crossed & 1


class Points(NamedTuple):
    """Points in the order of their cells: their positions as given, cells, and coordinates."""

    order: np.ndarray
    cell: np.ndarray
    x: np.ndarray
    y: np.ndarray


@njit(cache=True, nogil=True)
def _sorted(x: np.ndarray, y: np.ndarray, grid: Grid, box: np.ndarray) -> tuple[np.ndarray, ...]:
    cells = np.full(len(x), -1, np.int32)
    first = np.zeros(grid.columns * grid.rows + 1, np.int64)
    for i in range(len(x)):
        if box[0] <= x[i] <= box[2] and box[1] <= y[i] <= box[3]:
            row = _cell(y[i], grid.south, grid.per_y, grid.rows)
            cells[i] = row * grid.columns + _cell(x[i], grid.west, grid.per_x, grid.columns)
            first[cells[i] + 1] += 1
    for cell in range(1, len(first)):
        first[cell] += first[cell - 1]
    order, cell_of = np.empty(first[-1], np.int32), np.empty(first[-1], np.int32)
    sorted_x, sorted_y = np.empty(first[-1]), np.empty(first[-1])
    for i in range(len(x)):
        if cells[i] >= 0:
            at = first[cells[i]]
            order[at], cell_of[at], sorted_x[at], sorted_y[at] = i, cells[i], x[i], y[i]
            first[cells[i]] += 1
    return order, cell_of, sorted_x, sorted_y


def sorted_by_cell(x: np.ndarray, y: np.ndarray, polygons: Polygons, grid: Grid) -> Points:
    """Return the points inside the box of all polygons, cell by cell."""
    box = np.append(polygons.box[:, :2].min(axis=0), polygons.box[:, 2:].max(axis=0))
    return Points(*_sorted(x, y, grid, box))


@njit(cache=True, nogil=True)
def cast(
    points: Points,
    begin: int,
    end: int,
    polygons: Polygons,
    grid: Grid,
    slabs: Slabs,
    found: np.ndarray,
    doubt: np.ndarray,
) -> None:
    """Write the first area that holds each point for certain, and whether one before it may hold it, too."""
    # Taken out of their tuples once: in the loop that would cost more than the rays.
    xy, ring_of, ring_begin, ring_end = polygons.xy, polygons.ring_of, polygons.begin, polygons.end
    box, area_of, first, touching = polygons.box, polygons.area, grid.first, grid.polygon
    slab_of, slab_south, slab_per_y, slab_first, edge = slabs.of_ring, slabs.south, slabs.per_y, slabs.first, slabs.edge
    xs, ys, cells = points.x, points.y, points.cell
    for n in range(begin, end):
        x, y = xs[n], ys[n]
        area, unsure = -1, False
        for m in range(first[cells[n]], first[cells[n] + 1]):
            p = touching[m]
            if x < box[p, 0] or x > box[p, 2] or y < box[p, 1] or y > box[p, 3]:
                continue
            answer = 0
            for r in range(ring_of[p], ring_of[p + 1]):
                slabs_here = slab_of[r + 1] - slab_of[r]
                if slabs_here:
                    slab = slab_of[r] + _cell(y, slab_south[r], slab_per_y[r], slabs_here)
                    inside = _along_slab(x, y, xy, edge, slab_first[slab], slab_first[slab + 1])
                else:
                    inside = _along_ring(x, y, xy, ring_begin[r], ring_end[r])
                if r == ring_of[p]:  # the shell
                    answer = inside
                elif inside:  # a hole
                    answer = 2 if inside == 2 else 0
                if answer != 1:
                    break
            if answer == 1:
                area = area_of[p]
                break
            unsure = unsure or answer == 2
        found[n], doubt[n] = area, unsure


@njit(cache=True, nogil=True)
def doubtful_pairs(
    points: Points, polygons: Polygons, grid: Grid, found: np.ndarray, doubt: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """List the points in doubt with every area whose box holds them, before the one that holds them for certain."""
    box = polygons.box
    count = 0
    point, area = np.empty(0, np.int64), np.empty(0, np.int64)
    for filling in range(2):
        if filling:
            point, area = np.empty(count, np.int64), np.empty(count, np.int64)
            count = 0
        for n in np.flatnonzero(doubt):
            x, y = points.x[n], points.y[n]
            for m in range(grid.first[points.cell[n]], grid.first[points.cell[n] + 1]):
                p = grid.polygon[m]
                if found[n] >= 0 and polygons.area[p] >= found[n]:
                    break
                if x < box[p, 0] or x > box[p, 2] or y < box[p, 1] or y > box[p, 3]:
                    continue
                if filling:
                    point[count], area[count] = n, polygons.area[p]
                count += 1
    return point, area
