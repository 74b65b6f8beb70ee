"""The walk over tokens on which phrases are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.schedules.phrase import Glue, Phrase
    from resourcemap.read.schedules.tokens import Token

JOINERS = ("wave", "dash", "from")
_TIGHT = ("・", "&", "+", "と", "及び", "および", "/")


@dataclass(slots=True)
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
