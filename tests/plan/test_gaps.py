"""Gaps: ranked by people, said in a sentence that is true."""

from __future__ import annotations

import pandas as pd
import pytest

from resourcemap.errors import InputError
from resourcemap.plan.gaps import gaps

ROW = {
    "system": "圏域",
    "area_id": "西",
    "area": "西",
    "approximate_area": False,
    "kind": "visit",
    "audience": "older",
    "audience_basis": "audience",
    "people": 100,
    "unknown_age": 0,
    "resources": 0,
    "approximate": 0,
    "visiting": 0,
    "visited": 0,
    "uncounted": 0,
    "within_500m": 0,
    "beyond_500m": 100,
    "nearest_median_m": float("nan"),
    "nearest_p90_m": float("nan"),
}


def table_of(*changes):
    return pd.DataFrame([ROW | change for change in changes])


def sentence_of(*changes):
    return gaps(table_of(*changes))["sentence"].iloc[0]


def test_a_kind_that_is_nowhere_is_said_to_be_nowhere():
    assert "訪問支援がどこにもありません" in sentence_of({})


def test_a_kind_that_visits_the_next_area_is_not_said_to_be_nowhere():
    next_door = {"area": "東", "area_id": "東", "visiting": 1, "visited": 40, "within_500m": 40, "beyond_500m": 60}
    sentence = sentence_of({}, next_door)
    assert "どこにも" not in sentence
    assert "65歳以上の100人全員に、訪問支援が届いていません。" in sentence


def test_visits_say_whom_they_reach():
    sentence = sentence_of({"visiting": 2, "visited": 30, "within_500m": 30, "beyond_500m": 70})
    assert "訪問して来る訪問支援が2件あり、30人に届いています。" in sentence


def test_doubts_stand_in_the_sentence():
    change = {"kind": "salon", "resources": 2, "approximate": 1, "uncounted": 3, "unknown_age": 12}
    near = {"nearest_median_m": 510.0, "nearest_p90_m": 900.0, "approximate_area": True}
    sentence = sentence_of(change | near)
    assert "西にあるサロンは2件（うち1件はおよその位置）です。" in sentence
    assert "場所の分からないサロンがほかに3件あり" in sentence
    assert "年齢の分からない12人は数えていません。" in sentence
    assert "区域の境界はおよその形です。" in sentence


def test_most_people_come_first_and_areas_without_a_gap_have_no_row():
    few = {"area": "東", "people": 10, "beyond_500m": 10}
    none = {"area": "北", "within_500m": 100, "beyond_500m": 0}
    assert gaps(table_of(few, {}, none))["area"].tolist() == ["西", "東"]


def test_a_distance_that_was_not_measured_is_refused():
    with pytest.raises(InputError, match="not measured at 800 m"):
        gaps(table_of({}), metres=800)
