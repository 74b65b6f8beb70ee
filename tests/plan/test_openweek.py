"""The week of a generation: whom something is open for, and what may be."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from resourcemap.model.schedule.days import Weekly
from resourcemap.model.schedule.schedule import Rule, Schedule
from resourcemap.model.schedule.spans import Span
from resourcemap.plan.openweek import HOURS, open_week
from resourcemap.plan.situation import Situation

MONDAY = Schedule((Rule(Weekly((0,)), (Span(600, 720),)),))
TUESDAY = Schedule((Rule(Weekly((1,)), (Span(900, 960),)),))


@pytest.fixture
def situation():
    """Ten children and twenty older people at one end, thirty older people at the other."""
    homes = gpd.GeoDataFrame(
        {"total": [30, 30], "age_0_14": [10, 0], "age_65_over": [20, 30]},
        geometry=gpd.points_from_xy([0, 900], [0, 0]),
        crs=6677,
    )
    places = gpd.GeoDataFrame(
        {
            "kind": ["salon", "kids_cafeteria", "hiroba"],
            "activity_id": list("abc"),
            "status": "active",
            "place": "venue",
            "located": "given",
            "audience": [None, None, "children"],
        },
        geometry=gpd.points_from_xy([100, 0, 900], [0] * 3),
        crs=6677,
    )
    town = gpd.GeoDataFrame(
        {"system": "圏域", "area_id": ["1"], "area": ["本町"]}, geometry=[box(-9, -9, 999, 9)], crs=6677
    )
    schedules = pd.Series([MONDAY, TUESDAY, Schedule()])
    return Situation(homes, places, town, schedules=schedules, on=date(2026, 11, 1))


def cell(week, group, weekday, hour):
    own = week[(week["group"] == group) & (week["weekday"] == weekday) & (week["start"] == hour * 60)]
    return own[["people", "within", "within_or_unknown"]].to_numpy().tolist()


def test_everyone_counts_all_kinds_a_generation_its_own(situation):
    week = open_week(situation, ["salon", "kids_cafeteria", "hiroba"], metres=500, at_least=0.15)
    assert list(week["group"].unique()) == ["everyone", "older", "children"]
    assert cell(week, "everyone", 0, 9) == [[60, 30, 60]]  # the hall at the other end may be open
    assert cell(week, "older", 0, 9) == [[50, 20, 20]]  # it is for children, its row says
    assert cell(week, "older", 1, 15) == [[50, 0, 0]]
    assert cell(week, "children", 1, 15) == [[10, 10, 10]]


def test_a_row_per_day_and_time_with_shares(situation):
    week = open_week(situation, ["salon"], metres=500, at_least=0.15)
    assert len(week) == 2 * 7 * len(HOURS)  # no kind is for children
    found = week[(week["group"] == "older") & (week["within"] > 0)]
    assert found[["weekday", "start", "end", "share_within"]].to_numpy().tolist() == [[0, 540, 720, 0.4]]


def test_without_ages_there_is_everyone_alone(situation):
    plain = Situation(
        situation.people[["total", "geometry"]],
        situation.resources,
        situation.areas,
        schedules=situation.schedules,
        on=situation.on,
    )
    assert set(open_week(plain, ["salon", "kids_cafeteria"], metres=500, at_least=0.15)["group"]) == {"everyone"}
