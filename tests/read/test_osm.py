"""Extracts of OpenStreetMap, made in code."""

import sys

import numpy as np
import pytest

from resourcemap.errors import InputError
from resourcemap.reach.network import network_of
from resourcemap.read.streets import read_streets

osmium = pytest.importorskip("osmium")
EAST, NORTH = 1 / 92_000, 1 / 111_000  # degrees a metre, near enough


@pytest.fixture
def saved(tmp_path):
    """Write nodes (id: east, north, tags) and ways (nodes, tags) as PBF."""

    def write(nodes, ways):
        path = tmp_path / "town.osm.pbf"
        path.unlink(missing_ok=True)
        with osmium.SimpleWriter(str(path)) as writer:
            for number, (east, north, *tags) in nodes.items():
                place = (131.25 + east * EAST, 33.95 + north * NORTH)
                writer.add_node(osmium.osm.mutable.Node(id=number, version=1, location=place, tags=dict(*tags)))
            for number, (refs, tags) in enumerate(ways, start=1):
                writer.add_way(osmium.osm.mutable.Way(id=number, version=1, nodes=refs, tags=tags))
        return path

    return write


CROSS = {1: (0, 0), 2: (100, 0), 3: (200, 0), 4: (100, 80), 5: (100, -80)}


def test_ways_are_cut_where_they_cross_and_keep_their_tags(saved):
    path = saved(CROSS, [([1, 2, 3], {"highway": "residential"}), ([4, 2, 5], {"highway": "steps", "incline": "10%"})])
    streets = read_streets(path)
    assert streets["length_m"].round(-1).tolist() == [100, 100, 80, 80]
    assert streets["steps"].tolist() == [False, False, True, True]
    assert streets["slope"].tolist()[2:] == [0.1, 0.1]
    network = network_of(streets)
    assert network.graph.nodes == 5


def test_what_nobody_walks_is_left_out_and_is_no_crossing(saved):
    path = saved(CROSS, [([1, 2, 3], {"highway": "residential"}), ([4, 2, 5], {"highway": "motorway"})])
    assert len(read_streets(path)) == 1
    path = saved(CROSS, [([1, 2], {"building": "yes"}), ([4, 2, 5], {"highway": "motorway"})])
    with pytest.raises(InputError, match="has no ways that people walk"):
        read_streets(path)


@pytest.mark.parametrize(
    ("barrier", "parts"),
    [({"barrier": "stile"}, (1, 2)), ({"barrier": "fence"}, (2, 2)), ({"barrier": "bollard"}, (1, 1))],
)
def test_a_barrier_closes_the_way_to_those_who_cannot_pass_it(saved, barrier, parts):
    nodes = {1: (0, 0), 2: (100, 0, barrier), 3: (200, 0)}
    streets = read_streets(saved(nodes, [([1, 2, 3], {"highway": "path"})]))
    assert streets["length_m"].sum() == pytest.approx(200, abs=2)
    for profile, count in zip(("adult", "wheelchair"), parts, strict=True):
        assert len(np.bincount(network_of(streets, profile=profile).components())) == count


def test_a_barrier_at_a_crossing_closes_every_way_into_it(saved):
    nodes = CROSS | {2: (100, 0, {"barrier": "stile"})}
    ways = [([1, 2, 3], {"highway": "path"}), ([4, 2], {"highway": "path"})]
    streets = read_streets(saved(nodes, ways))
    assert (streets["closed"] == "wheels").sum() == 3
    assert len(np.bincount(network_of(streets, profile="wheelchair").components())) == 3


def test_ways_that_leave_the_extract_keep_the_rest(saved):
    nodes = {number: place for number, place in CROSS.items() if number != 3}
    path = saved(nodes, [([1, 2, 3, 4, 5], {"highway": "residential"})])
    assert read_streets(path)["length_m"].round(-1).tolist() == [100, 160]


def test_without_osmium_the_extra_is_named(saved, monkeypatch):
    path = saved(CROSS, [([1, 2], {"highway": "path"})])
    monkeypatch.setitem(sys.modules, "osmium", None)
    with pytest.raises(InputError, match=r"town.osm.pbf: PBF .* need an extra: pip install 'resourcemap\[streets\]'"):
        read_streets(path)


def test_broken_files_are_refused(saved, tmp_path):
    path = saved(CROSS, [([1, 2], {"highway": "path"})])
    broken = tmp_path / "broken.pbf"
    broken.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(InputError, match="cannot be read as PBF"):
        read_streets(broken)
    broken.write_bytes(b"<osm/>")
    with pytest.raises(InputError, match="is no PBF inside"):
        read_streets(broken)
