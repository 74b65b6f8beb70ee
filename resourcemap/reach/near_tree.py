"""Pairs of near points by scipy's tree: what `near_compiled` gives, where numba is not installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import KDTree

from resourcemap.reach.near_all import metres_between, rank_of_group, sums_of, tally_of

if TYPE_CHECKING:
    from resourcemap.reach.decay import Decay

# The tree may round the last digit at the limit differently; it is asked for a hair more, then we decide.
_HAIR = 1e-9


def pairs_within(homes: np.ndarray, spots: np.ndarray, metres: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return every pair at most `metres` apart: positions of homes and spots, and metres; sorted by both."""
    reach = metres * (1 + _HAIR) + _HAIR
    found = KDTree(homes).sparse_distance_matrix(KDTree(spots), reach, output_type="ndarray")
    person, spot = found["i"], found["j"]
    far = metres_between(homes[person], spots[spot])
    near = far <= metres
    person, spot, far = person[near], spot[near], far[near]
    order = np.lexsort((spot, person))
    return person[order].astype(np.int32), spot[order].astype(np.int32), far[order]


def tally(
    homes: np.ndarray, spots: np.ndarray, kinds: np.ndarray, number: int, within: float, metres: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tell where a spot of each kind is near, count those at most `metres` away, and say how far the nearest is."""
    return tally_of(pairs_within(homes, spots, metres), len(homes), kinds, number, within)


def nearest_groups(
    homes: np.ndarray, spots: np.ndarray, groups: np.ndarray, most: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return positions of the nearest spots (-1 where there are fewer) and metres, each of another group."""
    tree = KDTree(spots)
    found = np.full((len(homes), most), -1, dtype=np.int32)
    metres = np.full((len(homes), most), np.inf)
    open_ = np.arange(len(homes))
    asked = most + 1
    while len(open_):
        asked = min(asked, len(spots))
        spot = tree.query(homes[open_], k=np.arange(1, asked + 1))[1]
        far = metres_between(homes[open_][:, None, :], spots[spot])
        order = np.lexsort((spot, far), axis=1)
        spot, far = np.take_along_axis(spot, order, 1), np.take_along_axis(far, order, 1)
        rank = rank_of_group(groups[spot])
        # What is as far as the last one seen may have equals that were not seen.
        sure = (rank >= 0) & (far < far[:, -1:] * (1 - _HAIR))
        done = (sure.sum(axis=1) >= most) | (asked == len(spots))
        row, column = np.nonzero(done[:, None] & (rank >= 0) & (rank < most))
        found[open_[row], rank[row, column]] = spot[row, column]
        metres[open_[row], rank[row, column]] = far[row, column]
        open_ = open_[~done]
        asked *= 2
    return found, metres


def weighted_sums(here: np.ndarray, there: np.ndarray, values: np.ndarray, decay: Decay) -> np.ndarray:
    """Return for every point here the sum of the values there, each times the weight of its distance."""
    return sums_of(pairs_within(here, there, decay.metres), len(here), values, decay)
