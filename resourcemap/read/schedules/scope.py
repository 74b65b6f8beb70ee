"""Which days before a word of exception it takes out, and which phrases belong together."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from resourcemap.model.schedule.days import Days, Holidays, Nth, Obon, Period, Weekly, YearEnd
from resourcemap.read.schedules.drafts import DoubtError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.schedules.walk import Phrase

DAYLIKE = ("days", "within")


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


def scope(run: list[Phrase], off: Phrase, *, others: bool) -> tuple[list[Phrase], list[Phrase]]:
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


def is_if_holiday(phrase: Phrase) -> bool:
    """Tell whether brackets say what happens on holidays."""
    return phrase.kind == "group" and bool(phrase.value) and phrase.value[-1].kind == "if_holiday"


def completed(phrases: Sequence[Phrase], start: int, end: int) -> list[Phrase]:
    """Return a run of days, its last one completed by brackets behind it."""
    run = list(phrases[start:end])
    joined = _with_bracket(run[-1], phrases[end]) if end < len(phrases) else None
    return run if joined is None else [*run[:-1], *joined]


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


def ranges_named(run: list[Phrase]) -> list[Phrase]:
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


def joined_offs(run: list[Phrase], days: list[Days]) -> list[Days]:
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


def is_weekly(phrase: Phrase) -> bool:
    """Tell whether a phrase is a list of weekdays and nothing else."""
    return len(phrase.value) == 1 and isinstance(phrase.value[0], Weekly)


def whole(sentence: list[Phrase]) -> str:
    """Return a sentence as written."""
    return "".join(glued(phrase) for phrase in sentence).strip()


def glued(phrase: Phrase) -> str:
    """Return a phrase as written, with what stands before it."""
    return phrase.between + phrase.text


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
