"""Reach along streets: one sparse table "person point x resource -> metres, minutes"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from resourcemap.metres import metre_crs
from resourcemap.reach.graph import backend
from resourcemap.reach.network import network_of
from resourcemap.reach.points import activities_of, coordinates, homes_of
from resourcemap.reach.ports import Pairs, Ports, doors_of, on_one_street, snap_to, ways_in, ways_out
from resourcemap.reach.profiles import DEFAULT, Profile
from resourcemap.reach.table import NEAREST, Reach, table_of

if TYPE_CHECKING:
    import geopandas as gpd

    from resourcemap.reach.network import Network
    from resourcemap.reach.ports import Snapped

SNAP = 100.0  # metres


class Few(NamedTuple):
    """A few resources for every person (people x few), infinitely far where there are fewer."""

    metres: np.ndarray
    resource: np.ndarray
    minutes: np.ndarray


def reach_streets(
    people: gpd.GeoDataFrame,
    resources: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame,
    *,
    metres: float,
    profile: str | Profile = DEFAULT,
    snap: float = SNAP,
    served: pd.DataFrame | None = None,
    most: int = NEAREST,
) -> Reach:
    """List who reaches which resource along streets, and the nearest of each kind for everyone.

    The metres are those from the person to the resource: in a straight line to the nearest place on a street that the
    profile may take, along the streets, and in a straight line from the street to the resource. The way is the
    shortest one, which need not be the quickest; of equally short ways the quickest counts. Somebody exactly at the
    limit reaches it. Where no way leads, as to another part of a network that does not hang together, there is no
    pair. Which resources count is for the caller to say: all given ones do.

    Not seen: crossings and their lights, the time to cross, pavements that are missing, weather, and whatever the file
    of streets does not say. A street without a slope counts as flat. Two places in one building are as far apart as
    the way to the street and back.

    Parameters
    ----------
    people
        Points where people live (``block_id`` when `served` is given); a shape counts as its centroid.
    resources
        Resources (``kind``), with points; rows without one reach nobody, unless `served` lists them. Rows of one
        ``activity_id`` are the places of one activity: of them only the nearest counts among the nearest.
    streets
        Lines as `read_streets` makes them.
    metres
        The farthest distance of interest, the ways to and from the street included.
    profile
        Who walks: an id of profiles.toml, or a profile of your own.
    snap
        How far a street may be from a home or a resource, in metres. They are at the nearest street of the largest
        part of the network that hangs together, where one is that near, else at the nearest of another part; those are
        listed in ``Reach.apart`` and have pairs in their part only. Those farther from any are listed in ``Reach.far``
        and have no pairs.
    served
        Who is visited at home: ``resource`` (position in `resources`) and ``block_id``. Everyone in such a block
        is reached at 0 metres.
    most
        How many of the nearest of each kind to list beyond `metres`.

    Returns
    -------
    Reach
        Its pairs hold every one within `metres`, and beyond that the `most` nearest activities of each kind (of
        equals the ones given first). ``minutes`` are those of the way at the pace of the profile, slower or faster on
        slopes and steps.

    Raises
    ------
    InputError
        When people have no point, or no street may be taken.

    Examples
    --------
    >>> import geopandas as gpd
    >>> way = gpd.GeoSeries.from_wkt(["LINESTRING (0 0, 500 0)", "LINESTRING (500 0, 500 400)"], crs="EPSG:6677")
    >>> streets = gpd.GeoDataFrame({"length_m": way.length}, geometry=way)
    >>> homes = gpd.GeoDataFrame(geometry=gpd.points_from_xy([0, 100], [20, 999]), crs="EPSG:6677")
    >>> salons = gpd.GeoDataFrame({"kind": ["salon"]}, geometry=gpd.points_from_xy([480], [400]), crs="EPSG:6677")
    >>> reach = reach_streets(homes, salons, streets, metres=1000)
    >>> reach.pairs.round(1).values.tolist()
    [[0.0, 0.0, 940.0, 11.8]]
    >>> reach.far.round().values.tolist()
    [['people', 1, 720.0]]
    """
    crs = metre_crs(people)
    homes, spots = homes_of(people, crs), coordinates(resources, crs)
    network = network_of(streets, profile=profile, crs=crs)
    at_home, at_spot = snap_to(homes, network, most=snap), snap_to(spots, network, most=snap)
    kinds = resources["kind"].to_numpy()
    found = ways(network, at_home, at_spot, kinds, activities_of(resources), metres, most, backend())
    return Reach(
        pairs=table_of(*found, people=people, served=served),
        limit=metres,
        crs=crs.to_string(),
        way="streets",
        profile=network.profile.id,
        far=_far(at_home, at_spot),
        apart=_apart(at_home, at_spot, network),
    )


def ways(
    network: Network,
    people: Snapped,
    resources: Snapped,
    kinds: np.ndarray,
    activities: np.ndarray,
    limit: float,
    most: int,
    search: Any,
) -> Pairs:
    """Return every pair within `limit` metres and the `most` nearest activities of each kind.

    A pair that can be walked along one street and around it is there twice, the shorter way first.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.reach import streets_sparse
    >>> way = gpd.GeoSeries.from_wkt(["LINESTRING (0 0, 100 0)"], crs="EPSG:6677")
    >>> network = network_of(gpd.GeoDataFrame({"length_m": [100.0]}, geometry=way))
    >>> homes, halls = (snap_to(np.array([place]), network, most=100) for place in ([25.0, 40.0], [65.0, -5.0]))
    >>> ways(network, homes, halls, np.array(["hiroba"]), np.array([0]), 50.0, 1, streets_sparse).metres.tolist()
    [85.0]
    """
    enter, leave = ways_in(people, network), ways_out(resources, network)
    beside = on_one_street(people, resources, network)
    around = search.ways_within(network.graph, leave, doors_of(enter, network.graph.nodes), limit)
    found = _both_ways(_chosen(beside, beside.metres <= limit), Pairs(*around), len(people.edge), len(kinds))
    for kind in pd.unique(kinds):
        of_kind = np.flatnonzero((kinds == kind) & (resources.edge >= 0))
        if not len(of_kind):
            continue
        some = Ports(*(values[of_kind] for values in leave))
        far, owner, minutes = search.nearest_ways(network.graph, some, activities[of_kind], most)
        own = _first_few(_chosen(beside, np.isin(beside.resource, of_kind)), activities, most)
        through = _through_the_doors(enter, far, of_kind[owner], minutes)
        nearest = _nearest(through, own, activities, most)
        found.append(_chosen(nearest, nearest.metres > limit))
    return Pairs(*(np.concatenate(each) for each in zip(*found, strict=True)))


def _both_ways(beside: Pairs, around: Pairs, people: int, resources: int) -> list[Pairs]:
    """Return the pairs on one street and those through the network, the shorter way of a pair first."""
    here, there = np.zeros(people, dtype=bool), np.zeros(resources, dtype=bool)
    here[beside.person], there[beside.resource] = True, True
    perhaps = here[around.person] & there[around.resource]
    either_way = Pairs(*(np.concatenate(each) for each in zip(beside, _chosen(around, perhaps), strict=True)))
    order = np.lexsort((either_way.minutes, either_way.metres))
    return [_chosen(either_way, order), _chosen(around, ~perhaps)]


def _through_the_doors(enter: Ports, far: np.ndarray, owner: np.ndarray, minutes: np.ndarray) -> Few:
    """Return the nearest of some resources for everyone, through each end of their street."""
    people = len(enter.node)
    return Few(
        (far[enter.node] + enter.metres[:, :, None]).reshape(people, -1),
        owner[enter.node].reshape(people, -1),
        (minutes[enter.node] + enter.minutes[:, :, None]).reshape(people, -1),
    )


def _first_few(pairs: Pairs, activities: np.ndarray, most: int) -> tuple[Pairs, np.ndarray]:
    """Return the nearest activities of every person, and which nearest each is, from 0."""
    person, resource = pairs.person, pairs.resource
    order = np.lexsort((pairs.minutes, resource, pairs.metres, person))
    table = pd.DataFrame({"person": person[order], "activity": activities[resource[order]]})
    order = order[~table.duplicated().to_numpy()]
    rank = pd.Series(person[order]).groupby(person[order]).cumcount().to_numpy()
    return _chosen(pairs, order[rank < most]), rank[rank < most]


def _nearest(through: Few, own: tuple[Pairs, np.ndarray], activities: np.ndarray, most: int) -> Pairs:
    """Return the nearest activities of every person; of equally near ones the first resource, then the quickest.

    Candidates are those through the ends of the street and those on the street itself, side by side in one row.
    """
    pairs, rank = own
    shape = (len(through.metres), most)
    beside = Few(np.full(shape, np.inf), np.zeros(shape, dtype=np.int64), np.full(shape, np.inf))
    for values, of_pairs in zip(beside, (pairs.metres, pairs.resource, pairs.minutes), strict=True):
        values[pairs.person, rank] = of_pairs
    every = Few(*(np.concatenate(each, axis=1) for each in zip(through, beside, strict=True)))
    order = np.lexsort((every.minutes, every.resource, every.metres), axis=1)
    metres, resource, minutes = (np.take_along_axis(values, order, axis=1) for values in every)
    activity = activities[resource]
    again = ~np.isfinite(metres)
    for column in range(1, metres.shape[1]):
        again[:, column] |= (activity[:, :column] == activity[:, column, None]).any(axis=1)
    person, place = np.nonzero(~again & (np.cumsum(~again, axis=1) <= most))
    return Pairs(person, resource[person, place], metres[person, place], minutes[person, place])


def _chosen(pairs: Pairs, which: np.ndarray) -> Pairs:
    return Pairs(*(values[which] for values in pairs))


def _far(people: Snapped, resources: Snapped) -> pd.DataFrame:
    """List what has a place, but no street near it."""
    parts = []
    for table, snapped in (("people", people), ("resources", resources)):
        off = np.flatnonzero((snapped.edge < 0) & np.isfinite(snapped.offset))
        parts.append(pd.DataFrame({"table": table, "position": off, "metres": snapped.offset[off]}))
    found = pd.concat(parts, ignore_index=True)
    return found.astype({"table": object})


def _apart(people: Snapped, resources: Snapped, network: Network) -> pd.DataFrame:
    """List what is on a street that does not hang together with the largest part of the network."""
    largest = network.in_largest()
    parts = []
    for table, snapped in (("people", people), ("resources", resources)):
        apart = np.flatnonzero((snapped.edge >= 0) & ~largest[snapped.edge])
        parts.append(pd.DataFrame({"table": table, "position": apart}))
    return pd.concat(parts, ignore_index=True).astype({"table": object})
