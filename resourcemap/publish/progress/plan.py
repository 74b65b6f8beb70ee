"""The sheet of the standards: a row each, by theme, with room to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.publish.looks import begin, headings, on_paper, text_row
from resourcemap.publish.workbook import as_text

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.publish.looks import Head

_COLUMNS = {
    "計画（基準）": 34.0,
    "対象": 13.0,
    "実績": 28.0,
    "評価": 8.0,
    "課題（達成していない所）": 34.0,
    "改善すること（記入欄）": 31.0,
}
# Three lines by hand.
_BY_HAND = 66.0
_FIRST = 2


def fill_plan(
    sheet: Worksheet, styles: dict[str, Format], head: Head, progress: pd.DataFrame, rated: pd.DataFrame
) -> None:
    """Fill the sheet of one system; `rated` are the grades of it."""
    system, widths = as_text(progress["system"].iloc[0]), list(_COLUMNS.values())
    name = f"計画の進捗（{system}）"
    begin(sheet, styles, name, _overall(rated, head), widths)
    headings(sheet, styles, _FIRST, list(_COLUMNS), widths)
    line = _FIRST + 1
    for theme, rows in progress.groupby("theme", sort=False):
        words = _theme_words(str(theme), rated)
        sheet.merge_range(line, 0, line, len(widths) - 1, "", styles["group"])
        sheet.write_string(line, 0, as_text(words), styles["group"])
        sheet.set_row(line, 21)
        line += 1
        for row in rows.to_dict("records"):
            cells = [
                (f"{row['standard']}\n［はかり方］{row['promise']}", styles["cell"]),
                (row["audience_label"], styles["middle"]),
                (row["done"], styles["cell"]),
                (row["grade_words"], styles["grade"]),
                (row["problem"] or "なし", styles["cell"]),
                ("", styles["cell"]),
            ]
            text_row(sheet, line, cells, widths, least=_BY_HAND)
            line += 1
    sheet.freeze_panes(_FIRST + 1, 1)
    on_paper(sheet, head, name, header_rows=(_FIRST, _FIRST))


def _overall(rated: pd.DataFrame, head: Head) -> str:
    found = rated.loc[rated["of"] == "system", "sentence"]
    return "　".join(part for part in (head.day, *found.head(1)) if part)


def _theme_words(theme: str, rated: pd.DataFrame) -> str:
    label = theme or "テーマのない基準"
    found = rated[(rated["of"] == "theme") & (rated["theme"] == theme)]
    if found.empty:
        return label
    row = found.iloc[0]
    judged = row["met"] + row["unmet"]
    if not judged:
        return f"{label}　判定できたものはありません"
    counted = f"判定できた{judged}件（基準×区域）のうち{row['met']}件で達成"
    ends = (
        "" if row["grade_at_least"] == row["grade_at_most"] else f"（{row['grade_at_least']}〜{row['grade_at_most']}）"
    )
    return f"{label}　評価 {row['grade']}{ends}　{counted}"
