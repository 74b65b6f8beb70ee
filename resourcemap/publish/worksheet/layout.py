"""How the worksheet looks: widths, letters large enough to write between, and pages of A4 that hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model import worksheet as form
from resourcemap.publish.workbook import FONT, lay_on_a4, row_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

POINTS = 13
WHY_POINTS = 11
TITLE_POINTS = 18
_ZOOM = 85
DAY_FORMAT = "yyyy/m/d"

# What stands on the first page of a row: what to look at, then what to answer.
BEFORE = (
    *("name", form.WHY, "kind", "status", "venue"),
    *("prefecture", "city", "address", "address_rest", "building"),
    *("schedule", "days", "start", "end", "schedule_note", "phone"),
)
_WIDTHS = {
    form.ID: 8,
    "name": 16,
    form.WHY: 26,
    "kind": 10,
    "status": 8,
    "venue": 13,
    "prefecture": 8,
    "city": 9,
    "address": 16,
    "schedule": 17,
    "days": 9,
    "start": 7,
    "end": 7,
    "phone": 13,
    "verified_on": 12.5,
    "verified_by": 9,
    "consent": 9,
    "consent_on": 13,
    form.NOTE: 22,
    "capacity": 7,
    "description": 26,
    "notes": 26,
    "url": 20,
}
_USUAL = 14.0
# The room of an A4 page on its side, in pixels of the usual screen, with a little to spare.
_PAGE = 930
_SMALLEST = 40


def widths(columns: Sequence[str]) -> list[float]:
    """Return the width of each column, in the unit of spreadsheets.

    Examples
    --------
    >>> widths(["resource_id", "cost"])
    [8.0, 14.0]
    """
    return [float(_WIDTHS.get(column, _USUAL)) for column in columns]


def height(texts: Sequence[str], columns: Sequence[str]) -> float:
    """Return the height in points at which no text of a row is cut off.

    Examples
    --------
    >>> height(["みほん市社会福祉協議会"], ["name"]) > height(["みほん"], ["name"])
    True
    """
    room = [
        width * POINTS / WHY_POINTS if column == form.WHY else width
        for column, width in zip(columns, widths(columns), strict=True)
    ]
    return row_height(list(texts), room, points=POINTS)


def styles(book: Workbook) -> dict[str, Format]:
    """Make the looks of all cells, by name."""
    usual = {"font_name": FONT, "font_size": POINTS, "valign": "top", "text_wrap": True}
    cell = usual | {"border": 1, "border_color": "#808080", "num_format": "@"}
    shut = cell | {"bg_color": "#E4E4E4"}
    heading = cell | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#D0D0D0"}
    formats = {
        "title": usual | {"font_size": TITLE_POINTS, "bold": True, "valign": "vcenter"},
        "text": usual | {"valign": "vcenter"},
        "heading": heading,
        "answer_heading": heading | {"bg_color": "#FFE699"},
        "open": cell | {"locked": False},
        "answer": cell | {"locked": False, "bg_color": "#FFF9E5"},
        "open_day": cell | {"locked": False, "num_format": DAY_FORMAT},
        "answer_day": cell | {"locked": False, "num_format": DAY_FORMAT, "bg_color": "#FFF9E5"},
        "shut": shut,
        "why": shut | {"font_size": WHY_POINTS, "bg_color": "#F2F2F2"},
        "id": shut | {"font_size": 9},
    }
    return {name: book.add_format(properties) for name, properties in formats.items()}


def look_of(column: str, *, is_open: bool) -> str:
    """Name the look of a cell.

    Examples
    --------
    >>> look_of("name", is_open=True), look_of("verified_on", is_open=True), look_of("name", is_open=False)
    ('open', 'answer_day', 'shut')
    """
    if column == form.ID:
        return "id"
    if column == form.WHY:
        return "why"
    if not is_open:
        return "shut"
    kind = "answer" if column in (*form.ANSWERS, form.NOTE) else "open"
    return f"{kind}_day" if column in form.DATES else kind


def lay_pages(
    sheet: Worksheet, columns: Sequence[str], *, last: int, title: str, section: str, publisher: str, day: str
) -> None:
    """Set up A4 pages on their side: the first columns up to the note on one, the rest on the next ones.

    Headings, number and name stand on every page, and so does that the sheet is for the office alone.
    """
    lay_on_a4(sheet, title=title, section=section, publisher=publisher, day=day, header_row=form.HEADING_ROW - 1)
    first = columns.index(form.NOTE) + 1
    pixels = sum(width * 7 + 5 for width in widths(columns[:first]))
    sheet.set_print_scale(max(_SMALLEST, min(100, int(100 * _PAGE / pixels))))
    sheet.set_zoom(_ZOOM)
    sheet.repeat_columns(0, 1)
    if first < len(columns):
        sheet.set_v_pagebreaks([first])
    sheet.print_area(0, 0, last, len(columns) - 1)
