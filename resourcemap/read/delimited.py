"""CSV and TSV, in UTF-8, UTF-16 or the Shift_JIS of Excel (CP932)."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.plain import from_csv
from resourcemap.read.grid import Grid
from resourcemap.read.guard import check_size

if TYPE_CHECKING:
    from pathlib import Path

_DELIMITERS = ",\t;|"
_LOOKED_AT = 40
_END = "\x1e"  # a row of its own behind the text, unless a quotation mark swallows it
_STRAY = re.compile(r'\?+(?=["\u3000-\u9fff\uff00-\uffef])')  # what becomes of a byte order mark saved as CP932
_NO_CP932 = re.compile(r"[\x80\xa0\uf8f0-\uf8f3]")  # what Python makes of bytes that CP932 does not have


def read_delimited(path: Path, *, sheet: str | None = None) -> list[Grid]:  # noqa: ARG001
    r"""Read a text file of cells; the encoding and the delimiter are found out. It has no sheets.

    Raises
    ------
    InputError
        When it is neither UTF-8 nor CP932, or a quotation mark is never closed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_bytes("名称;定員\r\nサロン①;20\r\n".encode("cp932"))
    >>> read_delimited(path)[0].rows
    [['名称', '定員'], ['サロン①', '20']]
    """
    check_size(path)
    text = decode(path.read_bytes(), where=path.name)
    if stray := _STRAY.match(text):
        text = text[stray.end() :]
    try:
        *rows, last = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=_delimiter(text))
    except csv.Error as error:
        raise InputError(_unreadable(path.name, str(error))) from error
    if last != [_END]:
        # Without this the rest of the file would be one cell.
        what = either(ja=f"{len(rows) + 1}件目の行", en=f"from record {len(rows) + 1} on")
        raise InputError(_unreadable(path.name, what))
    return [Grid(path.name, None, [[from_csv(cell) for cell in row] for row in _without_last_break(text, rows)])]


def _without_last_break(text: str, rows: list[list[str]]) -> list[list[str]]:
    """Leave out the blank row that the end mark made of a last line break."""
    return rows[:-1] if rows and not rows[-1] and text.endswith(("\n", "\r")) else rows


def _unreadable(where: str, what: str) -> str:
    return either(
        ja=f'{where}: CSVとして読めません（{what}）。閉じていない " がないか確かめてください。',
        en=f'{where}: cannot be read as CSV ({what}). Look for a " that is never closed.',
    )


def decode(content: bytes, *, where: str) -> str:
    r"""Decode text: by its byte order mark (even a doubled one), else strictly UTF-8, else strictly CP932.

    Text with zero bytes is UTF-16 without a mark: neither UTF-8 nor CP932 has any.

    Examples
    --------
    >>> decode("\ufeff\ufeff名称".encode(), where="a.csv"), decode("髙﨑".encode("cp932"), where="a.csv")
    ('名称', '髙﨑')
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").lstrip("\ufeff")
    if b"\0" in content and (wide := _wide(content)):
        return wide
    try:
        return content.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    else:
        if not (wrong := _NO_CP932.search(text)):
            return text
        line = text.count("\n", 0, wrong.start()) + 1
    raise InputError(
        either(
            ja=f"{where}: 文字コードが UTF-8 でも Shift_JIS でもありません（{line}行目）。"
            "Excelの「CSV UTF-8」で保存し直してください。",
            en=f"{where}: neither UTF-8 nor Shift_JIS (line {line}). Save it as 'CSV UTF-8' in Excel.",
        )
    )


def _wide(content: bytes) -> str:
    """Decode UTF-16 that has no byte order mark, or return nothing when it is none."""
    texts = [content.decode(encoding, errors="replace") for encoding in ("utf-16-le", "utf-16-be")]
    # In the wrong order ASCII becomes rare characters, so that cells and lines have no ends.
    ends = [sum(text.count(mark) for mark in (*_DELIMITERS, "\n", "\r")) for text in texts]
    best = ends.index(max(ends))
    return texts[best] if ends[best] and "\0" not in texts[best] else ""


def _delimiter(text: str) -> str:
    """Choose the delimiter that cuts the first rows at most places; a comma when nothing does."""
    head = "\n".join(text.splitlines()[:_LOOKED_AT])
    counts = {
        mark: sum(max(len(row) - 1, 0) for row in csv.reader(io.StringIO(head), delimiter=mark)) for mark in _DELIMITERS
    }
    return max(counts, key=lambda mark: counts[mark])
