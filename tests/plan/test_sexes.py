"""Men and women of an area: by the people of their block, and not at all where one block does not say it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from resourcemap.plan.sexes import both, men_among


@pytest.fixture
def homes():
    table = {"block_id": ["1", "1", "2", "3"], "total": [30, 10, 8, 0], "age_0_64": [20, 0, 8, 0]}
    table |= {"age_65_over": [10, 10, 0, 0]}
    return gpd.GeoDataFrame(table, geometry=[None] * 4)


MEN = pd.DataFrame({"total": [21, 3], "age_0_64": [15, 3], "age_65_over": [6, 0]}, index=["1", "2"])


def counted(homes, men, inside):
    found = men_among(homes, men, np.array(inside))
    return None if found is None else found.to_dict("records")[0]


def test_a_block_that_is_divided_has_its_men_where_its_people_of_that_age_are(homes):
    assert counted(homes, MEN, [True, False, True, True]) == {"total": 19, "age_0_64": 18, "age_65_over": 3}
    assert counted(homes, MEN, [True] * 4) == {"total": 24, "age_0_64": 18, "age_65_over": 6}


def test_nothing_is_said_where_it_is_not_known_of_everybody(homes):
    assert counted(homes, MEN.drop("2"), [True] * 4) is None
    assert counted(homes, MEN.drop("2"), [True, True, False, True]) == {"total": 21, "age_0_64": 15, "age_65_over": 6}
    assert counted(homes, MEN.drop(columns="age_0_64"), [True] * 4) is None
    assert counted(homes, None, [True] * 4) is None
    assert both({"people": 4}, None, 3, here=4, everywhere=9) == {"people": 4}


def test_women_are_the_others_and_shares_are_of_everyone():
    row = both({"people": 4, "share_whole": 0.5}, 1, 2, here=8, everywhere=10)
    assert (row["men"], row["women"], row["share_men"], row["share_women"]) == (1, 3, 0.125, 0.375)
    assert (row["share_men_whole"], row["share_women_whole"]) == (0.2, 0.3)
    assert np.isnan(both({"people": 0, "share_whole": 0.5}, 0, 2, here=0, everywhere=10)["share_men"])
