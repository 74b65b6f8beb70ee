"""An answer in the order of what each place adds, with the proof, and what the next best place would lose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from resourcemap.plan.siting.greedy import Limits
    from resourcemap.plan.siting.search import Found
    from resourcemap.plan.siting.trips import Trips

# Above this gap nothing counts as proven.
PROVEN = 1e-6


@dataclass(frozen=True)
class Answer:
    """Which places to open.

    Parameters
    ----------
    chosen
        Positions of candidates: first what adds most alone, then what adds most to it, and so on; equals in the order
        given. Fewer than asked for when no other adds anything.
    adds
        What each adds: people newly within reach, or metres saved.
    totals
        People within reach, or metres, with it and all before it.
    before
        The same without any.
    bound
        The total that no other answer can better: as high or low as the truth may be.
    gap
        How far the answer may be from the best one, as a share of the answer.
    proven
        Whether that is nothing (at most a millionth). It is computed from `bound`, never taken from a solver's status.
    stopped
        Why the search stopped: ``"proven"``, ``"time"`` when its time was up, ``"effort"`` when it gave up.
    instead
        For each place the best candidate in its stead; -1 when there is none.
    loses
        What `instead` loses against the answer.
    """

    chosen: np.ndarray
    adds: np.ndarray
    totals: np.ndarray
    before: float
    bound: float
    gap: float
    proven: bool
    stopped: str
    instead: np.ndarray
    loses: np.ndarray


def stopped_why(*, proven: bool, in_time: bool) -> str:
    """Say why a search stopped.

    Examples
    --------
    >>> stopped_why(proven=False, in_time=False)
    'time'
    """
    if proven:
        return "proven"
    return "effort" if in_time else "time"


def in_order(candidates: np.ndarray, cost: Callable[[np.ndarray], float]) -> tuple[np.ndarray, np.ndarray]:
    """Order places by what each adds, given those before it, and return the cost after each.

    Parameters
    ----------
    candidates
        Positions, sorted.
    cost
        What a choice costs.

    Examples
    --------
    >>> order, costs = in_order(np.array([3, 8]), lambda chosen: 100.0 - chosen.sum())
    >>> order.tolist(), costs.tolist()
    ([8, 3], [92.0, 89.0])
    """
    order = np.empty(0, dtype=np.int64)
    left = [int(candidate) for candidate in candidates]
    costs = []
    while left:
        tried = [cost(np.append(order, candidate)) for candidate in left]
        best = int(np.argmin(tried))
        order = np.append(order, left.pop(best))
        costs.append(tried[best])
    return order, np.array(costs)


def replacements(trips: Trips, chosen: np.ndarray, limits: Limits) -> tuple[np.ndarray, np.ndarray]:
    """Return, for every place, the best candidate in its stead, and how much more the choice then costs.

    Examples
    --------
    >>> from resourcemap.plan.siting.greedy import Limits
    >>> from resourcemap.plan.siting.trips import trips_of
    >>> trips = trips_of(np.array([0, 1]), np.array([0, 1]), np.zeros(2), weights=np.array([3.0, 4.0]),
    ...     ceiling=np.ones(2), candidates=2)
    >>> instead, loses = replacements(trips, np.array([1]), Limits(1))
    >>> instead.tolist(), loses.tolist()
    ([0], [1.0])
    """
    total = trips.total(chosen)
    instead, loses = np.full(len(chosen), -1), np.full(len(chosen), np.nan)
    for place in range(len(chosen)):
        others = np.delete(chosen, place)
        now = trips.shortest(others)
        free = limits.allowed(others, trips.candidates)
        free[chosen[place]] = False
        if free.any():
            saved = np.where(free, trips.saved(now), -1.0)
            instead[place] = int(np.argmax(saved))
            loses[place] = trips.sum_of(now) - float(saved.max()) - total
    return instead, loses


def shared_replacements(
    trips: Trips, chosen: np.ndarray, limits: Limits, capacity: np.ndarray, cost: Callable[[np.ndarray], float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the same for places with room for so many; candidates that cannot be the best are not looked at."""
    total = cost(chosen)
    most = np.minimum(trips.saved(trips.ceiling), capacity * float(trips.ceiling.max(initial=0.0)))
    instead, loses = np.full(len(chosen), -1), np.full(len(chosen), np.nan)
    for place in range(len(chosen)):
        others = np.delete(chosen, place)
        free = limits.allowed(others, trips.candidates)
        free[chosen[place]] = False
        before = cost(others)
        for candidate in sorted(np.flatnonzero(free).tolist(), key=lambda each: (-most[each], each)):
            if instead[place] >= 0 and before - most[candidate] - total >= loses[place]:
                break
            lost = cost(np.append(others, candidate)) - total
            if instead[place] < 0 or lost < loses[place]:
                instead[place], loses[place] = candidate, lost
    return instead, loses


def answer_of(
    found: Found,
    cost: Callable[[np.ndarray], float],
    *,
    whole: float,
    replaced: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]],
) -> Answer:
    """Put a finding into an answer.

    Parameters
    ----------
    found
        What was found, as costs.
    cost
        What a choice costs.
    whole
        When the answer is in people within reach: all people, from whom the cost is taken; 0 for metres.
    replaced
        The function of replacements.
    """
    order, costs = in_order(found.chosen, cost)
    before = cost(np.empty(0, dtype=np.int64))
    adds = -np.diff(np.append(before, costs))
    # What adds nothing beside the others is not advised.
    useful = adds > 0
    order, adds, costs = order[useful], adds[useful], costs[useful]
    total = costs[-1] if len(costs) else before
    reached = abs(float(_turned(np.asarray(total), whole)))
    missing = max(total - found.bound, 0.0)
    gap = (missing / reached if reached else np.inf) if missing else 0.0
    proven = gap <= PROVEN
    instead, loses = replaced(order)
    return Answer(
        order,
        adds,
        _turned(costs, whole),
        float(_turned(np.asarray(before), whole)),
        float(_turned(np.asarray(min(found.bound, total)), whole)),
        float(gap),
        bool(proven),
        stopped_why(proven=bool(proven), in_time=found.in_time),
        instead,
        loses,
    )


def _turned(cost: np.ndarray, whole: float) -> np.ndarray:
    """Return people within reach, where costs are people beyond; metres as they are."""
    return np.asarray(whole - cost if whole else cost)
