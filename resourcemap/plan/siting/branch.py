"""Close the gap: open or close one candidate after the other until the prices prove the best choice.

Branch and bound with the bounds of `dual`, the weakest bound first, so that the bound of all rises steadily.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from resourcemap.plan.siting.dual import Search, priced
from resourcemap.plan.siting.greedy import Limits, swapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from resourcemap.plan.siting.dual import Bound
    from resourcemap.plan.siting.trips import Trips

_ROOT = Search(300, 8, 0.6, 2e-3)
_NODE = Search(60, 8, 0.6, 2e-3)
# What a branch needs to be tried, when costs are no whole numbers, as a share of the cost.
FINE = 1e-9


class _Node(NamedTuple):
    """A part of all choices: those that hold some candidates and lack others."""

    least: float
    number: int
    held: np.ndarray
    free: np.ndarray
    prices: np.ndarray


@dataclass(frozen=True)
class Closed:
    """What branching found.

    Parameters
    ----------
    chosen
        The best choice.
    total
        What it costs.
    bound
        No choice costs less.
    """

    chosen: np.ndarray
    total: float
    bound: float


def better_by(step: float, total: float) -> float:
    """Return by how much a choice must be better to count as better."""
    return step * (1 - 1e-6) if step else FINE * abs(total)


@dataclass
class _Tree:
    """The search under way."""

    trips: Trips
    limits: Limits
    step: float
    best: np.ndarray
    total: float
    nodes: list[_Node]
    made: int = 0

    def beaten(self, least: float) -> bool:
        """Tell whether nothing better can be where the bound is this."""
        return least > self.total - better_by(self.step, self.total)

    def offer(self, chosen: np.ndarray) -> None:
        """Keep a choice if it is the best so far, after swapping."""
        total = self.trips.total(chosen)
        if total < self.total - better_by(self.step, self.total):
            self.best = swapped(self.trips, chosen, self.limits)
            self.total = self.trips.total(self.best)

    def push(self, least: float, held: np.ndarray, free: np.ndarray, prices: np.ndarray) -> None:
        self.made += 1
        heapq.heappush(self.nodes, _Node(least, self.made, held, free, prices))


def branched(
    trips: Trips,
    limits: Limits,
    *,
    chosen: np.ndarray,
    kept: np.ndarray,
    prices: np.ndarray,
    step: float,
    nodes: int,
    out_of_time: Callable[[], bool],
) -> Closed:
    """Search for a better choice until there is none.

    Parameters
    ----------
    trips, limits
        The question.
    chosen
        The best choice known.
    kept
        Whether a better choice may hold each candidate.
    prices
        Per row, to begin with.
    step
        By how much choices differ at least; 0 when that is not known.
    nodes
        When to give up.
    out_of_time
        Asked whether to stop.

    Examples
    --------
    >>> from resourcemap.plan.siting.trips import trips_of
    >>> trips = trips_of(np.array([0, 1, 1, 2]), np.array([0, 0, 1, 1]), np.zeros(4), weights=np.array([3.0, 4.0, 5.0]),
    ...     ceiling=np.ones(3), candidates=2)
    >>> found = branched(trips, Limits(1), chosen=np.array([0]), kept=np.ones(2, bool), prices=np.ones(3), step=1,
    ...     nodes=9, out_of_time=lambda: False)
    >>> found.chosen.tolist(), found.total, found.bound
    ([1], 3.0, 3.0)
    """
    tree = _Tree(trips, limits, step, chosen, trips.total(chosen), [])
    tree.push(-np.inf, np.empty(0, dtype=np.int64), kept, prices)
    for number in range(nodes):
        if not tree.nodes or tree.beaten(tree.nodes[0].least) or out_of_time():
            break
        _divide(tree, heapq.heappop(tree.nodes), _NODE if number else _ROOT)
    open_bounds = [node.least for node in tree.nodes if not tree.beaten(node.least)]
    return Closed(tree.best, tree.total, min(open_bounds, default=tree.total))


def _divide(tree: _Tree, node: _Node, search: Search) -> None:
    """Bound a part; unless nothing better can be there, divide it in two."""
    now = tree.trips.shortest(node.held)
    free = node.free.copy()
    free[node.held] = False
    limits = Limits(tree.limits.count - len(node.held), tree.limits.areas)
    if limits.areas is not None:
        free &= ~np.isin(limits.areas, limits.areas[node.held])
    part, rows = tree.trips.only(free, now)
    if limits.count == 0 or not len(part.row):
        tree.offer(node.held)
        return
    besides = tree.trips.sum_of(now) - part.sum_of(part.ceiling)
    start = np.minimum(node.prices[rows], part.ceiling)
    bound = priced(part, limits, start, target=tree.total - besides, search=search)
    tree.offer(np.concatenate([node.held, bound.open]))
    least = max(besides + bound.least, node.least)
    if tree.beaten(least):
        return
    _branch(tree, node, bound, limits, besides, least, free, _put(node.prices, rows, bound.prices))


def _branch(
    tree: _Tree,
    node: _Node,
    bound: Bound,
    limits: Limits,
    besides: float,
    least: float,
    free: np.ndarray,
    prices: np.ndarray,
) -> None:
    """Hold what a better choice must hold, drop what it cannot, and divide by the candidate least decided."""
    limit = tree.total - better_by(tree.step, tree.total) - besides
    free = free & ~(bound.with_each(limits) > limit)
    must = bound.open[bound.without_each() > limit]
    held = np.concatenate([node.held, must])
    undecided = free.copy()
    undecided[must] = False
    if len(held) >= tree.limits.count or not undecided.any():
        tree.offer(held[: tree.limits.count])
        return
    doubt = np.where(undecided, -np.abs(bound.often - 0.5), -np.inf)
    candidate = int(np.argmax(doubt))
    tree.push(least, np.append(held, candidate), free, prices)
    without = free.copy()
    without[candidate] = False
    tree.push(least, held, without, prices)


def _put(prices: np.ndarray, rows: np.ndarray, found: np.ndarray) -> np.ndarray:
    prices = prices.copy()
    prices[rows] = found
    return prices
