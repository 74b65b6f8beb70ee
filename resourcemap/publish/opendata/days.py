"""Days and hours as the columns of standard forms have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from resourcemap.model.schedule.days import EVERY_DAY, Holidays, MonthDays, Nth, Weekly, YearEnd
from resourcemap.model.schedule.spans import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.model.schedule.days import Days
    from resourcemap.model.schedule.schedule import Rule, Schedule

_NAMES: Final = "月火水木金土日"
_EXCEPT: Final = {Holidays(): "祝日を除く", YearEnd(): "年末年始を除く"}


class Hours(NamedTuple):
    """Weekdays, from when to when, and the rest in words."""

    days: str = ""
    start: str = ""
    end: str = ""
    note: str = ""


def hours_of(schedule: Schedule, text: str | None) -> Hours:
    """Say a schedule in cells: weekdays such as ``月水金``, its hours with two digits each, and what they do not say.

    So is said what takes place every week, on the n-th weekdays or on days of the month, with one span of hours,
    perhaps not on public holidays or at the turn of the year. All else stands as written in the note alone, so that
    no cell says more than is known.

    Examples
    --------
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> from resourcemap.model.schedule.spans import Span
    >>> hours_of(Schedule((Rule(Nth((2, 4), (2,)), (Span(570, 720),)),)), "第2・4水曜の朝9時半から12時")
    Hours(days='水', start='09:30', end='12:00', note='第2・第4水曜')
    >>> hours_of(Schedule(leftover="春のみ"), "春のみ")
    Hours(days='', start='', end='', note='春のみ')
    """
    as_written = Hours(note=text or "")
    if schedule.understood != "all" or len(schedule.rules) != 1:
        return as_written
    rule = schedule.rules[0]
    which = _which(rule.days)
    if which is None or not _is_simple(rule):
        return as_written
    days = "" if isinstance(rule.days, MonthDays) else _weekdays(getattr(rule.days, "weekdays", ()))
    notes = [which, *(_EXCEPT[each] for each in rule.without if isinstance(each, (Holidays, YearEnd)))]
    notes += schedule.remarks
    start, end = (rule.spans[0].start, rule.spans[0].end) if rule.spans else (None, None)
    return Hours(days, _clock(start), _clock(end), "、".join(filter(None, notes)))


def _is_simple(rule: Rule) -> bool:
    known = all(isinstance(each, (Holidays, YearEnd)) for each in rule.without)
    return known and not rule.within and len(rule.spans) <= 1 and rule.minutes is None


def _which(days: Days) -> str | None:
    """Say what weekdays alone do not say; ``None`` where that would lose something."""
    if isinstance(days, Weekly):
        return "" if days.every == 1 and days.start is None else None
    if isinstance(days, Nth):
        nths = "・".join("最終" if nth == -1 else f"第{nth}" for nth in days.nths)
        return f"{nths}{'・'.join(_NAMES[day] for day in days.weekdays)}曜"
    if isinstance(days, MonthDays):
        return "毎月" + "・".join("末日" if day == -1 else f"{day}日" for day in days.days)
    return None


def _weekdays(days: Sequence[int]) -> str:
    return "".join(_NAMES[day] for day in EVERY_DAY if day in days)


def _clock(minutes: int | None) -> str:
    if minutes is None:
        return ""
    return "24:00" if minutes == DAY else f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
