"""Phrases put together to a schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.schedule.days import Sometimes
from resourcemap.model.schedule.schedule import Rule, Schedule
from resourcemap.read.schedules.draft_sentences import read_sentences
from resourcemap.read.schedules.drafts import DoubtError, Doubts, Reading
from resourcemap.read.schedules.neighbours import sentences_of
from resourcemap.read.schedules.rules import settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.schedules.phrase import Phrase

_TRIES = 8


def assemble(phrases: Sequence[Phrase]) -> Schedule:
    """Put phrases together.

    A sentence or a bracket in which something has several readings is left over as a whole.

    Examples
    --------
    >>> from resourcemap.read.schedules.phrases import phrases_of
    >>> from resourcemap.read.schedules.tokens import tokens_of
    >>> assemble(phrases_of(tokens_of("毎月10日"))).rules[0].days
    MonthDays(days=(10,))
    """
    sentences = sentences_of(phrases)
    dropped: Doubts = {}
    for _ in range(_TRIES):
        reading = read_sentences(sentences, dropped)
        if not reading.doubtful:
            try:
                return _schedule_of(reading)
            except DoubtError as doubt:
                return _nothing(phrases, doubt.conflict)
        dropped |= reading.doubtful
    return _nothing(phrases, None)


def _schedule_of(reading: Reading) -> Schedule:
    rules, asked = _rules_of(reading)
    # When people are let in is a remark on the hours; without hours it may be all that is known of them.
    timed = any(rule.spans for rule in rules)
    remarks = [*reading.remarks, *asked, *(reading.entries if timed else [])]
    leftover = [*reading.leftover, *([] if timed else reading.entries)]
    return Schedule(
        tuple(dict.fromkeys(rules)),
        tuple(dict.fromkeys(remarks)),
        " ".join(" ".join(leftover).split()),
        tuple(conflict for conflict in reading.dropped.values() if conflict),
    )


def _rules_of(reading: Reading) -> tuple[list[Rule], list[str]]:
    """Return the rules, and a remark in place of a rule that says to ask where others say more."""
    if reading.holidays_too:
        for draft in reading.drafts:
            draft.workdays = None
    rules = settled(reading.drafts, reading.offs)
    if reading.ahead:
        if rules:
            raise DoubtError
        rules = [Rule(Sometimes(), within=tuple(dict.fromkeys(reading.ahead)))]
    told = [rule for rule in rules if not _is_asked(rule)]
    return (told, ["要問合せ"]) if told and len(told) < len(rules) else (rules, [])


def _is_asked(rule: Rule) -> bool:
    return isinstance(rule.days, Sometimes) and rule.days.word == "ask" and not rule.days.per


def _nothing(phrases: Sequence[Phrase], conflict: tuple[str, str] | None) -> Schedule:
    leftover = " ".join("".join(phrase.text for phrase in phrases).split())
    return Schedule(leftover=leftover, conflicts=(conflict,) if conflict else ())
