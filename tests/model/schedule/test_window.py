"""Many days at a time say what each day says alone."""

from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.model.schedule.days import (
    After,
    Dates,
    Day,
    Holidays,
    MonthDays,
    Moved,
    Nth,
    Obon,
    Period,
    Sometimes,
    Weekly,
    YearEnd,
)
from resourcemap.model.schedule.schedule import dates_between
from resourcemap.model.schedule.window import FIRST_YEAR, LAST_YEAR, window_of
from tests.model.schedule.strategies import schedules

windows = st.builds(
    lambda first, days: (first, date.fromordinal(first.toordinal() + days)),
    st.dates(date(2025, 12, 1), date(2028, 12, 31)),
    st.integers(0, 500),
)


@given(schedules, windows)
def test_rules_hold_on_the_same_days(schedule, window):
    days = window_of(*window)
    found = np.zeros(len(days), dtype=bool)
    for rule in schedule.rules:
        assert days.days_of_rule(rule).tolist() == [rule.holds(day) for day in days.days]
        found |= days.days_of_rule(rule)
    assert [day for day, holds in zip(days.days, found, strict=True) if holds] == dates_between(schedule, *window)


@cache
def holds(days, day):
    """Ask a day alone; the same few years come in nearly every window."""
    return days.holds(day)


@pytest.mark.parametrize(
    "days",
    [
        Weekly((1, 3), every=2, start=date(2026, 4, 9)),
        Weekly((1,), start=date(2026, 4, 9)),
        Nth((1, -1), (0, 6)),
        MonthDays((29, -1)),
        Holidays(),
        YearEnd(),
        Obon(),
        Dates((Day(2, 29), Day(12, 6, weekday=6), Day(12, 6, 2026), Day(2, 29, 2026))),
        Period(Day(12, 20), Day(1, 7)),
        Period(None, Day(6, 30, 2026)),
        After(After(Nth((2,), (6,)), 1), -20),
        Moved(Weekly((0,)), "nowhere"),
        Moved(Moved(Weekly((0, 2)), "next"), "next_weekday"),
        After(Moved(Weekly((0,)), "before"), 3),
        Sometimes(1, "month"),
    ],
)
@given(windows)
@example((date(2028, 2, 29), date(2028, 2, 29)))
def test_sets_of_every_form(days, window):
    found = window_of(*window)
    assert found.days_of(days).tolist() == [holds(days, day) for day in found.days]


def test_days_between_two_days():
    week = window_of(date(2026, 12, 1), date(2026, 12, 7))
    assert week.between(date(2026, 12, 3), date(2026, 12, 4)).tolist() == [False, False, True, True] + [False] * 3
    assert week.between(None, None).all()


@pytest.mark.parametrize("first", [date(2027, 1, 1), date(1899, 12, 31)])
def test_days_that_cannot_be_used(first):
    with pytest.raises(InputError, match="not after the last"):
        window_of(first, date(2026, 12, 31))
    assert (FIRST_YEAR, LAST_YEAR) == (1900, 2199)
