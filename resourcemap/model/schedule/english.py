"""A schedule in English words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.schedule.wording import worded

if TYPE_CHECKING:
    from resourcemap.model.schedule.schedule import Schedule


def english(schedule: Schedule) -> str:
    """Write the rules of a schedule in English; remarks stay in their own language.

    Examples
    --------
    >>> from resourcemap.model.schedule.days import Holidays, Weekly
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> from resourcemap.model.schedule.spans import Span
    >>> english(Schedule((Rule(Weekly((1, 3)), (Span(540, 720),), without=(Holidays(),)),)))
    'every Tuesday and Thursday 9:00–12:00 (except public holidays)'
    """
    return worded(schedule, "en")
