"""Text for old Windows software, in CP932 (Shift_JIS as Windows has it), and what of it cannot be written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

GETA: Final = "〓"
# The same sign under the code by which Windows knows it.
_WINDOWS: Final = str.maketrans(
    {
        "〜": "～",
        "−": "－",
        "‖": "∥",
        "—": "―",
        "–": "－",
        "‑": "‐",
        "¢": "￠",
        "£": "￡",
        "¬": "￢",
        "¥": "￥",
        "‾": "￣",
        "¦": "￤",
        "•": "・",
        "\u00a0": " ",
        "\u3094": "ヴ",
    }
)
_VOICED = re.compile(r".[\u3099\u309a]", re.DOTALL)
# A letter, with what chooses its form or is joined to it.
_LETTER = re.compile(
    r".(?:[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]|\u200d.)*", re.DOTALL
)


@dataclass(frozen=True)
class Lost:
    """A character that could not be written.

    Parameters
    ----------
    row
        Its row as a spreadsheet shows it: the headings are row 1.
    column
        The heading of its column.
    character
        The character.
    name
        What the row is about.
    """

    row: int
    column: str
    character: str
    name: str = ""


def for_windows(text: str) -> tuple[str, list[str]]:
    """Return a text that CP932 can write, and the characters that it cannot, which became ``〓``.

    The same sign under another code becomes that of Windows (〜 ～, − －, ¥ ￥); 髙, 﨑 and ① are in CP932. A form of a
    letter that is chosen by a sign of its own (辻󠄀) becomes the usual one, which counts as lost.

    Examples
    --------
    >>> for_windows("髙﨑サロン 10〜12時"), for_windows("カフェ😀")
    (('髙﨑サロン 10～12時', []), ('カフェ〓', ['😀']))
    """
    joined = _VOICED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text).translate(_WINDOWS)
    if _fits(joined):
        return joined, []
    written, lost = [], []
    for letter in _LETTER.findall(joined):
        if _fits(letter):
            written.append(letter)
            continue
        lost.append(letter)
        written.append(letter[0] if len(letter) > 1 and _fits(letter[0]) else GETA)
    return "".join(written), lost


def rows_for_windows(rows: Sequence[Sequence[str]], *, named_by: int) -> tuple[list[list[str]], list[Lost]]:
    """Write a table for CP932, and list every character that it cannot write; the first row holds the headings.

    Examples
    --------
    >>> rows, lost = rows_for_windows([["名称", "備考"], ["みほん", "♡"]], named_by=0)
    >>> rows, [(each.row, each.column, each.character, each.name) for each in lost]
    ([['名称', '備考'], ['みほん', '〓']], [(2, '備考', '♡', 'みほん')])
    """
    headings, made, lost = rows[0], [], []
    for number, row in enumerate(rows, start=1):
        cells = [for_windows(text) for text in row]
        made.append([text for text, _ in cells])
        lost += [
            Lost(number, heading, letter, row[named_by])
            for heading, (_, letters) in zip(headings, cells, strict=True)
            for letter in dict.fromkeys(letters)
        ]
    return made, lost


def _fits(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
