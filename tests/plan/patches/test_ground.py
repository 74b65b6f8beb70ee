"""The ground is divided among the points of each block, and nothing of it is lost."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from resourcemap.plan.patches.ground import ground_of

METRES = "EPSG:6677"


def blocks_of(*shapes, **columns):
    names = [f"{number}丁目" for number in range(1, len(shapes) + 1)]
    table = {"block_id": [str(number) for number in range(len(shapes))], "block": names, "approximate": False}
    return gpd.GeoDataFrame(table | columns, geometry=list(shapes), crs=METRES)


def homes_of(*rows):
    """Make person points of block, east and north."""
    ids, east, north = zip(*rows, strict=True)
    table = {"block_id": pd.Series(ids, dtype=object), "total": [1] * len(rows)}
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(east, north), crs=METRES)


TWO = blocks_of(shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100))


def test_each_place_of_a_block_goes_to_its_nearest_point(town):
    blocks, people, _, _ = town
    ground = ground_of(people, blocks)
    shapes = blocks.to_crs(ground.crs).geometry.to_numpy()
    points = shapely.get_coordinates(people.to_crs(ground.crs).geometry)
    generator = np.random.default_rng(1)
    for block in range(len(blocks)):
        own = np.flatnonzero(people["block_id"].to_numpy() == blocks["block_id"].iloc[block])
        corners = np.reshape(shapes[block].buffer(-1).bounds, (2, 2))
        places = generator.uniform(*corners, (50, 2))
        nearest = own[cKDTree(points[own]).query(places)[1]]
        cells = ground.shapes[ground.cell[nearest]]
        assert shapely.distance(cells, shapely.points(places)).max() < 0.01


def test_cells_are_the_blocks(town):
    blocks, people, _, _ = town
    ground = ground_of(people, blocks)
    inside = ground.block >= 0
    sizes = np.bincount(ground.block[inside], weights=shapely.area(ground.shapes[inside]))
    assert sizes == pytest.approx(shapely.area(blocks.to_crs(ground.crs).geometry.to_numpy()))
    assert (ground.cell >= 0).all()


def test_points_outside_of_every_block_have_ground_beside_them(town):
    blocks, people, _, _ = town
    ground = ground_of(people, blocks)
    outside = ground.block < 0
    assert outside.sum() == people["block_id"].isna().sum()
    city = shapely.union_all(blocks.to_crs(ground.crs).geometry.to_numpy())
    assert shapely.area(shapely.intersection(ground.shapes[outside], city)).max() < 0.01


def test_points_at_one_place_share_a_cell():
    ground = ground_of(homes_of(("0", 30, 50), ("0", 30, 50), ("1", 150, 50)), TWO)
    assert ground.cell.tolist() == [0, 0, 1]


def test_one_point_has_the_whole_block():
    ground = ground_of(homes_of(("0", 30, 50)), TWO)
    assert ground.shapes[0].equals(TWO.geometry[0])


def test_a_point_without_a_block_belongs_to_the_one_it_lies_in():
    ground = ground_of(homes_of(("0", 30, 50), (None, 70, 50), (None, 150, 50)), TWO)
    assert ground.lives.tolist() == [0, 0, 1]
    assert shapely.area(ground.shapes[:2]).tolist() == pytest.approx([5000, 5000])


def test_a_point_far_from_its_block_joins_the_next_of_it():
    far = homes_of(("0", 30, 50), ("0", 70, 50), ("0", 9000, 50))
    assert ground_of(far, TWO).cell.tolist() == [0, 1, 1]


def test_a_point_without_a_place_has_no_cell():
    homes = homes_of(("0", 30, 50), ("0", 70, 50))
    homes.loc[0, "geometry"] = None
    assert ground_of(homes, TWO).cell.tolist() == [-1, 0]


def test_a_piece_behind_a_bend_goes_to_the_cell_it_touches():
    # A block like a U: the points of its left arm are nearer to the top of the right one than the bottom is.
    u = shapely.union_all([shapely.box(0, 0, 20, 300), shapely.box(0, 0, 100, 20), shapely.box(80, 0, 100, 300)])
    ground = ground_of(homes_of(("0", 10, 290), ("0", 50, 10), ("0", 90, 100)), blocks_of(u))
    assert (shapely.get_num_geometries(ground.shapes) == 1).all()
    assert shapely.area(ground.shapes).sum() == pytest.approx(u.area)


def test_without_blocks_points_have_what_is_near():
    grid = homes_of(*((None, 100 * x, 100 * y) for x in range(4) for y in range(4)))
    ground = ground_of(grid)
    inner = [5, 6, 9, 10]
    assert shapely.area(ground.shapes[ground.cell[inner]]).tolist() == pytest.approx([10_000] * 4)
    assert len(ground.first) == 24
    far = ground_of(homes_of((None, 0, 0), (None, 100, 0), (None, 400, 0), (None, 500, 0)))
    assert list(zip(far.first.tolist(), far.second.tolist(), strict=True)) == [(0, 1), (2, 3)]


def test_one_point_without_blocks():
    ground = ground_of(homes_of((None, 0, 0)), spacing=100)
    assert ground.shapes[0].area == pytest.approx(np.pi * 75**2, rel=0.01)


def test_blocks_of_one_name_are_told_apart_by_city():
    blocks = blocks_of(*TWO.geometry, block=["本町", "本町"], city=["北区", "南区"])
    assert ground_of(homes_of(("0", 30, 50)), blocks).names.tolist() == ["北区本町", "南区本町"]


def test_blocks_that_are_points_lend_their_names():
    points = blocks_of(shapely.Point(50, 50), shapely.Point(150, 50))
    ground = ground_of(homes_of(("0", 50, 50), ("1", 150, 50)), points)
    assert ground.lives.tolist() == [0, 1]
    assert ground.block.tolist() == [-1, -1]
    assert ground.first.tolist() == [0]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("01"), st.integers(0, 200), st.integers(0, 100)), min_size=1, max_size=25))
def test_no_ground_is_lost_or_given_twice(rows):
    ground = ground_of(homes_of(*rows), TWO)
    used = {row[0] for row in rows}
    assert shapely.area(ground.shapes).sum() == pytest.approx(10_000 * len(used))
    assert shapely.union_all(ground.shapes).area == pytest.approx(10_000 * len(used))
    assert (ground.cell >= 0).all()
