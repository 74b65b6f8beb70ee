"""How often, in drafts: 月2回, 週1回, 隔週, and how that agrees with the days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from resourcemap.model.schedule.days import Days, MonthDays, Months, Nth, Period, Sometimes, Weekly
from resourcemap.read.schedules.drafts import DoubtError, Draft, Reading

if TYPE_CHECKING:
    from resourcemap.read.schedules.phrase import Phrase


def take_often(reading: Reading, phrase: Phrase) -> None:
    """Say of the current draft how often it takes place, or begin one."""
    often: Sometimes = phrase.value[0]
    reading.last_was_off = False
    reading.monthly = reading.monthly or often.per == "month"
    draft = reading.current
    if draft is not None and not draft.spans and not draft.closed:
        _add_often(draft, often)
    elif draft is not None and draft.hours_first and not draft.has_days:
        draft.often = often
    else:
        reading.begin(Draft(reading.sentence, often=often, texts=[phrase.text], within=reading.take_ahead()))


def _add_often(draft: Draft, often: Sometimes) -> None:
    if draft.often is not None and draft.often != often:
        draft.often = _both(draft.often, often)
        return
    draft.often = often
    if draft.units and all(isinstance(unit, Period) for unit in draft.units):
        draft.within += [unit for unit in draft.units if isinstance(unit, Period)]
        draft.units = []
    if draft.units:
        settle_often(draft)


def _both(one: Sometimes, other: Sometimes) -> Sometimes:
    """Join two words about how often: 月1回 不定期."""
    vague, counted = (one, other) if one.word else (other, one)
    if one.word and other.word:
        return one
    if vague.word:
        return replace(counted, word="")
    if one.per == other.per and 0 in (one.times, other.times):
        return one if one.times else other
    raise DoubtError


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
