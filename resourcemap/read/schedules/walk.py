"""Phrases, and a walk over tokens that makes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.schedules.tokens import Token


Kind: TypeAlias = Literal[
    "days", "spans", "off", "if_holiday", "holiday_too", "often", "within", "minutes", "only", "remark", "entry",
    "group", "hard", "other", "doubt",
]  # fmt: skip


_TIGHT = ("・", "&", "+", "と", "及び", "および", "/")
JOINERS = ("wave", "dash", "from")
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


@dataclass
class Walk:
    """A walk over tokens that makes phrases."""

    tokens: Sequence[Token]
    at: int = 0
    between: str = ""
    made: list[Phrase] = field(default_factory=list)

    def kind(self, ahead: int = 0) -> str:
        """Return the kind of the token here, or of one ahead; blank behind the last one."""
        try:
            return self.tokens[self.at + ahead].kind
        except IndexError:
            return ""

    def text(self, ahead: int = 0) -> str:
        """Return the text of the token here, or of one ahead."""
        try:
            return self.tokens[self.at + ahead].text
        except IndexError:
            return ""

    def take(self) -> str:
        """Step over a token and return its text."""
        self.at += 1
        return self.tokens[self.at - 1].text

    def add(self, phrase: Phrase) -> None:
        """Add a phrase, and say what stands between it and the one before."""
        between, self.between = self.between, ""
        if self.made and self.made[-1].kind == "hard":
            self.made.append(phrase._replace(glue="hard", between=between))
        else:
            self.made.append(phrase._replace(glue=_glue(between), between=between) if between else phrase)

    def note(self) -> None:
        """Step over a token that only stands between phrases."""
        text = self.text()
        self.at += 1
        if text in ("は", "が") and self.made and self.made[-1].kind in ("days", "within"):
            self.made[-1] = self.made[-1]._replace(topic=True)
        if text == "も" and self.made and self.made[-1].kind == "spans":
            self.made[-1] = self.made[-1]._replace(name="too")
        self.between += text

    def skip(self) -> None:
        """Step over a space, if there is one."""
        self.at += self.blank()

    def skip_to(self, kind: str) -> bool:
        """Step over a token of a kind, if it comes next."""
        if self.kind() != kind:
            return False
        self.at += 1
        return True

    def blank(self) -> int:
        """Return 1 when a space comes next, else 0."""
        return int(self.kind() == "space")


def _glue(between: str) -> Glue:
    """Say how what stands between two phrases joins them."""
    bare = between.strip()
    if not bare:
        return "space" if between else ""
    if "、" in between or "," in between:
        return "loose"
    if any(sign in between for sign in _TIGHT):
        return "tight"
    return "topic" if bare in ("は", "が") else "of" if "の" in between else "loose"
