"""Shortest ways on a street network, on scipy: what runs where numba is not installed, and the compiled twin's oracle.

Every resource is a node of its own here, with ways to the ends of its street.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.reach.graph import Graph
    from resourcemap.reach.ports import Doors, Ports

_SEARCHES_AT_ONCE = 32

Entry = tuple[float, int, float]  # metres, owner, minutes
Ways = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # from, to, metres, minutes; backwards


def nearest_metres(graph: Graph, sources: Sequence[np.ndarray], limit: float) -> np.ndarray:
    """Return metres from every node to the nearest source of each kind (kinds x nodes), infinite beyond `limit`."""
    far = np.full((len(sources), graph.nodes), np.inf)
    ways = csr_array((graph.metres, graph.tail, graph.start), shape=(graph.nodes, graph.nodes))
    for kind, nodes in enumerate(sources):
        if len(nodes):
            far[kind] = dijkstra(ways, indices=nodes, limit=limit, min_only=True)
    return far


def nearest_ways(
    graph: Graph, seeds: Ports, groups: np.ndarray, most: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return for every node the owners of seeds that are nearest to it: metres, owner and minutes (nodes x `most`).

    Owners of one group count once, by the nearest of them. Of equally near owners the first counts, of equally short
    ways the quickest. Infinite and -1 where there are fewer than `most`. scipy has no such search: this one is slow.
    """
    start, tail = graph.start.tolist(), graph.tail.tolist()
    metres, minutes, group = graph.metres.tolist(), graph.minutes.tolist(), groups.tolist()
    known: list[list[Entry]] = [[] for _ in range(graph.nodes)]
    open_: list[tuple[Entry, int]] = []
    for owner, side in zip(*np.nonzero(np.isfinite(seeds.metres)), strict=True):
        entry = (float(seeds.metres[owner, side]), int(owner), float(seeds.minutes[owner, side]))
        if _offer(known[seeds.node[owner, side]], entry, group, most):
            heappush(open_, (entry, int(seeds.node[owner, side])))
    while open_:
        entry, node = heappop(open_)
        if entry not in known[node]:
            continue
        here, owner, now = entry
        for way in range(start[node], start[node + 1]):
            further = (here + metres[way], owner, now + minutes[way])
            if _offer(known[tail[way]], further, group, most):
                heappush(open_, (further, tail[way]))
    nobody = (np.inf, -1, np.inf)
    slots = [[*entries, *[nobody] * (most - len(entries))] for entries in known]
    found = np.array(slots, dtype=float).reshape(graph.nodes, most, 3)
    return found[:, :, 0], found[:, :, 1].astype(np.int64), found[:, :, 2]


def _offer(known: list[Entry], entry: Entry, group: list[int], most: int) -> bool:
    """Let a node know an owner at some distance, if that is among the nearest it knows of; tell whether it is."""
    at = next((place for place, old in enumerate(known) if group[old[1]] == group[entry[1]]), len(known))
    at = min(at, most - 1)
    if at < len(known) and entry >= known[at]:
        return False
    known[at : at + 1] = [entry]
    known.sort()
    return True


def ways_within(
    graph: Graph, seeds: Ports, doors: Doors, limit: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return every pair of a door's owner and a seed's owner at most `limit` apart: both, metres, minutes.

    Sorted by the seed's owner; each pair once, with its shortest way.
    """
    owners, nodes = len(seeds.node), graph.nodes
    ways = _with_seeds(graph, seeds)
    matrix = _matrix(ways, 2, nodes + owners)
    near_each_other = np.argsort(seeds.node[:, 0], kind="stable")
    found: list[Ways] = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))]
    for first in range(0, owners, _SEARCHES_AT_ONCE):
        some = near_each_other[first : first + _SEARCHES_AT_ONCE]
        reached = np.isfinite(dijkstra(matrix, indices=nodes + some, limit=limit, min_only=True))
        found.append(_of_some(ways, reached, some, nodes, doors, limit))
    person, owner, metres, minutes = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((minutes, metres, person, owner))
    person, owner = person[order], owner[order]
    once = np.ones(len(order), dtype=bool)
    once[1:] = (person[1:] != person[:-1]) | (owner[1:] != owner[:-1])
    return person[once], owner[once], metres[order][once], minutes[order][once]


def _of_some(ways: Ways, reached: np.ndarray, some: np.ndarray, nodes: int, doors: Doors, limit: float) -> Ways:
    """Search from a few owners in the part of the network that they reach together."""
    part = np.flatnonzero(reached)
    number = np.full(len(reached), -1)
    number[part] = np.arange(len(part))
    come, go, metres, minutes = _only(ways, np.flatnonzero(reached[ways[0]] & reached[ways[1]]))
    come, go = number[come], number[go]
    homes = number[nodes + some]
    far = dijkstra(_matrix((come, go, metres, minutes), 2, len(part)), indices=homes, limit=limit)
    quick = _quickest(far, (come, go, metres, minutes), homes)
    search, at = np.nonzero(np.isfinite(far) & (part < nodes))
    node = part[at]
    count = np.diff(doors.start)[node]
    door = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - doors.start[node], count)
    there = np.repeat(far[search, at], count) + doors.metres[door]
    then = np.repeat(quick[search, at], count) + doors.minutes[door]
    near = there <= limit
    return doors.owner[door][near], some[np.repeat(search, count)][near], there[near], then[near]


def _quickest(far: np.ndarray, ways: Ways, homes: np.ndarray) -> np.ndarray:
    """Return the minutes of the quickest of the shortest ways, for every search: one search over all side by side."""
    come, go, metres, minutes = ways
    searches, nodes = far.shape
    search, way = np.nonzero(np.isfinite(far[:, come]) & (far[:, come] + metres == far[:, go]))
    beside = search * nodes
    shortest = (beside + come[way], beside + go[way], metres[way], minutes[way])
    start = np.arange(searches) * nodes + homes
    quick: np.ndarray = dijkstra(_matrix(shortest, 3, searches * nodes), indices=start, min_only=True)
    return quick.reshape(searches, nodes)


def _with_seeds(graph: Graph, seeds: Ports) -> Ways:
    """List all ways backwards, with those from every resource to the ends of its street."""
    owner, side = np.nonzero(np.isfinite(seeds.metres))
    node = seeds.node[owner, side]
    metres, minutes = seeds.metres[owner, side], seeds.minutes[owner, side]
    order = np.lexsort((minutes, metres, node, owner))
    owner, node = owner[order], node[order]
    once = np.ones(len(order), dtype=bool)  # of a ring both ends are one node
    once[1:] = (owner[1:] != owner[:-1]) | (node[1:] != node[:-1])
    head = np.repeat(np.arange(graph.nodes), np.diff(graph.start))
    return (
        np.concatenate([head, graph.nodes + owner[once]]),
        np.concatenate([graph.tail.astype(np.int64), node[once]]),
        np.concatenate([graph.metres, metres[order][once]]),
        np.concatenate([graph.minutes, minutes[order][once]]),
    )


def _only(ways: Ways, chosen: np.ndarray) -> Ways:
    come, go, metres, minutes = ways
    return come[chosen], go[chosen], metres[chosen], minutes[chosen]


def _matrix(ways: Ways, weight: int, nodes: int) -> csr_array:
    """Return the ways as scipy wants them; a way of length 0 stays a way."""
    order = np.argsort(ways[0], kind="stable")
    start = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(ways[0], minlength=nodes), out=start[1:])
    return csr_array((ways[weight][order], ways[1][order], start), shape=(nodes, nodes))
