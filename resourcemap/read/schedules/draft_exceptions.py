"""Exceptions, in drafts: which days 休み and 除く take out, and what happens on public holidays."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from resourcemap.model.schedule.days import Days, Holidays, MonthDays, Moved, Nth, Obon, Period, Weekly, YearEnd
from resourcemap.read.schedules.drafts import DoubtError, Off, Reading
from resourcemap.read.schedules.neighbours import DAYLIKE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.schedules.phrase import Phrase


def take_out(reading: Reading, run: list[Phrase], *, house: bool, bracket: bool, behind: int | None = None) -> None:
    """Take days out of the drafts before; `behind` says how many these are, if not all."""
    days = [each for phrase in _ranges_named(run) for each in phrase.value]
    if not house and any(phrase.name == "one_day" for phrase in run):
        raise DoubtError
    place = len(reading.drafts) if behind is None else behind
    reading.offs.append(Off(_joined(run, days), house, reading.sentence, bracket, place))
    reading.last_was_off = True


def _ranges_named(run: list[Phrase]) -> list[Phrase]:
    """Leave out 年末年始 where its dates follow."""
    return [
        phrase
        for phrase, behind in zip(run, [*run[1:], None], strict=True)
        if not (
            isinstance(phrase.value[0], YearEnd | Obon)
            and behind is not None
            and behind.kind == "within"
            and behind.glue in ("", "space")
        )
    ]


def _joined(run: list[Phrase], days: list[Days]) -> list[Days]:
    """Merge weekdays; months before the days they narrow are more than this can say."""
    for before, phrase in pairwise(run):
        if before.kind == "within" and phrase.kind == "days" and phrase.glue in ("of", ""):
            if phrase.glue == "" and isinstance(before.value[0], Period) and isinstance(phrase.value[0], Holidays):
                continue
            raise DoubtError
    weekdays = sorted({weekday for each in days if isinstance(each, Weekly) for weekday in each.weekdays})
    rest = [each for each in days if not isinstance(each, Weekly)]
    first: list[Days] = [Weekly(tuple(weekdays))] if weekdays else []
    return [*first, *rest]


def is_ahead(phrases: Sequence[Phrase], at: int) -> bool:
    """Tell whether a word of exception belongs to the days behind it rather than before it."""
    off, before = phrases[at], phrases[at - 1]
    if off.name == "labelled":
        return True
    behind = phrases[at + 1] if at + 1 < len(phrases) else None
    return off.ahead and off.glue == "space" and not before.topic and behind is not None and behind.kind in DAYLIKE


def is_between(phrases: Sequence[Phrase], at: int) -> bool:
    """Tell whether days follow that the exception before them narrows: 祝日を除く月〜金."""
    behind = phrases[at + 1] if at + 1 < len(phrases) else None
    return phrases[at].text.startswith(("を除", "除", "以外")) and behind is not None and behind.kind == "days"


def on_and_off(run: list[Phrase], off: Phrase, *, others: bool) -> tuple[list[Phrase], list[Phrase]]:
    """Split days before 休み into those it takes place on and those it does not."""
    start = len(run) - 1
    while start > 0 and (run[start].glue in ("tight", "") or _belongs(run[start - 1], run[start])):
        start -= 1
    on, tail = run[:start], run[start:]
    if not on:
        return [], run
    sure = any(phrase.on or _many(phrase) or phrase.name in ("nth", "monthly") for phrase in on)
    if sure and (off.house is False or any(_many(phrase) for phrase in on) or tail[0].glue == "space"):
        return on, tail
    if others or _only_free(run) or (off.house and tail[0].glue == "loose" and not sure):
        return [], run
    if tail[0].glue == "space" and not _only_free(on):
        return on, tail
    if not off.house and all(phrase.kind == "within" for phrase in tail):
        return on, tail
    raise DoubtError


def _belongs(before: Phrase, phrase: Phrase) -> bool:
    """Tell whether two neighbours are one thing: 8月の水曜, 年末年始 12/29~1/3."""
    if isinstance(before.value[0], YearEnd | Obon) and phrase.kind == "within":
        return True
    return before.kind == "within" and phrase.glue == "of"


def _many(phrase: Phrase) -> bool:
    return any(isinstance(each, Weekly) and len(each.weekdays) >= 4 for each in phrase.value)


def _only_free(run: Sequence[Phrase]) -> bool:
    sets = [each for phrase in run for each in phrase.value]
    return all(
        isinstance(each, Holidays | YearEnd | Obon | Period) or (isinstance(each, Weekly) and min(each.weekdays) >= 5)
        for each in sets
    )


def take_if_holiday(reading: Reading, phrase: Phrase) -> None:
    """Say what happens to the days before where they are public holidays: 祝日の場合は翌日."""
    action = holiday_action(phrase.text)
    if reading.last_was_off:
        _move_offs(reading, action)
        return
    draft = reading.latest
    closed = any(word in phrase.text for word in ("休", "閉")) and action != "closed"
    if draft is None or closed:
        raise DoubtError
    if action == "closed":
        draft.without.append(Holidays())
    elif action == "open":
        take_holidays_too(reading, phrase)
    elif draft.units:
        draft.workdays = None
        draft.units = [unit if isinstance(unit, Moved) else Moved(unit, action) for unit in draft.units]  # type: ignore[arg-type]
    else:
        raise DoubtError


def _move_offs(reading: Reading, action: str) -> None:
    if action == "closed" or not reading.offs:
        raise DoubtError
    off = reading.offs[-1]
    to = "nowhere" if action == "open" else action
    off.days = [Moved(each, to) if isinstance(each, Weekly | Nth | MonthDays) else each for each in off.days]  # type: ignore[arg-type]


def take_holidays_too(reading: Reading, phrase: Phrase) -> None:
    """Note that it takes place on public holidays as well: 祝日も開催."""
    reading.holidays_too = True
    reading.remarks.append(phrase.text)


def holiday_action(text: str) -> str:
    """Read what happens on a holiday: closed, open, or where the day moves.

    Examples
    --------
    >>> holiday_action("祝日の場合は翌日"), holiday_action("祝日の場合は休み")
    ('next', 'closed')
    """
    tail = text.split("祝日", 1)[-1].split("休日", 1)[-1] if "祝日" in text else text
    if any(word in tail for word in ("平日", "翌開館日")):
        return "next_weekday"
    for word, action in (("翌日", "next"), ("翌週", "next_week"), ("前日", "before")):
        if word in tail:
            return action
    return "closed" if any(word in tail for word in ("休", "中止", "なし", "閉")) else "open"


def is_if_holiday(phrase: Phrase) -> bool:
    """Tell whether brackets say what happens on holidays."""
    return phrase.kind == "group" and bool(phrase.value) and phrase.value[-1].kind == "if_holiday"


def repeats_days(reading: Reading, run: list[Phrase]) -> bool:
    """Tell whether days repeat those just said: 月曜休館（月曜が祝日の場合は翌日）."""
    draft = reading.latest
    said = reading.offs[-1].days if reading.last_was_off and reading.offs else draft.units if draft is not None else []
    days = {weekday for unit in said if isinstance(unit, Weekly | Nth) for weekday in unit.weekdays}
    return all(isinstance(each, Weekly) and set(each.weekdays) <= days for phrase in run for each in phrase.value)
