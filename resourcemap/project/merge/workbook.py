"""New cells in a workbook: only they are written; charts, styles, widths, comments and all else stay, byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.project.merge.new_cell import NewCell, Written
from resourcemap.project.merge.number_styles import date_styles, day_number, share_of_day
from resourcemap.project.merge.sheet_xml import column_name, find_cells, read_range
from resourcemap.read.guard import parse_xml, read_member

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.project.merge.sheet_xml import Cell, Row, SheetXml

_BOOK, _LINKS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_NUMBER = re.compile(r"0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,9})\.\d{0,5}[1-9]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CALCULATION = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*?(?=/?>)")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_LONGEST = 32767


def set_in_workbook(content: bytes, sheet: str, cells: Sequence[NewCell], *, where: str) -> Written:
    """Write cells of one sheet of an .xlsx or .xlsm.

    A cell that was a number and shown as a date is one afterwards, too, when its new text is a date; a number stays a
    number; everything else is written as text. Style, width and all other cells stay as they are. A merged cell is
    written where its text stands. Where the workbook has formulas, it is told to calculate them when it is opened.

    Parameters
    ----------
    content
        The file.
    sheet
        The name of the sheet.
    cells
        What to write; each cell once.
    where
        What to call the file in messages.

    Returns
    -------
    Written
        The file, and the cells that were not written: those of a formula, and text that a workbook cannot hold.

    Raises
    ------
    InputError
        When the sheet is not found, or its XML is not as Excel and other programs write it.

    Examples
    --------
    >>> import openpyxl
    >>> book = openpyxl.Workbook()
    >>> book.active.append(["名称", "電話"])
    >>> held = io.BytesIO()
    >>> book.save(held)
    >>> made = set_in_workbook(held.getvalue(), "Sheet", [NewCell(1, 1, "TEL")], where="a.xlsx")
    >>> [cell.value for cell in openpyxl.load_workbook(io.BytesIO(made.content)).active[1]], made.refused
    (['名称', 'TEL'], {})
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = _member_of(archive, sheet, where)
        xml = read_member(archive, member, where=where)
        styled = _STYLES in archive.namelist()
        dates = (
            date_styles(parse_xml(read_member(archive, _STYLES, where=where), where=where)) if styled else frozenset()
        )
        book = read_member(archive, _BOOK, where=where)
        writer = _Writer(xml, find_cells(xml, where=where), dates, from_1904=_from_1904(book, where))
        made = writer.written(cells)
        if made == xml:
            return Written(content, writer.refused)
        new = {member: made}
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if any(_FORMULA.search(archive.read(name)) for name in sheets):
            new[_BOOK] = _calculating(book)
        return Written(_with_members(archive, new), writer.refused)


def _member_of(archive: zipfile.ZipFile, sheet: str, where: str) -> str:
    """Find the member that holds a sheet."""
    links = {
        link.get("Id", ""): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/")
        for link in parse_xml(read_member(archive, _LINKS, where=where), where=where)
    }
    for each in parse_xml(read_member(archive, _BOOK, where=where), where=where).iter():
        if each.tag.rpartition("}")[2] == "sheet" and each.get("name") == sheet:
            link = next((value for key, value in each.attrib.items() if key.endswith("}id")), "")
            if links.get(link) in archive.namelist():
                return links[link]
    raise InputError(
        either(ja=f"{where}: シート「{sheet}」がありません。", en=f"{where}: there is no sheet {sheet!r}.")
    )


def _from_1904(book: bytes, where: str) -> bool:
    settings = (each for each in parse_xml(book, where=where).iter() if each.tag.rpartition("}")[2] == "workbookPr")
    return any(each.get("date1904") in ("1", "true") for each in settings)


def _calculating(book: bytes) -> bytes:
    """Have formulas calculated when the workbook is opened: what was saved with them may rest on what was changed."""
    found = _CALCULATION.search(book)
    if found is None or b"fullCalcOnLoad" in found[0]:
        return book
    return book[: found.end()].rstrip() + b' fullCalcOnLoad="1"' + book[found.end() :]


def _with_members(archive: zipfile.ZipFile, new: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.comment = archive.comment
        for old in archive.infolist():
            entry = zipfile.ZipInfo(old.filename, old.date_time)
            for name in ("compress_type", "comment", "create_system", "external_attr", "internal_attr"):
                setattr(entry, name, getattr(old, name))
            made.writestr(entry, new.get(old.filename, archive.read(old)))
    return held.getvalue()


@dataclass(frozen=True)
class _Change:
    """Bytes from `start` to `end` that are written anew."""

    start: int
    end: int
    text: bytes


class _Writer:
    """Writes cells into the XML of one sheet."""

    def __init__(self, xml: bytes, found: SheetXml, dates: frozenset[int], *, from_1904: bool) -> None:
        self.xml = xml
        self.found = found
        self.dates = dates
        self.from_1904 = from_1904
        self.refused: dict[tuple[int, int], str] = {}

    def written(self, cells: Sequence[NewCell]) -> bytes:
        by_row: dict[int, dict[int, str]] = {}
        for cell in cells:
            if why := self._why_not(cell):
                self.refused[cell.row, cell.place] = why
                continue
            row, place = self._top_left(cell.row, cell.place)
            if by_row.setdefault(row, {}).setdefault(place, cell.text) != cell.text:
                self.refused[cell.row, cell.place] = _merged_twice()
        changes = [self._row_changed(number, row) for number, row in by_row.items()]
        widest = max((place for row in by_row.values() for place in row), default=0)
        return _spliced(self.xml, [*(change for row in changes for change in row), *self._reaching(widest)])

    def _why_not(self, cell: NewCell) -> str:
        row, place = self._top_left(cell.row, cell.place)
        old = self._cell(row, place)
        in_array = any(
            top <= row <= bottom and left <= place <= right for top, left, bottom, right in self.found.arrays
        )
        if in_array or (old is not None and old.formula):
            return either(
                ja="式のセルです。書き戻すと式が消えるので、Excelで直してください。",
                en="the cell holds a formula, which would be lost. Change it in Excel.",
            )
        if row not in self.found.rows:
            return either(ja="元の表にこの行がありません。", en="the sheet has no such row.")
        if found := _FORBIDDEN.search(cell.text):
            return either(
                ja=f"Excelに書けない文字 U+{ord(found[0]):04X} があります。消してください。",
                en=f"it holds U+{ord(found[0]):04X}, which a workbook cannot hold. Take it out.",
            )
        if len(cell.text) > _LONGEST:
            return either(ja=f"{_LONGEST}文字を超えています。", en=f"it is longer than {_LONGEST} characters.")
        return ""

    def _top_left(self, row: int, place: int) -> tuple[int, int]:
        """Return where the text of a cell stands: for merged cells, in the first of them."""
        for top, left, bottom, right in self.found.merged:
            if top <= row <= bottom and left <= place <= right:
                return top, left
        return row, place

    def _cell(self, row: int, place: int) -> Cell | None:
        return self.found.rows[row].cells.get(place) if row in self.found.rows else None

    def _row_changed(self, number: int, new: dict[int, str]) -> list[_Change]:
        row = self.found.rows[number]
        made = {place: self._cell_xml(number, place, text) for place, text in sorted(new.items())}
        changes = [
            _Change(row.cells[place].start, row.cells[place].end, made[place]) for place in made if place in row.cells
        ]
        added: dict[int, bytes] = {}
        for place, text in made.items():
            if place not in row.cells:
                at = min((cell.start for each, cell in row.cells.items() if each > place), default=_end_inside(row))
                added[at] = added.get(at, b"") + text
        if row.empty and added:
            name = f"{self.found.prefix}row".encode()
            tag = self.xml[row.start : row.inner - 2].rstrip()
            return [_Change(row.start, row.end, tag + b">" + b"".join(added.values()) + b"</" + name + b">")]
        changes += [_Change(at, at, text) for at, text in added.items()]
        return changes + self._spans(row, max(made))

    def _spans(self, row: Row, widest: int) -> list[_Change]:
        """Widen what a row says of how far its cells reach."""
        first, _, last = row.attributes.get("spans", "").partition(":")
        if row.empty or not last.isdigit() or int(last) > widest:
            return []
        tag = self.xml[row.start : row.inner]
        old = re.search(rb"""spans=["'][^"']*["']""", tag)
        if old is None:
            return []
        return [_Change(row.start + old.start(), row.start + old.end(), f'spans="{first}:{widest + 1}"'.encode())]

    def _reaching(self, widest: int) -> list[_Change]:
        """Widen what the sheet says of how far it reaches."""
        element = self.found.dimension
        if element is None or "ref" not in element.attributes:
            return []
        text = element.attributes["ref"]
        top, left, bottom, right = read_range(text)
        if widest <= right:
            return []
        new = f"{column_name(left)}{top}:{column_name(widest)}{bottom}"
        tag = self.xml[element.start : element.inner].replace(text.encode(), new.encode())
        return [_Change(element.start, element.inner, tag)]

    def _cell_xml(self, row: int, place: int, text: str) -> bytes:
        prefix = self.found.prefix
        style = self._style(row, place)
        head = f'<{prefix}c r="{column_name(place)}{row}"' + (f" s={quoteattr(style)}" if style else "")
        if not text:
            return f"{head}/>".encode()
        number = self._as_number(row, place, style, text)
        if number:
            return f"{head}><{prefix}v>{number}</{prefix}v></{prefix}c>".encode()
        inside = escape(_LOOKS_ESCAPED.sub("_x005F_", text.replace("\r\n", "\n").replace("\r", "\n")))
        return (
            f'{head} t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">{inside}</{prefix}t></{prefix}is>'
            f"</{prefix}c>"
        ).encode()

    def _style(self, row: int, place: int) -> str:
        """Return the style of a cell; of a new one, that of the nearest above in its column, or of the one left."""
        old = self._cell(row, place)
        if old is not None:
            return old.attributes.get("s", "")
        model = self._model(row, place) or self._left(row, place)
        return model.attributes.get("s", "") if model is not None else ""

    def _model(self, row: int, place: int) -> Cell | None:
        """Return the nearest cell above in a column that says something; else the first below that does."""
        rows = sorted(self.found.rows)
        order = [number for number in reversed(rows) if number < row] + [number for number in rows if number > row]
        cells = (self._cell(number, place) for number in order)
        return next((cell for cell in cells if cell is not None and cell.value and not cell.formula), None)

    def _left(self, row: int, place: int) -> Cell | None:
        cells = self.found.rows[row].cells
        return next((cells[each] for each in range(place - 1, -1, -1) if each in cells), None)

    def _as_number(self, row: int, place: int, style: str, text: str) -> str:
        """Write a date, a time or a number as the workbook holds it, where the cell, or its column, holds such."""
        old = self._cell(row, place)
        filled = old is not None and bool(old.value)
        model = old if filled else self._model(row, place)
        number = model is not None and bool(model.value) and model.attributes.get("t", "n") == "n"
        if not (style.isdigit() and int(style) in self.dates):
            return text if number and _NUMBER.fullmatch(text) else ""
        if filled and not number:
            return ""
        value: float | None = day_number(text, from_1904=self.from_1904)
        if value is None:
            value = share_of_day(text)
        return "" if value is None else repr(value)


def _end_inside(row: Row) -> int:
    """Return where a cell goes that comes after all others of a row."""
    return max((cell.end for cell in row.cells.values()), default=row.inner)


def _spliced(xml: bytes, changes: Sequence[_Change]) -> bytes:
    pieces, at = [], 0
    for change in sorted(changes, key=lambda each: (each.start, each.end)):
        pieces += [xml[at : change.start], change.text]
        at = change.end
    return b"".join([*pieces, xml[at:]])


def _merged_twice() -> str:
    return either(
        ja="結合されたセルです。いくつかの行に別々の値は書けません。",
        en="the cell is merged over several rows, which cannot have values of their own.",
    )
