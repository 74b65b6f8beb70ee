"""Rows of a sheet that are no resources: totals, repeated headings, bare numbers and notes below the table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from resourcemap.language import either
from resourcemap.read.cells import fold, is_blank, number
from resourcemap.read.entries import left_aside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.table import Table

_TOTAL = re.compile(
    r"(総?合計|小計|総計|総数|計|全市計?|市計|区計|全体|全区|全域計|total|subtotal)[:：]?(\d+[件所名人か]?所?)?"
)
_TOTAL_SIGN = re.compile(r"[計総全]|total", re.IGNORECASE)
_NOTE = re.compile(r"[※＊*注]|\(注|（注|【注|備考[:：]")
_TELLS = (
    "address",
    "address_rest",
    "venue",
    "serves",
    "phone",
    "kind",
    "schedule",
    "days",
    "start",
    "latitude",
    "position",
)
_FEW = 3
# 【東部圏域】 or ■西部 above the rows of a part of the list
_SECTION = re.compile(
    r"【[^】]*】|＜[^＞]*＞|<[^>]*>|《[^》]*》|≪[^≫]*≫|〔[^〕]*〕|[■◆▼□◇▽▲△●★☆§◎][^\n]+|.*(?:圏域|地区|エリア|ブロック|[小中]学校区|校区|学区)"
)
_COUNT = re.compile(r"[（(]?\s*\d+\s*(?:件|か所|ヶ所|箇所|団体)\s*[)）]?$")


def is_total(cells: Sequence[str]) -> bool:
    """Tell whether one of the first filled cells of a row is a word for a total.

    Examples
    --------
    >>> is_total(["", "合　計", "160件"]), is_total(["1", "計画相談室"])
    (True, False)
    """
    filled = [cell for cell in cells if cell][:_FEW]
    return any(_says_total(text) for text in filled)


def without_other_rows(table: Table) -> tuple[Table, list[dict[str, Any]]]:
    """Part the rows that are resources from those that are not, and say why.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> from resourcemap.read.table import Table
    >>> rows = [["1", "A", "本町1"], ["2", "", ""], ["合計", "1件", ""], ["", "※休みあり", ""]]
    >>> table = Table("a.csv", None, ("No", "名称", "住所"), rows, [2, 3, 4, 5], {"row_id": 0, "name": 1, "address": 2})
    >>> with speaking("en"):
    ...     kept, aside = without_other_rows(table)
    >>> kept.numbers, [entry["reason"] for entry in aside]
    ([2], ['only a number', 'a total', 'a note'])
    """
    reasons = [_reason(table, row) for row in table.rows]
    _mark_notes_below(table, reasons)
    keep = [position for position, reason in enumerate(reasons) if not reason]
    aside = [
        left_aside(table.file, table.sheet, table.numbers[position], None, _shown(table.rows[position]), reason)
        for position, reason in enumerate(reasons)
        if reason
    ]
    return table.only(keep), aside


def _reason(table: Table, row: Sequence[str]) -> str:
    filled = [place for place, text in enumerate(row) if not is_blank(text)]
    if not filled:
        return either(ja="空の行", en="a blank row")
    return _reason_by_place(table, row, filled) or _reason_by_words(table, row, filled)


def _reason_by_place(table: Table, row: Sequence[str], filled: Sequence[int]) -> str:
    if filled == [table.ours.get("row_id", -1)] or (filled == [0] and number(row[0]) is not None):
        return either(ja="番号だけの行", en="only a number")
    if row[0].startswith("#"):
        return either(ja="# で始まる説明の行", en="a line that begins with #")
    return ""


def _reason_by_words(table: Table, row: Sequence[str], filled: Sequence[int]) -> str:
    if is_total(row) and not _tells(table, row):
        return either(ja="合計の行", en="a total")
    same = sum(row[place] == table.headings[place] for place in filled)
    if same >= max(_FEW - 1, len(filled) / 2):
        return either(ja="くり返しの見出し", en="headings again")
    if _NOTE.match(row[filled[0]]) and not _tells(table, row):
        return either(ja="注記の行", en="a note")
    if len({row[place] for place in filled}) == 1 and _is_section(table, row, filled[0]):
        return either(ja="区分の見出しの行", en="the heading of a section")
    return ""


def _is_section(table: Table, row: Sequence[str], place: int) -> bool:
    """Tell whether the only text of a row heads the rows below; without any column that tells there is no knowing."""
    elsewhere = {table.ours[name] for name in _TELLS if name in table.ours} - {place}
    told = any(not is_blank(row[each]) for each in elsewhere if row[each] != row[place])
    text = _COUNT.sub("", row[place]).strip()
    return bool(elsewhere) and not told and table.geometry is None and bool(_SECTION.fullmatch(text))


def _mark_notes_below(table: Table, reasons: list[str]) -> None:
    """Mark the last rows as notes while they tell nothing that only a resource would have."""
    if table.geometry is not None or not any(name in table.ours for name in _TELLS):
        return
    for position in reversed(range(len(reasons))):
        if not reasons[position] and (_tells(table, table.rows[position]) or _is_numbered(table, table.rows[position])):
            return
        if not reasons[position]:
            reasons[position] = either(ja="表の下の注記", en="a note below the table")


def _tells(table: Table, row: Sequence[str]) -> bool:
    cells = (row[table.ours[name]] for name in _TELLS if name in table.ours)
    return any(not is_blank(cell) and not _says_total(cell) for cell in cells)


def _says_total(text: str) -> bool:
    return bool(_TOTAL_SIGN.search(text)) and bool(_TOTAL.fullmatch(fold(text)))


def _is_numbered(table: Table, row: Sequence[str]) -> bool:
    return "row_id" in table.ours and number(row[table.ours["row_id"]]) is not None


def _shown(row: Sequence[str]) -> str:
    return " ".join(text for text in row if text)[:80]
