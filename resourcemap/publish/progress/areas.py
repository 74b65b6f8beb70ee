"""The sheet of areas by standards: met or not, with the grade of every area, theme and standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.publish.looks import PAGE_WIDTH, POINTS, begin, on_paper
from resourcemap.publish.progress.rows import LEGEND, area_lines, columns_of
from resourcemap.publish.workbook import as_text, row_height

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.publish.looks import Head
    from resourcemap.publish.progress.rows import Column, Line

_AREA_WIDTH, _NARROWEST, _WIDEST = 22.0, 9.0, 17.0
_THEMES, _HEADINGS, _FIRST = 2, 3, 4


def fill_areas(
    sheet: Worksheet,
    styles: dict[str, Format],
    head: Head,
    progress: pd.DataFrame,
    judged: pd.DataFrame,
    whole: pd.DataFrame,
    rated: pd.DataFrame,
) -> None:
    """Fill the sheet of one system.

    Parameters
    ----------
    sheet, styles, head
        Where, and how it looks.
    progress
        The standards of the system, by theme.
    judged, whole
        How they stand in its areas, and for everyone together.
    rated
        All grades.
    """
    system = as_text(progress["system"].iloc[0])
    columns = columns_of(progress)
    room = (PAGE_WIDTH - _AREA_WIDTH) / len(columns)
    widths = [_AREA_WIDTH, *[min(max(room, _NARROWEST), _WIDEST)] * len(columns)]
    begin(sheet, styles, f"区域別の達成（{system}）", LEGEND, widths)
    _write_headings(sheet, styles, columns, widths)
    *lines, foot = area_lines(columns, progress["system"].iloc[0], judged, whole, rated)
    for at, line in enumerate(lines, start=_FIRST):
        _write_line(sheet, styles, at, line, "strong")
        sheet.set_row(at, max(20.0, row_height([line.label], widths[:1], points=POINTS)))
    _write_line(sheet, styles, _FIRST + len(lines), foot, "total")
    sheet.set_row(_FIRST + len(lines), 22)
    sheet.freeze_panes(_FIRST, 1)
    on_paper(sheet, head, f"区域別の達成（{system}）", header_rows=(_THEMES, _HEADINGS))


def _write_headings(sheet: Worksheet, styles: dict[str, Format], columns: list[Column], widths: list[float]) -> None:
    sheet.merge_range(_THEMES, 0, _HEADINGS, 0, "区域", styles["heading"])
    words = [column.heading for column in columns]
    for theme in dict.fromkeys(column.theme for column in columns if column.theme is not None):
        own = [at for at, column in enumerate(columns, start=1) if column.theme == theme]
        sheet.merge_range(_THEMES, own[0], _THEMES, own[-1], "", styles["heading"])
        sheet.write_string(_THEMES, own[0], as_text(theme) or "テーマのない基準", styles["heading"])
    last = len(columns)
    sheet.merge_range(_THEMES, last, _HEADINGS, last, "区域の\n評価", styles["heading"])
    for at, word in enumerate(words[:-1], start=1):
        sheet.write_string(_HEADINGS, at, word, styles["heading"])
    sheet.set_row(_THEMES, 20)
    sheet.set_row(_HEADINGS, row_height(words, widths[1:], points=POINTS))


def _write_line(sheet: Worksheet, styles: dict[str, Format], at: int, line: Line, look: str) -> None:
    sheet.write_string(at, 0, line.label, styles[look])
    for column, (text, own) in enumerate(line.cells, start=1):
        sheet.write_string(at, column, text, styles[own])
