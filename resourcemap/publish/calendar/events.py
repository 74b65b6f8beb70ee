"""The days of a resource as events of RFC 5545."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from icalendar import Event, vRecur

from resourcemap.model.schedule.days import Sometimes
from resourcemap.model.schedule.plain import to_plain
from resourcemap.model.schedule.schedule import Schedule, assumed
from resourcemap.model.schedule.spans import ALL_DAY, clock
from resourcemap.plain import one_line, visible
from resourcemap.publish.calendar.words import words
from resourcemap.publish.escape import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.model.schedule.spans import Span
    from resourcemap.publish.calendar.series import Series
    from resourcemap.publish.paper.entries import Entry

ZONE = "Asia/Tokyo"
_TOKYO = ZoneInfo(ZONE)
_TOLD = ("provider", "audience", "cost", "capacity", "how_to_join", "phone", "languages", "checked")


@dataclass(frozen=True)
class Told:
    """What the events of one resource have in common.

    Parameters
    ----------
    entry
        What is said of the resource, as texts.
    schedule
        When it takes place.
    point
        Latitude and longitude, where they are known exactly.
    source
        The table it is from, so that two cities never share an id.
    note
        The last line of each event.
    stamp
        The day of the calendar.
    language
        The language of the words beside what people wrote.
    """

    entry: Entry
    schedule: Schedule
    point: tuple[float, float] | None
    source: str
    note: str
    stamp: date
    language: str


def event_of(told: Told, series: Series) -> Event:
    """Write a series of a resource as an event.

    The id stays the same as long as the resource keeps its id and the rule its days and hours. An event has no end
    where that is not known, and is a whole day where the beginning is not.
    """
    entry, event = told.entry, Event()
    event.add("uid", _uid(told, series))
    event.add("dtstamp", datetime.combine(told.stamp, time(), UTC))
    event.add("summary", one_line(entry.name))
    event.add("dtstart", _at(series.first, series.span))
    if end := _end(series):
        event.add("dtend", end)
    if series.rrule:
        event.add("rrule", _recurrence(series))
    if series.without:
        event.add("exdate", [_at(day, series.span) for day in series.without])
    if place := one_line(" ".join(filter(None, [entry.venue, entry.address]))):
        event.add("location", place)
    if told.point:
        event.add("geo", told.point)
    if address := web_address(entry.url):
        event.add("url", address)
    event.add("categories", [visible(entry.kind_label)])
    event.add("description", visible("\n".join(_lines(told, series.span))))
    event.add("status", "CONFIRMED" if told.schedule.understood == "all" else "TENTATIVE")
    # Those who subscribe are not busy all the time that something is open.
    event.add("transp", "TRANSPARENT")
    return event


def _uid(told: Told, series: Series) -> str:
    alone = "" if series.rrule else series.first.isoformat()
    span = series.span and [series.span.start, series.span.end]
    key = [told.source, told.entry.id, to_plain(Schedule((series.rule,))), span, alone]
    return f"{sha256(json.dumps(key).encode()).hexdigest()[:32]}@resourcemap"


def _at(day: date, span: Span | None) -> date | datetime:
    """Return when it begins on a day; the day alone where that is not known."""
    if span is None or span.start is None or span == ALL_DAY:
        return day
    return _moment(day, span.start)


def _end(series: Series) -> date | datetime | None:
    begins = _at(series.first, series.span)
    if not isinstance(begins, datetime):
        return begins + timedelta(days=1)
    span = series.span
    return _moment(series.first, span.end) if span and span.end is not None else None


def _moment(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), _TOKYO) + timedelta(minutes=minutes)


def _recurrence(series: Series) -> vRecur:
    """Return the RRULE with its end, which for hours is a moment of UTC."""
    recurrence: vRecur = vRecur.from_ical(series.rrule)
    last = _at(series.last, series.span)
    recurrence["UNTIL"] = [last.astimezone(UTC) if isinstance(last, datetime) else last]
    return recurrence


def _lines(told: Told, span: Span | None) -> Iterator[str]:
    """Yield the lines of the description: when as written, what is not known, for whom, cost, telephone."""
    said, entry, schedule = words(told.language), told.entry, told.schedule
    if entry.when:
        yield _line(said, "when", entry.when)
    yield from _doubts(said, span)
    if any(isinstance(rule.days, Sometimes) for rule in schedule.rules):
        yield said["partly_vague"]
    if schedule.understood != "all":
        yield said["partly"]
    yield from (said[name] for name in assumed(schedule))
    for name in _TOLD:
        if text := getattr(entry, name):
            yield _line(said, name, text)
    if entry.description:
        yield entry.description
    yield told.note


def _doubts(said: dict[str, str], span: Span | None) -> Iterator[str]:
    if span is None:
        yield said["no_hours"]
    elif span.start is None and span.end is not None:
        yield said["no_start"].format(text=clock(span.end))
    elif span.end is None:
        yield said["no_end"]


def _line(said: dict[str, str], name: str, text: str) -> str:
    return said["line"].format(label=said[name], text=text)
