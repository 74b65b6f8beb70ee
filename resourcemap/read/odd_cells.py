"""Cells that no person typed: endless ones, and those that would turn a line around; each is mended with a word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from resourcemap.language import either
from resourcemap.plain import TURNING
from resourcemap.read.entries import left_aside

if TYPE_CHECKING:
    from resourcemap.read.grid import Grid
    from resourcemap.read.table import Table

LONGEST: Final = 4000  # letters; outputs cut there, too, and patterns take time that grows with the square of it


def without_odd_cells(table: Table, grid: Grid) -> tuple[Table, list[dict[str, Any]]]:
    """Cut cells at `LONGEST` letters, and list them with those that lost a mark that nobody types.

    Such marks (overrides of writing direction, halves of surrogate pairs) are gone from every clean cell already;
    here they are only told.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> from resourcemap.read.grid import Grid
    >>> from resourcemap.read.table import table_below
    >>> grid = Grid("a.csv", None, [["名称", "内容"], ["A", "あ" * 5000]])
    >>> with speaking("en"):
    ...     table, aside = without_odd_cells(table_below(grid, 0, "resources"), grid)
    >>> len(table.rows[0][1]), aside[0]["row"], aside[0]["column"], aside[0]["reason"]
    (4000, 2, '内容', 'more than 4,000 letters; the first 4,000 were read')
    """
    aside = _told(table, grid)
    if not any(len(text) > LONGEST for row in table.rows for text in row):
        return table, aside
    reason = either(
        ja=f"{LONGEST:,}字を超えるセル（はじめの{LONGEST:,}字を読みました）",
        en=f"more than {LONGEST:,} letters; the first {LONGEST:,} were read",
    )
    aside += [
        left_aside(table.file, table.sheet, number, heading, text, reason)
        for number, row in zip(table.numbers, table.rows, strict=True)
        for heading, text in zip(table.headings, row, strict=True)
        if len(text) > LONGEST
    ]
    return replace(table, rows=[[text[:LONGEST] for text in row] for row in table.rows]), aside


def _told(table: Table, grid: Grid) -> list[dict[str, Any]]:
    reason = either(
        ja="文字の向きを変える見えない文字など、人が打たない文字を除きました",
        en="lost characters that nobody types, such as those that turn the writing direction",
    )
    return [
        left_aside(table.file, table.sheet, number, heading, _escaped(raw[place]), reason)
        for number in table.numbers
        for raw in [grid.rows[number - grid.first]]
        for heading, place in zip(table.headings, table.places, strict=True)
        if 0 <= place < len(raw) and TURNING.search(raw[place])
    ]


def _escaped(text: str) -> str:
    return TURNING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
