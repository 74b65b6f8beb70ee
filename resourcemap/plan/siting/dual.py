"""How good any answer can be: a bound from prices, and which candidates no better answer can hold.

Every person is paid a price for the trip; a candidate earns what the prices exceed the trips to it. Whatever the
prices, no choice of places costs less than all prices minus the earnings of the best places (Lagrangian relaxation;
Cornuejols, Fisher and Nemhauser 1977). Good prices are found by steps against the error (Held, Wolfe and Crowder 1974).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from resourcemap.plan.siting.greedy import Limits
    from resourcemap.plan.siting.trips import Trips

# What counts as a better bound, as a share of it.
_BETTER = 1e-7
# How much of what was open before counts in the running mean.
_MEMORY = 0.9


@dataclass(frozen=True)
class Search:
    """How prices are looked for.

    Parameters
    ----------
    steps
        At most so many.
    patience
        A step that finds no better bound so often in a row was too long.
    shorter
        What it is then multiplied with.
    shortest
        When to stop.
    """

    steps: int
    patience: int
    shorter: float
    shortest: float


@dataclass(frozen=True)
class Bound:
    """What prices prove.

    Parameters
    ----------
    least
        No choice of places costs less.
    prices
        Per row.
    earned
        Per candidate, at these prices.
    open
        The places that earn most.
    often
        Per candidate, how often it was among them of late (0 to 1).
    scale
        How long the last steps were, to go on with.
    """

    least: float
    prices: np.ndarray
    earned: np.ndarray
    open: np.ndarray
    often: np.ndarray
    scale: float

    def with_each(self, limits: Limits) -> np.ndarray:
        """Return the bound for choices that hold each candidate, in place of the weakest or of the one of its area."""
        full = len(self.open) == limits.count
        weakest = self.earned[self.open].min() if full and len(self.open) else 0.0
        given_up = np.full(len(self.earned), weakest)
        if limits.areas is not None:
            earns = np.full(limits.areas.max() + 1, np.nan)
            earns[limits.areas[self.open]] = self.earned[self.open]
            mine = earns[limits.areas]
            given_up = np.where(np.isnan(mine), given_up, mine)
        found = self.least + given_up - self.earned
        found[self.open] = self.least
        return np.asarray(found)

    def without_each(self) -> np.ndarray:
        """Return, for every open place, the bound for choices that lack it: at best the next one takes its place."""
        others = np.delete(self.earned, self.open)
        following = max(float(others.max(initial=0.0)), 0.0)
        return np.asarray(self.least + self.earned[self.open] - following)


def priced(
    trips: Trips, limits: Limits, prices: np.ndarray, *, target: float, search: Search, scale: float = 1.0
) -> Bound:
    """Look for prices that prove as much as they can.

    Parameters
    ----------
    trips, limits
        The question.
    prices
        To begin with; never above the ceiling.
    target
        What a known choice costs; a bound as high is enough.
    search
        How long to look.
    scale
        How long the first step is; 1 is the whole error.

    Examples
    --------
    >>> from resourcemap.plan.siting.greedy import Limits
    >>> from resourcemap.plan.siting.trips import trips_of
    >>> trips = trips_of(np.array([0, 1]), np.array([0, 1]), np.zeros(2), weights=np.array([3.0, 4.0]),
    ...     ceiling=np.ones(2), candidates=2)
    >>> priced(trips, Limits(1), np.ones(2), target=3.0, search=Search(10, 5, 0.6, 0.01)).least
    3.0
    """
    weights, row, candidate, length = trips.weights, trips.row, trips.candidate, trips.length
    weight_of = weights[row]
    least, best, waited = -np.inf, prices, 0
    often = np.zeros(trips.candidates)
    for _ in range(search.steps):
        over = prices[row] - length
        np.maximum(over, 0, out=over)
        earned = np.bincount(candidate, over * weight_of, trips.candidates)
        open_ = limits.best(earned)
        value = float(np.sum(weights * prices)) - float(earned[open_].sum())
        waited = 0 if value > least + _BETTER * abs(least) else waited + 1
        if value > least:
            least, best = value, prices
        often *= _MEMORY
        often[open_] += 1 - _MEMORY
        if least >= target:
            break
        if waited >= search.patience:
            scale, waited, prices = scale * search.shorter, 0, best
            if scale < search.shortest:
                break
        is_open = np.zeros(trips.candidates, dtype=bool)
        is_open[open_] = True
        served = np.bincount(row[(over > 0) & is_open[candidate]], minlength=len(weights))
        slope = 1.0 - served
        slope[((prices >= trips.ceiling) & (slope > 0)) | ((prices <= 0) & (slope < 0))] = 0
        steep = float(np.sum(weights * slope * slope))
        if steep == 0:
            break
        prices = np.clip(prices + scale * (target - value) / steep * slope, 0, trips.ceiling)
    earned = trips.saved(best)
    return Bound(least, best, earned, limits.best(earned), often, scale)
