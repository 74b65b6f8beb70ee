"""What a merge says: the differences row by row, what is not taken and why, and how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.language import either
from resourcemap.model import worksheet as form
from resourcemap.plain import one_line
from resourcemap.project.merge.differences import Edit, key_of, shown_name
from resourcemap.project.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from resourcemap.project.merge.differences import Note
    from resourcemap.project.merge.merging import Merge

_LONGEST = 80


def merge_report(merge: Merge, files: Sequence[Path] = ()) -> Report:
    """Say what a merge would do, or has done.

    Parameters
    ----------
    merge
        The plan.
    files
        What was written; nothing when it was only planned.
    """
    found = merge.differences
    went = {either(ja="確認表の行", en="rows of worksheets"): sum(len(each.rows) for each in merge.worksheets)}
    out = {
        either(ja="変わる欄", en="changed fields"): len(found.edits),
        either(ja="変わる行", en="changed rows"): len({key_of(edit.row) for edit in found.edits}),
    }
    counts = {
        either(ja="メモ", en="notes"): len(found.notes),
        either(ja="もう同じ欄", en="fields that are so already"): found.already,
        either(ja="取り込めないもの", en="not taken"): len(found.conflicts),
        either(ja="その行のほかの欄", en="other fields of their rows"): len(found.held),
    }
    out |= {label: count for label, count in counts.items() if count}
    return Report(
        "merge",
        either(ja="確認表の取り込み", en="Merge of worksheets"),
        went,
        out,
        notes=tuple(_notes(merge, taken=bool(files))),
        files=tuple(files),
        data=[_edit_data(edit) for edit in found.edits],
        details=tuple(_lines(merge)),
        more={
            "remarks": [{**_place_data(note), "text": note.text} for note in found.notes],
            "conflicts": [{"what": conflict.what} for conflict in found.conflicts],
            "held": [_edit_data(edit) for edit in found.held],
        },
    )


def how_to_go_on(merge: Merge) -> str:
    """Say what to do when a merge that could be done was not."""
    files = " ".join(f'"{each.name}"' for each in merge.worksheets)
    return either(
        ja="まだ何も変えていません。取り込むには --yes を付けて、もう一度実行してください"
        f"（resourcemap merge {files} --yes）。",
        en=f"Nothing has been changed yet. To do it, run it again with --yes (resourcemap merge {files} --yes).",
    )


def _notes(merge: Merge, *, taken: bool) -> Iterable[str]:
    if merge.refused:
        yield either(
            ja="取り込めないものがあるので、何も変えていません。上の行を直すか、--skip-conflicts を付けて、"
            "その行だけを残して取り込んでください。",
            en="Something cannot be taken, so nothing is changed. Mend it, or leave those rows out with "
            "--skip-conflicts.",
        )
    elif not merge.takes:
        yield _nothing(merge)
    missing = sum(each.missing for each in merge.worksheets)
    if missing:
        yield either(
            ja=f"確認表から{missing}行が消されています。元の表の行は消していません。",
            en=f"{missing} rows were taken out of the worksheet; those of the source stay.",
        )
    if taken and any(str(each.path).lower().endswith((".xlsx", ".xlsm")) for each in merge.cells.tables):
        yield either(
            ja="元の表に式があるときは、Excelで一度開いて保存すると、計算し直されます。",
            en="Where a source has formulas, open it in Excel and save it once: they are calculated anew.",
        )


def _nothing(merge: Merge) -> str:
    """Say why there is nothing to take."""
    if merge.differences.conflicts:
        return either(ja="ほかに取り込むものはありません。", en="There is nothing else to take.")
    if merge.differences.already:
        return either(ja="もう取り込んであります。", en="It has been merged already.")
    return either(ja="変わったところはありません。", en="Nothing was filled in.")


def _lines(merge: Merge) -> Iterable[str]:
    found = merge.differences
    rows: dict[object, list[Edit | Note]] = {}
    changes: tuple[Edit | Note, ...] = (*found.edits, *found.notes)
    for each in changes:
        rows.setdefault(key_of(each.row), []).append(each)
    for mine in rows.values():
        yield f"{mine[0].row.where} {shown_name(mine[0].filled)}"
        for each in mine:
            yield f"  {_change(each)}"
    if found.conflicts:
        yield either(ja="取り込めないもの:", en="Not taken:")
        yield from (f"  {conflict.what}" for conflict in found.conflicts)


def _change(each: Edit | Note) -> str:
    if isinstance(each, Edit):
        return f"{each.heading}: {_short(each.old)} → {_short(each.new)}"
    return f"{form.NOTE}: {_short(each.text)}"


def _short(text: str) -> str:
    if not text:
        return either(ja="（空）", en="(empty)")
    return f"「{one_line(text, longest=_LONGEST)}」"


def _place_data(each: Edit | Note) -> dict[str, Any]:
    file, sheet, row = key_of(each.row)
    return {
        "file": file,
        "sheet": sheet,
        "row": row,
        "resource_id": each.row.resource_id,
        "name": shown_name(each.filled),
        "who": each.who,
        "worksheet": each.filled.worksheet,
        "worksheet_row": each.filled.number,
    }


def _edit_data(edit: Edit) -> dict[str, Any]:
    return {**_place_data(edit), "field": edit.column, "heading": edit.heading, "old": edit.old, "new": edit.new}
