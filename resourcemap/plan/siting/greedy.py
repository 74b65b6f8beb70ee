"""A good answer at once: open what saves most, then swap as long as that betters it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from resourcemap.plan.siting.trips import Trips

# Differences below this share of the total are rounding.
HAIR = 1e-12


@dataclass(frozen=True)
class Limits:
    """How many places may open, and where.

    Parameters
    ----------
    count
        At most so many.
    areas
        A number per candidate: at most one of each number opens. ``None`` when any may.
    """

    count: int
    areas: np.ndarray | None = None

    def best(self, earned: np.ndarray) -> np.ndarray:
        """Return those that earn most, as many as may open; of equals those given first. What earns nothing stays out.

        Examples
        --------
        >>> Limits(2, np.array([0, 0, 1])).best(np.array([3.0, 5.0, 1.0])).tolist()
        [1, 2]
        """
        order = np.argsort(-earned, kind="stable")
        if self.areas is not None:
            first = np.unique(self.areas[order], return_index=True)[1]
            order = order[np.sort(first)]
        most = order[: self.count]
        return np.asarray(most[earned[most] > 0])

    def allowed(self, chosen: np.ndarray, candidates: int) -> np.ndarray:
        """Tell which candidates may open besides some that do."""
        free = np.ones(candidates, dtype=bool)
        free[chosen] = False
        if self.areas is not None:
            free &= ~np.isin(self.areas, self.areas[chosen])
        return free


def greedy(trips: Trips, limits: Limits) -> np.ndarray:
    """Open what saves most, one after the other; of equals the one given first. What saves nothing stays closed.

    Examples
    --------
    >>> from resourcemap.plan.siting.trips import trips_of
    >>> trips = trips_of(np.array([0, 1, 1]), np.array([0, 0, 1]), np.zeros(3), weights=np.array([3.0, 4.0]),
    ...     ceiling=np.ones(2), candidates=2)
    >>> greedy(trips, Limits(2)).tolist()
    [0]
    """
    chosen = np.empty(0, dtype=np.int64)
    now = trips.ceiling.copy()
    for _ in range(limits.count):
        saved = np.where(limits.allowed(chosen, trips.candidates), trips.saved(now), 0.0)
        best = int(np.argmax(saved)) if len(saved) else 0
        if not len(saved) or saved[best] <= 0:
            break
        chosen = np.append(chosen, best)
        row, length = trips.to(best)
        now[row] = np.minimum(now[row], length)
    return chosen


def swapped(trips: Trips, chosen: np.ndarray, limits: Limits) -> np.ndarray:
    """Swap one place for another as long as that saves more (Teitz and Bart 1968); fill up first.

    Examples
    --------
    >>> from resourcemap.plan.siting.trips import trips_of
    >>> trips = trips_of(np.array([0, 1]), np.array([0, 1]), np.zeros(2), weights=np.array([3.0, 4.0]),
    ...     ceiling=np.ones(2), candidates=2)
    >>> swapped(trips, np.array([0]), Limits(1)).tolist()
    [1]
    """
    chosen = filled(trips, chosen, limits)
    best = trips.total(chosen)
    bettered = True
    while bettered:
        bettered = False
        for place in range(len(chosen)):
            others = np.delete(chosen, place)
            now = trips.shortest(others)
            saved = np.where(limits.allowed(others, trips.candidates), trips.saved(now), -1.0)
            other = int(np.argmax(saved))
            total = trips.sum_of(now) - float(saved[other])
            if total < best - HAIR * abs(best):
                chosen[place], best, bettered = other, total, True
    return chosen


def filled(trips: Trips, chosen: np.ndarray, limits: Limits) -> np.ndarray:
    """Open more places while there is room and they save something."""
    now = trips.shortest(chosen)
    chosen = np.array(chosen, dtype=np.int64)
    while len(chosen) < limits.count:
        saved = np.where(limits.allowed(chosen, trips.candidates), trips.saved(now), 0.0)
        if not len(saved) or saved.max() <= 0:
            break
        chosen = np.append(chosen, int(np.argmax(saved)))
        now = trips.shortest(chosen)
    return chosen
