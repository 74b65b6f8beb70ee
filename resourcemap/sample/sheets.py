"""The two lists of the office, with all that makes real ones hard to read."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from resourcemap.files import replacing, write_bytes
from resourcemap.sample.spelling import half_width, katakana, wide

if TYPE_CHECKING:
    from pathlib import Path

    from resourcemap.sample.activities import Row

# Group headings of the sheet, each over the headers of its columns.
_GROUPS = {
    "基本": ("№", "種類", "名称", "ふりがな", "運営団体"),
    "場所": ("会場名", "所在地", "場所の形", "対象地域"),
    "活動": ("開催日時", "対象", "定員", "費用", "申込方法"),
    "連絡先": ("電話番号", "ホームページ", "メール"),
    "くわしく": ("内容", "設備"),
    "管理（外部に出さないこと）": ("状態", "承諾", "最終確認日", "担当者", "備考"),
    "座標": ("緯度", "経度"),
}
HEADERS = tuple(header for headers in _GROUPS.values() for header in headers)
_WIDTHS = {"№": 5, "種類": 14, "名称": 26, "開催日時": 34, "所在地": 28, "会場名": 24, "内容": 40, "備考": 40}
_TITLE = "みほん市　地域資源一覧（社会資源台帳）"
_AS_OF = "令和８年４月１日現在　　作成：みほん市社会福祉協議会　地域福祉係"
_MEMO = (
    "この台帳について",
    "・承諾欄が「有」「済」「○」のものだけ地図とホームページに載せてよい。",
    "・「紙面のみ」は広報紙だけ。「確認中」は返事待ち（CANARY-MEMO）。",
    "・さくら台集会所は坂がきついので、来年度は緑ヶ丘に移すか検討中。",
    "・川東地区に子ども食堂がない、と民生委員さんから何度も声あり。",
)
_CREATED = datetime(2026, 4, 1)  # noqa: DTZ001 - a spreadsheet knows no time zones

_SECOND_HEADERS = (
    "№", "区分", "施設名", "ﾌﾘｶﾞﾅ", "団体名", "会場", "住所", "開催曜日", "開始時間", "終了時間",
    "対象者", "参加費", "電話番号", "定員", "状況", "承諾書", "確認日", "連絡担当", "備考",
)  # fmt: skip
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def write_main_list(path: Path, rows: list[Row]) -> Path:
    """Write the main list as XLSX: titles above, group headings, blank rows between kinds, a sum below.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> write_main_list(Path(tempfile.mkdtemp()) / "list.xlsx", []).name
    'list.xlsx'
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with replacing(path) as beside, xlsxwriter.Workbook(str(beside), options) as book:
        book.set_properties({"title": _TITLE, "author": "みほん市社会福祉協議会", "created": _CREATED})
        sheet = book.add_worksheet("一覧")
        _write_heading(book, sheet)
        last = _write_rows(book, sheet, rows)
        sheet.write(last + 1, 0, "合計")
        sheet.write(last + 1, HEADERS.index("名称"), f"{len(rows)}件")
        memo = book.add_worksheet("メモ")
        for line, text in enumerate(_MEMO):
            memo.write(line, 0, text)
    return path


def _write_heading(book: Any, sheet: Any) -> None:
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    group = book.add_format({"bold": True, "align": "center", "bg_color": "#DDEBF7", "border": 1})
    head = book.add_format({"bold": True, "bg_color": "#F2F2F2", "border": 1, "text_wrap": True})
    sheet.merge_range(0, 0, 0, len(HEADERS) - 1, _TITLE, title)
    sheet.merge_range(1, 0, 1, len(HEADERS) - 1, _AS_OF)
    column = 0
    for name, headers in _GROUPS.items():
        sheet.merge_range(2, column, 2, column + len(headers) - 1, name, group)
        column += len(headers)
    for column, header in enumerate(HEADERS):
        sheet.write(3, column, header, head)
        sheet.set_column(column, column, _WIDTHS.get(header, 12))
    sheet.freeze_panes(4, 3)


def _write_rows(book: Any, sheet: Any, rows: list[Row]) -> int:
    """Write the rows from the fifth line on, a blank line where the kind changes; return the last line."""
    day = book.add_format({"num_format": "yyyy/m/d"})
    line = 3
    for number, row in enumerate(rows, start=1):
        if number > 1 and row["種類"] != rows[number - 2]["種類"]:
            line += 1
        line += 1
        # Every seventh number was typed in full width.
        cells = row | {"№": wide(str(number)) if number % 7 == 0 else number}
        for column, header in enumerate(HEADERS):
            _write_cell(sheet, line, column, cells[header], day)
    return line


def _write_cell(sheet: Any, line: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
    elif value != "":
        sheet.write(line, column, value)


def write_second_list(path: Path, rows: list[Row]) -> Path:
    """Write the list of food and 居場所 as Excel saves it in Japan: CP932, with other headers than the main list.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = write_second_list(Path(tempfile.mkdtemp()) / "list.csv", [])
    >>> path.read_bytes().decode("cp932")[:8]
    '№,区分,施設名'
    """
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(_SECOND_HEADERS)
    out.writerows(_second_row(number, row) for number, row in enumerate(rows, start=1))
    out.writerow([""] * len(_SECOND_HEADERS))
    return write_bytes(path, text.getvalue().encode("cp932"))


def _second_row(number: int, row: Row) -> list[str]:
    start, end = row["時間"]
    checked = row["最終確認日"]
    return [
        _CIRCLED[number - 1] if number <= len(_CIRCLED) else str(number),
        row["種類"],
        row["名称"],
        half_width(katakana(row["ふりがな"])),
        row["運営団体"],
        half_width(row["会場名"]) if number % 4 == 0 else row["会場名"],
        row["所在地"],
        row["開催日時"],
        start,
        end,
        row["対象"],
        row["費用"],
        row["電話番号"],
        row["定員"],
        row["状態"],
        row["承諾"],
        f"{checked:%Y/%m/%d}" if isinstance(checked, date) else checked,
        row["担当者"],
        row["備考"],
    ]
