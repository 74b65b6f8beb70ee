"""Schedules of Open Referral in the words of a Japanese leaflet, so that they are read like any other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = Mapping[str, str]

DAYS: Final = {"MO": "月", "TU": "火", "WE": "水", "TH": "木", "FR": "金", "SA": "土", "SU": "日"}
_BY_NUMBER = dict(zip("1234567", DAYS.values(), strict=True))
_NTH = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_TRUE = frozenset({"true", "1", "yes", "t", "y"})
_BEYOND = ("byweekno", "byyearday", "bymonth", "bysetpos")


def schedule_words(regular: Sequence[Row], holidays: Sequence[Row] = ()) -> str:
    """Say when a service is open: weekdays and times of HSDS 1, rules of HSDS 3, and what differs on single days.

    A rule that cannot be said in words without loss is left as a rule, and its description, if any, said instead.

    Examples
    --------
    >>> schedule_words([{"weekday": "1", "opens_at": "09:00:00", "closes_at": "17:00:00"},
    ...     {"weekday": "2", "opens_at": "09:00:00", "closes_at": "17:00:00"}])
    '毎週月・火曜日 09:00〜17:00'
    >>> schedule_words([{"freq": "MONTHLY", "byday": "2TU,4TU", "opens_at": "10:00", "closes_at": "12:00"}])
    '第2・第4火曜日 10:00〜12:00'
    """
    parts: dict[str, list[str]] = {}
    said = []
    for row in regular:
        if row.get("weekday"):
            parts.setdefault(_hours(row), []).append(_weekday(row["weekday"]))
        elif words := _rule_words(row):
            said.append(words)
    said = [f"毎週{'・'.join(days)}曜日 {hours}".strip() for hours, days in parts.items()] + said
    text = "、".join(dict.fromkeys(said))
    exceptions = "、".join(_holiday(row) for row in holidays)
    if not exceptions:
        return text
    return f"{text}（{exceptions}）" if text else exceptions


def validity(rows: Sequence[Row]) -> tuple[str, str]:
    """Return from when to when schedules hold, where all of them say the same.

    Examples
    --------
    >>> validity([{"valid_from": "2026-04-01", "until": "2027-03-31"}])
    ('2026-04-01', '2027-03-31')
    """
    spans = {(row.get("valid_from", ""), row.get("valid_to", "") or row.get("until", "")) for row in rows}
    return spans.pop() if len(spans) == 1 else ("", "")


def _rule_words(row: Row) -> str:
    days = _days(row)
    notes = [row.get("description", ""), row.get("notes", "")]
    if days is None:
        return "、".join(note for note in notes if note) or _raw(row)
    main = " ".join(part for part in (days, _hours(row)) if part)
    if row.get("count") and row.get("freq"):
        notes.insert(0, f"全{row['count']}回")
    if row.get("interval", "1") not in ("", "1") and row.get("dtstart"):
        notes.insert(0, f"{row['dtstart']}から")
    more = "、".join(note for note in notes if note)
    if not main:
        return more
    return f"{main}（{more}）" if more else main


def _days(row: Row) -> str | None:
    """Say the days of a rule; nothing when it names none, ``None`` when words would lose some of it."""
    freq, every = row.get("freq", "").upper(), row.get("interval", "") or "1"
    weekdays, days = row.get("byday", "").upper().replace(" ", ""), row.get("bymonthday", "").replace(" ", "")
    if any(row.get(name) for name in _BEYOND) or (weekdays and days) or (freq != "MONTHLY" and days):
        return None
    if freq in ("WEEKLY", "") and weekdays:
        return _weekly(weekdays.split(","), freq, every)
    if freq == "MONTHLY" and every == "1":
        return _monthly(weekdays, days)
    if freq == "DAILY" and every == "1" and not weekdays:
        return "毎日"
    return row.get("dtstart", "") if not freq and not weekdays else None


def _weekly(weekdays: Sequence[str], freq: str, every: str) -> str | None:
    if not all(day in DAYS for day in weekdays):
        return None
    often = {"WEEKLY1": "毎週", "WEEKLY2": "隔週", "1": ""}.get(freq + every, f"{every}週間ごとの")
    return f"{often}{'・'.join(DAYS[day] for day in weekdays)}曜日"


def _monthly(weekdays: str, days: str) -> str | None:
    if days:
        return "毎月" + "・".join("末日" if day == "-1" else f"{day}日" for day in days.split(","))
    found = [_NTH.fullmatch(day) for day in weekdays.split(",")]
    if not weekdays or None in found:
        return None
    by_day: dict[str, list[str]] = {}
    for match in filter(None, found):
        nth = "毎週" if match[1] is None else "最終" if match[1] == "-1" else f"第{int(match[1])}"
        if nth.startswith("第-"):
            return None
        by_day.setdefault(match[2], []).append(nth)
    return "、".join(f"{'・'.join(nths)}{DAYS[day]}曜日" for day, nths in by_day.items())


def _weekday(text: str) -> str:
    return _BY_NUMBER.get(text) or DAYS.get(text[:2].upper(), text)


def _hours(row: Row) -> str:
    opens, closes = (_clock(row.get(name, "")) for name in ("opens_at", "closes_at"))
    return f"{opens}〜{closes}" if opens or closes else ""


def _clock(text: str) -> str:
    match = _CLOCK.search(text)
    return f"{int(match[1]):02d}:{match[2]}" if match else text


def _holiday(row: Row) -> str:
    first, last = row.get("start_date", ""), row.get("end_date", "")
    when = first if first == last or not last else f"{first}〜{last}"
    return f"{when}は休み" if row.get("closed", "").lower() in _TRUE else f"{when}は{_hours(row)}"


def _raw(row: Row) -> str:
    names = ("freq", "interval", "byday", "bymonthday", *_BEYOND, "until", "count")
    return "RRULE:" + ";".join(f"{name.upper()}={row[name]}" for name in names if row.get(name))
