"""Sets of days: every Wednesday, the 10th of each month, public holidays; each tells whether a day belongs to it.

Weekdays count from Monday, 0, to Sunday, 6. Sets know no clock: whether a day belongs never depends on today.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from resourcemap.model.schedule.holidays import is_holiday

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EVERY_DAY = tuple(range(7))
_ONE = timedelta(days=1)
_FAR = 14


@dataclass(frozen=True, order=True)
class Day:
    """A day of the calendar; without a year it comes back every year.

    Parameters
    ----------
    month, day
        As in a date.
    year
        When it is known.
    weekday
        When it is written beside a day without year: only years in which it is right count.

    Examples
    --------
    >>> Day(12, 6, weekday=6).is_on(date(2026, 12, 6)), Day(12, 6, weekday=6).is_on(date(2027, 12, 6))
    (True, False)
    """

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None

    def is_on(self, other: date) -> bool:
        """Tell whether it is this day."""
        return (
            (self.month, self.day) == (other.month, other.day)
            and self.year in (None, other.year)
            and self.weekday in (None, other.weekday())
        )


@dataclass(frozen=True)
class Weekly:
    """Some weekdays of every week, or of every `every`-th week from `start`."""

    weekdays: tuple[int, ...]
    every: int = 1
    start: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        if day.weekday() not in self.weekdays:
            return False
        if self.every == 1 or self.start is None:
            return self.start is None or day >= self.start
        weeks = (_monday(day) - _monday(self.start)).days // 7
        return day >= self.start and weeks % self.every == 0


@dataclass(frozen=True)
class Nth:
    """The n-th of some weekdays in each month; -1 is the last one."""

    nths: tuple[int, ...]
    weekdays: tuple[int, ...]

    def holds(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        if day.weekday() not in self.weekdays:
            return False
        return (day.day + 6) // 7 in self.nths or (-1 in self.nths and _length(day) - day.day < 7)


@dataclass(frozen=True)
class MonthDays:
    """Days of each month by number; -1 is the last one."""

    days: tuple[int, ...]

    def holds(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        return day.day in self.days or (-1 in self.days and day.day == _length(day))


@dataclass(frozen=True)
class Months:
    """All days of some months."""

    months: tuple[int, ...]

    def holds(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        return day.month in self.months


@dataclass(frozen=True)
class Holidays:
    """The public holidays of Japan."""

    def holds(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        return is_holiday(day)


@dataclass(frozen=True)
class YearEnd:
    """年末年始 without dates: by convention 29 December to 3 January."""

    def holds(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)


@dataclass(frozen=True)
class Obon:
    """お盆 without dates: by convention 13 to 15 August."""

    def holds(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        return day.month == 8 and 13 <= day.day <= 15


@dataclass(frozen=True)
class Dates:
    """Days written out one by one."""

    days: tuple[Day, ...]

    def holds(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        return any(each.is_on(day) for each in self.days)


@dataclass(frozen=True)
class Period:
    """All days from `first` to `last`; one of them may be open, and without years it comes back every year."""

    first: Day | None = None
    last: Day | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        here = (day.month, day.day)
        first, last = self.first, self.last
        if first and last and first.year is None and last.year is None:
            after, before = here >= (first.month, first.day), here <= (last.month, last.day)
            return after and before if (first.month, first.day) <= (last.month, last.day) else after or before
        return (first is None or (first.year or day.year, first.month, first.day) <= (day.year, *here)) and (
            last is None or (last.year or day.year, last.month, last.day) >= (day.year, *here)
        )


@dataclass(frozen=True)
class After:
    """The days that come `by` days after those of another set; before them when it is negative."""

    days: Days
    by: int

    def holds(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        return _within_calendar(day) and self.days.holds(day - timedelta(days=self.by))


@dataclass(frozen=True)
class Moved:
    """The days of another set, where those on public holidays move.

    ``to`` is the next day, the next day that is no holiday and no weekend, the same weekday a week later, the
    day before, or nowhere (they fall out).
    """

    days: Days
    to: Literal["next", "next_weekday", "next_week", "before", "nowhere"]

    def holds(self, day: date) -> bool:
        """Tell whether the day belongs to the set."""
        if self.days.holds(day) and not is_holiday(day):
            return True
        if self.to == "nowhere" or not _within_calendar(day):
            return False
        return any(self.days.holds(first) and is_holiday(first) and self.goal(first) == day for first in _around(day))

    def goal(self, day: date) -> date:
        """Return where a day moves to when it is a public holiday; the day itself when it falls out."""
        if self.to == "nowhere":
            return day
        if self.to == "next_week":
            return day + 7 * _ONE
        if self.to != "next_weekday":
            return day - _ONE if self.to == "before" else day + _ONE
        goal = day + _ONE
        while is_holiday(goal) or goal.weekday() > 4:
            goal += _ONE
        return goal


@dataclass(frozen=True)
class Sometimes:
    """Days that are not known: how often, when that is said, and on which weekdays.

    Parameters
    ----------
    times
        How many times at least in each `per`; 0 when it is not said.
    per
        ``week``, ``fortnight``, ``month``, ``2 months`` or ``year``; blank when it is not said.
    weekdays
        The only weekdays that come into question; none when it is not said.
    word
        ``irregular``, ``ask``, ``anytime``, ``school`` (after school) or blank: why the days are not known.
    """

    times: int = 0
    per: Literal["", "week", "fortnight", "month", "2 months", "year"] = ""
    weekdays: tuple[int, ...] = ()
    word: Literal["", "irregular", "ask", "anytime", "school"] = ""

    def holds(self, day: date) -> bool:  # noqa: ARG002
        """Tell that no day is known to belong to the set."""
        return False


Days: TypeAlias = (
    Weekly | Nth | MonthDays | Months | Holidays | YearEnd | Obon | Dates | Period | After | Moved | Sometimes
)


def in_order(days: Iterable[Day]) -> Dates:
    """Return dates in order, each of them once; those without a year come first.

    Examples
    --------
    >>> [day.month for day in in_order([Day(1, 9, 2027), Day(12, 5, 2026), Day(12, 5, 2026), Day(7, 1)]).days]
    [7, 12, 1]
    """
    return Dates(tuple(sorted(set(days), key=lambda day: (day.year or 0, day.month, day.day, day.weekday or 0))))


def weekdays_of(days: Days) -> tuple[int, ...]:
    """Return the weekdays that a set may fall on.

    Examples
    --------
    >>> weekdays_of(Nth((2,), (1,))), weekdays_of(After(Weekly((6,)), 1)), len(weekdays_of(MonthDays((10,))))
    ((1,), (0,), 7)
    """
    if isinstance(days, After):
        return tuple(sorted((weekday + days.by) % 7 for weekday in weekdays_of(days.days)))
    if isinstance(days, Weekly | Nth):
        return days.weekdays
    if isinstance(days, Sometimes):
        return days.weekdays or EVERY_DAY
    return EVERY_DAY


def contains(larger: Days, smaller: Days) -> bool:
    """Tell whether one set surely holds every day of another, judged by their kinds.

    Examples
    --------
    >>> contains(Weekly((1, 3)), Nth((2,), (1,))), contains(Nth((2,), (1,)), Weekly((1,)))
    (True, False)
    """
    if larger == smaller:
        return True
    if isinstance(larger, Weekly) and larger.every == 1 and larger.start is None:
        return set(weekdays_of(smaller)) <= set(larger.weekdays)
    if isinstance(larger, Nth) and isinstance(smaller, Nth):
        return set(smaller.nths) <= set(larger.nths) and set(smaller.weekdays) <= set(larger.weekdays)
    if isinstance(larger, MonthDays) and isinstance(smaller, MonthDays):
        return set(smaller.days) <= set(larger.days)
    return False


def _around(day: date) -> Iterator[date]:
    return (day + timedelta(days=by) for by in range(-_FAR, _FAR + 1))


def _within_calendar(day: date) -> bool:
    return date.min + _FAR * _ONE <= day <= date.max - _FAR * _ONE


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday()) if day > date(1, 1, 7) else date(1, 1, 1)


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]
