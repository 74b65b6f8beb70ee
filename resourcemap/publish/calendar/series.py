"""The days of a schedule as series of events: each is a rule of RFC 5545 with its exceptions, or a single day.

Programs that keep calendars read RRULE and EXDATE alike, but some pass RDATE over. So what no rule says is written as
events of one day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from resourcemap.model.schedule.days import EVERY_DAY, Months, Moved, Period, Sometimes, Weekly
from resourcemap.model.schedule.rrule import rrule_of
from resourcemap.model.schedule.schedule import Rule
from resourcemap.model.schedule.spans import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from resourcemap.model.schedule.schedule import Schedule
    from resourcemap.model.schedule.spans import Span
    from resourcemap.model.schedule.window import Window


@dataclass(frozen=True)
class Series:
    """Days on which the same happens at the same hours.

    Parameters
    ----------
    rule
        The rule of the schedule that they come from.
    span
        The hours; ``None`` when they are not known.
    first, last
        The first and the last day; both belong to it.
    rrule
        The rule in the words of RFC 5545, without its end; blank for a single day.
    without
        The days that the RRULE says between `first` and `last` and on which it does not take place.
    """

    rule: Rule
    span: Span | None
    first: date
    last: date
    rrule: str = ""
    without: tuple[date, ...] = ()


def series_of(schedule: Schedule, window: Window, begins: date | None = None, ends: date | None = None) -> list[Series]:
    """Write the known days of a schedule as series; together they are exactly its days, with their hours.

    Days that are not known (不定期) are in none. What two rules say of the same day and hours is there once. A rule
    becomes an RRULE where that, with its exceptions, is shorter than its days one by one.

    Parameters
    ----------
    schedule
        The schedule.
    window
        The days looked at; no series goes beyond, since holidays and exceptions are not worked out there.
    begins, ends
        The first and last day on which it takes place at all, where they are known.

    Examples
    --------
    >>> from datetime import date
    >>> from resourcemap.model.schedule.days import Nth
    >>> from resourcemap.model.schedule.schedule import Schedule
    >>> from resourcemap.model.schedule.window import window_of
    >>> rule = Rule(Nth((2, 4), (1,)), without=(Months((8,)),))
    >>> year = window_of(date(2026, 1, 1), date(2026, 12, 31))
    >>> [(each.rrule, each.first.isoformat(), len(each.without)) for each in series_of(Schedule((rule,)), year)]
    [('FREQ=MONTHLY;BYDAY=2TU,4TU', '2026-01-13', 2)]
    """
    inside = window.between(begins, ends)
    said: dict[Span | None, np.ndarray] = {}
    found: list[Series] = []
    for rule in schedule.rules:
        if isinstance(rule.days, Sometimes):
            continue
        days = window.days_of_rule(rule) & inside
        for span in dict.fromkeys(rule.spans) or (None,):
            new = days & ~said.get(span, np.zeros(len(window), dtype=bool))
            said[span] = new | said.get(span, new)
            found += _series(rule, span, new, window)
    return found


def _series(rule: Rule, span: Span | None, days: np.ndarray, window: Window) -> Iterator[Series]:
    """Yield the days of a rule: those that recur as one series, and each of the others."""
    whole = _recurring(rule) if span is None or (span.start or 0) < DAY else None
    rrule = whole and rrule_of(whole)
    alone = days
    if whole and rrule:
        recurring = window.days_of_rule(whole)
        together = np.flatnonzero(days & recurring)
        without = [at for at in np.flatnonzero(recurring & ~days) if len(together) and together[0] < at < together[-1]]
        if len(together) > 1 and len(without) < len(together):
            first, last = (window.days[at] for at in together[[0, -1]])
            yield Series(rule, span, first, last, rrule, tuple(window.days[at] for at in without))
            alone = days & ~recurring
    for at in np.flatnonzero(alone):
        yield Series(rule, span, window.days[at], window.days[at])


def _recurring(rule: Rule) -> Rule:
    """Return the rule that recurs behind another, with none of its exceptions."""
    days = rule.days.days if isinstance(rule.days, Moved) else rule.days
    if isinstance(days, Months):
        return Rule(Weekly(EVERY_DAY), within=(days,))
    if isinstance(days, Period):
        return Rule(Weekly(EVERY_DAY))
    months = tuple(each for each in rule.within if isinstance(each, Months))
    return replace(rule, days=days, within=months, without=())
