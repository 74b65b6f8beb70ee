"""Numbers of places: reading order, one per venue, none for what has no point."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import Point

from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import release
from resourcemap.publish.paper.places import number_places

CATALOG = load_catalog()


def released(points, **columns):
    count = len(points)
    table = gpd.GeoDataFrame(
        {
            "resource_id": [str(number) for number in range(count)],
            "name": [f"名{number}" for number in range(count)],
            "kind": "salon",
            "place": "venue",
            "status": "active",
            "channels": "paper",
        }
        | columns,
        geometry=points,
        crs="EPSG:4326",
        index=pd.RangeIndex(100, 100 + count),
    )
    return release(table, "paper")


def test_numbers_run_from_north_to_south_and_west_to_east():
    grid = [Point(139 + x / 100, 35 - y / 100) for y in range(8) for x in range(4)]
    order = np.random.default_rng(0).permutation(len(grid))
    places = number_places(released([grid[position] for position in order]), catalog=CATALOG)
    assert places.numbers.tolist() == [position + 1 for position in order]


def test_several_activities_share_the_number_of_their_venue():
    points = [Point(139, 35), Point(139, 35), Point(139.1, 35), None]
    places = number_places(released(points, kind=["cafe", "salon", "salon", "salon"]), catalog=CATALOG)
    assert places.numbers.tolist()[:3] == [1, 1, 2]
    assert pd.isna(places.numbers.iloc[3])
    assert places.table["kinds"].tolist() == [("salon", "cafe"), ("salon",)]


def test_a_place_is_suspended_when_all_there_is():
    points = [Point(139, 35), Point(139, 35), Point(139.1, 35)]
    places = number_places(released(points, status=["active", "suspended", "suspended"]), catalog=CATALOG)
    assert places.table["suspended"].tolist() == [False, True]


def test_some_rows_have_numbers_of_their_own():
    shown = released([Point(139, 35), Point(139.1, 35), Point(139.2, 35)])
    places = number_places(shown, catalog=CATALOG, rows=shown.table.index[1:])
    assert places.numbers.to_dict() == {101: 1, 102: 2}
    assert places.table["name"].tolist() == ["名1", "名2"]


def test_nobody_has_a_number_where_there_is_no_place():
    places = number_places(released([None]), catalog=CATALOG)
    assert len(places) == 0
    assert places.numbers.isna().all()


def test_the_order_of_rows_changes_no_number():
    points = [Point(139.05, 35.01), Point(139.0, 35.2), Point(139.3, 35.1)]
    forth = number_places(released(points), catalog=CATALOG).table.geometry.tolist()
    back = number_places(released(points[::-1]), catalog=CATALOG).table.geometry.tolist()
    assert forth == back
