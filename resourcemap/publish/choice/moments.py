"""Whether rows take place on the days and at the time asked for: surely, surely not, or nobody knows.

The page of the map works this out from its timetable (days.js); this does so from the schedules themselves, in the same
way and with the same answers.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.model.schedule.days import Sometimes, weekdays_of
from resourcemap.model.schedule.schedule import Schedule
from resourcemap.model.schedule.spans import DAY
from resourcemap.model.schedule.window import Window, window_of
from resourcemap.publish.choice.choice import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resourcemap.model.schedule.schedule import Rule
    from resourcemap.publish.choice.choice import Choice

DOES_NOT, FITS, NOT_KNOWN = 0, 1, 2
WEEKS_AHEAD = 56  # days in which something has to take place
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NOTHING_KNOWN = Schedule()
_EVERY = frozenset(range(7))


def answers(table: pd.DataFrame, schedules: pd.Series, choice: Choice, as_of: date | None) -> np.ndarray:
    """Answer for every row whether it takes place on one of the days, at some moment of the time.

    Looked at are the eight weeks from `as_of`. Suspended rows do not take place. Hours that go on past midnight belong
    to the day on which they are.

    Parameters
    ----------
    table
        The rows that may be shown.
    schedules
        A `Schedule` per row; of a row that shows no schedule nothing is known.
    choice
        The days and the time; where no day is chosen, any will do.
    as_of
        The first day; without it nothing is known of any row.

    Returns
    -------
    numpy.ndarray
        `FITS`, `NOT_KNOWN` or `DOES_NOT`.

    Examples
    --------
    >>> from resourcemap.model.schedule.days import Weekly
    >>> from resourcemap.model.schedule.schedule import Rule
    >>> from resourcemap.publish.choice import Choice
    >>> table = pd.DataFrame({"status": ["active", "suspended", "active"], "schedule": ["水曜", "水曜", "随時"]})
    >>> weekly = Schedule((Rule(Weekly((2,))),))
    >>> answers(table, pd.Series([weekly, weekly, None]), Choice(days=("wed",)), date(2026, 11, 1)).tolist()
    [1, 0, 2]
    """
    suspended = (table["status"] == "suspended").to_numpy()
    if as_of is None:
        return np.where(suspended, DOES_NOT, NOT_KNOWN)
    asked = _Asked(choice, as_of)
    shown = table["schedule"].notna().to_numpy() if "schedule" in table else np.zeros(len(table), dtype=bool)
    begins, ends = (_limits(table, name) for name in ("valid_from", "valid_to"))
    found = [
        DOES_NOT if off else asked.answer(schedule if told and isinstance(schedule, Schedule) else None, begin, end)
        for off, told, schedule, begin, end in zip(
            suspended.tolist(), shown.tolist(), schedules.to_numpy(dtype=object), begins, ends, strict=True
        )
    ]
    return np.array(found, dtype=np.int8)


def _limits(table: pd.DataFrame, name: str) -> list[date | str | None]:
    """Read the first or last days: ``None`` where there is none, the text where it is no day."""
    if name not in table:
        return [None] * len(table)
    return [None if pd.isna(value) else _day(value) for value in table[name]]


def _day(value: object) -> date | str:
    text = value.isoformat()[:10] if isinstance(value, date) else str(value).removesuffix(" 00:00:00")
    try:
        return date.fromisoformat(text) if _ISO.fullmatch(text) else text
    except ValueError:
        return text


class _Asked:
    """Days and hours asked for; each schedule is answered once for the same first and last day."""

    def __init__(self, choice: Choice, as_of: date) -> None:
        self.window = window_of(as_of - timedelta(days=1), as_of + timedelta(days=WEEKS_AHEAD - 1))
        self.weekdays = frozenset(WEEKDAYS.index(day) for day in choice.days) or _EVERY
        start, end = choice.minutes
        self.hours = None if (start, end) == (None, None) else (start or 0, DAY if end is None else end)
        self._known: dict[tuple[Schedule, date | None, date | None], int] = {}

    def answer(self, schedule: Schedule | None, begins: date | str | None, ends: date | str | None) -> int:
        """Answer for a schedule that holds from a day to another; where one of them is no day, nothing is known."""
        if isinstance(begins, str) or isinstance(ends, str):
            schedule, begins, ends = None, _read(begins), _read(ends)
        key = (schedule or _NOTHING_KNOWN, begins, ends)
        if key not in self._known:
            self._known[key] = self._answer(*key)
        return self._known[key]

    def _answer(self, schedule: Schedule, begins: date | None, ends: date | None) -> int:
        if not schedule.rules or schedule.understood != "all":
            possible = _EVERY
        else:
            possible = frozenset(day for days in _vague(schedule) for day in weekdays_of(days))
        here = self.window.between(begins, ends)
        today_on = here & (self.window.ordinal > self.window.first.toordinal())
        maybe = bool(possible & self.weekdays & _weekdays(self.window, today_on))
        for rule in schedule.rules:
            if isinstance(rule.days, Sometimes):
                continue
            found = self._rule(rule, here)
            if found == FITS:
                return FITS
            maybe = maybe or found == NOT_KNOWN
        return NOT_KNOWN if maybe else DOES_NOT

    def _rule(self, rule: Rule, here: np.ndarray) -> int:
        held = self.window.days_of_rule(rule) & here
        maybe = False
        for late in (False, True):
            met = self._meets(rule, late=late)
            days = held[:-1] if late else held[1:]
            after = self.window.weekday[1:]  # the weekday on which the hours are: past midnight that of the next day
            if met == DOES_NOT or not self.weekdays & set(after[days].tolist()):
                continue
            if met == FITS:
                return FITS
            maybe = True
        return NOT_KNOWN if maybe else DOES_NOT

    def _meets(self, rule: Rule, *, late: bool) -> int:
        """Tell whether hours meet those asked for; `late` looks at those past midnight, of the day before."""
        if self.hours is None:
            return DOES_NOT if late else FITS
        if not rule.spans:
            return DOES_NOT if late else FITS if self.hours == (0, DAY) else NOT_KNOWN
        shift = DAY if late else 0
        spans = [span for span in rule.spans if not late or (span.end or 0) > DAY]
        met = [span.overlaps(self.hours[0] + shift, self.hours[1] + shift) for span in spans]
        return FITS if True in met else NOT_KNOWN if None in met else DOES_NOT


def _read(limit: date | str | None) -> date | None:
    return limit if isinstance(limit, date) else None


def _vague(schedule: Schedule) -> Iterable[Sometimes]:
    return (rule.days for rule in schedule.rules if isinstance(rule.days, Sometimes))


def _weekdays(window: Window, days: np.ndarray) -> frozenset[int]:
    return frozenset(window.weekday[days].tolist())
