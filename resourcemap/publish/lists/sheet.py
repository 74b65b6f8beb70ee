"""One sheet of the list, and the looks that all sheets share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from resourcemap.language import either
from resourcemap.publish.ages import SIGN
from resourcemap.publish.workbook import FONT, as_text, lay_on_a4, row_height

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.publish.lists.cells import Column
    from resourcemap.publish.lists.links import MapLinks
    from resourcemap.publish.lists.sections import Section

_POINTS = 10
_HEADER_ROW = 2


@dataclass(frozen=True)
class Masthead:
    """What stands at the head of every sheet."""

    title: str
    publisher: str
    day: str
    note: str = ""


def styles(book: Workbook) -> dict[str, Format]:
    """Make the looks of all cells, by name."""
    usual = {"font_name": FONT, "font_size": _POINTS, "valign": "top"}
    cell = usual | {"text_wrap": True, "border": 1, "border_color": "#808080"}
    heading = cell | {"bold": True, "valign": "vcenter", "align": "center", "bg_color": "#E4E4E4"}
    number = cell | {"align": "center", "valign": "vcenter", "num_format": "#,##0;-#,##0;−"}
    grey = {"bg_color": "#F2F2F2"}
    formats = {
        "title": usual | {"font_size": 16, "bold": True, "valign": "vcenter"},
        "subtitle": usual | {"font_size": 12, "bold": True, "valign": "vcenter"},
        "text": usual,
        "paragraph": usual | {"text_wrap": True},
        "open_left": usual | {"underline": 1, "font_color": "#0563C1"},
        "open": usual | {"align": "center", "underline": 1, "font_color": "#0563C1"},
        "heading": heading,
        "active": cell,
        "active_loud": cell | {"bold": True},
        "suspended": cell | grey,
        "suspended_loud": cell | grey | {"bold": True},
        "link": cell | {"valign": "vcenter", "indent": 1, "underline": 1, "font_color": "#000000"},
        "number": number,
        "total": number | grey | {"bold": True},
        "total_label": cell | grey | {"bold": True, "valign": "vcenter", "indent": 1},
    }
    return {name: book.add_format(properties) for name, properties in formats.items()}


def fill_section(
    sheet: Worksheet,
    styles: dict[str, Format],
    head: Masthead,
    section: Section,
    columns: list[Column],
    links: MapLinks,
) -> None:
    """Fill the sheet of a section: name, count, headings, a row per resource as high as its text needs."""
    sheet.write_string(0, 0, as_text(section.name), styles["title"])
    sheet.set_row(0, 30)
    _write_subtitle(sheet, styles, _subtitle(section, head), columns)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(_HEADER_ROW, number, either(ja=column.ja, en=column.en), styles["heading"])
    sheet.set_row(_HEADER_ROW, 22)
    widths = [column.width for column in columns]
    for line, row in enumerate(section.rows, start=_HEADER_ROW + 1):
        texts = [column.cell(row) for column in columns]
        look = "suspended" if row["status"] == "suspended" else "active"
        for number, (column, text) in enumerate(zip(columns, texts, strict=True)):
            sheet.write_string(line, number, text, styles[f"{look}_loud" if column.loud else look])
        sheet.set_row(line, row_height(texts, widths, points=_POINTS))
        links.write(sheet, styles, line, len(columns), str(row["resource_id"]))
    links.write_heading(sheet, styles, _HEADER_ROW, len(columns), section.area_id)
    last = _HEADER_ROW + max(len(section.rows), 1)
    sheet.print_area(0, 0, last, len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, len(columns))}"})
    sheet.freeze_panes(_HEADER_ROW + 1, 2)
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(section.rows), len(columns) - 1)
    lay_on_a4(
        sheet,
        title=head.title,
        section=section.name,
        publisher=head.publisher,
        day=head.day,
        header_row=_HEADER_ROW,
    )


def _write_subtitle(sheet: Worksheet, styles: dict[str, Format], text: str, columns: list[Column]) -> None:
    """Write a line over the whole width, as high as it needs."""
    width = sum(column.width for column in columns)
    sheet.merge_range(1, 0, 1, len(columns) - 1, "", styles["paragraph"])
    sheet.write_string(1, 0, text, styles["paragraph"])
    sheet.set_row(1, max(19.0, row_height([text], [width], points=_POINTS)))


def _subtitle(section: Section, head: Masthead) -> str:
    suspended = sum(row["status"] == "suspended" for row in section.rows)
    number = len(section.rows)
    if not number:
        count = either(ja="載せているものはありません", en="nothing is listed")
    elif suspended:
        count = either(ja=f"{number}件（うち休止中 {suspended}件）", en=f"{number} entries ({suspended} suspended)")
    else:
        count = either(ja=f"{number}件", en=f"{number} entries")
    advice = either(ja="お出かけの前に、電話などで確かめてください", en="please make sure by telephone before you go")
    rough = either(ja="区域の境界はおよその形です", en="the borders of the area are approximate")
    sign = either(ja=f"「{SIGN}」はしばらく確認できていないもの", en=f"{SIGN} not checked for some time")
    stale = any(row.get("stale") for row in section.rows)
    parts = (count, head.day, rough if section.approximate else "", sign if stale else "", advice)
    line = either(ja="　", en=" · ").join(part for part in parts if part)
    return f"{line}\n{head.note}" if head.note else line
