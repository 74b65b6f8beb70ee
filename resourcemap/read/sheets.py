"""Spreadsheets: .xlsx, .xlsm, .xls and .ods, every cell as text."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.read.biff import xls_cells
from resourcemap.read.cells import as_text
from resourcemap.read.failed import failed_cells
from resourcemap.read.grid import Grid, Span
from resourcemap.read.guard import (
    MOST_BYTES,
    MOST_CELLS,
    check_size,
    member_chunks,
    open_zip,
    parse_xml,
    read_member,
    too_many_cells,
)
from resourcemap.read.hidden import hidden_in_table, hidden_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from zipfile import ZipFile

    _Failed = dict[tuple[int, int], str]

_MOST_UNPACKED = 1 << 30
_ZIP = b"PK"
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_FAR = re.compile(rb"""r=["'](?:[A-Z]{2}|[A-Z]\d{6})""")  # a cell right of column Z or below row 99,999
_LONGEST_REFERENCE = 16
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read_sheets(path: Path, *, sheet: str | None = None) -> list[Grid]:
    """Read the visible sheets of a workbook, or the one that is named.

    A formula gives the value that was saved with it; nothing is calculated. In an .xlsx an error, and a formula
    without a saved value, gives the sign of an error (#N/A), so that nothing looks blank that is not. The kind of
    workbook is told by its content, so an .xlsx that was renamed to .xls is read.

    Raises
    ------
    InputError
        When the file is no workbook, is locked by a password, has no such sheet, or is larger than a machine holds.

    Examples
    --------
    >>> import tempfile, openpyxl
    >>> from pathlib import Path
    >>> book = openpyxl.Workbook()
    >>> book.active.append(["名称", 40])
    >>> path = Path(tempfile.mkdtemp()) / "a.xlsx"
    >>> book.save(path)
    >>> read_sheets(path)[0].rows
    [['名称', '40']]
    """
    spans, hidden, failed = _look_inside(path)
    try:
        return [
            replace(
                grid,
                rows=_with_signs(grid.rows, failed[grid.sheet or ""]) if grid.sheet in failed else grid.rows,
                hidden=hidden.get(grid.sheet or "", frozenset()),
            )
            for grid in _grids(path, sheet, spans)
        ]
    except PasswordError as error:
        raise InputError(
            either(
                ja=f"{path.name}: パスワードがかかっています。パスワードを外して保存し直してください。",
                en=f"{path.name}: locked by a password. Save it without one.",
            )
        ) from error
    except (CalamineError, ZipError, XmlError, OSError) as error:
        raise InputError(_unreadable(path, error)) from error
    except BaseException as error:
        # A panic of the library, which meets a broken .xls with one, is no Exception and has no name to import.
        if type(error).__name__ != "PanicException":
            raise
        raise InputError(_unreadable(path, error)) from error


def _unreadable(path: Path, error: BaseException) -> str:
    return either(
        ja=f"{path.name}: 表計算のファイルとして読めません。Excelで開けるか確かめ、.xlsxで保存し直してください。",
        en=f"{path.name}: cannot be read as a spreadsheet ({error}). Save it as .xlsx in Excel.",
    )


def _with_signs(rows: Sequence[Sequence[str]], failed: _Failed) -> list[list[str]]:
    """Put the signs of errors where the library reads nothing."""
    signed = [list(row) for row in rows]
    for (row, column), sign in failed.items():
        if row < len(signed) and column < len(signed[row]) and not signed[row][column]:
            signed[row][column] = sign
    return signed


def _look_inside(path: Path) -> tuple[dict[str, list[Span]], dict[str, frozenset[int]], dict[str, _Failed]]:
    """Refuse what would take all memory: the library makes room for every cell up to the farthest one.

    Returns
    -------
    tuple
        What the library does not know: the merged cells of each sheet of an .ods, the hidden rows of each sheet, and
        the cells of each sheet of an .xlsx that hold an error.
    """
    check_size(path)
    spans: dict[str, list[Span]] = {}
    hidden: dict[str, frozenset[int]] = {}
    with path.open("rb") as file:
        if file.read(len(_ZIP)) != _ZIP:
            if xls_cells(path.read_bytes()) > MOST_CELLS:
                raise InputError(too_many_cells(path.name))
            return spans, hidden, {}
    with open_zip(path, most=_MOST_UNPACKED) as archive:
        for name in archive.namelist():
            if name.lower() == "content.xml":
                cells, spans, hidden = _ods_cells(archive, name, path.name)
            elif name.lower().startswith("xl/worksheets/"):
                cells = _xlsx_cells(archive, name, path.name)
            else:
                cells = 0
            if cells > MOST_CELLS:
                raise InputError(too_many_cells(path.name))
        hidden |= hidden_rows(archive, path.name)
        failed = failed_cells(archive, path.name)
    return spans, hidden, failed


def _xlsx_cells(archive: ZipFile, name: str, where: str) -> int:
    """Multiply the farthest row and the farthest column of a sheet; 0 when it has no cell that is far out."""
    if not any(_FAR.search(text) for text in _with_overlap(archive, name, where)):
        return 0
    columns: set[bytes] = set()
    farthest = 0
    for text in _with_overlap(archive, name, where):
        for column, row in _REFERENCE.findall(text):
            columns.add(column)
            farthest = max(farthest, int(row))
    return farthest * max((_column_number(column) for column in columns), default=0)


def _with_overlap(archive: ZipFile, name: str, where: str) -> Iterator[bytes]:
    """Read a member in pieces that begin with the end of the piece before."""
    tail = b""
    for chunk in member_chunks(archive, name, where=where):
        yield tail + chunk
        tail = chunk[-_LONGEST_REFERENCE:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_cells(archive: ZipFile, name: str, where: str) -> tuple[int, dict[str, list[Span]], dict[str, frozenset[int]]]:
    """Return the cells of the largest sheet up to the last that says anything, and what is merged or hidden in each."""
    root = parse_xml(read_member(archive, name, where=where, most=MOST_BYTES), where=where)
    most = 0
    spans: dict[str, list[Span]] = {}
    hidden: dict[str, frozenset[int]] = {}
    for table in root.iter(f"{_TABLE}table"):
        rows = farthest = widest = 0
        merged = spans.setdefault(table.get(f"{_TABLE}name", ""), [])
        hidden[table.get(f"{_TABLE}name", "")] = hidden_in_table(table)
        for row in table.iter(f"{_TABLE}table-row"):
            width = used = 0
            for cell in row:
                across, down = (_repeated(cell.get(f"{_TABLE}number-{each}-spanned")) for each in ("columns", "rows"))
                if across > 1 or down > 1:
                    merged.append(Span(rows, width, rows + down - 1, width + across - 1))
                width += _repeated(cell.get(f"{_TABLE}number-columns-repeated"))
                used = width if len(cell) else used
            rows += _repeated(row.get(f"{_TABLE}number-rows-repeated"))
            if used:
                farthest, widest = rows, max(widest, used)
        most = max(most, farthest * widest)
    return most, spans, hidden


def _repeated(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1 if not text else MOST_CELLS


def _grids(path: Path, sheet: str | None, spans: Mapping[str, Sequence[Span]]) -> list[Grid]:
    with path.open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
    names = [sheet] if sheet else _visible(book)
    if sheet and sheet not in book.sheet_names:
        raise InputError(_no_sheet(path, sheet, book.sheet_names))
    return [_grid(path, book, name, spans.get(name, ())) for name in names]


def _visible(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _grid(path: Path, book: CalamineWorkbook, name: str, spans: Sequence[Span]) -> Grid:
    sheet = book.get_sheet_by_name(name)
    rows = [[as_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = [Span(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Grid(path.name, name, rows, merged or spans)


def _no_sheet(path: Path, sheet: str, names: list[str]) -> str:
    close = get_close_matches(sheet, names, n=1)
    hint = either(ja=f"「{close[0]}」のことですか。", en=f"Did you mean {close[0]!r}? ") if close else ""
    return either(
        ja=f"{path.name}: シート「{sheet}」がありません。{hint}あるのは {'、'.join(names)} です。",
        en=f"{path.name}: there is no sheet {sheet!r}. {hint}It has {', '.join(names)}.",
    )
