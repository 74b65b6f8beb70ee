"""A table found in a sheet: its headings, and its rows with the numbers that the spreadsheet shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.read.cells import clean, fold, number
from resourcemap.read.entries import left_aside
from resourcemap.read.headings import (
    LOOKED_AT,
    heading_faults,
    heading_row,
    headings_seen,
    known_headings,
    match_headings,
)
from resourcemap.read.odd_cells import without_odd_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resourcemap.read.grid import Grid

EXAMPLE = re.compile(r"例|見本|説明|注意|凡例|マスタ|選択肢|sample|example|readme", re.IGNORECASE)
_DITTO = frozenset(
    {"〃", "″", "同上", "仝", "々", '"', "''", "”", "上に同じ", "上と同じ", "上記に同じ", "上記と同じ", "以下同じ"}
)
_AS_LEFT = frozenset({"同左", "左に同じ", "左記に同じ", "左と同じ"})
_LONGEST_DITTO = 8
_LONGEST_HEADING = 10
_MOST_COLUMNS = 2000


@dataclass(frozen=True)
class Table:
    """Clean text below headings.

    Parameters
    ----------
    file, sheet
        Where it stands.
    headings
        One per column, no two alike.
    rows
        Clean text, as wide as the headings.
    numbers
        What the spreadsheet calls each row.
    ours
        The position of each of our columns.
    geometry
        A shape per row, where the file has shapes.
    kind
        A word for the kind of all rows, where the form of the sheet says it.
    places
        The position of each column in the sheet, from 0; -1 for one that was joined from several.
    heading_number
        What the spreadsheet calls the lowest row of headings.
    """

    file: str
    sheet: str | None
    headings: tuple[str, ...]
    rows: list[list[str]] = field(repr=False)
    numbers: list[int] = field(repr=False)
    ours: Mapping[str, int]
    geometry: np.ndarray | None = field(default=None, repr=False)
    kind: str = ""
    places: tuple[int, ...] = field(default=(), repr=False)
    heading_number: int = 0

    @property
    def where(self) -> str:
        """The file, and the sheet if there is one, for messages."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    def column(self, name: str) -> list[str]:
        """Return the cells of one of our columns; blanks when the file has none such.

        Examples
        --------
        >>> Table("a.csv", None, ("名称",), [["A"]], [2], {"name": 0}).column("name")
        ['A']
        """
        if name not in self.ours:
            return [""] * len(self.rows)
        position = self.ours[name]
        return [row[position] for row in self.rows]

    def forgetting(self, name: str) -> Table:
        """Return the table with one of our columns taken as the file's own.

        Examples
        --------
        >>> Table("a.csv", None, ("名称",), [["A"]], [2], {"name": 0}).forgetting("name").ours
        {}
        """
        ours = {each: place for each, place in self.ours.items() if each != name}
        return replace(self, ours=ours)

    def only(self, keep: Sequence[int]) -> Table:
        """Return the table with the rows at these positions.

        Examples
        --------
        >>> Table("a.csv", None, ("名称",), [["A"], ["B"]], [2, 3], {"name": 0}).only([1]).numbers
        [3]
        """
        return replace(
            self,
            rows=[self.rows[position] for position in keep],
            numbers=[self.numbers[position] for position in keep],
            geometry=None if self.geometry is None else self.geometry[np.asarray(keep, dtype=int)],
        )


def find_table(
    grids: Sequence[Grid], section: str, *, needs: Sequence[str], columns: Mapping[str, str] | None = None
) -> tuple[Table, list[dict[str, Any]]]:
    """Find the table among sheets: the one whose headings say most; sheets of examples come last.

    Parameters
    ----------
    grids
        The sheets of one file.
    section
        The section of columns.toml.
    needs
        Columns of ours of which the headings must have one.
    columns
        Headings the user named.

    Returns
    -------
    tuple
        The table, and an entry for each other sheet that looks like a table and was not read.

    Raises
    ------
    InputError
        When no sheet has such headings, or a heading that the user named is missing.

    Examples
    --------
    >>> from resourcemap.read.grid import Grid
    >>> find_table([Grid("a.csv", None, [["表"], ["名称"], ["A"]])], "resources", needs=["name"])[0].rows
    [['A']]
    """
    found = [(grid, *heading_row(grid, section, needs=needs, columns=columns)) for grid in grids]
    tables = [(grid, top, size) for grid, top, size in found if top is not None]
    if not tables:
        raise InputError(_no_headings(grids, section, needs, columns))
    grid, top, _ = max(tables, key=lambda each: (not EXAMPLE.search(each[0].sheet or ""), each[2]))
    table = table_below(grid, top, section, columns=columns)
    if len(table.headings) > _MOST_COLUMNS:
        raise InputError(_too_wide(table))
    if faults := heading_faults(grid, table.headings, columns):
        raise InputError(faults)
    unread = [
        left_aside(other.file, other.sheet, None, None, "", _sheet_not_read())
        for other, _, _ in tables
        if other is not grid
    ]
    unread += [dict(entry) for each in grids for entry in each.aside]
    table, odd = without_odd_cells(table, grid)
    unread += odd
    if section == "resources":
        table, hidden = _without_hidden(table, grid)
        unread += hidden
        unread += _above(grid, top, section) + _without_table([each for each, place, _ in found if place is None])
    return table, unread


def table_below(grid: Grid, top: int, section: str, *, columns: Mapping[str, str] | None = None) -> Table:
    """Make a table of what stands below the row of headings at position `top`; blank rows fall away.

    A heading over several merged columns joins their cells (7:00, ～ and 22:00 become one). A cell merged
    over several rows counts for each of them, and 〃 or 同上 for the cell above.

    Examples
    --------
    >>> from resourcemap.read.grid import Grid
    >>> table = table_below(Grid("a.csv", None, [["名称", "電話"], ["A", "1"], [], ["B", "〃"]]), 0, "resources")
    >>> table.rows, table.numbers
    ([['A', '1'], ['B', '1']], [2, 4])
    """
    width = max((len(row) for row in grid.rows[top:]), default=0)
    headings = [clean(text) for text in _padded(grid.rows[top], width)]
    start = top + 1
    if start < len(grid.rows) and _is_second_row(headings, _padded(grid.rows[start], width), section):
        headings = [
            clean(below) or above for above, below in zip(headings, _padded(grid.rows[start], width), strict=True)
        ]
        start += 1
    cleaned = {text: clean(text) for text in {"", *(text for row in grid.rows[start:] for text in row)}}
    cells = [[cleaned[text] for text in _padded(row, width)] for row in grid.rows[start:]]
    _fill_down(cells, grid, start)
    joined = _joined_columns(headings, grid, top)
    for row in cells:
        for left, right in joined:
            row[left] += row[right]
    gone = {right for _, right in joined} | {
        place for place in range(width) if not headings[place] and not any(row[place] for row in cells)
    }
    kept = [place for place in range(width) if place not in gone]
    full = [position for position, row in enumerate(cells) if any(row[place] for place in kept)]
    rows = [[cells[position][place] for place in kept] for position in full]
    _repeat_dittos(rows)
    names = _told_apart([headings[place] for place in kept])
    geometry = None if grid.geometry is None else grid.geometry[np.asarray(full, dtype=int) + start - 1]
    numbers = [position + start + grid.first for position in full]
    ours = match_headings(names, section, columns)
    lefts = {left for left, _ in joined}
    places = tuple(-1 if place in lefts else place for place in kept)
    return Table(grid.file, grid.sheet, names, rows, numbers, ours, geometry, grid.kind, places, start - 1 + grid.first)


def _without_hidden(table: Table, grid: Grid) -> tuple[Table, list[dict[str, Any]]]:
    """Leave aside the rows that the program does not show: offices hide what they no longer list."""
    if not grid.hidden:
        return table, []
    reason = either(
        ja="Excelなどで非表示の行（読むには再表示してください）", en="a hidden row (unhide it to have it read)"
    )
    aside = [
        left_aside(table.file, table.sheet, number, None, " ".join(filter(None, row))[:80], reason)
        for number, row in zip(table.numbers, table.rows, strict=True)
        if number in grid.hidden
    ]
    return table.only([place for place, number in enumerate(table.numbers) if number not in grid.hidden]), aside


def _above(grid: Grid, top: int, section: str) -> list[dict[str, Any]]:
    """Make an entry for each filled row above the lowest row of headings."""
    width = max((len(row) for row in grid.rows[top:]), default=0)
    headings = [clean(text) for text in _padded(grid.rows[top], width)]
    below = grid.rows[top + 1] if top + 1 < len(grid.rows) else []
    last = top + 1 if _is_second_row(headings, _padded(below, width), section) else top
    reason = either(ja="見出しより上の行", en="above the headings")
    return [
        left_aside(
            grid.file, grid.sheet, position + grid.first, None, " ".join(filter(None, map(clean, row)))[:80], reason
        )
        for position, row in enumerate(grid.rows[:last])
        if any(text.strip() for text in row)
    ]


def _without_table(grids: Sequence[Grid]) -> list[dict[str, Any]]:
    """Make an entry for each filled sheet that has no headings."""
    reason = either(ja="表のないシート", en="a sheet without a table")
    return [
        left_aside(grid.file, grid.sheet, None, None, "", reason)
        for grid in grids
        if any(text.strip() for row in grid.rows for text in row)
    ]


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _is_second_row(headings: Sequence[str], row: Sequence[str], section: str) -> bool:
    """Tell whether the row below the headings holds headings, too, mostly where the first has none."""
    filled = [place for place, text in enumerate(row) if text.strip()]
    if not filled or any(number(row[place]) is not None for place in filled):
        return False
    words = {word for known in known_headings(section).values() for word in known}
    known = sum(fold(row[place]) in words for place in filled)
    blank_above = sum(not headings[place] for place in filled)
    if blank_above < len(filled) / 2:
        return False
    return known == len(filled) or (known > 0 and _divides(headings, row, filled))


def _divides(headings: Sequence[str], row: Sequence[str], filled: Sequence[int]) -> bool:
    """Tell whether all filled cells of a row divide wide headings: the one above is blank, or the one right of it."""
    wide = [
        not headings[place] or (place + 1 < len(headings) and not headings[place + 1] and bool(row[place + 1].strip()))
        for place in filled
    ]
    return all(wide) and len(filled) > 1 and all(len(row[place].strip()) <= _LONGEST_HEADING for place in filled)


def _fill_down(cells: list[list[str]], grid: Grid, start: int) -> None:
    """Repeat a cell merged over several rows in each of them that says anything else."""
    filled = [any(row) for row in cells]
    for span in grid.spans:
        if span.bottom == span.top or span.top < start:
            continue
        text = cells[span.top - start][span.left]
        for row in range(span.top - start + 1, min(span.bottom - start + 1, len(cells))):
            if filled[row]:
                cells[row][span.left] = text


def _joined_columns(headings: Sequence[str], grid: Grid, top: int) -> list[tuple[int, int]]:
    """Pair each column with those right of it that its merged heading covers."""
    return [
        (span.left, right)
        for span in grid.spans
        if span.top <= top <= span.bottom and headings[span.left]
        for right in range(span.left + 1, min(span.right + 1, len(headings)))
        if not headings[right]
    ]


def _repeat_dittos(rows: list[list[str]]) -> None:
    for above, row in pairwise([[], *rows]):
        for place, text in enumerate(row):
            if not text or len(text) > _LONGEST_DITTO:
                continue
            word = "".join(text.split()).strip("（）()")
            if word in _DITTO and above:
                row[place] = above[place]
            elif word in _AS_LEFT and place:
                row[place] = row[place - 1]


def _told_apart(headings: Sequence[str]) -> tuple[str, ...]:
    """Name columns without heading, and number the second of two alike."""
    seen: dict[str, int] = {}
    names = []
    for place, heading in enumerate(headings, start=1):
        name = " ".join(heading.split()) or f"列{place}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _sheet_not_read() -> str:
    return either(
        ja="読んでいないシート（読むには sheet で指定してください）",
        en="a sheet that was not read (name it with sheet to read it)",
    )


def _too_wide(table: Table) -> str:
    return either(
        ja=f"{table.where}: 列が{len(table.headings):,}もあります（{_MOST_COLUMNS:,}まで）。要る列だけにしてください。",
        en=f"{table.where}: has {len(table.headings):,} columns ({_MOST_COLUMNS:,} at most). Keep those you need.",
    )


def _no_headings(
    grids: Sequence[Grid], section: str, needs: Sequence[str], columns: Mapping[str, str] | None
) -> list[str]:
    """Say which headings were looked for and which were seen."""
    filled = [grid for grid in grids if any(text.strip() for row in grid.rows for text in row)]
    if not filled:
        name = grids[0].where if len(grids) == 1 else (grids[0].file if grids else "")
        return [
            either(
                ja=f"{name}: 何も書かれていません。見出しの行と中身を書いてください。",
                en=f"{name}: is empty. Write a row of headings, and rows below it.",
            )
        ]
    wanted = first_five(known_headings(section)[needs[0]])
    faults = []
    for grid in filled:
        faults += heading_faults(grid, max(grid.rows[:LOOKED_AT], key=lambda row: sum(map(bool, row))), columns)
        faults.append(
            either(
                ja=f"{grid.where}: 見出しの行が見つかりません。{wanted} のどれかの列が要ります"
                f"（上の{LOOKED_AT}行で見た見出しらしいもの: {headings_seen(grid)}）。"
                "見出しを直すか、columns で列名を指定してください。",
                en=f"{grid.where}: found no row of headings. It needs a column such as {wanted} "
                f"(seen in the first {LOOKED_AT} rows: {headings_seen(grid)}). Rename one, or name it in columns.",
            )
        )
    return faults
