"""The walking network of 宇部市 and its 42 shelters: streets against straight lines, and against networkx."""

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.reach.network import network_of
from resourcemap.reach.straight import reach
from resourcemap.reach.streets import reach_streets
from resourcemap.read.streets import read_streets

pytestmark = pytest.mark.real

ZONE = 6670  # plane rectangular II, what metre_crs chooses here
GRID = 100


@pytest.fixture(scope="module")
def streets(real):
    return read_streets(real / "streets_ube" / "ube_roads.zip", columns={"slope": "theta"})


@pytest.fixture(scope="module")
def shelters(real):
    table = gpd.read_file(real / "streets_ube" / "ube_shelters.zip").to_crs(4326)
    return table[["geometry"]].assign(kind="hub")


@pytest.fixture(scope="module")
def homes(streets):
    """The points of a grid of 100 m over the network; who is near no street is listed by `reach_streets`."""
    west, south, east, north = streets.to_crs(ZONE).total_bounds
    x, y = np.meshgrid(
        *(np.arange(np.ceil(low / GRID), high / GRID) * GRID for low, high in ((west, east), (south, north)))
    )
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(x.ravel(), y.ravel()), crs=ZONE).to_crs(4326)


def test_the_network_is_read_with_what_was_measured_and_left_aside(streets):
    assert len(streets) == 15_377
    assert (int(streets["steps"].sum()), int(streets["slope"].isna().sum())) == (58, 23)
    counts = [entry["value"].split()[0] for entry in streets.attrs["left_aside"]]
    # access=no; lines cut off at the border with the length of the whole; there and back
    assert counts == ["4", "152", "15379"]
    sizes = np.sort(np.bincount(network_of(streets).components()))[::-1]
    assert (len(sizes), int(sizes[0]), int(sizes.sum())) == (12, 10_393, 10_427)


def test_streets_reach_fewer_than_straight_lines(streets, shelters, homes):
    along = reach_streets(homes, shelters, streets, metres=1200, most=1)
    straight = reach(homes, shelters, metres=1200, most=1)
    far = along.far
    assert (far["table"] == "people").all()  # every shelter is within 100 m of a street
    near = np.setdiff1d(np.arange(len(homes)), far["position"])
    assert (len(homes), len(far), len(near)) == pytest.approx((8700, 3232, 5468), abs=5)
    shares = {
        way: [round(float((nearest(pairs).reindex(near) <= limit).mean()), 3) for limit in (500, 800, 1200)]
        for way, pairs in (("straight", straight.pairs), ("streets", along.pairs))
    }
    assert shares["straight"] == pytest.approx([0.356, 0.572, 0.754], abs=0.003)
    assert shares["streets"] == pytest.approx([0.152, 0.341, 0.534], abs=0.003)
    both = straight.pairs.merge(along.pairs, on=["person", "resource"], suffixes=("_straight", ""))
    assert (both["metres"] >= both["metres_straight"] * (1 - 1e-3)).all()  # the map's scale, rounded lengths


def test_the_detour_and_who_cannot_get_there(streets, shelters, homes):
    straight = reach(homes, shelters, metres=1200, most=1).pairs
    along = reach_streets(homes, shelters, streets, metres=6000, most=1)
    near = straight[(straight["metres"] <= 1200) & ~straight["person"].isin(along.far["position"])]
    pairs = near.merge(along.pairs, on=["person", "resource"], how="left", suffixes=("_straight", ""))
    # Were everyone at the nearest street of all, there would be no way for 7 pairs.
    lost = pairs.loc[pairs["metres"].isna(), "person"]
    assert len(lost) == pytest.approx(1, abs=1)
    assert lost.isin(along.apart["position"]).all()
    assert (along.apart["table"] == "people").all()
    detour = pairs["metres"] / pairs["metres_straight"]
    assert detour.quantile([0.5, 0.9]).tolist() == pytest.approx([1.43, 2.04], abs=0.02)


def test_a_wheelchair_goes_around_and_takes_longer(streets, shelters, homes):
    some = homes.iloc[::7]
    found = {
        name: reach_streets(some, shelters, streets, metres=1200, profile=name).pairs
        for name in ("adult", "wheelchair")
    }
    both = found["adult"].merge(found["wheelchair"], on=["person", "resource"], suffixes=("", "_wheelchair"))
    same_start = both["metres_wheelchair"] >= both["metres"] - 200  # another street may be the nearest to start from
    assert same_start.all()
    assert (both["minutes_wheelchair"] > both["minutes"]).mean() > 0.99


def test_metres_are_those_of_networkx_on_the_raw_lines(real, streets, shelters):
    """People and shelters stand on crossings, so that nothing but the network is compared."""
    raw = gpd.read_file(real / "streets_ube" / "ube_roads.zip").explode(ignore_index=True)
    raw = raw[raw["access"] != "no"]
    measured = raw.to_crs(ZONE).length
    metres = raw["length"].where((raw["length"] / measured).between(0.8, 1.25), measured)
    graph = nx.Graph()
    for line, length in zip(raw.geometry, metres, strict=True):
        tail, head = line.coords[0], line.coords[-1]
        if tail != head and length < graph.get_edge_data(tail, head, {}).get("weight", np.inf):
            graph.add_edge(tail, head, weight=length)
    corners = gpd.GeoSeries(gpd.points_from_xy(*np.array(sorted(graph)).T), crs=4326)
    chosen = np.random.default_rng(1).choice(len(corners), 40, replace=False)
    at = shapely.STRtree(corners.to_numpy()).nearest(shelters.geometry.to_numpy())
    people = gpd.GeoDataFrame(geometry=corners.iloc[chosen].to_numpy(), crs=4326)
    places = gpd.GeoDataFrame({"kind": "hub"}, geometry=corners.iloc[at].to_numpy(), index=range(len(at)), crs=4326)
    found = reach_streets(people, places, streets, metres=20_000).pairs
    expected = {}
    for person, corner in enumerate(people.geometry):
        lengths = nx.single_source_dijkstra_path_length(graph, corner.coords[0], cutoff=20_000)
        expected |= {
            (person, n): lengths[spot.coords[0]] for n, spot in enumerate(places.geometry) if spot.coords[0] in lengths
        }
    pairs = pd.Series(found["metres"].to_numpy(), index=list(zip(found["person"], found["resource"], strict=True)))
    assert set(pairs.index) == set(expected)
    assert len(expected) > 1000
    assert pairs.to_numpy() == pytest.approx([expected[pair] for pair in pairs.index], abs=0.01)


def nearest(pairs):
    return pairs.groupby("person")["metres"].min()
