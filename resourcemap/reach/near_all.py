"""Pairs of near points by looking at every pair: for few points, what `near_compiled` and `near_tree` give for many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from resourcemap.reach.decay import Decay


def pairs_within(homes: np.ndarray, spots: np.ndarray, metres: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return every pair at most `metres` apart: positions of homes and spots, and metres; sorted by both."""
    far = metres_between(homes[:, None], spots[None])
    person, spot = np.nonzero(far <= metres)
    return person.astype(np.int32), spot.astype(np.int32), far[person, spot]


def tally(
    homes: np.ndarray, spots: np.ndarray, kinds: np.ndarray, number: int, within: float, metres: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tell where a spot of each kind is near, count those at most `metres` away, and say how far the nearest is."""
    return tally_of(pairs_within(homes, spots, metres), len(homes), kinds, number, within)


def nearest_groups(
    homes: np.ndarray, spots: np.ndarray, groups: np.ndarray, most: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return positions of the nearest spots (-1 where there are fewer) and metres, each of another group."""
    found = np.full((len(homes), most), -1, dtype=np.int32)
    metres = np.full((len(homes), most), np.inf)
    far = metres_between(homes[:, None], spots[None])
    spot = np.argsort(far, axis=1, kind="stable")
    rank = rank_of_group(groups[spot])
    row, column = np.nonzero((rank >= 0) & (rank < most))
    found[row, rank[row, column]] = spot[row, column]
    metres[row, rank[row, column]] = far[row, spot[row, column]]
    return found, metres


def weighted_sums(here: np.ndarray, there: np.ndarray, values: np.ndarray, decay: Decay) -> np.ndarray:
    """Return for every point here the sum of the values there, each times the weight of its distance."""
    return sums_of(pairs_within(here, there, decay.metres), len(here), values, decay)


def tally_of(
    pairs: tuple[np.ndarray, np.ndarray, np.ndarray], homes: int, kinds: np.ndarray, number: int, within: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tally pairs that were found."""
    person, spot, far = pairs
    cell = person.astype(np.int64) * number + kinds[spot]
    counts = np.bincount(cell, minlength=homes * number).astype(np.int32)
    nearest = np.full(homes * number, np.inf)
    np.minimum.at(nearest, cell, far)
    found = nearest.reshape(-1, number)
    return found <= within, counts.reshape(-1, number), found.astype(np.float32)


def sums_of(
    pairs: tuple[np.ndarray, np.ndarray, np.ndarray], here: int, values: np.ndarray, decay: Decay
) -> np.ndarray:
    """Sum the weighted values of pairs that were found."""
    at, other, far = pairs
    return np.bincount(at, weights=values[other] * decay.weights(far), minlength=here)


def metres_between(here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Return the metres between points, as `near_tree` and `near_compiled` measure them."""
    apart = here - there
    return np.asarray(np.sqrt(apart[..., 0] * apart[..., 0] + apart[..., 1] * apart[..., 1]))


def rank_of_group(groups: np.ndarray) -> np.ndarray:
    """Return the rank of each group in its row, in the order they appear; -1 for later members of a group."""
    order = np.argsort(groups, axis=1, kind="stable")
    listed = np.take_along_axis(groups, order, 1)
    first = np.ones(groups.shape, dtype=bool)
    first[:, 1:] = listed[:, 1:] != listed[:, :-1]
    appears = np.empty(groups.shape, dtype=bool)
    np.put_along_axis(appears, order, first, 1)
    return np.asarray(np.where(appears, np.cumsum(appears, axis=1) - 1, -1))
