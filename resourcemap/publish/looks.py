"""What the sheets about a plan share: the looks of their cells, the head of a page, tables, and lines of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resourcemap.publish.workbook import FONT, as_text, lay_on_a4, row_height

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

POINTS = 10
# An A4 page across holds about so many units of width at its natural size.
PAGE_WIDTH = 148.0


@dataclass(frozen=True)
class Head:
    """What stands at the head and the foot of every page."""

    title: str
    publisher: str
    as_of: date | None

    @property
    def day(self) -> str:
        """The day that the figures are for."""
        return f"{as_text(self.as_of)} 現在" if self.as_of else ""


def looks(book: Workbook) -> dict[str, Format]:
    """Make the looks of all cells, by name; grey tells what colour would, so that any printer will do."""
    usual = {"font_name": FONT, "font_size": POINTS, "valign": "top"}
    cell = usual | {"text_wrap": True, "border": 1, "border_color": "#808080"}
    middle = cell | {"align": "center", "valign": "vcenter"}
    grey = {"bg_color": "#EBEBEB"}
    formats = {
        "title": usual | {"font_size": 16, "bold": True, "valign": "vcenter"},
        "subtitle": usual | {"font_size": 12, "bold": True, "valign": "vcenter"},
        "text": usual,
        "paragraph": usual | {"text_wrap": True},
        "heading": middle | {"bold": True, "bg_color": "#DCDCDC"},
        "group": cell | {"bold": True, "valign": "vcenter", "bg_color": "#EBEBEB"},
        "cell": cell,
        "strong": cell | {"bold": True},
        "link": cell | {"bold": True, "underline": 1, "font_color": "#000000"},
        "middle": middle,
        "number": middle | {"num_format": "#,##0"},
        "percent": middle | {"num_format": "0.0%"},
        "grade": middle | {"bold": True, "font_size": 14},
        "yes": middle,
        "no": middle | grey | {"bold": True},
        "total": middle | grey | {"bold": True},
    }
    return {name: book.add_format(properties) for name, properties in formats.items()}


def begin(sheet: Worksheet, styles: dict[str, Format], name: str, line: str, widths: Sequence[float]) -> None:
    """Write the name of a sheet and a line below it, and set the widths of its columns."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, as_text(name), styles["title"])
    sheet.set_row(0, 30)
    if len(widths) > 1:
        sheet.merge_range(1, 0, 1, len(widths) - 1, "", styles["paragraph"])
    sheet.write_string(1, 0, as_text(line), styles["paragraph"])
    sheet.set_row(1, row_height([as_text(line)], [sum(widths)], points=POINTS))


def headings(sheet: Worksheet, styles: dict[str, Format], line: int, words: Sequence[str], widths: list[float]) -> None:
    """Write a row of headings."""
    for column, word in enumerate(words):
        sheet.write_string(line, column, as_text(word), styles["heading"])
    sheet.set_row(line, max(22.0, row_height([as_text(word) for word in words], widths, points=POINTS)))


def text_row(
    sheet: Worksheet,
    line: int,
    cells: Sequence[tuple[object, Format]],
    widths: Sequence[float],
    *,
    least: float = 0.0,
    most: float = 409.0,
) -> None:
    """Write a row of texts, as high as they need, within bounds in points."""
    texts = [as_text(value) for value, _ in cells]
    for column, (text, (_, look)) in enumerate(zip(texts, cells, strict=True)):
        sheet.write_string(line, column, text, look)
    sheet.set_row(line, min(max(row_height(texts, list(widths), points=POINTS), least), most))


def paragraphs(
    sheet: Worksheet,
    styles: dict[str, Format],
    line: int,
    heading: str,
    lines: Sequence[str],
    *,
    columns: int,
    width: float,
) -> int:
    """Write a heading and paragraphs over several columns of a width together; return the next free row."""
    if not lines:
        return line
    sheet.write_string(line, 0, as_text(heading), styles["subtitle"])
    sheet.set_row(line, 24)
    for at, text in enumerate(map(as_text, lines), start=line + 1):
        if columns > 1:
            sheet.merge_range(at, 0, at, columns - 1, "", styles["paragraph"])
        sheet.write_string(at, 0, text, styles["paragraph"])
        sheet.set_row(at, row_height([text], [width], points=POINTS))
    return line + 1 + len(lines)


def on_paper(
    sheet: Worksheet, head: Head, name: str, *, header_rows: tuple[int, int] | None = None, one_page: bool = False
) -> None:
    """Set a sheet up for A4, with the rows that are repeated on every page."""
    lay_on_a4(sheet, title=head.title, section=name, publisher=head.publisher, day=head.day, one_page=one_page)
    if header_rows:
        sheet.repeat_rows(*header_rows)
