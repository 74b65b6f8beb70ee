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
    """One sheet of the list: an area, or those that belong to none; `approximate` are the borders of the area.

    ``of`` is ``"area"``, ``"no_area"``, ``"no_place"`` or, where nothing is divided, ``"all"``; ``labels`` are those of
    the rows.
    """

    name: str
    sheet: str
    rows: list[Row]
    approximate: bool
    of: str
    area_id: str | None
    labels: pd.Index


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
    groups: list[tuple[str, str, pd.DataFrame]] = []
    ids: dict[str, str] = {}
    if placements is None or system is None:
        groups.append(("all", either(ja="一覧", en="List"), table[placed]))
    else:
        at_a_place = placements["resource_id"].isin(table["resource_id"][placed])
        area_of = placements[at_a_place & (placements["system"] == system)].set_index("resource_id")["area"]
        area = table["resource_id"].map(area_of)
        groups += [("area", name, table[placed & (area == name)]) for name in _area_names(area_of, areas, system)]
        ids = _ids_of(placements, areas, system)
        listed = {name for of, name, _ in groups}
        if (placed & ~area.isin(listed)).any():
            groups.append(("no_area", without_area(), table[placed & ~area.isin(listed)]))
    if not placed.all():
        groups.append(("no_place", without_place(), table[~placed]))
    rough = set() if areas is None else set(areas.loc[areas["approximate"] & (areas["system"] == system), "area"])
    sheets = sheet_names([overview_name(), *(name for _, name, _ in groups)])[1:]
    return [
        Section(
            name,
            sheet,
            pd.DataFrame(rows).to_dict("records"),
            name in rough,
            of,
            ids.get(name) if of == "area" else None,
            rows.index,
        )
        for (of, name, rows), sheet in zip(groups, sheets, strict=True)
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


def _ids_of(placements: pd.DataFrame, areas: pd.DataFrame | None, system: str) -> dict[str, str]:
    """Give the id of every area by its name, where it is known; the first of several with one name."""
    source = placements if areas is None or "area_id" not in areas else areas
    if "area_id" not in source:
        return {}
    here = source[(source["system"] == system) & source["area_id"].notna()].drop_duplicates("area")
    return dict(zip(here["area"], here["area_id"], strict=True))


def _area_names(area_of: pd.Series, areas: pd.DataFrame | None, system: str) -> list[str]:
    """Name the areas in the order of `areas`, or by name with numbers in their order."""
    if areas is not None:
        return list(pd.unique(areas.loc[areas["system"] == system, "area"]))
    return sorted(area_of.dropna().unique(), key=_by_number)


def _by_number(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(name) if part]
