"""Calendar files read back by other programs' libraries: icalendar parses, dateutil works out the days."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time, timedelta
from functools import cache

import pandas as pd
from dateutil.rrule import rrulestr
from icalendar import Calendar

from resourcemap.model.schedule.schedule import dates_between, hours_on
from resourcemap.model.schedule.spans import ALL_DAY

UNKNOWN = "時間は書かれていません"


def events_in(ics):
    return Calendar.from_ical(ics).walk("VEVENT")


def reread(ics):
    """Give for every summary the days and hours of its events: a day alone stands for hours that are not known."""
    found = defaultdict(set)
    for event in events_in(ics):
        length = event.decoded("dtend", None) and event.decoded("dtend") - event.decoded("dtstart")
        for start in starts_of(event):
            happening = meant(event, start, length)
            assert happening not in found[str(event["summary"])], "the same happens twice"
            found[str(event["summary"])].add(happening)
    return dict(found)


def starts_of(event):
    first = event.decoded("dtstart")
    if "rrule" not in event:
        return [first]
    whole = not isinstance(first, datetime)
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=datetime.combine(first, time()) if whole else first)
    starts = [each.date() if whole else each for each in rule]
    assert starts[0] == first, "DTSTART belongs to the rule"
    off = {each.dt for each in event["exdate"].dts} if "exdate" in event else set()
    assert off <= set(starts), "every EXDATE takes a day out"
    return [start for start in starts if start not in off]


def meant(event, start, length):
    if not isinstance(start, datetime):
        return (start, "unknown") if UNKNOWN in event["description"] else (start, "all day", until(event))
    assert str(start.tzinfo) == "Asia/Tokyo"
    start = start.replace(tzinfo=None)
    return start, start + length if length else None


def until(event):
    """Give the end that the description names where the beginning is not known."""
    line = next((line for line in event["description"].splitlines() if line.startswith("始まりの時刻")), "")
    return line.removeprefix("始まりの時刻は書かれていません（").removesuffix("まで）。") or None


@cache
def expected(schedule, first, last):
    """Give what `dates_between` and `hours_on` say, in the same form."""
    found = set()
    for day in dates_between(schedule, first, last):
        found |= {happening(day, span) for span in hours_on(schedule, day) or [None]}
    return frozenset(found)


def happening(day, span):
    if span is None:
        return day, "unknown"
    if span == ALL_DAY or span.start is None:
        return day, "all day", None if span == ALL_DAY else f"{span.end // 60}:{span.end % 60:02d}"
    midnight = datetime.combine(day, time())
    end = span.end and midnight + timedelta(minutes=span.end)
    return midnight + timedelta(minutes=span.start), end


def day_of(happening):
    start = happening[0]
    return start.date() if isinstance(start, datetime) else start


def by_name(ics):
    """Give the days and hours below each name: of one name there may be several, such as the stops of a van."""
    found = defaultdict(set)
    for event in events_in(ics):
        alone = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + event.to_ical() + b"END:VCALENDAR\r\n"
        for name, days in reread(alone).items():
            found[name] |= days
    return dict(found)


def expected_by_name(released, schedules, first, last):
    """Give what the schedules of released rows say, in the same form."""
    found = defaultdict(set)
    for row, name, status, begins, ends in released.table[_COLUMNS].itertuples():
        if status != "suspended":
            days = expected(schedules[row], first, last)
            found[name] |= {each for each in days if is_within(day_of(each), begins, ends)}
    return {name: days for name, days in found.items() if days}


def is_within(day, begins, ends):
    return (pd.isna(begins) or pd.Timestamp(begins).date() <= day) and (
        pd.isna(ends) or day <= pd.Timestamp(ends).date()
    )


_COLUMNS = ["name", "status", "valid_from", "valid_to"]
