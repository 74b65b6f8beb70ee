"""A schedule, and the questions that are asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from resourcemap.model.schedule.days import Dates, Days, Months, Period, Sometimes, weekdays_of
from resourcemap.model.schedule.spans import DAY, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resourcemap.model.schedule.days import Day

TIMES_A_MONTH = {"week": 365.25 / 7 / 12, "fortnight": 365.25 / 14 / 12, "month": 1.0, "2 months": 0.5, "year": 1 / 12}
_LOOKED_AHEAD = 3 * 366


@dataclass(frozen=True)
class Rule:
    """Days, and the hours on them.

    Parameters
    ----------
    days
        The days.
    spans
        The hours; none means that they are not known, never that it is closed.
    within
        Sets of which a day must be in every one: months of a season, a period.
    without
        Sets that are taken out.
    minutes
        How long it takes, when the hours are not known but that is.

    Examples
    --------
    >>> from resourcemap.model.schedule.days import Weekly
    >>> Rule(Weekly((2,)), without=(Months((8,)),)).holds(date(2026, 8, 5))
    False
    """

    days: Days
    spans: tuple[Span, ...] = ()
    within: tuple[Months | Period, ...] = ()
    without: tuple[Days, ...] = ()
    minutes: int | None = None

    def holds(self, day: date) -> bool:
        """Tell whether it takes place on a day."""
        return (
            self.days.holds(day)
            and all(each.holds(day) for each in self.within)
            and not any(each.holds(day) for each in self.without)
        )


@dataclass(frozen=True)
class Schedule:
    """Rules that together say when something takes place, and what of the text they do not say.

    Parameters
    ----------
    rules
        A day counts when one of them holds.
    remarks
        What was understood and has no date: booking, weather, last entry.
    leftover
        What was not understood, as written.
    conflicts
        Pairs of writings that contradict each other. None of the two became a rule.

    Examples
    --------
    >>> from resourcemap.model.schedule.days import Nth
    >>> second = Schedule((Rule(Nth((2,), (1,)), (Span(600, 720),)),))
    >>> [day.isoformat() for day in dates_between(second, date(2026, 1, 1), date(2026, 3, 31))]
    ['2026-01-13', '2026-02-10', '2026-03-10']
    """

    rules: tuple[Rule, ...] = ()
    remarks: tuple[str, ...] = ()
    leftover: str = ""
    conflicts: tuple[tuple[str, str], ...] = ()

    @property
    def understood(self) -> Literal["all", "part", "none"]:
        """How much of the text the rules say; a blank text is understood."""
        if not self.leftover and not self.conflicts:
            return "all"
        return "part" if self.rules else "none"

    @property
    def dated(self) -> bool:
        """Whether all its days are known."""
        return bool(self.rules) and not any(isinstance(rule.days, Sometimes) for rule in self.rules)


def dates_between(schedule: Schedule, first: date, last: date) -> list[date]:
    """List the days it is known to take place on, from `first` to `last` inclusive.

    Examples
    --------
    >>> from resourcemap.model.schedule.days import MonthDays
    >>> tenth = Schedule((Rule(MonthDays((10,))),))
    >>> dates_between(tenth, date(2026, 12, 1), date(2026, 12, 31))
    [datetime.date(2026, 12, 10)]
    """
    return [day for day in _days(first, last) if any(rule.holds(day) for rule in schedule.rules)]


def next_dates(schedule: Schedule, after: date, *, most: int = 3) -> list[date]:
    """List the next days it is known to take place on, `after` itself included.

    It looks three years ahead.

    Examples
    --------
    >>> from resourcemap.model.schedule.days import Weekly
    >>> next_dates(Schedule((Rule(Weekly((2,))),)), date(2026, 12, 2), most=2)
    [datetime.date(2026, 12, 2), datetime.date(2026, 12, 9)]
    """
    found: list[date] = []
    if most < 1:
        return found
    for day in _days(after, min(after, date.max - timedelta(days=_LOOKED_AHEAD)) + timedelta(days=_LOOKED_AHEAD)):
        if any(rule.holds(day) for rule in schedule.rules):
            found.append(day)
            if len(found) == most:
                break
    return found


def hours_on(schedule: Schedule, day: date) -> list[Span] | None:
    """List the hours of a day, in order; ``None`` when it takes place and they are not known.

    Examples
    --------
    >>> from resourcemap.model.schedule.days import Weekly
    >>> monday = Schedule((Rule(Weekly((0,)), (Span(540, 600),)),))
    >>> hours_on(monday, date(2026, 12, 7)), hours_on(monday, date(2026, 12, 8))
    ([Span(start=540, end=600)], [])
    """
    rules = [rule for rule in schedule.rules if rule.holds(day)]
    if any(not rule.spans for rule in rules):
        return None
    return sorted({span for rule in rules for span in rule.spans}, key=lambda span: (span.start or 0, span.end or DAY))


def open_in(schedule: Schedule, weekday: int, start: int, end: int, *, first: date, last: date) -> bool | None:
    """Tell whether it is open at some moment of a slot of the week, on some date of a span of days.

    Hours past midnight belong to the date on which they are: those of the evening before `first` count on `first`,
    those after `last` do not. A span of days without the weekday has no such slot, so it is not open in it.

    Parameters
    ----------
    schedule
        The schedule.
    weekday
        From Monday, 0, to Sunday, 6.
    start, end
        The slot, in minutes from midnight.
    first, last
        The days looked at, both included.

    Returns
    -------
    bool or None
        ``True`` when it surely is on one of them; ``None`` when days, hours or a part of the text are not known
        that could make it so; else ``False``.

    Examples
    --------
    >>> from resourcemap.model.schedule.days import Weekly
    >>> year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    >>> open_in(Schedule((Rule(Weekly((6,)), (Span(600, 720),)),)), 6, 660, 960, **year)
    True
    >>> open_in(Schedule((Rule(Weekly((6,))),)), 6, 660, 960, **year) is None
    True
    >>> open_in(Schedule((Rule(Weekly((6,))),)), 0, 660, 960, **year)
    False
    """
    if (weekday - first.weekday()) % 7 > (last - first).days:
        return False
    unsure = not schedule.rules or schedule.understood != "all"
    for rule in schedule.rules:
        found = _rule_open_in(rule, weekday, start, end, first, last)
        if found:
            return True
        unsure = unsure or found is None
    return None if unsure else False


def per_month(schedule: Schedule, *, first: date, last: date) -> float | None:
    """Say how many days a month it takes place on, on average over a span of days.

    ``None`` when that is not known. Days without dates (月1回) count as often as they say.

    Examples
    --------
    >>> from resourcemap.model.schedule.days import Nth
    >>> twice = Schedule((Rule(Nth((2, 4), (1,))),))
    >>> per_month(twice, first=date(2026, 1, 1), last=date(2026, 12, 31))
    2.0
    >>> per_month(Schedule((Rule(Sometimes(2, "month")),)), first=date(2026, 1, 1), last=date(2026, 1, 31))
    2.0
    """
    vague = [rule.days for rule in schedule.rules if isinstance(rule.days, Sometimes)]
    if not schedule.rules or any(not days.times or not days.per for days in vague):
        return None
    months = months_between(first, last)
    known = len(dates_between(schedule, first, last)) / months if months > 0 else 0.0
    return round(known + sum(days.times * TIMES_A_MONTH[days.per] for days in vague), 2)


def months_between(first: date, last: date) -> float:
    """Say how many months a span of days is, both days included; a day is its share of its own month.

    Examples
    --------
    >>> months_between(date(2026, 1, 1), date(2026, 12, 31)), months_between(date(2026, 6, 16), date(2026, 6, 30))
    (12.0, 0.5)
    """
    return 12 * (last.year - first.year) + last.month - first.month + _share(last, whole=True) - _share(first)


def assumed(schedule: Schedule) -> list[str]:
    """List what was taken by convention: ``year_end``, ``obon``, ``every_year`` (dates without a year).

    Examples
    --------
    >>> from resourcemap.model.schedule.days import Weekly, YearEnd
    >>> assumed(Schedule((Rule(Weekly((2,)), without=(YearEnd(),)),)))
    ['year_end']
    """
    sets: list[Days] = [each for rule in schedule.rules for each in (rule.days, *rule.within, *rule.without)]
    names = {type(each).__name__ for each in sets}
    yearless = any(day.year is None for each in sets for day in _written(each))
    said = {"year_end": "YearEnd" in names, "obon": "Obon" in names, "every_year": yearless}
    return [name for name, yes in said.items() if yes]


def _written(days: Days) -> Iterable[Day]:
    if isinstance(days, Dates):
        return days.days
    return [day for day in (days.first, days.last) if day] if isinstance(days, Period) else ()


def _rule_open_in(rule: Rule, weekday: int, start: int, end: int, first: date, last: date) -> bool | None:
    if isinstance(rule.days, Sometimes):
        return None if weekday in weekdays_of(rule.days) else False
    found: bool | None = False
    for late in (False, True):
        wanted, shift = (weekday - late) % 7, late * DAY
        spans = [span for span in rule.spans if not late or (span.end or 0) > DAY]
        if wanted not in weekdays_of(rule.days) or (late and not spans):
            continue
        over = _overlap(spans, start + shift, end + shift)
        began = _days(first - timedelta(days=late), last - timedelta(days=late))
        if over is False or not any(day.weekday() == wanted and rule.holds(day) for day in began):
            continue
        if over:
            return True
        found = None
    return found


def _overlap(spans: list[Span], start: int, end: int) -> bool | None:
    answers = [span.overlaps(start, end) for span in spans]
    if True in answers:
        return True
    return None if None in answers or not spans else False


def _days(first: date, last: date) -> Iterable[date]:
    return (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))


def _share(day: date, *, whole: bool = False) -> float:
    """Return the share of its month that is over before a day, or with `whole` after it."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (day.day - (0 if whole else 1)) / (following - timedelta(days=1)).day
