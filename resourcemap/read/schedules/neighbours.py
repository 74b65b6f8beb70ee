"""Phrases that stand side by side and belong together: sentences, lists of days, days with their brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.schedule.days import Nth, Obon, Weekly, YearEnd
from resourcemap.read.schedules.drafts import DoubtError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.schedules.phrase import Phrase

DAYLIKE = ("days", "within")


def sentences_of(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    """Part phrases at the ends of sentences and lines."""
    found: list[list[Phrase]] = [[]]
    for phrase in phrases:
        if phrase.kind == "hard":
            # 休館日, a line break, 月曜: the heading belongs to what follows.
            if found[-1] and not (len(found[-1]) == 1 and found[-1][0].kind == "off"):
                found.append([])
        else:
            found[-1].append(phrase)
    return [sentence for sentence in found if sentence]


def days_from(phrases: Sequence[Phrase], start: int) -> tuple[list[Phrase], int]:
    """Return the days listed from a place on, the last one completed by brackets, and the place behind them."""
    end = start
    while end < len(phrases) and phrases[end].kind in DAYLIKE:
        end += 1
    run = list(phrases[start:end])
    joined = _with_bracket(run[-1], phrases[end]) if end < len(phrases) else None
    return (run, end) if joined is None else ([*run[:-1], *joined], end + 1)


def _with_bracket(phrase: Phrase, group: Phrase) -> list[Phrase] | None:
    """Take days out of the brackets where they complete those before: 第1・第3（水）, 年末年始（12/29~1/3）."""
    if group.kind != "group" or len(group.value) != 1:
        return None
    inner: Phrase = group.value[0]
    if phrase.name == "weeks" and inner.kind == "days" and is_weekly(inner):
        return [phrase, inner._replace(glue="")]
    if isinstance(phrase.value[0], YearEnd | Obon) and inner.name == "period":
        return [inner._replace(glue=phrase.glue)]
    return None


def weeks_joined(run: list[Phrase]) -> list[Phrase]:
    """Join weeks and weekdays: 水曜 第1・3, 第1・3週 水曜."""
    made: list[Phrase] = []
    for phrase in run:
        last = made[-1] if made else None
        if last is not None and {last.name, phrase.name} == {"weeks", ""} and phrase.glue != "loose":
            weeks, weekly = (last, phrase) if last.name == "weeks" else (phrase, last)
            if is_weekly(weekly):
                joined = Nth(weeks.value[0].nths, weekly.value[0].weekdays)
                made[-1] = last._replace(value=(joined,), name="nth", text=last.text + phrase.text)
                continue
        made.append(phrase)
    return made


def seasons_of(run: list[Phrase]) -> list[list[Phrase]]:
    """Part 奇数月は第2木曜、偶数月は第4木曜 into seasons with their days."""
    seasons = sum(phrase.kind == "within" for phrase in run)
    if seasons < 2 or run[-1].kind == "within" or run[0].kind == "days":
        if seasons > 1 and any(phrase.kind == "days" for phrase in run):
            raise DoubtError
        return [run]
    parts: list[list[Phrase]] = []
    for before, phrase in zip([None, *run], run, strict=False):
        if before is None or (phrase.kind == "within" and before.kind == "days"):
            parts.append([])
        parts[-1].append(phrase)
    return parts


def is_weekly(phrase: Phrase) -> bool:
    """Tell whether a phrase is a list of weekdays and nothing else."""
    return len(phrase.value) == 1 and isinstance(phrase.value[0], Weekly)


def as_written(sentence: list[Phrase]) -> str:
    """Return a sentence as written."""
    return "".join(glued(phrase) for phrase in sentence).strip()


def glued(phrase: Phrase) -> str:
    """Return a phrase as written, with what stands before it."""
    return phrase.between + phrase.text
