"""Most for the worst-served area: the smallest share within reach as large as can be, then most people.

An area where no candidate reaches anybody more would hold the smallest share down whatever is chosen, and the choice
would depend on no area. Such areas are left out of the comparison and named.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, hstack, identity, vstack

from resourcemap.plan.siting.answer import PROVEN, Answer, in_order, stopped_why
from resourcemap.plan.siting.maximal import cover_trips, whole_numbers
from resourcemap.plan.siting.radius import limit_rows
from resourcemap.plan.siting.search import watch
from resourcemap.plan.siting.solver import Model, solve
from resourcemap.plan.siting.trips import Trips, merged

if TYPE_CHECKING:
    from resourcemap.plan.siting.greedy import Limits


@dataclass(frozen=True)
class Fair:
    """A fair choice.

    Parameters
    ----------
    answer
        In people within reach; ``bound`` and ``gap`` are of the people when the smallest share is kept.
    share
        The smallest share within reach among the areas compared.
    share_before
        The same without any new place.
    share_bound
        No choice has a greater smallest share.
    out_of_reach
        The areas that are not compared: people are beyond reach there and no candidate reaches any of them. Empty when
        no other area can be bettered either; all are then compared.
    """

    answer: Answer
    share: float
    share_before: float
    share_bound: float
    out_of_reach: np.ndarray


def fairest(
    person: np.ndarray,
    candidate: np.ndarray,
    *,
    people: np.ndarray,
    area: np.ndarray,
    candidates: int,
    limits: Limits,
    already: np.ndarray | None = None,
    seconds: float | None = None,
) -> Fair:
    """Choose the places that bring the worst-served area farthest, and of those choices the one with most people.

    Parameters
    ----------
    person, candidate
        Every pair of a person point and a candidate within reach of it, each once.
    people
        How many people each point stands for.
    area
        The area of each point, from 0; -1 for none. Areas where nobody lives have no share; people of no area count
        among all people only.
    candidates
        How many candidates there are.
    limits
        How many may open, and where.
    already
        Whether a place that stays reaches each point.
    seconds
        How long to search; until it is proven when not given.

    Examples
    --------
    >>> from resourcemap.plan.siting.greedy import Limits
    >>> found = fairest(np.array([0, 1]), np.array([0, 1]), people=np.array([90.0, 10.0, 90.0]),
    ...     area=np.array([0, 1, 1]), candidates=2, limits=Limits(2))
    >>> found.answer.chosen.tolist(), found.share, found.share_before
    ([0, 1], 0.1, 0.0)
    """
    time = watch(seconds)
    trips = cover_trips(person, candidate, people=people, already=already, candidates=candidates)
    out_of_reach, compared = _bettered(trips, np.asarray(area))
    area = np.where(compared[area], area, -1) if len(compared) else np.asarray(area)
    town = _Town(trips, area, np.bincount(area[area >= 0], people[area >= 0]))
    model = _model(town, limits, None)
    solved = solve(model, seconds=time.left / 2)
    first = _open(solved.columns, candidates)
    share = town.smallest_share(first)
    share_bound = min(-solved.bound, 1.0) if math.isfinite(solved.bound) else 1.0
    second = solve(_model(town, limits, share), start=_start(model, first), seconds=max(time.left, 0.1))
    chosen = _open(second.columns, candidates)
    if second.columns is None or town.smallest_share(chosen) < share:
        chosen = first
    everyone = float(np.sum(people))
    most = min(-second.bound + town.reached_by_none, everyone) if math.isfinite(second.bound) else everyone
    fair = _fair(town, chosen, share_bound=max(share_bound, share), most=most, limits=limits, in_time=not time.out())
    return replace(fair, out_of_reach=out_of_reach)


def _bettered(trips: Trips, area: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the areas where some are beyond reach and stay so whatever opens, and which areas are compared."""
    inside = area >= 0
    beyond = trips.weights * (trips.ceiling > 0)
    reachable = np.diff(trips.begin) > 0
    number = int(area.max(initial=-1)) + 1
    left = np.bincount(area[inside], beyond[inside], number) > 0
    better = np.bincount(area[inside], (beyond * reachable)[inside], number) > 0
    compared = ~left | better | (not better.any())
    return np.flatnonzero(~compared), compared


@dataclass(frozen=True)
class _Town:
    trips: Trips
    area: np.ndarray
    people: np.ndarray

    @property
    def reached_by_none(self) -> float:
        """The people whom places that stay reach."""
        return float(self.trips.weights @ (self.trips.ceiling == 0))

    def shares(self, chosen: np.ndarray) -> np.ndarray:
        """Return the share within reach of every area where anybody lives."""
        within = self.trips.weights * (self.trips.shortest(chosen) == 0)
        inside = self.area >= 0
        reached = np.bincount(self.area[inside], within[inside], len(self.people))
        some = self.people > 0
        return np.asarray(reached[some] / self.people[some])

    def smallest_share(self, chosen: np.ndarray) -> float:
        return float(self.shares(chosen).min(initial=1.0))

    def beyond(self, chosen: np.ndarray) -> float:
        return self.trips.total(chosen)


def _model(town: _Town, limits: Limits, share: float | None) -> Model:
    """Write down the question: the smallest share when `share` is not given, then people with at least that share."""
    rows = _rows(town)
    places, groups, areas = town.trips.candidates, len(rows.weights), len(town.people)
    of_group = csr_matrix((np.ones(len(rows.row)), (rows.row, rows.candidate)), shape=(groups, places))
    area_of = rows.ceiling.astype(int) - 2
    inside = np.flatnonzero(area_of >= 0)
    weights = csr_matrix((rows.weights[inside], (area_of[inside], inside)), shape=(areas, groups))
    smallest = csr_matrix(-town.people[:, None])
    now = town.people - np.bincount(
        town.area[town.area >= 0],
        (town.trips.weights * (town.trips.ceiling > 0))[town.area >= 0],
        areas,
    )
    rules, most = limit_rows(limits, np.arange(places))
    left = vstack(
        [
            hstack([-of_group, identity(groups), csr_matrix((groups, 1))]),
            hstack([csr_matrix((areas, places)), weights, smallest]),
            hstack([rules, csr_matrix((len(most), groups + 1))]),
        ]
    ).tocsr()
    low = np.concatenate([np.full(groups, -np.inf), -now, np.full(len(most), -np.inf)])
    high = np.concatenate([np.zeros(groups), np.full(areas, np.inf), most])
    columns = places + groups + 1
    step = 1.0 if whole_numbers(town.trips.weights) else 0.0
    cost, lower, upper = np.zeros(columns), np.zeros(columns), np.ones(columns)
    if share is None:
        cost[-1] = -1.0
    else:
        cost[places:-1] = -rows.weights
        lower[-1] = upper[-1] = max(share - 1e-9, 0.0)
    return Model(cost, lower, upper, np.arange(columns) < places, left, low, high, 0.0 if share is None else step)


def _rows(town: _Town) -> Trips:
    """Put people of one area with the same candidates together: the area travels as the ceiling, 2 and more."""
    ceiling = np.where(town.trips.ceiling > 0, town.area + 2.0, 0.0)
    return merged(replace(town.trips, ceiling=ceiling))


def _open(columns: np.ndarray | None, candidates: int) -> np.ndarray:
    return np.empty(0, dtype=np.int64) if columns is None else np.flatnonzero(columns[:candidates] > 0.5)


def _start(model: Model, chosen: np.ndarray) -> np.ndarray:
    start = np.full(len(model.cost), np.nan)
    start[model.whole] = 0
    start[chosen] = 1
    return start


def _fair(town: _Town, chosen: np.ndarray, *, share_bound: float, most: float, limits: Limits, in_time: bool) -> Fair:
    everyone = float(town.trips.weights.sum())
    order, costs = in_order(chosen, town.beyond)
    before = town.beyond(np.empty(0, dtype=np.int64))
    adds = -np.diff(np.append(before, costs))
    order, adds, costs = order[adds > 0], adds[adds > 0], costs[adds > 0]
    share, within = town.smallest_share(order), everyone - (costs[-1] if len(costs) else before)
    share_bound = share if share_bound - share <= PROVEN else share_bound
    most = max(most, within)
    gap = (most - within) / within if within else 0.0
    proven = share_bound == share and gap <= PROVEN
    instead, loses = _replacements(town, order, limits)
    stopped = stopped_why(proven=proven, in_time=in_time)
    answer = Answer(order, adds, everyone - costs, everyone - before, most, gap, proven, stopped, instead, loses)
    none = np.empty(0, dtype=np.int64)
    return Fair(answer, share, town.smallest_share(none), share_bound, none)


def _replacements(town: _Town, chosen: np.ndarray, limits: Limits) -> tuple[np.ndarray, np.ndarray]:
    """Return, for every place, the fairest candidate in its stead, and the people it loses (below 0: it gains)."""
    instead, loses = np.full(len(chosen), -1), np.full(len(chosen), np.nan)
    total = town.beyond(chosen)
    for place in range(len(chosen)):
        others = np.delete(chosen, place)
        free = limits.allowed(others, town.trips.candidates)
        free[chosen[place]] = False
        tried = [
            (-town.smallest_share(with_it), town.beyond(with_it), int(other))
            for other in np.flatnonzero(free)
            for with_it in [np.append(others, other)]
        ]
        if tried:
            best = min(tried)
            instead[place], loses[place] = best[2], best[1] - total
    return instead, loses
