"""Everyone within a distance with the fewest places (LSCP: Toregas and others 1971)."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, vstack

from resourcemap.plan.siting.answer import Answer, in_order, replacements, stopped_why
from resourcemap.plan.siting.greedy import Limits, greedy
from resourcemap.plan.siting.maximal import cover_trips
from resourcemap.plan.siting.radius import limit_rows
from resourcemap.plan.siting.search import watch
from resourcemap.plan.siting.solver import Model, solve
from resourcemap.plan.siting.trips import merged

if TYPE_CHECKING:
    from resourcemap.plan.siting.trips import Trips


def fewest_places(
    person: np.ndarray,
    candidate: np.ndarray,
    *,
    people: np.ndarray,
    candidates: int,
    areas: np.ndarray | None = None,
    already: np.ndarray | None = None,
    seconds: float | None = None,
) -> Answer | None:
    """Choose the fewest places that reach everyone whom any candidate reaches.

    Parameters
    ----------
    person, candidate
        Every pair of a person point and a candidate within reach of it, each once.
    people
        How many people each point stands for; nobody (0) need not be reached.
    candidates
        How many candidates there are.
    areas
        A number per candidate: at most one of each number opens.
    already
        Whether a place that stays reaches each point.
    seconds
        How long to search; until it is proven when not given.

    Returns
    -------
    Answer
        In people within reach; ``bound`` is the fewest places that may be enough and ``gap`` how many places fewer, as
        a share of those chosen. ``None`` when `areas` leave no choice that reaches everyone, or none was found in time.

    Examples
    --------
    >>> found = fewest_places(np.array([0, 1, 1, 2]), np.array([0, 0, 1, 2]), people=np.array([3.0, 4.0, 5.0]),
    ...     candidates=3)
    >>> found.chosen.tolist(), found.adds.tolist(), found.bound, found.proven
    ([0, 2], [7.0, 5.0], 2.0, True)
    """
    trips = cover_trips(person, candidate, people=people, already=already, candidates=candidates)
    small = merged(trips)
    limits = Limits(candidates, areas)
    chosen, bound = _solved(small, limits, seconds)
    if chosen is None:
        return None
    besides = trips.sum_of(trips.ceiling) - small.sum_of(small.ceiling)
    everyone = float(np.sum(people))
    order, costs = in_order(chosen, lambda some: small.total(some) + besides)
    before = trips.total(np.empty(0, dtype=np.int64))
    gap = (len(order) - bound) / len(order) if len(order) else 0.0
    instead, loses = partial(replacements, small, limits=limits)(order)
    return Answer(
        order,
        -np.diff(np.append(before, costs)),
        everyone - costs,
        everyone - before,
        bound,
        gap,
        gap == 0,
        stopped_why(proven=gap == 0, in_time=False),
        instead,
        loses,
    )


def _solved(trips: Trips, limits: Limits, seconds: float | None) -> tuple[np.ndarray | None, float]:
    """Return the fewest places found, and how many it takes at least."""
    candidates = np.unique(trips.candidate)
    if not len(candidates):
        return np.empty(0, dtype=np.int64), 0.0
    column = np.full(trips.candidates, -1)
    column[candidates] = np.arange(len(candidates))
    cover = csr_matrix((np.ones(len(trips.row)), (trips.row, column[trips.candidate])))
    rules, most = limit_rows(limits, candidates)
    each, rows = np.ones(len(candidates)), len(trips.weights)
    model = Model(
        each,
        0 * each,
        each,
        each > 0,
        vstack([cover, rules]).tocsr(),
        np.append(np.ones(rows), np.full(len(most), -np.inf)),
        np.append(np.full(rows, np.inf), most),
        1.0,
    )
    start = greedy(trips, limits)
    columns = np.isin(candidates, start).astype(float) if trips.total(start) == 0 else None
    solved = solve(model, start=columns, seconds=watch(seconds).left)
    if solved.columns is None:
        return (None, 0.0) if columns is None else (np.sort(start), 1.0)
    chosen = candidates[solved.columns > 0.5]
    return chosen, float(min(max(math.ceil(solved.bound - 1e-6), 1), len(chosen)))
