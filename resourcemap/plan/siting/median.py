"""Fewest metres of all people to the nearest place (p-median: Hakimi 1964)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from resourcemap.plan.siting.answer import Answer, answer_of, replacements, shared_replacements
from resourcemap.plan.siting.maximal import whole_numbers
from resourcemap.plan.siting.search import search, watch
from resourcemap.plan.siting.shared import shared_search, shared_total
from resourcemap.plan.siting.trips import trips_of

if TYPE_CHECKING:
    import numpy as np

    from resourcemap.plan.siting.greedy import Limits


def fewest_metres(
    person: np.ndarray,
    candidate: np.ndarray,
    metres: np.ndarray,
    *,
    people: np.ndarray,
    ceiling: np.ndarray,
    candidates: int,
    limits: Limits,
    capacity: np.ndarray | None = None,
    seconds: float | None = None,
) -> Answer:
    """Choose the places that make everybody's way to the nearest place shortest together.

    Parameters
    ----------
    person, candidate, metres
        Pairs of a person point and a candidate, each once; those not below `ceiling` change nothing.
    people
        How many people each point stands for, 0 or more.
    ceiling
        The metres that each point counts for without any candidate: to the nearest place that stays, or what somebody
        counts for who has none. It is finite.
    candidates
        How many candidates there are.
    limits
        How many may open, and where.
    capacity
        How many people each candidate takes; any number when not given.
    seconds
        How long to search; until it is proven when not given.

    Returns
    -------
    Answer
        In metres of all people together.

    Examples
    --------
    >>> import numpy as np
    >>> from resourcemap.plan.siting.greedy import Limits
    >>> found = fewest_metres(np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([100.0, 300.0, 50.0]),
    ...     people=np.array([1.0, 2.0]), ceiling=np.array([800.0, 400.0]), candidates=2, limits=Limits(1))
    >>> found.chosen.tolist(), found.adds.tolist(), found.totals.tolist(), found.before
    ([0], [900.0], [700.0], 1600.0)
    """
    trips = trips_of(person, candidate, metres, weights=people, ceiling=ceiling, candidates=candidates)
    time = watch(seconds)
    if capacity is None:
        found = search(trips, limits, time=time)
        return answer_of(found, trips.total, whole=0.0, replaced=partial(replacements, trips, limits=limits))
    found = shared_search(trips, limits, capacity, step=float(_whole(people, ceiling, metres, capacity)), time=time)

    def cost(chosen: np.ndarray) -> float:
        return shared_total(trips, chosen, capacity)

    replaced = partial(shared_replacements, trips, limits=limits, capacity=capacity, cost=cost)
    return answer_of(found, cost, whole=0.0, replaced=replaced)


def _whole(*numbers: np.ndarray) -> bool:
    return all(whole_numbers(each) for each in numbers)
