"""The whole search: a good answer at once, a bound on all answers, and the proof that closes the gap.

Greedy and swaps, then prices that drop the candidates no better answer can hold (round by round, since fewer are
faster), then a little branching; where that does not end it, probing, and HiGHS for what is left.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from resourcemap import clock
from resourcemap.plan.siting.branch import better_by, branched
from resourcemap.plan.siting.dual import Search, priced
from resourcemap.plan.siting.greedy import Limits, greedy, swapped
from resourcemap.plan.siting.probing import probed
from resourcemap.plan.siting.radius import entries, radius_model
from resourcemap.plan.siting.solver import solve
from resourcemap.plan.siting.trips import merged

if TYPE_CHECKING:
    from resourcemap.plan.siting.trips import Trips

_ROUNDS = 25
_ROUND = Search(50, 15, 0.7, 2e-3)
# Swapping goes to the third nearest of the open places; prices above that prove nothing more.
_PRICED = 3
# How far prices may rise from one round to the next.
_ROOM = 1.25
# With more candidates left than this, or after so many parts, probing is quicker than branching.
_MANY = 250
_NODES = 100
# A model with more entries takes some GB and does not end in minutes; branching then goes on instead.
_ENTRIES = 10_000_000
_NODES_ALONE = 2000


@dataclass(frozen=True)
class Found:
    """The best choice found, and what is proven of it.

    Parameters
    ----------
    chosen
        Positions of candidates, sorted.
    total
        What it costs.
    bound
        No choice costs less.
    in_time
        Whether the search ended before its time did.
    """

    chosen: np.ndarray
    total: float
    bound: float
    in_time: bool


@dataclass(frozen=True)
class Watch:
    """How much time is left."""

    begin: float
    seconds: float

    @property
    def left(self) -> float:
        """The seconds left."""
        return self.seconds - (clock.seconds() - self.begin)

    def out(self) -> bool:
        """Tell whether time is up."""
        return self.left <= 0


def watch(seconds: float | None) -> Watch:
    """Begin to count down.

    Examples
    --------
    >>> watch(None).out(), watch(0).out()
    (False, True)
    """
    return Watch(clock.seconds(), math.inf if seconds is None else float(seconds))


@dataclass(frozen=True)
class _State:
    """What is known so far: the best choice, and what better ones may hold."""

    chosen: np.ndarray
    total: float
    least: float
    kept: np.ndarray
    prices: np.ndarray


def search(trips: Trips, limits: Limits, *, step: float = 0.0, time: Watch | None = None) -> Found:
    """Find the places that make everybody's trips shortest together.

    Parameters
    ----------
    trips
        Who saves what where.
    limits
        How many may open, and where.
    step
        By how much two choices differ at least: 1 where costs are whole.
    time
        How long to search.

    Examples
    --------
    >>> from resourcemap.plan.siting.trips import trips_of
    >>> trips = trips_of(np.array([0, 1, 1, 2]), np.array([0, 0, 1, 1]), np.zeros(4), weights=np.array([3.0, 4.0, 5.0]),
    ...     ceiling=np.ones(3), candidates=2)
    >>> search(trips, Limits(1), step=1)
    Found(chosen=array([1]), total=3.0, bound=3.0, in_time=True)
    """
    time = time or watch(None)
    small = merged(trips)
    besides = trips.sum_of(trips.ceiling) - small.sum_of(small.ceiling)
    chosen = swapped(small, greedy(small, limits), limits)
    total = small.total(chosen)
    least = -np.inf
    if len(small.row) and total > 0:
        found = _proven(small, limits, chosen, step, time)
        chosen, total, least = found
    least = least if np.isfinite(least) else min(total, 0.0)
    chosen = _first_given(small, np.sort(chosen), limits)
    return Found(np.sort(chosen), total + besides, min(least, total) + besides, not time.out())


def _proven(
    trips: Trips, limits: Limits, chosen: np.ndarray, step: float, time: Watch
) -> tuple[np.ndarray, float, float]:
    """Return the best choice, its total, and the bound."""
    state, part, rows = _narrowed(trips, limits, chosen, step, time)
    besides = trips.sum_of(trips.ceiling) - part.sum_of(part.ceiling)
    if state.least > state.total - better_by(step, state.total):
        return state.chosen, state.total, _rounded(state.total, step, state.total)
    if time.out():
        return state.chosen, state.total, _rounded(state.least, step, state.total)
    least = state.least
    too_large = entries(merged(part)) > _ENTRIES
    if too_large or int(state.kept.sum()) <= _MANY:
        closed = branched(
            part,
            limits,
            chosen=state.chosen,
            kept=state.kept,
            prices=state.prices[rows],
            step=step,
            nodes=_NODES_ALONE if too_large else _NODES,
            out_of_time=time.out,
        )
        least = max(least, closed.bound + besides)
        state = replace(state, chosen=closed.chosen, total=closed.total + besides)
    if too_large or least > state.total - better_by(step, state.total) or time.out():
        return state.chosen, state.total, _rounded(least, step, state.total)
    tight = probed(part, limits, chosen=state.chosen, kept=state.kept, step=step, time=time)
    least = max(least, tight.least + besides)
    state = replace(state, chosen=tight.chosen, total=tight.total + besides, kept=tight.kept)
    if least > state.total - better_by(step, state.total) or time.out():
        return state.chosen, state.total, _rounded(least, step, state.total)
    exact = _by_highs(part, limits, state, step, time)
    if exact[1] + besides < state.total:
        state = replace(state, chosen=exact[0], total=exact[1] + besides)
    return state.chosen, state.total, _rounded(max(least, exact[2] + besides), step, state.total)


def _rounded(least: float, step: float, total: float) -> float:
    """Return the bound: costs are whole steps, and nothing is above what is known to be possible."""
    if step:
        least = step * math.ceil(least / step - 1e-6)
    return min(least, total)


def _narrowed(
    trips: Trips, limits: Limits, chosen: np.ndarray, step: float, time: Watch
) -> tuple[_State, Trips, np.ndarray]:
    """Drop candidates that no better choice can hold, as long as that makes the table much smaller."""
    highest = _highest(trips, chosen)
    state = _State(chosen, trips.total(chosen), -np.inf, np.ones(trips.candidates, dtype=bool), highest)
    state = replace(state, prices=np.minimum(trips.shortest(chosen), highest))
    scale, cap = 1.0, highest
    tried: set[tuple[int, ...]] = set()
    for number in range(_ROUNDS):
        part, rows = trips.only(state.kept, cap)
        besides = trips.sum_of(cap) - part.sum_of(part.ceiling)
        target = state.total - besides
        bound = priced(part, limits, state.prices[rows], target=target, search=_ROUND, scale=scale)
        state = _noted(trips, limits, state, [bound.open, limits.best(bound.often)][number % 2], tried)
        prices = cap.copy()
        prices[rows] = bound.prices
        least = max(state.least, bound.least + besides)
        limit = state.total - better_by(step, state.total) - besides
        kept = state.kept & ~(bound.with_each(limits) > limit)
        state = replace(state, least=least, kept=kept, prices=prices)
        scale = bound.scale
        if number:
            cap = np.minimum(highest, prices * _ROOM + highest / 10)
        if least > state.total - better_by(step, state.total) or scale < _ROUND.shortest or time.out():
            break
    kept = state.kept.copy()
    kept[state.chosen] = True
    part, rows = trips.only(kept)
    return replace(state, kept=kept), part, rows


def _noted(trips: Trips, limits: Limits, state: _State, offered: np.ndarray, tried: set[tuple[int, ...]]) -> _State:
    """Keep the better of the choice known and one that the prices suggest, after swapping; each is tried once."""
    key = tuple(np.sort(offered).tolist())
    if key in tried:
        return state
    tried.add(key)
    chosen = swapped(trips, offered, limits)
    total = trips.total(chosen)
    return replace(state, chosen=chosen, total=total) if total < state.total else state


def _highest(trips: Trips, chosen: np.ndarray) -> np.ndarray:
    """Return the highest useful price per row: the trip to the third nearest open place, at most the ceiling."""
    if len(chosen) < _PRICED:
        return trips.ceiling.copy()
    nearest = np.tile(trips.ceiling, (_PRICED, 1))
    for place in chosen:
        row, length = trips.to(int(place))
        nearest[:, row] = np.sort(np.vstack([nearest[:, row], length]), axis=0)[:_PRICED]
    return np.asarray(nearest[-1])


def _by_highs(part: Trips, limits: Limits, state: _State, step: float, time: Watch) -> tuple[np.ndarray, float, float]:
    """Let HiGHS close what is left; return its choice, the total and the bound."""
    fewer = merged(part.only(state.kept)[0])
    besides = part.sum_of(part.ceiling) - fewer.sum_of(fewer.ceiling)
    candidates = np.flatnonzero(state.kept)
    radius = radius_model(fewer, limits, candidates, step=step)
    start = np.full(len(radius.model.cost), np.nan)
    start[: len(candidates)] = np.isin(candidates, state.chosen)
    solved = solve(radius.model, start=start, seconds=time.left)
    chosen = state.chosen
    if solved.columns is not None:
        chosen = candidates[solved.columns[: len(candidates)] > 0.5]
    return chosen, part.total(chosen), solved.bound + radius.first + besides


def _first_given(trips: Trips, chosen: np.ndarray, limits: Limits) -> np.ndarray:
    """Take the candidate given first wherever another is as good."""
    chosen = chosen.copy()
    for place in range(len(chosen)):
        others = np.delete(chosen, place)
        saved = np.where(limits.allowed(others, trips.candidates), trips.saved(trips.shortest(others)), -1.0)
        as_good = saved >= saved[chosen[place]] * (1 - 1e-12)
        chosen[place] = int(np.argmax(as_good))
    return np.asarray(chosen)
