"""A phrase: days, hours, or an exception, with what stands before it."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal[
    "days", "spans", "off", "if_holiday", "holiday_too", "often", "within", "minutes", "only", "remark", "entry",
    "group", "hard", "other", "doubt",
]  # fmt: skip
Glue: TypeAlias = Literal["", "tight", "loose", "space", "hard", "of", "topic"]


class Phrase(NamedTuple):
    """A piece of a schedule.

    Parameters
    ----------
    kind
        What it is.
    text
        As written, after `plain`.
    value
        Sets of days, spans, or the phrases inside brackets.
    glue, between
        What stands between it and the phrase before: its kind, and as written.
    on
        Whether its words can only mean days on which it takes place: 毎週, 平日.
    topic
        Whether は follows: 土曜は正午まで.
    house
        Of an exception: whether a building is closed.
    ahead
        Of an exception: whether its days may follow it (定休日:水).
    """

    kind: Kind
    text: str
    value: tuple[Any, ...] = ()
    glue: Glue = ""
    on: bool = False
    topic: bool = False
    house: bool = False
    ahead: bool = False
    name: str = ""
    between: str = ""
