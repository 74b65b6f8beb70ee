"""Whether a schedule of today means another time than the schedule of before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resourcemap.model.names import fold_name
from resourcemap.model.schedule.days import Sometimes, weekdays_of
from resourcemap.model.schedule.schedule import dates_between, hours_on, per_month

if TYPE_CHECKING:
    from datetime import date

    from resourcemap.model.schedule.schedule import Rule, Schedule

REAL, KNOWLEDGE = "real", "knowledge"
_YEAR = 365


class TimeChange(NamedTuple):
    """What became of a schedule: real or knowledge, and why."""

    nature: str
    why: str


def time_change(old: Schedule, new: Schedule, old_text: object, new_text: object, *, on: date) -> TimeChange | None:
    """Tell whether two schedules mean other times; nothing when they mean the same, however they are written.

    Parameters
    ----------
    old, new
        The schedules.
    old_text, new_text
        As written.
    on
        The first day of the year in which dates and hours are held against each other.

    Returns
    -------
    TimeChange or None
        ``real``, ``"other"``: other days or hours. ``knowledge``: ``"now_known"`` and ``"no_longer_known"`` (a blank
        on one side), ``"finer"`` and ``"rougher"`` (月1回 became 第2火曜; days got their hours), ``"cannot_tell"`` (a
        part of one text was not understood).

    Examples
    --------
    >>> from datetime import date
    >>> from resourcemap.model.schedule.days import Weekly
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> monday, friday = (Schedule((Rule(Weekly((day,))),)) for day in (0, 4))
    >>> time_change(monday, friday, "毎週月曜", "毎週金曜", on=date(2026, 11, 1))
    TimeChange(nature='real', why='other')
    >>> time_change(monday, monday, "毎週月曜", "月曜日（毎週）", on=date(2026, 11, 1)) is None
    True
    """
    before, after = _text(old_text), _text(new_text)
    if before == after or _same(old, new, on):
        return None
    if not before or not after:
        return TimeChange(KNOWLEDGE, "no_longer_known" if before else "now_known")
    if old.understood != "all" or new.understood != "all" or not (old.rules and new.rules):
        return TimeChange(KNOWLEDGE, "cannot_tell")
    if _only_says_more(old, new, on):
        return TimeChange(KNOWLEDGE, "finer")
    if _only_says_more(new, old, on):
        return TimeChange(KNOWLEDGE, "rougher")
    return TimeChange(REAL, "other")


def _text(text: object) -> str:
    return fold_name(text) if isinstance(text, str) else ""


def _same(old: Schedule, new: Schedule, on: date) -> bool:
    if set(old.rules) == set(new.rules) and (old.leftover, old.conflicts) == (new.leftover, new.conflicts):
        return bool(old.rules) or bool(old.leftover)
    if not (old.dated and new.dated and old.understood == new.understood == "all"):
        return False
    last = on.fromordinal(on.toordinal() + _YEAR)
    days = dates_between(old, on, last)
    same_days = bool(days) and days == dates_between(new, on, last)
    return same_days and all(hours_on(old, day) == hours_on(new, day) for day in days)


def _only_says_more(rough: Schedule, fine: Schedule, on: date) -> bool:
    """Tell whether the finer schedule fits all that the rougher one says: how often, on which weekdays, which days."""
    if not any(rule.spans for rule in rough.rules) and {_days(rule) for rule in rough.rules} == {
        _days(rule) for rule in fine.rules
    }:
        return True
    vague = [rule.days for rule in rough.rules if isinstance(rule.days, Sometimes)]
    if len(vague) != len(rough.rules) or not fine.dated:
        return False
    weekdays = {day for each in vague for day in weekdays_of(each)}
    if not {day for rule in fine.rules for day in weekdays_of(rule.days)} <= weekdays:
        return False
    last = on.fromordinal(on.toordinal() + _YEAR - 1)
    said, is_now = (per_month(schedule, first=on, last=last) for schedule in (rough, fine))
    return said is None or (is_now is not None and abs(said - is_now) <= said / 4)


def _days(rule: Rule) -> tuple[object, ...]:
    return rule.days, rule.within, rule.without
