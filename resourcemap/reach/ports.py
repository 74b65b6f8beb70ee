"""From a home to the street and along it to its ends: where people enter the network, and where it lets them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from resourcemap.reach.network import Network


@dataclass(frozen=True)
class Snapped:
    """Points and the nearest place on a street to each.

    Parameters
    ----------
    edge
        The position of the nearest line of the largest part of the network that is near enough, else of any part;
        the first one of equally near; -1 for points without a place and those too far from any line.
    share
        How far along the line the nearest place is, from 0 to 1.
    offset
        Metres from the point to that place, in a straight line; to the nearest of all lines for those too far from
        any; not a number for points without a place.
    """

    edge: np.ndarray
    share: np.ndarray
    offset: np.ndarray


class Ports(NamedTuple):
    """For every point the ends of its street: node, metres and minutes; infinite where an end cannot be used.

    All three have one row per point and two columns, for the beginning and the end of its street.
    """

    node: np.ndarray
    metres: np.ndarray
    minutes: np.ndarray


class Doors(NamedTuple):
    """The points that are entered at each node: those of node `i` from ``start[i]`` to ``start[i + 1]``."""

    start: np.ndarray
    owner: np.ndarray
    metres: np.ndarray
    minutes: np.ndarray
    owners: int


def snap_to(points: np.ndarray, network: Network, *, most: float) -> Snapped:
    """Find the nearest place on the streets of a network for every point.

    Streets of the largest part come first (`Network.in_largest`): a point near enough to one is there, however near a
    street is that hangs together with none of them, such as a path in a park that the file does not join.

    Parameters
    ----------
    points
        x and y in the system of the network; not a number where there is no place.
    network
        Only its streets count, which are those that may be taken.
    most
        The farthest that a street may be, in metres; exactly there is near enough.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.reach.network import network_of
    >>> way = gpd.GeoSeries.from_wkt(["LINESTRING (0 0, 100 0)"], crs="EPSG:6677")
    >>> network = network_of(gpd.GeoDataFrame({"length_m": [100.0]}, geometry=way))
    >>> snapped = snap_to(np.array([[25.0, 40.0], [0.0, 140.0]]), network, most=100)
    >>> snapped.edge.tolist(), snapped.share.tolist(), snapped.offset.tolist()
    ([0, -1], [0.25, 0.0], [40.0, 140.0])
    """
    edge = np.full(len(points), -1)
    share, offset = np.zeros(len(points)), np.full(len(points), np.nan)
    there = np.flatnonzero(np.isfinite(points).all(axis=1))
    if len(there):
        shapes = shapely.points(points[there])
        largest = np.flatnonzero(network.in_largest())
        nearest = largest[_nearest(shapes, network.lines[largest])]
        beyond = shapely.distance(shapes, network.lines[nearest]) > most
        if beyond.any() and len(largest) < len(network.lines):
            nearest[beyond] = _nearest(shapes[beyond], network.lines)
        offset[there] = shapely.distance(shapes, network.lines[nearest])
        share[there] = shapely.line_locate_point(network.lines[nearest], shapes, normalized=True)
        edge[there] = np.where(offset[there] <= most, nearest, -1)
    return Snapped(edge, share, offset)


def _nearest(points: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """Return the position of the line nearest to each point, the first one of equally near."""
    which, line = shapely.STRtree(lines).query_nearest(points, all_matches=True)
    first = np.lexsort((line, which))
    which, line = which[first], line[first]
    nearest: np.ndarray = line[np.append(True, np.diff(which) != 0)]
    return nearest


def ways_in(snapped: Snapped, network: Network) -> Ports:
    """Return how people get from their homes to the two ends of their street.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.reach.network import network_of
    >>> way = gpd.GeoSeries.from_wkt(["LINESTRING (0 0, 100 0)"], crs="EPSG:6677")
    >>> network = network_of(gpd.GeoDataFrame({"length_m": [100.0], "oneway_foot": ["forward"]}, geometry=way))
    >>> home = snap_to(np.array([[25.0, 40.0]]), network, most=100)
    >>> ways_in(home, network).metres.tolist(), ways_out(home, network).metres.tolist()
    ([[inf, 115.0]], [[65.0, inf]])
    """
    return _ports(snapped, network, network.minutes[:, ::-1])


def ways_out(snapped: Snapped, network: Network) -> Ports:
    """Return how people get from the two ends of the street of a resource to the resource.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.reach.network import network_of
    >>> way = gpd.GeoSeries.from_wkt(["LINESTRING (0 0, 100 0)"], crs="EPSG:6677")
    >>> network = network_of(gpd.GeoDataFrame({"length_m": [100.0]}, geometry=way))
    >>> ways_out(snap_to(np.array([[25.0, 40.0]]), network, most=100), network).metres.tolist()
    [[65.0, 115.0]]
    """
    return _ports(snapped, network, network.minutes)


def _ports(snapped: Snapped, network: Network, minutes: np.ndarray) -> Ports:
    """Return the ways between points and the ends of their streets; `minutes` is for a whole street, by end."""
    on = snapped.edge >= 0
    edge = np.where(on, snapped.edge, 0)
    shares = np.column_stack([snapped.share, 1 - snapped.share])
    # Who is at an end already uses it, whichever way the street may be walked.
    usable = on[:, None] & (np.isfinite(minutes[edge]) | (shares == 0))
    offset = snapped.offset[:, None]
    times = np.multiply(shares, minutes[edge], where=shares > 0, out=np.zeros_like(shares))
    return Ports(
        network.ends[edge],
        np.where(usable, offset + shares * network.metres[edge][:, None], np.inf),
        np.where(usable, offset / network.profile.metres_a_minute + times, np.inf),
    )


def doors_of(ports: Ports, nodes: int) -> Doors:
    """List the points that are entered at each node, in the order given.

    Examples
    --------
    >>> ports = Ports(np.array([[1, 0], [1, 0]]), np.array([[5.0, np.inf], [7.0, 8.0]]), np.zeros((2, 2)))
    >>> doors = doors_of(ports, nodes=2)
    >>> doors.start.tolist(), doors.owner.tolist(), doors.metres.tolist()
    ([0, 1, 3], [1, 0, 1], [8.0, 5.0, 7.0])
    """
    owner, side = np.nonzero(np.isfinite(ports.metres))
    node = ports.node[owner, side]
    order = np.argsort(node, kind="stable")
    start = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(node, minlength=nodes), out=start[1:])
    owner, side = owner[order], side[order]
    return Doors(start, owner, ports.metres[owner, side], ports.minutes[owner, side], len(ports.node))


class Pairs(NamedTuple):
    """Pairs of a person and a resource, positions both, and the way between."""

    person: np.ndarray
    resource: np.ndarray
    metres: np.ndarray
    minutes: np.ndarray


def on_one_street(people: Snapped, resources: Snapped, network: Network) -> Pairs:
    """Return every pair on the same street that may walk straight to the resource, without passing an end.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.reach.network import network_of
    >>> way = gpd.GeoSeries.from_wkt(["LINESTRING (0 0, 100 0)"], crs="EPSG:6677")
    >>> network = network_of(gpd.GeoDataFrame({"length_m": [100.0]}, geometry=way))
    >>> homes, halls = (snap_to(np.array([place]), network, most=100) for place in ([25.0, 40.0], [65.0, -5.0]))
    >>> on_one_street(homes, halls, network).metres.tolist()
    [85.0]
    """
    order = np.argsort(resources.edge, kind="stable")
    sorted_edges = resources.edge[order]
    homes = np.flatnonzero(people.edge >= 0)
    low, high = (np.searchsorted(sorted_edges, people.edge[homes], side=side) for side in ("left", "right"))
    count = high - low
    person = np.repeat(homes, count)
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    resource = order[np.repeat(low, count) + within]
    edge = people.edge[person]
    gap = resources.share[resource] - people.share[person]
    paces = np.where(gap >= 0, network.minutes[edge, 0], network.minutes[edge, 1])
    paces = np.where(gap == 0, 0.0, paces)
    allowed = np.isfinite(paces)
    person, resource, edge, paces = person[allowed], resource[allowed], edge[allowed], paces[allowed]
    gap = np.abs(gap[allowed])
    offset = people.offset[person] + resources.offset[resource]
    minutes = offset / network.profile.metres_a_minute + gap * paces
    return Pairs(person, resource, offset + gap * network.metres[edge], minutes)
