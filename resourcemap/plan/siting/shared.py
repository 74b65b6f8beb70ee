"""Places with room for so many: who is assigned where, when not everybody near fits in.

People are shared out so that the trips of all together are shortest, not each to the nearest; who finds no room makes
the trip of the ceiling. Whole people and whole capacities give whole shares (a transport problem).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix, hstack, vstack

from resourcemap.plan.siting.greedy import Limits
from resourcemap.plan.siting.radius import limit_rows
from resourcemap.plan.siting.search import Found, watch
from resourcemap.plan.siting.solver import Model, solve
from resourcemap.plan.siting.trips import merged

if TYPE_CHECKING:
    from resourcemap.plan.siting.search import Watch
    from resourcemap.plan.siting.trips import Trips


def shared_total(trips: Trips, chosen: np.ndarray, capacity: np.ndarray) -> float:
    """Return the sum of all trips when some candidates are open and people are shared out among them.

    Examples
    --------
    >>> from resourcemap.plan.siting.trips import trips_of
    >>> trips = trips_of(np.array([0]), np.array([0]), np.zeros(1), weights=np.array([30.0]), ceiling=np.ones(1),
    ...     candidates=1)
    >>> shared_total(trips, np.array([0]), np.array([20.0]))
    10.0
    """
    kept = np.zeros(trips.candidates, dtype=bool)
    kept[chosen] = True
    part, _ = trips.only(kept)
    besides = trips.sum_of(trips.ceiling) - part.sum_of(part.ceiling)
    if not len(part.row):
        return besides
    solved = solve(_model(part, Limits(len(chosen)), np.asarray(chosen), capacity, 0.0, all_open=True))
    return besides + part.sum_of(part.ceiling) + solved.bound


def shared_search(
    trips: Trips, limits: Limits, capacity: np.ndarray, *, step: float = 0.0, time: Watch | None = None
) -> Found:
    """Find the places with room for so many that make the trips of all shortest together.

    Parameters
    ----------
    trips, limits
        The question.
    capacity
        How many people each candidate takes.
    step
        By how much two choices differ at least.
    time
        How long to search.
    """
    time = time or watch(None)
    small = merged(trips)
    besides = trips.sum_of(trips.ceiling)
    candidates = np.unique(small.candidate)
    if not len(candidates) or limits.count == 0:
        return Found(np.empty(0, dtype=np.int64), besides, besides, in_time=True)
    start = _greedy(small, limits, capacity)
    model = _model(small, limits, candidates, capacity, step)
    columns = np.full(len(model.cost), np.nan)
    columns[: len(candidates)] = np.isin(candidates, start)
    solved = solve(model, start=columns, seconds=time.left)
    chosen, total = start, shared_total(small, start, capacity)
    if solved.columns is not None:
        other = candidates[solved.columns[: len(candidates)] > 0.5]
        other_total = shared_total(small, other, capacity)
        if other_total < total:
            chosen, total = other, other_total
    outside = besides - small.sum_of(small.ceiling)
    total += outside
    bound = solved.bound + besides if np.isfinite(solved.bound) else 0.0
    if step:
        bound, total = step * math.ceil(bound / step - 1e-6), step * round(total / step)
    return Found(np.sort(chosen), total, min(bound, total), not time.out())


def _greedy(trips: Trips, limits: Limits, capacity: np.ndarray) -> np.ndarray:
    """Open what could save most by itself, each filled with those who save most."""
    chosen = np.empty(0, dtype=np.int64)
    weights = trips.weights.copy()
    now = trips.ceiling
    for _ in range(limits.count):
        saved = np.zeros(trips.candidates)
        for candidate in np.flatnonzero(limits.allowed(chosen, trips.candidates)):
            saved[candidate] = _fill(trips, int(candidate), weights, now, capacity)[0]
        best = int(np.argmax(saved))
        if saved[best] <= 0:
            break
        row, taken = _fill(trips, best, weights, now, capacity)[1:]
        weights[row] -= taken
        chosen = np.append(chosen, best)
    return chosen


def _fill(
    trips: Trips, candidate: int, weights: np.ndarray, now: np.ndarray, capacity: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    row, length = trips.to(candidate)
    order = np.argsort(length - now[row], kind="stable")
    row, length = row[order], length[order]
    room = np.clip(capacity[candidate] - np.append(0.0, np.cumsum(weights[row])[:-1]), 0, None)
    taken = np.minimum(weights[row], room[: len(row)])
    return float(taken @ (now[row] - length)), row, taken


def _model(
    trips: Trips, limits: Limits, candidates: np.ndarray, capacity: np.ndarray, step: float, *, all_open: bool = False
) -> Model:
    """Write down places (first columns) and who of each row goes where (the others)."""
    places, shares = len(candidates), len(trips.row)
    column = np.full(trips.candidates, -1)
    column[candidates] = np.arange(places)
    to = column[trips.candidate]
    each = np.arange(shares)
    ones = np.ones(shares)
    weight_of = trips.weights[trips.row]
    of_row = csr_matrix((ones, (trips.row, each)), shape=(len(trips.weights), shares))
    of_place = csr_matrix((ones, (to, each)), shape=(places, shares))
    room = coo_matrix((-capacity[candidates], (np.arange(places), np.arange(places))), shape=(places, places))
    opens = coo_matrix((-weight_of, (each, to)), shape=(shares, places))
    rules, most = limit_rows(limits, candidates)
    blocks = [
        hstack([csr_matrix((len(trips.weights), places)), of_row]),
        hstack([room, of_place]),
        hstack([opens, csr_matrix((ones, (each, each)), shape=(shares, shares))]),
        hstack([rules, csr_matrix((len(most), shares))]),
    ]
    highest = np.concatenate([trips.weights, np.zeros(places + shares), most])
    whole = np.arange(places + shares) < (0 if all_open else places)
    return Model(
        np.concatenate([np.zeros(places), trips.length - trips.ceiling[trips.row]]),
        np.concatenate([np.full(places, float(all_open)), np.zeros(shares)]),
        np.concatenate([np.ones(places), weight_of]),
        whole,
        vstack(blocks).tocsr(),
        np.full(len(highest), -np.inf),
        highest,
        step,
    )
