"""Edits tried on copies of the sources: a merge is done only when they, read again, differ in these fields alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resourcemap.files import temporary_folder, write_bytes
from resourcemap.model import worksheet as form
from resourcemap.project.merge.delimited import set_in_delimited
from resourcemap.project.merge.differences import conflict_of
from resourcemap.project.merge.judging import changed_ids, judge
from resourcemap.project.merge.new_cell import NewCell, Written
from resourcemap.project.merge.workbook import set_in_workbook
from resourcemap.project.sources import WORKBOOK
from resourcemap.project.tables import Tables
from resourcemap.read.headings import known_headings, match_headings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from resourcemap.project.merge.differences import Conflict, Edit
    from resourcemap.project.settings import Settings
    from resourcemap.project.sources import SourceCells, SourceTable


@dataclass(frozen=True)
class Trial:
    """Sources with edits, before they are put in place.

    Parameters
    ----------
    before, after
        The bytes of each file that changes.
    ids
        The ids of resources that change: old and new, by file as reports call it, sheet and row.
    conflicts
        Edits that are not possible; then nothing is to be put in place.
    """

    before: Mapping[Path, bytes]
    after: Mapping[Path, bytes]
    ids: Mapping[tuple[str, str | None, int], tuple[str, str]]
    conflicts: tuple[Conflict, ...]


class _Tried(Tables):
    """The tables of a project of which some files are read from copies."""

    def __init__(self, folder: Path, settings: Settings, copies: Mapping[Path, Path]) -> None:
        super().__init__(folder, settings)
        self._copies = copies

    def read_from(self, path: Path) -> Path:
        """Return the copy of a file, where there is one."""
        return self._copies.get(path, path)


def try_edits(project: Tables, cells: SourceCells, edits: Sequence[Edit]) -> Trial:
    """Write edits into copies of the sources, read these as a project does, and hold both against each other.

    Parameters
    ----------
    project
        The project; its files stay as they are.
    cells
        Its sources.
    edits
        What to change.

    Raises
    ------
    InputError
        When a source with the edits cannot be read at all, or cannot be written in a way that keeps the rest.
    """
    before = {
        cells.tables[at].path: cells.tables[at].path.read_bytes() for at in dict.fromkeys(e.row.table for e in edits)
    }
    after = dict(before)
    conflicts: list[Conflict] = []
    places: dict[tuple[int, int, int], Edit] = {}
    for at, source in enumerate(cells.tables):
        if source.path not in before:
            continue
        mine = [edit for edit in edits if edit.row.table == at]
        # Sheets that go on with one list have the same headings, or they are not read as such.
        added = _new_columns(source, [edit for edit in edits if cells.tables[edit.row.table].path == source.path])
        new = {(edit.row.row, _place(source, edit, added)): edit for edit in mine}
        heads = [NewCell(source.table.heading_number, place, _new_heading(name)) for name, place in added.items()]
        written = _written(
            source, after[source.path], [*heads, *(NewCell(*place, edit.new) for place, edit in new.items())]
        )
        after[source.path] = written.content
        conflicts += [conflict_of(new[place], why) for place, why in written.refused.items() if place in new]
        places |= {(at, *place): edit for place, edit in new.items()}
    if conflicts:
        return Trial(before, after, {}, tuple(conflicts))
    tried = _tried(project, after)
    conflicts = judge(project, cells, tried, edits, places)
    return Trial(before, after, changed_ids(project.resources, tried.resources), tuple(conflicts))


def _written(source: SourceTable, content: bytes, cells: Sequence[NewCell]) -> Written:
    if source.form == WORKBOOK:
        return set_in_workbook(content, source.table.sheet or "", cells, where=source.file)
    return set_in_delimited(content, source.physical, cells, where=source.file)


def _tried(project: Tables, after: Mapping[Path, bytes]) -> _Tried:
    folder = temporary_folder()
    copies = {
        path: write_bytes(folder / str(number) / path.name, content)
        for number, (path, content) in enumerate(after.items())
    }
    return _Tried(project.folder, project.settings, copies)


def _new_columns(source: SourceTable, edits: Sequence[Edit]) -> dict[str, int]:
    """Give a place to each column that the sheet lacks: right of all that it has, in the order of the worksheet."""
    names = {edit.column for edit in edits if edit.column not in source.table.ours}
    order = [name for name in (*form.FIELDS, *form.ANSWERS) if name in names]
    last = max(source.table.places, default=-1)
    below = source.physical[source.table.heading_number - 1 :]
    free = max([last, *(place for row in below for place, text in enumerate(row) if text.strip())]) + 1
    return {name: free + number for number, name in enumerate(order)}


def _place(source: SourceTable, edit: Edit, added: Mapping[str, int]) -> int:
    return added[edit.column] if edit.column in added else source.table.places[source.table.ours[edit.column]]


def _new_heading(name: str) -> str:
    """Return the heading of a new column: ours, unless the reader would not know it."""
    label = form.heading(name)
    return label if name in match_headings([label], "resources") else known_headings("resources")[name][0]
