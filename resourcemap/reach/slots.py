"""What is open when: every resource in every slot, open, closed, or not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.model.schedule.days import Sometimes, weekdays_of
from resourcemap.model.schedule.schedule import Schedule
from resourcemap.model.schedule.spans import DAY
from resourcemap.model.schedule.window import window_of
from resourcemap.reach.slot_words import Slot, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from resourcemap.model.schedule.schedule import Rule
    from resourcemap.model.schedule.spans import Span
    from resourcemap.model.schedule.window import Window

OPEN, CLOSED, UNKNOWN = 1, 0, -1
CLOSED_STATUSES = ("suspended", "ended")
_NOTHING_KNOWN = Schedule()


@dataclass(frozen=True)
class OpenTable:
    """On what share of the dates of each slot each resource is open: surely at least, and possibly at most.

    Parameters
    ----------
    slots
        The slots, in the order of the columns.
    least, most
        Resources x slots, from 0 to 1: the share of the slot's dates on which it is surely open at some moment of
        the slot, and on which nothing known rules that out. 0 where the slot has no date in the days looked at.
    dates
        How many dates each slot has in the days looked at.
    index
        The index of the resources.
    """

    slots: tuple[Slot, ...]
    least: np.ndarray = field(repr=False)
    most: np.ndarray = field(repr=False)
    dates: np.ndarray = field(repr=False)
    index: pd.Index = field(repr=False)

    def __len__(self) -> int:
        return len(self.least)

    @property
    def state(self) -> np.ndarray:
        """Whether each resource is ever open in each slot: 1 surely, 0 surely not, -1 unknown (whole numbers)."""
        return np.where(self.least > 0, OPEN, np.where(self.most > 0, UNKNOWN, CLOSED)).astype(np.int8)

    @property
    def share(self) -> np.ndarray:
        """The share of a slot's dates on which it is open; not a number where that is not known, or no date is."""
        return np.where((self.least == self.most) & (self.dates > 0), self.least, np.nan)

    def surely(self, at_least: float = 0.0) -> np.ndarray:
        """Tell what is surely open on that share of the dates of each slot; 0 means on any date."""
        found: np.ndarray = (self.least > 0) & (self.least >= at_least)
        return found

    def possibly(self, at_least: float = 0.0) -> np.ndarray:
        """Tell what may be open on that share of the dates of each slot, what surely is included."""
        found: np.ndarray = (self.most > 0) & (self.most >= at_least)
        return found


def open_in_slots(
    schedules: pd.Series,
    slots: Sequence[Slot],
    *,
    first: date,
    last: date,
    status: pd.Series | None = None,
    valid_from: pd.Series | None = None,
    valid_to: pd.Series | None = None,
) -> OpenTable:
    """Say of every resource in every slot whether it is open, and on what share of the slot's dates.

    Open means at some moment of the slot: a salon from 10 to 12 is open in a slot from 11 to 13, and closed in one
    from 12 to 13. A monthly salon is open on 0.23 of the Sundays of a year, not on all of them. Whether it is open at
    all is what `resourcemap.model.schedule.schedule.open_in` says, cell by cell. Each distinct schedule is worked
    out once.

    What is not known: a text that is blank or not wholly understood may mean any day; days that are only said to
    come sometimes (月1回) may be any of their weekdays, whatever the hours; hours that are not said may be any of
    their days, but lie surely in a slot of the whole day. Such a resource may be open, so it is unknown and not
    closed. Not considered: whether there is room, last entry, booking, and hours of travel.

    Parameters
    ----------
    schedules
        A `Schedule` per resource; a missing one counts as blank.
    slots
        The slots asked for.
    first, last
        The days looked at, both included; slots of a date outside them have no date. Hours past midnight count on
        the date on which they are.
    status
        A suspended or ended resource is closed in every slot; any other word changes nothing.
    valid_from, valid_to
        The first and last day on which each resource takes place, where they are given: the other days count as
        closed. Hours past midnight belong to the day on which they began.

    Returns
    -------
    OpenTable
        On the index of `schedules`, in the order of `slots`.

    Raises
    ------
    InputError
        When `first` comes after `last` or they are not in the years 1900 to 2199, there is no slot, or columns differ
        in length.

    Examples
    --------
    >>> from datetime import date
    >>> from resourcemap.model.schedule.days import Nth, Weekly
    >>> from resourcemap.model.schedule.schedule import Rule
    >>> from resourcemap.model.schedule.spans import Span
    >>> morning = (Span(600, 720),)
    >>> salons = pd.Series([Schedule((Rule(Weekly((6,)), morning),)), Schedule((Rule(Nth((1,), (6,)), morning),)),
    ...     Schedule((Rule(Weekly((6,))),))])
    >>> sunday = Slot((6,), 660, 780), Slot((6,), 720, 780)
    >>> table = open_in_slots(salons, sunday, first=date(2026, 1, 1), last=date(2026, 12, 31))
    >>> table.state.tolist()
    [[1, 0], [1, 0], [-1, -1]]
    >>> table.share.round(2).tolist()
    [[1.0, 0.0], [0.23, 0.0], [nan, nan]]
    """
    if not slots:
        raise InputError(
            either(ja="時間帯がありません。ひとつ以上書いてください。", en="There is no slot. Name one or more.")
        )
    window = window_of(first, last)
    asked = _Asked(window.moved(-1, 0), slots)
    keys = in_force(schedules, status=status, valid_from=valid_from, valid_to=valid_to)
    number = {key: position for position, key in enumerate(dict.fromkeys(keys))}
    least = np.zeros((len(number), len(slots)))
    most = np.zeros_like(least)
    for (schedule, begins, ends), row in number.items():
        if schedule is not None:
            least[row], most[row] = asked.counts(schedule, begins, ends)
    rows = np.array([number[key] for key in keys], dtype=int)
    dates = asked.dates
    return OpenTable(
        tuple(slots), least[rows] / np.maximum(dates, 1), most[rows] / np.maximum(dates, 1), dates, schedules.index
    )


def open_at(
    schedules: pd.Series,
    day: date,
    minute: int,
    *,
    status: pd.Series | None = None,
    valid_from: pd.Series | None = None,
    valid_to: pd.Series | None = None,
) -> pd.Series:
    """Tell which resources are open at a moment: true, false, or missing where it is not known.

    Parameters
    ----------
    schedules, status, valid_from, valid_to
        As `open_in_slots` takes them.
    day, minute
        The day, and minutes from its midnight. Who closes at that minute is closed.

    Returns
    -------
    pandas.Series
        Booleans that may be missing (``boolean``), on the index of `schedules`.

    Examples
    --------
    >>> from datetime import date
    >>> from resourcemap.model.schedule.days import Weekly
    >>> from resourcemap.model.schedule.schedule import Rule
    >>> from resourcemap.model.schedule.spans import Span
    >>> halls = pd.Series([Schedule((Rule(Weekly((6,)), (Span(600, 720),)),)), Schedule()])
    >>> open_at(halls, date(2026, 12, 6), 11 * 60).tolist(), open_at(halls, date(2026, 12, 6), 12 * 60).tolist()
    ([True, <NA>], [False, <NA>])
    """
    ends = {"status": status, "valid_from": valid_from, "valid_to": valid_to}
    state = open_in_slots(schedules, [moment(day, minute)], first=day, last=day, **ends).state[:, 0]
    return pd.Series(pd.arrays.BooleanArray(state == OPEN, state == UNKNOWN), index=schedules.index, name="open")


def in_force(
    schedules: pd.Series,
    *,
    status: pd.Series | None = None,
    valid_from: pd.Series | None = None,
    valid_to: pd.Series | None = None,
) -> list[tuple[Schedule | None, date | None, date | None]]:
    """Return of every resource its schedule, ``None`` when it is suspended or ended, and its first and last day.

    Parameters
    ----------
    schedules, status, valid_from, valid_to
        As `open_in_slots` takes them.

    Raises
    ------
    InputError
        When columns differ in length.

    Examples
    --------
    >>> in_force(pd.Series([None, Schedule()]), status=pd.Series(["active", "ended"]))[1]
    (None, None, None)
    """
    _check(schedules, status=status, valid_from=valid_from, valid_to=valid_to)
    closed = np.zeros(len(schedules), dtype=bool) if status is None else status.isin(CLOSED_STATUSES).to_numpy()
    # What is the same text is nearly always the same object, and those are told apart without looking inside.
    one_of: dict[int, Schedule] = {}
    of_value: dict[Schedule, Schedule] = {}
    for each in schedules:
        if id(each) not in one_of:
            schedule = each if isinstance(each, Schedule) else _NOTHING_KNOWN
            one_of[id(each)] = of_value.setdefault(schedule, schedule)
    return [
        (None, None, None) if off else (one_of[id(each)], begins, ends)
        for each, off, begins, ends in zip(
            schedules, closed, _days(valid_from, len(schedules)), _days(valid_to, len(schedules)), strict=True
        )
    ]


class _Asked:
    """The slots asked for: their distinct hours, and their distinct dates in a window that begins a day early."""

    def __init__(self, window: Window, slots: Sequence[Slot]) -> None:
        self.window = window
        self.hours = list(dict.fromkeys((slot.start, slot.end) for slot in slots))
        when = list(dict.fromkeys((slot.weekdays, slot.date) for slot in slots))
        self.hour_of = np.array([self.hours.index((slot.start, slot.end)) for slot in slots])
        self.when_of = np.array([when.index((slot.weekdays, slot.date)) for slot in slots])
        on = [np.isin(window.weekday, weekdays) & window.between(day, day) for weekdays, day in when]
        # Numbers of 32 bits count 16 million days exactly, and are multiplied faster than whole numbers.
        self.when = np.array(on, dtype=np.float32)[:, 1:].T
        self.dates: np.ndarray = self.when.sum(axis=0)[self.when_of].astype(int)
        self._overlaps: dict[tuple[tuple[Span, ...], int], tuple[np.ndarray, np.ndarray]] = {}

    def counts(self, schedule: Schedule, begins: date | None, ends: date | None) -> tuple[np.ndarray, np.ndarray]:
        """Count the dates of each slot on which it is surely open, and on which it may be."""
        valid = self.window.between(begins, ends) if begins or ends else None
        surely = np.zeros((len(self.hours), len(self.window) - 1), dtype=bool)
        maybe = np.zeros_like(surely)
        if not schedule.rules or schedule.understood != "all":
            maybe |= True if valid is None else valid[1:]
        for rule in schedule.rules:
            self._add(rule, valid, surely, maybe)
        maybe |= surely
        return self._counted(surely), self._counted(maybe)

    def _add(self, rule: Rule, valid: np.ndarray | None, surely: np.ndarray, maybe: np.ndarray) -> None:
        """Mark the hours and dates of a rule."""
        if isinstance(rule.days, Sometimes):
            possible = np.isin(self.window.weekday, weekdays_of(rule.days))
            maybe |= (possible if valid is None else possible & valid)[1:]
            return
        days = self.window.days_of_rule(rule)
        days = days if valid is None else days & valid
        for late in (0, 1):
            spans = rule.spans if not late else tuple(span for span in rule.spans if (span.end or 0) > DAY)
            if late and not spans:
                continue
            on = days[:-1] if late else days[1:]
            sure, unsure = self._overlap(spans, late * DAY)
            surely |= sure[:, None] & on
            maybe |= unsure[:, None] & on

    def _overlap(self, spans: tuple[Span, ...], shift: int) -> tuple[np.ndarray, np.ndarray]:
        """Tell in which hours a day with these spans is surely open, and in which that is not known."""
        if (spans, shift) not in self._overlaps:
            answers = [[span.overlaps(start + shift, end + shift) for span in spans] for start, end in self.hours]
            # Hours that are not said lie somewhere in their day: in a slot of the whole day they surely do.
            whole = np.array([not spans and start == 0 and end == DAY and not shift for start, end in self.hours])
            sure = whole | np.array([True in each for each in answers])
            unsure = np.array([None in each or not each for each in answers])
            self._overlaps[spans, shift] = sure, unsure
        return self._overlaps[spans, shift]

    def _counted(self, open_on: np.ndarray) -> np.ndarray:
        counted: np.ndarray = (open_on.astype(np.float32) @ self.when)[self.hour_of, self.when_of]
        return counted


def _days(column: pd.Series | None, rows: int) -> list[date | None]:
    if column is None or column.isna().all():
        return [None] * rows
    return [None if pd.isna(day) else day.date() for day in pd.to_datetime(column)]


def _check(schedules: pd.Series, **columns: pd.Series | None) -> None:
    faults = [
        either(
            ja=f"{name} は{len(column)}行ですが、日時は{len(schedules)}行です。同じ表の列にしてください。",
            en=f"{name} has {len(column)} rows and the schedules have {len(schedules)}. Give columns of one table.",
        )
        for name, column in columns.items()
        if column is not None and len(column) != len(schedules)
    ]
    if faults:
        raise InputError(faults)
