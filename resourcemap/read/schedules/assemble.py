"""Phrases put together to a schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.schedule.schedule import Schedule
from resourcemap.read.schedules.desk import Desk
from resourcemap.read.schedules.drafts import DoubtError
from resourcemap.read.schedules.scope import sentences_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.schedules.walk import Phrase

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
    dropped: dict[int, tuple[str, str] | None] = {}
    for _ in range(_TRIES):
        desk = Desk(dropped)
        desk.take(sentences)
        if not desk.doubtful:
            try:
                return desk.schedule()
            except DoubtError as doubt:
                return _nothing(phrases, doubt.conflict)
        dropped |= desk.doubtful
    return _nothing(phrases, None)


def _nothing(phrases: Sequence[Phrase], conflict: tuple[str, str] | None) -> Schedule:
    leftover = " ".join("".join(phrase.text for phrase in phrases).split())
    return Schedule(leftover=leftover, conflicts=(conflict,) if conflict else ())
