"""Which rows stand on which sheet of the list: one per area, and those that belong to none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.publish.workbook import sheet_names

if TYPE_CHECKING:
    from resourcemap.publish.lists.cells import Row

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Section:
    """One sheet of the list: an area, or those that belong to none; `approximate` are the borders of the area."""

    name: str
    sheet: str
    rows: list[Row]
    approximate: bool


def choose_system(placements: pd.DataFrame | None, asked: str | None) -> str | None:
    """Return the system of areas to divide by, or nothing where nothing is placed in areas.

    Raises
    ------
    InputError
        When `placements` does not have the system asked for.

    Examples
    --------
    >>> choose_system(pd.DataFrame({"system": ["圏域", "学区"]}), None)
    '圏域'
    """
    known = [] if placements is None else [str(system) for system in pd.unique(placements["system"])]
    if not known:
        return None
    if asked is not None and asked not in known:
        raise InputError(
            either(
                ja=f"一覧を分ける区分 {asked!r} がありません。あるのは {first_five(known)} です。",
                en=f"There is no system of areas {asked!r} to divide the list by. Known: {first_five(known)}.",
            )
        )
    return asked or known[0]


def divide(
    table: pd.DataFrame, placements: pd.DataFrame | None, areas: pd.DataFrame | None, system: str | None
) -> list[Section]:
    """Divide the rows by the areas of a system; those without an area or a place come last, if there are any.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> table = pd.DataFrame({"resource_id": ["1", "2"], "place": ["venue", "none"]})
    >>> placements = pd.DataFrame({"resource_id": ["1", "2"], "system": "圏域", "area": ["中央", None]})
    >>> with speaking("ja"):
    ...     [section.sheet for section in divide(table, placements, None, "圏域")]
    ['中央', '訪問・電話・オンライン']
    """
    placed = table["place"].isin(["venue", "stop"])
    groups: list[tuple[str, pd.DataFrame]] = []
    if placements is None or system is None:
        groups.append((either(ja="一覧", en="List"), table[placed]))
    else:
        at_a_place = placements["resource_id"].isin(table["resource_id"][placed])
        area_of = placements[at_a_place & (placements["system"] == system)].set_index("resource_id")["area"]
        area = table["resource_id"].map(area_of)
        groups += [(name, table[placed & (area == name)]) for name in _area_names(area_of, areas, system)]
        if (placed & area.isna()).any():
            groups.append((without_area(), table[placed & area.isna()]))
    if not placed.all():
        groups.append((without_place(), table[~placed]))
    rough = set() if areas is None else set(areas.loc[areas["approximate"] & (areas["system"] == system), "area"])
    sheets = sheet_names([overview_name(), *(name for name, _ in groups)])[1:]
    return [
        Section(name, sheet, pd.DataFrame(rows).to_dict("records"), name in rough)
        for (name, rows), sheet in zip(groups, sheets, strict=True)
    ]


def overview_name() -> str:
    """Name the first sheet."""
    return either(ja="はじめに", en="Overview")


def without_area() -> str:
    """Name the sheet of those in no area."""
    return either(ja="どの区域にも入らないもの", en="In no area")


def without_place() -> str:
    """Name the sheet of those that have no place of their own."""
    return either(ja="訪問・電話・オンライン", en="Visits, telephone, online")


def _area_names(area_of: pd.Series, areas: pd.DataFrame | None, system: str) -> list[str]:
    """Name the areas in the order of `areas`, or by name with numbers in their order."""
    if areas is not None:
        return list(pd.unique(areas.loc[areas["system"] == system, "area"]))
    return sorted(area_of.dropna().unique(), key=_by_number)


def _by_number(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(name) if part]
