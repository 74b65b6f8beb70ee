"""The worksheet of the yearly round: what one person has to look through, with room for the answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from resourcemap.errors import ReleaseError
from resourcemap.language import either
from resourcemap.model import worksheet as form
from resourcemap.model.consent import Released
from resourcemap.model.freshness import EARLIEST
from resourcemap.publish.workbook import as_text, open_workbook, row_height
from resourcemap.publish.worksheet.layout import (
    BEFORE,
    POINTS,
    TITLE_POINTS,
    height,
    lay_pages,
    look_of,
    styles,
    widths,
)
from resourcemap.publish.worksheet.why import ORDER

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import pandas as pd
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.model.catalog import Catalog

_HOW = (
    "書き方: 確かめたら「最終確認日」に日付を書き、変わったところだけを書きかえてください。"
    "灰色の欄は書きかえられません。新しい資源は元の表に足してください。"
    "終わったら .xlsx のまま保存し、resourcemap merge で取り込みます。"
)
_INSIDE = "内部用（外に出さないでください）"
# What is answered beside the row on paper; the other answers follow.
_ANSWERED = ("verified_on", "verified_by", "consent", form.NOTE)
# Number and name stand on every page; words that go over several columns begin after them, or they would, too.
_REPEATED = 2


def columns_of(present: Sequence[str]) -> tuple[str, ...]:
    """Put the columns of a worksheet into order, given those that any of its sources has.

    Examples
    --------
    >>> columns_of(["name", "cost", "days"])[:6]
    ('resource_id', 'name', '確かめるわけ', 'days', 'verified_on', 'verified_by')
    """
    there = {*present, *form.ALWAYS, form.WHY}
    first = [column for column in BEFORE if column in there]
    rest = [column for column in (*form.ANSWERS, *form.FIELDS) if column in there]
    return tuple(dict.fromkeys((form.ID, *first, *_ANSWERED, *rest)))


def write_worksheet(
    released: Released,
    path: str | os.PathLike[str],
    *,
    texts: pd.DataFrame,
    is_open: pd.DataFrame,
    where: pd.DataFrame,
    catalog: Catalog,
    title: str,
    in_charge: str,
    summary: str = "",
    publisher: str = "",
    as_of: date | None = None,
) -> Path:
    """Write a worksheet (XLSX) for one person: to fill in on a screen, or on paper and then on a screen.

    The form of the file is that of `resourcemap.model.worksheet`. Every cell is text; nothing in it is a formula. Cells
    that cannot be written back are grey and locked, without a password. The same tables give the same bytes.

    Parameters
    ----------
    released
        What the gate let through for ``"internal"``, in the order of the sheet.
    path
        The file to write; it is replaced whole.
    texts
        The text of every cell as it stands in the source, on the index of `released`; its columns are those of
        `columns_of`, and `form.NOTE` and `form.WHY` among them.
    is_open
        Which of these cells may be filled in.
    where
        The file, the sheet and the row of every resource, by the headings `form.WHERE`.
    catalog
        The kinds, to choose from.
    title
        The title of the project.
    in_charge
        Whose worksheet it is.
    summary
        How many rows there are, in words.
    publisher, as_of
        What else stands at the head and foot of every page.

    Raises
    ------
    ReleaseError
        When `released` did not come from the gate, or was released for another channel.

    Examples
    --------
    >>> import tempfile
    >>> import geopandas as gpd, pandas as pd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> salons = gpd.GeoDataFrame({"resource_id": ["1"], "name": ["みほんサロン"]}, geometry=[None], crs="EPSG:4326")
    >>> columns = columns_of(["name"])
    >>> texts = pd.DataFrame("", index=salons.index, columns=columns).assign(resource_id="1", name="みほんサロン")
    >>> where = pd.DataFrame([["a.csv", "", "2"]], index=salons.index, columns=form.WHERE)
    >>> write_worksheet(release(salons, "internal"), Path(tempfile.mkdtemp()) / "a.xlsx", texts=texts,
    ...     is_open=texts == "", where=where, catalog=load_catalog(), title="みほん市", in_charge="佐藤").name
    'a.xlsx'
    """
    _require_release(released)
    columns = tuple(texts.columns)
    rows = texts.loc[released.table.index]
    head = f"【内部用】地域資源の確認表　{as_text(in_charge)}"
    with open_workbook(path, title=head, author=as_text(publisher), as_of=as_of) as book:
        sheet = book.add_worksheet(form.SHEET)
        _fill_shown(book, sheet, columns, rows, is_open.loc[rows.index], head, summary)
        _fill_originals(book.add_worksheet(form.ORIGINALS), columns, rows, where.loc[rows.index], title)
        _fill_choices(book.add_worksheet(form.CHOICES), catalog)
        _ask(sheet, columns, len(rows), len(catalog.kinds), as_of)
        day = "" if as_of is None else f"{as_of.year}年{as_of.month}月{as_of.day}日現在"
        lay_pages(
            sheet,
            columns,
            last=form.HEADING_ROW + len(rows) - 1,
            title=f"【内部用】{title}",
            section=f"確認表　{in_charge}",
            publisher=f"{publisher}　{_INSIDE}",
            day=day,
        )
    return Path(path)


def _require_release(released: object) -> None:
    if isinstance(released, Released) and released.channel == "internal":
        return
    got = released.channel if isinstance(released, Released) else type(released).__name__
    raise ReleaseError(
        either(
            ja=f'確認表には release(resources, "internal") の結果を渡してください（渡されたのは {got!r}）。',
            en=f'A worksheet takes the result of release(resources, "internal"), not {got!r}.',
        )
    )


def _label(column: str) -> str:
    return column if column in (form.WHY, form.NOTE) else form.heading(column)


def _fill_shown(
    book: Workbook,
    sheet: Worksheet,
    columns: Sequence[str],
    rows: pd.DataFrame,
    is_open: pd.DataFrame,
    head: str,
    summary: str,
) -> None:
    """Fill the sheet for people: three lines of words, the headings, a row per resource."""
    looks, wide = styles(book), widths(columns)
    last = columns.index(form.NOTE)
    room = sum(wide[_REPEATED : last + 1])
    for line, (text, look) in enumerate(((head, "title"), (f"{summary}　{ORDER}", "text"), (_HOW, "text"))):
        sheet.merge_range(line, _REPEATED, line, last, text, looks[look])
        sheet.set_row(line, row_height([text], [room], points=TITLE_POINTS if look == "title" else POINTS))
    line = form.HEADING_ROW - 1
    for place, column in enumerate(columns):
        answer = column in (*form.ANSWERS, form.NOTE)
        sheet.set_column(place, place, wide[place])
        sheet.write_string(line, place, _label(column), looks["answer_heading" if answer else "heading"])
    sheet.set_row(line, height([_label(column) for column in columns], columns))
    table = zip(rows.to_numpy().tolist(), is_open.to_numpy().tolist(), strict=True)
    for at, (texts, free) in enumerate(table, start=form.HEADING_ROW):
        for place, column in enumerate(columns):
            look = looks[look_of(column, is_open=free[place])]
            if texts[place]:
                sheet.write_string(at, place, texts[place], look)
            else:
                sheet.write_blank(at, place, None, look)
        sheet.set_row(at, height(texts, columns))
    sheet.freeze_panes(form.HEADING_ROW, _REPEATED)
    sheet.autofilter(line, 0, line + len(rows), len(columns) - 1)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})


def _fill_originals(
    sheet: Worksheet, columns: Sequence[str], rows: pd.DataFrame, where: pd.DataFrame, title: str
) -> None:
    """Fill the sheet by which a merge knows what was written when."""
    sheet.write_string(0, 0, form.carried(f"{form.VERSION} {title}"))
    for place, heading in enumerate((*form.WHERE, *(_label(column) for column in columns))):
        sheet.write_string(1, place, heading)
    table = zip(where.to_numpy().tolist(), rows.to_numpy().tolist(), strict=True)
    for at, (place_of, texts) in enumerate(table, start=2):
        for place, text in enumerate([*place_of, *texts]):
            if text:
                sheet.write_string(at, place, text)
    sheet.very_hidden()


def _fill_choices(sheet: Worksheet, catalog: Catalog) -> None:
    for at, kind in enumerate(catalog.kinds.values()):
        sheet.write_string(at, 0, as_text(kind.label("ja")))
    sheet.very_hidden()


def _ask(sheet: Worksheet, columns: Sequence[str], rows: int, kinds: int, as_of: date | None) -> None:
    """Offer words to choose from, and say when something is no date; other words may be kept."""
    lists: dict[str, str | list[str]] = {
        "kind": f"='{form.CHOICES}'!$A$1:$A${kinds}",
        "status": list(form.STATUSES),
        "consent": list(form.CONSENTS),
    }
    usual = {"error_type": "warning", "ignore_blank": True}
    for place, column in enumerate(columns):
        if not rows:
            return
        ends = (form.HEADING_ROW, place, form.HEADING_ROW + rows - 1, place)
        if column in lists:
            words = {"error_title": _label(column), "error_message": "一覧にないことばです。このままにしますか。"}
            sheet.data_validation(*ends, usual | words | {"validate": "list", "source": lists[column]})
        elif column in form.DATES:
            day = as_of or date(2026, 11, 1)
            example = f"{day.year}/{day.month}/{day.day}"
            words = {
                "input_title": _label(column),
                "input_message": f"{example} のように書いてください。",
                "error_title": _label(column),
                "error_message": f"日付として読めません。{example} のように書いてください。このままにしますか。",
            }
            days = {"minimum": EARLIEST, "maximum": date(day.year + 10, 12, 31)}
            sheet.data_validation(*ends, usual | words | days | {"validate": "date", "criteria": "between"})
