"""A sheet of what is missing: a row each, headings that stay, filters, numbers that can be sorted."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from resourcemap.publish.looks import POINTS, begin, headings, on_paper
from resourcemap.publish.workbook import as_text, row_height

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.publish.looks import Head


class Column(NamedTuple):
    """A column: its heading, how wide it is, and the look of its cells."""

    heading: str
    width: float
    look: str


COLUMNS = {
    "rank": Column("順位", 6.0, "number"),
    "area": Column("区域", 16.0, "strong"),
    "missing": Column("足りないもの", 28.0, "cell"),
    "whom": Column("だれに", 12.0, "middle"),
    "without": Column("届かない人", 10.0, "number"),
    "share": Column("割合", 8.0, "percent"),
    "short": Column("満たすまで", 11.0, "middle"),
    "nearest": Column("代わり（いちばん近い所）", 20.0, "cell"),
    "lives": Column("住んでいる所", 30.0, "cell"),
    "sureness": Column("確かさ", 14.0, "cell"),
}
_ALWAYS = ("rank", "area", "missing", "whom", "without", "share", "nearest", "sureness")
_NUMBERS = ("rank", "without", "share")
_FIRST = 2


def columns_of(rows: pd.DataFrame) -> list[str]:
    """Return the columns that say anything of these rows.

    Examples
    --------
    >>> import pandas as pd
    >>> "lives" in columns_of(pd.DataFrame({"short": [""], "lives": ["東"]})), "short" in columns_of(pd.DataFrame())
    (True, False)
    """
    return [name for name in COLUMNS if name in _ALWAYS or (name in rows and (rows[name] != "").any())]


def written(row: Mapping[str, Any], name: str) -> str:
    """Write a cell as text: people with commas, shares in whole percent that are 0 or 100 only where they are.

    Examples
    --------
    >>> written({"without": 1200}, "without"), written({"share": 0.999}, "share"), written({"rank": 0}, "rank")
    ('1,200人', '>99%', '－')
    """
    value = row[name]
    if name == "without":
        return f"{value:,}人"
    if name == "rank":
        return str(value or "－")
    if name == "share":
        return "－" if math.isnan(value) else _percent(value)
    return as_text(value)


def fill_rows(sheet: Worksheet, styles: dict[str, Format], head: Head, heading: str, rows: pd.DataFrame) -> None:
    """Fill the sheet of one system; `rows` are those of it."""
    names = columns_of(rows)
    widths = [COLUMNS[name].width for name in names]
    begin(sheet, styles, heading, f"人数の多い順。{head.day}", widths)
    headings(sheet, styles, _FIRST, [COLUMNS[name].heading for name in names], widths)
    for line, row in enumerate(rows.to_dict("records"), start=_FIRST + 1):
        _write(sheet, styles, line, row, names)
        sheet.set_row(line, max(20.0, row_height([written(row, name) for name in names], widths, points=POINTS)))
    sheet.autofilter(_FIRST, 0, _FIRST + len(rows), len(names) - 1)
    sheet.freeze_panes(_FIRST + 1, 2)
    on_paper(sheet, head, heading, header_rows=(_FIRST, _FIRST))


def _write(sheet: Worksheet, styles: dict[str, Format], line: int, row: Mapping[str, Any], names: list[str]) -> None:
    """Write numbers as numbers, so that they can be sorted; all else as text."""
    for at, name in enumerate(names):
        look = styles[COLUMNS[name].look]
        if name in _NUMBERS and not math.isnan(row[name]) and (name != "rank" or row[name]):
            sheet.write_number(line, at, float(row[name]), look)
        else:
            sheet.write_string(line, at, written(row, name), look)


def _percent(share: float) -> str:
    whole = share * 100
    if 0 < whole < 1:
        return "<1%"
    return ">99%" if 99 < whole < 100 else f"{math.floor(whole + 0.5)}%"
