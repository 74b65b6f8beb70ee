"""Schedules of any shape that a text can have, for Hypothesis."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from resourcemap.model.schedule.days import (
    After,
    Dates,
    Day,
    Holidays,
    MonthDays,
    Months,
    Moved,
    Nth,
    Obon,
    Period,
    Weekly,
    YearEnd,
    in_order,
)
from resourcemap.model.schedule.schedule import Rule, Schedule
from resourcemap.model.schedule.spans import Span


def chosen(values, **sizes):
    return st.lists(st.sampled_from(values), min_size=1, unique=True, **sizes).map(lambda found: tuple(sorted(found)))


weekdays = chosen(range(7))
some_weekdays = chosen(range(7), max_size=6)
weekly = weekdays.map(Weekly)
nth = st.builds(Nth, chosen((1, 2, 3, 4, 5)), some_weekdays)
last = st.builds(Nth, st.just((-1,)), some_weekdays)
month_days = chosen(range(1, 32), max_size=5).map(MonthDays)
months = chosen(range(1, 13), max_size=11).map(Months)
a_day = st.builds(lambda day: Day(day.month, day.day, day.year), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
dates = st.lists(a_day, min_size=1, max_size=4, unique=True).map(in_order)
after = st.builds(
    After, st.builds(Nth, chosen((1, 2, 3, 4)), st.integers(0, 6).map(lambda day: (day,))), st.sampled_from((1, -1))
)
moved = st.builds(Moved, nth, st.sampled_from(("next", "next_weekday", "next_week", "before")))
spans = st.lists(
    st.builds(
        lambda start, minutes: Span(start, start + minutes), st.integers(6 * 60, 15 * 60), st.integers(1, 8 * 60)
    ),
    max_size=2,
    unique=True,
).map(tuple)
off = st.one_of(nth, months, st.just(Holidays()), st.just(YearEnd()), st.just(Obon()))


@st.composite
def rules(draw):
    days = draw(st.one_of(weekly, nth, last, month_days, dates, after, moved))
    within = draw(st.lists(months, max_size=1)) if not isinstance(days, Dates | After) else []
    without = draw(st.lists(off, max_size=2, unique=True)) if not isinstance(days, Dates | Moved) else []
    without.sort(key=lambda each: not isinstance(each, Holidays))
    return Rule(days, draw(spans), tuple(within), tuple(each for each in without if each != days))


schedules = st.lists(rules(), min_size=1, max_size=3, unique=True).map(lambda found: Schedule(tuple(found)))
a_period = st.builds(Period, a_day, st.none())
