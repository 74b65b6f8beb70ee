"""Most people newly within reach with so many places (MCLP: Church and ReVelle 1974)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from resourcemap.plan.siting.answer import Answer, answer_of, replacements, shared_replacements
from resourcemap.plan.siting.search import search, watch
from resourcemap.plan.siting.shared import shared_search, shared_total
from resourcemap.plan.siting.trips import Trips, merged, trips_of

if TYPE_CHECKING:
    from resourcemap.plan.siting.greedy import Limits


def cover_trips(
    person: np.ndarray, candidate: np.ndarray, *, people: np.ndarray, already: np.ndarray | None, candidates: int
) -> Trips:
    """Write down who is near which candidate: trips of 0 where they are 1 without; those reached already need none.

    Examples
    --------
    >>> trips = cover_trips(np.array([0, 1]), np.array([0, 0]), people=np.array([5.0, 7.0]),
    ...     already=np.array([True, False]), candidates=1)
    >>> trips.total(np.array([], dtype=int)), trips.total(np.array([0]))
    (7.0, 0.0)
    """
    ceiling = np.ones(len(people)) if already is None else np.where(already, 0.0, 1.0)
    return trips_of(person, candidate, np.zeros(len(person)), weights=people, ceiling=ceiling, candidates=candidates)


def most_within(
    person: np.ndarray,
    candidate: np.ndarray,
    *,
    people: np.ndarray,
    candidates: int,
    limits: Limits,
    already: np.ndarray | None = None,
    capacity: np.ndarray | None = None,
    seconds: float | None = None,
) -> Answer:
    """Choose the places that bring most people newly within reach.

    Parameters
    ----------
    person, candidate
        Every pair of a person point and a candidate within reach of it, each once.
    people
        How many people each point stands for, 0 or more.
    candidates
        How many candidates there are.
    limits
        How many may open, and where.
    already
        Whether a place that stays reaches each point.
    capacity
        How many people each candidate takes; any number when not given.
    seconds
        How long to search; until it is proven when not given.

    Returns
    -------
    Answer
        In people within reach, those reached already among them.

    Examples
    --------
    >>> from resourcemap.plan.siting.greedy import Limits
    >>> found = most_within(np.array([0, 1, 1, 2]), np.array([0, 0, 1, 1]), people=np.array([30.0, 40.0, 50.0]),
    ...     candidates=2, limits=Limits(1))
    >>> found.chosen.tolist(), found.adds.tolist(), found.bound, found.proven
    ([1], [90.0], 90.0, True)
    """
    trips = cover_trips(person, candidate, people=people, already=already, candidates=candidates)
    step = 1.0 if whole_numbers(people) else 0.0
    everyone = float(np.sum(people))
    time = watch(seconds)
    small, besides = _small(trips)
    if capacity is None:
        found = search(trips, limits, step=step, time=time)
        return answer_of(
            found,
            lambda chosen: small.total(chosen) + besides,
            whole=everyone,
            replaced=partial(replacements, small, limits=limits),
        )
    step = step if whole_numbers(capacity) else 0.0
    found = shared_search(trips, limits, capacity, step=step, time=time)

    def cost(chosen: np.ndarray) -> float:
        total = shared_total(small, chosen, capacity) + besides
        return round(total) if step else total

    replaced = partial(shared_replacements, small, limits=limits, capacity=capacity, cost=cost)
    return answer_of(found, cost, whole=everyone, replaced=replaced)


def whole_numbers(values: np.ndarray) -> bool:
    """Tell whether all are whole.

    Examples
    --------
    >>> whole_numbers(np.array([1.0, 2.0])), whole_numbers(np.array([0.5]))
    (True, False)
    """
    return bool((values == np.floor(values)).all())


def _small(trips: Trips) -> tuple[Trips, float]:
    """Return the trips with rows put together, and what the rows left out cost."""
    small = merged(trips)
    return small, trips.sum_of(trips.ceiling) - small.sum_of(small.ceiling)
