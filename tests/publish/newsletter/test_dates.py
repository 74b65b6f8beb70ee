"""The dates of a month in their shortest form: none is lost, none is told twice."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.publish.newsletter.dates import month_of_dates
from resourcemap.publish.paper.occasions import Occasions

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range(31)]


def month_of(rows, names=None):
    """Group days given as row -> days of the month, all from 14:00 to 16:00."""
    dated = [(row, DAYS[day - 1], 840, 960) for row, days in rows.items() for day in sorted(days)]
    table = pd.DataFrame(dated, columns=["row", "day", "start", "end"], dtype=object)
    found = Occasions(table, pd.DataFrame(columns=["row", "reason"]), pd.Index([]))
    return month_of_dates(found, FIRST, LAST, names=names or {row: row for row in rows})


def days_told(month):
    """Give for each row the days that the month tells, which must be told once."""
    told: dict[str, list[int]] = {}
    for part in (*month.fixed, *month.weekly, *month.often):
        days = list(part.days)
        if not part.weekdays and len(days) == 2:
            days = [day for day in DAYS if days[0] <= day <= days[1]]
        for line in part.lines:
            for time in line.times:
                told.setdefault(time.row, []).extend(day.day for day in days if day not in line.off)
    return {row: sorted(days) for row, days in told.items()}


@given(st.dictionaries(st.sampled_from("abcd"), st.sets(st.integers(1, 31), min_size=1)))
def test_every_day_is_told_once(rows):
    assert days_told(month_of(rows)) == {row: sorted(days) for row, days in rows.items()}


def test_what_is_off_on_a_day_says_so():
    month = month_of({"a": {2, 9, 16, 23}})
    assert [(part.weekdays, [day.day for day in part.lines[0].off]) for part in month.weekly] == [((2,), [30])]


def test_four_weekdays_are_nearly_every_day_and_a_fortnight_is_a_span():
    working = {day.day for day in DAYS if day.weekday() < 5}
    month = month_of({"a": working, "b": set(range(1, 15))})
    assert [part.weekdays for part in month.often] == [(0, 1, 2, 3, 4)]
    assert [(part.days[0].day, part.days[-1].day) for part in month.fixed] == [(1, 14)]


def test_stops_of_one_round_share_a_line():
    month = month_of({"a": {1}, "b": {1}, "c": {1}}, {"a": "かもめ号", "b": "かもめ号", "c": "サロン"})
    assert [[time.row for time in line.times] for line in month.fixed[0].lines] == [["a", "b"], ["c"]]
