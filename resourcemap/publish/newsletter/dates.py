"""The dates of a month in the form that is shortest to read: every week, nearly every day, and day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from datetime import date

    from resourcemap.publish.paper.occasions import Occasions

# Days of a weekday that make it a weekly one, and how many of a month's may be left out.
_LEAST, _MOST_OFF = 3, 2
# So many weekdays a week are nearly every day, so many days in a row a span.
_OFTEN, _SPAN = 4, 4


@dataclass(frozen=True)
class Time:
    """When one row takes place on its days: minutes from midnight, missing where not known."""

    row: Any
    start: int | None
    end: int | None


@dataclass(frozen=True)
class Line:
    """What takes place on the same days under one name, perhaps at several places one after another.

    Parameters
    ----------
    times
        Rows and hours, by time.
    off
        Days on which it is not, though it would be.
    """

    times: tuple[Time, ...]
    off: tuple[date, ...] = ()


@dataclass(frozen=True)
class Part:
    """Lines under one heading.

    Parameters
    ----------
    days
        The days they are about: one day, the first and the last of a span, or the days of a weekday.
    weekdays
        From Monday, 0; empty for what is not weekly.
    lines
        By time, then in the order of the rows.
    """

    days: tuple[date, ...]
    weekdays: tuple[int, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Month:
    """The dates of a month: single days and spans in their order, weekly ones by weekday, and nearly every day."""

    fixed: tuple[Part, ...]
    weekly: tuple[Part, ...]
    often: tuple[Part, ...]


def month_of_dates(found: Occasions, first: date, last: date, *, names: Mapping[Hashable, str]) -> Month:
    """Group the dates of a month; every date of `found` is in one part, or is one of a part's days.

    A row is weekly on a weekday when it is there on three days of the month at least, and misses two at most; those
    missed are said. On four weekdays or more it is nearly every day. Of the other days four or more in a row are a
    span, the rest single days. Rows of one name on the same days, such as the stops of a van, share a line.

    Parameters
    ----------
    found
        The occasions of the month.
    first, last
        The first and the last day of the month.
    names
        The name of every row, by its label; rows come in this order where their times are the same.

    Examples
    --------
    >>> from datetime import date
    >>> import pandas as pd
    >>> from resourcemap.publish.paper.occasions import Occasions
    >>> days = [date(2026, 12, day) for day in (2, 9, 16, 23, 30, 12)]
    >>> dated = pd.DataFrame({"row": [*"aaaaab"], "day": days, "start": 840, "end": 960}).astype(object)
    >>> month = month_of_dates(Occasions(dated, pd.DataFrame(), pd.Index([])), date(2026, 12, 1), date(2026, 12, 31),
    ...     names={"a": "サロン", "b": "相談会"})
    >>> [(part.weekdays, len(part.days)) for part in month.weekly], [part.days[0].day for part in month.fixed]
    ([((2,), 5)], [12])
    """
    calendar = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    order = {row: number for number, row in enumerate(names)}
    fixed: list[tuple[tuple[date, ...], Time, tuple[date, ...]]] = []
    weekly: list[tuple[tuple[int, ...], Time, tuple[date, ...]]] = []
    for time, days in _times(found, order):
        weekdays = _weekdays(days, calendar)
        if weekdays:
            would = [day for day in calendar if day.weekday() in weekdays]
            off = tuple(day for day in would if day not in days)
            weekly += [(each, time, off) for each in _told_as(weekdays)]
        fixed += [(span, time, ()) for span in _spans([day for day in days if day.weekday() not in weekdays])]
    return Month(
        tuple(_parts(fixed, names, order)),
        tuple(_of_weekdays([each for each in weekly if len(each[0]) == 1], calendar, names, order)),
        tuple(_of_weekdays([each for each in weekly if len(each[0]) > 1], calendar, names, order)),
    )


def _times(found: Occasions, order: Mapping[Hashable, int]) -> list[tuple[Time, list[date]]]:
    """Gather the days of each row and its hours."""
    days: dict[Time, list[date]] = {}
    for row, day, start, end in found.dated[["row", "day", "start", "end"]].itertuples(index=False):
        days.setdefault(Time(row, _minutes(start), _minutes(end)), []).append(day)
    return sorted(((time, sorted(set(each))) for time, each in days.items()), key=lambda each: _first(each[0], order))


def _minutes(value: Any) -> int | None:
    return None if value is None or value != value else int(value)  # noqa: PLR0124 (NaN is not itself)


def _first(time: Time, order: Mapping[Hashable, int]) -> tuple[int, int]:
    return (-1 if time.start is None else time.start, order[time.row])


def _weekdays(days: Sequence[date], calendar: Sequence[date]) -> tuple[int, ...]:
    """Return the weekdays on which it is each week."""
    found = []
    for weekday in range(7):
        held = sum(day.weekday() == weekday for day in days)
        would = sum(day.weekday() == weekday for day in calendar)
        if held >= _LEAST and would - held <= _MOST_OFF:
            found.append(weekday)
    return tuple(found)


def _told_as(weekdays: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield many weekdays together, few one by one."""
    if len(weekdays) >= _OFTEN:
        yield weekdays
    else:
        yield from ((weekday,) for weekday in weekdays)


def _spans(days: Sequence[date]) -> Iterator[tuple[date, ...]]:
    """Yield long runs of days as their first and last, the other days one by one."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        if len(run) >= _SPAN:
            yield run[0], run[-1]
        else:
            yield from ((day,) for day in run)


def _of_weekdays(
    found: Sequence[tuple[tuple[int, ...], Time, tuple[date, ...]]],
    calendar: Sequence[date],
    names: Mapping[Hashable, str],
    order: Mapping[Hashable, int],
) -> Iterator[Part]:
    for weekdays in sorted({weekdays for weekdays, _, _ in found}, key=lambda each: (-len(each), each)):
        of = [
            (time, tuple(day for day in off if day.weekday() in weekdays))
            for each, time, off in found
            if each == weekdays
        ]
        days = tuple(day for day in calendar if day.weekday() in weekdays)
        yield Part(days, weekdays, _lines(of, names, order))


def _parts(
    found: Sequence[tuple[tuple[date, ...], Time, tuple[date, ...]]],
    names: Mapping[Hashable, str],
    order: Mapping[Hashable, int],
) -> Iterator[Part]:
    # A span comes before the single day on which it begins.
    for days in sorted({days for days, _, _ in found}, key=lambda days: (days[0], -len(days))):
        yield Part(days, (), _lines([(time, off) for each, time, off in found if each == days], names, order))


def _lines(
    found: Sequence[tuple[Time, tuple[date, ...]]], names: Mapping[Hashable, str], order: Mapping[Hashable, int]
) -> tuple[Line, ...]:
    """Put what has one name, and is off on the same days, on one line."""
    lines: dict[tuple[str, tuple[date, ...]], list[Time]] = {}
    for time, off in sorted(found, key=lambda each: _first(each[0], order)):
        lines.setdefault((names[time.row], off), []).append(time)
    return tuple(Line(tuple(times), off) for (_, off), times in lines.items())
