"""The situation of a plan, and the small questions asked of it, on a street of five homes and four places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.measure.conditions import Often
from resourcemap.model.catalog import load_catalog
from resourcemap.plan.patches.unserved import patches_of
from resourcemap.plan.situation import Situation
from resourcemap.plan.standards.alternatives import alternatives, living_in
from resourcemap.plan.standards.closed_days import closed_days
from resourcemap.plan.standards.judging import judge, standard_figures
from resourcemap.plan.standards.lacking import lacking
from resourcemap.plan.standards.standard import Standard
from resourcemap.reach.slot_words import read_slot
from resourcemap.reach.streets import reach_streets
from resourcemap.read.schedules.parse import read_schedule

TEXTS = ["毎週水曜 10:00〜12:00", "月・火 13:00〜15:00", "月1回", "毎週土曜"]
NEAR = Standard("近い", ("salon",), "share_within", 0.9, audience="everyone", distance=250)


@pytest.fixture
def street():
    homes = gpd.GeoDataFrame(
        {"total": [10, 20, 30, 40, 50], "age_65_over": [1, 2, 3, 4, 5]},
        geometry=gpd.points_from_xy([0, 300, 600, 900, 5000], [0] * 5),
        crs=6677,
    )
    places = gpd.GeoDataFrame(
        {
            "activity_id": ["a", "b", "c", "d"],
            "name": ["水の会", "月火の会", "月いち", "土の会"],
            "kind": ["salon", "salon", "cafe", "salon"],
            "status": "active",
            "place": "venue",
            "located": "given",
        },
        geometry=gpd.points_from_xy([100, 350, 500, 1000], [0] * 4),
        crs=6677,
    )
    areas = gpd.GeoDataFrame(
        {"system": ["圏域", "圏域"], "area_id": ["1", "2"], "area": ["西", "東"], "approximate": False},
        geometry=[shapely.box(-50, -50, 450, 50), shapely.box(450, -50, 1100, 50)],
        crs=6677,
    )
    schedules = pd.Series([read_schedule(text) for text in TEXTS])
    return Situation(homes, places, areas, schedules=schedules, on=date(2026, 11, 1))


def test_who_lacks_is_told_point_by_point(street):
    found = lacking(street, NEAR, load_catalog())
    assert found.people.tolist() == [0, 0, 0, 0, 50]
    assert found.served.tolist() == [True, True, True, True, False]
    assert found.counted.tolist() == [10, 20, 30, 40, 50]
    weekly = lacking(street, replace(NEAR, when=Often(2)), load_catalog())
    assert weekly.people.tolist() == [10, 0, 0, 40, 50]
    in_area = lacking(street, Standard("x", ("salon",), "resources", 2, audience="older"), load_catalog())
    assert in_area.people.tolist() == [1, 2, 3, 4, 5]


def test_the_nearest_that_is_open_is_found_however_many_are_nearer(street):
    """Three salons are nearer to the west than one open on Saturdays; tables of reach list three."""
    more = pd.concat([street.resources.iloc[[0, 0, 0]].assign(activity_id=["x", "y", "z"]), street.resources])
    schedules = pd.Series([read_schedule(text) for text in [TEXTS[0]] * 3 + TEXTS])
    town = replace(street, resources=more.reset_index(drop=True), schedules=schedules)
    saturday = replace(NEAR, when=read_slot("土 終日"))
    west = judge(town, [saturday]).query("area == '西'").iloc[0]
    assert (west["nearest_position"], west["nearest_m"], west["without"]) == (6, 700.0, 30)


def test_along_streets_the_nearest_is_among_those_that_reach_lists(street):
    line = gpd.GeoDataFrame({"length_m": [6050.0]}, geometry=[shapely.LineString([(-50, 0), (6000, 0)])], crs=6677)
    walked = reach_streets(street.people, street.resources, line, metres=300)
    town = replace(street, reach=walked)
    table = judge(town, [NEAR])
    assert table["way"].unique().tolist() == ["streets adult"]
    assert table.query("area == '全体'")[["nearest_position", "nearest_m"]].to_numpy().tolist() == [[3, 4000.0]]
    assert "道のりで4,000m以内" in table["sentence"][0]


def test_of_equals_the_place_that_comes_first_is_nearest_for_most(street):
    found = lacking(street, NEAR, load_catalog())
    rows = [("圏域", -2), ("圏域", 0), ("圏域", -1)]
    place, metres = alternatives(
        street, found.reached, found.among, np.array([1, 0, 1, 0, 1]), rows, wanted=np.array([True, True, True])
    )
    assert place.tolist() == [0, 0, 3]
    assert metres.tolist() == [250.0, 100.0, 4000.0]
    assert living_in(street, "圏域", -1).tolist() == [False] * 4 + [True]


def test_days_without_opening_are_those_of_the_places_in_the_area(street):
    salons = (street.resources["kind"] == "salon").to_numpy()
    rows = [("圏域", 0), ("圏域", 1), ("圏域", -1), ("圏域", -2)]
    closed, perhaps = closed_days(street, salons, rows)
    # 毎週土曜 does not say its hours, but lies on the Saturday all the same.
    assert closed == ["木・金・土・日", "月・火・水・木・金・日", "月・火・水・木・金・土・日", "木・金・日"]
    assert perhaps == [""] * 4
    every = np.ones(4, dtype=bool)
    assert closed_days(street, every, rows[1:2]) == ([""], ["月・火・水・木・金・日"])
    assert closed_days(replace(street, schedules=None), salons, rows[:1]) == ([""], [""])


def test_no_resource_has_a_name_unless_it_was_released(street):
    assert street.shown(np.array([0, -1])).tolist() == [None, None]
    assert judge(street, [NEAR])["nearest"].isna().all()


def test_patches_are_of_standards_with_a_distance(street):
    nothing = patches_of(street, [Standard("x", ("salon",), "resources", 1)])
    assert len(nothing) == 0
    found = patches_of(street, [NEAR, replace(NEAR, name="週2", when=Often(2))], least=20)
    assert found[["standard", "people"]].to_numpy().tolist() == [["近い", 50], ["週2", 50], ["週2", 40]]
    assert found.attrs["fewer"] == {"近い": {"patches": 0, "people": 0}, "週2": {"patches": 1, "people": 10}}
    assert "週2回以上開くサロンから直線で250m以内に入らない住民が50人" in found["sentence"][1]


def test_what_a_situation_cannot_answer_is_refused_by_name(street):
    wrong = [
        (replace(NEAR, kinds=("saloon",)), "saloon"),
        (replace(NEAR, kinds=()), "there is no"),
        (replace(NEAR, measure="lacking"), "lacking"),
        (replace(NEAR, audience="oldies"), "oldies"),
        (replace(NEAR, systems=("学区",)), "学区"),
    ]
    for ask in (judge, standard_figures):
        with pytest.raises(InputError) as error:
            ask(street, [standard for standard, _ in wrong])
        assert len(error.value.faults) == len(wrong)
        for fault, (_, word) in zip(error.value.faults, wrong, strict=True):
            assert fault.startswith("[[standards]] 近い: ")
            assert word in fault
    with pytest.raises(InputError, match="schedules"):
        judge(replace(street, schedules=None), [replace(NEAR, when=Often(1))])


def test_nothing_asked_is_nothing_judged(street):
    assert len(judge(street, [])) == len(standard_figures(street, [])) == 0
