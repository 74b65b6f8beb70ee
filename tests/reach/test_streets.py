"""Ways along streets against networkx, and the compiled search against the one on scipy."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.errors import CRSError, InputError
from resourcemap.reach import streets_compiled, streets_sparse
from resourcemap.reach.graph import graph_of, nearest_on_network
from resourcemap.reach.network import network_of
from resourcemap.reach.ports import snap_to
from resourcemap.reach.profiles import load_profiles
from resourcemap.reach.streets import reach_streets, ways

BLOCK = 100.0
SIDE = 4
FAST = load_profiles({"fast": {"kmh": 6.0}})["fast"]


def random_streets(rng, *, ties):
    """Lines between the nodes of a lattice: parallel ones, rings, one-way ones, steps, closed ones, several parts."""
    count = int(rng.integers(1, 30))
    ends = rng.integers(0, SIDE, (count, 2, 2)) * BLOCK
    lines = [shapely.LineString(pair) if (pair[0] != pair[1]).any() else ring(pair[0]) for pair in ends]
    lengths = shapely.length(lines)
    columns = {
        "length_m": lengths if ties else lengths * rng.uniform(1, 1.5, count),
        "slope": rng.choice([np.nan, 0, 0.06, -0.06, 0.2], count),
        "steps": rng.random(count) < 0.1,
        "oneway_foot": rng.choice(["both", "both", "both", "forward", "backward"], count),
        "closed": rng.choice([None, None, None, "wheels", "everyone"], count),
    }
    return gpd.GeoDataFrame(columns, geometry=lines, crs=6677)


def ring(corner):
    x, y = corner
    return shapely.LineString([(x, y), (x + 30, y + 40), (x - 30, y + 40), (x, y)])


def random_points(rng, *, ties):
    count = int(rng.integers(1, 12))
    spread = (SIDE - 1) * BLOCK
    xy = rng.integers(-1, 8, (count, 2)) * spread / 6 if ties else rng.uniform(-60, spread + 60, (count, 2))
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(*xy.T), crs=6677)


def random_town(seed, *, ties):
    rng = np.random.default_rng(seed)
    people, resources = random_points(rng, ties=ties), random_points(rng, ties=ties)
    resources["kind"] = rng.choice(["salon", "pantry"], len(resources))
    resources["activity_id"] = rng.choice([f"a{n}" for n in range(6)], len(resources))
    return people, resources, random_streets(rng, ties=ties)


def allowed(row, who):
    """Whether a street may be taken along and against its line."""
    if (row.steps and not who.steps) or abs(np.nan_to_num(row.slope)) > who.steepest:
        return False, False
    if row.closed == "everyone" or (row.closed == "wheels" and who.wheels):
        return False, False
    return row.oneway_foot != "backward", row.oneway_foot != "forward"


def by_networkx(people, resources, streets, who):
    """Every pair's metres and minutes: each snapped place is a node that splits its street."""
    graph = nx.MultiDiGraph()
    taken = [row for row in streets.itertuples() if any(allowed(row, who))]
    places = [("home", n, point) for n, point in enumerate(people.geometry)]
    places += [("spot", n, point) for n, point in enumerate(resources.geometry)]
    feet = {row.Index: [] for row in taken}
    largest = in_largest_part(taken, streets, who)
    for name, number, point in places:
        metres, row = nearest_of(point, [row for row in taken if row.Index in largest])
        if metres > 100:
            metres, row = nearest_of(point, taken)
        if metres <= 100:
            feet[row.Index].append((row.geometry.project(point) / row.geometry.length, name, number))
            flat = {"metres": metres, "minutes": metres / who.metres_a_minute}
            graph.add_edge((name, number), ("foot", name, number), **flat)
            graph.add_edge(("foot", name, number), (name, number), **flat)
    for row in taken:
        first, last = row.geometry.coords[0], row.geometry.coords[-1]
        stops = [(0.0, first), *((share, ("foot", *rest)) for share, *rest in sorted(feet[row.Index])), (1.0, last)]
        flags = np.array([row.steps])
        for (low, a), (high, b) in pairwise(stops):
            metres = (high - low) * row.length_m
            for way, free, tail, head in zip((1, -1), allowed(row, who), (a, b), (b, a), strict=True):
                minutes = metres * who.minutes_per_metre(np.array([way * row.slope]), flags)[0]
                if free or metres == 0:
                    graph.add_edge(tail, head, metres=metres, minutes=0.0 if metres == 0 else minutes)

    found = {}
    for name, number in [node for node in graph if node[0] == "home"]:
        paths = nx.single_source_dijkstra_path(graph, (name, number), weight=heaviness)
        for (_, spot), path in ((node, path) for node, path in paths.items() if node[0] == "spot"):
            steps = [min(graph[a][b].values(), key=weigh) for a, b in pairwise(path)]
            found[number, spot] = (sum(step["metres"] for step in steps), sum(step["minutes"] for step in steps))
    return found


def nearest_of(point, rows):
    metres, place = min((row.geometry.distance(point), place) for place, row in enumerate(rows))
    return metres, rows[place]


def in_largest_part(taken, streets, who):
    """The rows in the part of the most crossings; of equal parts that with the crossing of the lowest number."""
    graph = nx.Graph([(row.geometry.coords[0], row.geometry.coords[-1]) for row in taken])
    network = network_of(streets, profile=who, crs=6677)
    number = {}
    for row, ends in zip(taken, network.ends.tolist(), strict=True):
        number.update(zip((row.geometry.coords[0], row.geometry.coords[-1]), ends, strict=True))
    part = min(nx.connected_components(graph), key=lambda part: (-len(part), min(number[place] for place in part)))
    return {row.Index for row in taken if row.geometry.coords[0] in part}


def weigh(edge):
    return edge["metres"] * 1e6 + edge["minutes"]


def heaviness(_tail, _head, edges):
    return min(weigh(edge) for edge in edges.values())


def expected_pairs(every, resources, limit, most):
    """Choose from all pairs those that the promise of `reach_streets` names."""
    kept = {pair for pair, (metres, _) in every.items() if metres <= limit}
    for person in {person for person, _ in every}:
        for kind in resources["kind"].unique():
            near = sorted(
                (metres, spot)
                for (who, spot), (metres, _) in every.items()
                if who == person and resources["kind"][spot] == kind
            )
            activities = []
            for _, spot in near:
                activity = resources["activity_id"][spot]
                if activity not in activities and len(activities) < most:
                    activities.append(activity)
                    kept.add((person, spot))
    return kept


@given(st.integers(0, 10**6), st.sampled_from(["adult", "wheelchair", "stroller"]), st.sampled_from([60.0, 250.0]))
def test_finds_the_pairs_and_ways_of_networkx(seed, profile, limit):
    people, resources, streets = random_town(seed, ties=False)
    who = load_profiles()[profile]
    if not any(any(allowed(row, who)) for row in streets.itertuples()):
        with pytest.raises(InputError, match="none that may be taken"):
            reach_streets(people, resources, streets, metres=limit, profile=profile)
        return
    found = reach_streets(people, resources, streets, metres=limit, profile=profile, most=2).pairs
    every = by_networkx(people, resources, streets, who)
    pairs = list(zip(found["person"], found["resource"], strict=True))
    assert set(pairs) == expected_pairs(every, resources, limit, most=2)
    assert pairs == sorted(set(pairs))
    assert found["metres"].tolist() == pytest.approx([every[pair][0] for pair in pairs], rel=1e-9, abs=1e-6)
    assert found["minutes"].tolist() == pytest.approx([every[pair][1] for pair in pairs], rel=1e-9, abs=1e-6)


@given(st.integers(0, 10**6), st.sampled_from(["adult", "wheelchair"]), st.sampled_from([0.0, 100.0, 400.0]))
def test_both_searches_agree_to_the_last_bit_even_where_ways_are_equally_long(seed, profile, limit):
    people, resources, streets = random_town(seed, ties=seed % 4 > 0)
    try:
        network = network_of(streets, profile=profile, crs=6677)
    except InputError:
        return
    homes, spots = (
        snap_to(shapely.get_coordinates(table.geometry), network, most=100) for table in (people, resources)
    )
    kinds, activities = resources["kind"].to_numpy(), pd.factorize(resources["activity_id"])[0]
    ours, theirs = (
        ways(network, homes, spots, kinds, activities, limit, 3, search)
        for search in (streets_compiled, streets_sparse)
    )
    assert_same_rows(ours, theirs)


def assert_same_rows(ours, theirs):
    first, second = (np.array(sorted(zip(*pairs, strict=True))) for pairs in (ours, theirs))
    np.testing.assert_array_equal(first, second)


@given(st.integers(0, 10**6), st.integers(1, 60), st.sampled_from([0.0, 35.0, np.inf]))
def test_metres_to_the_nearest_of_a_kind_are_those_of_networkx(seed, nodes, limit):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(0, 4 * nodes))
    tail, head = rng.integers(0, nodes, (2, count))
    metres = rng.integers(0, 30, count).astype(float)
    graph = graph_of(tail, head, metres, nodes=nodes)
    sources = [np.unique(rng.integers(0, nodes, size)) for size in (0, 1, 5)]
    found = nearest_on_network(graph, sources, limit)
    np.testing.assert_array_equal(found.T, streets_sparse.nearest_metres(graph, sources, limit))
    oracle = nx.MultiDiGraph()
    oracle.add_nodes_from(range(nodes))
    oracle.add_weighted_edges_from(zip(head.tolist(), tail.tolist(), metres.tolist(), strict=True))
    for kind, places in enumerate(sources):
        expected = np.full(nodes, np.inf)
        if len(places):
            for node, far in nx.multi_source_dijkstra_path_length(oracle, set(places.tolist())).items():
                expected[node] = far if far <= limit else np.inf
        assert found[:, kind].tolist() == expected.tolist()


def test_many_tiles_give_what_scipy_gives():
    rng = np.random.default_rng(7)
    nodes = 20_000
    tail = rng.integers(0, nodes, 60_000)
    head = np.clip(tail + rng.integers(-300, 300, len(tail)), 0, nodes - 1)
    graph = graph_of(tail, head, rng.uniform(1, 90, len(tail)), nodes=nodes)
    sources = [rng.choice(nodes, size, replace=False) for size in (3, 200)]
    for limit in (200.0, np.inf):
        found = streets_compiled.nearest_metres(graph, sources, limit)
        np.testing.assert_array_equal(found, streets_sparse.nearest_metres(graph, sources, limit))


@pytest.fixture
def avenue():
    """Two streets that cross at (200, 0), and one far from both."""
    lines = ["LINESTRING (0 0, 200 0)", "LINESTRING (200 0, 200 300)", "LINESTRING (5000 0, 5200 0)"]
    shapes = gpd.GeoSeries.from_wkt(lines, crs=6677)
    return gpd.GeoDataFrame({"length_m": shapes.length}, geometry=shapes)


def points(*places, **columns):
    index = range(len(places))
    return gpd.GeoDataFrame(columns, index=index, geometry=gpd.points_from_xy(*zip(*places, strict=True)), crs=6677)


def test_the_ways_to_and_from_the_street_count(avenue):
    reach = reach_streets(points((0, 30)), points((210, 300), kind="salon"), avenue, metres=540)
    assert reach.pairs["metres"].tolist() == [540.0]
    assert reach.pairs["minutes"].tolist() == pytest.approx([540 / 80])
    assert (reach.way, reach.crs, reach.limit, reach.profile) == ("streets", "EPSG:6677", 540, "adult")


def test_parts_that_do_not_hang_together_have_no_pairs_and_are_not_far(avenue):
    reach = reach_streets(points((0, 30)), points((5100, 0), kind="salon"), avenue, metres=99_999)
    assert reach.pairs.empty
    assert reach.far.empty
    assert reach.apart.to_numpy().tolist() == [["resources", 0]]


def test_who_is_on_a_part_of_its_own_reaches_what_is_there_and_both_are_listed(avenue):
    homes, halls = points((0, 30), (5010, 0)), points((5100, 0), (50, 0), (0, 999), kind="salon")
    reach = reach_streets(homes, halls, avenue, metres=500)
    assert reach.apart.to_numpy().tolist() == [["people", 1], ["resources", 0]]
    assert reach.pairs[["person", "resource", "metres"]].to_numpy().tolist() == [[0, 1, 80], [1, 0, 90]]
    assert reach.far["position"].tolist() == [2]


def test_the_largest_part_comes_before_a_nearer_street_that_is_not_joined_to_it(avenue):
    path = gpd.GeoSeries.from_wkt(["LINESTRING (0 60, 150 60)"], crs=6677)
    streets = pd.concat([gpd.GeoDataFrame({"length_m": path.length}, geometry=path), avenue], ignore_index=True)
    homes, halls = points((10, 61), (20, 100), (20, 100.5)), points((100, 60), (150, 0), kind="salon")
    reach = reach_streets(homes, halls, streets, metres=500)
    assert reach.apart.to_numpy().tolist() == [["people", 2]]
    assert reach.pairs.to_numpy()[:, :3].tolist() == [[0, 0, 211], [0, 1, 201], [1, 0, 240], [1, 1, 230]]


def test_of_a_network_that_hangs_together_nothing_is_apart(avenue):
    reach = reach_streets(points((0, 30)), points((50, 0), kind="salon"), avenue.iloc[:2], metres=500)
    assert reach.apart.empty
    assert reach.apart.columns.tolist() == ["table", "position"]


def test_what_is_too_far_from_any_street_is_listed(avenue):
    people = points((0, 30), (0, 101))
    halls = points((50, -100), (50, -100.5), kind="hiroba")
    reach = reach_streets(people, halls, avenue, metres=1)
    assert reach.far.round(6).to_numpy().tolist() == [["people", 1, 101.0], ["resources", 1, 100.5]]
    assert reach.pairs[["person", "resource"]].to_numpy().tolist() == [[0, 0]]


def test_of_equally_near_ones_the_first_given_counts_and_of_an_activity_the_nearest_place(avenue):
    halls = points((100, 0), (0, 0), (100, 0), (200, 300), kind="hiroba", activity_id=["a", "b", "b", "a"])
    reach = reach_streets(points((50, 0)), halls, avenue, metres=0, most=1)
    assert reach.pairs["resource"].tolist() == [0]
    reach = reach_streets(points((50, 0)), halls, avenue, metres=0, most=3)
    assert reach.pairs["resource"].tolist() == [0, 1]


def test_nobody_walks_against_a_street_that_is_one_way_for_walkers(avenue):
    one_way = avenue.assign(oneway_foot=["forward", "both", "both"])
    along = reach_streets(points((10, 0)), points((150, 0), kind="salon"), one_way, metres=1)
    against = reach_streets(points((150, 0)), points((10, 0), kind="salon"), one_way, metres=1)
    assert along.pairs["metres"].tolist() == [140.0]
    assert against.pairs.empty


def test_a_wheelchair_goes_round_steps_and_the_way_starts_on_a_street_it_can_take(avenue):
    around = gpd.GeoSeries.from_wkt(["LINESTRING (0 0, 0 300, 200 300)"], crs=6677)
    streets = pd.concat([avenue, gpd.GeoDataFrame({"length_m": around.length}, geometry=around)], ignore_index=True)
    streets["steps"] = [True, False, False, False]
    home, hall = points((0, 10)), points((200, 10), kind="hiroba")
    metres = {
        name: reach_streets(home, hall, streets, metres=2000, profile=name).pairs["metres"].tolist()
        for name in ("adult", "wheelchair")
    }
    assert metres == {"adult": [220.0], "wheelchair": [290.0 + 200 + 290]}


def test_those_visited_at_home_are_reached_wherever_they_live(avenue):
    people = points((0, 30), (9000, 0), block_id=["b1", "b2"])
    vans = points((1, 1), kind="mobile_vendor")
    vans.loc[0, "geometry"] = None
    served = pd.DataFrame({"resource": [0], "block_id": ["b2"]})
    reach = reach_streets(people, vans, avenue, metres=500, served=served)
    assert reach.pairs.to_numpy().tolist() == [[1, 0, 0, 0]]
    assert reach.far["position"].tolist() == [1]


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_more_resources_never_bring_anybody_less_near(seed):
    people, resources, streets = random_town(seed, ties=True)
    try:
        fewer, more = (
            reach_streets(people, table, streets, metres=200, most=1).pairs.groupby("person")["metres"].min()
            for table in (resources.iloc[: len(resources) // 2 + 1], resources)
        )
    except InputError:
        return
    assert (more.reindex(fewer.index) <= fewer).all()


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_the_order_of_people_and_resources_changes_nothing(seed):
    people, resources, streets = random_town(seed, ties=False)
    try:
        plain = reach_streets(people, resources, streets, metres=200).pairs
    except InputError:
        return
    turned = reach_streets(people[::-1], resources[::-1], streets, metres=200).pairs
    turned["person"] = len(people) - 1 - turned["person"]
    turned["resource"] = len(resources) - 1 - turned["resource"]
    turned = turned.sort_values(["person", "resource"], ignore_index=True)
    pd.testing.assert_frame_equal(plain, turned, check_exact=True)


def test_people_without_a_point_and_streets_without_a_crs_are_refused(avenue):
    home, hall = points((0, 30)), points((50, 0), kind="hiroba")
    lost = gpd.GeoDataFrame(geometry=[shapely.Point(0, 30), None], crs=6677)
    with pytest.raises(InputError, match=r"without a point \(1\)"):
        reach_streets(lost, hall, avenue, metres=1)
    with pytest.raises(CRSError, match="has no CRS"):
        reach_streets(home, hall, gpd.GeoDataFrame(avenue.assign()).set_crs(None, allow_override=True), metres=1)


def test_hours_on_foot_are_those_of_the_profile(avenue):
    hall = points((150, 0), kind="hiroba")
    reach = reach_streets(points((50, 0)), hall, avenue.assign(slope=0.05), metres=500, profile=FAST)
    assert reach.pairs["minutes"].tolist() == pytest.approx([1 / np.exp(-3.5 * 0.05)])
    assert reach.profile == "fast"


@pytest.mark.parametrize("search", [streets_compiled, streets_sparse], ids=lambda module: module.__name__[-8:])
def test_no_resources_at_all_is_an_empty_answer(avenue, monkeypatch, search):
    monkeypatch.setattr("resourcemap.reach.streets.backend", lambda: search)
    nowhere = points((0, 0), kind="salon")
    nowhere.loc[0, "geometry"] = None
    for table in (nowhere, nowhere.iloc[:0]):
        reach = reach_streets(points((0, 30)), table, avenue, metres=500)
        assert reach.pairs.empty
        assert reach.pairs.columns.tolist() == ["person", "resource", "metres", "minutes"]
    far_off = reach_streets(points((0, 300)), points((50, 0), kind="salon"), avenue, metres=500)
    assert far_off.pairs.empty
    assert far_off.far["metres"].tolist() == pytest.approx([200.0])
