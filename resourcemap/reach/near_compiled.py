"""Pairs of near points, compiled: a uniform grid over points sorted in space.

The work grows with the pairs that exist and those in the neighbouring cells, never with people x resources.
Nothing is approximated: a distance is ``sqrt(dx * dx + dy * dy)`` in 64 bits, as in the slower `near_tree`.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

    from resourcemap.reach.decay import Decay

# Below this many points a second thread costs more than it brings.
ONE_THREAD = 50_000
_CELLS_PER_SPOT = 4
_MOST_CELLS = 4_000_000
_FEWEST_CELLS = 1024

STEPS, GAUSSIAN, LINEAR, EXPONENTIAL, POWER = range(5)  # the order of resourcemap.reach.decay.FORMS


class Grid(NamedTuple):
    """Points sorted by the cell they lie in.

    ``order`` holds their positions, ``x`` and ``y`` their places in that order, ``start`` where each cell (row by
    row from the south-west) begins in it.
    """

    order: np.ndarray
    x: np.ndarray
    y: np.ndarray
    start: np.ndarray
    west: float
    south: float
    size: float
    columns: int
    rows: int


def grid_of(points: np.ndarray, size: float) -> Grid:
    """Sort points into cells of at least `size` metres; larger ones where there would be too many cells."""
    west, south = points.min(axis=0)
    wide, high = points.max(axis=0) - (west, south)
    most = min(max(_CELLS_PER_SPOT * len(points), _FEWEST_CELLS), _MOST_CELLS)
    size = max(size, float(np.sqrt(wide * high / most)), float(wide / most), float(high / most), 1e-9)
    columns, rows = int(wide / size) + 1, int(high / size) + 1
    order, x, y, start = _sorted(points[:, 0], points[:, 1], west, south, size, columns, rows)
    return Grid(order, x, y, start, float(west), float(south), size, columns, rows)


def in_space(points: np.ndarray, grid: Grid) -> np.ndarray:
    """Return x, y and position of points in the order of a grid's cells, so that neighbours follow each other."""
    x, y = points[:, 0], points[:, 1]
    walk: np.ndarray = _walk(x, y, grid.west, grid.south, grid.size, grid.columns, grid.rows)
    return walk


def pairs_within(homes: np.ndarray, spots: np.ndarray, metres: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return every pair at most `metres` apart: positions of homes and spots, and metres; sorted by both."""
    grid = grid_of(spots, metres)
    walk = in_space(homes, grid)
    limit = squared_limit(metres)
    counts = np.zeros(len(homes) + 1, dtype=np.int64)
    in_threads(len(homes), lambda first, last: _count(walk, first, last, grid, metres, limit, counts))
    begin = np.cumsum(counts)
    spot, far = np.empty(begin[-1], dtype=np.int32), np.empty(begin[-1])
    in_threads(len(homes), lambda first, last: _fill(walk, first, last, grid, metres, limit, begin, spot, far))
    person = np.repeat(np.arange(len(homes), dtype=np.int32), np.diff(begin))
    return person, spot, far


def tally(
    homes: np.ndarray, spots: np.ndarray, kinds: np.ndarray, number: int, within: float, metres: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tell where a spot of each kind is near, count those at most `metres` away, and say how far the nearest is."""
    grid = grid_of(spots, metres / 3)
    walk = in_space(homes, grid)
    near = np.empty((len(homes), number), dtype=np.bool_)
    counts = np.empty((len(homes), number), dtype=np.int32)
    nearest = np.empty((len(homes), number), dtype=np.float32)
    kind = kinds[grid.order].astype(np.int32)
    limits = squared_limit(within), squared_limit(metres)
    in_threads(
        len(homes),
        lambda first, last: _tally(walk, first, last, grid, kind, metres, *limits, near, counts, nearest),
    )
    return near, counts, nearest


def nearest_groups(
    homes: np.ndarray, spots: np.ndarray, groups: np.ndarray, most: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return positions of the nearest spots (-1 where there are fewer) and metres, each of another group."""
    found = np.full((len(homes), most), -1, dtype=np.int32)
    metres = np.full((len(homes), most), np.inf)
    wide, high = np.ptp(spots, axis=0)
    grid = grid_of(spots, float(np.sqrt(wide * high / len(spots))))
    walk, group = in_space(homes, grid), groups[grid.order]
    in_threads(len(homes), lambda first, last: _nearest(walk, first, last, grid, group, found, metres))
    return found, metres


def weighted_sums(here: np.ndarray, there: np.ndarray, values: np.ndarray, decay: Decay) -> np.ndarray:
    """Return for every point here the sum of the values there, each times the weight of its distance."""
    grid = grid_of(there, decay.metres / 3)
    walk = in_space(here, grid)
    sums = np.zeros(len(here))
    value, steps = values[grid.order], decay.table
    limit = squared_limit(decay.metres)
    known = (decay.metres, limit, decay.code, decay.parameter, steps)
    in_threads(
        len(here),
        lambda first, last: _sums(walk, first, last, grid, value, *known, sums),
        size=max(len(here), len(there)),
    )
    return sums


def squared_limit(metres: float) -> float:
    """Return the largest number whose square root is at most `metres`."""
    limit = metres * metres
    while np.sqrt(limit) > metres:
        limit = np.nextafter(limit, 0.0)
    while np.sqrt(np.nextafter(limit, np.inf)) <= metres:
        limit = np.nextafter(limit, np.inf)
    return float(limit)


def in_threads(number: int, work: Callable[[int, int], Any], *, size: int = 0) -> None:
    """Do the work for `number` points, in equal parts on all cores when they, or `size`, are many."""
    threads = min(os.cpu_count() or 1, 8) if max(number, size) >= ONE_THREAD else 1
    if threads == 1:
        work(0, number)
        return
    # Several parts per thread: some hold a city, others the sea.
    bounds = np.linspace(0, number, 4 * threads + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, bounds[:-1].tolist(), bounds[1:].tolist()))


@njit(cache=True, nogil=True)
def _cells(x, y, west, south, size, columns, rows):
    cells = np.empty(len(x), dtype=np.int32)
    for at in range(len(x)):
        column = min(max(int(np.floor((x[at] - west) / size)), 0), columns - 1)
        row = min(max(int(np.floor((y[at] - south) / size)), 0), rows - 1)
        cells[at] = row * columns + column
    return cells


@njit(cache=True, nogil=True)
def _by_cell(cells, number):
    start = np.zeros(number + 1, dtype=np.int32)
    for cell in cells:
        start[cell + 1] += 1
    for cell in range(number):
        start[cell + 1] += start[cell]
    free = start[:-1].copy()
    order = np.empty(len(cells), dtype=np.int32)
    for at in range(len(cells)):
        cell = cells[at]
        order[free[cell]] = at
        free[cell] += 1
    return order, start


@njit(cache=True, nogil=True)
def _sorted(x, y, west, south, size, columns, rows):
    order, start = _by_cell(_cells(x, y, west, south, size, columns, rows), columns * rows)
    sorted_x, sorted_y = np.empty(len(x)), np.empty(len(x))
    for at in range(len(x)):
        sorted_x[at] = x[order[at]]
        sorted_y[at] = y[order[at]]
    return order, sorted_x, sorted_y, start


@njit(cache=True, nogil=True)
def _walk(x, y, west, south, size, columns, rows):
    cells = _cells(x, y, west, south, size, columns, rows)
    free = np.zeros(columns * rows + 1, dtype=np.int32)
    for cell in cells:
        free[cell + 1] += 1
    for cell in range(columns * rows):
        free[cell + 1] += free[cell]
    walk = np.empty((len(x), 3))
    for at in range(len(x)):
        put = free[cells[at]]
        walk[put, 0], walk[put, 1], walk[put, 2] = x[at], y[at], at
        free[cells[at]] += 1
    return walk


@njit(cache=True, nogil=True, inline="always")
def _window(x, y, metres, grid):
    """Return the first and last column and row of cells that may hold a point within `metres`."""
    left = max(int(np.floor((x - metres - grid.west) / grid.size)), 0)
    right = min(int(np.floor((x + metres - grid.west) / grid.size)), grid.columns - 1)
    low = max(int(np.floor((y - metres - grid.south) / grid.size)), 0)
    high = min(int(np.floor((y + metres - grid.south) / grid.size)), grid.rows - 1)
    return left, right, low, high


@njit(cache=True, nogil=True)
def _count(walk, first, last, grid, metres, limit, counts):
    for nth in range(first, last):
        x, y, person = walk[nth, 0], walk[nth, 1], int(walk[nth, 2])
        left, right, low, high = _window(x, y, metres, grid)
        found = 0
        if left <= right:
            for row in range(low, high + 1):
                begin = grid.start[row * grid.columns + left]
                end = grid.start[row * grid.columns + right + 1]
                for at in range(begin, end):
                    dx, dy = grid.x[at] - x, grid.y[at] - y
                    found += dx * dx + dy * dy <= limit
        counts[person + 1] = found


@njit(cache=True, nogil=True)
def _fill(walk, first, last, grid, metres, limit, begin_of, spot, far):
    for nth in range(first, last):
        x, y, person = walk[nth, 0], walk[nth, 1], int(walk[nth, 2])
        left, right, low, high = _window(x, y, metres, grid)
        begin = begin_of[person]
        free = begin
        if left > right:
            continue
        for row in range(low, high + 1):
            for at in range(grid.start[row * grid.columns + left], grid.start[row * grid.columns + right + 1]):
                dx, dy = grid.x[at] - x, grid.y[at] - y
                squared = dx * dx + dy * dy
                if squared > limit:
                    continue
                position = grid.order[at]
                put = free
                while put > begin and spot[put - 1] > position:
                    spot[put] = spot[put - 1]
                    far[put] = far[put - 1]
                    put -= 1
                spot[put] = position
                far[put] = np.sqrt(squared)
                free += 1


@njit(cache=True, nogil=True)
def _tally(walk, first, last, grid, kind, metres, near_limit, limit, near, counts, nearest):
    number = counts.shape[1]
    best, found = np.empty(number), np.empty(number, dtype=np.int32)
    for nth in range(first, last):
        x, y, person = walk[nth, 0], walk[nth, 1], int(walk[nth, 2])
        left, right, low, high = _window(x, y, metres, grid)
        best[:] = np.inf
        found[:] = 0
        for row in range(low, high + 1 if left <= right else low):
            # No branch on the limit: a third of these are near, and a processor guesses that badly.
            for at in range(grid.start[row * grid.columns + left], grid.start[row * grid.columns + right + 1]):
                dx, dy = grid.x[at] - x, grid.y[at] - y
                squared = dx * dx + dy * dy
                found[kind[at]] += squared <= limit
                best[kind[at]] = min(best[kind[at]], squared)
        for each in range(number):
            near[person, each] = best[each] <= near_limit
            counts[person, each] = found[each]
            nearest[person, each] = np.sqrt(best[each]) if found[each] else np.inf


@njit(cache=True, nogil=True)
def _insert(groups, positions, squares, group, position, squared):
    """Put a spot among the nearest ones: nearer first, of equals the one given first; one spot of each group."""
    most = len(squares)
    last = most - 1
    for rank in range(most):
        if positions[rank] >= 0 and groups[rank] == group:
            if squared > squares[rank] or (squared == squares[rank] and position > positions[rank]):
                return
            last = rank
            break
    if squared > squares[last] or (squared == squares[last] and 0 <= positions[last] < position):
        return
    rank = last
    while rank > 0 and (
        squares[rank - 1] > squared or (squares[rank - 1] == squared and positions[rank - 1] > position)
    ):
        groups[rank], positions[rank], squares[rank] = groups[rank - 1], positions[rank - 1], squares[rank - 1]
        rank -= 1
    groups[rank], positions[rank], squares[rank] = group, position, squared


@njit(cache=True, nogil=True)
def _look_into(grid, row, left, right, x, y, group, groups, positions, squares):
    left, right = max(left, 0), min(right, grid.columns - 1)
    if row < 0 or row >= grid.rows or left > right:
        return
    for at in range(grid.start[row * grid.columns + left], grid.start[row * grid.columns + right + 1]):
        dx, dy = grid.x[at] - x, grid.y[at] - y
        _insert(groups, positions, squares, group[at], grid.order[at], dx * dx + dy * dy)


@njit(cache=True, nogil=True)
def _nearest(walk, first, last, grid, group, found, metres):
    most = found.shape[1]
    groups = np.empty(most, dtype=np.int64)
    positions = np.empty(most, dtype=np.int64)
    squares = np.empty(most)
    for nth in range(first, last):
        x, y, person = walk[nth, 0], walk[nth, 1], int(walk[nth, 2])
        column = int(np.floor((x - grid.west) / grid.size))
        row = int(np.floor((y - grid.south) / grid.size))
        positions[:] = -1
        squares[:] = np.inf
        # Rings that do not touch the grid hold nothing: begin at the first that does, end at the last.
        ring = max(-column, column - grid.columns + 1, -row, row - grid.rows + 1, 0)
        end = max(abs(column), abs(column - grid.columns + 1), abs(row), abs(row - grid.rows + 1))
        while ring <= end:
            # Whatever lies in this ring or beyond is at least this far away.
            gap = (ring - 1) * grid.size
            if ring > 1 and squares[most - 1] < gap * gap * (1 - 1e-12):
                break
            if ring == 0:
                _look_into(grid, row, column, column, x, y, group, groups, positions, squares)
            else:
                _look_into(grid, row - ring, column - ring, column + ring, x, y, group, groups, positions, squares)
                _look_into(grid, row + ring, column - ring, column + ring, x, y, group, groups, positions, squares)
                for side in range(max(row - ring + 1, 0), min(row + ring, grid.rows)):
                    left, right = column - ring, column + ring
                    if 0 <= left < grid.columns:
                        _look_into(grid, side, left, left, x, y, group, groups, positions, squares)
                    if 0 <= right < grid.columns:
                        _look_into(grid, side, right, right, x, y, group, groups, positions, squares)
            ring += 1
        for rank in range(most):
            found[person, rank] = positions[rank]
            metres[person, rank] = np.sqrt(squares[rank])


@njit(cache=True, nogil=True)
def _weight(squared, metres, code, parameter, steps):
    """Return the weight of a distance; `resourcemap.reach.decay` says the same in numpy."""
    far = np.sqrt(squared)
    if code == STEPS:
        for step in range(steps.shape[0]):
            if far <= steps[step, 0]:
                return steps[step, 1]
        return 0.0
    if code == GAUSSIAN:
        edge = np.exp(-0.5)
        return (np.exp(-0.5 * (far / metres) ** 2) - edge) / (1 - edge)
    if code == LINEAR:
        return 1 - far / metres
    if code == EXPONENTIAL:
        return np.exp(-parameter * far)
    return max(far, 1.0) ** -parameter


@njit(cache=True, nogil=True)
def _sums(walk, first, last, grid, value, metres, limit, code, parameter, steps, sums):
    plain = code == STEPS and steps.shape[0] == 1
    for nth in range(first, last):
        x, y, point = walk[nth, 0], walk[nth, 1], int(walk[nth, 2])
        left, right, low, high = _window(x, y, metres, grid)
        total = 0.0
        for row in range(low, high + 1 if left <= right else low):
            begin, end = grid.start[row * grid.columns + left], grid.start[row * grid.columns + right + 1]
            if plain:
                for at in range(begin, end):
                    dx, dy = grid.x[at] - x, grid.y[at] - y
                    total += value[at] * (dx * dx + dy * dy <= limit)
                continue
            for at in range(begin, end):
                dx, dy = grid.x[at] - x, grid.y[at] - y
                squared = dx * dx + dy * dy
                if squared <= limit:
                    total += value[at] * _weight(squared, metres, code, parameter, steps)
        sums[point] = total * steps[0, 1] if plain else total
