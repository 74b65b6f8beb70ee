"""The sheet of sentences: what is not met, most people first, to be pasted into a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.publish.looks import begin, headings, on_paper, text_row
from resourcemap.publish.workbook import as_text

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.publish.looks import Head

_COLUMNS = {"区分": 13.0, "順位": 6.0, "テーマ": 13.0, "基準": 26.0, "届いていない人": 10.0, "文章": 80.0}
_FIRST = 2
_MOST = 30


def fill_sentences(
    sheet: Worksheet, styles: dict[str, Format], head: Head, judged: pd.DataFrame, systems: list[str]
) -> None:
    """Fill the sheet: everyone together, then the systems, the first thirty sentences of each."""
    widths = list(_COLUMNS.values())
    begin(sheet, styles, "達成していないことの文章", "届いていない人の多い順。そのまま計画の文に使えます。", widths)
    headings(sheet, styles, _FIRST, list(_COLUMNS), widths)
    line = _FIRST + 1
    failing = judged[judged["met"].isin(["unmet", "unknown"])]
    for system in ("全体", *systems):
        own = failing[failing["system"] == system].sort_values("without", ascending=False, kind="stable")
        for place, row in enumerate(own.head(_MOST).to_dict("records"), start=1):
            cells = [
                (row["system"], styles["middle"]),
                (str(place), styles["middle"]),
                (row["theme"], styles["middle"]),
                (row["standard"], styles["cell"]),
                (f"{row['without']:,}人", styles["middle"]),
                (row["sentence"], styles["cell"]),
            ]
            text_row(sheet, line, cells, widths)
            line += 1
        if len(own) > _MOST:
            more = f"{system}には、ほかに{len(own) - _MOST}件あります（「区域別」の × と ？）。"
            sheet.write_string(line, 0, as_text(more), styles["text"])
            line += 1
    if failing.empty:
        sheet.write_string(line, 0, "達成していないものはありません。", styles["text"])
    sheet.freeze_panes(_FIRST + 1, 0)
    on_paper(sheet, head, "文章", header_rows=(_FIRST, _FIRST))
