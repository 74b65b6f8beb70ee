"""Drop candidates that no better choice can hold: open one, let parts of others open, and see whether it costs more.

The bound of such a model says more than the price of the candidate does (probing: Savelsbergh 1994), and every
candidate dropped raises the bounds of the others, so that often nothing is left and the best choice is proven.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from resourcemap.plan.siting.branch import better_by
from resourcemap.plan.siting.greedy import swapped
from resourcemap.plan.siting.radius import radius_model
from resourcemap.plan.siting.solver import Relaxed
from resourcemap.plan.siting.trips import merged

if TYPE_CHECKING:
    from resourcemap.plan.siting.greedy import Limits
    from resourcemap.plan.siting.search import Watch
    from resourcemap.plan.siting.trips import Trips

# A smaller model is faster: it is made anew when so many candidates are dropped.
_ANEW = 0.35
# Give up when so many in a row could not be dropped; go on to the next model only if so many were.
_PATIENCE = 30
_WORTH_IT = 0.1
# Models are solved to within rounding: of a whole step this much is left for it.
_ROUNDING = 0.01


@dataclass(frozen=True)
class Probed:
    """What probing left.

    Parameters
    ----------
    chosen
        The best choice known.
    total
        What it costs.
    least
        No choice costs less; `total` when nothing better can be.
    kept
        Whether a better choice may hold each candidate, and those chosen.
    """

    chosen: np.ndarray
    total: float
    least: float
    kept: np.ndarray


def probed(trips: Trips, limits: Limits, *, chosen: np.ndarray, kept: np.ndarray, step: float, time: Watch) -> Probed:
    """Drop candidates as long as that goes on.

    Parameters
    ----------
    trips, limits
        The question.
    chosen
        The best choice known.
    kept
        Whether a better choice may hold each candidate.
    step
        By how much choices differ at least; 0 when that is not known.
    time
        How long to search.

    Examples
    --------
    >>> from resourcemap.plan.siting.greedy import Limits
    >>> from resourcemap.plan.siting.search import watch
    >>> from resourcemap.plan.siting.trips import trips_of
    >>> trips = trips_of(np.array([0, 1, 1, 2]), np.array([0, 0, 1, 1]), np.zeros(4), weights=np.array([3.0, 4.0, 5.0]),
    ...     ceiling=np.ones(3), candidates=2)
    >>> found = probed(trips, Limits(1), chosen=np.array([1]), kept=np.ones(2, bool), step=1, time=watch(None))
    >>> found.chosen.tolist(), found.total, found.least
    ([1], 3.0, 3.0)
    """
    now = Probed(chosen, trips.total(chosen), -np.inf, kept.copy())
    while not time.out():
        candidates = np.flatnonzero(now.kept)
        fewer = merged(trips.only(now.kept)[0])
        radius = radius_model(fewer, limits, candidates, step=step)
        relaxed = Relaxed(radius.model)
        if not relaxed.solve(seconds=time.left):
            break
        besides = trips.sum_of(trips.ceiling) - fewer.sum_of(fewer.ceiling) + radius.first
        opened = relaxed.columns[: len(candidates)]
        now = _offered(trips, limits, now, candidates, opened)
        least = max(now.least, relaxed.cost + besides)
        limit = now.total - (step * (1 - _ROUNDING) if step else better_by(step, now.total))
        if least > limit:
            return Probed(now.chosen, now.total, now.total, now.kept)
        dropped = _dropped(relaxed, opened, limit - besides, time)
        kept = now.kept.copy()
        kept[candidates[dropped]] = False
        kept[now.chosen] = True
        now = Probed(now.chosen, now.total, least, kept)
        if kept.sum() > (1 - _WORTH_IT) * len(candidates):
            break
    return now


def _offered(trips: Trips, limits: Limits, now: Probed, candidates: np.ndarray, opened: np.ndarray) -> Probed:
    """Take the places of which most is open, after swapping, if they are better."""
    most = np.zeros(trips.candidates)
    most[candidates] = opened
    chosen = swapped(trips, limits.best(most), limits)
    total = trips.total(chosen)
    return Probed(chosen, total, now.least, now.kept) if total < now.total else now


def _dropped(relaxed: Relaxed, opened: np.ndarray, limit: float, time: Watch) -> np.ndarray:
    """Return which columns cannot be 1 at a cost up to the limit, those first that are likeliest not to."""
    reduced = relaxed.reduced[: len(opened)]
    dropped = (relaxed.cost + reduced > limit) & (opened < 1)
    for column in np.flatnonzero(dropped):
        relaxed.shut(int(column))
    misses = 0
    for column in np.argsort(-reduced, kind="stable"):
        if dropped[column] or opened[column] >= 0.5:
            continue
        if misses > _PATIENCE or dropped.sum() >= _ANEW * len(opened) or time.out():
            break
        dropped[column] = relaxed.costs_more(int(column), limit, seconds=time.left)
        misses = 0 if dropped[column] else misses + 1
    return np.asarray(dropped)
