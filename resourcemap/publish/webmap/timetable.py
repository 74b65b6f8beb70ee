"""When everything takes place, as days and hours that the page only has to look up: it holds no rules."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.model.schedule.days import Dates, Period, Sometimes, weekdays_of
from resourcemap.model.schedule.schedule import Schedule, assumed
from resourcemap.model.schedule.window import window_of
from resourcemap.model.schedule.wording import WORDED, worded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd

    from resourcemap.model.consent import Released
    from resourcemap.model.schedule.schedule import Rule
    from resourcemap.model.schedule.spans import Span
    from resourcemap.model.schedule.window import Window

DAYS = 400
ASSUMED = ("year_end", "obon", "every_year")
_NOTHING_KNOWN = Schedule()


def timetable(
    schedules: pd.Series, as_of: date | None, *, languages: Sequence[str] = ("ja",), days: int = DAYS
) -> dict[str, Any] | None:
    """Work out the days and hours of every schedule, each distinct one once.

    Parameters
    ----------
    schedules
        A `Schedule` per row, read from what may be shown; a missing one means that nothing is known.
    as_of
        The day of the page. Without it, or where not one schedule has a rule, there is no timetable, and the page
        shows schedules as text alone.
    languages
        Languages of the page. For each but Japanese ``written`` has every schedule that was wholly understood in the
        words of that language.
    days
        How many days after `as_of` are worked out.

    Returns
    -------
    dict or None
        Ready for JSON. ``first`` is the first day, the one before `as_of`, for the sake of hours past midnight;
        ``days`` counts them. ``sets`` are distinct sets of days, a bit per day, the first in the lowest bit of
        the first byte. ``hours`` are distinct lists of spans in minutes from midnight; an empty one means that
        hours are not known, ``None`` in a span that its start or end is not. A schedule has ``rules`` (positions in
        ``sets`` and ``hours`` in turn), ``vague`` (weekdays that days which are not known may fall on, Monday in the
        lowest bit), ``unsure`` (the text is blank or was not wholly understood), ``ends`` (no day comes after the last
        one) and ``assumed`` (what was taken by convention, the first of `ASSUMED` in the lowest bit). ``of`` is the
        schedule of every row as whole numbers of ``width`` bytes, the lowest first; the first schedule stands for
        those of which nothing is known.

    Examples
    --------
    >>> from datetime import date
    >>> import pandas as pd
    >>> from resourcemap.model.schedule.days import Weekly
    >>> from resourcemap.model.schedule.schedule import Rule
    >>> from resourcemap.model.schedule.spans import Span
    >>> salon = Schedule((Rule(Weekly((2,)), (Span(840, 960),)),))
    >>> page = timetable(pd.Series([salon, None, salon]), date(2026, 11, 1), days=6)
    >>> page["first"], page["days"], page["sets"], page["hours"], page["schedules"], page["of"]
    ('2026-10-31', 8, ['EA=='], [[[840, 960]]], [{'unsure': 1}, {'rules': [0, 0]}], 'AQAB')
    """
    distinct, of = _distinct(schedules)
    if as_of is None or not any(schedule.rules for schedule in distinct):
        return None
    window = window_of(as_of - timedelta(days=1), as_of + timedelta(days=days))
    writer = _Writer(window)
    width = next(width for width in (1, 2, 4) if len(distinct) <= 256**width)
    made: dict[str, Any] = {
        "first": window.first.isoformat(),
        "days": len(window),
        "schedules": [writer.schedule(schedule) for schedule in distinct],
        "sets": list(writer.sets),
        "hours": [[[span.start, span.end] for span in spans] for spans in writer.hours],
        "of": b64encode(of.astype(f"<u{width}").tobytes()).decode(),
        "width": width,
    }
    if told := [language for language in languages if language in WORDED]:
        made["written"] = {language: [_told(each, language) for each in distinct] for language in told}
    return made


def _told(schedule: Schedule, language: str) -> str | None:
    wholly = schedule.rules and schedule.understood == "all" and not schedule.remarks
    return worded(schedule, language) if wholly else None


def schedules_shown(schedules: pd.Series, released: Released) -> pd.Series:
    """Return the schedules of released rows; nothing where the text of a row is not shown.

    Raises
    ------
    InputError
        When `schedules` is not on the index of the released table.
    """
    table = released.table
    if not schedules.index.equals(table.index):
        raise InputError(
            either(
                ja="schedules は、released.table と同じ行の Series にしてください"
                '（released.table["schedule"].map(rm.read_schedule, na_action="ignore") など）。',
                en="schedules must be a Series on the index of released.table, such as "
                'released.table["schedule"].map(rm.read_schedule, na_action="ignore").',
            )
        )
    shown = table["schedule"].notna() if "schedule" in table else [False] * len(table)
    return schedules.where(shown, None)


def _distinct(schedules: pd.Series) -> tuple[list[Schedule], np.ndarray]:
    """List the distinct schedules, the one of which nothing is known first, and the position of every row's."""
    # What is the same text is nearly always the same object, and those are told apart without looking inside.
    of_object: dict[int, int] = {}
    number: dict[Schedule, int] = {_NOTHING_KNOWN: 0}
    positions = np.zeros(len(schedules), dtype=int)
    for row, each in enumerate(schedules.to_numpy(dtype=object)):
        if id(each) not in of_object:
            schedule = each if isinstance(each, Schedule) else _NOTHING_KNOWN
            of_object[id(each)] = number.setdefault(schedule, len(number))
        positions[row] = of_object[id(each)]
    return list(number), positions


class _Writer:
    """Write schedules, and gather their distinct sets of days and hours."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.sets: dict[str, int] = {}
        self.hours: dict[tuple[Span, ...], int] = {}

    def schedule(self, schedule: Schedule) -> dict[str, Any]:
        """Write a schedule; what is not there is left out."""
        dated = [rule for rule in schedule.rules if not isinstance(rule.days, Sometimes)]
        vague = [rule.days for rule in schedule.rules if isinstance(rule.days, Sometimes)]
        unsure = not schedule.rules or schedule.understood != "all"
        written = {
            "rules": [number for rule in dated for number in (self._days(rule), self._hours(rule))],
            "vague": sum(1 << weekday for weekday in {day for days in vague for day in weekdays_of(days)}),
            "unsure": int(unsure),
            "ends": int(not unsure and not vague and all(self._ends(rule) for rule in dated)),
            "assumed": sum(1 << ASSUMED.index(name) for name in assumed(schedule)),
        }
        return {name: value for name, value in written.items() if value}

    def _days(self, rule: Rule) -> int:
        bits = np.packbits(self.window.days_of_rule(rule), bitorder="little")
        return self.sets.setdefault(b64encode(bits.tobytes()).decode(), len(self.sets))

    def _hours(self, rule: Rule) -> int:
        spans = tuple(sorted(set(rule.spans), key=lambda span: (span.start or 0, span.end or 0)))
        return self.hours.setdefault(spans, len(self.hours))

    def _ends(self, rule: Rule) -> bool:
        """Tell whether a rule surely has no day after the window."""
        last = self.window.last.year
        days = rule.days.days if isinstance(rule.days, Dates) else ()
        written_out = bool(days) and all(day.year is not None and day.year < last for day in days)
        periods = [each.last for each in rule.within if isinstance(each, Period)]
        return written_out or any(end is not None and end.year is not None and end.year < last for end in periods)
