"""Where the cells of a worksheet's XML begin and end, so that a few can be written anew and every other byte stays."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from resourcemap.errors import InputError
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Mapping

_TAG = re.compile(rb"""<[^\s/>]+(?:[^>"']|"[^"]*"|'[^']*')*>""")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_NOT_UTF8 = re.compile(rb"""<\?xml[^>]*encoding=["'](?!utf-8["'])""", re.IGNORECASE)


@dataclass
class Element:
    """A piece of the XML: from `start` to `end`; its opening tag ends at `inner`.

    Parameters
    ----------
    start, inner, end
        Offsets in bytes.
    attributes
        What its tag says.
    empty
        Whether the tag closes itself.
    """

    start: int
    inner: int
    end: int
    attributes: Mapping[str, str]
    empty: bool


@dataclass
class Cell(Element):
    """A cell: whether a formula makes it, and its value as it stands there (of a shared text its number)."""

    formula: bool = False
    value: str = ""


@dataclass
class Row(Element):
    """A row, with its cells by the position of their column from 0."""

    cells: dict[int, Cell] = field(default_factory=dict)


@dataclass
class SheetXml:
    """What is where in the XML of one worksheet.

    Parameters
    ----------
    prefix
        What stands before the names of its tags, with the colon.
    rows
        The rows by their numbers.
    merged
        Merged cells: first row, first column, last row, last column; rows from 1, columns from 0.
    arrays
        The same, for the ranges that one formula fills.
    dimension
        The element that says how far the sheet reaches, where there is one.
    formulas
        Whether any cell has a formula.
    """

    prefix: str = ""
    rows: dict[int, Row] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    arrays: list[tuple[int, int, int, int]] = field(default_factory=list)
    dimension: Element | None = None
    formulas: bool = False


def find_cells(content: bytes, *, where: str) -> SheetXml:
    """Find the cells in the XML of a worksheet.

    Raises
    ------
    InputError
        When it is no XML in UTF-8, declares a document type, or has a row or a cell twice.

    Examples
    --------
    >>> found = find_cells(b'<worksheet><sheetData><row r="2"><c r="B2"><v>7</v></c></row></sheetData></worksheet>',
    ...     where="a.xlsx")
    >>> cell = found.rows[2].cells[1]
    >>> cell.start, cell.end, cell.value
    (33, 55, '7')
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or _NOT_UTF8.match(content):
        raise InputError(_not_understood(where))
    finder = _Finder(content, where)
    try:
        finder.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise InputError(_not_understood(where)) from error
    return finder.found


def column_name(place: int) -> str:
    """Name a column by its position from 0.

    Examples
    --------
    >>> column_name(0), column_name(25), column_name(26), column_name(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    name = ""
    number = place + 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(65 + letter) + name
    return name


def read_range(text: str) -> tuple[int, int, int, int]:
    """Read ``B2:C4`` as first row, first column, last row, last column; rows from 1, columns from 0.

    Examples
    --------
    >>> read_range("B2:C4"), read_range("A1")
    ((2, 1, 4, 2), (1, 0, 1, 0))
    """
    places = [_place(part) for part in text.replace("$", "").split(":")]
    (top, left), (bottom, right) = places[0], places[-1]
    return top, left, bottom, right


def _place(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return int(found[2]), number - 1


class _Finder:
    """Follows the parser and notes where elements are."""

    def __init__(self, content: bytes, where: str) -> None:
        self.content = content
        self.where = where
        self.found = SheetXml()
        self.path: list[tuple[str, Element]] = []
        self.row: Row | None = None
        self.cell: Cell | None = None
        self.at_row, self.at_column = 0, -1
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.refuse

    def refuse(self, *_: object) -> None:
        raise InputError(_not_understood(self.where))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, bare = name.rpartition(":")
        begin = self.parser.CurrentByteIndex
        tag = _TAG.match(self.content, begin)
        if tag is None:
            raise InputError(_not_understood(self.where))
        empty = tag[0].endswith(b"/>")
        place = (begin, tag.end(), tag.end(), attributes, empty)
        inside = self.path[-1][0] if self.path else ""
        element: Element = Element(*place)
        try:
            if bare == "row" and inside == "sheetData":
                element = self._row(Row(*place))
            elif bare == "c" and inside == "row" and self.row is not None:
                element = self._cell(Cell(*place), self.row)
            elif bare == "f" and inside == "c" and self.cell is not None:
                self._formula(attributes)
            elif bare == "mergeCell" and inside == "mergeCells":
                self.found.merged.append(read_range(attributes.get("ref", "")))
        except ValueError as error:
            raise InputError(_not_understood(self.where)) from error
        if bare == "sheetData" and not self.found.prefix:
            self.found.prefix = f"{prefix}:" if prefix else ""
        if bare == "dimension":
            self.found.dimension = element
        self.path.append((bare, element))

    def _row(self, row: Row) -> Row:
        self.at_row = int(row.attributes.get("r", self.at_row + 1))
        self.at_column = -1
        if self.at_row in self.found.rows:
            raise ValueError(self.at_row)
        self.row = self.found.rows[self.at_row] = row
        return row

    def _cell(self, cell: Cell, row: Row) -> Cell:
        self.at_column = _place(cell.attributes["r"])[1] if "r" in cell.attributes else self.at_column + 1
        if self.at_column in row.cells:
            raise ValueError(self.at_column)
        self.cell = row.cells[self.at_column] = cell
        return cell

    def _formula(self, attributes: Mapping[str, str]) -> None:
        if self.cell is not None:
            self.cell.formula = self.found.formulas = True
        if attributes.get("t") in ("array", "dataTable") and "ref" in attributes:
            self.found.arrays.append(read_range(attributes["ref"]))

    def text(self, text: str) -> None:
        if self.cell is not None and self.path[-1][0] in ("v", "t"):
            self.cell.value += text

    def end(self, _name: str) -> None:
        bare, element = self.path.pop()
        if not element.empty:
            element.end = self.content.index(b">", self.parser.CurrentByteIndex) + 1
        if bare == "c" and element is self.cell:
            self.cell = None
        if bare == "row" and element is self.row:
            self.row = None


def _not_understood(where: str) -> str:
    return either(
        ja=f"{where}: このシートの書かれ方には書き戻せません。Excelで開いて .xlsx で保存し直してください。",
        en=f"{where}: this sheet is written in a way that cannot be written back. Open it in Excel and save it as "
        ".xlsx again.",
    )
