"""A synthetic street network with a fixed seed, and the case that both sizes share.

A lattice of crossings 80 m apart, each moved by up to 24 m, 15 % of its streets missing, the others up to 20 % longer
than a straight line. Resources are at 2 % of the crossings, ten kinds of unequal frequency. Crossings are numbered in
the order of space for both sides, so that scipy, too, finds neighbours near each other in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks.case import Case
from resourcemap.reach.graph import Graph, graph_of, nearest_on_network, space_order

SEED = 20261121
LIMIT = 1_200.0
_APART, _MOVED, _MISSING, _BENT = 80.0, 0.3, 0.15, 0.2
_SHARE = 0.02
_KINDS = np.array([0.25, 0.2, 0.15, 0.1, 0.08, 0.07, 0.06, 0.04, 0.03, 0.02])
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Streets:
    """The network as both sides take it, and the crossings with each kind."""

    graph: Graph
    matrix: csr_array
    sources: list[np.ndarray]


def streets(side: int) -> Streets:
    """Draw a network of about `side` x `side` crossings."""
    rng = np.random.default_rng(SEED)
    nodes = side * side
    node = np.arange(nodes).reshape(side, side)
    xy = np.column_stack([node.ravel() % side, node.ravel() // side]) * _APART
    xy = xy + rng.uniform(-_MOVED * _APART, _MOVED * _APART, xy.shape)
    across = np.column_stack([node[:, :-1].ravel(), node[:, 1:].ravel()])
    up = np.column_stack([node[:-1].ravel(), node[1:].ravel()])
    ends = np.concatenate([across, up])
    ends = ends[rng.random(len(ends)) >= _MISSING]
    metres = np.hypot(*(xy[ends[:, 0]] - xy[ends[:, 1]]).T) * rng.uniform(1, 1 + _BENT, len(ends))
    places = rng.choice(nodes, int(nodes * _SHARE), replace=False)
    kinds = rng.choice(len(_KINDS), len(places), p=_KINDS)
    number = space_order(xy)
    ends, places = number[ends], number[places]
    tail, head = np.concatenate([ends, ends[:, ::-1]]).T
    graph = graph_of(tail, head, np.concatenate([metres, metres]), nodes=nodes)
    matrix = csr_array((graph.metres, graph.tail, graph.start), shape=(nodes, nodes))
    return Streets(graph, matrix, [np.sort(places[kinds == kind]) for kind in range(len(_KINDS))])


def run_peer(work: Streets) -> np.ndarray:
    found = [dijkstra(work.matrix, indices=each, min_only=True, limit=LIMIT) for each in work.sources]
    return np.column_stack(found)


def run_ours(work: Streets) -> np.ndarray:
    return nearest_on_network(work.graph, work.sources, LIMIT)


def agree(peer: np.ndarray, ours: np.ndarray) -> bool:
    reached = np.isfinite(peer)
    print(f"  {reached.mean():.2f} of all pairs of crossing and kind are within {LIMIT:,.0f} m")
    same = np.allclose(peer[reached], ours[reached], rtol=0, atol=_ROUNDING)
    return bool(same and (reached == np.isfinite(ours)).all())


def case_of(side: int) -> Case:
    """Make the case of one size."""
    return Case(
        work=f"nearest of 10 kinds within {LIMIT:,.0f} m along streets, {side * side:,} crossings",
        peer=f"scipy {version('scipy')}: csgraph.dijkstra(min_only=True, limit) per kind",
        prepare=lambda: streets(side),
        run_peer=run_peer,
        run_ours=run_ours,
        agree=agree,
    )
