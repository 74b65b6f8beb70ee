"""Which pins have room at all: known before a spot is sought for any of them.

A panel is divided into cells. Pins may go aside into the cells around their own, so what blocks of nine and of 25 cells
hold is compared with their ground. Where it is too much, the cells with least in them keep their pins and the fullest
lose theirs, each cell all or none: a reader sees where numbers end, instead of missing some here and there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from resourcemap.publish.papermap.moving import Size

# The side of a cell in millimetres: pins go aside by up to about so much.
_CELL = 12.0
# Cells to each side in a block, and the share of its ground that pins with the gaps around them can cover: of a small
# block much, since pins go out of it; of a large one so much that beyond it a fifth of them find no spot.
_BLOCKS = ((1, 0.8), (2, 0.6))
_GAP = 0.45


def has_room(
    places: np.ndarray, sizes: list[Size], frame: tuple[float, float, float, float], hidden: np.ndarray
) -> np.ndarray:
    """Tell which places can have their pins in a panel.

    Parameters
    ----------
    places
        The places in millimetres of the sheet, a row each.
    sizes
        How large the pins are.
    frame
        Left, top, right and bottom; pins stay inside.
    hidden
        Boxes in which no pin may stand, a row each.

    Examples
    --------
    A hundred places on one spot, and one far away.

    >>> from resourcemap.publish.papermap.moving import Size
    >>> places = np.array([[20.0, 20.0]] * 100 + [[110.0, 70.0]])
    >>> found = has_room(places, [Size(4, 4)] * 101, (0, 0, 120, 80), np.empty((0, 4)))
    >>> int(found.sum()), bool(found[100])
    (1, True)
    """
    left, top, right, bottom = frame
    across, down = (max(round((end - begin) / _CELL), 1) for begin, end in ((left, right), (top, bottom)))
    xs, ys = np.linspace(left, right, across + 1), np.linspace(top, bottom, down + 1)
    column = np.clip(np.searchsorted(xs, places[:, 0], side="right") - 1, 0, across - 1)
    row = np.clip(np.searchsorted(ys, places[:, 1], side="right") - 1, 0, down - 1)
    cell = row * across + column
    covered = np.array([(size.width + size.marks + _GAP) * (size.height + _GAP) for size in sizes])
    held = np.bincount(cell, covered, across * down)
    free = _free(xs, ys, hidden)
    most = [(reach, _around(free, reach) * share) for reach, share in _BLOCKS]
    if all((_around(held.reshape(down, across), reach) <= limit).all() for reach, limit in most):
        return np.full(len(places), True)
    return np.asarray(_kept(held, free, most)[cell])


def _free(xs: np.ndarray, ys: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """Return the ground of each cell that no box hides, a row of them for each row."""
    wide = _shared(xs, hidden[:, 0], hidden[:, 2])
    high = _shared(ys, hidden[:, 1], hidden[:, 3])
    free = np.outer(np.diff(ys), np.diff(xs)) - np.einsum("hc,hr->rc", wide, high)
    return np.asarray(free.clip(0.0))


def _shared(edges: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return how much of each stretch between edges lies between a begin and its end, a row for each begin."""
    low = np.maximum(edges[None, :-1], begins[:, None])
    return np.asarray((np.minimum(edges[None, 1:], ends[:, None]) - low).clip(0.0))


def _around(cells: np.ndarray, reach: int) -> np.ndarray:
    """Return the sum of the block around every cell."""
    down, across = cells.shape
    wide = np.pad(cells, reach)
    steps = range(2 * reach + 1)
    return np.asarray(sum(wide[y : y + down, x : x + across] for y in steps for x in steps))


def _kept(held: np.ndarray, free: np.ndarray, most: list[tuple[int, np.ndarray]]) -> np.ndarray:
    """Tell which cells keep their pins: the emptiest first, as long as no block has too much."""
    across = free.shape[1]
    loads = [np.zeros_like(free) for _ in most]
    kept: np.ndarray = held == 0
    order = np.lexsort((np.arange(len(held)), held / np.maximum(free.ravel(), 1e-9)))
    for cell in order[held[order] > 0].tolist():
        y, x = divmod(cell, across)
        blocks = [np.s_[max(y - reach, 0) : y + reach + 1, max(x - reach, 0) : x + reach + 1] for reach, _ in most]
        there = list(zip(loads, blocks, most, strict=True))
        if all((load[block] + held[cell] <= limit[block]).all() for load, block, (_, limit) in there):
            for load, block, _ in there:
                load[block] += held[cell]
            kept[cell] = True
    return kept
