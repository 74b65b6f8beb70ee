"""The sheet for the office alone: every row with every column, those of the files too, just as they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.language import either
from resourcemap.model.tables import OWN, RESOURCES
from resourcemap.publish.workbook import as_text, lay_on_a4

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.lists.sheet import Masthead

_HEADER_ROW = 1
_FIRST = ("source_file", "source_sheet", "source_row")
_LONGEST = 32_766  # what a cell of a spreadsheet holds, less one for the sign that something is cut
_WIDTH = 16


def everything_name(channel: str) -> str:
    """Name the sheet: for the office, or for its partners."""
    if channel == "internal":
        return either(ja="全項目（内部用）", en="All fields (internal)")
    return either(ja="全項目（関係機関用）", en="All fields (partners)")


def fill_everything(
    sheet: Worksheet, styles: dict[str, Format], head: Masthead, released: Released, catalog: Catalog, language: str
) -> None:
    """Fill a sheet with every row and every column that has anything, in the order of the files."""
    columns = _columns(released, catalog, language)
    sheet.write_string(0, 0, head.title, styles["subtitle"])
    for number, (heading, cells) in enumerate(columns):
        sheet.write_string(_HEADER_ROW, number, as_text(heading), styles["heading"])
        for line, text in enumerate(cells, start=_HEADER_ROW + 1):
            if text:
                sheet.write_string(line, number, text, styles["text"])
    sheet.set_column(0, max(len(columns) - 1, 0), _WIDTH)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(released.table), max(len(columns) - 1, 0))
    lay_on_a4(
        sheet,
        title=head.title,
        section=everything_name(released.channel),
        publisher=head.publisher,
        day=head.day,
        header_row=_HEADER_ROW,
    )


def _columns(released: Released, catalog: Catalog, language: str) -> list[tuple[str, list[str]]]:
    """Give the heading and the cells of every column that is not empty."""
    table = released.table
    labels = {column.name: either(ja=column.ja, en=column.en) for column in RESOURCES}
    own = [name for name in table.columns if name not in labels and name != table.geometry.name]
    ours = [name for name in labels if name in table and name not in _FIRST]
    columns = [(labels[name], _texts(table[name])) for name in _FIRST if name in table]
    for name in ours:
        texts = _texts(table[name])
        if name == "kind":
            texts = [catalog.kinds[text].label(language) if text in catalog.kinds else text for text in texts]
        columns.append((labels[name], texts))
    points = table.geometry.where(table.geom_type == "Point")
    columns.append((either(ja="緯度", en="latitude"), _texts(points.y)))
    columns.append((either(ja="経度", en="longitude"), _texts(points.x)))
    columns += [(_own_heading(str(name)), _texts(table[name])) for name in own]
    return [(heading, texts) for heading, texts in columns if any(texts)]


def _own_heading(name: str) -> str:
    """Name a column of a file so that it is told apart from ours with the same heading."""
    heading = name.removeprefix(OWN)
    return either(ja=f"{heading}（元の表）", en=f"{heading} (as in the file)")


def _texts(values: pd.Series) -> list[str]:
    known: Sequence[object] = values.tolist()
    return [as_text(value, longest=_LONGEST) for value in known]
