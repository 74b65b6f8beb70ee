"""What cannot be measured is refused in a sentence; what is merely empty gives zeros."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.measure.coverage import coverage
from resourcemap.measure.question import Question
from resourcemap.measure.tidy import by_area
from resourcemap.model.catalog import load_catalog
from resourcemap.reach.decay import Decay
from resourcemap.reach.slot_words import Slot, read_slot
from resourcemap.reach.straight import reach
from resourcemap.read.schedules.parse import read_schedule


def homes(**columns):
    made = {"total": [30, 70, 5], "age_0_64": [20, 50, 5], "age_65_over": [10, 20, 0]} | columns
    return gpd.GeoDataFrame(made, geometry=gpd.points_from_xy([0, 900, 5000], [0, 0, 0]), crs=6677)


def halls(**columns):
    made = {
        "kind": ["hiroba", "salon"],
        "activity_id": ["a", "b"],
        "status": "active",
        "place": "venue",
        "located": "given",
    }
    return gpd.GeoDataFrame(made | columns, geometry=gpd.points_from_xy([200, 800], [0, 0]), crs=6677)


def town():
    return gpd.GeoDataFrame(
        {"system": ["市"], "area_id": ["1"], "area": ["みほん市"]}, geometry=[shapely.box(-9, -9, 1000, 9)], crs=6677
    )


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ({"total": [30, np.nan, 5]}, r"People: 1 rows of total are negative or not numbers \(1\)\. Give numbers"),
        ({"total": [30, -1, -5]}, r"People: 2 rows of total are negative or not numbers \(1, 2\)"),
        ({"total": ["30", "many", "5"]}, r"People: 1 rows of total are negative or not numbers \(1\)"),
        ({"total": [30, np.inf, 5]}, r"People: 1 rows of total are negative or not numbers \(1\)"),
        ({"age_65_over": [10, np.nan, 0]}, r"People: 1 rows of age_65_over are negative or not numbers \(1\)"),
        ({"age_65_over": [10, -2, 0]}, r"People: 1 rows of age_65_over are negative or not numbers \(1\)"),
        ({"total": [30.5, 70, 5]}, r"People: 1 rows of total are not whole numbers \(0\)\. Count whole people\."),
        ({"age_65_over": [10, 21, 0]}, r"People: all ages together are more than total in 1 rows \(1\)\. Correct"),
    ],
)
def test_numbers_of_people_that_cannot_be(people, message):
    with pytest.raises(InputError, match=message):
        coverage(homes(**people), halls(), town())


def test_all_faults_are_told_at_once_and_in_japanese():
    wrong = homes(total=[-1, 70, 5], age_65_over=[0.5, 20, 0])
    with speaking("ja"), pytest.raises(InputError) as caught:
        coverage(wrong, halls(), town(), Question(audiences=["nobody"], measures=["withn"]))
    told = "\n".join(caught.value.faults)
    assert len(caught.value.faults) == 4
    for part in ("負の数か数でないものが1行", "小数が1行", "対象 nobody はありません", "数字 withn はありません"):
        assert part in told


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"kinds": ["salonn"]}, "Unknown kinds: salonn. Known: salon, "),
        ({"audiences": ["old"]}, "Unknown audiences: old. Known: everyone, older"),
        ({"combinations": [("salon", "foood")]}, "Unknown kinds: foood"),
        ({"measures": ["with_in"]}, "Unknown measures: with_in. Known: people, "),
        ({"slots": [read_slot("日 10:00-12:00")]}, "Slots need the schedules"),
        ({"slots": [Slot((1,), 0, 60, label="朝"), Slot((1,), 60, 90, label="朝")]}, "Several slots are called 朝"),
        ({"slots": [read_slot("2031-05-01 10:00-12:00")]}, "are not in the days looked at"),
        ({"kinds": ["salon"], "combinations": [("pantry", "salon")]}, "Combinations begin with pantry, not among"),
    ],
)
def test_names_that_are_not_known(asked, message):
    with pytest.raises(InputError, match=message):
        coverage(homes(), halls(), town(), Question(**asked))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"distances": []}, "Distances"),
        ({"distances": [500, -1]}, r"Distances \[-1\] make no sense"),
        ({"distances": [float("nan")]}, r"Distances \[nan\]"),
        ({"catchment": 0}, "A catchment of 0 makes no sense"),
        ({"at_least": 1.5}, "at_least of 1.5 makes no sense"),
        ({"borderline": -0.1}, "borderline of -0.1 makes no sense"),
        ({"verified_within": 0}, "verified_within of 0 months makes no sense"),
    ],
)
def test_questions_that_make_no_sense(asked, message):
    with pytest.raises(InputError, match=message):
        Question(**asked)


def test_a_resource_of_a_kind_that_the_catalogue_does_not_have_is_not_dropped_in_silence():
    with pytest.raises(InputError, match="Unknown kinds of resources: onsen"):
        coverage(homes(), halls(kind=["hiroba", "onsen"]), town())
    table = coverage(homes(), halls(kind=["hiroba", "onsen"]), town(), Question(kinds=["hiroba"]))
    assert set(table["kind"]) == {"hiroba"}


def test_a_kind_of_the_own_catalogue_is_measured():
    known = load_catalog()
    onsen = replace(known.kinds["hiroba"], id="onsen")
    catalog = replace(known, kinds={**known.kinds, "onsen": onsen})
    table = by_area(coverage(homes(), halls(kind=["hiroba", "onsen"]), town(), catalog=catalog))
    assert table.loc[table["kind"] == "onsen", "within_500m"].tolist() == [70, 0]


@pytest.mark.parametrize("table", ["people", "resources", "areas"])
def test_tables_without_their_columns(table):
    given = {"people": homes(), "resources": halls(), "areas": town()}
    column = {"people": "total", "resources": "place", "areas": "area_id"}[table]
    given[table] = given[table].drop(columns=column)
    with pytest.raises(InputError, match=f"The table of {table} has no column {column}"):
        coverage(*given.values())


def test_schedules_of_another_table():
    with pytest.raises(InputError, match="There are 1 schedules and 2 resources"):
        coverage(homes(), halls(), town(), schedules=pd.Series([read_schedule("毎日")]))


def test_reach_that_is_too_short_or_of_other_tables():
    short = reach(homes(), halls(), metres=700)
    with pytest.raises(
        InputError, match=r"Reach was listed up to 700 m, and 1000 m are needed\. Make it with metres=1"
    ):
        coverage(homes(), halls(), town(), reach=short)
    long = reach(homes(), halls(), metres=1000)
    with pytest.raises(InputError, match="Reach names rows that the people or the resources do not have"):
        coverage(homes().iloc[:1], halls(), town(), reach=long)
    with pytest.raises(InputError, match="Reach names rows"):
        coverage(homes(), halls().iloc[:1], town(), reach=long)


@pytest.mark.parametrize("metres", [300.0, 1000.0, 1100.0, 1230.0])
def test_reach_just_as_far_as_the_question_asks_is_far_enough(metres):
    question = Question(distances=[metres], catchment=100)
    assert question.farthest == metres + 0.1 * metres
    long = reach(homes(), halls(), metres=question.farthest)
    with_reach = coverage(homes(), halls(), town(), question, reach=long)
    pd.testing.assert_frame_equal(with_reach, coverage(homes(), halls(), town(), question))


def test_a_decay_that_reaches_farther_makes_reach_go_as_far():
    assert Question(decay=Decay(2500, "gaussian")).farthest == 2500


def test_the_office_of_a_visiting_service_in_a_given_reach_is_no_visit():
    people = homes(block_id=["b1", "b2", "b2"])
    table = halls(kind="visit", place=["venue", "served_area"], serves=[None, "本町"])
    served = pd.DataFrame({"resource": [1], "block_id": ["b1"]})
    given = reach(people, table, metres=1000, served=served)
    with_reach = coverage(people, table, town(), reach=given)
    assert by_area(with_reach)["visited"].tolist() == [10]
    pd.testing.assert_frame_equal(with_reach, coverage(people, table, town(), served=served))


def test_the_dates_of_resources_hold_on_the_day_looked_at(monkeypatch):
    table = halls(valid_to=["2026-03-31", None], kind="hiroba")
    on = {
        day: by_area(coverage(homes(), table, town(), on=day))["resources"].iloc[0]
        for day in (date(2026, 3, 31), date(2026, 4, 1))
    }
    assert list(on.values()) == [2, 1]
    monkeypatch.setattr("resourcemap.measure.coverage.today", lambda: date(2026, 4, 1))
    assert by_area(coverage(homes(), table, town()))["resources"].iloc[0] == 1, "today when not given"


def test_no_resource_of_a_kind_gives_zeros():
    question = Question(distances=[500], kinds=["pantry"], slots=[read_slot("日 10:00-12:00")], verified_within=6)
    schedules = pd.Series([read_schedule("毎日 9:00〜17:00")] * 2)
    table = coverage(homes(), halls(), town(), question, schedules=schedules)
    rows = table[table["area_id"] == "1"].set_index(["measure", "slot"])["value"]
    zeros = ("within", "resources", "reaching", "days_per_month", "seat_hours", "access_2sfca", "seats_available")
    assert rows[[(measure, "") for measure in zeros]].tolist() == [0] * len(zeros)
    assert rows["within", "日 10:00-12:00"] == rows["within_or_unknown", "日 10:00-12:00"] == 0
    assert rows["beyond", ""] == 100
    assert rows["fgt_2", ""] == 1
    assert np.isnan(rows[["nearest_mean_m", "gini", "palma"]].to_numpy()).all()


def test_no_resources_at_all():
    nothing = halls().iloc[:0]
    assert len(coverage(homes(), nothing, town())) == 0
    table = by_area(coverage(homes(), nothing, town(), Question(kinds=["salon"]), schedules=pd.Series(dtype=object)))
    assert table["within_500m"].tolist() == [0]
    assert table["people"].tolist() == [30]
    slots = Question(kinds=["salon"], slots=[read_slot("日 10:00-12:00")])
    assert (coverage(homes(), nothing, town(), slots, schedules=pd.Series(dtype=object))["slot"] != "").any()


def test_no_areas_leave_the_whole():
    table = coverage(homes(), halls(), town().iloc[:0])
    assert set(table["system"]) == {"全体"}
    assert table.loc[table["measure"] == "people", "value"].tolist() == [30, 105]


def test_everyone_at_one_point_and_one_person():
    crowd = homes().set_geometry(gpd.points_from_xy([100] * 3, [0] * 3), crs=6677)
    hiroba = by_area(coverage(crowd, halls(), town(), Question(distances=[100], kinds=["hiroba"])))
    assert hiroba[["within_100m", "nearest_p90_m"]].to_numpy().tolist() == [[105, 100.0]]
    alone = homes().iloc[:1].assign(total=1, age_0_64=0, age_65_over=1)
    table = coverage(alone, halls(capacity=[10, 10]), town(), Question(kinds=["hiroba"], distances=[500]))
    rows = table[table["system"] == "市"].set_index("measure")["value"]
    assert rows[["people", "within", "access_2sfca", "gini", "palma"]].tolist() == pytest.approx([1, 1, 10, 0, 1])


def test_people_without_a_point_are_refused():
    lost = homes().set_geometry(gpd.GeoSeries([shapely.Point(0, 0), None, shapely.Point(9, 9)], crs=6677))
    with pytest.raises(InputError):
        coverage(lost, halls(), town())


def test_a_capacity_below_zero_is_refused():
    with pytest.raises(InputError, match="1 are negative"):
        coverage(homes(), halls(capacity=[-5, 10]), town())


def test_a_combination_is_answered_where_its_first_kind_does_not_occur():
    table = coverage(homes(), halls(), town(), Question(combinations=[("pantry", "salon")]))
    lacking = table[table["measure"] == "lacking"]
    assert set(lacking["kind"]) == {"pantry"}
    assert lacking["value"].eq(0).all()


@pytest.mark.parametrize("index", [["a", "b"], [7, 7], [5, 3]])
def test_the_index_of_the_tables_does_not_matter(index):
    schedules = pd.Series([read_schedule("毎日 9:00〜17:00"), read_schedule("毎週水曜")])
    question = Question(slots=[read_slot("日 10:00-12:00")], verified_within=6)
    columns = {"capacity": [5, 9], "verified_on": ["2026-10-01", None], "valid_to": [None, "2027-03-01"]}
    on = date(2026, 11, 1)
    expected = coverage(homes(), halls(**columns), town(), question, schedules=schedules, on=on)
    people = homes().set_axis(index + index[:1])
    resources = halls(**columns).set_axis(index)
    found = coverage(people, resources, town().set_axis([9]), question, schedules=schedules.set_axis(index), on=on)
    pd.testing.assert_frame_equal(found, expected)
