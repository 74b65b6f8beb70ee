"""The worksheets of the round: who has to look through which resources, in which order, and why."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.errors import InputError, QuestionError, unknown
from resourcemap.files import together
from resourcemap.language import either
from resourcemap.measure.loss import lost_without
from resourcemap.model import worksheet as form
from resourcemap.model.consent import release
from resourcemap.model.freshness import freshness
from resourcemap.project.inputs import is_kept
from resourcemap.project.merge.merging import plan_merge
from resourcemap.project.merge.worksheet import read_worksheet
from resourcemap.project.report import LeftAside, Report
from resourcemap.project.settings import require_known
from resourcemap.project.sources import source_cells
from resourcemap.publish.worksheet import columns_of, write_worksheet
from resourcemap.publish.worksheet.why import DUE, importance_order, why_listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from resourcemap.project.measured import Measured
    from resourcemap.project.sources import SourceRow
    from resourcemap.project.tables import Tables

FOLDER = "internal/worksheets"
NOBODY = "担当なし"
_LONGEST_NAME = 60
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
# Cells that a row without their column may have nevertheless: a merge adds the column. Parts of a schedule or an
# address it may not, since its own column says the same.
_JOINED = frozenset({"schedule", "address", *form.PARTS})


def write_worksheets(project: Measured, *, csw: str | None = None, folder: Path | None = None) -> Report:
    """Write a worksheet for everyone in charge of resources, with all that are theirs, and say what they hold.

    Every resource is in exactly one, ended ones apart. One that is there already, filled in and not merged, is not
    written over.

    Parameters
    ----------
    csw
        Whose worksheet to write; everyone's when not given.
    folder
        Where to; ``internal/worksheets`` in the project's folder when not given. Not below ``maps``.

    Raises
    ------
    QuestionError
        When nobody of that name is in charge of anything, or the folder is one of what is published.
    InputError
        With every worksheet of the same name that was filled in and not merged.
    """
    target = _folder(project, folder)
    found = round_of(project)
    charge = in_charge(project)[found.index]
    known = list(dict.fromkeys(charge))
    if csw is not None and csw not in known:
        raise QuestionError(unknown("--csw", csw, known))
    names = dict(zip(known, file_names(known, str(project.as_of)), strict=True))
    wanted = known if csw is None else [csw]
    _refuse_inputs(project, [target / names[name] for name in wanted])
    _refuse_filled(project, [target / names[name] for name in wanted])
    sources = source_cells(project).rows
    with together():
        files = [
            _write(project, target / names[name], name, found.loc[importance_order(found[charge == name])], sources)
            for name in wanted
        ]
    report = _report(project, found, charge, dict(zip(wanted, files, strict=True)))
    return replace(report, notes=(*report.notes, *_locked(project, found[charge.isin(wanted)].index, sources)))


def in_charge(project: Tables) -> pd.Series:
    """Name who is in charge of every resource, on the index of the located resources.

    The first that there is: what its row says (担当CSW), whom ``[worksheet.csw]`` names for the area it lies in, the
    name of that area, and 担当なし. A visiting service that comes to several areas belongs to the first.
    """
    located = project.located
    names = pd.Series(NOBODY, index=located.index, dtype=object)
    if project.placements is not None and project.areas is not None:
        asked = project.settings.worksheet
        systems = [str(system) for system in pd.unique(project.areas["system"])]
        system = str(asked.get("system", project.list_system))
        require_known("[worksheet] system", [system], systems)
        placed = project.placements[project.placements["area"].notna() & (project.placements["system"] == system)]
        persons = {area: " ".join(name.split()) for area, name in asked.get("csw", {}).items()}
        areas = project.areas.loc[project.areas["system"] == system, "area"]
        require_known("[worksheet.csw]", persons, [str(area) for area in pd.unique(areas)])
        first = placed.drop_duplicates("resource_id").set_index("resource_id")["area"]
        area = located["resource_id"].map(first)
        names = area.map(lambda each: persons.get(each, each)).fillna(names).astype(object)
    said = located["csw"].map(lambda cell: " ".join(cell.split()) if isinstance(cell, str) else "")
    return said.where(said != "", names)


def round_of(project: Measured) -> pd.DataFrame:
    """Say of every resource that has not ended how fresh it is, and who would lose reach without it.

    Returns
    -------
    pandas.DataFrame
        ``kind`` and ``place``, and the columns of `resourcemap.model.freshness.freshness` and of
        `resourcemap.measure.loss.lost_without`; in a project without people ``people`` is missing.
    """
    located = project.located
    found = freshness(pd.DataFrame(located), project.catalog, on=project.as_of)
    found = found.drop(columns="place").assign(kind=located["kind"], place=located["place"])
    if project.homes is None or project.reach is None:
        lost = pd.DataFrame({"people": pd.NA, "basis": "", "reason": ""}, index=located.index)
        lost["people"] = lost["people"].astype("Int64")
    else:
        lost = lost_without(
            project.homes, located, project.reach, project.catalog, metres=project.distance, on=project.as_of
        )
    return pd.concat([found, lost], axis=1)[found["state"] != "ended"]


def file_names(people: Iterable[str], day: str) -> list[str]:
    """Make a name of a file for everyone: legal on every system, each once, whatever the capitals.

    Examples
    --------
    >>> file_names(["佐藤", "../東/西", "CON"], "2026-11-01")
    ['2026-11-01_確認表_佐藤.xlsx', '2026-11-01_確認表_東_西.xlsx', '2026-11-01_確認表_CON.xlsx']
    """
    taken: set[str] = set()
    names = []
    for person in people:
        plain = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", person)).strip(" ._")[:_LONGEST_NAME] or "_"
        name, number = f"{day}_確認表_{plain}", 1
        while name.casefold() in taken:
            number += 1
            name = f"{day}_確認表_{plain}_{number}"
        taken.add(name.casefold())
        names.append(f"{name}.xlsx")
    return names


def _folder(project: Tables, folder: Path | None) -> Path:
    """Return where to write; not where outputs to be published lie."""
    target = folder or project.folder / FOLDER
    maps = (project.folder / "maps").resolve()
    if target.resolve().is_relative_to(maps):
        raise QuestionError(
            either(
                ja=f"-o {target}: 確認表は内部用です。公開するものの入る maps の外のフォルダーにしてください。",
                en=f"-o {target}: worksheets are for the office alone. Name a folder outside maps.",
            )
        )
    if target.is_file():
        raise QuestionError(
            either(
                ja=f"-o {target}: ファイルです。フォルダーの名前にしてください。",
                en=f"-o {target}: is a file. Name a folder.",
            )
        )
    return target


def _write(project: Measured, path: Path, name: str, found: pd.DataFrame, sources: Mapping[str, SourceRow]) -> Path:
    """Write the worksheet of one person; `found` are their resources in the order of the sheet."""
    located = project.located.loc[found.index]
    rows = [sources.get(id_) for id_ in located["resource_id"]]
    present = {column for row in rows if row is not None for column in row.cells}
    columns = columns_of([column for column in (*form.FIELDS, *form.ANSWERS) if column in present])
    metres = project.distance if project.homes is not None else None
    fixed = {
        form.ID: located["resource_id"].astype(str).tolist(),
        form.WHY: why_listed(found, project.catalog, metres=metres).tolist(),
        form.NOTE: [""] * len(rows),
    }
    texts = {column: fixed.get(column) or [_text(row, column) for row in rows] for column in columns}
    free = {column: [column not in (form.ID, form.WHY) and _is_open(row, column) for row in rows] for column in columns}
    where = [("", "", "") if row is None else (row.file, row.sheet or "", str(row.row)) for row in rows]
    masthead = {key: value for key, value in project.masthead.items() if key != "language"}
    return write_worksheet(
        release(located, "internal"),
        path,
        texts=pd.DataFrame(texts, index=found.index, dtype=object),
        is_open=pd.DataFrame(free, index=found.index),
        where=pd.DataFrame(where, index=found.index, columns=list(form.WHERE)),
        catalog=project.catalog,
        in_charge=f"担当: {name}",
        summary=_counted(found),
        **masthead,
    )


def _text(row: SourceRow | None, column: str) -> str:
    cell = None if row is None else row.cells.get(column)
    return "" if cell is None else form.carried(cell.text)


def _is_open(row: SourceRow | None, column: str) -> bool:
    """Tell whether what is written into a cell can be merged back."""
    if row is None or not row.writable:
        return column == form.NOTE
    cell = row.cells.get(column)
    if cell is None:
        return column not in _JOINED
    return not cell.why and len(cell.text) <= form.LONGEST


def _refuse_inputs(project: Tables, paths: Iterable[Path]) -> None:
    """Raise `QuestionError` where the project would read a worksheet as a list of resources."""
    patterns = {name: str(project.folder.resolve() / name) for name in project.named}
    for path in (path for path in paths if not is_kept(path, project.folder)):
        taken = [name for name, pattern in patterns.items() if fnmatch(str(path.resolve()), pattern)]
        if taken:
            raise QuestionError(
                either(
                    ja=f"-o {path.parent}: ここの確認表は、設定の {taken[0]} に当てはまり、"
                    "資源の表として読まれてしまいます。別のフォルダーにしてください。",
                    en=f"-o {path.parent}: worksheets there match {taken[0]} of the settings and would be read as "
                    "resources. Name another folder.",
                )
            )


def _refuse_filled(project: Tables, paths: Iterable[Path]) -> None:
    """Raise `InputError` where answers would be written over that no merge has taken yet."""
    faults = [
        either(
            ja=f"{path}: 取り込んでいない記入のある確認表が、同じ名前であります。resourcemap merge で取り込むか、"
            "-o で別のフォルダーに書き出してください。",
            en=f"{path}: a worksheet of this name was filled in and not merged. Merge it, or write to another "
            "folder with -o.",
        )
        for path in paths
        if path.exists() and _holds_answers(project, path)
    ]
    if faults:
        raise InputError(faults)


def _holds_answers(project: Tables, path: Path) -> bool:
    """Tell whether a file has anything that the sources do not; of what is no worksheet, nobody can tell."""
    try:
        there = read_worksheet(path)
        if there.faults or there.missing:
            return True
        if not any(row.was != row.now or row.note_was != row.note_now for row in there.rows):
            return False
        plan = plan_merge(project, [path])
    except InputError:
        return True
    return plan.takes or bool(plan.differences.conflicts)


def _counted(found: pd.DataFrame) -> str:
    """Say in Japanese how many rows a worksheet has."""
    waiting, never = int(found["state"].isin(DUE).sum()), int((found["state"] == "never").sum())
    return f"{len(found)}件（確認の期限を過ぎたもの{waiting}件、うち確認の記録のないもの{never}件）"


def _report(project: Measured, found: pd.DataFrame, charge: pd.Series, files: Mapping[str, Path]) -> Report:
    """Say what the worksheets hold; resources that have ended are left aside."""
    data = [{"csw": name, "file": str(path), **_numbers(found[charge == name])} for name, path in files.items()]
    ended = project.located.loc[project.located.index.difference(found.index, sort=False)]
    reason = either(ja="終了したもの", en="ended")
    aside = tuple(
        LeftAside("worksheet", str(row.source_file), str(row.source_sheet or ""), int(row.source_row), "", "", reason)
        for row in ended[["source_file", "source_sheet", "source_row"]].itertuples(index=False)
    )
    out = {
        either(ja="確認表", en="worksheets"): len(data),
        either(ja="載せた資源", en="resources in them"): sum(int(row["rows"]) for row in data),
    }
    others = found[~charge.isin(list(files))]
    if len(others):
        out[either(ja="ほかの担当者の資源", en="those of others")] = len(others)
    notes = [
        either(
            ja="確認表は内部用です。承諾のない行や担当者名も入っています。外に出さないでください。",
            en="Worksheets are for the office alone: they hold rows without consent, and names.",
        )
    ]
    return Report(
        "worksheet",
        either(ja="確認表", en="Worksheets"),
        {either(ja="資源", en="resources"): len(project.located)},
        out,
        aside,
        tuple(notes),
        tuple(files.values()),
        data,
        tuple(_line(row) for row in data),
    )


def _locked(project: Tables, index: pd.Index, sources: Mapping[str, SourceRow]) -> list[str]:
    """Say which rows cannot be written back, and why."""
    ids = project.located.loc[index, "resource_id"]
    whys = [row.why for id_ in ids if (row := sources.get(id_)) is not None and row.why]
    return [
        either(
            ja=f"灰色で書きかえられない行が{whys.count(why)}行あります: {why}。",
            en=f"{whys.count(why)} rows are locked: {why}.",
        )
        for why in dict.fromkeys(whys)
    ]


def _numbers(rows: pd.DataFrame) -> dict[str, Any]:
    return {
        "rows": len(rows),
        "overdue": int(rows["state"].isin(DUE).sum()),
        "never_checked": int((rows["state"] == "never").sum()),
    }


def _line(row: dict[str, Any]) -> str:
    return either(
        ja=f"{row['csw']}: {row['rows']}件、確認の期限を過ぎたもの{row['overdue']}件"
        f"（うち確認の記録のないもの{row['never_checked']}件）",
        en=f"{row['csw']}: {row['rows']} resources, {row['overdue']} to be checked "
        f"({row['never_checked']} of them for the first time)",
    )
