"""Tokens put together to phrases: days, hours, exceptions; what stands in brackets is a phrase of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.schedule.days import After, Days, Nth, Sometimes, Weekly
from resourcemap.read.schedules.date_words import DATE_MAKERS
from resourcemap.read.schedules.day_words import DAY_MAKERS
from resourcemap.read.schedules.hour_words import HOUR_MAKERS, is_all_day
from resourcemap.read.schedules.phrase import Kind, Phrase
from resourcemap.read.schedules.token_walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resourcemap.read.schedules.tokens import Token

_VAGUE = ("午前中", "午前", "午後", "昼", "夜", "朝", "夕方")
_WITHOUT_MEANING = ("filler", "space")


def phrases_of(tokens: Sequence[Token]) -> tuple[Phrase, ...]:
    """Put tokens together.

    Examples
    --------
    >>> from resourcemap.read.schedules.tokens import tokens_of
    >>> [(each.kind, each.text) for each in phrases_of(tokens_of("第2火曜10:00~12:00(8月休み)"))]
    [('days', '第2火曜'), ('spans', '10:00~12:00'), ('group', '(8月休み)')]
    """
    stack: list[Walk] = [Walk(tokens)]
    starts: list[int] = []
    walk = stack[0]
    while walk.at < len(tokens):
        kind = walk.kind()
        if kind == "open" and len(stack) < 4:
            starts.append(walk.at)
            stack.append(Walk(tokens, walk.at + 1))
        elif kind == "close" and len(stack) > 1:
            inner = stack.pop()
            text = "".join(token.text for token in tokens[starts.pop() : inner.at + 1])
            stack[-1].at = inner.at + 1
            stack[-1].add(Phrase("group", text, tuple(inner.made)))
        else:
            _step(walk)
        walk = stack[-1]
    while len(stack) > 1:
        inner = stack.pop()
        stack[-1].made += [Phrase("hard", ""), *inner.made]
    return tuple(stack[0].made)


def _step(walk: Walk) -> None:
    """Make the phrase that begins here, or note what stands between two of them."""
    kind = walk.kind()
    if kind in _WITHOUT_MEANING or kind in ("open", "close"):
        walk.note()
    elif kind == "hard":
        walk.at += 1
        walk.add(Phrase("hard", "\n"))
    elif is_all_day(walk):
        HOUR_MAKERS["all_day"](walk)
    else:
        _MAKERS.get(kind, _other)(walk)


def _other(walk: Walk) -> None:
    name = str(walk.tokens[walk.at].value or "")
    kind: Kind = "doubt" if walk.kind() in ("doubt", "from", "until", "not_days", "or", "condition") else "other"
    walk.add(Phrase(kind, walk.take(), name=name))


def _unknown(walk: Walk) -> None:
    name = walk.tokens[walk.at].value
    walk.add(Phrase("often", walk.take(), (Sometimes(word="" if name == "unsaid" else name),), name=name))


def _off(walk: Walk) -> None:
    house = walk.tokens[walk.at].value == "house"
    text = walk.take()
    noun = text.endswith("日") or text in ("定休", "休み", "お休み", "除く", "休館", "休業")
    labelled = walk.text(walk.blank()) == ":"
    walk.add(Phrase("off", text, house=house, ahead=noun or labelled, name="labelled" if labelled else ""))


def _shift(walk: Walk) -> None:
    text = walk.take()
    by = 1 if "翌日" in text else -1
    last = walk.made[-1] if walk.made else None
    if last is None or last.kind != "days" or walk.between or not _one_day(last.value[-1]):
        walk.add(Phrase("doubt", text))
        return
    walk.made[-1] = last._replace(value=(*last.value[:-1], After(last.value[-1], by)), text=last.text + text)


def _one_day(days: Days) -> bool:
    return not (isinstance(days, Weekly | Nth) and len(days.weekdays) > 1)


def _remark(walk: Walk) -> None:
    text = walk.take()
    walk.add(Phrase("remark", text, name="vague" if text in _VAGUE else ""))


def _plainly(kind: Kind) -> Callable[[Walk], None]:
    def make(walk: Walk) -> None:
        walk.add(Phrase(kind, walk.take()))

    return make


_MAKERS: dict[str, Callable[[Walk], None]] = {
    **DAY_MAKERS,
    **DATE_MAKERS,
    **HOUR_MAKERS,
    "unknown": _unknown,
    "off": _off,
    "shift": _shift,
    "if_holiday": _plainly("if_holiday"),
    "holiday_too": _plainly("holiday_too"),
    "only": _plainly("only"),
    "remarks": _remark,
    "entry": _plainly("entry"),
}
