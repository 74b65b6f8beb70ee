"""Schedules as plain values."""

import json

import pytest
from hypothesis import given, settings

from resourcemap.model.schedule.days import Dates, Day, Period, Sometimes, Weekly
from resourcemap.model.schedule.plain import from_plain, to_plain
from resourcemap.model.schedule.schedule import Rule, Schedule
from tests.model.schedule.strategies import schedules


@given(schedules)
@settings(deadline=None)
def test_there_and_back_through_json(schedule):
    assert from_plain(json.loads(json.dumps(to_plain(schedule)))) == schedule


def test_everything_travels():
    schedule = Schedule(
        (
            Rule(Sometimes(2, "month", (1,)), minutes=60),
            Rule(Dates((Day(4, 5, weekday=6),)), within=(Period(Day(4, 1)),)),
        ),
        remarks=("要予約",),
        leftover="春",
        conflicts=(("水", "火"),),
    )
    assert from_plain(json.loads(json.dumps(to_plain(schedule)))) == schedule


def test_the_first_day_of_a_fortnight_travels():
    from datetime import date

    fortnight = Schedule((Rule(Weekly((2,), 2, date(2026, 4, 1))),))
    assert from_plain(json.loads(json.dumps(to_plain(fortnight)))) == fortnight


def test_something_else_is_refused():
    with pytest.raises(TypeError, match="not a schedule"):
        from_plain({"is": "Day", "month": 4, "day": 5})
