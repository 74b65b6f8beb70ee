"""Days, in drafts: new days, days in brackets behind days, and periods that bound them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.schedule.days import (
    EVERY_DAY,
    Dates,
    Days,
    Holidays,
    MonthDays,
    Months,
    Nth,
    Obon,
    Period,
    Weekly,
    YearEnd,
    contains,
    in_order,
)
from resourcemap.read.schedules.draft_often import settle_often
from resourcemap.read.schedules.drafts import DoubtError, Draft, Reading
from resourcemap.read.schedules.neighbours import is_weekly, seasons_of, weeks_joined

if TYPE_CHECKING:
    from resourcemap.read.schedules.phrase import Phrase


def take_seasons(reading: Reading, run: list[Phrase], behind: Phrase | None, *, bracket: bool) -> None:
    """Take days, season by season where several are listed; hours behind them hold for all of these."""
    parts = seasons_of(run)
    for number, part in enumerate(parts):
        if number:
            reading.current = None
        if behind is not None and behind.name == "too":
            part[-1] = part[-1]._replace(topic=False)
        take_days(reading, part, bracket=bracket, hours_follow=behind is not None and behind.kind == "spans")
    if len(parts) > 1 and reading.current is not None:
        _share_hours(reading, reading.drafts[-len(parts) :])


def _share_hours(reading: Reading, seasons: list[Draft]) -> None:
    """Let seasons that were listed together have the hours in common that follow them."""
    assert reading.current is not None  # noqa: S101
    reading.current.siblings = [draft for draft in seasons if draft is not reading.current]
    for draft in seasons[1:]:
        draft.spans += seasons[0].spans


def take_days(reading: Reading, run: list[Phrase], *, bracket: bool, hours_follow: bool) -> None:
    """Add days on which it takes place to the draft that they belong to."""
    run = weeks_joined(run)
    reading.last_was_off = False
    if any(isinstance(each, YearEnd | Obon) for phrase in run for each in phrase.value):
        raise DoubtError
    current = reading.current
    if bracket and not hours_follow and current is not None and current.has_days:
        _restate(reading, current, run)
        return
    if bracket and hours_follow and any(phrase.kind == "within" for phrase in run):
        raise DoubtError
    days = [phrase for phrase in run if phrase.kind == "days"]
    within = [each for phrase in run if phrase.kind == "within" for each in phrase.value]
    if not days and not (current and current.has_days and not current.spans):
        _bounds_alone(reading, run, within, bracket=bracket)
        return
    draft = _draft_for_days(reading, bracket=bracket and hours_follow)
    # 8/1〜8/5、8/10 are days side by side; 8/1〜8/31の8/10 is one day.
    dated = any(phrase.name == "dates" and phrase.glue != "of" for phrase in days)
    beside = _whole_periods(within) if dated else []
    draft.within += [*reading.take_ahead(), *(each for each in within if each not in beside)]
    draft.units += beside
    _add_days(reading, draft, days)
    if hours_follow and days and (bracket or days[-1].topic):
        _override(reading, draft)


def _bounds_alone(reading: Reading, run: list[Phrase], within: list[Months | Period], *, bracket: bool) -> None:
    """Take periods and months that no days go with: they bound what follows, or are days themselves."""
    whole = _whole_periods(within)
    if bracket and reading.current is not None:
        reading.current.within += within
    elif whole and len(whole) == len(within) and all(phrase.name == "period" for phrase in run):
        draft = _draft_for_days(reading, bracket=False)
        draft.units += whole
        draft.texts += [phrase.text for phrase in run]
    else:
        reading.ahead += within


def _whole_periods(within: list[Months | Period]) -> list[Period]:
    return [each for each in within if isinstance(each, Period) and each.first and each.last]


def _draft_for_days(reading: Reading, *, bracket: bool) -> Draft:
    current = reading.current
    if not bracket and current is not None and not current.closed and (current.hours_first or not current.spans):
        return current
    last = reading.drafts[-1] if reading.drafts and current is None else None
    if last is not None and last.hours_first and not last.has_days and not bracket:
        reading.current = last
        return last
    return reading.begin(Draft(reading.sentence, bracketed=bracket))


def _add_days(reading: Reading, draft: Draft, days: list[Phrase]) -> None:
    for place, phrase in enumerate(days):
        before = days[place - 1] if place else None
        behind = days[place + 1] if place + 1 < len(days) else None
        if _has_two_readings(phrase, before, behind):
            raise DoubtError
        if phrase.name == "one_day" and not _is_monthly(reading, days, draft):
            raise DoubtError
        reading.monthly = reading.monthly or phrase.name == "monthly"
        draft.texts.append(phrase.text)
        if phrase.name == "working":
            # Its holidays are taken out of these days alone: 平日・土曜.
            draft.workdays = draft.workdays or phrase.value[0]
            draft.units += [] if draft.workdays in draft.units else [draft.workdays]
            continue
        for unit in phrase.value:
            _add_unit(draft, unit)
    if draft.often is not None and draft.units:
        settle_often(draft)


def _has_two_readings(phrase: Phrase, before: Phrase | None, behind: Phrase | None) -> bool:
    """Tell whether days could go with their neighbours in two ways: 第1月曜・水曜, 土日祝 月曜."""
    if before is not None and before.name == "nth" and phrase.name == "":
        return phrase.glue != "space" or is_weekly(phrase)
    if phrase.name == "free":
        return behind is not None and behind.glue != "tight"
    return phrase.name == "weeks"


def _is_monthly(reading: Reading, days: list[Phrase], draft: Draft) -> bool:
    """Tell whether the text speaks of months, so that 10日 is a day of each."""
    if reading.monthly or any(phrase.name == "monthly" for phrase in days):
        return True
    return draft.often is not None and draft.often.per == "month"


def _add_unit(draft: Draft, unit: Days) -> None:
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


def _restate(reading: Reading, draft: Draft, run: list[Phrase]) -> None:
    """Read days in brackets behind days: they narrow them, repeat them, or contradict them."""
    if run[-1].topic or "other" in reading.inside or len({phrase.kind for phrase in run}) > 1:
        raise DoubtError
    for phrase in run:
        if phrase.kind == "within":
            draft.within += phrase.value
        elif draft.often is not None and not draft.units:
            _add_days(reading, draft, [phrase])
        else:
            workdays = draft.workdays is not None and len(draft.units) == 1
            draft.units = _narrowed(draft, phrase)
            if workdays and len(draft.units) == 1 and isinstance(draft.units[0], Weekly):
                draft.workdays = draft.units[0]


def _narrowed(draft: Draft, phrase: Phrase) -> list[Days]:
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


def _override(reading: Reading, draft: Draft) -> None:
    """Take the days of a draft out of the drafts before it: 毎日9時〜17時（水曜は12時まで）."""
    for earlier in reading.drafts:
        if earlier is draft or earlier.sentence != draft.sentence:
            continue
        for unit in draft.units:
            if not earlier.has_days:
                earlier.without.append(unit)
            elif isinstance(unit, Holidays):
                closed = _never(earlier)
                earlier.without.append(unit)
                draft.without += [Weekly(closed)] if closed else []
            elif any(contains(each, unit) and each != unit for each in earlier.units):
                earlier.without.append(unit)


def _never(draft: Draft) -> tuple[int, ...]:
    """Return the weekdays on which a draft of weekdays never takes place."""
    if not all(isinstance(unit, Weekly) for unit in draft.units):
        return ()
    open_days = {weekday for unit in draft.units if isinstance(unit, Weekly) for weekday in unit.weekdays}
    return tuple(weekday for weekday in EVERY_DAY if weekday not in open_days)
