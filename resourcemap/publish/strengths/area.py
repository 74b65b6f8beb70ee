"""The page of one area: strengths left, weaknesses right, by generation; doubts below."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from resourcemap.publish.looks import POINTS, begin, headings, on_paper, paragraphs, text_row
from resourcemap.publish.strengths.order import key_of, remarkable
from resourcemap.publish.workbook import as_text, row_height

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.publish.looks import Head

_WIDTHS = [73.0, 73.0]
_FIRST = 2
# What a page holds: the most remarkable of a generation on each side, and of what cannot be said.
_MOST, _MOST_DOUBTFUL = 5, 5


class Notes:
    """Doubts that are said once on a page, with a mark where they hold."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def marked(self, said: str, doubts: str) -> str:
        """Return what there is to say with a mark for each of its doubts.

        Examples
        --------
        >>> notes = Notes()
        >>> notes.marked("サロンが多い", "およそです。"), notes.lines()
        ('サロンが多い ※1', ['※1 およそです。'])
        """
        each = [f"{part}。" for part in doubts.split("。") if part]
        numbers = [self._numbers.setdefault(doubt, len(self._numbers) + 1) for doubt in each]
        marks = [f"※{number}" for number in sorted(numbers)]
        return " ".join([said, *marks])

    def lines(self) -> list[str]:
        """Return every doubt with its mark, in the order met."""
        return [f"※{number} {doubt}" for doubt, number in self._numbers.items()]


def fill_area(sheet: Worksheet, styles: dict[str, Format], head: Head, rows: pd.DataFrame) -> None:
    """Fill the page of one area; `rows` are those of the area."""
    area, notes = as_text(rows["area"].iloc[0]), Notes()
    name = f"{area}の強みと弱み"
    system = as_text(rows["system"].iloc[0])
    first = f"{system}どうしをくらべ、基準に照らしました。「ほかは」は、ほかの{system}のまんなか（中央値）です。"
    first += "世代の欄には、前の欄と違うものだけを書いています。"
    begin(sheet, styles, name, first, _WIDTHS)
    headings(sheet, styles, _FIRST, ["強み", "弱み"], _WIDTHS)
    line, said = _FIRST + 1, set[tuple[object, ...]]()
    records = rows.to_dict("records")
    for generation in dict.fromkeys(row["generation"] for row in records):
        own = [row for row in records if row["generation"] == generation]
        shown = _new(own, said)
        strong, weak = (
            _texts([row for row in shown if row["verdict"] == verdict], notes) for verdict in ("strength", "weakness")
        )
        label = as_text(own[0]["generation_label"])
        line = _write_generation(sheet, styles, line, label, strong, weak, least=generation == "everyone")
    line = _write_doubtful(sheet, styles, line + 1, rows[rows["verdict"] == "unknown"], notes)
    paragraphs(sheet, styles, line, "※ 注", notes.lines(), columns=2, width=sum(_WIDTHS))
    on_paper(sheet, head, name, one_page=True)


def _new(own: list[dict[str, Any]], said: set[tuple[object, ...]]) -> list[dict[str, Any]]:
    """Return the rows of a generation that say something else than those of the generations before it."""
    keys = [key_of(row) for row in own]
    new = [row for row, key in zip(own, keys, strict=True) if key not in said]
    said.update(keys)
    return new


def _texts(rows: list[dict[str, Any]], notes: Notes) -> list[str]:
    """Write the most remarkable: standards first, then by how far they are from the others; then a count."""
    ordered = sorted(rows, key=remarkable)
    texts = ["・ " + notes.marked(as_text(row["brief"]), as_text(row["doubts"])) for row in ordered[:_MOST]]
    return [*texts, f"　ほか{len(rows) - _MOST}件"] if len(rows) > _MOST else texts


def _write_generation(
    sheet: Worksheet,
    styles: dict[str, Format],
    line: int,
    label: str,
    strong: list[str],
    weak: list[str],
    *,
    least: bool,
) -> int:
    """Write a heading and the lines of a generation; nothing where there are none, unless `least` says so."""
    if not strong and not weak and not least:
        return line
    sheet.merge_range(line, 0, line, 1, "", styles["group"])
    sheet.write_string(line, 0, label, styles["group"])
    sheet.set_row(line, 19)
    pairs = list(zip_longest(strong or ["（とくにありません）"], weak or ["（とくにありません）"], fillvalue=""))
    for left, right in pairs:
        line += 1
        text_row(sheet, line, [(left, styles["cell"]), (right, styles["cell"])], _WIDTHS)
    return line + 1


def _write_doubtful(sheet: Worksheet, styles: dict[str, Format], line: int, rows: pd.DataFrame, notes: Notes) -> int:
    """Write what cannot be said, each with its doubts."""
    if rows.empty:
        return line
    texts = [
        "・ " + notes.marked(as_text(row["brief"]), as_text(row["doubts"]))
        for row in rows.head(_MOST_DOUBTFUL).to_dict("records")
    ]
    if len(rows) > _MOST_DOUBTFUL:
        texts.append(f"　ほか{len(rows) - _MOST_DOUBTFUL}件")
    heading = "強みとも弱みとも言い切れないこと"
    sheet.merge_range(line, 0, line, 1, "", styles["group"])
    sheet.write_string(line, 0, heading, styles["group"])
    sheet.set_row(line, 19)
    for text in texts:
        line += 1
        sheet.merge_range(line, 0, line, 1, "", styles["cell"])
        sheet.write_string(line, 0, text, styles["cell"])
        sheet.set_row(line, row_height([text], [sum(_WIDTHS)], points=POINTS))
    return line + 2
