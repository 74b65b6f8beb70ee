"""What is asked of a schedule: dates, hours, slots, how often."""

from datetime import date

import pytest
from hypothesis import given, settings

from resourcemap.model.schedule.days import (
    Dates,
    Day,
    Holidays,
    MonthDays,
    Months,
    Nth,
    Period,
    Sometimes,
    Weekly,
    YearEnd,
)
from resourcemap.model.schedule.schedule import (
    Rule,
    Schedule,
    assumed,
    dates_between,
    hours_on,
    next_dates,
    open_in,
    per_month,
)
from resourcemap.model.schedule.spans import Span
from tests.model.schedule.strategies import off, schedules

YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
QUARTER = (date(2026, 10, 1), date(2026, 12, 31))
MORNING, NIGHT = Span(600, 720), Span(1320, 1560)


def of(*rules, **more):
    return Schedule(tuple(rules), **more)


def test_a_day_counts_once_when_two_rules_hold():
    both = of(Rule(Weekly((2,)), (MORNING,)), Rule(MonthDays((2,)), (Span(840),)))
    assert len(dates_between(both, date(2026, 12, 1), date(2026, 12, 8))) == 1
    assert hours_on(both, date(2026, 12, 2)) == [MORNING, Span(840)]


def test_hours_unknown_is_not_closed():
    assert hours_on(of(Rule(Weekly((2,)))), date(2026, 12, 2)) is None
    assert hours_on(of(Rule(Weekly((2,)))), date(2026, 12, 3)) == []


def test_next_dates_begin_with_the_day_itself_and_end_when_there_are_no_more():
    once = of(Rule(Dates((Day(12, 6, 2026),))))
    assert next_dates(once, date(2026, 12, 6)) == [date(2026, 12, 6)]
    assert next_dates(once, date(2026, 12, 7)) == []
    assert next_dates(of(Rule(Weekly((0,)))), date(2026, 12, 7), most=0) == []


@pytest.mark.parametrize(
    ("schedule", "weekday", "start", "end", "answer"),
    [
        (of(Rule(Weekly((6,)), (MORNING,))), 6, 660, 780, True),
        (of(Rule(Weekly((6,)), (MORNING,))), 6, 720, 780, False),
        (of(Rule(Weekly((6,)), (MORNING,))), 5, 660, 780, False),
        (of(Rule(Weekly((6,)))), 6, 660, 780, None),
        (of(Rule(Weekly((6,)), (Span(600),))), 6, 660, 780, None),
        (of(Rule(Weekly((6,)), (Span(600),))), 6, 540, 660, True),
        (of(Rule(Weekly((6,)), (Span(600),))), 6, 480, 600, False),
        (of(Rule(Weekly((6,)), (Span(None, 720),))), 6, 480, 600, None),
        (of(Rule(Weekly((6,)), (Span(None, 720),))), 6, 720, 780, False),
        (of(Rule(Weekly((5,)), (NIGHT,))), 6, 0, 60, True),
        (of(Rule(Weekly((5,)), (NIGHT,))), 6, 180, 240, False),
        (of(Rule(Weekly((5,)), (NIGHT,))), 5, 0, 60, False),
        (of(Rule(Sometimes(1, "month", (6,)))), 6, 660, 780, None),
        (of(Rule(Sometimes(1, "month", (6,)))), 0, 660, 780, False),
        (of(Rule(Sometimes())), 0, 660, 780, None),
        (of(Rule(Weekly((6,)), (MORNING,)), leftover="?"), 0, 660, 780, None),
        (of(Rule(Weekly((6,)), (MORNING,)), leftover="?"), 6, 660, 780, True),
        (of(Rule(Weekly((6,)), (MORNING,)), Rule(Weekly((6,)))), 6, 900, 960, None),
        (of(Rule(Dates((Day(12, 6, 2025),)), (MORNING,))), 5, 660, 780, False),
        (Schedule(), 6, 660, 780, None),
    ],
)
def test_open_in_a_slot(schedule, weekday, start, end, answer):
    assert open_in(schedule, weekday, start, end, **YEAR) is answer


def test_hours_past_midnight_belong_to_the_date_on_which_they_are():
    night = of(Rule(Weekly((5,)), (NIGHT,)))
    saturday, sunday = date(2026, 12, 5), date(2026, 12, 6)
    assert open_in(night, 6, 0, 60, first=sunday, last=sunday) is True
    assert open_in(night, 6, 0, 60, first=saturday, last=saturday) is False
    assert open_in(night, 5, 1380, 1440, first=saturday, last=saturday) is True


def test_days_without_the_weekday_have_no_such_slot():
    monday = date(2026, 12, 7)
    assert open_in(Schedule(), 6, 600, 660, first=monday, last=monday) is False
    assert open_in(Schedule(), 0, 600, 660, first=monday, last=monday) is None


@pytest.mark.parametrize(
    ("rules", "times"),
    [
        ([Rule(Nth((2, 4), (1,)))], 2.0),
        ([Rule(MonthDays((1, 15)))], 2.0),
        ([Rule(Nth((2,), (1,)), within=(Months((1, 3, 5)),))], 0.25),
        ([Rule(Sometimes(2, "month"))], 2.0),
        ([Rule(Sometimes(1, "week"))], 4.35),
        ([Rule(Sometimes(1, "month")), Rule(MonthDays((1,)))], 2.0),
        ([Rule(Sometimes())], None),
        ([Rule(Sometimes(0, "month", (2,)))], None),
        ([], None),
    ],
)
def test_how_often_a_month(rules, times):
    assert per_month(of(*rules), **YEAR) == times


def test_how_often_in_part_of_a_month():
    assert per_month(of(Rule(Weekly((0, 1, 2, 3, 4, 5, 6)))), first=date(2026, 6, 1), last=date(2026, 6, 15)) == 30.0


def test_what_was_taken_by_convention():
    undated = of(Rule(Dates((Day(4, 5),)), without=(YearEnd(),)))
    assert assumed(undated) == ["year_end", "every_year"]
    assert assumed(of(Rule(Weekly((1,)), within=(Period(Day(4, 1, 2026)),)))) == []


def test_how_much_was_understood():
    rule = Rule(Weekly((1,)))
    assert [of(rule).understood, of(rule, leftover="?").understood, of(leftover="?").understood] == [
        "all",
        "part",
        "none",
    ]
    assert of(conflicts=(("水", "火"),)).understood == "none"
    assert not of(rule, Rule(Sometimes())).dated


@given(schedules)
@settings(deadline=None)
def test_every_date_satisfies_a_rule_and_every_other_day_none(schedule):
    found = dates_between(schedule, *QUARTER)
    assert found == sorted(set(found))
    assert all(any(rule.holds(day) for rule in schedule.rules) for day in found)
    assert found == [day for day in next_dates(schedule, QUARTER[0], most=92) if day <= QUARTER[1]]


@given(schedules, off)
@settings(deadline=None)
def test_an_exception_never_adds_dates(schedule, without):
    fewer = Schedule(
        tuple(
            Rule(rule.days, rule.spans, rule.within, (*rule.without, without), rule.minutes) for rule in schedule.rules
        )
    )
    assert set(dates_between(fewer, *QUARTER)) <= set(dates_between(schedule, *QUARTER))
    assert not any(without.holds(day) for day in dates_between(fewer, *QUARTER))


@given(schedules)
@settings(deadline=None)
def test_schedules_can_be_keys(schedule):
    assert {schedule: 1}[Schedule(schedule.rules)] == 1


def test_a_holiday_is_taken_out():
    tuesdays = of(Rule(Weekly((1,)), without=(Holidays(),)))
    assert date(2026, 11, 3) not in dates_between(tuesdays, *QUARTER)
