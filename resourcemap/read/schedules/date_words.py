"""Dates and periods: 12月5日、12日, 令和8年4月〜9月, 8/1〜8/5."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from resourcemap.model.schedule.days import Day, Period, in_order
from resourcemap.read.dates import read_date
from resourcemap.read.schedules.day_words import add_days, month_numbers
from resourcemap.read.schedules.phrase import Phrase
from resourcemap.read.schedules.token_walk import JOINERS, Walk
from resourcemap.read.schedules.tokens import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBERS = re.compile(r"\d+")
_BESIDE = re.compile(r"\(\s*([月火水木金土日])[^()]*\)$|\s*([月火水木金土日])曜日?$")


def _dates(walk: Walk) -> None:
    """Read a list of dates, or a period between two of them."""
    begin = walk.at
    days: list[Day] = []
    mark = begin
    while found := _some_dates(walk, days[-1] if days else None):
        if days and _joined(walk) and walk.tokens[walk.at - 1].kind != "month_days":
            # 10/10、10/17〜10/19: the last one begins a period.
            walk.at = mark
            break
        days += found
        mark = walk.at
        if len(days) == 1 and _period(walk, days[0], begin):
            return
        if not _between_dates(walk):
            walk.at = mark
            break
    text = "".join(token.text for token in walk.tokens[begin : walk.at])
    if not days or walk.kind() in ("wave", "dash"):
        clash = () if days else _right_weekday(walk.kind(), walk.text())
        text = text or walk.text()
        walk.at = max(walk.at, begin + 1)
        walk.add(Phrase("doubt", text, clash, name="clash" if clash else ""))
        return
    add_days(walk, [in_order(days)], text, on=True, name="dates")


def _joined(walk: Walk) -> bool:
    """Tell whether a period goes on from here to another date."""
    space = walk.blank()
    return walk.kind(space) in ("wave", "dash") and walk.kind(space + 1) in ("date", "month_date", "month_days")


def _between_dates(walk: Walk) -> bool:
    ahead = 0
    while walk.text(ahead) in ("・", "、", ",", "と", "及び", "および") or walk.kind(ahead) == "space":
        ahead += 1
    if ahead and walk.kind(ahead) in ("date", "month_date", "month_days"):
        walk.at += ahead
        return True
    return False


def _period(walk: Walk, first: Day, begin: int) -> bool:
    """Read the end of a period, if this is one: 8/1~8/5, 12月29日から1月3日まで, 4月1日から, 9月30日まで."""
    mark = walk.at
    space = walk.blank()
    if walk.kind(space) in JOINERS:
        walk.at += space + 1
        walk.skip()
        if walk.kind() in ("time", "number"):
            walk.at = mark
            return False
        walk.skip_to("next_year")
        last = next(iter(_some_dates(walk, first, most=1)), None)
        walk.skip_to("until")
        _period_made(walk, first, last, begin)
        return True
    if walk.kind() == "until":
        walk.at += 1
        _period_made(walk, None, first, begin)
        return True
    walk.at = mark
    return False


def _period_made(walk: Walk, first: Day | None, last: Day | None, begin: int) -> None:
    text = "".join(token.text for token in walk.tokens[begin : walk.at])
    if first and last and (first.year or 0, first.month, first.day) > (last.year or first.year or 0, 12, 31):
        walk.add(Phrase("doubt", text))
        return
    walk.add(Phrase("within", text, (Period(first, last),), name="period"))


def _some_dates(walk: Walk, before: Day | None, *, most: int = 31) -> list[Day]:
    """Read a date, or days that belong to the month before; what it does not say comes from the date before."""
    kind, text = walk.kind(), walk.text()
    if kind not in ("date", "month_date", "month_days") or (kind == "month_days" and before is None):
        return []
    beside = _BESIDE.search(text)
    weekday = WEEKDAYS[beside[1] or beside[2]] if beside else None
    numbers = [int(number) for number in _NUMBERS.findall(text.split("(")[0])]
    days = _days_of(kind, text, numbers, before)
    if not days or len(days) > most or not all(_can_be(day, weekday) for day in days):
        return []
    walk.at += 1
    return [replace(day, weekday=weekday) if day.year is None else day for day in days]


def _days_of(kind: str, text: str, numbers: list[int], before: Day | None) -> list[Day]:
    if kind == "date":
        found = read_date(_BESIDE.sub("", text))
        return [Day(found.month, found.day, found.year)] if found else []
    if kind == "month_days":
        return [Day(before.month, number, before.year) for number in numbers] if before else []
    month, day = numbers[0], numbers[1]
    year = before.year if before else None
    if before and year and (month, day) < (before.month, before.day):
        year += 1
    return [Day(month, day, year)]


def _right_weekday(kind: str, text: str) -> tuple[str, ...]:
    """Say on which weekday a date is beside which another one is written."""
    numbers = [int(number) for number in _NUMBERS.findall(text.split("(", maxsplit=1)[0])]
    for day in _days_of(kind, text, numbers, None) if kind == "date" else ():
        if day.year and _can_be(day, None):
            weekday = "月火水木金土日"[date(day.year, day.month, day.day).weekday()]
            return (f"{day.year}年{day.month}月{day.day}日は{weekday}曜",)
    return ()


def _can_be(day: Day, weekday: int | None) -> bool:
    try:
        found = date(day.year or 2024, day.month, day.day)
    except ValueError:
        return False
    return day.year is None or weekday is None or found.weekday() == weekday


def _year_month(walk: Walk) -> None:
    """Read 令和8年4月~令和9年3月, or one month of one year."""
    begin = walk.at
    first = read_date(walk.take())
    last: date | None = None
    ranged = walk.kind(walk.blank()) in JOINERS
    if ranged:
        walk.at += walk.blank() + 1
        walk.skip()
        if walk.kind() == "year_month":
            last = read_date(walk.take(), end=True)
        elif walk.kind() == "months" and first and walk.text().count("月") == 1:
            month = month_numbers(walk.take())[0]
            last = read_date(f"{first.year + (month < first.month)}年{month}月", end=True) if 1 <= month <= 12 else None
        walk.skip_to("until")
    elif first:
        last = read_date(walk.tokens[begin].text, end=True)
    text = "".join(token.text for token in walk.tokens[begin : walk.at])
    if first is None or (last is not None and last < first):
        walk.add(Phrase("doubt", text))
        return
    ends = Day(last.month, last.day, last.year) if last else None
    walk.add(Phrase("within", text, (Period(Day(first.month, first.day, first.year), ends),), name="season"))


DATE_MAKERS: dict[str, Callable[[Walk], None]] = {"date": _dates, "month_date": _dates, "year_month": _year_month}
