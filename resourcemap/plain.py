r"""Text of people made plain: nothing hides in it or turns the page around, and no spreadsheet runs it.

What a reader cannot see goes: control characters, marks and overrides of writing direction (a name with U+202E would
turn the rest of its line around), fillers, halves of surrogate pairs. What makes a letter or picture what it is stays:
joiners within emoji and within scripts that need them, variation selectors behind a character (辻󠄀, ❤️), accents up to
four on a letter.

Spreadsheets run a cell of a CSV file that begins with ``=``, ``+``, ``-`` or ``@``, also in full width, behind blanks
or quotes. Such a cell is written with an apostrophe before it; `from_csv` takes it away again, so what was written
comes back. Numbers (``-12``) stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# Scripts and pictures in which a joiner means something: Hebrew to the Indic ones, Arabic forms, symbols, emoji.
_JOINED = r"\u0590-\u1cff\u2190-\u2bff\ua000-\uabff\ufb00-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U0001faff"
_SELECTORS = r"\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_ACCENTS = r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_HIDDEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\U0001fffe\U0001ffff"
)
_FLAG = r"(\U0001f3f4[\U000e0020-\U000e007e]{1,7}\U000e007f)"  # 🏴 with the letters of a region
_SUSPECT = re.compile(rf"[{_HIDDEN}\u200c\u200d\ud800-\udfff{_SELECTORS}{_ACCENTS}]")
_UNSEEN = re.compile(
    rf"{_FLAG}|[{_HIDDEN}]"
    rf"|(?<![{_JOINED}])[\u200c\u200d]+|[\u200c\u200d]+(?![{_JOINED}])"
    rf"|(?:(?<=\s)|(?<![\s\S])|(?<=[{_SELECTORS}]))[{_SELECTORS}]+"
)
_NEVER_BARE = re.compile(rf"[{_HIDDEN}\u200c\u200d{_SELECTORS}]")
_MOST_PASSES = 4
_HALF = re.compile(r"[\ud800-\udfff]")
_HEAPED = re.compile(rf"([{_ACCENTS}]{{4}})[{_ACCENTS}]+")
TURNING: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069\ud800-\udfff]")  # what no person types
_LIVE = re.compile(r"[\s'\"\u2018\u2019\u201c\u201d]*[=+\-@＝＋－＠﹢﹣﹦﹫−]")
_HARMLESS = re.compile(r"-?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?[%％]?|[=+\-@＝＋－＠−]")


def visible(text: str) -> str:
    r"""Take out what nobody can see; line breaks and tabs stay. A half of a surrogate pair becomes U+FFFD.

    Examples
    --------
    >>> visible("み\u202eほ\u200bん\x07"), visible("👨‍👩‍👧"), visible("a\ud800b") == "a\ufffdb"
    ('みほん', '👨‍👩‍👧', True)
    """
    if not _SUSPECT.search(text):
        return text
    whole = _HALF.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    for _ in range(_MOST_PASSES):  # what is taken out may leave a joiner or a selector without its letter
        before, whole = whole, _HEAPED.sub(r"\1", _UNSEEN.sub(r"\1", whole))
        if whole == before:
            return whole
    return _HEAPED.sub(r"\1", _NEVER_BARE.sub("", whole))


def one_line(text: str, *, longest: int = 200) -> str:
    r"""Write a text on one line, as messages and terminals show it: no line breaks, and not endlessly long.

    Examples
    --------
    >>> one_line("み\nほ\x1b[31mん"), one_line("a" * 9, longest=4)
    ('み ほ[31mん', 'aaaa…')
    """
    line = " ".join(visible(text[: 4 * longest]).split())
    return line if len(line) <= longest and len(text) <= 4 * longest else f"{line[:longest]}…"


def to_csv(text: str) -> str:
    r"""Write the text of a CSV cell that no spreadsheet runs: with an apostrophe before what looks like a formula.

    Examples
    --------
    >>> to_csv("=1+1"), to_csv("-12"), to_csv("＋81-3-0000-1234"), to_csv("'=1"), to_csv("サロン")
    ("'=1+1", '-12', "'＋81-3-0000-1234", "''=1", 'サロン')
    """
    text = visible(text)
    return f"'{text}" if _is_live(text) else text


def from_csv(text: str) -> str:
    """Read a CSV cell that `to_csv` may have written.

    Examples
    --------
    >>> from_csv("'=1+1"), from_csv("-12"), from_csv("''=1"), from_csv("'21年度")
    ('=1+1', '-12', "'=1", "'21年度")
    """
    return text[1:] if text.startswith("'") and _is_live(text[1:]) else text


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    r"""Write rows as the text of a CSV file, with the line ends that spreadsheets expect; ``None`` is a blank.

    Texts become harmless as by `to_csv`; numbers stay.

    Examples
    --------
    >>> csv_text([["名称", "差"], ["=1+1", -12], [None, "-12"]])
    "名称,差\r\n'=1+1,-12\r\n,-12\r\n"
    """
    known: dict[str, str] = {}

    def cell(value: object) -> object:
        if not isinstance(value, str):
            return value
        if value not in known:
            known[value] = to_csv(value)
        return known[value]

    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def _is_live(text: str) -> bool:
    return bool(_LIVE.match(text)) and not _HARMLESS.fullmatch(text)
