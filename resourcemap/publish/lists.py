"""The list of resources per area: a workbook to hand out, on screen and on monochrome A4."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.errors import ReleaseError
from resourcemap.language import either, speaking
from resourcemap.model.consent import Released
from resourcemap.publish.listcells import COLUMNS, labelled
from resourcemap.publish.workbook import FONT, as_text, lay_on_a4, open_workbook, row_height, sheet_names

if TYPE_CHECKING:
    import os
    from datetime import date

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.model.catalog import Catalog
    from resourcemap.publish.listcells import Column, Row

CHANNELS = ("list", "paper", "internal")

_POINTS = 10
_HEADER_ROW = 2
_SECTIONS_ON_A_PAGE = 24
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class _Section:
    """One sheet of the list: an area, or those that belong to none."""

    name: str
    sheet: str
    rows: list[Row]


@dataclass(frozen=True)
class _Masthead:
    """What stands at the head of every sheet."""

    title: str
    publisher: str
    day: str


def write_list(
    released: Released,
    path: str | os.PathLike[str],
    *,
    placements: pd.DataFrame | None = None,
    areas: pd.DataFrame | None = None,
    system: str | None = None,
    catalog: Catalog,
    title: str,
    publisher: str = "",
    as_of: date | None = None,
    language: str = "ja",
) -> Path:
    """Write the list of resources as a workbook (XLSX): an overview, then a sheet per area, ready to print.

    A row is one activity at one place, so an activity with places in two areas stands in both sheets. Rows are
    in the order of the catalogue's kinds, then by kana or name. Suspended resources are listed and said to be
    suspended. Those without a place of their own (visits, telephone, online) have a sheet of their own, and so
    have those in no area. Every cell is text: nothing in it is a formula or a link.

    Parameters
    ----------
    released
        What the gate let through for ``"list"``, ``"paper"`` or ``"internal"``.
    path
        The file to write; it is replaced whole.
    placements
        The area of every resource in every system (`resourcemap.placements`); without it there is one sheet.
    areas
        The areas, to have a sheet for those without any resource too, in this order.
    system
        The system of areas to divide by; the first of `placements` when not given.
    catalog
        The kinds and audiences with their labels.
    title, publisher, as_of
        What stands at the head of every page.
    language
        The language of labels; headings are in Japanese or else in English.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    ReleaseError
        When `released` did not come from the gate, or was released for another channel.

    Examples
    --------
    >>> import tempfile
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> salon = gpd.GeoDataFrame({"resource_id": ["1"], "activity_id": ["1"], "name": ["みほんサロン"],
    ...     "kind": ["salon"], "place": ["venue"], "status": ["active"], "channels": ["list"]},
    ...     geometry=gpd.points_from_xy([139.7], [34.95]), crs="EPSG:4326")
    >>> path = Path(tempfile.mkdtemp()) / "resources.xlsx"
    >>> write_list(release(salon, "list"), path, catalog=load_catalog(), title="一覧").name
    'resources.xlsx'
    """
    _require_release(released)
    with speaking(language if language.startswith("ja") else "en"):
        head = _Masthead(_title(title, released.channel), as_text(publisher), _day(as_of))
        table = labelled(released.table, catalog, language)
        sections = _sections(table, placements, areas, system)
        rows = table.to_dict("records")
        columns = [column for column in COLUMNS if not column.optional or any(map(column.cell, rows))]
        kinds = dict(zip(table["kind"], table["kind_label"], strict=True))
        with open_workbook(path, title=head.title, author=head.publisher, as_of=as_of) as book:
            styles = _styles(book)
            _write_overview(book.add_worksheet(_overview_name()), styles, head, sections, kinds, released)
            for section in sections:
                _write_section(book.add_worksheet(section.sheet), styles, head, section, columns)
    return Path(path)


def _require_release(released: object) -> None:
    if isinstance(released, Released) and released.channel in CHANNELS:
        return
    got = released.channel if isinstance(released, Released) else type(released).__name__
    raise ReleaseError(
        either(
            ja=f'一覧には release(resources, "list") の結果を渡してください（渡されたのは {got!r}）。',
            en=f'A list takes the result of release(resources, "list"), not {got!r}.',
        )
    )


def _title(title: str, channel: str) -> str:
    if channel != "internal":
        return as_text(title)
    return either(ja=f"【内部用・配布しないでください】{as_text(title)}", en=f"[INTERNAL, do not hand out] {title}")


def _day(as_of: date | None) -> str:
    if as_of is None:
        return ""
    return either(ja=f"{as_of.year}年{as_of.month}月{as_of.day}日現在", en=f"as of {as_of.isoformat()}")


def _sections(
    table: pd.DataFrame, placements: pd.DataFrame | None, areas: pd.DataFrame | None, system: str | None
) -> list[_Section]:
    placed = table["place"].isin(["venue", "stop"])
    groups: list[tuple[str, pd.DataFrame]] = []
    if placements is None or placements.empty:
        groups.append((either(ja="一覧", en="List"), table[placed]))
    else:
        chosen = system or placements["system"].iloc[0]
        area_of = placements[placements["system"] == chosen].set_index("resource_id")["area"]
        area = table["resource_id"].map(area_of)
        groups += [(name, table[placed & (area == name)]) for name in _area_names(area_of, areas, chosen)]
        if (placed & area.isna()).any():
            groups.append((either(ja="どの区域にも入らないもの", en="In no area"), table[placed & area.isna()]))
    if not placed.all():
        groups.append((_without_place(), table[~placed]))
    sheets = sheet_names([_overview_name(), *(name for name, _ in groups)])[1:]
    return [
        _Section(name, sheet, pd.DataFrame(rows).to_dict("records"))
        for (name, rows), sheet in zip(groups, sheets, strict=True)
    ]


def _area_names(area_of: pd.Series, areas: pd.DataFrame | None, system: str) -> list[str]:
    """Name the areas in the order of `areas`, or by name with numbers in their order."""
    if areas is not None:
        return list(pd.unique(areas.loc[areas["system"] == system, "area"]))
    return sorted(area_of.dropna().unique(), key=_by_number)


def _by_number(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(name) if part]


def _overview_name() -> str:
    return either(ja="はじめに", en="Overview")


def _without_place() -> str:
    return either(ja="訪問・電話・オンライン", en="Visits, telephone, online")


def _styles(book: Workbook) -> dict[str, Format]:
    usual = {"font_name": FONT, "font_size": _POINTS, "valign": "top"}
    cell = usual | {"text_wrap": True, "border": 1, "border_color": "#808080"}
    heading = cell | {"bold": True, "valign": "vcenter", "align": "center", "bg_color": "#E4E4E4"}
    number = cell | {"align": "center", "valign": "vcenter", "num_format": "#,##0;-#,##0;−"}
    grey = {"bg_color": "#F2F2F2"}
    formats = {
        "title": usual | {"font_size": 16, "bold": True, "valign": "vcenter"},
        "subtitle": usual | {"font_size": 12, "bold": True, "valign": "vcenter"},
        "text": usual,
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


def _write_section(
    sheet: Worksheet,
    styles: dict[str, Format],
    head: _Masthead,
    section: _Section,
    columns: list[Column],
) -> None:
    sheet.write_string(0, 0, as_text(section.name), styles["title"])
    sheet.set_row(0, 30)
    sheet.write_string(1, 0, _subtitle(section, head), styles["text"])
    sheet.set_row(1, 19)
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


def _subtitle(section: _Section, head: _Masthead) -> str:
    suspended = sum(row["status"] == "suspended" for row in section.rows)
    number = len(section.rows)
    if not number:
        count = either(ja="載せているものはありません", en="nothing is listed")
    elif suspended:
        count = either(ja=f"{number}件（うち休止中 {suspended}件）", en=f"{number} entries ({suspended} suspended)")
    else:
        count = either(ja=f"{number}件", en=f"{number} entries")
    advice = either(ja="お出かけの前に、電話などで確かめてください", en="please make sure by telephone before you go")
    return either(ja="　", en=" · ").join(part for part in (count, head.day, advice) if part)


def _write_overview(
    sheet: Worksheet,
    styles: dict[str, Format],
    head: _Masthead,
    sections: list[_Section],
    kinds: dict[str, str],
    released: Released,
) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(kinds) + 1, max(7.5, min(11.0, 110 / (len(kinds) + 1))))
    sheet.write_string(0, 0, head.title, styles["title"])
    sheet.set_row(0, 34)
    sheet.write_string(1, 0, either(ja="　", en=" · ").join(filter(None, (head.publisher, head.day))), styles["text"])
    line = _write_counts(sheet, styles, sections, kinds, first=3)
    about = either(ja="この一覧について", en="About this list")
    line = _write_paragraphs(sheet, styles, _how_to_read(sections), line + 1, about)
    absent = either(ja="載せていないもの", en="What is not listed")
    _write_paragraphs(sheet, styles, _withheld(released), line + 1, absent)
    lay_on_a4(
        sheet,
        title=head.title,
        section=_overview_name(),
        publisher=head.publisher,
        day=head.day,
        one_page=len(sections) <= _SECTIONS_ON_A_PAGE,
    )


def _write_counts(
    sheet: Worksheet, styles: dict[str, Format], sections: list[_Section], kinds: dict[str, str], *, first: int
) -> int:
    """Write the table of counts, a row per sheet and a column per kind, and return the next free row."""
    total = either(ja="計", en="all")
    headings = [either(ja="区域", en="area"), *(label.replace(" ", "\n", 1) for label in kinds.values()), total]
    for number, text in enumerate(headings):
        sheet.write_string(first, number, text, styles["heading"])
    sheet.set_row(first, 60)
    line = first + 1
    for section in sections:
        target = section.sheet.replace("'", "''")
        sheet.write_url(line, 0, f"internal:'{target}'!A1", styles["link"], as_text(section.name))
        _write_numbers(sheet, styles, line, _numbers(section.rows, kinds), last="total")
        line += 1
    sheet.write_string(line, 0, total, styles["total_label"])
    everything = [row for section in sections for row in section.rows]
    _write_numbers(sheet, styles, line, _numbers(everything, kinds), usual="total", last="total")
    return line + 1


def _numbers(rows: list[Row], kinds: dict[str, str]) -> list[int]:
    """Count the rows of each kind, then all of them."""
    found = Counter(row["kind"] for row in rows)
    return [*(found[kind] for kind in kinds), len(rows)]


def _write_numbers(
    sheet: Worksheet, styles: dict[str, Format], line: int, numbers: list[int], *, last: str, usual: str = "number"
) -> None:
    for column, number in enumerate(numbers, start=1):
        sheet.write_number(line, column, number, styles[last if column == len(numbers) else usual])
    sheet.set_row(line, 20)


def _write_paragraphs(
    sheet: Worksheet, styles: dict[str, Format], paragraphs: list[str], line: int, heading: str
) -> int:
    """Write a heading and lines of text below it, and return the next free row."""
    if not paragraphs:
        return line
    sheet.write_string(line, 0, heading, styles["subtitle"])
    sheet.set_row(line, 24)
    for number, text in enumerate(paragraphs, start=line + 1):
        sheet.write_string(number, 0, text, styles["text"])
        sheet.set_row(number, 18)
    return line + 1 + len(paragraphs)


def _how_to_read(sections: list[_Section]) -> list[str]:
    lines = [
        either(
            ja="・ 区域ごとに1枚のシートがあります。上の表の区域名を押すと、そのシートが開きます。",
            en="- There is a sheet per area. Click an area's name above to open its sheet.",
        ),
        either(
            ja="・ 数は、ひとつの活動をひとつの会場で1件と数えています。会場が3つある活動は3件です。",
            en="- An activity at one place counts once; an activity with three places counts three times.",
        ),
        either(
            ja="・ 灰色の行は「休止中」です。再開の時期は、電話などでお確かめください。",
            en="- Grey rows are suspended at present.",
        ),
    ]
    if any(section.name == _without_place() for section in sections):
        lines.append(
            either(
                ja=f"・ お宅へ伺うもの、電話やインターネットで使えるものは「{_without_place()}」のシートにあります。",
                en=f"- What comes to your home, or works by telephone or online, is in the sheet {_without_place()!r}.",
            )
        )
    return lines


def _withheld(released: Released) -> list[str]:
    """Say how many rows stayed inside, and why; no names."""
    counts = released.withheld["reason"].value_counts(sort=False)
    lines = [
        either(ja=f"・ {ja}　{counts[reason]}件", en=f"- {en}: {counts[reason]}")
        for reason, (ja, en) in _REASONS.items()
        if reason in counts
    ]
    if released.phones_withheld:
        lines.append(
            either(
                ja=f"・ 個人の携帯電話の番号　{released.phones_withheld}か所を伏せました",
                en=f"- personal mobile numbers: {released.phones_withheld} blanked",
            )
        )
    return lines


_REASONS = {
    "no_consent": ("公開の承諾をいただいていないもの", "without consent to publish"),
    "other_channel": ("承諾が、この一覧には及ばないもの", "with consent, but not for this list"),
    "private_home": ("個人のお宅と思われるもの", "in what seems to be a private home"),
    "ended": ("終了したもの", "ended"),
}
