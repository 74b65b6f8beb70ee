"""A figure of an area beside those of the other areas: their middle, where it stands among them, how far from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# How far from the middle of the others a figure must be; our own choice, no norm. Of shares, in points of a share; of
# amounts, as a part of the middle.
POINTS = 0.10
PART = 0.25
# And at least so many people, activities, or days a month.
PEOPLE = 10
ACTIVITIES = 1
DAYS = 4
# A middle of fewer others says nothing.
FEWEST = 2


@dataclass(frozen=True)
class Beside:
    """The figures of areas beside those of the others, one per area; not a number where an area has no figure.

    Parameters
    ----------
    median, low, high
        Of the other areas: the middle, and the quartiles.
    rank
        1 for the most; equals share the best; 0 without a figure.
    tied
        Whether another has the same.
    of
        How many areas have a figure.
    """

    median: np.ndarray
    low: np.ndarray
    high: np.ndarray
    rank: np.ndarray
    tied: np.ndarray
    of: int


def beside(values: np.ndarray) -> Beside:
    """Hold the figure of every area beside those of the others.

    Quartiles lie between two figures in proportion, as numpy's do.

    Examples
    --------
    >>> found = beside(np.array([0.9, 0.5, 0.6, 0.5]))
    >>> found.median.tolist(), found.high.tolist(), found.rank.tolist(), found.tied.tolist()
    ([0.5, 0.6, 0.5, 0.6], [0.55, 0.75, 0.7, 0.75], [1, 3, 2, 3], [False, True, False, True])
    """
    known = np.isfinite(values)
    own = values[known]
    ordered = np.sort(own)
    rank = np.zeros(len(values), dtype=int)
    rank[known] = 1 + len(own) - np.searchsorted(ordered, own, side="right")
    tied = np.zeros(len(values), dtype=bool)
    tied[known] = np.searchsorted(ordered, own, side="right") - np.searchsorted(ordered, own) > 1
    low, median, high = (np.full(len(values), np.nan) for _ in range(3))
    if len(own) > FEWEST:
        at = np.searchsorted(ordered, own)
        for share, quantile in ((0.25, low), (0.5, median), (0.75, high)):
            quantile[known] = _without(ordered, at, share)
    return Beside(median, low, high, rank, tied, len(own))


def _without(ordered: np.ndarray, left_out: np.ndarray, share: float) -> np.ndarray:
    """Return a quantile of an ordered array without one of its places, for each of some places."""
    place = share * (len(ordered) - 2)
    below = np.full(len(left_out), int(np.floor(place)))
    above = np.minimum(below + 1, len(ordered) - 2)
    lower = ordered[below + (below >= left_out)]
    upper = ordered[above + (above >= left_out)]
    return np.asarray(lower + (upper - lower) * (place - np.floor(place)))


def margin(measure: str, median: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Return how far from the middle of the others a figure must be to be a strength or a weakness.

    Examples
    --------
    >>> middle, people = np.array([0.5, 0.5]), np.array([1000, 20])
    >>> margin("share_within", middle, people).tolist(), margin("days_per_month", middle, people).tolist()
    ([0.1, 0.5], [4.0, 4.0])
    """
    with np.errstate(divide="ignore"):
        if measure == "share_within":
            return np.asarray(np.maximum(POINTS, PEOPLE / np.asarray(people, dtype=float)))
        least = ACTIVITIES * 1000 / np.asarray(people, dtype=float) if measure == "per_1000" else np.float64(DAYS)
    return np.asarray(np.maximum(PART * median, least))


def standing(values: np.ndarray, others: Beside, margins: np.ndarray) -> np.ndarray:
    """Return 1 for what is far above the others, -1 for what is far below, 0 for the rest.

    Far is at least the margin from their median, and outside the half of them that lies in the middle.

    Examples
    --------
    >>> values = np.array([0.9, 0.5, 0.6, 0.5])
    >>> standing(values, beside(values), np.full(4, 0.1)).tolist()
    [1, -1, 0, -1]
    """
    hair = 1e-9
    with np.errstate(invalid="ignore"):
        above = (values - others.median >= margins - hair) & (values > others.high + hair)
        below = (others.median - values >= margins - hair) & (values < others.low - hair)
    return np.asarray(above.astype(int) - below.astype(int))
