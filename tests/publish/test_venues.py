"""Rows that share a venue, and rows that stand on one spot."""

from __future__ import annotations

import geopandas as gpd
from shapely import Point

from resourcemap.publish.venues import venues_of


def table(**columns):
    points = columns.pop("points")
    return gpd.GeoDataFrame({"place": "venue", **columns}, geometry=points, crs="EPSG:4326")


def test_a_venue_is_an_id_or_a_spot():
    points = [Point(139.7, 35), Point(139.7, 35), Point(139.8, 35), None]
    found = venues_of(table(name=list("ABCD"), venue_id=["v", "v", None, None], points=points))
    assert found.of.tolist() == [0, 0, 1, -1]
    assert found.names == ["A", "C"]


def test_the_most_exact_row_gives_the_position():
    points = [Point(139.7, 35), Point(139.71, 35)]
    found = venues_of(table(name=list("AB"), venue_id="v", located=["block", "lot"], points=points))
    assert (found.lon.tolist(), found.rough.tolist()) == ([139710000], [False])


def test_nobody_stands_nowhere():
    assert venues_of(table(name=["A"], points=[None])).names == []
