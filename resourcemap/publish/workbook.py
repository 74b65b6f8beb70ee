"""Workbooks for paper: legal sheet names, cells that are only text, rows high enough for Japanese, A4 pages."""

from __future__ import annotations

import math
import re
import unicodedata
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pandas as pd
import xlsxwriter

from resourcemap.files import replacing
from resourcemap.plain import visible

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT = "游ゴシック"
A4 = 9
_LONGEST_NAME = 31
_LONGEST_CELL = 4000
_LONGEST_HEADING = 60
_HIGHEST_ROW = 409.0
_FORBIDDEN = str.maketrans("[]:*?/\\", "［］：＊？／＼")
_RESERVED = "history"  # Excel keeps this name for itself
_WORD = re.compile(r"[!-~]+|.", re.DOTALL)
_EPOCH = date(2000, 1, 1)

# Of the sheet's usual font: what a column is wide in pixels, and a point in pixels.
_PIXELS_PER_UNIT, _CELL_PADDING, _PIXELS_PER_POINT = 7, 8, 96 / 72
# 游ゴシック sets its lines far apart.
_LEADING = 1.62


@contextmanager
def open_workbook(path: str | os.PathLike[str], *, title: str, author: str, as_of: date | None) -> Iterator[Workbook]:
    """Give a workbook that becomes `path` when the block ends well; the same content gives the same bytes.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "list.xlsx"
    >>> with open_workbook(path, title="一覧", author="社協", as_of=date(2026, 11, 1)) as book:
    ...     _ = book.add_worksheet("一覧")
    >>> path.stat().st_size > 0
    True
    """
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with replacing(path) as beside:
        book = xlsxwriter.Workbook(beside, options)
        created = datetime.combine(as_of or _EPOCH, time())
        book.set_properties({"title": as_text(title), "author": as_text(author), "created": created})
        yield book
        book.close()


def as_text(value: object, *, longest: int = _LONGEST_CELL) -> str:
    r"""Write a cell's value as text: dates with slashes, whole numbers without a point, nothing for a missing one.

    What nobody can see, and what would spoil the file or turn its line around, is left out. A text that is longer
    than `longest` is cut.

    Examples
    --------
    >>> as_text(date(2026, 4, 1)), as_text(20.0), as_text(None), as_text("a\x0bb")
    ('2026/4/1', '20', '', 'ab')
    """
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = visible(str(value)).strip()
    return text if len(text) <= longest else f"{text[:longest]}…"


def sheet_names(names: list[str]) -> list[str]:
    """Make names that Excel accepts for sheets: legal characters, 31 at most, each once.

    Examples
    --------
    >>> sheet_names(["東/西", "東／西", "", "a" * 40, "A" * 31])
    ['東／西', '東／西 (2)', '-', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA (2)']
    """
    taken: set[str] = {_RESERVED}
    made = []
    for name in names:
        legal = as_text(name).translate(_FORBIDDEN).replace("\n", " ").strip("' ") or "-"
        candidate, number = legal[:_LONGEST_NAME].rstrip("' "), 1
        while candidate.casefold() in taken:
            number += 1
            ending = f" ({number})"
            candidate = legal[: _LONGEST_NAME - len(ending)].rstrip("' ") + ending
        taken.add(candidate.casefold())
        made.append(candidate)
    return made


def row_height(texts: list[str], widths: list[float], *, points: float) -> float:
    """Return the height in points at which no text of a row is cut off when wrapped.

    Parameters
    ----------
    texts
        The text of each cell.
    widths
        The width of each column, in the unit of spreadsheets.
    points
        The size of the letters.

    Examples
    --------
    >>> row_height(["みほん"], [20], points=10) < row_height(["みほん市社会福祉協議会"], [10], points=10)
    True
    """
    lines = max((_lines(text, width, points) for text, width in zip(texts, widths, strict=True)), default=1)
    return min(lines * points * _LEADING + 5, _HIGHEST_ROW)


def lay_on_a4(
    sheet: Worksheet,
    *,
    title: str,
    section: str,
    publisher: str,
    day: str,
    header_row: int | None = None,
    one_page: bool = False,
) -> None:
    """Set a sheet up for A4 landscape: one page wide, title and section above, publisher and page below.

    Parameters
    ----------
    sheet
        The sheet, changed in place.
    title, section, publisher, day
        What stands at the head and foot of each page.
    header_row
        The row that is repeated on every page, if any.
    one_page
        Whether it is shrunk to one page high, too.
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 1 if one_page else 0)
    sheet.center_horizontally()
    title, section, publisher, day = map(_in_heading, (title, section, publisher, day))
    sheet.set_header(f"&L&9 {title}&C&9 {section}&R&9 {day}", {"margin": 0.35})
    sheet.set_footer(f"&L&9 {publisher}&C&9 &P / &N", {"margin": 0.3})
    if header_row is not None:
        sheet.repeat_rows(header_row)


def _in_heading(text: str) -> str:
    """Shorten a text for the head of a page, where & is a command and 255 characters are the limit."""
    plain = as_text(text).replace("\n", " ")
    short = plain if len(plain) <= _LONGEST_HEADING else f"{plain[:_LONGEST_HEADING]}…"
    return short.replace("&", "&&")


def _lines(text: str, width: float, points: float) -> int:
    """Count the lines that a text takes in a column."""
    room = (width * _PIXELS_PER_UNIT - _CELL_PADDING) / (points * _PIXELS_PER_POINT)
    return sum(_wrapped(paragraph, room) for paragraph in text.split("\n"))


def _wrapped(paragraph: str, room: float) -> int:
    """Count the lines of a paragraph: Japanese breaks anywhere, a Latin word only when longer than a line."""
    lines, used = 1, 0.0
    for word in _WORD.findall(paragraph):
        length = ems(word)
        if used + length <= room:
            used += length
        elif length <= room:
            lines, used = lines + 1, length
        else:
            extra = math.ceil((used + length) / room) - 1
            lines, used = lines + extra, (used + length) % room
    return lines


def ems(text: str) -> float:
    """Return how long a text is, in full-width letters.

    Examples
    --------
    >>> ems("みほん"), ems("10")
    (3.0, 1.1)
    """
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.55 for letter in text)
