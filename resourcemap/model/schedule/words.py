"""A schedule in words. The Japanese words are read back as the same schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from resourcemap.model.schedule.days import (
    EVERY_DAY,
    After,
    Dates,
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
)
from resourcemap.model.schedule.english import english
from resourcemap.model.schedule.spans import ALL_DAY, Span, clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from resourcemap.model.schedule.days import Day, Days
    from resourcemap.model.schedule.schedule import Rule, Schedule

WEEKDAYS = "月火水木金土日"
_EARLY = 6 * 60
_WORKING = (0, 1, 2, 3, 4)
_ALTERNATE = {(2, 4, 6, 8, 10, 12): "偶数月", (1, 3, 5, 7, 9, 11): "奇数月"}
_WORDS = {"irregular": "不定期", "ask": "要問合せ", "anytime": "随時", "school": "放課後", "": "日は未定"}
_MOVES = {"next": "翌日", "next_weekday": "翌平日", "next_week": "翌週", "before": "前日", "nowhere": "休み"}


def in_words(schedule: Schedule, *, language: Literal["ja", "en"] = "ja") -> str:
    """Write a schedule in Japanese or English; what was not understood is not in it.

    Examples
    --------
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> salon = Schedule((Rule(Nth((2, 4), (1,)), (Span(600, 720),), without=(Months((8,)),)),))
    >>> in_words(salon)
    '毎月第2・第4火曜 10:00〜12:00（8月を除く）'
    >>> in_words(salon, language="en")
    '2nd and 4th Tuesday of each month 10:00–12:00 (except August)'
    """
    if language == "en":
        return english(schedule)
    return "。".join([*(_rule(rule) for rule in schedule.rules), *schedule.remarks])


def _rule(rule: Rule) -> str:
    working = rule.days == Weekly(_WORKING) and Holidays() in rule.without
    short = any(isinstance(each, Months) for each in rule.within) and isinstance(rule.days, Weekly | Nth)
    front = "".join(f"{_days(each)}の" for each in rule.within)
    words = front + ("平日" if working else _days(rule.days, off=short and rule.days != Weekly(EVERY_DAY)))
    if rule.spans:
        words += " " + "、".join(_span(span) for span in rule.spans)
    if rule.minutes:
        words += f" {rule.minutes}分間"
    if isinstance(rule.days, Moved):
        words += f"（祝日の場合は{_MOVES[rule.days.to]}）"
    return words + "".join(f"（{_off(each)}）" for each in rule.without if not (working and each == Holidays()))


def _off(days: Days) -> str:
    moved = f"（祝日の場合は{'開催' if days.to == 'nowhere' else _MOVES[days.to]}）" if isinstance(days, Moved) else ""
    return f"{_days(days, off=True)}を除く{moved}"


def _days(days: Days, *, off: bool = False) -> str:
    return _WRITERS[type(days)](days, off)


def _nth(days: Nth, off: bool) -> str:
    if days.weekdays == EVERY_DAY:
        return f"{_nths(days.nths)}週"
    return f"{'' if off else '毎月'}{_nths(days.nths)}{_weekdays(days.weekdays)}"


def _month_days(days: MonthDays, off: bool) -> str:  # noqa: ARG001
    return "毎月" + "・".join("末日" if day == -1 else f"{day}日" for day in days.days)


def _months(days: Months, off: bool) -> str:  # noqa: ARG001
    if days.months in _ALTERNATE:
        return _ALTERNATE[days.months]
    return _listed(days.months, [f"{month}月" for month in range(1, 13)], first=1)


def _dates(days: Dates, off: bool) -> str:  # noqa: ARG001
    return "・".join(_day(day) for day in days.days)


def _after(days: After, off: bool) -> str:
    return f"{_days(days.days, off=off)}の{'翌日' if days.by > 0 else '前日'}"


def _moved(days: Moved, off: bool) -> str:
    return _days(days.days, off=off)


def _weekly(days: Weekly, off: bool) -> str:
    if days.every > 1 and days.start:
        return f"{_day_of(days.start)}から隔週{_weekdays(days.weekdays)}"
    if days.weekdays == EVERY_DAY:
        return "毎日"
    return ("" if off else "毎週") + _weekdays(days.weekdays)


def _sometimes(days: Sometimes, off: bool) -> str:  # noqa: ARG001
    weekdays = _weekdays(days.weekdays) if days.weekdays else ""
    if days.per == "fortnight":
        return f"隔週{weekdays}"
    if days.per == "2 months":
        return f"隔月{weekdays}"
    if days.per and not days.times:
        every = {"week": "毎週", "year": "毎年"}.get(days.per, "毎月")
        return f"{every}の{weekdays}" if weekdays else every
    often = {"week": "週", "month": "月", "year": "年"}.get(days.per, "")
    if often:
        return f"{often}{days.times}回{weekdays}"
    return f"{_WORDS[days.word]}{weekdays}"


def _nths(nths: tuple[int, ...]) -> str:
    return "・".join("最終" if nth == -1 else f"第{nth}" for nth in nths)


def _weekdays(weekdays: tuple[int, ...]) -> str:
    return _listed(weekdays, list(WEEKDAYS), first=0) + "曜"


def _listed(numbers: tuple[int, ...], names: list[str], *, first: int) -> str:
    """Write 月〜金 for three or more in a row, and the others one by one."""
    row = tuple(range(numbers[0], numbers[0] + len(numbers)))
    if len(numbers) > 2 and numbers == row:
        return f"{names[numbers[0] - first]}〜{names[numbers[-1] - first]}"
    return "・".join(names[number - first] for number in numbers)


def _day(day: Day) -> str:
    year = f"{day.year}年" if day.year else ""
    weekday = f"({WEEKDAYS[day.weekday]})" if day.weekday is not None else ""
    return f"{year}{day.month}月{day.day}日{weekday}"


def _day_of(day: object) -> str:
    return f"{day:%Y}年{day:%m}月{day:%d}日"


def _period(period: Period, off: bool) -> str:  # noqa: ARG001
    if period.first and period.last:
        return f"{_day(period.first)}〜{_day(period.last)}"
    return f"{_day(period.first)}から" if period.first else f"{_day(period.last)}まで" if period.last else "いつでも"


def _span(span: Span) -> str:
    if span == ALL_DAY:
        return "終日"
    start, end = ("" if minutes is None else clock(minutes) for minutes in (span.start, span.end))
    early = min(minutes for minutes in (span.start, span.end) if minutes is not None) < _EARLY
    half = "午前" if early else ""
    return f"{half}{start}〜{end}" if start else f"〜{half}{end}"


_WRITERS: dict[type, Callable[..., str]] = {
    Weekly: _weekly,
    Nth: _nth,
    MonthDays: _month_days,
    Months: _months,
    Holidays: lambda days, off: "祝日",  # noqa: ARG005
    YearEnd: lambda days, off: "年末年始",  # noqa: ARG005
    Obon: lambda days, off: "お盆",  # noqa: ARG005
    Dates: _dates,
    Period: _period,
    After: _after,
    Moved: _moved,
    Sometimes: _sometimes,
}
