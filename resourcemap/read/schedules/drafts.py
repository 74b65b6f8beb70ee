"""Rules in the making, and how words about the same days come together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from resourcemap.model.schedule.days import (
    EVERY_DAY,
    Dates,
    Days,
    Holidays,
    MonthDays,
    Months,
    Nth,
    Period,
    Sometimes,
    Weekly,
    contains,
    in_order,
)

if TYPE_CHECKING:
    from resourcemap.model.schedule.spans import Span
    from resourcemap.read.schedules.walk import Phrase


class DoubtError(Exception):
    """Something here has several readings; nothing near it may become a rule."""

    def __init__(self, conflict: tuple[str, str] | None = None) -> None:
        super().__init__()
        self.conflict = conflict


@dataclass
class Draft:
    """A rule in the making: days and hours that belong together."""

    sentence: int
    units: list[Days] = field(default_factory=list)
    often: Sometimes | None = None
    spans: list[Span] = field(default_factory=list)
    within: list[Months | Period] = field(default_factory=list)
    without: list[Days] = field(default_factory=list)
    minutes: int | None = None
    hours_first: bool = False
    narrowed: bool = False
    closed: bool = False
    bracketed: bool = False
    siblings: list[Draft] = field(default_factory=list)
    workdays: Weekly | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def has_days(self) -> bool:
        """Whether something was said about its days."""
        return bool(self.units or self.often)


@dataclass
class Off:
    """Days that are taken out, and where that was said."""

    days: list[Days]
    house: bool
    sentence: int
    bracketed: bool
    behind: int


def add_unit(draft: Draft, unit: Days) -> None:
    """Add days to a draft; weekdays join weekdays."""
    last = draft.units[-1] if draft.units else None
    if isinstance(unit, Weekly) and isinstance(last, Weekly) and last is not draft.workdays:
        draft.units[-1] = Weekly(tuple(sorted({*last.weekdays, *unit.weekdays})))
    elif isinstance(unit, MonthDays) and isinstance(last, MonthDays):
        draft.units[-1] = MonthDays(tuple(dict.fromkeys((*last.days, *unit.days))))
    elif isinstance(unit, Dates) and isinstance(last, Dates):
        draft.units[-1] = in_order([*last.days, *unit.days])
    elif unit not in draft.units:
        draft.units.append(unit)


def settle_often(draft: Draft) -> None:
    """Reconcile how often with on which days: 月2回 and 第1・3水曜, 週1回 and 水曜."""
    often, units = draft.often, draft.units
    assert often is not None  # noqa: S101
    weekly = [unit for unit in units if isinstance(unit, Weekly)]
    weekdays = tuple(sorted({weekday for unit in weekly for weekday in unit.weekdays}))
    if weekly and len(weekly) != len(units):
        raise DoubtError
    if often.word or not weekly:
        times = sum(_times_a_month(unit) for unit in units)
        if _is_as_often(often, times, draft.within):
            draft.often = None
            return
        if often.per == "month" and often.times and times and often.times != times:
            raise DoubtError((f"月{often.times}回", "・".join(draft.texts)))
        if often.per in ("2 months", "year", "fortnight") or often.word:
            draft.often = replace(often, weekdays=_all_weekdays(units))
            draft.units = []
            return
        draft.often = None
        return
    if often.per == "week" and often.times in (0, len(weekdays)):
        draft.often = None
        return
    if often.per == "week" and often.times > len(weekdays):
        raise DoubtError((f"週{often.times}回", "・".join(draft.texts)))
    draft.often, draft.units = replace(often, weekdays=weekdays), []


def _is_as_often(often: Sometimes, times: int, within: list[Months | Period]) -> bool:
    """Tell whether 年6回 is just what 偶数月の第3木曜 comes to, or 隔週 what 第1・3土曜 does."""
    months = next((len(each.months) for each in within if isinstance(each, Months)), 12)
    return (often.per == "year" and often.times == times * months) or (often.per == "fortnight" and times == 2)


def _all_weekdays(units: list[Days]) -> tuple[int, ...]:
    found = {weekday for unit in units if isinstance(unit, Nth | Weekly) for weekday in unit.weekdays}
    return tuple(sorted(found)) if all(isinstance(unit, Nth | Weekly) for unit in units) else ()


def _times_a_month(unit: Days) -> int:
    if isinstance(unit, Nth):
        return len(unit.nths) * len(unit.weekdays)
    return len(unit.days) if isinstance(unit, MonthDays) else 0


def both(one: Sometimes, other: Sometimes) -> Sometimes:
    """Join two words about how often: 月1回 不定期."""
    vague, counted = (one, other) if one.word else (other, one)
    if one.word and other.word:
        return one
    if vague.word:
        return replace(counted, word="")
    if one.per == other.per and 0 in (one.times, other.times):
        return one if one.times else other
    raise DoubtError


def narrowed(draft: Draft, phrase: Phrase) -> list[Days]:
    """Return what remains of days when days in brackets follow them."""
    if phrase.name == "weeks":
        weeks = phrase.value[0]
        if all(isinstance(unit, Weekly) for unit in draft.units):
            return [Nth(weeks.nths, unit.weekdays) for unit in draft.units if isinstance(unit, Weekly)]
        raise DoubtError
    new = list(phrase.value)
    if any(isinstance(each, Holidays) for each in new):
        raise DoubtError
    if all(any(contains(unit, each) for unit in draft.units) for each in new):
        return new
    if all(any(contains(each, unit) for each in new) for unit in draft.units):
        return draft.units
    raise DoubtError(("・".join(draft.texts), phrase.text))


def narrower(draft: Draft, span: Span, text: str) -> list[Span]:
    """Return the hours that remain when hours in brackets follow them."""
    if span in draft.spans:
        return draft.spans
    if len(draft.spans) == 1 and draft.spans[0].end is None and draft.spans[0].start == span.start:
        return [span]
    start, end = span.start, span.end
    inside = any(
        each.start is not None and each.end is not None and start is not None and end is not None
        and each.start <= start and end <= each.end
        for each in draft.spans
    )  # fmt: skip
    if draft.narrowed:
        return [*draft.spans, span]
    if not inside:
        raise DoubtError(("、".join(_hours_said(each) for each in draft.spans), text))
    return [span]


def _hours_said(span: Span) -> str:
    return f"{_clock(span.start)}~{_clock(span.end)}"


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02d}"


def never(draft: Draft) -> tuple[int, ...]:
    """Return the weekdays on which a draft of weekdays never takes place."""
    if not all(isinstance(unit, Weekly) for unit in draft.units):
        return ()
    open_days = {weekday for unit in draft.units if isinstance(unit, Weekly) for weekday in unit.weekdays}
    return tuple(weekday for weekday in EVERY_DAY if weekday not in open_days)
