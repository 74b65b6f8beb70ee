"""Series of any schedule say its days and hours, each once, as python-dateutil works them out."""

from __future__ import annotations

from datetime import date, datetime, time

from dateutil.rrule import rrulestr
from hypothesis import given, settings

from resourcemap.model.schedule.days import Dates, Day, Weekly
from resourcemap.model.schedule.schedule import Rule, Schedule, dates_between, hours_on
from resourcemap.model.schedule.spans import Span
from resourcemap.model.schedule.window import window_of
from resourcemap.publish.calendar.series import series_of
from tests.model.schedule.strategies import schedules

FIRST, LAST = date(2026, 11, 1), date(2027, 8, 31)
WINDOW = window_of(FIRST, LAST)


def days_of(series):
    if not series.rrule:
        assert series.first == series.last
        assert not series.without
        return [series.first]
    first, last = (datetime.combine(day, time()) for day in (series.first, series.last))
    days = [day.date() for day in rrulestr(series.rrule, dtstart=first).between(first, last, inc=True)]
    assert set(series.without) < set(days)
    return [day for day in days if day not in series.without]


@given(schedules)
@settings(max_examples=60)
def test_they_are_the_days_and_hours_of_the_schedule(schedule):
    found = [(day, series.span) for series in series_of(schedule, WINDOW) for day in days_of(series)]
    assert len(set(found)) == len(found)
    assert sorted({day for day, _ in found}) == dates_between(schedule, FIRST, LAST)
    for day in {day for day, _ in found}:
        spans = {span for each, span in found if each == day}
        assert (spans == set(hours_on(schedule, day) or [])) if None not in spans else hours_on(schedule, day) is None


def test_it_begins_and_ends_with_the_row():
    weekly = Schedule((Rule(Weekly((2,)), (Span(600, 720),)),))
    (series,) = series_of(weekly, WINDOW, date(2026, 12, 3), date(2026, 12, 23))
    assert (series.first, series.last) == (date(2026, 12, 9), date(2026, 12, 23))
    (single,) = series_of(weekly, WINDOW, date(2026, 12, 3), date(2026, 12, 9))
    assert (single.first, single.rrule) == (date(2026, 12, 9), "")
    assert series_of(weekly, WINDOW, date(2026, 12, 24), date(2026, 12, 24)) == []


def test_hours_after_midnight_of_the_day_before_are_days_one_by_one():
    late = Schedule((Rule(Weekly((5,)), (Span(1500, 1560),)),))
    assert {series.rrule for series in series_of(late, WINDOW)} == {""}


def test_more_exceptions_than_days_are_written_as_days():
    rare = Rule(Weekly((2,)), without=(Dates(tuple(Day(day.month, day.day, day.year) for day in WINDOW.days[9:-9])),))
    assert [series.rrule for series in series_of(Schedule((rare,)), WINDOW)] == [""] * 2
