"""The sheet of the standards: a row each, by theme, with room to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.publish.looks import begin, headings, on_paper, text_row
from resourcemap.publish.progress.rows import overall, plan_groups
from resourcemap.publish.workbook import as_text

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.publish.looks import Head

COLUMNS = {
    "計画（基準）": 34.0,
    "対象": 13.0,
    "実績": 28.0,
    "評価": 8.0,
    "課題（達成していない所）": 34.0,
    "改善すること（記入欄）": 31.0,
}
_LOOKS = ("cell", "middle", "cell", "grade", "cell", "cell")
# Three lines by hand.
_BY_HAND = 66.0
_FIRST = 2


def fill_plan(
    sheet: Worksheet, styles: dict[str, Format], head: Head, progress: pd.DataFrame, rated: pd.DataFrame
) -> None:
    """Fill the sheet of one system; `rated` are the grades of it."""
    system, widths = as_text(progress["system"].iloc[0]), list(COLUMNS.values())
    name = f"計画の進捗（{system}）"
    begin(sheet, styles, name, "　".join(part for part in (head.day, overall(rated)) if part), widths)
    headings(sheet, styles, _FIRST, list(COLUMNS), widths)
    line = _FIRST + 1
    for words, rows in plan_groups(progress, rated):
        sheet.merge_range(line, 0, line, len(widths) - 1, "", styles["group"])
        sheet.write_string(line, 0, as_text(words), styles["group"])
        sheet.set_row(line, 21)
        line += 1
        for texts in rows:
            cells = [(text, styles[look]) for text, look in zip([*texts, ""], _LOOKS, strict=True)]
            text_row(sheet, line, cells, widths, least=_BY_HAND)
            line += 1
    sheet.freeze_panes(_FIRST + 1, 1)
    on_paper(sheet, head, name, header_rows=(_FIRST, _FIRST))
