"""Filled worksheets merged back: first a plan that changes nothing, then the sources, the backups and the history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from resourcemap.clock import moment
from resourcemap.errors import InputError
from resourcemap.files import together, write_bytes
from resourcemap.language import either
from resourcemap.model import worksheet as form
from resourcemap.plain import visible
from resourcemap.project.merge.differences import Conflict, Differences, Edit, Note, compare, conflict_of, key_of
from resourcemap.project.merge.history import HISTORY, Line, later_ids, read_history, with_lines
from resourcemap.project.merge.trying import try_edits
from resourcemap.project.merge.worksheet import Worksheet, read_worksheet
from resourcemap.project.sources import source_cells

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from resourcemap.project.merge.trying import Trial
    from resourcemap.project.sources import SourceCells
    from resourcemap.project.tables import Tables

BACKUPS = "internal/backup"
_MANY = 8


@dataclass(frozen=True)
class Merge:
    """What a merge of worksheets would do.

    Parameters
    ----------
    worksheets
        The worksheets, as they were read.
    differences
        What they change, and what stands against it.
    skips
        Whether rows with a conflict are left as they are, and the others taken.
    cells
        The sources.
    trial
        The files with the changes; nothing when there are none.
    """

    worksheets: tuple[Worksheet, ...]
    differences: Differences
    skips: bool
    cells: SourceCells
    trial: Trial | None

    @property
    def refused(self) -> bool:
        """Whether nothing is taken, because something conflicts."""
        return bool(self.differences.conflicts) and not self.skips

    @property
    def takes(self) -> bool:
        """Whether there is anything to take."""
        return not self.refused and bool(self.differences.edits or self.differences.notes)


def plan_merge(project: Tables, worksheets: Sequence[str | os.PathLike[str]], *, skip_conflicts: bool = False) -> Merge:
    """Compare filled worksheets with the sources, and try the changes on copies; nothing is changed.

    Parameters
    ----------
    project
        The project.
    worksheets
        Files that ``resourcemap worksheet`` made and somebody filled in.
    skip_conflicts
        Leave rows with a conflict as they are, whole, and take the others. A row is never taken in part: the day of a
        check must not come without what was found at the check.

    Raises
    ------
    InputError
        When a file is no worksheet or has other columns than it was made with.
    """
    read = tuple(read_worksheet(path) for path in worksheets)
    cells = source_cells(project)
    lines = read_history(project.folder / HISTORY)
    rows = [row for each in read for row in each.rows]
    found = compare(rows, cells, later_ids(lines), project.catalog)
    faults = tuple(Conflict(fault) for each in read for fault in each.faults)
    found = replace(found, conflicts=(*faults, *found.conflicts), notes=_not_yet_noted(found.notes, lines))
    trial = None
    while found.edits:
        trial, conflicts = _tried(project, cells, found.edits)
        if not conflicts:
            break
        found, trial = found.without(conflicts), None
    return Merge(read, found, skip_conflicts, cells, trial)


def take_merge(project: Tables, merge: Merge) -> list[Path]:
    """Write the changes of a plan into the sources, with a backup of each, and lines into the history: all or nothing.

    Returns
    -------
    list
        The files written: the sources, their backups, and the history; none when there is nothing to take.

    Raises
    ------
    InputError
        When a source has changed since the plan was made; then nothing is written.
    """
    if not merge.takes:
        return []
    files = merge.trial.after if merge.trial else {}
    before = merge.trial.before if merge.trial else {}
    now = moment()
    history = project.folder / HISTORY
    written: list[Path] = []
    with together(*dict.fromkeys([*(path.resolve().parent for path in files), history.parent])):
        _require_unchanged(before)
        for path, content in files.items():
            backup = _backup_name(project.folder, path, now, written)
            written += [write_bytes(path.resolve(), content), write_bytes(backup, before[path])]
        written.append(write_bytes(history, with_lines(history, history_lines(merge, now))))
    return written


def _require_unchanged(before: Mapping[Path, bytes]) -> None:
    changed = [path.name for path, content in before.items() if path.read_bytes() != content]
    if changed:
        raise InputError(
            either(
                ja=f"{'、'.join(changed)}: 確かめている間に変わりました。もう一度 merge してください。",
                en=f"{', '.join(changed)}: has changed in the meantime. Run merge again.",
            )
        )


def history_lines(merge: Merge, now: datetime) -> list[Line]:
    """Return a line for each change and each note, and for each resource whose id changes with another one's name."""
    ids = merge.trial.ids if merge.trial else {}
    lines = []
    edited = set()
    changes: tuple[Edit | Note, ...] = (*merge.differences.edits, *merge.differences.notes)
    for each in changes:
        source = merge.cells.tables[each.row.table]
        place = (source.called, each.row.sheet, each.row.row)
        edited.add(place)
        field, old, new = (each.heading, each.old, each.new) if isinstance(each, Edit) else (form.NOTE, "", each.text)
        old_id, new_id = ids.get(place, (each.row.resource_id, each.row.resource_id))
        file, sheet, row = key_of(each.row)
        lines.append(Line(str(now), each.who, file, sheet or "", str(row), old_id, new_id, field, old, new))
    names = {source.called: source.file for source in merge.cells.tables}
    for (called, sheet, row), (old_id, new_id) in ids.items():
        if (called, sheet, row) not in edited:
            place_of = (names.get(called, called), sheet or "", str(row))
            lines.append(Line(str(now), "", *place_of, old_id, new_id, form.heading(form.ID), old_id, new_id))
    return lines


def _tried(project: Tables, cells: SourceCells, edits: Sequence[Edit]) -> tuple[Trial | None, Sequence[Conflict]]:
    """Try edits; where several are blamed together, find those that fail without the others."""
    try:
        trial = try_edits(project, cells, edits)
        conflicts: Sequence[Conflict] = trial.conflicts
    except InputError as error:
        trial, conflicts = None, [conflict_of(edit, " ".join(error.faults), shared=True) for edit in edits]
    suspects = list(dict.fromkeys(conflict.row for conflict in conflicts if conflict.shared))
    if len(suspects) < 2:
        return trial, conflicts
    mine = [edit for edit in edits if key_of(edit.row) in suspects]
    sure = [conflict for conflict in conflicts if not conflict.shared]
    if len(mine) < len(edits):
        return None, [*sure, *_tried(project, cells, mine)[1]] or conflicts
    if len(suspects) >= _MANY and _each_fails(project, cells, mine, suspects, {each.why for each in conflicts}):
        return None, conflicts
    half = set(suspects[: len(suspects) // 2])
    parts = [[edit for edit in mine if (key_of(edit.row) in half) == inside] for inside in (True, False)]
    found = [conflict for part in parts for conflict in _tried(project, cells, part)[1]]
    return None, found or conflicts


def _each_fails(
    project: Tables, cells: SourceCells, edits: Sequence[Edit], suspects: Sequence[object], reasons: set[str]
) -> bool:
    """Tell whether the first, the middle and the last of many rows all fail by themselves, for the same reasons."""
    for row in (suspects[0], suspects[len(suspects) // 2], suspects[-1]):
        alone = _tried(project, cells, [edit for edit in edits if key_of(edit.row) == row])[1]
        if not {conflict.why for conflict in alone} >= reasons:
            return False
    return True


def _not_yet_noted(notes: Sequence[Note], lines: Sequence[Line]) -> tuple[Note, ...]:
    """Leave out the notes that the history has already, as it writes them."""
    known = {(line.file, line.sheet, line.row, line.new) for line in lines if line.field == form.NOTE}
    return tuple(
        note
        for note in notes
        if (note.row.file, note.row.sheet or "", str(note.row.row), visible(note.text)) not in known
    )


def _backup_name(folder: Path, path: Path, now: datetime, taken: Sequence[Path]) -> Path:
    """Name the backup of a source by the time; none is ever written over."""
    inside = path.relative_to(folder) if path.is_relative_to(folder) and ".." not in path.parts else None
    parent = folder / BACKUPS / (inside.parent if inside is not None else "")
    stem = f"{path.stem}.{now:%Y%m%d-%H%M%S}"
    names = [f"{stem}{ending}{path.suffix}" for ending in ("", *(f"-{number}" for number in range(2, 1000)))]
    return next(parent / name for name in names if not (parent / name).exists() and parent / name not in taken)
