"""People stay in their block, to the person."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.reach.spread import spread_people


@pytest.fixture
def people(town):
    blocks, *_ = town
    ages = np.random.default_rng(1).integers(0, 40, (12, 3))
    return gpd.GeoDataFrame(
        {
            "block_id": blocks["block_id"],
            "total": ages.sum(axis=1) + 3,
            "age_0_14": ages[:, 0],
            "age_15_64": ages[:, 1],
            "age_65_over": ages[:, 2],
        },
        geometry=blocks.representative_point(),
        crs=4326,
    )


def test_every_column_keeps_its_sum_in_every_block(people, town):
    spread = spread_people(people, town[0], metres=70)
    sums = spread.groupby("block_id")[["total", "age_0_14", "age_15_64", "age_65_over"]].sum()
    assert (sums.to_numpy() == people.set_index("block_id").iloc[:, :-1].to_numpy()).all()
    assert len(spread) > 200


def test_points_differ_by_one_person_at_most(people, town):
    spread = spread_people(people, town[0], metres=70)
    ages = spread.groupby("block_id")["age_65_over"]
    assert (ages.max() - ages.min()).max() <= 1


def test_points_lie_in_their_block(people, town):
    spread = spread_people(people, town[0], metres=70)
    shapes = town[0].set_index("block_id").geometry
    assert all(shapes[row.block_id].covers(row.geometry) for row in spread.itertuples())


def test_a_block_far_smaller_than_the_grid_keeps_its_one_point(people, town):
    spread = spread_people(people, town[0], metres=50_000)
    assert len(spread) == 12
    assert spread.geometry.geom_equals_exact(people.geometry, 1e-9).all()


def test_a_small_block_has_a_finer_grid(people, town):
    sizes = {metres: spread_people(people, town[0], metres=metres).groupby("block_id").size() for metres in (150, 400)}
    side = np.sqrt(town[0].to_crs(6677).area.iloc[0])
    assert 300 < side < 500  # room for four points of the first grid, not of the second, which is halved once
    assert (sizes[150] >= 4).all()
    assert sizes[400].equals(spread_people(people, town[0], metres=200).groupby("block_id").size())
    assert spread_people(people, town[0], metres=0) is people


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=3, max_size=3),
    st.lists(st.integers(3, 400), min_size=3, max_size=3),
    st.integers(20, 300),
)
@settings(max_examples=30, deadline=None)
def test_people_are_conserved_in_any_order(numbers, sides, metres):
    ages = ["age_0_14", "age_15_64", "age_65_over"]
    shapes = [shapely.box(at * 500, 0, at * 500 + side, side / 2) for at, side in enumerate(sides)]
    blocks = gpd.GeoDataFrame({"block_id": list("abc"), "approximate": False}, geometry=shapes, crs=6677)
    people = blocks[["block_id"]].assign(**dict(zip(ages, np.array(numbers).T[:3], strict=True)))
    people = people.assign(total=np.sum(numbers, axis=1))
    people = gpd.GeoDataFrame(people, geometry=blocks.centroid, crs=6677)
    spread = spread_people(people, blocks, metres=metres)
    columns = ["total", *ages]
    assert spread.groupby("block_id")[columns].sum().equals(people.set_index("block_id")[columns])
    assert (spread[columns] >= 0).all(axis=None)
    assert (spread[ages].sum(axis=1) <= spread["total"]).all()
    around = blocks.set_index("block_id").buffer(1e-6).loc[spread["block_id"]]
    assert around.covers(spread.geometry.to_crs(6677), align=False).all()
    places = {each: spread.geometry.to_wkb()[spread["block_id"] == each].tolist() for each in "abc"}
    again = spread_people(people.iloc[::-1], blocks.iloc[[1, 2, 0]], metres=metres)
    assert {each: again.geometry.to_wkb()[again["block_id"] == each].tolist() for each in "abc"} == places
    assert again.groupby("block_id")[columns].sum().equals(spread.groupby("block_id")[columns].sum())
