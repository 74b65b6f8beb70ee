"""What every step left aside, as two files: one that may be handed out, and one with every value for the office."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resourcemap.files import write_text
from resourcemap.language import either
from resourcemap.model.consent.persons import (
    is_person,
    without_email,
    without_mobile_numbers,
    without_names,
    without_numbers,
)
from resourcemap.model.tables import RESOURCES
from resourcemap.plain import csv_text, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import geopandas as gpd

    from resourcemap.project.planned import Planned
    from resourcemap.project.report import LeftAside, Report

LEFT_ASIDE = "maps/left_aside.csv"
INTERNAL = "internal/left_aside.csv"
_HEADINGS = ("手順", "ファイル", "シート", "行", "列", "値", "理由")
_PUBLIC = frozenset(column.name for column in RESOURCES if column.public)
_LONGEST = 30  # what is longer is no word or number that was mistyped, and may tell anything
_OF_SOMEBODY = re.compile(r"さん|さま|様|氏|宅|先生|[＠@]|https?:")
_BY_ROW = ("locate", "coverage", "map", "list")
_FILTERS = (without_mobile_numbers, without_numbers, without_email)

_Row = tuple[str, str, int | None]


class Balance(NamedTuple):
    """The rows of one step: those that went in are those it used and those it left aside."""

    step: str
    went_in: int
    used: int
    left_aside: int

    @property
    def adds_up(self) -> bool:
        """Whether no row was lost, and none counted twice."""
        return self.went_in == self.used + self.left_aside


def balances(reports: Iterable[Report]) -> list[Balance]:
    """Count for every step after reading that works row by row how many went in, were used and were left aside.

    Cells that were left aside do not count: their rows are used.

    Examples
    --------
    >>> from resourcemap.project.report import LeftAside, Report
    >>> row = LeftAside("locate", "a.csv", "", 3, "", "", "no address")
    >>> balances([Report("locate", "Locate", {"resources": 3}, {"located": 2, "venues": 1}, (row,))])
    [Balance(step='locate', went_in=3, used=2, left_aside=1)]
    """
    return [_balance(report) for report in reports if report.step in _BY_ROW]


def write_left_aside(project: Planned, reports: Sequence[Report]) -> tuple[Path, Path]:
    """Write every row and cell that a step left aside, with its place, its value and the reason.

    ``maps/left_aside.csv`` may be handed out. It says a value only where it may be told: the row is released for the
    list with its place and name, the column is public, the text is short and holds no number, address or name of a
    person. ``internal/left_aside.csv`` has all of them, and the name of each row; it is the office's own.

    Returns
    -------
    tuple
        The file to hand out, and the one to keep.
    """
    rows = [row for report in reports for row in report.left_aside]
    titles = {report.step: report.title for report in reports}
    teller, names = _Teller.of(project), _names(project.located)

    def line(row: LeftAside, value: str) -> list[object]:
        return [titles[row.step], row.file, row.sheet, row.row, row.column, value, row.reason]

    told = [line(row, teller.tell(row)) for row in rows]
    whole = [line(row, row.value or ("" if row.column else names.get(_place(row), ""))) for row in rows]
    return (
        write_text(project.folder / LEFT_ASIDE, csv_text([_HEADINGS, *told]), encoding="utf-8-sig"),
        write_text(project.folder / INTERNAL, csv_text([_HEADINGS, *whole]), encoding="utf-8-sig"),
    )


@dataclass(frozen=True)
class _Teller:
    """Knows which rows and columns may be told."""

    released: dict[_Row, object]
    blanked: set[tuple[object, str]]
    headings: dict[tuple[str, str], set[str]]

    @classmethod
    def of(cls, project: Planned) -> _Teller:
        released = project.released("list")
        shown = released.table.index.difference(released.coarse).difference(released.nameless)
        places = {place: label for label, place in _places(project.located).items() if label in shown}
        blanked = set(zip(released.blanked.index, released.blanked["column"], strict=True))
        return cls(places, blanked, _columns(project.resources))

    def tell(self, row: LeftAside) -> str:
        """Return the value of a cell, or say that it is not told; nothing where there is none."""
        if not row.value:
            return ""
        label, columns = self.released.get(_place(row)), self.headings.get((row.file, row.column), set())
        whole = not any((label, column) in self.blanked for column in columns)
        if label is None or not columns or not columns <= _PUBLIC or not whole or not _tells_nobody(row.value, columns):
            return either(ja="（公開しません）", en="(not published)")
        return one_line(row.value)


def _tells_nobody(text: str, columns: set[str]) -> bool:
    """Tell whether a text is short and names, numbers or addresses no person."""
    if len(text) > _LONGEST or _OF_SOMEBODY.search(text) or is_person(text):
        return False
    if "phone" in columns and without_names(text) != text:
        return False
    return all(filtered(text) == text for filtered in _FILTERS)


def _place(row: LeftAside) -> _Row:
    return row.file, row.sheet or "", row.row


def _places(table: gpd.GeoDataFrame) -> dict[object, _Row]:
    sheets = table["source_sheet"].fillna("")
    rows = zip(table["source_file"], sheets, table["source_row"], strict=True)
    return {
        label: (str(file), str(sheet), int(row)) for label, (file, sheet, row) in zip(table.index, rows, strict=True)
    }


def _columns(resources: gpd.GeoDataFrame) -> dict[tuple[str, str], set[str]]:
    """Say for each file and heading which columns of ours stand below it; several where its sheets differ."""
    found: dict[tuple[str, str], set[str]] = {}
    files = set(resources["source_file"])
    for label, known in resources.attrs.get("columns", {}).items():
        for file in files:
            if label == file or str(label).startswith(f"{file} "):
                for name, heading in known.items():
                    found.setdefault((str(file), str(heading)), set()).add(str(name))
    return found


def _names(table: gpd.GeoDataFrame) -> dict[_Row, str]:
    return {place: str(table.at[label, "name"] or "") for label, place in _places(table).items()}


def _balance(report: Report) -> Balance:
    used = list(report.came_out.values())[: -1 if report.step == "locate" else 1]  # the last of locate counts venues
    return Balance(report.step, next(iter(report.went_in.values())), sum(used), len(report.left_aside))
