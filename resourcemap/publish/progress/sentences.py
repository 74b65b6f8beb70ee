"""The sheet of sentences: what is not met, most people first, to be pasted into a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.publish.looks import begin, headings, on_paper, text_row
from resourcemap.publish.progress.rows import sentence_lines
from resourcemap.publish.workbook import as_text

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.publish.looks import Head

COLUMNS = {"区分": 13.0, "順位": 6.0, "テーマ": 13.0, "基準": 26.0, "届いていない人": 10.0, "文章": 80.0}
TITLE, READING = "達成していないことの文章", "届いていない人の多い順。そのまま計画の文に使えます。"
_LOOKS = ("middle", "middle", "middle", "cell", "middle", "cell")
_FIRST = 2


def fill_sentences(
    sheet: Worksheet, styles: dict[str, Format], head: Head, judged: pd.DataFrame, systems: list[str]
) -> None:
    """Fill the sheet: everyone together, then the systems, the first thirty sentences of each."""
    widths = list(COLUMNS.values())
    begin(sheet, styles, TITLE, READING, widths)
    headings(sheet, styles, _FIRST, list(COLUMNS), widths)
    for line, texts in enumerate(sentence_lines(judged, systems), start=_FIRST + 1):
        if len(texts) == 1:
            sheet.write_string(line, 0, as_text(texts[0]), styles["text"])
            continue
        text_row(sheet, line, [(text, styles[look]) for text, look in zip(texts, _LOOKS, strict=True)], widths)
    sheet.freeze_panes(_FIRST + 1, 0)
    on_paper(sheet, head, "文章", header_rows=(_FIRST, _FIRST))
