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


SPOTS = st.tuples(inside, inside)


def at(block, spot):
    west, south, east, north = block.bounds
    return west + spot[0] * (east - west), south + spot[1] * (north - south)


def parts_of(block, areas=None):
    """What share of the spots of a fine grid is in each part of a block: those for which one point stands."""
    steps = np.linspace(0.005, 0.995, 60)
    spots = [each.ravel() for each in np.meshgrid(steps, steps)]
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*at(block, spots)), crs="EPSG:4326")
    blocks = gpd.GeoDataFrame({"block": ["町"]}, geometry=[block], crs="EPSG:4326")
    points = coarse_places(table, blocks, areas).geometry
    return np.unique(shapely.get_coordinates(points), axis=0, return_counts=True)[1] / len(table)


@given(SPOTS)
def test_in_a_large_block_the_point_is_in_the_block_and_near(spot_):
    lon, lat = at(WILD, spot_)
    block, point = spot(lon, lat)
    assert block == "大字山"
    assert WILD.covers(point)
    # A part is a cell of 570 by 460 metres, or a few of them together.
    assert abs(point.x - lon) < 3 * 22.5 / 3600
    assert abs(point.y - lat) < 3 * 15 / 3600


@given(st.floats(0.004, 0.02), st.floats(0.003, 0.02), SPOTS)
def test_no_part_of_a_block_is_small_however_the_grid_cuts_it(wide, high, corner):
    west, south = 139.7 + corner[0] * 0.01, 35.7 + corner[1] * 0.01
    block = shapely.box(west, south, west + wide, south + high)
    cell = 22.5 / 3600 * 15 / 3600
    least = 0.4 * cell / block.area if block.area > cell else 1.0
    assert parts_of(block).min() >= min(least, 1.0) * 0.93


@given(st.floats(0, 1))
def test_a_border_of_areas_makes_no_small_part(share):
    west, south, east, north = TOWN.bounds
    middle = west + share * (east - west)
    areas = gpd.GeoDataFrame(
        geometry=[
            shapely.box(west - 1, south - 1, middle, north + 1),
            shapely.box(middle, south - 1, east + 1, north + 1),
        ],
        crs="EPSG:4326",
    )
    parts = parts_of(TOWN, areas)
    assert parts.min() >= 0.19
    assert len(parts) == (2 if 0.21 < share < 0.79 else 1) or 0.19 <= min(share, 1 - share) <= 0.21


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
