"""The streets that somebody may take, joined at their ends into one network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import metre_crs, to_lonlat, to_metres
from resourcemap.model.tables import STREETS, check
from resourcemap.reach.graph import Graph, graph_of, space_order
from resourcemap.reach.profiles import DEFAULT, Profile, profile_of

if TYPE_CHECKING:
    import geopandas as gpd

# Ends of lines at most this far apart are one crossing: files round coordinates.
SAME_PLACE = 0.01  # metres
_CLOSED_TO = {"everyone": (False, True), "wheels": (True,)}


@dataclass(frozen=True)
class Network:
    """The streets of one profile.

    Parameters
    ----------
    graph
        The crossings (and dead ends) and the ways between them.
    lines
        The lines of the streets that may be taken, in metres.
    rows
        Their positions in the table of streets.
    ends
        The nodes where each line begins and ends.
    metres
        How long each is.
    minutes
        How long it takes along the line and against it; infinite where that is not allowed.
    crs
        The system of the lines.
    profile
        Who walks.
    """

    graph: Graph = field(repr=False)
    lines: np.ndarray = field(repr=False)
    rows: np.ndarray = field(repr=False)
    ends: np.ndarray = field(repr=False)
    metres: np.ndarray = field(repr=False)
    minutes: np.ndarray = field(repr=False)
    crs: str
    profile: Profile

    def components(self) -> np.ndarray:
        """Say for every node by a number which part of the network it hangs together with, one-way streets included.

        Examples
        --------
        >>> import geopandas as gpd
        >>> ways = gpd.GeoSeries.from_wkt(["LINESTRING (0 0, 90 0)", "LINESTRING (90 0, 99 0)",
        ...     "LINESTRING (0 50, 90 50)"], crs="EPSG:6677")
        >>> streets = gpd.GeoDataFrame({"length_m": ways.length}, geometry=ways)
        >>> [int(number) for number in np.bincount(network_of(streets).components())]
        [3, 2]
        """
        nodes = self.graph.nodes
        ways = coo_array((np.ones(len(self.ends)), (self.ends[:, 0], self.ends[:, 1])), shape=(nodes, nodes))
        parts: np.ndarray = connected_components(ways, directed=False)[1]
        return parts

    def in_largest(self) -> np.ndarray:
        """Say for every line whether it is in the part with the most nodes; of equal ones, that of the lowest number.

        Examples
        --------
        >>> import geopandas as gpd
        >>> ways = gpd.GeoSeries.from_wkt(["LINESTRING (0 50, 90 50)", "LINESTRING (0 0, 90 0)",
        ...     "LINESTRING (90 0, 99 0)"], crs="EPSG:6677")
        >>> streets = gpd.GeoDataFrame({"length_m": ways.length}, geometry=ways)
        >>> network_of(streets).in_largest().tolist()
        [False, True, True]
        """
        parts = self.components()
        largest: np.ndarray = parts[self.ends[:, 0]] == np.bincount(parts).argmax()
        return largest


def network_of(streets: gpd.GeoDataFrame, *, profile: str | Profile = DEFAULT, crs: object | None = None) -> Network:
    """Join the streets that somebody may take at their ends.

    Lines meet only where their ends do (within 1 cm). Lines that cross without a common end do not: one of them is a
    bridge. Steps are left out when the profile does not take them, steep streets when they are steeper than it takes,
    streets that are closed to it, and directions in which nobody may walk.

    Parameters
    ----------
    streets
        Lines with ``length_m``; ``slope``, ``steps``, ``oneway_foot`` and ``closed`` may be missing (`read_streets`).
    profile
        Who walks: an id of profiles.toml, or a profile of your own.
    crs
        The metre system of the lines; chosen for the streets when not given.

    Raises
    ------
    InputError
        When a street has no length, is no line, or there is none that may be taken.

    Examples
    --------
    >>> import geopandas as gpd
    >>> ways = gpd.GeoSeries.from_wkt(["LINESTRING (0 0, 90 0)", "LINESTRING (90 0, 99 0)"], crs="EPSG:6677")
    >>> streets = gpd.GeoDataFrame({"length_m": [90.0, 9.0], "steps": [False, True]}, geometry=ways)
    >>> network_of(streets).graph.nodes, network_of(streets, profile="wheelchair").rows.tolist()
    (3, [0])
    """
    who = profile_of(profile)
    check(to_lonlat(streets), STREETS, where=either(ja="道路の表", en="the table of streets"))
    _require_lines(streets)
    known = metre_crs(streets) if crs is None else crs
    minutes = _minutes(streets, who)
    rows = np.flatnonzero(np.isfinite(minutes).any(axis=1))
    if not len(rows):
        raise InputError(
            either(
                ja=f"道路の表に、{who.ja}が通れる道がひとつもありません。階段・勾配・通行の列を確かめてください。",
                en=f"The table of streets has none that may be taken ({who.en}). Check its steps, slopes and closures.",
            )
        )
    placed = to_metres(streets.geometry.iloc[rows], known)
    lines = shapely.force_2d(placed.to_numpy())
    metres = streets["length_m"].to_numpy(dtype=float)[rows]
    minutes = minutes[rows]
    ends, xy = _crossings(lines)
    number = space_order(xy)
    ends = number[ends]
    graph = _graph(ends, metres, minutes, len(xy))
    return Network(graph, lines, rows, ends, metres, minutes, placed.crs.to_string(), who)


def _require_lines(streets: gpd.GeoDataFrame) -> None:
    wrong = shapely.get_type_id(streets.geometry.to_numpy()) != shapely.GeometryType.LINESTRING
    wrong |= shapely.is_empty(streets.geometry.to_numpy())
    lengths = streets["length_m"].to_numpy(dtype=float)
    short = ~((lengths > 0) & np.isfinite(lengths))
    faults = []
    if wrong.any():
        rows = first_five(np.flatnonzero(wrong))
        faults.append(
            either(
                ja=f"道路の表に、線でない行が{int(wrong.sum())}行あります（{rows}）。read_streets で読んでください。",
                en=f"The table of streets has {int(wrong.sum())} rows that are no lines ({rows}). Use read_streets.",
            )
        )
    if short.any():
        rows = first_five(np.flatnonzero(short))
        faults.append(
            either(
                ja=f"道路の表に、長さが0以下の行が{int(short.sum())}行あります（{rows}）。"
                "read_streets で読んでください。",
                en=f"The table of streets has {int(short.sum())} rows without a length above 0 ({rows}). "
                "Use read_streets.",
            )
        )
    if faults:
        raise InputError(faults)


def _minutes(streets: gpd.GeoDataFrame, who: Profile) -> np.ndarray:
    """Return the minutes along and against every street; infinite where it may not be taken."""
    count = len(streets)
    metres = streets["length_m"].to_numpy(dtype=float)
    slope = streets["slope"].to_numpy(dtype=float) if "slope" in streets else np.full(count, np.nan)
    steps = streets["steps"].fillna(False).to_numpy(dtype=bool) if "steps" in streets else np.zeros(count, dtype=bool)
    minutes = np.column_stack([metres * who.minutes_per_metre(way * slope, steps) for way in (1, -1)])
    if "oneway_foot" in streets:
        minutes[(streets["oneway_foot"] == "backward").to_numpy(), 0] = np.inf
        minutes[(streets["oneway_foot"] == "forward").to_numpy(), 1] = np.inf
    if "closed" in streets:
        for closed, wheels in _CLOSED_TO.items():
            if who.wheels in wheels:
                minutes[(streets["closed"] == closed).to_numpy()] = np.inf
    return minutes


def _crossings(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return for every line the numbers of its two ends, and where the ends are; near ends are one."""
    first, last = (shapely.get_coordinates(shapely.get_point(lines, place)) for place in (0, -1))
    flat = np.concatenate([first, last])
    _, place, which = np.unique(flat[:, 0] + 1j * flat[:, 1], return_index=True, return_inverse=True)
    xy = flat[place]
    near = cKDTree(xy).query_pairs(SAME_PLACE, output_type="ndarray")
    touch = coo_array((np.ones(len(near)), (near[:, 0], near[:, 1])), shape=(len(xy), len(xy)))
    count, group = connected_components(touch, directed=False)
    _, one = np.unique(group, return_index=True)
    return group[which].reshape(2, -1).T.astype(np.int64), xy[one][:count]


def _graph(ends: np.ndarray, metres: np.ndarray, minutes: np.ndarray, nodes: int) -> Graph:
    along, against = np.isfinite(minutes).T
    tail = np.concatenate([ends[along, 0], ends[against, 1]])
    head = np.concatenate([ends[along, 1], ends[against, 0]])
    times = np.concatenate([minutes[along, 0], minutes[against, 1]])
    return graph_of(tail, head, np.concatenate([metres[along], metres[against]]), times, nodes=nodes)
