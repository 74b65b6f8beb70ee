"""A schedule in English words."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from resourcemap.model.schedule.spans import ALL_DAY, Span, clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from resourcemap.model.schedule.days import Day, Days
    from resourcemap.model.schedule.schedule import Rule, Schedule

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_NTHS = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 5: "5th", -1: "last"}
_WORDS = {
    "irregular": "at irregular times",
    "ask": "on request",
    "anytime": "at any time",
    "school": "after school",
    "": "days not known",
}
_MOVES = {
    "next": "the next day when it is a public holiday",
    "next_weekday": "the next working day when it is a public holiday",
    "next_week": "a week later when it is a public holiday",
    "before": "the day before when it is a public holiday",
    "nowhere": "not on public holidays",
}


def english(schedule: Schedule) -> str:
    """Write the rules of a schedule in English; remarks stay in their own language.

    Examples
    --------
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> english(Schedule((Rule(Weekly((1, 3)), (Span(540, 720),), without=(Holidays(),)),)))
    'every Tuesday and Thursday 9:00–12:00 (except public holidays)'
    """
    return "; ".join([*(_rule(rule) for rule in schedule.rules), *schedule.remarks])


def _rule(rule: Rule) -> str:
    words = _days(rule.days)
    if rule.spans:
        words += " " + ", ".join(_span(span) for span in rule.spans)
    if rule.minutes:
        words += f" for {rule.minutes} minutes"
    for each in rule.within:
        words += f", in {_days(each)}" if isinstance(each, Months) else f", {_days(each)}"
    if isinstance(rule.days, Moved):
        words += f", {_MOVES[rule.days.to]}"
    return words + (f" (except {_and(_days(each, off=True) for each in rule.without)})" if rule.without else "")


def _days(days: Days, *, off: bool = False) -> str:
    return _WRITERS[type(days)](days, off)


def _nth(days: Nth, off: bool) -> str:
    which = _and(_NTHS[nth] for nth in days.nths)
    if days.weekdays == EVERY_DAY:
        return f"the {which} week of each month"
    return f"{which} {_weekdays(days.weekdays)}{'' if off else ' of each month'}"


def _month_days(days: MonthDays, off: bool) -> str:
    which = _and("the last day" if day == -1 else f"day {day}" for day in days.days)
    return f"{which}{'' if off else ' of each month'}"


def _months(days: Months, off: bool) -> str:  # noqa: ARG001
    return _and(_MONTHS[month - 1] for month in days.months)


def _dates(days: Dates, off: bool) -> str:  # noqa: ARG001
    return _and(_day(day) for day in days.days)


def _after(days: After, off: bool) -> str:
    return f"the day {'after' if days.by > 0 else 'before'} {_days(days.days, off=off)}"


def _moved(days: Moved, off: bool) -> str:
    moved = ", but open on public holidays" if days.to == "nowhere" else f", or {_MOVES[days.to]}"
    return _days(days.days, off=off) + (moved if off else "")


def _weekly(days: Weekly, off: bool) -> str:
    if days.every > 1 and days.start:
        return f"every other {_weekdays(days.weekdays)} from {days.start.isoformat()}"
    if days.weekdays == EVERY_DAY:
        return "every day"
    return _weekdays(days.weekdays) if off else f"every {_weekdays(days.weekdays)}"


def _sometimes(days: Sometimes, off: bool) -> str:  # noqa: ARG001
    on = f" on {_weekdays(days.weekdays)}" if days.weekdays else ""
    if days.per == "fortnight":
        return f"every other week{on}"
    if days.per == "2 months":
        return f"every other month{on}"
    if not days.per:
        return _WORDS[days.word] + on
    if not days.times:
        return {"week": "weekly", "year": "yearly"}.get(days.per, "monthly") + on
    times = {1: "once", 2: "twice"}.get(days.times, f"{days.times} times")
    return f"{times} a {days.per}{on}"


def _weekdays(weekdays: tuple[int, ...]) -> str:
    return _and(_WEEKDAYS[weekday] for weekday in weekdays)


def _day(day: Day) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if day.year else "")


def _period(period: Period, off: bool) -> str:  # noqa: ARG001
    words = [f"from {_day(period.first)}" if period.first else "", f"to {_day(period.last)}" if period.last else ""]
    return " ".join(word for word in words if word)


def _span(span: Span) -> str:
    if span == ALL_DAY:
        return "all day"
    if span.end is None:
        return f"from {clock(span.start or 0)}"
    return f"until {clock(span.end)}" if span.start is None else f"{clock(span.start)}–{clock(span.end)}"


def _and(words: Iterable[str]) -> str:
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"


_WRITERS: dict[type, Callable[..., str]] = {
    Weekly: _weekly,
    Nth: _nth,
    MonthDays: _month_days,
    Months: _months,
    Holidays: lambda days, off: "public holidays",  # noqa: ARG005
    YearEnd: lambda days, off: "29 December to 3 January",  # noqa: ARG005
    Obon: lambda days, off: "13 to 15 August",  # noqa: ARG005
    Dates: _dates,
    Period: _period,
    After: _after,
    Moved: _moved,
    Sometimes: _sometimes,
}
