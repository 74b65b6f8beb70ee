"""Cutting through-ways at crossings, against the same town cut already."""

from itertools import pairwise

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.language import speaking
from resourcemap.metres import to_metres
from resourcemap.reach.network import network_of
from resourcemap.reach.streets import reach_streets
from resourcemap.read.cutting import cut_at_corners
from resourcemap.read.streets import read_streets


def streets(*lines, **columns):
    shapes = gpd.GeoSeries.from_wkt(lines, crs=6677)
    return gpd.GeoDataFrame({"length_m": shapes.length, **columns}, geometry=shapes).to_crs(4326)


def drawn(table):
    """The lines in whole metres."""
    rounded = shapely.set_precision(to_metres(table, 6677).geometry.to_numpy(), 0, mode="pointwise")
    return shapely.to_wkt(shapely.transform(rounded, lambda xy: np.round(xy) + 0.0), rounding_precision=0).tolist()


def lattice(side, *, cut):
    """Avenues and streets 100 m apart: one line each, or one for each block."""
    at = [100 * number for number in range(side)]
    ways = [[(x, y) for x in at] for y in at] + [[(x, y) for y in at] for x in at]
    if cut:
        ways = [pair for way in ways for pair in pairwise(way)]
    return streets(*(shapely.LineString(way).wkt for way in ways))


def points(xy, **columns):
    return gpd.GeoDataFrame(columns, index=range(len(xy)), geometry=gpd.points_from_xy(*xy.T), crs=6677)


def test_a_town_of_through_ways_is_as_near_as_one_cut_at_its_crossings(tmp_path):
    rng = np.random.default_rng(4)
    homes, halls = points(rng.uniform(0, 500, (40, 2))), points(rng.uniform(0, 500, (9, 2)), kind="salon")
    found = []
    for cut in (True, False):
        path = tmp_path / f"{cut}.gpkg"
        lattice(6, cut=cut).to_file(path)
        found.append(reach_streets(homes, halls, read_streets(path), metres=600).pairs)
    pd.testing.assert_frame_equal(*found, atol=0.01)
    assert len(found[0]) > 100


def test_what_is_cut_already_stays_as_it_is():
    table = lattice(5, cut=True)
    pieces, cut = cut_at_corners(table)
    pd.testing.assert_frame_equal(pieces, table)
    assert len(cut) == 0


def test_a_bridge_is_not_joined_to_what_is_below():
    table = streets("LINESTRING (0 0, 40 0, 99 0)", "LINESTRING (50 -50, 50 50)")
    pieces, cut = cut_at_corners(table)
    assert drawn(pieces) == drawn(table)
    assert len(cut) == 0


def test_an_end_on_a_corner_cuts_and_other_columns_are_repeated():
    table = streets(
        "LINESTRING (0 9, 0 0)",
        "LINESTRING (-30 0, 0 0, 20 0, 60 0)",
        slope=[0.0, 0.1],
        oneway_foot=["both", "forward"],
    )
    table["length_m"] = [9.0, 180.0]
    pieces, cut = cut_at_corners(table)
    assert drawn(pieces) == [
        "LINESTRING (0 9, 0 0)",
        "LINESTRING (-30 0, 0 0)",
        "LINESTRING (0 0, 20 0, 60 0)",
    ]
    assert pieces["length_m"].tolist() == pytest.approx([9, 60, 120], rel=1e-4)
    assert pieces["slope"].tolist() == [0, 0.1, 0.1]
    assert pieces["oneway_foot"].tolist() == ["both", "forward", "forward"]
    assert cut.tolist() == [1]


def test_a_loop_is_cut_where_a_street_meets_it_and_one_that_meets_nothing_is_not():
    loop = "LINESTRING (0 0, 50 0, 50 50, 0 50, 0 0)"
    assert drawn(cut_at_corners(streets(loop))[0]) == [loop]
    pieces, _ = cut_at_corners(streets(loop, "LINESTRING (50 50, 90 90)"))
    assert drawn(pieces)[:2] == ["LINESTRING (0 0, 50 0, 50 50)", "LINESTRING (50 50, 0 50, 0 0)"]
    handle, _ = cut_at_corners(streets("LINESTRING (-9 0, 0 0, 50 0, 0 50, 0 0)"))
    assert drawn(handle) == ["LINESTRING (-9 0, 0 0)", "LINESTRING (0 0, 50 0, 0 50, 0 0)"]


def test_a_line_that_crosses_itself_at_a_corner_is_cut_there():
    pieces, cut = cut_at_corners(streets("LINESTRING (-50 0, 0 0, 50 0, 50 50, 0 50, 0 0, 0 -50)"))
    assert drawn(pieces) == [
        "LINESTRING (-50 0, 0 0)",
        "LINESTRING (0 0, 50 0, 50 50, 0 50, 0 0)",
        "LINESTRING (0 0, 0 -50)",
    ]
    assert pieces["length_m"].tolist() == pytest.approx([50, 200, 50], rel=1e-4)
    assert cut.tolist() == [0]


def test_lines_that_run_along_each_other_are_not_cut():
    way = "LINESTRING (0 0, 50 0, 50 50)"
    assert len(cut_at_corners(streets(way, "LINESTRING (50 50, 50 0, 0 0)"))[1]) == 0


def test_a_corner_given_twice_makes_no_piece_without_length():
    table = streets(
        "LINESTRING (0 0, 0 0, 50 0, 50 0, 90 0, 90 0)", "LINESTRING (50 0, 50 50)", "LINESTRING (0 0, 0 9)"
    )
    pieces, _ = cut_at_corners(table)
    assert pieces["length_m"].tolist() == pytest.approx([50, 40, 50, 9], rel=1e-4)


def test_the_pieces_join_as_the_corners_do():
    rng = np.random.default_rng(11)
    for _ in range(40):
        ways = [np.unique(rng.integers(0, 6, (5, 2)), axis=0) for _ in range(6)]
        ways = [rng.permutation(way) * 100.0 for way in ways if len(way) > 1]
        pieces, _ = cut_at_corners(streets(*(shapely.LineString(way).wkt for way in ways)))
        graph = nx.Graph()
        for way in ways:
            nx.add_path(graph, map(tuple, way))
        network = network_of(pieces, crs=6677)
        assert network.components().max() + 1 == nx.number_connected_components(graph)
        assert pieces["length_m"].sum() == pytest.approx(sum(shapely.LineString(way).length for way in ways))


def test_lines_that_were_cut_are_told_in_both_languages(tmp_path):
    same = "LINESTRING (0 9, 0 0)"
    table = streets(same, same, "LINESTRING (-30 0, 0 0, 60 0)")
    table.to_file(tmp_path / "a.geojson")
    told = read_streets(tmp_path / "a.geojson").attrs["left_aside"][-1]
    assert (told["file"], told["value"]) == ("a.geojson", "1 lines (number 3)")
    assert told["reason"] == "cut at the crossings they run through (nothing is lost)"
    with speaking("ja"):
        assert "交差点" in read_streets(tmp_path / "a.geojson").attrs["left_aside"][-1]["reason"]
