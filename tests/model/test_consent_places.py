"""A place that may not be told: always the same point, which says no more than the block."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.model.consent import coarse_places

TOWN = shapely.box(139.7011, 35.7011, 139.7041, 35.7031)
WILD = shapely.box(139.7111, 35.7007, 139.7911, 35.7607)
BLOCKS = gpd.GeoDataFrame({"block": ["本町1丁目", "大字山"]}, geometry=[TOWN, WILD], crs="EPSG:4326")


def spot(lon, lat, blocks=BLOCKS):
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy([lon], [lat]), crs="EPSG:4326")
    row = coarse_places(table, blocks).iloc[0]
    return row["block"], row.geometry


inside = st.floats(0, 1, allow_nan=False)


@given(inside, inside)
def test_every_spot_of_a_block_gives_the_same_point(across, up):
    west, south, east, north = TOWN.bounds
    block, point = spot(west + across * (east - west), south + up * (north - south))
    assert block == "本町1丁目"
    assert point.equals(TOWN.point_on_surface())


@given(inside, inside)
def test_in_a_large_block_the_point_is_of_its_cell(across, up):
    west, south, east, north = WILD.bounds
    lon, lat = west + across * (east - west), south + up * (north - south)
    block, point = spot(lon, lat)
    assert block == "大字山"
    assert WILD.covers(point)
    column, row = np.floor(lon / (22.5 / 3600)), np.floor(lat / (15 / 3600))
    again = spot(*np.clip([(column + 0.3) * 22.5 / 3600, (row + 0.7) * 15 / 3600], [west, south], [east, north]))
    cell = shapely.box(column * 22.5 / 3600, row * 15 / 3600, (column + 1) * 22.5 / 3600, (row + 1) * 15 / 3600)
    if WILD.intersection(cell).area >= 0.4 * cell.area:
        assert cell.covers(point)
        assert again[1].equals(point)
    else:
        assert point.equals(WILD.point_on_surface())


def test_outside_all_blocks_the_middle_of_the_cell_stands():
    block, point = spot(139.5011, 35.5011)
    assert block is None
    assert point.equals(spot(139.5039, 35.5029)[1])
    assert spot(139.5011, 35.5011, None)[1].equals(point)


def test_what_has_no_point_gets_none_and_nothing_is_changed():
    table = gpd.GeoDataFrame(
        {"a": [1, 2]}, geometry=[None, shapely.Point(139.702, 35.702)], crs="EPSG:4326", index=[7, 3]
    )
    before = table.copy()
    places = coarse_places(table, BLOCKS)
    assert places.index.tolist() == [7, 3]
    assert places.geometry.isna().tolist() == [True, False]
    assert table.equals(before)
