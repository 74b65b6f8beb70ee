"""Shortest ways on a street network, compiled. All searches go backwards, from resources to people.

Each search keeps its nodes in a heap with four children. Its twin on scipy is `resourcemap.reach.streets_sparse`; both
add up lengths from the resource outwards, so that they agree to the last bit.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resourcemap.reach.graph import Graph
    from resourcemap.reach.ports import Doors, Ports

_TILE_BITS = 12  # 4,096 nodes with their ways fit into the cache next to the processor
_ONE_THREAD = 50_000
_SEARCHES_AT_ONCE = 256
_FIRST_ROOM = 1024


def nearest_metres(graph: Graph, sources: Sequence[np.ndarray], limit: float) -> np.ndarray:
    """Return metres from every node to the nearest source of each kind (kinds x nodes), infinite beyond `limit`."""
    far = np.full((len(sources), graph.nodes), np.inf)

    def search(kind: int) -> None:
        _nearest(graph.start, graph.tail, graph.metres, sources[kind], limit, far[kind], _TILE_BITS)

    _in_threads(search, len(sources), graph.nodes)
    return far


def nearest_ways(
    graph: Graph, seeds: Ports, groups: np.ndarray, most: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return for every node the owners of seeds that are nearest to it: metres, owner and minutes (nodes x `most`).

    Owners of one group count once, by the nearest of them. Of equally near owners the first counts, of equally short
    ways the quickest. Infinite and -1 where there are fewer than `most`.
    """
    shape = (graph.nodes, most)
    far, owner, minutes = np.full(shape, np.inf), np.full(shape, -1), np.full(shape, np.inf)
    _nearest_owners(_arrays(graph), seeds, groups, far, owner, minutes)
    return far, owner, minutes


def ways_within(
    graph: Graph, seeds: Ports, doors: Doors, limit: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return every pair of a door's owner and a seed's owner at most `limit` apart: both, metres, minutes.

    Sorted by the seed's owner; each pair once, with its shortest way.
    """
    arrays = _arrays(graph)
    firsts = range(0, len(seeds.node), _SEARCHES_AT_ONCE)
    found: list[tuple[np.ndarray, ...]] = [()] * len(firsts)

    def search(part: int) -> None:
        first = firsts[part]
        last = min(first + _SEARCHES_AT_ONCE, len(seeds.node))
        found[part] = _within(arrays, seeds, first, last, doors, limit)

    _in_threads(search, len(firsts), len(seeds.node) * _SEARCHES_AT_ONCE)
    none = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))
    person, seed, metres, minutes = (np.concatenate(parts) for parts in zip(none, *found, strict=True))
    return person, seed, metres, minutes


def _arrays(graph: Graph) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    return graph.start, graph.tail, graph.metres, graph.minutes


def _in_threads(work: Callable[[int], None], parts: int, size: int) -> None:
    if size < _ONE_THREAD or parts < 2:
        for part in range(parts):
            work(part)
        return
    with ThreadPoolExecutor(min(parts, os.cpu_count() or 1)) as pool:
        list(pool.map(work, range(parts)))


@njit(cache=True, nogil=True)
def _nearest(start, tail, metres, sources, limit, far, bits):
    """Search tile by tile, the tile with the nearest open node first; ways across a border open its node there."""
    nodes = len(far)
    tiles = (nodes + (1 << bits) - 1) >> bits
    first = np.full(tiles, -1, np.int32)  # the open nodes of each tile, as a chain
    after = np.full(nodes, -2, np.int32)  # -2: not in a chain
    least = np.full(tiles, np.inf)
    room = 0
    for tile in range(tiles):
        room = max(room, start[min((tile + 1) << bits, nodes)] - start[tile << bits])
    keys = np.empty(room + (1 << bits))
    heap = np.empty(room + (1 << bits), np.int32)
    for node in sources:
        far[node] = 0.0
        tile = node >> bits
        if after[node] == -2:
            after[node] = first[tile]
            first[tile] = node
            least[tile] = 0.0
    while True:
        tile = int(np.argmin(least))
        if least[tile] == np.inf:
            break
        count = 0
        node = first[tile]
        while node >= 0:
            count = _push(keys, heap, count, far[node], node)
            following = after[node]
            after[node] = -2
            node = following
        first[tile] = -1
        least[tile] = np.inf
        while count:
            here, node = keys[0], heap[0]
            count = _pop(keys, heap, count)
            if here > far[node]:
                continue
            for way in range(start[node], start[node + 1]):
                other = tail[way]
                there = here + metres[way]
                if there >= far[other] or there > limit:
                    continue
                far[other] = there
                if other >> bits == tile:
                    count = _push(keys, heap, count, there, other)
                    continue
                beside = other >> bits
                if after[other] == -2:
                    after[other] = first[beside]
                    first[beside] = other
                least[beside] = min(least[beside], there)


@njit(cache=True, nogil=True, inline="always")
def _push(keys, heap, count, key, node):
    place = count
    while place > 0:
        parent = (place - 1) >> 2
        if keys[parent] <= key:
            break
        keys[place] = keys[parent]
        heap[place] = heap[parent]
        place = parent
    keys[place] = key
    heap[place] = node
    return count + 1


@njit(cache=True, nogil=True, inline="always")
def _pop(keys, heap, count):
    count -= 1
    if count == 0:
        return count
    key, node = keys[count], heap[count]
    place = 0
    while True:
        child = 4 * place + 1
        if child >= count:
            break
        best, least = child, keys[child]
        for other in range(child + 1, min(child + 4, count)):
            if keys[other] < least:
                best, least = other, keys[other]
        if least >= key:
            break
        keys[place] = least
        heap[place] = heap[best]
        place = best
    keys[place] = key
    heap[place] = node
    return count


@njit(cache=True, nogil=True)
def _lift(heap, place, far, node):
    """Move a node up to where its metres belong; ``place[node]`` says where it is now."""
    at = place[node]
    while at > 0:
        parent = (at - 1) >> 2
        if far[heap[parent]] <= far[node]:
            break
        heap[at] = heap[parent]
        place[heap[at]] = at
        at = parent
    heap[at] = node
    place[node] = at


@njit(cache=True, nogil=True)
def _take(heap, place, far, count):
    """Take the nearest node out of a heap of `count` nodes."""
    taken, node = heap[0], heap[count - 1]
    place[taken] = -1
    count -= 1
    if count == 0:
        return taken
    at = 0
    while True:
        child = 4 * at + 1
        if child >= count:
            break
        best = child
        for other in range(child + 1, min(child + 4, count)):
            if far[heap[other]] < far[heap[best]]:
                best = other
        if far[heap[best]] >= far[node]:
            break
        heap[at] = heap[best]
        place[heap[at]] = at
        at = best
    heap[at] = node
    place[node] = at
    return taken


@njit(cache=True, nogil=True)
def _nearest_owners(graph, seeds, groups, far, owner, time):
    """Search from all owners at once; a node passes on each of the few that it knows."""
    start, tail, metres, minutes = graph
    room = _FIRST_ROOM
    keys, heap, whose, times = np.empty(room), np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room)
    count = 0
    for seed in range(seeds.node.shape[0]):
        for side in range(2):
            there, node, then = seeds.metres[seed, side], seeds.node[seed, side], seeds.minutes[seed, side]
            if there < np.inf and _offer(groups, far, owner, time, node, there, seed, then):
                keys, heap, whose, times = _room_for_one(keys, heap, whose, times, count)
                count = _push_entry(keys, heap, whose, times, count, there, node, seed, then)
    while count:
        here, node, seed, now = keys[0], heap[0], whose[0], times[0]
        count = _pop_entry(keys, heap, whose, times, count)
        if not _knows(far, owner, time, node, here, seed, now):
            continue
        for way in range(start[node], start[node + 1]):
            there, other, then = here + metres[way], tail[way], now + minutes[way]
            if _offer(groups, far, owner, time, other, there, seed, then):
                keys, heap, whose, times = _room_for_one(keys, heap, whose, times, count)
                count = _push_entry(keys, heap, whose, times, count, there, other, seed, then)


@njit(cache=True, nogil=True)
def _offer(groups, far, owner, time, node, there, whose, then):
    """Let a node know an owner at some distance, if that is among the nearest it knows of; tell whether it is."""
    most = far.shape[1]
    at = 0
    while at < most and far[node, at] < np.inf and groups[owner[node, at]] != groups[whose]:
        at += 1
    at = min(at, most - 1)
    if not _is_before(there, whose, then, far[node, at], owner[node, at], time[node, at]):
        return False
    while at > 0 and _is_before(there, whose, then, far[node, at - 1], owner[node, at - 1], time[node, at - 1]):
        far[node, at], owner[node, at], time[node, at] = far[node, at - 1], owner[node, at - 1], time[node, at - 1]
        at -= 1
    far[node, at], owner[node, at], time[node, at] = there, whose, then
    return True


@njit(cache=True, nogil=True)
def _is_before(there, whose, then, far, owner, time):
    if there != far:
        return there < far
    return whose < owner or (whose == owner and then < time)


@njit(cache=True, nogil=True)
def _knows(far, owner, time, node, there, whose, then):
    for at in range(far.shape[1]):
        if owner[node, at] == whose:
            return far[node, at] == there and time[node, at] == then
    return False


@njit(cache=True, nogil=True)
def _room_for_one(keys, heap, whose, times, count):
    if count < len(keys):
        return keys, heap, whose, times
    room = 2 * count
    return _longer(keys, room), _longer(heap, room), _longer(whose, room), _longer(times, room)


@njit(cache=True, nogil=True)
def _push_entry(keys, heap, whose, times, count, key, node, seed, then):
    place = count
    while place > 0:
        parent = (place - 1) >> 2
        if keys[parent] <= key:
            break
        keys[place], heap[place] = keys[parent], heap[parent]
        whose[place], times[place] = whose[parent], times[parent]
        place = parent
    keys[place], heap[place], whose[place], times[place] = key, node, seed, then
    return count + 1


@njit(cache=True, nogil=True)
def _pop_entry(keys, heap, whose, times, count):
    count -= 1
    key, node, seed, then = keys[count], heap[count], whose[count], times[count]
    place = 0
    while True:
        child = 4 * place + 1
        if child >= count:
            break
        best = child
        for other in range(child + 1, min(child + 4, count)):
            if keys[other] < keys[best]:
                best = other
        if keys[best] >= key:
            break
        keys[place], heap[place] = keys[best], heap[best]
        whose[place], times[place] = whose[best], times[best]
        place = best
    keys[place], heap[place], whose[place], times[place] = key, node, seed, then
    return count


@njit(cache=True, nogil=True)
def _better(heap, place, count, far, time, node, there, then):
    """Open a node again when it is nearer, or equally far but quicker."""
    if there > far[node] or (there == far[node] and then >= time[node]):
        return count
    far[node], time[node] = there, then
    if place[node] < 0:
        heap[count] = node
        place[node] = count
        count += 1
    _lift(heap, place, far, node)
    return count


@njit(cache=True, nogil=True)
def _within(graph, seeds, first, last, doors, limit):
    """Search from one seed's owner after another, and look into the doors at every node that was reached."""
    start, tail, metres, minutes = graph
    nodes, owners = len(start) - 1, doors.owners
    far, time = np.full(nodes, np.inf), np.full(nodes, np.inf)
    heap, place = np.empty(nodes, np.int64), np.full(nodes, -1, np.int64)
    best, quick = np.full(owners, np.inf), np.full(owners, np.inf)
    touched, met = np.empty(nodes, np.int64), np.empty(owners, np.int64)
    person, whose = np.empty(_FIRST_ROOM, np.int64), np.empty(_FIRST_ROOM, np.int64)
    metres_found, minutes_found = np.empty(_FIRST_ROOM), np.empty(_FIRST_ROOM)
    pairs = 0
    for seed in range(first, last):
        count = touches = meetings = 0
        for side in range(2):
            there = seeds.metres[seed, side]
            if there <= limit and there < np.inf:
                node = seeds.node[seed, side]
                if far[node] == np.inf:
                    touched[touches] = node
                    touches += 1
                count = _better(heap, place, count, far, time, node, there, seeds.minutes[seed, side])
        while count:
            node = _take(heap, place, far, count)
            count -= 1
            for way in range(start[node], start[node + 1]):
                there, other = far[node] + metres[way], tail[way]
                if there > limit:
                    continue
                if far[other] == np.inf:
                    touched[touches] = other
                    touches += 1
                then = time[node] + minutes[way]
                count = _better(heap, place, count, far, time, other, there, then)
        for node in touched[:touches]:
            for door in range(doors.start[node], doors.start[node + 1]):
                there, then = far[node] + doors.metres[door], time[node] + doors.minutes[door]
                who = doors.owner[door]
                if there > limit or there > best[who] or (there == best[who] and then >= quick[who]):
                    continue
                if best[who] == np.inf:
                    met[meetings] = who
                    meetings += 1
                best[who], quick[who] = there, then
            far[node] = time[node] = np.inf
        if pairs + meetings > len(person):
            room = 2 * (pairs + meetings)
            person, whose = _longer(person, room), _longer(whose, room)
            metres_found, minutes_found = _longer(metres_found, room), _longer(minutes_found, room)
        for who in met[:meetings]:
            person[pairs], whose[pairs] = who, seed
            metres_found[pairs], minutes_found[pairs] = best[who], quick[who]
            best[who] = quick[who] = np.inf
            pairs += 1
    return person[:pairs], whose[:pairs], metres_found[:pairs], minutes_found[:pairs]


@njit(cache=True, nogil=True)
def _longer(values, room):
    longer = np.empty(room, values.dtype)
    longer[: len(values)] = values
    return longer
