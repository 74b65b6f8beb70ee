"""Forms that many offices fill in: which one a sheet is, what it lists, and columns of it that belong together."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from resourcemap.read.cells import clean, fold, is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resourcemap.read.grid import Grid

_LOOKED_AT = 30


def recognise(grid: Grid) -> Grid:
    """Note the kind of what a known form lists, and join its columns that belong together.

    Examples
    --------
    >>> from resourcemap.read.grid import Grid
    >>> rows = [["名称", "開催曜日", "参加費_幼児", "参加費_大人"], ["A", "水", "無料", "300円"]]
    >>> form = recognise(Grid("a.csv", None, rows))
    >>> form.kind, form.rows[1]
    ('子ども食堂', ['A', '水', '無料', '300円', '幼児 無料、大人 300円'])
    """
    for top, row in enumerate(grid.rows[:_LOOKED_AT]):
        there = {fold(text): place for place, text in reversed(list(enumerate(row)))}
        form = next((each for each in _forms() if _is(each, there)), None)
        if form is not None:
            rows = _joined(grid.rows, top, there, form["joined"]) if "joined" in form else grid.rows
            return replace(grid, rows=rows, kind=form["kind"])
    return grid


@cache
def _forms() -> list[dict[str, Any]]:
    text = files("resourcemap.read").joinpath("forms.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["forms"]
    return found


def _is(form: Mapping[str, Any], there: Mapping[str, int]) -> bool:
    return any(all(fold(mark) in there for mark in marks) for marks in form["marks"])


def _joined(
    rows: Sequence[Sequence[str]], top: int, there: Mapping[str, int], joined: Mapping[str, Any]
) -> list[Sequence[str]]:
    width = len(rows[top])
    places = {there[fold(heading)]: label for heading, label in joined["parts"].items() if fold(heading) in there}
    added: list[Sequence[str]] = list(rows[:top])
    added.append([*rows[top], joined["heading"]])
    for row in rows[top + 1 :]:
        cells = {place: clean(row[place]) for place in places if place < len(row)}
        text = "、".join(f"{places[place]} {cell}".strip() for place, cell in cells.items() if not is_blank(cell))
        added.append([*row[:width], *[""] * (width - len(row)), text])
    return added
