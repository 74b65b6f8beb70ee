"""The days of a span at once: which of them belong to a set, as one array.

It says of every day what the set's own ``holds`` says, many days at a time.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.model.schedule.days import (
    After,
    Dates,
    Holidays,
    MonthDays,
    Months,
    Moved,
    Nth,
    Obon,
    Period,
    Weekly,
    YearEnd,
)
from resourcemap.model.schedule.holidays import is_holiday

if TYPE_CHECKING:
    from collections.abc import Callable

    from resourcemap.model.schedule.days import Day, Days
    from resourcemap.model.schedule.schedule import Rule

FIRST_YEAR, LAST_YEAR = 1900, 2199
_FAR = 14  # days that a day moves at most, as in `Moved`


def window_of(first: date, last: date) -> Window:
    """Return a window of days.

    Raises
    ------
    InputError
        When the last day comes before the first, or one of them is not in the years 1900 to 2199.

    Examples
    --------
    >>> len(window_of(date(2026, 1, 1), date(2026, 12, 31)))
    365
    """
    if first > last or first.year < FIRST_YEAR or last.year > LAST_YEAR:
        raise InputError(
            either(
                ja=f"期間 {first}〜{last} は使えません。{FIRST_YEAR}年から{LAST_YEAR}年までの、"
                "初日が末日より後でない期間にしてください。",
                en=f"Days from {first} to {last} cannot be used. Take days from {FIRST_YEAR} to {LAST_YEAR}, "
                "the first not after the last.",
            )
        )
    return _window(first, last)


# The same year is asked by every step: what one has worked out serves the next.
@lru_cache(maxsize=8)
def _window(first: date, last: date) -> Window:
    return Window(first, last)


class Window:
    """A span of days, and the sets asked of it, each worked out once.

    Parameters
    ----------
    first, last
        The days, both included.

    Examples
    --------
    >>> december = window_of(date(2026, 12, 1), date(2026, 12, 31))
    >>> int(december.days_of(Nth((2, 4), (1,))).sum())
    2
    """

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
        self._known: dict[Days, np.ndarray] = {}
        self._others: dict[tuple[int, int], Window] = {}

    def __len__(self) -> int:
        return len(self.days)

    @cached_property
    def ordinal(self) -> np.ndarray:
        """The number of each day, as ``date.toordinal`` counts."""
        return np.arange(self.first.toordinal(), self.last.toordinal() + 1)

    @cached_property
    def weekday(self) -> np.ndarray:
        """The weekday of each day, from Monday, 0."""
        return (self.ordinal + 6) % 7

    @cached_property
    def month(self) -> np.ndarray:
        """The month of each day."""
        return np.array([day.month for day in self.days])

    @cached_property
    def day(self) -> np.ndarray:
        """The day of the month of each day."""
        return np.array([day.day for day in self.days])

    @cached_property
    def last_of_month(self) -> np.ndarray:
        """How many days come after each day in its month."""
        following = np.array(
            [(day.replace(day=28) + timedelta(days=4)).replace(day=1).toordinal() for day in self.days]
        )
        left: np.ndarray = following - 1 - self.ordinal
        return left

    @cached_property
    def holiday(self) -> np.ndarray:
        """Which days are public holidays."""
        return np.array([is_holiday(day) for day in self.days])

    def days_of(self, days: Days) -> np.ndarray:
        """Tell which days belong to a set; the array is not to be changed."""
        found = self._known.get(days)
        if found is None:
            found = self._known[days] = _way_of(days)(self, days)
        return found

    def days_of_rule(self, rule: Rule) -> np.ndarray:
        """Tell on which days a rule holds."""
        found = self.days_of(rule.days)
        for inside in rule.within:
            found = found & self.days_of(inside)
        for off in rule.without:
            found = found & ~self.days_of(off)
        return found

    def between(self, first: date | None, last: date | None) -> np.ndarray:
        """Tell which days are not before one day and not after another; ``None`` sets no limit."""
        found = np.ones(len(self), dtype=bool)
        if first is not None:
            found &= self.ordinal >= first.toordinal()
        if last is not None:
            found &= self.ordinal <= last.toordinal()
        return found

    def moved(self, first: int, last: int) -> Window:
        """Return the window that begins and ends so many days later, earlier when they are negative."""
        if (first, last) not in self._others:
            ends = self.first + timedelta(days=first), self.last + timedelta(days=last)
            self._others[first, last] = Window(*ends)
        return self._others[first, last]


def _weekly(window: Window, days: Weekly) -> np.ndarray:
    found: np.ndarray = np.isin(window.weekday, days.weekdays)
    if days.start is None:
        return found
    start = days.start.toordinal()
    weeks = (window.ordinal - window.weekday - (start - days.start.weekday())) // 7
    found &= (window.ordinal >= start) & (weeks % days.every == 0)
    return found


def _nth(window: Window, days: Nth) -> np.ndarray:
    found = np.isin((window.day + 6) // 7, days.nths)
    if -1 in days.nths:
        found |= window.last_of_month < 7
    return found & np.isin(window.weekday, days.weekdays)


def _month_days(window: Window, days: MonthDays) -> np.ndarray:
    found = np.isin(window.day, days.days)
    if -1 in days.days:
        found |= window.last_of_month == 0
    return found


def _dates(window: Window, days: Dates) -> np.ndarray:
    found = np.zeros(len(window), dtype=bool)
    for day in days.days:
        for year in range(window.first.year, window.last.year + 1) if day.year is None else [day.year]:
            position = _ordinal(day, year) - window.first.toordinal()
            if 0 <= position < len(window):
                found[position] = True
    return found


def _ordinal(day: Day, year: int) -> int:
    """Return the number of a day in a year, or -1 where there is none or it falls on another weekday."""
    try:
        there = date(year, day.month, day.day)
    except ValueError:
        return -1
    return there.toordinal() if day.weekday in (None, there.weekday()) else -1


def _after(window: Window, days: After) -> np.ndarray:
    return window.moved(-days.by, -days.by).days_of(days.days)


def _moved(window: Window, days: Moved) -> np.ndarray:
    around = window.moved(-_FAR, _FAR)
    every = around.days_of(days.days)
    found: np.ndarray = every & ~around.holiday
    if days.to != "nowhere":
        for position in np.flatnonzero(every & around.holiday):
            by = (days.goal(around.days[position]) - around.days[position]).days
            if abs(by) <= _FAR and 0 <= position + by < len(around):
                found[position + by] = True
    return found[_FAR:-_FAR]


def _day_by_day(window: Window, days: Days) -> np.ndarray:
    return np.array([days.holds(day) for day in window.days])


_WAYS: dict[type, Callable[..., np.ndarray]] = {
    Weekly: _weekly,
    Nth: _nth,
    MonthDays: _month_days,
    Months: lambda window, days: np.isin(window.month, days.months),
    Holidays: lambda window, days: window.holiday,  # noqa: ARG005
    YearEnd: _day_by_day,
    Obon: _day_by_day,
    Period: _day_by_day,
    Dates: _dates,
    After: _after,
    Moved: _moved,
}


def _way_of(days: Days) -> Callable[..., np.ndarray]:
    return _WAYS.get(type(days), _day_by_day)
