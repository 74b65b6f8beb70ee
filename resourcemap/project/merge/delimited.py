"""New cells in a file of text: encoding, line ends, quotation marks and every other byte stay."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.plain import from_csv, to_csv
from resourcemap.project.merge.new_cell import NewCell, Written
from resourcemap.read.delimited import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DELIMITERS = ",\t;|"


@dataclass(frozen=True)
class _Field:
    """Where a field stands in the text, and whether it is quoted."""

    start: int
    end: int
    quoted: bool


def set_in_delimited(content: bytes, rows: Sequence[Sequence[str]], cells: Sequence[NewCell], *, where: str) -> Written:
    r"""Write cells of a CSV or TSV file.

    Only the bytes of these cells change. A row that is too short for a cell gets the delimiters it lacks. What a
    spreadsheet would run as a formula is written so that it does not (`resourcemap.plain`).

    Parameters
    ----------
    content
        The file.
    rows
        Its cells as they were read, to find out how it is delimited.
    cells
        What to write; each cell once.
    where
        What to call the file in messages.

    Returns
    -------
    Written
        The file, and the cells that were not written: those with characters that its encoding does not have.

    Raises
    ------
    InputError
        When it cannot be told where its cells stand.

    Examples
    --------
    >>> rows = [["名称", "電話"], ["A", "1"]]
    >>> made = set_in_delimited("名称,電話\r\nA,1\r\n".encode("cp932"), rows, [NewCell(2, 1, "2,3")], where="a.csv")
    >>> made.content.decode("cp932")
    '名称,電話\r\nA,"2,3"\r\n'
    """
    text = _Text(content, where)
    fields, delimiter = _fields(text.text, rows, where)
    refused: dict[tuple[int, int], str] = {}
    changes: list[tuple[int, int, str]] = []
    beyond: dict[int, dict[int, str]] = {}
    for cell in cells:
        if why := text.why_not(cell.text):
            refused[cell.row, cell.place] = why
            continue
        row = fields[cell.row - 1] if 0 < cell.row <= len(fields) else []
        if not row:
            refused[cell.row, cell.place] = either(ja="元の表にこの行がありません。", en="the file has no such row.")
        elif cell.place < len(row):
            old = row[cell.place]
            changes.append((old.start, old.end, _quoted(cell.text, delimiter, always=old.quoted)))
        else:
            beyond.setdefault(cell.row, {})[cell.place] = cell.text
    for number, added in beyond.items():
        row = fields[number - 1]
        texts = [
            _quoted(added.get(place, ""), delimiter, always=row[-1].quoted and place in added)
            for place in range(len(row), max(added) + 1)
        ]
        changes.append((row[-1].end, row[-1].end, "".join(delimiter + each for each in texts)))
    return Written(text.with_changes(changes), refused)


class _Text:
    """The text of a file, and at which byte each of its characters stands."""

    def __init__(self, content: bytes, where: str) -> None:
        self.content = content
        whole = decode(content, where=where)
        self.encoding = _encoding(content, whole)
        if not self.encoding:
            raise InputError(_not_written(where))
        self.text = whole
        self.first = len(content) - sum(self._width(whole))
        marks = content[: self.first].decode(self.encoding, errors="replace")
        if marks.strip("\ufeff"):
            raise InputError(_not_written(where))

    def why_not(self, text: str) -> str:
        """Say why a text cannot be written; nothing when it can."""
        for character in text:
            if character == "\0" or not _has(self.encoding, character):
                name = unicodedata.name(character, f"U+{ord(character):04X}")
                return either(
                    ja=f"「{character}」（{name}）は、このファイルの文字コードでは書けません。"
                    "ほかの文字にするか、ファイルを「CSV UTF-8」で保存し直してください。",
                    en=f"{character!r} ({name}) cannot be written in the encoding of this file. Use another character, "
                    "or save the file as 'CSV UTF-8'.",
                )
        return ""

    def with_changes(self, changes: Sequence[tuple[int, int, str]]) -> bytes:
        """Return the bytes of the file with pieces of its text written anew."""
        if not changes:
            return self.content
        at = [self.first]
        for width in self._width(self.text):
            at.append(at[-1] + width)
        pieces, last = [], 0
        for start, end, text in sorted(changes, key=lambda change: change[:2]):
            pieces += [self.content[last : at[start]], text.encode(self.encoding)]
            last = at[end]
        return b"".join([*pieces, self.content[last:]])

    def _width(self, text: str) -> Iterator[int]:
        """Give the number of bytes of each character; CP932 knows some by two pairs of bytes, of the same length."""
        for character in text:
            plain = character < "\x80" and not self.encoding.startswith("utf-16")
            yield 1 if plain else len(character.encode(self.encoding))


def _has(encoding: str, character: str) -> bool:
    """Tell whether an encoding has a character; CP932 writes 〜 and five others as their twins (～)."""
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _encoding(content: bytes, text: str) -> str:
    """Name the encoding in which the text was decoded; nothing when some bytes were none of it."""
    if content.startswith(codecs.BOM_UTF16_LE):
        known = ["utf-16-le"]
    elif content.startswith(codecs.BOM_UTF16_BE):
        known = ["utf-16-be"]
    elif b"\0" in content:
        known = ["utf-16-le", "utf-16-be"]
    else:
        known = ["utf-8", "cp932"]
    for encoding in known:
        try:
            decoded = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if decoded.lstrip("\ufeff") == text or decoded == text:
            return encoding
    return ""


def _fields(text: str, rows: Sequence[Sequence[str]], where: str) -> tuple[list[list[_Field]], str]:
    """Find the fields of each row, in the way in which the file was read."""
    skipped = len(text) - len(text.lstrip("?"))
    wanted = [list(row) for row in rows]
    for start in {0, skipped}:
        for delimiter in _DELIMITERS:
            cells = csv.reader(io.StringIO(text[start:], newline=""), delimiter=delimiter)
            if [[from_csv(cell) for cell in row] for row in cells] != wanted:
                continue
            fields = _places(text, start, delimiter)
            said = [[from_csv(_said(text[at.start : at.end], quoted=at.quoted)) for at in row] for row in fields]
            if said == wanted:
                return fields, delimiter
    raise InputError(_not_written(where))


def _places(text: str, start: int, delimiter: str) -> list[list[_Field]]:
    inside = re.escape(delimiter)
    field = re.compile(rf'("(?:[^"]|"")*"[^{inside}\r\n]*)|[^{inside}\r\n]*')
    end = re.compile(r"\r\n|\r|\n")
    rows: list[list[_Field]] = []
    row: list[_Field] = []
    at = start
    while at < len(text):
        found = field.match(text, at)
        if found is None:
            return []
        row.append(_Field(at, found.end(), found[1] is not None))
        at = found.end()
        if at < len(text) and text[at] == delimiter:
            at += 1
            if at == len(text):
                row.append(_Field(at, at, quoted=False))
            continue
        # A row of one empty field without quotation marks is an empty line, which has no cells.
        rows.append([] if len(row) == 1 and row[0].start == row[0].end else row)
        row = []
        broken = end.match(text, at)
        at = broken.end() if broken else at
    return [*rows, row] if row else rows


def _said(text: str, *, quoted: bool) -> str:
    if not quoted:
        return text
    found = re.fullmatch(r'"((?:[^"]|"")*)"(.*)', text, re.DOTALL)
    return text if found is None else found[1].replace('""', '"') + found[2]


def _quoted(text: str, delimiter: str, *, always: bool) -> str:
    text = to_csv(text.replace("\r\n", "\n").replace("\r", "\n"))
    if always or text != text.strip() or any(mark in text for mark in (delimiter, '"', "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _not_written(where: str) -> str:
    return either(
        ja=f"{where}: 文字コードか区切りがふつうでないため、書き戻せません。"
        "Excelの「CSV UTF-8」で保存し直してください。",
        en=f"{where}: its encoding or its delimiters are not the usual ones, so it cannot be written back. Save it as "
        "'CSV UTF-8' in Excel.",
    )
