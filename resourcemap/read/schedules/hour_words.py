"""Hours: 10:00〜12:00, 9〜12時, 13時から, 17時まで, 終日."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.schedule.spans import ALL_DAY
from resourcemap.read.schedules.phrase import Phrase
from resourcemap.read.schedules.times import Time, read_minutes, read_time, span_between
from resourcemap.read.schedules.token_walk import JOINERS, Walk

if TYPE_CHECKING:
    from collections.abc import Callable


def _hours(walk: Walk) -> None:
    """Read 10:00~12:00, 9~12時, 13時から, 17時まで, 終日."""
    begin = walk.at
    if walk.kind() == "all_day" or is_all_day(walk):
        walk.add(Phrase("spans", walk.take(), (ALL_DAY,)))
        return
    if walk.kind() in ("wave", "dash") and begin and walk.tokens[begin - 1].kind in ("number", "other", "numbered"):
        walk.add(Phrase("doubt" if walk.kind(1) == "time" else "other", walk.take()))
        return
    start = _time(walk)
    joined = _joiner(walk)
    end = _time(walk, last=True) if joined else None
    if end is None and start is not None and joined:
        walk.at = begin + 1
        walk.skip()
        walk.at += 1
    until = walk.skip_to("until")
    text = "".join(token.text for token in walk.tokens[begin : walk.at])
    if start is not None and end is None and until and not joined:
        start, end = None, start
    span = span_between(start, end)
    doubtful = walk.kind(walk.blank()) in ("wave", "dash") or (end is not None and walk.kind() == "from")
    if walk.at == begin:
        walk.at += 1
        text = walk.tokens[begin].text
    if span is None or doubtful:
        walk.add(Phrase("other" if start is None and end is None else "doubt", text))
    else:
        walk.add(Phrase("spans", text, (span,)))


def _time(walk: Walk, *, last: bool = False) -> Time | None:
    """Read a time, or a bare number that shares 時 with the time behind it."""
    kind = walk.kind()
    if kind == "time":
        found = read_time(walk.text())
        if found is not None:
            walk.at += 1
        return found
    if kind != "number" or last or len(walk.text()) > 2:
        return None
    ahead = 1 + (walk.kind(1) == "space")
    behind = ahead + 1 + (walk.kind(ahead + 1) == "space")
    if walk.kind(ahead) in ("wave", "dash") and walk.kind(behind) == "time" and int(walk.text()) <= 24:
        walk.at += 1
        return Time(int(walk.tokens[walk.at - 1].text) * 60)
    return None


def _joiner(walk: Walk) -> bool:
    space = walk.blank()
    if walk.kind(space) not in JOINERS:
        return False
    if walk.kind(space) == "dash" and walk.kind(space + 1) not in ("time", "number", "space", "", "close", "hard"):
        return False
    walk.at += space + 1
    walk.at += walk.blank() if walk.kind(walk.blank()) in ("time", "number") else 0
    return True


def is_all_day(walk: Walk) -> bool:
    """Tell whether a word for the whole day comes next."""
    return walk.kind() == "days" and walk.tokens[walk.at].value == "all_day"


def _length(walk: Walk) -> None:
    text = walk.take()
    walk.add(Phrase("minutes", text, (read_minutes(text.removeprefix("約")),)))


HOUR_MAKERS: dict[str, Callable[[Walk], None]] = {
    **dict.fromkeys(("time", "number", "wave", "dash", "all_day"), _hours),
    "minutes": _length,
}
