"""Filled worksheets: what was written into each row when it was made, and what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.model import worksheet as form
from resourcemap.read.formats import known_file
from resourcemap.read.sheets import read_sheets

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from resourcemap.read.grid import Grid

_LOOKED_AT = 30


@dataclass(frozen=True)
class Filled:
    """One row of a worksheet.

    Parameters
    ----------
    worksheet, number
        The worksheet's name, and the row as it shows it.
    resource_id
        The id of the resource.
    file, sheet, row
        Where the resource stood.
    was, now
        The texts of our columns as they were written, and as they are.
    note_was, note_now
        The same of what was noted in words.
    """

    worksheet: str
    number: int
    resource_id: str
    file: str
    sheet: str | None
    row: int
    was: Mapping[str, str]
    now: Mapping[str, str]
    note_was: str = ""
    note_now: str = ""

    @property
    def where(self) -> str:
        """The row of the worksheet, for messages."""
        return either(ja=f"{self.worksheet} {self.number}行目", en=f"{self.worksheet} row {self.number}")


@dataclass(frozen=True)
class Worksheet:
    """A worksheet that was read back.

    Parameters
    ----------
    name
        Its name.
    project
        The title of the project it was made from.
    rows
        Its rows, in the order in which they stand there now.
    faults
        What is wrong with its form, a sentence each with the row; rows with a fault are not among `rows`.
    missing
        How many rows were taken out of it.
    """

    name: str
    project: str
    rows: tuple[Filled, ...]
    faults: tuple[str, ...]
    missing: int


def read_worksheet(path: str | os.PathLike[str]) -> Worksheet:
    """Read a filled worksheet.

    Raises
    ------
    InputError
        When it is none, or its columns are not those it was made with.
    """
    found = known_file(path, (".xlsx", ".xlsm"))
    name = found.name
    originals = _grid(found, form.ORIGINALS)
    word, _, project = _cell(originals.rows, 0, 0).partition(" ")
    if word != form.VERSION:
        raise InputError(_other_version(name) if word.startswith("resourcemap-worksheet") else _no_worksheet(name))
    shown = _grid(found, form.SHEET)
    headings = [text for text in originals.rows[1] if text] if len(originals.rows) > 1 else []
    if tuple(headings[: len(form.WHERE)]) != form.WHERE:
        raise InputError(_no_worksheet(name))
    headings = headings[len(form.WHERE) :]
    top = next((at for at, row in enumerate(shown.rows[:_LOOKED_AT]) if row and row[0].strip() == headings[0]), None)
    if top is None:
        raise InputError(_columns_changed(name, headings))
    _require_columns(name, shown.rows, top, headings)
    rows, faults = _rows(name, originals.rows[2:], shown, top, headings)
    known = {row[len(form.WHERE)] for row in originals.rows[2:] if len(row) > len(form.WHERE)} - {""}
    there = {_cell(shown.rows, at, 0).strip() for at in range(top + 1, len(shown.rows))}
    return Worksheet(name, project, tuple(rows), tuple(faults), len(known - there))


def _rows(
    name: str, originals: Sequence[Sequence[str]], shown: Grid, top: int, headings: Sequence[str]
) -> tuple[list[Filled], list[str]]:
    width = len(headings)
    before = {row[len(form.WHERE)]: row for row in originals if len(row) > len(form.WHERE)}
    numbers: dict[str, list[int]] = {}
    filled: list[Filled] = []
    faults: list[str] = []
    for at in range(top + 1, len(shown.rows)):
        cells = [_cell(shown.rows, at, place) for place in range(width)]
        if not any(text.strip() for text in shown.rows[at]):
            continue
        number, id_ = at + shown.first, cells[0].strip()
        if any(text.strip() for text in shown.rows[at][width:]):
            faults.append(_beside(name, number))
        elif id_ not in before:
            faults.append(_added_by_hand(name, number, id_))
        else:
            numbers.setdefault(id_, []).append(number)
            filled.append(_filled(name, number, before[id_], cells, headings))
    twice = {id_: rows for id_, rows in numbers.items() if len(rows) > 1}
    faults += [_twice(name, id_, rows) for id_, rows in twice.items()]
    return [row for row in filled if row.resource_id not in twice], faults


def _filled(name: str, number: int, old: Sequence[str], cells: Sequence[str], headings: Sequence[str]) -> Filled:
    first = len(form.WHERE)
    was = dict(zip(headings, [*old[first:], *[""] * len(headings)], strict=False))
    now = dict(zip(headings, cells, strict=True))
    names = {heading: column for heading in headings if (column := form.name_below(heading)) and column != form.ID}
    return Filled(
        name,
        number,
        cells[0].strip(),
        old[0],
        old[1] or None,
        int(old[2]) if old[2].isdecimal() else 0,
        {column: was[heading] for heading, column in names.items()},
        {column: now[heading] for heading, column in names.items()},
        was.get(form.NOTE, ""),
        now.get(form.NOTE, ""),
    )


def _grid(path: Path, sheet: str) -> Grid:
    try:
        return read_sheets(path, sheet=sheet)[0]
    except InputError as error:
        # The sheet is not there, or the file is none; a locked one says so itself.
        if path.suffix.lower() in (".xlsx", ".xlsm") and sheet in str(error):
            raise InputError(_no_worksheet(path.name)) from error
        raise


def _cell(rows: Sequence[Sequence[str]], row: int, place: int) -> str:
    return rows[row][place] if row < len(rows) and place < len(rows[row]) else ""


def _require_columns(name: str, rows: Sequence[Sequence[str]], top: int, headings: Sequence[str]) -> None:
    there = [_cell(rows, top, place).strip() for place in range(max(len(headings), len(rows[top])))]
    while there and not there[-1]:
        there.pop()
    if there != [text.strip() for text in headings]:
        raise InputError(_columns_changed(name, headings, there))


def _no_worksheet(name: str) -> str:
    return either(
        ja=f"{name}: 確認表ではありません（「{form.SHEET}」と隠しシート「{form.ORIGINALS}」が要ります）。"
        "resourcemap worksheet で作った表に記入し、.xlsx のまま保存してください。",
        en=f"{name}: is no worksheet (it needs the sheet {form.SHEET!r} and the hidden one {form.ORIGINALS!r}). "
        "Fill in one that resourcemap worksheet made, and save it as .xlsx.",
    )


def _other_version(name: str) -> str:
    return either(
        ja=f"{name}: 別の版の resourcemap で作った表です。resourcemap worksheet で作り直してください。",
        en=f"{name}: was made by another version of resourcemap. Make it anew with resourcemap worksheet.",
    )


def _columns_changed(name: str, headings: Sequence[str], there: Sequence[str] = ()) -> str:
    gone = [text for text in headings if text not in there]
    new = [text or either(ja="（見出しなし）", en="(no heading)") for text in there if text not in headings]
    if there and not gone and not new:
        what = either(ja="列の順が変わっています", en="the columns stand in another order")
    else:
        what = either(
            ja=f"列が変わっています（なくなった列 {first_five(gone) or 'なし'}、増えた列 {first_five(new) or 'なし'}）",
            en=f"its columns have changed (gone: {first_five(gone) or 'none'}; new: {first_five(new) or 'none'})",
        )
    return either(
        ja=f"{name}: {what}。列と見出しを元のとおりに戻してください。書き足すことは「{form.NOTE}」に書いてください。",
        en=f"{name}: {what}. Put columns and headings back as they were; write what is new below {form.NOTE!r}.",
    )


def _beside(name: str, number: int) -> str:
    return either(
        ja=f"{name} {number}行目: 表の右の、見出しのない列に書き込みがあります。「{form.NOTE}」に移してください。",
        en=f"{name} row {number}: something is written right of the table. Move it below {form.NOTE!r}.",
    )


def _added_by_hand(name: str, number: int, id_: str) -> str:
    said = (
        either(ja=f"番号「{id_}」は", en=f"the id {id_!r}")
        if id_
        else either(ja="番号のない行は", en="a row without id")
    )
    return either(
        ja=f"{name} {number}行目: {said}、この表を作ったときにありません。新しい資源は、元の表に行を足してください。",
        en=f"{name} row {number}: {said} was not there when the worksheet was made. Add new resources to the source.",
    )


def _twice(name: str, id_: str, rows: Sequence[int]) -> str:
    return either(
        ja=f"{name} {first_five(rows)}行目: 番号「{id_}」が2行以上にあります。1行だけ残してください。",
        en=f"{name} rows {first_five(rows)}: the id {id_!r} stands in several rows. Leave one of them.",
    )
