"""Times of day and the hours between two of them, as they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from resourcemap.model.schedule.spans import DAY, Span

_TIME = re.compile(
    r"(?P<half>午前|午後|[ap]\.?m\.?|朝|夜|夕方|夕|お?昼|深夜)?(?P<next>翌日?)?(?:朝|の|午前)*\s*"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::00)?|時(?:(?P<thirty>半)|(?P<minutes>\d{1,2})分?)?)?(?:頃|ごろ|\s)*(?P<behind>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_HALVES = {
    "午前": "am",
    "朝": "am",
    "深夜": "night",
    "午後": "pm",
    "夕方": "pm",
    "夕": "pm",
    "昼": "noon",
    "お昼": "noon",
}
_HALVES |= {"夜": "evening"}
_HOURS = re.compile(r"(\d{1,2})(\.5)?時間(半)?")
_MINUTES = re.compile(r"(\d{1,3})分")


class Time(NamedTuple):
    """A time of day in minutes, and whether the half of the day was said."""

    minutes: int
    half: str = ""


@lru_cache(maxsize=4096)
def read_time(text: str) -> Time | None:
    """Read a time of day; ``None`` when there is none like it, or when two are meant by it (午後12時).

    Examples
    --------
    >>> read_time("午後1時半"), read_time("9:05"), read_time("正午"), read_time("午後12時"), read_time("翌2:00")
    (Time(minutes=810, half='pm'), Time(minutes=545, half=''), Time(minutes=720, half='noon'), None, \
Time(minutes=1560, half='next'))
    """
    if text in ("正午", "零時"):
        return Time(DAY // 2 if text == "正午" else 0, "noon")
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    said = (found["half"] or found["behind"] or "").lower().replace(".", "")
    half = "next" if found["next"] else _HALVES.get(said, said)
    hour = int(found["hour"])
    minute = 30 if found["thirty"] else int(found["minute"] or found["minutes"] or 0)
    counted = _on_the_clock(hour, half)
    if counted is None or minute > 59 or counted * 60 + minute > 2 * DAY:
        return None
    return Time(counted * 60 + minute, half)


def span_between(start: Time | None, end: Time | None) -> Span | None:
    """Return the hours between two times; ``None`` where only a guess could tell which are meant.

    Examples
    --------
    >>> span_between(Time(810, "pm"), Time(210)), span_between(Time(1320), Time(120))
    (Span(start=810, end=930), Span(start=1320, end=1560))
    >>> span_between(Time(90), Time(210)), span_between(Time(600), Time(540))
    (None, None)
    """
    if start is None or end is None:
        return _one_sided(start, end)
    first, last = start.minutes, end.minutes
    if start.half in ("pm", "evening") and not end.half and last < DAY // 2 and last + DAY // 2 > first:
        last += DAY // 2
    if last == 0 or (first >= 17 * 60 and last <= 5 * 60):
        last += DAY
    if _afternoon_left_out(start, first, last) or not first < last <= first + DAY or first >= DAY:
        return None
    return Span(first, last)


def read_minutes(text: str) -> int:
    """Read a length of time in minutes.

    Examples
    --------
    >>> read_minutes("1時間半程度"), read_minutes("90分間")
    (90, 90)
    """
    if found := _HOURS.match(text):
        return int(found[1]) * 60 + (30 if found[2] or found[3] else 0)
    found = _MINUTES.match(text)
    return int(found[1]) if found else 0


def _one_sided(start: Time | None, end: Time | None) -> Span | None:
    if start is not None:
        early = start.minutes < 6 * 60 and not start.half
        return Span(start.minutes) if start.minutes < DAY and not early else None
    if end is None or end.minutes > DAY or (end.minutes < 6 * 60 and not end.half):
        return None
    return Span(None, end.minutes or DAY)


def _afternoon_left_out(start: Time, first: int, last: int) -> bool:
    """Tell whether 1時半〜3時半 may as well mean the afternoon."""
    return not start.half and 60 <= first < 6 * 60 and last <= 12 * 60


def _on_the_clock(hour: int, half: str) -> int | None:
    """Count an hour from midnight, or return nothing where it does not go with its half of the day."""
    counted = {
        "": hour if hour <= 30 else None,
        "next": hour + 24 if hour <= 12 else None,
        "am": hour if hour < 12 else None,
        "night": hour + 24 if hour < 5 else hour if hour >= 21 else None,
        "noon": hour + 12 if hour < 4 else hour if 11 <= hour <= 14 else None,
        "evening": hour + 12 if 5 <= hour < 12 else hour if 12 < hour <= 24 else None,
    }
    return counted.get(half, hour + 12 if hour < 12 else hour if 12 < hour <= 24 else None)
