"""People stay in their block, to the person."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest

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


def test_a_block_smaller_than_the_grid_keeps_its_one_point(people, town):
    spread = spread_people(people, town[0], metres=5000)
    assert len(spread) == 12
    assert spread.geometry.geom_equals_exact(people.geometry, 1e-9).all()


def test_an_approximate_block_keeps_its_point(people, town):
    blocks = town[0].assign(approximate=True)
    assert len(spread_people(people, blocks, metres=70)) == 12
