"""The CSW's own text: Markdown read as a safe few of its forms, and everything else as plain text."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from markdown_it import MarkdownIt

from resourcemap.plain import visible
from resourcemap.publish.escape import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

_KINDS: dict[str, Literal["heading", "item"]] = {"heading_open": "heading", "list_item_open": "item"}


@dataclass(frozen=True)
class Piece:
    """Some text of one look."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or an item of a list.

    Parameters
    ----------
    kind
        ``"heading"``, ``"paragraph"`` or ``"item"``.
    pieces
        Its text.
    level
        Of a heading 1 to 3; of an item how deep it stands in lists, from 1.
    number
        Of an item of a numbered list; 0 for others.
    """

    kind: Literal["heading", "paragraph", "item"]
    pieces: tuple[Piece, ...]
    level: int = 1
    number: int = 0

    @property
    def text(self) -> str:
        """Its text without any look."""
        return "".join(piece.text for piece in self.pieces)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values for a template."""
        pieces = [{"text": piece.text, "bold": piece.bold} for piece in self.pieces]
        return {"kind": self.kind, "level": self.level, "number": self.number, "pieces": pieces}


def read_column(text: str) -> list[Block]:
    r"""Read Markdown: headings, paragraphs, bold, lists; a link becomes its words with the address behind them.

    Line breaks inside a paragraph stay, as people expect of what they typed. HTML, tables and code are shown
    as the text they are, and of a picture the words for it. Nothing in the text can become markup of the sheet.

    Examples
    --------
    >>> [(block.kind, block.text) for block in read_column("# はじめに\n\n**冬**です。\n\n- 一つ\n- <b>二つ</b>")]
    [('heading', 'はじめに'), ('paragraph', '冬です。'), ('item', '一つ'), ('item', '<b>二つ</b>')]
    >>> read_column("[地図](https://example.or.jp/)")[0].text
    '地図（https://example.or.jp/）'
    """
    reading = _Reading()
    for token in _parser().parse(visible(text).lstrip("\ufeff")):
        reading.take(token)
    return reading.blocks


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(["code", "reference"])


@dataclass
class _Reading:
    """The walk through the tokens: in which lists it stands, and the blocks so far."""

    blocks: list[Block] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    waiting: tuple[Literal["heading", "item"], int, int] | None = None

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(0 if token.type.startswith("bullet") else int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif token.type in _KINDS:
            self._begin(token)
        elif token.type == "inline":
            self._say(_pieces(token.children or []))
        elif token.type == "fence":
            self._say([Piece(token.content.rstrip("\n"))])

    def _begin(self, token: Token) -> None:
        if token.type == "heading_open":
            self.waiting = ("heading", min(int(token.tag[1:]), 3), 0)
            return
        self.waiting = ("item", len(self.lists), self.lists[-1])
        if self.lists[-1]:
            self.lists[-1] += 1

    def _say(self, pieces: list[Piece]) -> None:
        if not "".join(piece.text for piece in pieces).strip():
            return
        kind, level, number = self.waiting or ("paragraph", 1, 0)
        self.waiting = None
        self.blocks.append(Block(kind, tuple(pieces), level, number))


def _pieces(tokens: Iterable[Token]) -> list[Piece]:
    """Write what stands inside a block, and the addresses of links behind their words."""
    found: list[Piece] = []
    bold, addresses, words = 0, [], ""
    for token in tokens:
        text = ""
        if token.type in ("strong_open", "strong_close"):
            bold += 1 if token.type == "strong_open" else -1
        elif token.type == "link_open":
            addresses.append(web_address(str(token.attrs.get("href", ""))) or "")
            words = ""
        elif token.type == "link_close":
            address = addresses.pop()
            text = f"（{address}）" if address and address != words else ""
        else:
            text = "\n" if token.type in ("softbreak", "hardbreak") else token.content
            words += text
        if text:
            found.append(Piece(text, bold > 0))
    return found
