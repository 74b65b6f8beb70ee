"""Sheets of one workbook that go on with one list, such as one sheet per area."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.read.aside import without_other_rows
from resourcemap.read.cells import fold
from resourcemap.read.entries import left_aside
from resourcemap.read.table import EXAMPLE, find_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from resourcemap.read.grid import Grid
    from resourcemap.read.table import Table

# Names of sheets that hold another state of the list, not another part: years, months, copies, what is over.
_OTHER_STATE = re.compile(
    r"旧|過去|以前|前回|前年|昨年|バックアップ|控|コピー|複製|削除|廃止|終了|休止|解散|非公開|作業|テスト|下書|案$"
    r"|年|令和|平成|[RrHh]\d|(?:19|20)\d\d|\d月|\(\d+\)|old|backup|bak|copy|temp|test",
    re.IGNORECASE,
)


def with_alike(
    grids: Sequence[Grid], table: Table, unread: list[dict[str, Any]], columns: Mapping[str, str] | None
) -> list[tuple[Table, list[dict[str, Any]]]]:
    """Return the table and those of the other sheets that have its headings, in the order of the sheets.

    A sheet whose name says another year, a copy or what is over is not read, nor is one without rows. A row that
    stands word for word in a sheet before (as where one sheet has all areas) counts once.

    Parameters
    ----------
    grids
        The sheets of one file.
    table, unread
        The table that was found among them, and what was left aside.
    columns
        Headings the user named.

    Examples
    --------
    >>> from resourcemap.read.grid import Grid
    >>> grids = [Grid("a.xlsx", area, [["名称", "住所"], [area, "1"]]) for area in ("東", "西")]
    >>> table, unread = find_table(grids, "resources", needs=("name",))
    >>> [(each.sheet, aside) for each, aside in with_alike(grids, table, unread, None)]
    [('東', []), ('西', [])]
    """
    others = _others(grids, table, columns)
    read = {other.sheet for other, _ in others}
    rest = [entry for entry in unread if entry["row"] is not None or entry["sheet"] not in read]
    order = [grid.sheet for grid in grids]
    ordered = sorted([(table, rest), *others], key=lambda each: order.index(each[0].sheet))
    seen: set[tuple[str, ...]] = set()
    parts = [_without_seen(each, aside, seen) for each, aside in ordered]
    full = [part for part in parts if part[0].rows]
    if not full:
        return parts
    full[-1][1].extend(entry for each, aside in parts if not each.rows for entry in aside)
    return full


def join_parts(parts: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Join the resources of several sheets; an id that two of them have gets an ending in the later one.

    Examples
    --------
    >>> import geopandas as gpd
    >>> one = gpd.GeoDataFrame({"resource_id": ["r1"]}, geometry=[None], crs="EPSG:4326")
    >>> one.attrs = {"left_aside": [], "columns": {}, "mapping": []}
    >>> join_parts([one, one.copy()])["resource_id"].tolist()
    ['r1', 'r1-s2']
    """
    if len(parts) == 1:
        return parts[0]
    notes = [part.attrs for part in parts]
    plain = [part.copy() for part in parts]
    for part in plain:
        part.attrs = {}
    joined: gpd.GeoDataFrame = pd.concat(plain, ignore_index=True)
    for name in joined.columns.difference(plain[0].columns.intersection(plain[-1].columns)):
        joined[name] = joined[name].astype(object).where(joined[name].notna(), None)
    again = joined.groupby("resource_id").cumcount()
    joined.loc[again > 0, "resource_id"] += "-s" + (again[again > 0] + 1).astype(str)
    taken: dict[tuple[str, str | None], Mapping[str, Any]] = {}
    for note in notes:
        for choice in note["mapping"]:
            taken.setdefault((choice["heading"], choice["column"]), choice)
    joined.attrs = {
        "left_aside": [entry for note in notes for entry in note["left_aside"]],
        "columns": {name: heading for note in reversed(notes) for name, heading in note["columns"].items()},
        "mapping": list(taken.values()),
    }
    return joined


def _others(
    grids: Sequence[Grid], table: Table, columns: Mapping[str, str] | None
) -> list[tuple[Table, list[dict[str, Any]]]]:
    found = []
    for grid in grids:
        name = grid.sheet or ""
        if not name or name == table.sheet or grid.geometry is not None or not any(any(row) for row in grid.rows):
            continue
        if EXAMPLE.search(name) or _OTHER_STATE.search(name):
            continue
        other = _alike(replace(grid, aside=()), table, columns)
        if other is not None and without_other_rows(other[0])[0].rows:
            found.append(other)
    return found


def _alike(grid: Grid, table: Table, columns: Mapping[str, str] | None) -> tuple[Table, list[dict[str, Any]]] | None:
    try:
        other, aside = find_table([grid], "resources", needs=("name",), columns=columns)
    except InputError:
        return None
    same = [fold(text) for text in other.headings] == [fold(text) for text in table.headings]
    return (other, aside) if same and other.kind == table.kind else None


def _without_seen(
    table: Table, aside: list[dict[str, Any]], seen: set[tuple[str, ...]]
) -> tuple[Table, list[dict[str, Any]]]:
    """Leave aside the rows that a sheet before has; their running numbers may differ."""
    number = table.ours.get("row_id", -1)
    keys = [tuple(text for place, text in enumerate(row) if place != number) for row in table.rows]
    keep = [place for place, key in enumerate(keys) if key not in seen]
    again = [
        left_aside(
            table.file,
            table.sheet,
            table.numbers[place],
            None,
            " ".join(filter(None, table.rows[place]))[:80],
            either(ja="前のシートにもある行", en="a row that stands in a sheet before"),
        )
        for place, key in enumerate(keys)
        if key in seen
    ]
    seen |= set(keys)
    return (table.only(keep), [*aside, *again]) if again else (table, aside)
