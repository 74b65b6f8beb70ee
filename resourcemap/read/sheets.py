"""Spreadsheets: .xlsx, .xlsm, .xls and .ods, every cell as text."""

from __future__ import annotations

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
from resourcemap.read.cells import as_text
from resourcemap.read.grid import Grid, Span

if TYPE_CHECKING:
    from pathlib import Path


def read_sheets(path: Path, *, sheet: str | None = None) -> list[Grid]:
    """Read the visible sheets of a workbook, or the one that is named.

    Raises
    ------
    InputError
        When the file is no workbook, is locked by a password, or has no such sheet.

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
    try:
        book = CalamineWorkbook.from_path(path)
        names = [sheet] if sheet else _visible(book)
        if sheet and sheet not in book.sheet_names:
            raise InputError(_no_sheet(path, sheet, book.sheet_names))
        return [_grid(path, book, name) for name in names]
    except PasswordError as error:
        raise InputError(
            either(
                ja=f"{path.name}: パスワードがかかっています。パスワードを外して保存し直してください。",
                en=f"{path.name}: locked by a password. Save it without one.",
            )
        ) from error
    except (CalamineError, ZipError, XmlError, OSError) as error:
        raise InputError(
            either(
                ja=f"{path.name}: 表計算のファイルとして読めません。"
                "Excelで開けるか確かめ、.xlsxで保存し直してください。",
                en=f"{path.name}: cannot be read as a spreadsheet ({error}). Save it as .xlsx in Excel.",
            )
        ) from error


def _visible(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _grid(path: Path, book: CalamineWorkbook, name: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    rows = [[as_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    spans = [Span(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Grid(path.name, name, rows, spans)


def _no_sheet(path: Path, sheet: str, names: list[str]) -> str:
    close = get_close_matches(sheet, names, n=1)
    hint = either(ja=f"「{close[0]}」のことですか。", en=f"Did you mean {close[0]!r}? ") if close else ""
    return either(
        ja=f"{path.name}: シート「{sheet}」がありません。{hint}あるのは {'、'.join(names)} です。",
        en=f"{path.name}: there is no sheet {sheet!r}. {hint}It has {', '.join(names)}.",
    )
