"""People in buildings and on meshes: nobody lost, nobody invented, everybody in their block."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.reach.dasymetric import people_in_buildings, people_on_meshes

AGES = ["age_0_14", "age_15_64", "age_65_over"]
CRS = 6677
# Three blocks side by side, the last one with borders that are not known.
SQUARES = [shapely.box(0, 0, 400, 400), shapely.box(400, 0, 800, 400), shapely.box(800, 0, 1200, 400)]
BLOCKS = gpd.GeoDataFrame({"block_id": ["a", "b", "c"], "approximate": [False, False, True]}, geometry=SQUARES, crs=CRS)


def people_of(numbers):
    table = pd.DataFrame(np.array(numbers).reshape(-1, 4), columns=[*AGES, "unknown"])
    total = table.sum(axis=1)
    points = gpd.GeoSeries(SQUARES, crs=CRS).centroid[: len(table)]
    made = gpd.GeoDataFrame(table[AGES].assign(total=total), geometry=points)
    made.insert(0, "block_id", ["a", "b", "c"][: len(table)])
    return made


def sums(people):
    return people.groupby("block_id")[["total", *AGES]].sum()


def as_set(people):
    return sorted(
        map(
            tuple,
            pd.DataFrame(people.drop(columns="geometry"))
            .assign(at=people.geometry.to_wkt())[["block_id", "total", *AGES, "at"]]
            .to_numpy()
            .tolist(),
        )
    )


def assert_kept(people, spread):
    pd.testing.assert_frame_equal(sums(spread), sums(people), check_dtype=False)
    assert (spread[["total", *AGES]] >= 0).all(axis=None)
    assert (spread[AGES].sum(axis=1) <= spread["total"]).all()
    order = spread["block_id"].map({"a": 0, "b": 1, "c": 2})
    assert order.is_monotonic_increasing
    shapes = BLOCKS.set_index("block_id").geometry.loc[spread["block_id"]].buffer(1e-6)
    assert shapes.intersects(spread.geometry.to_crs(CRS), align=False).all()


houses = st.lists(
    st.tuples(st.integers(0, 119), st.integers(0, 39), st.integers(0, 20), st.sampled_from([None, 0, 1, 2, 30])),
    max_size=25,
    unique_by=lambda house: house[:2],
)
numbers = st.lists(st.integers(0, 60), min_size=12, max_size=12)


def buildings_of(rows):
    shapes = [
        shapely.box(x * 10, y * 10, x * 10 + size / 3.1, y * 10 + 9) if size else shapely.Point(x * 10 + 1, y * 10 + 1)
        for x, y, size, _ in rows
    ]
    return gpd.GeoDataFrame({"storeys": pd.Series([row[3] for row in rows], dtype=float)}, geometry=shapes, crs=CRS)


@given(numbers, houses, st.randoms())
@settings(max_examples=25, deadline=None)
def test_people_in_buildings_are_conserved_in_any_order(counts, rows, chance):
    people, buildings = people_of(counts), buildings_of(rows)
    spread = people_in_buildings(people, BLOCKS, buildings, floors="storeys")
    assert_kept(people, spread)
    shuffled = list(range(len(buildings)))
    chance.shuffle(shuffled)
    again = people_in_buildings(people, BLOCKS, buildings.iloc[shuffled], floors="storeys")
    assert as_set(again) == as_set(spread)
    backwards = people_in_buildings(people.iloc[::-1], BLOCKS.iloc[::-1], buildings, floors="storeys")
    assert as_set(backwards) == as_set(spread)


@given(numbers, st.lists(st.integers(0, 5), min_size=21, max_size=21), st.sampled_from([0, 60, 150]))
@settings(max_examples=25, deadline=None)
def test_people_on_meshes_are_conserved(counts, totals, metres):
    people = people_of(counts)
    corners = [(x * 190 - 60, y * 190 - 90) for x in range(7) for y in range(3)]
    squares = [shapely.box(x, y, x + 190, y + 190) for x, y in corners]
    meshes = gpd.GeoDataFrame({"total": totals}, geometry=squares, crs=CRS)
    spread = people_on_meshes(people, BLOCKS, meshes, metres=metres)
    assert_kept(people, spread)
    assert as_set(people_on_meshes(people, BLOCKS, meshes.iloc[::-1], metres=metres)) == as_set(spread)


def test_people_go_by_floor_space():
    shapes = [shapely.box(0, 0, 10, 10), shapely.box(100, 0, 110, 20), shapely.box(200, 0, 210, 10)]
    buildings = gpd.GeoDataFrame({"storeys": [1, None, 0], "h": [30, 9.2, None]}, geometry=shapes, crs=CRS)
    people = people_of([14, 50, 40, 0])

    def divided(**columns):
        spread = people_in_buildings(people, BLOCKS, buildings.to_crs(4326), **columns)
        return spread["total"].iloc[np.argsort(spread.geometry.x)].tolist()

    assert divided() == [26, 52, 26]
    assert divided(floors="storeys") == [26, 52, 26]
    assert divided(floors="storeys", height="h") == [13, 78, 13]  # of 1, 3 and 1 floors
    assert divided(height="h") == [61, 37, 6]  # of 10, 3 and 1 floors: 61.2, 36.7, 6.1


def test_each_age_is_divided_by_the_largest_remainder_and_the_totals_stay_in_proportion():
    shapes = [shapely.box(x * 20, 0, x * 20 + 10, 10) for x in range(20)]
    people = people_of([7, 7, 7, 7])
    spread = people_in_buildings(people, BLOCKS, gpd.GeoDataFrame(geometry=shapes, crs=CRS))
    assert all(set(spread[age]) <= {0, 1} for age in AGES)
    assert set(spread["total"]) == {1, 2}  # 28 people in 20 equal houses


def test_only_dwellings_when_it_is_known_which_they_are():
    shapes = [shapely.box(0, 0, 10, 10), shapely.box(100, 0, 110, 10), shapely.box(500, 0, 510, 10), None]
    buildings = gpd.GeoDataFrame({"home": [True, None, False, True]}, geometry=shapes, crs=CRS)
    spread = people_in_buildings(people_of([1, 2, 3, 0] * 2), BLOCKS, buildings, dwelling="home", metres=100)
    assert len(spread[spread["block_id"] == "a"]) == 1
    assert len(spread[spread["block_id"] == "b"]) > 1
    assert spread.attrs["without_buildings"] == ["b"]


def test_blocks_of_which_nothing_is_known_are_spread_as_ever():
    nothing = gpd.GeoDataFrame({"total": []}, geometry=[], crs=CRS)
    people = people_of([5, 5, 5, 0] * 3)
    for spread, told in (
        (people_in_buildings(people, BLOCKS, nothing), "without_buildings"),
        (people_on_meshes(people, BLOCKS, nothing), "without_meshes"),
    ):
        assert_kept(people, spread)
        assert spread.attrs[told] == ["a", "b"]
        assert len(spread[spread["block_id"] == "c"]) == 1


def test_people_of_no_block_stay_where_they_are():
    people = people_of([5, 5, 5, 0]).assign(block_id="elsewhere")
    spread = people_in_buildings(people, BLOCKS, buildings_of([(1, 1, 9, 1)]))
    assert spread["total"].tolist() == [15]
    assert spread.geometry.to_crs(CRS).iloc[0].distance(people.geometry.iloc[0]) < 1e-6


def test_a_column_that_is_not_there_is_told():
    with pytest.raises(InputError, match="Buildings have no column storys"):
        people_in_buildings(people_of([1, 1, 1, 1]), BLOCKS, buildings_of([(1, 1, 9, 1)]), floors="storys")


def test_a_mesh_of_the_park_gets_nobody():
    meshes = gpd.GeoDataFrame(
        {"total": [0, 40]}, geometry=[shapely.box(0, 0, 200, 400), shapely.box(200, 0, 400, 400)], crs=CRS
    )
    spread = people_on_meshes(people_of([1, 2, 3, 4]), BLOCKS, meshes, metres=50)
    assert (spread.geometry.to_crs(CRS).x > 200).all()
    assert spread["total"].sum() == 10
