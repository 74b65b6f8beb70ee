"""The portraits of all areas say what the portrait of each one says."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from resourcemap.measure.question import Question
from resourcemap.measure.tidy import by_area
from resourcemap.plan.portrait import portrait
from resourcemap.plan.portraits import portraits
from resourcemap.plan.situation import Situation

KINDS = ["hiroba", "salon", "kids_cafeteria"]


@pytest.fixture(scope="module")
def situation():
    homes = gpd.GeoDataFrame(
        {"total": [30, 70, 5], "age_0_14": [10, 0, 0], "age_15_64": [10, 40, 5], "age_65_over": [8, 30, 0]},
        geometry=gpd.points_from_xy([0, 900, 5000], [0, 0, 0]),
        crs=6677,
    )
    halls = gpd.GeoDataFrame(
        {
            "kind": ["hiroba", "salon", "salon"],
            "activity_id": ["a", "b", "c"],
            "status": "active",
            "place": "venue",
            "located": ["given", "block", "not_found"],
        },
        geometry=[shapely.Point(200, 0), shapely.Point(800, 0), None],
        crs=6677,
    )
    boxes = [shapely.box(-50, -50, 500, 50), shapely.box(500, -50, 1000, 50), shapely.box(2000, 0, 2100, 100)]
    town = gpd.GeoDataFrame(
        {
            "system": "圏域",
            "area_id": ["1", "2", "3"],
            "area": ["本町", "東町", "空町"],
            "approximate": [False, True, False],
        },
        geometry=boxes,
        crs=6677,
    )
    return Situation(homes, halls, town, on=date(2026, 11, 1))


@pytest.fixture(scope="module")
def found(situation):
    table = by_area(situation.coverage(Question(distances=[500], kinds=KINDS, catchment=500)))
    return portraits(situation, table, kinds=KINDS)


@pytest.mark.parametrize("area", ["1", "2", "3"])
def test_people_and_doubts_are_those_of_the_portrait(situation, found, area):
    whole = portrait(situation, "圏域", area, kinds=KINDS, metres=500)
    people = whole.people[whole.people["generation"]].reset_index(drop=True)
    made = pd.DataFrame(found["圏域", area]["people"])[list(people)]
    pd.testing.assert_frame_equal(made, people, check_dtype=False)
    assert found["圏域", area]["doubts"] == list(whole.doubts)


def test_strengths_and_changes_stand_with_their_area(situation):
    table = by_area(situation.coverage(Question(distances=[500], kinds=KINDS, catchment=500)))
    told = pd.DataFrame(
        {
            "system": "圏域",
            "area_id": ["1", "1", "2"],
            "verdict": ["strength", "usual", "weakness"],
            "finding": ["よい", "ふつう", "足りない"],
            "sentence": "本町の強み: よい",
        }
    )
    changes = pd.DataFrame({"system": "圏域", "area_id": ["2", None], "sentence": ["始まった", "どこか"]})
    made = portraits(situation, table, kinds=KINDS, strengths=told, changes=changes)
    assert made["圏域", "1"]["strengths"] == ["よい"]
    assert "weaknesses" not in made["圏域", "1"]
    assert made["圏域", "2"]["weaknesses"] == ["足りない"]
    assert made["圏域", "2"]["changes"] == ["始まった"]
