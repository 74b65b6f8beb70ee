"""Phrases, and a walk over tokens that makes them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.schedules.tokens import Token


Kind: TypeAlias = Literal[
    "days", "spans", "off", "if_holiday", "holiday_too", "often", "within", "minutes", "only", "remark", "entry",
    "group", "hard", "other", "doubt",
]  # fmt: skip


JOINERS = ("wave", "dash", "from")
Glue: TypeAlias = Literal["", "tight", "loose", "space", "hard", "of", "topic"]


@dataclass(frozen=True)
class Phrase:
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
        place = self.at + ahead
        return self.tokens[place].kind if place < len(self.tokens) else ""

    def text(self, ahead: int = 0) -> str:
        """Return the text of the token here, or of one ahead."""
        place = self.at + ahead
        return self.tokens[place].text if place < len(self.tokens) else ""

    def take(self, count: int = 1) -> str:
        """Step over tokens and return their text."""
        text = "".join(token.text for token in self.tokens[self.at : self.at + count])
        self.at += count
        return text

    def add(self, phrase: Phrase) -> None:
        """Add a phrase, and say what stands between it and the one before."""
        between, self.between = self.between, ""
        glue: Glue = ""
        if self.made and self.made[-1].kind == "hard":
            glue = "hard"
        elif "、" in between or "," in between:
            glue = "loose"
        elif any(sign in between for sign in ("・", "&", "+", "と", "及び", "および", "/")):
            glue = "tight"
        elif between.strip() in ("は", "が"):
            glue = "topic"
        elif "の" in between:
            glue = "of"
        elif between.strip():
            glue = "loose"
        elif between:
            glue = "space"
        self.made.append(replace(phrase, glue=glue, between=between))

    def note(self) -> None:
        """Step over a token that only stands between phrases."""
        text = self.text()
        self.at += 1
        if text in ("は", "が") and self.made and self.made[-1].kind in ("days", "within"):
            self.made[-1] = replace(self.made[-1], topic=True)
        if text == "も" and self.made and self.made[-1].kind == "spans":
            self.made[-1] = replace(self.made[-1], name="too")
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
