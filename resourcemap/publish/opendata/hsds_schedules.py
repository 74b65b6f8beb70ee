"""Schedules as HSDS has them: a row per rule and span of hours, where rules can say all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resourcemap.model.schedule.days import Weekly
from resourcemap.model.schedule.rrule import rrule_of
from resourcemap.model.schedule.spans import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.model.schedule.schedule import Rule, Schedule

    Row = dict[str, str | int | float | None]

_JAPAN: Final = 9  # hours before UTC
_EVERY_DAY: Final = "MO,TU,WE,TH,FR,SA,SU"
_FIELDS: Final = {"FREQ": "freq", "BYDAY": "byday", "BYMONTHDAY": "bymonthday", "INTERVAL": "interval", "WKST": "wkst"}


def schedule_rows(schedule: Schedule) -> list[Row]:
    """Write the rules of a schedule as rows of HSDS; none where they would say less or more than the schedule.

    That is so when a part was not understood, when days are taken out (public holidays), when only some months or a
    period count, and for single dates. What ends at midnight ends at 23:59 there: the standard has no 24:00.

    Examples
    --------
    >>> from resourcemap.model.schedule.days import Nth
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> from resourcemap.model.schedule.spans import Span
    >>> schedule_rows(Schedule((Rule(Nth((2,), (1,)), (Span(600, 720),)),)))
    [{'freq': 'MONTHLY', 'byday': '2TU', 'timezone': 9, 'opens_at': '10:00:00', 'closes_at': '12:00:00'}]
    """
    if schedule.understood != "all":
        return []
    rules = [_fields(rule) for rule in schedule.rules]
    if None in rules:
        return []
    return [
        fields | {"timezone": _JAPAN} | hours
        for rule, fields in zip(schedule.rules, rules, strict=True)
        if fields
        for hours in _hours(rule)
    ]


def _fields(rule: Rule) -> Row | None:
    if rule.without or rule.within or (isinstance(rule.days, Weekly) and rule.days.every > 1 and not rule.days.start):
        return None
    written = rrule_of(rule)
    if written is None:
        return None
    parts = dict(part.split("=") for part in written.split(";"))
    if parts["FREQ"] == "DAILY":
        parts = {"FREQ": "WEEKLY", "BYDAY": _EVERY_DAY}
    if not parts.keys() <= _FIELDS.keys():
        return None
    fields: Row = {_FIELDS[name]: value for name, value in parts.items()}
    if isinstance(rule.days, Weekly) and rule.days.start:
        fields["dtstart"] = rule.days.start.isoformat()
    if "interval" in fields:
        fields["interval"] = int(str(fields["interval"]))
    return fields


def _hours(rule: Rule) -> Iterator[Row]:
    for span in rule.spans:
        hours = {"opens_at": _clock(span.start), "closes_at": _clock(span.end, end=True)}
        yield {name: clock for name, clock in hours.items() if clock}
    if not rule.spans:
        yield {}


def _clock(minutes: int | None, *, end: bool = False) -> str:
    if minutes is None:
        return ""
    if end and minutes == DAY:
        return "23:59:00"
    return f"{minutes % DAY // 60:02d}:{minutes % 60:02d}:00"
