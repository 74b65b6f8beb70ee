"""Rules in the words of RFC 5545, against python-dateutil."""

from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings

from resourcemap.model.schedule.days import Holidays, MonthDays, Months, Nth, Period, Weekly
from resourcemap.model.schedule.rrule import rrule_of
from resourcemap.model.schedule.schedule import Rule, Schedule, dates_between
from tests.model.schedule.strategies import last, month_days, months, nth, weekly

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)


def by_dateutil(text, start=FIRST):
    found = rrulestr(text, dtstart=datetime.combine(start, time()))
    return [
        day.date() for day in found.between(datetime.combine(FIRST, time()), datetime.combine(LAST, time()), inc=True)
    ]


@given(weekly | nth | last | month_days, months)
@settings(deadline=None)
def test_dateutil_finds_the_same_dates(days, some):
    for rule in (Rule(days), Rule(days, within=(some,))):
        assert by_dateutil(rrule_of(rule)) == dates_between(Schedule((rule,)), FIRST, LAST)


def test_every_other_week():
    rule = Rule(Weekly((2, 4), 2, date(2026, 1, 9)))
    assert by_dateutil(rrule_of(rule), date(2026, 1, 9)) == dates_between(Schedule((rule,)), FIRST, LAST)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (Rule(Weekly(tuple(range(7)))), "FREQ=DAILY"),
        (Rule(Nth((-1,), (5,))), "FREQ=MONTHLY;BYDAY=-1SA"),
        (Rule(MonthDays((1, -1)), within=(Months((4,)),)), "FREQ=MONTHLY;BYMONTHDAY=1,-1;BYMONTH=4"),
        (Rule(Weekly((2,)), within=(Months((4, 5)), Months((5, 6)))), "FREQ=WEEKLY;BYDAY=WE;BYMONTH=5"),
        (Rule(Weekly((2,)), within=(Months((4,)), Months((5,)))), None),
        (Rule(Weekly((2,), 2)), "FREQ=WEEKLY;BYDAY=WE"),
        (Rule(Holidays()), None),
        (Rule(Weekly((1,)), within=(Period(),)), None),
    ],
)
def test_what_it_writes(rule, text):
    assert rrule_of(rule) == text
