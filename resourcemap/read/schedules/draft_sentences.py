"""Sentences turned into drafts, phrase by phrase; brackets are sentences inside one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.read.schedules.draft_days import take_days, take_seasons
from resourcemap.read.schedules.draft_exceptions import (
    is_ahead,
    is_between,
    is_if_holiday,
    on_and_off,
    repeats_days,
    take_holidays_too,
    take_if_holiday,
    take_out,
)
from resourcemap.read.schedules.draft_hours import take_break, take_hours, take_minutes
from resourcemap.read.schedules.draft_often import take_often
from resourcemap.read.schedules.drafts import DoubtError, Doubts, Reading
from resourcemap.read.schedules.neighbours import DAYLIKE, as_written, days_from, glued, is_weekly, sentences_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resourcemap.read.schedules.phrase import Phrase


def read_sentences(sentences: list[list[Phrase]], dropped: Doubts) -> Reading:
    """Read sentences one after the other; those in `dropped` stay as they are written."""
    reading = Reading(dropped)
    for number, sentence in enumerate(sentences):
        reading.sentence, reading.current, reading.depth = number, None, 0
        reading.kinds = {phrase.kind for phrase in sentence}
        key = id(sentence[0])
        if key in dropped:
            reading.leftover.append(as_written(sentence))
            continue
        try:
            _take_all(reading, sentence, bracket=False)
        except DoubtError as doubt:
            reading.doubtful[key] = doubt.conflict
    return reading


def _take_all(reading: Reading, phrases: Sequence[Phrase], *, bracket: bool) -> None:
    at = 0
    while at < len(phrases):
        at = _take(reading, phrases, at, bracket=bracket)


def _take(reading: Reading, phrases: Sequence[Phrase], at: int, *, bracket: bool) -> int:
    """Take the phrase at a place, and return the place behind what was taken with it."""
    phrase = phrases[at]
    following = phrases[at + 1] if at + 1 < len(phrases) else None
    reading.just_left = reading.just_left and phrase.kind in ("other", "only")
    reading.after_other = bool(at) and phrases[at - 1].kind == "other"
    if phrase.kind in DAYLIKE:
        return _take_daylike(reading, phrases, at, bracket=bracket)
    if phrase.kind == "off":
        return _take_out_ahead(reading, phrases, at, bracket=bracket)
    if following is not None and _take_pair(reading, phrase, following):
        return at + 2
    if phrase.kind == "group" and following is not None and _heads(reading, phrase, following):
        take_days(reading, [*phrase.value], bracket=False, hours_follow=True)
    elif phrase.kind == "spans":
        take_hours(reading, phrase, bracket=bracket)
    elif phrase.kind in _TAKERS:
        _TAKERS[phrase.kind](reading, phrase)
    else:
        raise DoubtError((phrase.text, phrase.value[0]) if phrase.name == "clash" else None)
    return at + 1


def _take_pair(reading: Reading, phrase: Phrase, following: Phrase) -> bool:
    """Take two phrases that are one: 受付12時半〜, 14時受付, 12:00〜13:00を除く."""
    behind = following.glue in ("", "topic")
    if {phrase.kind, following.kind} == {"entry", "spans"} and (behind or phrase.kind == "entry"):
        reading.entries.append(phrase.text + glued(following))
        return True
    if phrase.kind == "spans" and following.kind == "off" and behind:
        take_break(reading, phrase)
        return True
    return False


def _heads(reading: Reading, group: Phrase, following: Phrase) -> bool:
    """Tell whether brackets stand for days that hours follow: （火）10:00〜12:00（木）13:30〜15:30."""
    waits = reading.current is None or bool(reading.current.spans)
    return waits and following.kind == "spans" and len(group.value) == 1 and is_weekly(group.value[0])


def _take_daylike(reading: Reading, phrases: Sequence[Phrase], at: int, *, bracket: bool) -> int:
    """Take a list of days and the word behind it that says what of them: 休み, 祝日の場合は, のみ."""
    run, end = days_from(phrases, at)
    if _take_closed_list(reading, run, phrases, end, bracket=bracket):
        return _take_daylike(reading, phrases, end + 1, bracket=bracket)
    following = phrases[end] if end < len(phrases) else None
    if following is not None and following.kind == "off" and not is_ahead(phrases, end):
        _take_on_and_off(reading, run, phrases, end, bracket=bracket)
        return end + 1
    if following is not None and following.kind == "if_holiday" and repeats_days(reading, run):
        return end
    end += following is not None and following.kind == "only"
    take_seasons(reading, run, phrases[end] if end < len(phrases) else None, bracket=bracket)
    return end


def _take_on_and_off(reading: Reading, run: list[Phrase], phrases: Sequence[Phrase], at: int, *, bracket: bool) -> None:
    """Take the days before a word of exception, some of which may be days on which it takes place."""
    on, off = on_and_off(run, phrases[at], others=any(draft.has_days for draft in reading.drafts))
    if on:
        take_days(reading, on, bracket=bracket, hours_follow=False)
    if is_between(phrases, at):
        take_out(reading, off, house=False, bracket=True, behind=0)
    else:
        take_out(reading, off, house=phrases[at].house, bracket=bracket)


def _take_closed_list(
    reading: Reading, run: list[Phrase], phrases: Sequence[Phrase], at: int, *, bracket: bool
) -> bool:
    """Take the first part of 月曜（祝日の場合は翌日）・年末年始休館, which is closed as the last part is."""
    if at + 1 >= len(phrases) or not is_if_holiday(phrases[at]) or phrases[at + 1].kind not in DAYLIKE:
        return False
    _, end = days_from(phrases, at + 1)
    if phrases[at + 1].glue not in ("tight", "loose") or end == len(phrases) or phrases[end].kind != "off":
        return False
    take_out(reading, run, house=phrases[end].house, bracket=bracket)
    _take_brackets(reading, phrases[at])
    return True


def _take_out_ahead(reading: Reading, phrases: Sequence[Phrase], at: int, *, bracket: bool) -> int:
    """Take days behind the word that takes them out: 定休日:水."""
    end = at + 1
    while end < len(phrases):
        if phrases[end].kind in DAYLIKE:
            run, end = days_from(phrases, end)
            take_out(reading, run, house=phrases[at].house, bracket=bracket)
        elif end > at + 1 and is_if_holiday(phrases[end]):
            _take_brackets(reading, phrases[end])
            end += 1
        else:
            break
    if end == at + 1:
        raise DoubtError
    # 除く祝日休み says it twice.
    return end + (end < len(phrases) and phrases[end].kind == "off")


def _take_brackets(reading: Reading, group: Phrase) -> None:
    if any(phrase.name == "choice" for phrase in group.value):
        raise DoubtError
    before = reading.current
    reading.depth += 1
    sentences = sentences_of(group.value)
    for sentence in sentences:
        reading.current, reading.inside = before, {phrase.kind for phrase in sentence}
        key = id(sentence[0])
        if key in reading.dropped:
            reading.leftover.append(group.text if len(sentences) == 1 else as_written(sentence))
            continue
        try:
            _take_all(reading, sentence, bracket=True)
        except DoubtError as doubt:
            if doubt.conflict and reading.depth == 1:
                raise
            reading.doubtful[key] = None
    reading.depth -= 1
    if before is not None and before.hours_first and before.has_days:
        before.closed = True
    reading.current = before


def _take_remark(reading: Reading, phrase: Phrase) -> None:
    # 土曜午後・日曜休み: half a day cannot be taken out.
    if phrase.name == "vague" and "off" in reading.kinds and phrase.glue in ("", "of", "topic"):
        raise DoubtError
    reading.remarks.append(phrase.text)


def _leave(reading: Reading, phrase: Phrase) -> None:
    """Leave a phrase as written, in one piece with the one before where that was left as well."""
    # A code for how often, such as 5（水）, changes what the rest means.
    if phrase.text.isdigit() and not reading.just_left and not reading.drafts:
        raise DoubtError
    if reading.leftover and reading.just_left and (phrase.kind == "only" or not phrase.between.strip()):
        reading.leftover[-1] += glued(phrase)
    else:
        reading.leftover.append(glued(phrase).strip() if phrase.kind == "only" else phrase.text)
    reading.just_left = True


_TAKERS: dict[str, Callable[[Reading, Phrase], None]] = {
    "group": _take_brackets,
    "often": take_often,
    "minutes": take_minutes,
    "if_holiday": take_if_holiday,
    "holiday_too": take_holidays_too,
    "other": _leave,
    "only": _leave,
    "remark": _take_remark,
    "entry": _take_remark,
}
