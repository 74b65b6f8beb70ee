"""A schedule as plain values, for JSON and for cells of tables."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from resourcemap.model.schedule import days as sets
from resourcemap.model.schedule.schedule import Rule, Schedule
from resourcemap.model.schedule.spans import Span

_CLASSES: dict[str, type[Any]] = {
    each.__name__: each
    for each in (
        *(sets.Weekly, sets.Nth, sets.MonthDays, sets.Months, sets.Holidays, sets.YearEnd, sets.Obon, sets.Dates),
        *(sets.Period, sets.After, sets.Moved, sets.Sometimes, sets.Day, Span, Rule, Schedule),
    )
}


def to_plain(schedule: Schedule) -> dict[str, Any]:
    """Return a schedule as dictionaries, lists, texts and numbers; what has its usual value is left out.

    Examples
    --------
    >>> to_plain(Schedule((Rule(sets.Weekly((2,)), (Span(840, 960),)),)))["rules"]
    [{'is': 'Rule', 'days': {'is': 'Weekly', 'weekdays': [2]}, 'spans': [{'is': 'Span', 'start': 840, 'end': 960}]}]
    """
    found: dict[str, Any] = _plain(schedule)
    return found


def from_plain(plain: dict[str, Any]) -> Schedule:
    """Return the schedule that `to_plain` wrote.

    Examples
    --------
    >>> schedule = Schedule((Rule(sets.Weekly((2,)), (Span(840, 960),)),))
    >>> from_plain(to_plain(schedule)) == schedule
    True
    """
    schedule = _made(plain)
    if not isinstance(schedule, Schedule):
        raise TypeError(f"not a schedule: {plain!r}")
    return schedule


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        said = {each.name: getattr(value, each.name) for each in fields(value)}
        usual = {each.name: each.default for each in fields(value)}
        kept = {name: _plain(part) for name, part in said.items() if part != usual[name]}
        return {"is": type(value).__name__, **kept}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _made(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_made(part) for part in plain)
    if not isinstance(plain, dict):
        return plain
    if "date" in plain:
        return date.fromisoformat(plain["date"])
    return _CLASSES[plain["is"]](**{name: _made(part) for name, part in plain.items() if name != "is"})
