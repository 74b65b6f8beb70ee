"""A street network as arrays, and distances on it; for analysts who have a network of their own, too."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Graph:
    """Nodes 0 to n - 1 and the ways between them, listed by the node they lead to.

    Into node `i` lead ways from ``tail[start[i]:start[i + 1]]``. Make one with `graph_of`.

    Parameters
    ----------
    start
        Where the ways into each node begin; one more than there are nodes.
    tail
        The node that each way comes from.
    metres, minutes
        How long each way is, and how long it takes.
    """

    start: np.ndarray = field(repr=False)
    tail: np.ndarray = field(repr=False)
    metres: np.ndarray = field(repr=False)
    minutes: np.ndarray = field(repr=False)

    @property
    def nodes(self) -> int:
        """How many nodes there are.

        Examples
        --------
        >>> graph_of(np.array([0]), np.array([1]), np.array([50.0]), nodes=3).nodes
        3
        """
        return len(self.start) - 1


def graph_of(
    tail: np.ndarray, head: np.ndarray, metres: np.ndarray, minutes: np.ndarray | None = None, *, nodes: int
) -> Graph:
    """Build a graph from ways in one direction each.

    Of several ways between two nodes the shortest stays, of equally short ones the quickest. Ways from a node to
    itself are left out: they bring nobody nearer.

    Parameters
    ----------
    tail, head
        From which node to which, numbers below `nodes`. A street open both ways is given twice. Distances come fastest
        when near nodes have near numbers (`space_order`).
    metres, minutes
        How long each way is, not negative; minutes are 0 when not given.
    nodes
        How many nodes there are; those without a way count, too.

    Raises
    ------
    ValueError
        When a length is negative or not a number, or a node is none of those.

    Examples
    --------
    >>> graph = graph_of(np.array([0, 0, 1]), np.array([1, 1, 1]), np.array([70.0, 50.0, 9.0]), nodes=2)
    >>> graph.tail.tolist(), graph.metres.tolist()
    ([0], [50.0])
    """
    times = np.zeros(len(metres)) if minutes is None else np.asarray(minutes, dtype=float)
    lengths = np.asarray(metres, dtype=float)
    if not ((lengths >= 0).all() and (times >= 0).all()):
        raise ValueError("ways need lengths of 0 metres and 0 minutes or more")
    _require_nodes(np.concatenate([tail, head]), nodes)
    order = np.lexsort((times, lengths, tail, head))
    tails, heads = np.asarray(tail)[order], np.asarray(head)[order]
    kept = tails != heads
    kept[1:] &= (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])
    start = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(heads[kept], minlength=nodes), out=start[1:])
    chosen = order[kept]
    return Graph(start.astype(np.int32), tails[kept].astype(np.int32), lengths[chosen], times[chosen])


def space_order(xy: np.ndarray) -> np.ndarray:
    """Return new numbers for nodes so that near ones have near numbers (along a Hilbert curve).

    Examples
    --------
    >>> space_order(np.array([[0.0, 0.0], [900.0, 900.0], [10.0, 0.0]])).argsort().tolist()
    [0, 2, 1]
    """
    number = np.zeros(len(xy), dtype=np.int64)
    if len(xy):
        curve = gpd.GeoSeries(gpd.points_from_xy(xy[:, 0], xy[:, 1])).hilbert_distance().to_numpy()
        number[np.argsort(curve, kind="stable")] = np.arange(len(xy))
    return number


def nearest_on_network(graph: Graph, sources_by_kind: Sequence[np.ndarray], limit: float) -> np.ndarray:
    """Return how far every node is from the nearest source of each kind, walking from the node to the source.

    Parameters
    ----------
    graph
        The network.
    sources_by_kind
        For each kind the nodes where it is to be had.
    limit
        The farthest metres of interest; somebody exactly there still reaches it.

    Returns
    -------
    numpy.ndarray
        Metres, one row per node and one column per kind; infinite beyond `limit` and where no way leads.

    Raises
    ------
    ValueError
        When a source is no node of the graph, or the limit is not a number.

    Notes
    -----
    Dijkstra's search from all sources of a kind at once (E. W. Dijkstra, 1959); with the extra ``resourcemap[fast]``
    tile by tile, so that the part of the network at work stays in the processor's cache.

    Examples
    --------
    >>> there_and_back = np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1])
    >>> graph = graph_of(*there_and_back, np.array([100.0, 100.0, 250.0, 250.0]), nodes=4)
    >>> nearest_on_network(graph, [np.array([0]), np.array([1, 2])], limit=300).tolist()
    [[0.0, 100.0], [100.0, 0.0], [inf, 0.0], [inf, inf]]
    """
    sources = [np.asarray(nodes, dtype=np.int64) for nodes in sources_by_kind]
    for nodes in sources:
        _require_nodes(nodes, graph.nodes)
    if np.isnan(limit):
        raise ValueError("the limit is not a number")
    found: np.ndarray = backend().nearest_metres(graph, sources, limit).T
    return found


def _require_nodes(numbers: np.ndarray, nodes: int) -> None:
    """Refuse what compiled code would look up outside its arrays."""
    if len(numbers) and not (numbers.min() >= 0 and numbers.max() < nodes):
        raise ValueError(f"nodes are numbered 0 to {nodes - 1}, but {numbers.min()} to {numbers.max()} are named")


@cache
def backend() -> Any:
    """Return the module that searches: compiled where numba is installed, else on scipy; both find the same.

    Examples
    --------
    >>> callable(backend().nearest_metres)
    True
    """
    return import_module(f"resourcemap.reach.{'streets_compiled' if find_spec('numba') else 'streets_sparse'}")
