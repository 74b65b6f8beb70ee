"""What filled worksheets change in the sources, field by field, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resourcemap.language import either
from resourcemap.model import worksheet as form
from resourcemap.plain import one_line
from resourcemap.project.merge.dates import written_like
from resourcemap.project.merge.number_styles import day_number
from resourcemap.read.cells import clean, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from resourcemap.model.catalog import Catalog
    from resourcemap.project.merge.worksheet import Filled
    from resourcemap.project.sources import SourceCells, SourceRow

_SHOWN = 80
# What makes the id of a row: where all of it is as it was, or as the worksheet has it, the row is the one meant.
_IDENTITY = ("kind", "name", "provider", "venue", "prefecture", "city", "address", "address_rest", "building")


@dataclass(frozen=True, eq=False)
class Edit:
    """One field that a worksheet changes.

    Parameters
    ----------
    row
        The row of the source.
    column
        Which of our columns, or which part.
    old, new
        What stands in the source, and what is to stand there; nothing when the cell is to be emptied.
    who
        Who checked it.
    filled
        The row of the worksheet.
    """

    row: SourceRow
    column: str
    old: str
    new: str
    who: str
    filled: Filled

    @property
    def heading(self) -> str:
        """The heading of the column in the worksheet."""
        return form.heading(self.column)


@dataclass(frozen=True)
class Note:
    """What somebody noted in words beside a row; it changes no field."""

    row: SourceRow
    text: str
    who: str
    filled: Filled


@dataclass(frozen=True)
class Conflict:
    """Why something of a worksheet is not taken.

    Parameters
    ----------
    what
        A sentence: where, which, and what to do.
    row
        The file, sheet and row of the source that it is about, when it is about one.
    edit
        The field that it is about, when it is about one.
    why
        The reason alone.
    shared
        Whether it may be another field that is to blame.
    """

    what: str
    row: tuple[str, str | None, int] | None = None
    edit: Edit | None = None
    why: str = ""
    shared: bool = False


@dataclass(frozen=True)
class Differences:
    """All that worksheets change, and what stands against it.

    Parameters
    ----------
    edits
        The fields to change, in the order of the sources.
    notes
        What was noted in words.
    conflicts
        Why something is not taken.
    already
        How many changed fields the sources have already.
    held
        Fields that are not taken because another one of their row is not: a day of a check must not come without
        what was found at the check.
    """

    edits: tuple[Edit, ...]
    notes: tuple[Note, ...]
    conflicts: tuple[Conflict, ...]
    already: int
    held: tuple[Edit, ...] = ()

    def without(self, conflicts: Sequence[Conflict]) -> Differences:
        """Return the differences without the rows that the conflicts are about, which are noted."""
        gone = {conflict.row for conflict in conflicts}
        said = {conflict.edit for conflict in conflicts}
        return Differences(
            tuple(edit for edit in self.edits if key_of(edit.row) not in gone),
            tuple(note for note in self.notes if key_of(note.row) not in gone),
            (*self.conflicts, *conflicts),
            self.already,
            (*self.held, *(edit for edit in self.edits if key_of(edit.row) in gone and edit not in said)),
        )


def key_of(row: SourceRow) -> tuple[str, str | None, int]:
    """Return where a row of a source stands, which tells it from all others."""
    return row.file, row.sheet, row.row


def conflict_of(edit: Edit, why: str, *, shared: bool = False) -> Conflict:
    """Say that one field cannot be taken, and why."""
    name = shown_name(edit.filled)
    return Conflict(
        either(
            ja=f"{edit.filled.where} {name} {edit.heading} {_quoted(edit.new)}: {why}",
            en=f"{edit.filled.where} {name} {edit.heading} {_quoted(edit.new)}: {why}",
        ),
        key_of(edit.row),
        edit,
        why,
        shared,
    )


def shown_name(filled: Filled) -> str:
    """Return what a row of a worksheet is called."""
    return one_line(filled.was.get("name") or filled.resource_id, longest=_SHOWN)


def compare(rows: Sequence[Filled], cells: SourceCells, renamed: Mapping[str, str], catalog: Catalog) -> Differences:
    """Compare what worksheets say with what the sources say now.

    A field is changed where the worksheet is not as it was made. It conflicts when the source is not as the worksheet
    was made from, unless it says the same already; when two worksheets say different things; and when the new value
    is one that is never right: no name, an unknown kind. Widths of characters and blanks at the ends are no change.

    Parameters
    ----------
    rows
        The rows of all worksheets.
    cells
        The sources.
    renamed
        Later ids by the ids that resources had, as the history tells.
    catalog
        The kinds there are.
    """
    places = {key_of(row): row for row in cells.rows.values()}
    edits: dict[tuple[tuple[str, str | None, int], str], Edit] = {}
    notes: list[Note] = []
    conflicts: list[Conflict] = []
    already = 0
    for filled in rows:
        changed = [name for name, new in filled.now.items() if not _same(name, new, filled.was[name])]
        noted = filled.note_now.strip() if clean(filled.note_now) != clean(filled.note_was) else ""
        if not changed and not noted:
            continue
        row = _row_of(filled, cells, places, renamed)
        if row is None:
            conflicts.append(Conflict(_gone(filled)))
            continue
        who = _who(filled)
        if noted:
            notes.append(Note(row, noted, who, filled))
        for name in changed:
            now = row.cells[name].text if name in row.cells else ""
            new = _as_to_be_written(filled, name, row, cells)
            if _same(name, now, new):
                already += 1
                continue
            edit = Edit(row, name, now, new, who, filled)
            other = edits.get((key_of(row), name))
            if other is not None and not _same(name, other.new, new):
                conflicts.append(conflict_of(edit, _said_otherwise(other)))
            elif why := _why_not(edit, catalog):
                conflicts.append(conflict_of(edit, why))
            else:
                edits.setdefault((key_of(row), name), edit)
    found = Differences(_in_order(edits, cells), tuple(notes), (), already)
    return found.without(conflicts)


def _in_order(edits: Mapping[tuple[tuple[str, str | None, int], str], Edit], cells: SourceCells) -> tuple[Edit, ...]:
    order = {key_of(row): at for at, row in enumerate(cells.rows.values())}
    return tuple(sorted(edits.values(), key=lambda edit: order[key_of(edit.row)]))


def _row_of(
    filled: Filled,
    cells: SourceCells,
    places: Mapping[tuple[str, str | None, int], SourceRow],
    renamed: Mapping[str, str],
) -> SourceRow | None:
    """Find the row of the source that a row of a worksheet was made from, though it may have moved or be merged."""
    here = places.get((filled.file, filled.sheet, filled.row))
    if here is not None and (_agrees(filled, here, filled.was) or here.resource_id == filled.resource_id):
        return here
    if filled.resource_id in cells.rows:
        return cells.rows[filled.resource_id]
    if here is not None and _agrees(filled, here, _IDENTITY):
        return here
    return next((cells.rows[id_] for id_ in _later(filled.resource_id, renamed) if id_ in cells.rows), None)


def _agrees(filled: Filled, row: SourceRow, names: Sequence[str] | Mapping[str, str]) -> bool:
    """Tell whether a row of a source is in every one of the columns as the worksheet was made, or as it is now."""
    for name in names:
        if name not in filled.was:
            continue
        now = row.cells[name].text if name in row.cells else ""
        if not (_same(name, now, filled.was[name]) or _same(name, now, filled.now[name])):
            return False
    return True


def _later(id_: str, renamed: Mapping[str, str]) -> Iterator[str]:
    """Give the ids that a resource had later, one after the other."""
    seen = {id_}
    while id_ in renamed and renamed[id_] not in seen:
        id_ = renamed[id_]
        seen.add(id_)
        yield id_


def _as_to_be_written(filled: Filled, name: str, row: SourceRow, cells: SourceCells) -> str:
    """Return the new text without blanks at its ends; a date as the others of its column are written."""
    text = filled.now[name].replace("\r\n", "\n").replace("\r", "\n").strip()
    if name not in form.DATES:
        return text
    here = [row.cells[name].text] if name in row.cells else []
    others = (each.cells[name].text for each in cells.rows.values() if each.table == row.table and name in each.cells)
    return written_like([*here, *others], text)


def _why_not(edit: Edit, catalog: Catalog) -> str:
    """Say why a field cannot be taken, as far as that is known before anything is written."""
    cell = edit.row.cells.get(edit.column)
    if edit.row.why or (cell is not None and cell.why):
        return edit.row.why or (cell.why if cell is not None else "")
    was = edit.filled.was[edit.column]
    if not _same(edit.column, was, form.carried(edit.old)):
        return either(
            ja=f"表を作ったあとで、元の表（{edit.row.where}）が{_quoted(was)}から{_quoted(edit.old)}に"
            "変わっています。どちらが正しいか確かめ、元の表を直すか、確認表を元の表に合わせてください。",
            en=f"the source ({edit.row.where}) has changed since from {_quoted(was)} to {_quoted(edit.old)}. "
            "Find out which is right; correct the source, or the worksheet so that it says the same.",
        )
    if edit.column == "name" and is_blank(clean(edit.new)):
        return either(
            ja="名称は消せません。終了したときは「状態」に終了と書いてください。",
            en="a name cannot be taken out. Where the activity has ended, write so below 状態.",
        )
    if edit.column == "kind" and catalog.kind_of(clean(edit.new)) is None:
        known = "、".join(kind.label("ja") for kind in catalog.kinds.values())
        return either(
            ja=f"知らない種類です。使えるのは {known} です。",
            en=f"an unknown kind. Known: {known.replace('、', ', ')}.",
        )
    return ""


def _who(filled: Filled) -> str:
    """Say who checked a row: who is written there, else the CSW it was given to."""
    return " ".join((filled.now.get("verified_by", "").strip() or filled.now.get("csw", "").strip()).split())


def _same(column: str, one: str, other: str) -> bool:
    """Tell whether two texts of a column say the same; a date is the same in every writing."""
    if clean(one) == clean(other):
        return True
    day = day_number(one) if column in form.DATES else None
    return day is not None and day == day_number(other)


def _quoted(text: str) -> str:
    """Write a text in a message, on one line and not endlessly long."""
    said = one_line(text, longest=_SHOWN)
    return either(ja=f"「{said}」", en=repr(said)) if text else either(ja="（空）", en="(empty)")


def _gone(filled: Filled) -> str:
    sheet = f"{filled.sheet}!" if filled.sheet else ""
    return either(
        ja=f"{filled.where} {shown_name(filled)}: 元の表（{filled.file} {sheet}{filled.row}）に、番号"
        f"「{filled.resource_id}」のものがもうありません。元の表を確かめ、確認表を作り直してください。",
        en=f"{filled.where} {shown_name(filled)}: the source ({filled.file} {sheet}{filled.row}) no longer has "
        f"{filled.resource_id!r}. Look there, and make the worksheet anew.",
    )


def _said_otherwise(other: Edit) -> str:
    return either(
        ja=f"{other.filled.where}では{_quoted(other.new)}です。どちらかに合わせてください。",
        en=f"{other.filled.where} says {_quoted(other.new)}. Make them say the same.",
    )
