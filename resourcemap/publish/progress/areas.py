"""The sheet of areas by standards: met or not, with the grade of every area, theme and standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.publish.looks import PAGE_WIDTH, POINTS, begin, on_paper
from resourcemap.publish.workbook import as_text, row_height

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.publish.looks import Head

_SIGNS = {"met": "○", "unmet": "×", "unknown": "？", "no_data": "－"}
_AREA_WIDTH, _NARROWEST, _WIDEST = 22.0, 9.0, 17.0
_THEMES, _HEADINGS, _FIRST = 2, 3, 4
_OUTSIDE = "どの区域にも入らない所"
_NO_GRADE = "－"


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
    columns = _columns(progress)
    room = (PAGE_WIDTH - _AREA_WIDTH) / len(columns)
    widths = [_AREA_WIDTH, *[min(max(room, _NARROWEST), _WIDEST)] * len(columns)]
    legend = "○ 達成　× 未達成　？ 開催日時が分からず判定できない　－ 判定しない（対象の人がいない、数えない）"
    begin(sheet, styles, f"区域別の達成（{system}）", legend, widths)
    _write_headings(sheet, styles, columns, widths)
    line, grades = _FIRST, _grades(rated)
    groups = [*_by_area(whole), *_by_area(judged)]
    for key, rows in groups:
        signs = dict(zip(rows["standard"], rows["met"], strict=True))
        area = (rows["system"].iloc[0], None if pd.isna(key[0]) else key[0])
        label = _label(rows)
        sheet.write_string(line, 0, label, styles["strong"])
        for at, (theme, standard) in enumerate(columns, start=1):
            text, look = _cell(theme, standard, signs, area, grades)
            sheet.write_string(line, at, text, styles[look])
        sheet.set_row(line, max(20.0, row_height([label], widths[:1], points=POINTS)))
        line += 1
    _write_grades(sheet, styles, line, columns, rated[rated["system"] == system])
    sheet.freeze_panes(_FIRST, 1)
    on_paper(sheet, head, f"区域別の達成（{system}）", header_rows=(_THEMES, _HEADINGS))


def _columns(progress: pd.DataFrame) -> list[tuple[str | None, str | None]]:
    """List theme and standard of every column; a grade of the theme follows its standards, one of all is last."""
    columns: list[tuple[str | None, str | None]] = []
    for theme, rows in progress.groupby("theme", sort=False):
        columns += [(str(theme), standard) for standard in rows["standard"]]
        columns.append((str(theme), None))
    return [*columns, (None, None)]


def _write_headings(
    sheet: Worksheet, styles: dict[str, Format], columns: list[tuple[str | None, str | None]], widths: list[float]
) -> None:
    sheet.merge_range(_THEMES, 0, _HEADINGS, 0, "区域", styles["heading"])
    words = [as_text(standard) if standard else "評価" for _, standard in columns]
    for theme in dict.fromkeys(theme for theme, _ in columns if theme is not None):
        own = [at for at, (each, _) in enumerate(columns, start=1) if each == theme]
        sheet.merge_range(_THEMES, own[0], _THEMES, own[-1], "", styles["heading"])
        sheet.write_string(_THEMES, own[0], as_text(theme) or "テーマのない基準", styles["heading"])
    last = len(columns)
    sheet.merge_range(_THEMES, last, _HEADINGS, last, "区域の\n評価", styles["heading"])
    for at, word in enumerate(words[:-1], start=1):
        sheet.write_string(_HEADINGS, at, word, styles["heading"])
    sheet.set_row(_THEMES, 20)
    sheet.set_row(_HEADINGS, row_height(words, widths[1:], points=POINTS))


def _by_area(rows: pd.DataFrame) -> list[tuple[tuple[object, object], pd.DataFrame]]:
    return [(key, own) for key, own in rows.groupby(["area_id", "area"], sort=False, dropna=False)]


def _label(rows: pd.DataFrame) -> str:
    if rows["system"].iloc[0] == "全体":
        return "全体（住民みんな）"
    area = rows["area"].iloc[0]
    return as_text(area) if isinstance(area, str) else _OUTSIDE


def _grades(rated: pd.DataFrame) -> dict[tuple[object, ...], str]:
    """Write the grade of every area and theme, by what it is of, system, area and theme."""
    words: dict[tuple[object, ...], str] = {}
    for row in rated.to_dict("records"):
        area = None if pd.isna(row["area_id"]) else row["area_id"]
        words.setdefault((row["of"], row["system"], area, row["theme"] if "theme" in row["of"] else None), _grade(row))
    return words


def _cell(
    theme: str | None,
    standard: str | None,
    signs: dict[str, str],
    area: tuple[object, object],
    grades: dict[tuple[object, ...], str],
) -> tuple[str, str]:
    """Return the text of a cell and its look: a sign under a standard, a grade under 評価."""
    if standard is not None:
        verdict = signs.get(standard, "no_data")
        return _SIGNS[verdict], "no" if verdict == "unmet" else "yes"
    if theme is None:
        return grades.get(("area", *area, None), _NO_GRADE), "total"
    of_everyone = grades.get(("theme", "全体", None, theme), _NO_GRADE) if area[0] == "全体" else _NO_GRADE
    return grades.get(("theme_area", *area, theme), of_everyone), "total"


def _write_grades(
    sheet: Worksheet,
    styles: dict[str, Format],
    line: int,
    columns: list[tuple[str | None, str | None]],
    rated: pd.DataFrame,
) -> None:
    """Write the grade of every standard over the areas, below them."""
    sheet.write_string(line, 0, "基準・テーマの評価", styles["total"])
    for at, (theme, standard) in enumerate(columns, start=1):
        if standard is not None:
            own = rated[(rated["of"] == "standard") & (rated["standard"] == standard)]
        elif theme is not None:
            own = rated[(rated["of"] == "theme") & (rated["theme"] == theme)]
        else:
            own = rated[rated["of"] == "system"]
        sheet.write_string(line, at, _grade(own.iloc[0].to_dict()) if len(own) else _NO_GRADE, styles["total"])
    sheet.set_row(line, 22)


def _grade(row: dict[str, Any]) -> str:
    """Write a grade; both ends where what is unknown could change it."""
    worst, best = row["grade_at_least"], row["grade_at_most"]
    if worst != best:
        return f"{worst}〜{best}"
    return as_text(row["grade"]) or _NO_GRADE
