"""Sets of days, on calendars that can be checked by hand."""

from datetime import date, timedelta

import pytest

from resourcemap.model.schedule.days import (
    EVERY_DAY,
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
    Sometimes,
    Weekly,
    YearEnd,
    contains,
    weekdays_of,
)

MONDAY, TUESDAY, WEDNESDAY, SATURDAY, SUNDAY = (0,), (1,), (2,), (5,), (6,)


def days_of(days, first, last):
    count = (last - first).days + 1
    return [day.isoformat()[5:] for day in (first + timedelta(days=by) for by in range(count)) if days.holds(day)]


def in_december(days):
    return days_of(days, date(2026, 12, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("days", "december"),
    [
        (Weekly(WEDNESDAY), ["12-02", "12-09", "12-16", "12-23", "12-30"]),
        (Weekly(WEDNESDAY, 2, date(2026, 11, 25)), ["12-09", "12-23"]),
        (Weekly(WEDNESDAY, 2, date(2026, 12, 16)), ["12-16", "12-30"]),
        (Nth((2, 4), TUESDAY), ["12-08", "12-22"]),
        (Nth((5,), TUESDAY), ["12-29"]),
        (Nth((5,), SATURDAY), []),
        (Nth((-1,), SATURDAY), ["12-26"]),
        (Nth((-1, 4), TUESDAY), ["12-22", "12-29"]),
        (MonthDays((10, -1)), ["12-10", "12-31"]),
        (Dates((Day(12, 6, 2026), Day(12, 7, 2027), Day(12, 8))), ["12-06", "12-08"]),
        (Dates((Day(12, 6, weekday=6), Day(12, 7, weekday=6))), ["12-06"]),
        (Period(Day(12, 30), Day(1, 2)), ["12-30", "12-31"]),
        (Period(Day(11, 1, 2026), Day(12, 2, 2026)), ["12-01", "12-02"]),
        (Period(Day(12, 30, 2026)), ["12-30", "12-31"]),
        (Period(None, Day(12, 1, 2026)), ["12-01"]),
        (YearEnd(), ["12-29", "12-30", "12-31"]),
        (After(Nth((1,), SUNDAY), 1), ["12-07"]),
        (After(Nth((1,), SUNDAY), -1), ["12-05"]),
        (Holidays(), []),
        (Sometimes(1, "month"), []),
    ],
)
def test_days_of_december(days, december):
    assert in_december(days) == december


def test_the_day_after_may_lie_in_the_next_month():
    assert days_of(After(MonthDays((-1,)), 1), date(2026, 11, 30), date(2026, 12, 2)) == ["12-01"]


def test_obon_and_months():
    assert days_of(Obon(), date(2026, 8, 1), date(2026, 8, 31)) == ["08-13", "08-14", "08-15"]
    assert days_of(Months((8,)), date(2026, 7, 31), date(2026, 8, 2)) == ["08-01", "08-02"]


# 21, 22 and 23 September 2026 are holidays, from Monday to Wednesday.
@pytest.mark.parametrize(
    ("to", "september"),
    [
        ("next", ["09-07", "09-14", "09-22", "09-28"]),
        ("next_weekday", ["09-07", "09-14", "09-24", "09-28"]),
        ("next_week", ["09-07", "09-14", "09-28"]),
        ("before", ["09-07", "09-14", "09-20", "09-28"]),
        ("nowhere", ["09-07", "09-14", "09-28"]),
    ],
)
def test_mondays_that_move_from_holidays(to, september):
    assert days_of(Moved(Weekly(MONDAY), to), date(2026, 9, 1), date(2026, 9, 30)) == september


def test_substitute_holidays_count():
    assert days_of(Holidays(), date(2026, 5, 1), date(2026, 5, 31)) == ["05-03", "05-04", "05-05", "05-06"]


def test_the_ends_of_the_calendar_do_no_harm():
    for days in (After(Weekly(MONDAY), 1), Moved(Weekly(MONDAY), "next"), Weekly(MONDAY, 2, date(1, 1, 1))):
        assert days.holds(date.min) in (True, False)
        assert days.holds(date.max) in (True, False)


def test_weekdays_that_a_set_may_fall_on():
    assert weekdays_of(After(Nth((3,), SATURDAY), 1)) == SUNDAY
    assert weekdays_of(Sometimes(1, "month", WEDNESDAY)) == WEDNESDAY
    assert weekdays_of(MonthDays((10,))) == EVERY_DAY


@pytest.mark.parametrize(
    ("larger", "smaller", "yes"),
    [
        (Weekly((1, 3)), Nth((2,), TUESDAY), True),
        (Weekly(TUESDAY), Nth((2,), WEDNESDAY), False),
        (Nth((2, 4), TUESDAY), Nth((2,), TUESDAY), True),
        (Nth((2,), TUESDAY), Weekly(TUESDAY), False),
        (MonthDays((1, 15)), MonthDays((15,)), True),
        (Weekly(EVERY_DAY), MonthDays((15,)), True),
        (Weekly(TUESDAY, 2, date(2026, 1, 6)), Nth((1,), TUESDAY), False),
    ],
)
def test_which_set_holds_another(larger, smaller, yes):
    assert contains(larger, smaller) is yes
