"""Joining streets into a network, and what is wrong with some."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from resourcemap.errors import CRSError, InputError
from resourcemap.language import speaking
from resourcemap.reach.graph import graph_of, nearest_on_network
from resourcemap.reach.network import network_of


def streets(*lines, **columns):
    shapes = gpd.GeoSeries.from_wkt(lines, crs=6677)
    return gpd.GeoDataFrame({"length_m": shapes.length, **columns}, geometry=shapes)


def ways(network):
    graph = network.graph
    head = np.repeat(np.arange(graph.nodes), np.diff(graph.start))
    return sorted(zip(graph.tail.tolist(), head.tolist(), graph.metres.tolist(), strict=True))


def test_of_parallel_streets_the_shortest_stays_and_rings_lead_nowhere():
    table = streets("LINESTRING (0 0, 30 40)", "LINESTRING (30 40, 0 40, 0 0)", "LINESTRING (0 0, 9 9, 9 0, 0 0)")
    network = network_of(table)
    assert ways(network) == [(0, 1, 50.0), (1, 0, 50.0)]
    assert len(network.lines) == 3


def test_directions_steps_and_closures_are_those_of_the_profile():
    lines = [f"LINESTRING ({x} 0, {x + 50} 0)" for x in (0, 50, 100, 150, 200)]
    table = streets(
        *lines,
        oneway_foot=["forward", "backward", "both", None, "both"],
        closed=[None, None, "wheels", "everyone", None],
        steps=[False, False, False, False, True],
    )
    adult, stroller = network_of(table), network_of(table, profile="stroller")
    assert adult.rows.tolist() == [0, 1, 2, 4]
    assert stroller.rows.tolist() == [0, 1]
    assert np.isfinite(adult.minutes).tolist() == [[True, False], [False, True], [True, True], [True, True]]


def test_a_slope_slows_in_one_direction_and_is_too_steep_in_both():
    table = streets("LINESTRING (0 0, 80 0)", slope=[0.1])
    up, down = network_of(table).minutes[0]
    assert (up, down) == pytest.approx((np.exp(0.35), 1.0))
    with pytest.raises(InputError, match=r"none that may be taken \(wheelchair\)"):
        network_of(table, profile="wheelchair")


@pytest.mark.parametrize("length", [0.0, -1.0, np.nan, np.inf])
def test_streets_without_a_length_are_refused(length):
    table = streets("LINESTRING (0 0, 80 0)", "LINESTRING (80 0, 90 0)")
    table.loc[1, "length_m"] = length
    with pytest.raises(InputError, match=r"length above 0 \(1\)|1 of 2 rows have no length_m"):
        network_of(table)


def test_what_is_no_line_is_refused_in_both_languages():
    table = streets("LINESTRING (0 0, 80 0)", "POINT (0 0)", "LINESTRING EMPTY").assign(length_m=1.0)
    with pytest.raises(InputError, match=r"2 rows that are no lines \(1, 2\)"):
        network_of(table)
    with speaking("ja"), pytest.raises(InputError, match="線でない行が2行"):
        network_of(table)


def test_streets_without_a_crs_lengths_or_rows_are_refused():
    table = streets("LINESTRING (0 0, 80 0)")
    with pytest.raises(CRSError, match="has no CRS"):
        network_of(table.set_crs(None, allow_override=True))
    with pytest.raises(InputError, match="no column for length_m"):
        network_of(table[["geometry"]])
    with pytest.raises(InputError, match="direction"):
        network_of(table.assign(oneway_foot="direction"))
    with pytest.raises(InputError, match="none that may be taken"):
        network_of(table.iloc[:0], crs=6677)


def test_the_given_table_is_not_changed():
    table = streets("LINESTRING (0 0, 80 0)", slope=[np.nan], steps=[None])
    before = table.copy()
    network_of(table)
    pd.testing.assert_frame_equal(table, before)


def test_ways_of_negative_length_are_refused():
    with pytest.raises(ValueError, match="0 metres"):
        graph_of(np.array([0]), np.array([1]), np.array([-1.0]), nodes=2)
    with pytest.raises(ValueError, match="0 metres"):
        graph_of(np.array([0]), np.array([1]), np.array([np.nan]), nodes=2)


def test_a_graph_without_ways_has_its_nodes():
    nothing = np.zeros(0, dtype=int)
    assert graph_of(nothing, nothing, np.zeros(0), nodes=3).nodes == 3


def test_nodes_that_are_none_are_refused():
    with pytest.raises(ValueError, match="0 to 1, but 0 to 2 are named"):
        graph_of(np.array([0]), np.array([2]), np.array([1.0]), nodes=2)
    graph = graph_of(np.array([0]), np.array([1]), np.array([1.0]), nodes=2)
    with pytest.raises(ValueError, match="-1 to -1 are named"):
        nearest_on_network(graph, [np.array([-1])], 500)
    with pytest.raises(ValueError, match="not a number"):
        nearest_on_network(graph, [np.array([1])], np.nan)
