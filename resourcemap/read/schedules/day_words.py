"""Words for sets of days: 毎週火・木, 第2・第4火曜, 毎月10日, 偶数月."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from resourcemap.model.schedule.days import (
    EVERY_DAY,
    Days,
    Holidays,
    MonthDays,
    Months,
    Nth,
    Obon,
    Sometimes,
    Weekly,
    YearEnd,
)
from resourcemap.read.schedules.phrase import Phrase
from resourcemap.read.schedules.tokens import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resourcemap.read.schedules.token_walk import Walk

_UNITS = re.compile(r"国民の祝日(?:に関する法律\w+?(?:休日|祝日))?|祝祭日|祝日?|[月火水木金土日](?:曜日?|よう日?)?")
_NUMBERS = re.compile(r"\d+")
_LAST = re.compile("最終|最後|ラスト")
_PERS = (("週", "week"), ("年", "year"), ("月", "month"))


def add_days(walk: Walk, days: Sequence[Days], text: str, *, on: bool = False, name: str = "") -> None:
    """Add a phrase of days to a walk."""
    walk.add(Phrase("days", text, tuple(days), on=on, name=name))


def _weekdays(walk: Walk) -> None:
    text = walk.take()
    text += walk.take() if walk.kind() == "until" and "から" in text else ""
    add_days(walk, _sets(text), text)


def _sets(text: str) -> list[Days]:
    weekdays, holiday = weekdays_in(text)
    found: list[Days] = [Weekly(weekdays)] if weekdays else []
    return [*found, Holidays()] if holiday else found


@lru_cache(maxsize=4096)
def weekdays_in(text: str) -> tuple[tuple[int, ...], bool]:
    """Read a list or range of weekdays, and whether public holidays are in it.

    Examples
    --------
    >>> weekdays_in("月~木・土日祝")
    ((0, 1, 2, 3, 5, 6), True)
    """
    found: list[int] = []
    holiday, end, ranged = False, 0, False
    for unit in _UNITS.finditer(text):
        ranged = bool(found) and any(sign in text[end : unit.start()] for sign in ("~", "-", "から"))
        end = unit.end()
        if unit[0] not in WEEKDAYS and unit[0][0] not in WEEKDAYS:
            holiday = True
            continue
        weekday = WEEKDAYS[unit[0][0]]
        if ranged:
            found += [(found[-1] + step) % 7 for step in range(1, (weekday - found[-1]) % 7)]
        found.append(weekday)
    return tuple(sorted(set(found))), holiday


def _named_days(walk: Walk) -> None:
    name = walk.tokens[walk.at].value
    text = walk.take()
    sets: dict[str, list[Days]] = {
        "every": [Weekly(EVERY_DAY)],
        "working": [Weekly((0, 1, 2, 3, 4))],
        "weekend": [Weekly((5, 6))],
        "free": [Weekly((5, 6)), Holidays()],
        "year_end": [YearEnd()],
        "obon": [Obon()],
    }
    add_days(walk, sets[name], text, on=name in ("every", "working"), name=name)


def _every_week(walk: Walk) -> None:
    text = walk.take()
    text += walk.take() if walk.kind() == "space" and walk.kind(1) == "weekdays" else ""
    if walk.kind() == "weekdays":
        written = walk.take()
        add_days(walk, _sets(written), text + written, on=True, name="weekly")
    else:
        walk.add(Phrase("often", text.strip(), (Sometimes(0, "week"),)))


def _every_month(walk: Walk) -> None:
    text = walk.take()
    while walk.kind() == "space" or walk.text() in ("の", "、", ",", ":"):
        text += walk.take()
    made = len(walk.made)
    maker = {"nths": _nths, "month_days": _month_days, "with_digit": _with_digit}.get(walk.kind())
    if maker is None:
        walk.add(Phrase("often", text, (Sometimes(0, "month"),)))
        return
    maker(walk)
    if len(walk.made) > made:
        walk.made[-1] = walk.made[-1]._replace(text=text + walk.made[-1].text, on=True, name="monthly")


def _nths(walk: Walk) -> None:
    """Read 第2・第4火曜, 最終土曜, and weeks without a weekday: 第5週."""
    begin = walk.at
    written = walk.take()
    nths = _nth_numbers(written)
    space = walk.blank()
    space += walk.text(space) == "の"
    if walk.kind() == "days":
        walk.add(Phrase("doubt", written))
    elif walk.kind(space) == "weekdays":
        walk.at += space
        text = "".join(token.text for token in walk.tokens[begin : walk.at + 1])
        written = walk.take()
        weekdays, holiday = weekdays_in(written)
        if " " in written and len(weekdays) > 1:
            walk.add(Phrase("doubt", text))
            return
        found: list[Days] = [Nth(nths, weekdays)] if weekdays else []
        add_days(walk, [*found, Holidays()] if holiday else found, text, name="nth")
    elif walk.kind() == "other" and not re.search("週|$", written):
        walk.add(Phrase("other", written))
    else:
        add_days(walk, [Nth(nths, EVERY_DAY)], written, name="weeks")


def _nth_numbers(text: str) -> tuple[int, ...]:
    numbers = [int(number) for number in re.findall("[1-5]", text)]
    if numbers and ("~" in text or "-" in text):
        numbers = list(range(numbers[0], numbers[-1] + 1))
    return tuple(sorted(set(numbers))) + ((-1,) if _LAST.search(text) else ())


def _month_days(walk: Walk) -> None:
    text = walk.take()
    if "末" in text:
        add_days(walk, [MonthDays((-1,))], text, name="monthly")
        return
    days = tuple(sorted({int(number) for number in _NUMBERS.findall(text.split("(")[0])}))
    while walk.text() in ("・", "、", ",", "と", "/") and walk.kind(1) == "month_days":
        text += walk.take() + walk.text(0)
        last = walk.take()
        days += (-1,) if "末" in last else tuple(int(number) for number in _NUMBERS.findall(last))
    if not days or any(day > 31 or not day for day in days) or "(" in text:
        walk.add(Phrase("doubt", text))
        return
    add_days(walk, [MonthDays(tuple(dict.fromkeys(days)))], text, name="monthly" if len(days) > 1 else "one_day")


def _with_digit(walk: Walk) -> None:
    text = walk.take()
    digits = {int(number) for number in _NUMBERS.findall(text)}
    days = tuple(day for day in range(1, 32) if day % 10 in digits)
    add_days(walk, [MonthDays(days)], text, on=True, name="monthly")


def _months(walk: Walk) -> None:
    text = walk.take()
    text += walk.take() if walk.kind() == "until" and ("から" in text or "~" in text) else ""
    months = month_numbers(text)
    if any(not 1 <= month <= 12 for month in months):
        walk.add(Phrase("doubt", text))
    else:
        walk.add(Phrase("within", text, (Months(months),)))


def month_numbers(text: str) -> tuple[int, ...]:
    """Read a list or range of months.

    Examples
    --------
    >>> month_numbers("11~2月"), month_numbers("7・8月")
    ((11, 12, 1, 2), (7, 8))
    """
    if "数月" in text:
        return (2, 4, 6, 8, 10, 12) if text.startswith("偶") else (1, 3, 5, 7, 9, 11)
    found: list[int] = []
    end = 0
    for number in _NUMBERS.finditer(text):
        month = int(number[0])
        if found and any(sign in text[end : number.start()] for sign in ("~", "-", "から")):
            found += [(found[-1] + step - 1) % 12 + 1 for step in range(1, (month - found[-1]) % 12)]
        found.append(month)
        end = number.end()
    return tuple(dict.fromkeys(found))


def _times(walk: Walk) -> None:
    text = walk.take()
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    if text.startswith("隔週") or "おき" in text or (text[0].isdigit() and "週" in text):
        two = text.startswith("隔週") or "おき" in text or numbers[0] == 2
        found = Sometimes(1, "fortnight") if two else Sometimes(0, "")
    elif text.startswith("隔月") or (text[0].isdigit() and numbers[0] == 2):
        found = Sometimes(1, "2 months")
    elif text[0].isdigit():
        found = Sometimes(0, "month")
    else:
        per: Any = next(name for sign, name in _PERS if sign in text)
        found = Sometimes(numbers[0], per)
    walk.add(Phrase("often" if found.per else "doubt", text, (found,)))


DAY_MAKERS: dict[str, Callable[[Walk], None]] = {
    "weekdays": _weekdays,
    "days": _named_days,
    "every_week": _every_week,
    "every_month": _every_month,
    "nths": _nths,
    "month_days": _month_days,
    "with_digit": _with_digit,
    "months": _months,
    "times": _times,
}
