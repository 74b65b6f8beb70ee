"""How much is offered: opening days per month, hours per opening day, and seat-hours per month."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.model.schedule.days import Sometimes
from resourcemap.model.schedule.schedule import TIMES_A_MONTH, months_between
from resourcemap.model.schedule.window import window_of
from resourcemap.reach.slots import in_force

if TYPE_CHECKING:
    from datetime import date

    from resourcemap.model.schedule.schedule import Rule, Schedule
    from resourcemap.model.schedule.window import Window

UNKNOWN_PARTS = ("schedule", "hours", "capacity")
_HOUR = 60
_NAN = float("nan")


def opening(
    schedules: pd.Series,
    capacity: pd.Series | None = None,
    *,
    first: date,
    last: date,
    status: pd.Series | None = None,
    valid_from: pd.Series | None = None,
    valid_to: pd.Series | None = None,
) -> pd.DataFrame:
    """Measure how much each resource offers in a month, on average over a span of days.

    Seat-hours are places x hours of an opening day x opening days of a month: a hall with 20 places, two hours every
    Wednesday, offers 20 x 2 x 4.3 = 174. What is not known stays unknown, and is never taken for nothing.

    Not counted: whether places are taken, whether the room is shared with others, breaks, preparation, and bookings.
    Hours of two groups at the same time on one day count once. A day counts with all its hours, those past midnight
    included. Days without dates (月1回) count as often as they say.

    Parameters
    ----------
    schedules
        A `Schedule` per resource; a missing one counts as blank.
    capacity
        How many people there is room for at a time, for each resource, missing where it is not known or there is no
        limit; not known anywhere when not given.
    first, last
        The days looked at, both included: take whole years, so that seasons and holidays count as they should.
    status
        A suspended or ended resource offers nothing; any other word changes nothing.
    valid_from, valid_to
        The first and last day on which each resource takes place, where they are given. The month is still an average
        one of all the days looked at, so what takes place for half of them offers half as much.

    Returns
    -------
    pandas.DataFrame
        On the index of `schedules`:

        ``days_per_month``
            Opening days; not a number when the text is blank, not wholly understood, or does not say how often. Where
            it is one, `resourcemap.model.schedule.schedule.per_month` gives the same, rounded.
        ``hours_per_day``
            Hours of an average opening day; not a number when those of any day are not known, or there is no day.
        ``seat_hours``
            Seat-hours per month; 0 when there is no opening day, else not a number when a part is not known.
        ``unknown``
            The first part that is not known: ``"schedule"`` (which days), ``"hours"``, ``"capacity"``, or ``""``.

    Raises
    ------
    InputError
        When columns differ in length, a capacity is negative, or the days cannot be used.

    Examples
    --------
    >>> from datetime import date
    >>> from resourcemap.model.schedule.days import Nth, Weekly
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> from resourcemap.model.schedule.spans import Span
    >>> twice = Schedule((Rule(Nth((2, 4), (1,)), (Span(600, 720),)),))
    >>> salons = pd.Series([twice, twice, Schedule((Rule(Weekly((2,))),)), Schedule()])
    >>> opening(salons, pd.Series([15, None, 10, 10]), first=date(2026, 1, 1), last=date(2026, 12, 31)).round(2)
       days_per_month  hours_per_day  seat_hours   unknown
    0            2.00            2.0        60.0
    1            2.00            2.0         NaN  capacity
    2            4.33            NaN         NaN     hours
    3             NaN            NaN         NaN  schedule
    """
    window = window_of(first, last)
    keys = in_force(schedules, status=status, valid_from=valid_from, valid_to=valid_to)
    offered = {
        (schedule, begins, ends): _offered(schedule, window, begins, ends)
        for schedule, begins, ends in dict.fromkeys(keys)
    }
    days, hours = np.array([offered[key] for key in keys], dtype=float).reshape(-1, 2).T
    places = _places(capacity, schedules)
    unknown = np.select([days == 0, np.isnan(days), np.isnan(hours), np.isnan(places)], ["", *UNKNOWN_PARTS], "")
    made = {
        "days_per_month": days,
        "hours_per_day": hours,
        "seat_hours": np.where(days == 0, 0.0, places * hours * days),
        "unknown": unknown.astype(object),
    }
    return pd.DataFrame(made, index=schedules.index)


@lru_cache(maxsize=4096)
def _offered(schedule: Schedule | None, window: Window, begins: date | None, ends: date | None) -> tuple[float, float]:
    """Return the opening days per month and the hours of an average one."""
    if schedule is None:
        return 0.0, _NAN
    valid = window.between(begins, ends)
    if not valid.any():
        return 0.0, _NAN
    vague = [(rule, rule.days) for rule in schedule.rules if isinstance(rule.days, Sometimes)]
    if not schedule.rules or schedule.understood != "all" or any(not days.times or not days.per for _, days in vague):
        return _NAN, _NAN
    months = months_between(window.first, window.last)
    share = float(valid.mean())
    dates = [days.times * TIMES_A_MONTH[days.per] * months * share for _, days in vague]
    minutes = [_minutes([rule]) for rule, _ in vague]
    for rules, number in _dates_by_rules(schedule, window, valid):
        dates.append(number)
        minutes.append(_minutes(rules))
    total = sum(dates)
    return total / months, float(np.dot(dates, minutes)) / total / _HOUR if total else _NAN


def _dates_by_rules(schedule: Schedule, window: Window, valid: np.ndarray) -> list[tuple[list[Rule], int]]:
    """Count the dates on which the same rules hold together."""
    dated = [rule for rule in schedule.rules if not isinstance(rule.days, Sometimes)]
    holds = [(window.days_of_rule(rule) & valid).tolist() for rule in dated]
    together = Counter(zip(*holds, strict=True))
    return [
        ([rule for rule, on in zip(dated, each, strict=True) if on], dates)
        for each, dates in together.items()
        if any(each)
    ]


def _minutes(rules: list[Rule]) -> float:
    """Return the minutes of a day on which rules hold together; not a number when they are not known."""
    if len(rules) == 1 and not rules[0].spans:
        return float(rules[0].minutes or _NAN)
    spans = sorted({span for rule in rules for span in rule.spans}, key=lambda span: (span.start or 0, span.end or 0))
    if not all(rule.spans for rule in rules):
        return _NAN
    total, until = 0, 0
    for span in spans:
        if span.start is None or span.end is None:
            return _NAN
        total += max(span.end - max(span.start, until), 0)
        until = max(until, span.end)
    return float(total)


def _places(capacity: pd.Series | None, schedules: pd.Series) -> np.ndarray:
    if capacity is None:
        return np.full(len(schedules), np.nan)
    if len(capacity) != len(schedules):
        raise InputError(
            either(
                ja=f"定員は{len(capacity)}行ですが、日時は{len(schedules)}行です。同じ表の列にしてください。",
                en=f"capacity has {len(capacity)} rows and the schedules have {len(schedules)}. "
                "Give columns of one table.",
            )
        )
    places: np.ndarray = pd.to_numeric(capacity).to_numpy(dtype=float, na_value=np.nan)
    if (places < 0).any():
        which = first_five(capacity.index[places < 0])
        raise InputError(
            either(
                ja=f"定員が負の行があります（{which}）。直すか、空欄にしてください。",
                en=f"capacity is negative (rows {which}). Correct it, or leave it blank.",
            )
        )
    return places
