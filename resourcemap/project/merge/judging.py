"""What was read before a merge held against what is read after it: nothing but the edited fields may differ."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from resourcemap.errors import first_five
from resourcemap.language import either
from resourcemap.project.merge.differences import Conflict, Edit, conflict_of
from resourcemap.project.merge.number_styles import day_number, share_of_day
from resourcemap.project.sources import source_tables
from resourcemap.read.cells import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from resourcemap.project.sources import SourceCells, SourceTable
    from resourcemap.project.tables import Tables

    Place = tuple[str, str | None, int]

_IDS = frozenset({"resource_id", "activity_id"})
_CONSENT = frozenset({"consent", "channels"})


def judge(
    project: Tables,
    cells: SourceCells,
    tried: Tables,
    edits: Sequence[Edit],
    places: Mapping[tuple[int, int, int], Edit],
) -> list[Conflict]:
    """Say which edits cannot be done, because the reader would not understand them, or more than they would change.

    Ids of resources may change with their names, and with them those of others that differ only in the rest.

    Parameters
    ----------
    project
        The project as it is.
    cells
        Its sources.
    tried
        The project with the edits.
    edits
        What was changed.
    places
        The edits by table, row and place of the column.
    """
    judged = _Judge(project, cells, tried, edits, places)
    for at, source in enumerate(cells.tables):
        judged.sheet(at, source)
    judged.words()
    if not judged.conflicts:
        judged.others()
    return list(judged.conflicts.values())


def changed_ids(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> dict[Place, tuple[str, str]]:
    """Return the old and the new id of each resource whose id is another one, by file, sheet and row.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"resource_id": ["r1"], "source_file": "a.csv", "source_sheet": None, "source_row": 2})
    >>> changed_ids(table, table.assign(resource_id="r2"))
    {('a.csv', None, 2): ('r1', 'r2')}
    """
    was, now = _by_row(before), _by_row(after)
    return {
        (file, sheet, row): (str(old["resource_id"]), str(now[file, sheet, row, turn]["resource_id"]))
        for (file, sheet, row, turn), old in was.items()
        if (file, sheet, row, turn) in now and old["resource_id"] != now[file, sheet, row, turn]["resource_id"]
    }


class _Judge:
    def __init__(
        self,
        project: Tables,
        cells: SourceCells,
        tried: Tables,
        edits: Sequence[Edit],
        places: Mapping[tuple[int, int, int], Edit],
    ) -> None:
        self.cells = cells
        self.edits = edits
        self.places = places
        self.before, self.after = project.resources, tried.resources
        self.tables = {(each.path, each.table.sheet): each for each in source_tables(tried)}
        self.edited = {(cells.tables[edit.row.table].called, edit.row.sheet, edit.row.row) for edit in edits}
        self.conflicts: dict[str, Conflict] = {}

    def sheet(self, at: int, old: SourceTable) -> None:
        """Hold the cells of one sheet against each other: the edited ones are as written, the others as they were."""
        new = self.tables.get((old.path, old.table.sheet))
        mine = [edit for edit in self.edits if edit.row.table == at]
        here = mine or self.edits
        if new is None or new.table.numbers != old.table.numbers:
            self.against(here, _rows_would_change(old))
            return
        ours = {name: new.table.places[column] for name, column in new.table.ours.items()}
        for edit in mine:
            if edit.column not in ours:
                self.against([edit], _not_read(edit))
        if any(ours.get(name) != old.table.places[column] for name, column in old.table.ours.items()):
            self.against(here, _columns_would_change(old))
            return
        for position, number in enumerate(old.table.numbers):
            self.row(at, number, (_by_place(old, position), _by_place(new, position)), here)

    def row(self, at: int, number: int, cells: tuple[dict[int, str], dict[int, str]], here: Sequence[Edit]) -> None:
        was, now = cells
        for place in was | now:
            edit = self.places.get((at, number, place))
            if edit is not None and not _as_written(now.get(place, ""), edit.new):
                self.against([edit], _read_otherwise(now.get(place, "")))
            elif edit is None and was.get(place, "") != now.get(place, ""):
                table = self.cells.tables[at]
                row = _shown((table.file, table.table.sheet, number))
                self.against(self.above(at, number, place) or here, _others_would_change(row))

    def above(self, at: int, number: int, place: int) -> list[Edit]:
        """Return the edit above a cell that changes with it: 〃 and merged cells say what stands there."""
        rows = [row for table, row, each in self.places if (table, each) == (at, place) and row <= number]
        return [self.places[at, max(rows), place]] if rows else []

    def words(self) -> None:
        """Refuse what the reader does not understand: a date, a word of consent, a number of people."""
        reasons = {
            (entry["file"], entry["sheet"], entry["row"], entry["column"]): entry["reason"]
            for entry in self.after.attrs["left_aside"]
        }
        for edit in self.edits:
            source = self.cells.tables[edit.row.table]
            new = self.tables.get((source.path, source.table.sheet))
            if new is None or not edit.new or edit.column not in new.table.ours:
                continue
            heading = new.table.headings[new.table.ours[edit.column]]
            if reason := reasons.get((source.called, edit.row.sheet, edit.row.row, heading)):
                self.against([edit], reason)

    def others(self) -> None:
        """Hold resources that no edit is about against each other, in all but their ids, and what was left aside."""
        was, now = _by_row(self.before), _by_row(self.after)
        if list(was) != list(now):
            others = [_shown(key) for key in {**was, **now} if key not in was or key not in now]
            self.against(self.edits, _would_come_or_go(others))
            return
        for key, row in was.items():
            if key[:3] in self.edited:
                continue
            for name in {**row, **now[key]}:
                if name not in _IDS and not _equal(row.get(name), now[key].get(name)):
                    self.against(self.behind(key[0], name), _others_would_change(_shown(key)))
        for file, sheet, number, _, reason in self.aside(self.after) - self.aside(self.before):
            self.against(self.edits, f"{_shown((file, sheet, number))}: {reason}")

    def behind(self, file: str, name: str) -> Sequence[Edit]:
        """Return the edits that may have changed a column of other resources of a file."""
        here = [edit for edit in self.edits if self.cells.tables[edit.row.table].called == file]
        same = [edit for edit in here if edit.column == name or {edit.column, name} <= _CONSENT]
        return same or here or self.edits

    def aside(self, resources: gpd.GeoDataFrame) -> Counter[tuple[Any, ...]]:
        """Count what was left aside of rows that no edit is about."""
        entries = (
            (entry["file"], entry["sheet"], entry["row"], entry["column"], entry["reason"])
            for entry in resources.attrs["left_aside"]
        )
        return Counter(entry for entry in entries if entry[:3] not in self.edited)

    def against(self, edits: Iterable[Edit], why: str) -> None:
        blamed = list(edits)
        for edit in blamed:
            conflict = conflict_of(edit, why, shared=len(blamed) > 1)
            self.conflicts.setdefault(conflict.what, conflict)


def _by_place(source: SourceTable, position: int) -> dict[int, str]:
    """Return the cells of a row by their places; cells that were joined stand together below -1."""
    row: dict[int, str] = {}
    for place, text in zip(source.table.places, source.table.rows[position], strict=True):
        row[place] = f"{row[place]}\n{text}" if place in row else text
    return row


def _as_written(text: str, new: str) -> bool:
    """Tell whether a cell that was read says what was written: dates and times in any writing, 〜 as its twin ～."""
    wanted = clean(new)
    if text in (wanted, clean(new.encode("cp932", "replace").decode("cp932"))):
        return True
    day, share = day_number(wanted), share_of_day(wanted)
    return (day is not None and day == day_number(text)) or (share is not None and share == share_of_day(text))


def _by_row(resources: gpd.GeoDataFrame) -> dict[tuple[str, str | None, int, int], dict[str, Any]]:
    """Return resources by file, sheet and row, and the how manieth of that row each is."""
    found: dict[tuple[str, str | None, int, int], dict[str, Any]] = {}
    seen: Counter[Place] = Counter()
    plain = resources.copy(deep=False)
    plain.attrs = {}  # pandas copies them for every row, which takes longer than all else
    for row in plain.to_dict("records"):
        sheet = row["source_sheet"] if isinstance(row["source_sheet"], str) else None
        place = (str(row["source_file"]), sheet, int(row["source_row"]))
        seen[place] += 1
        found[*place, seen[place]] = {str(name): value for name, value in row.items()}
    return found


def _equal(one: Any, other: Any) -> bool:
    if hasattr(one, "equals"):
        return bool(one.equals(other))
    missing = [value is None or value != value for value in (one, other)]  # noqa: PLR0124 (NaN is not itself)
    return all(missing) or (not any(missing) and bool(one == other))


def _shown(key: Sequence[Any]) -> str:
    file, sheet, number = key[:3]
    if number is None:
        return f"{file} {sheet}" if sheet else str(file)
    return f"{file} {sheet}!{number}" if sheet else f"{file} {number}"


def _would_come_or_go(rows: Sequence[str]) -> str:
    return either(
        ja=f"同じ内容の行がほかのシートにもあるなどのため、資源が増減します（{first_five(rows)}）。"
        "元の表で、すべて同じに直してください。",
        en=f"resources would come or go ({first_five(rows)}): perhaps the same row stands in another sheet. Change all "
        "of them in the source itself.",
    )


def _rows_would_change(source: SourceTable) -> str:
    return either(
        ja=f"このとおりに書くと、{source.file} の行の数え方が変わります。元の表で直してください。",
        en=f"with it {source.file} would be read as other rows. Change it in the source itself.",
    )


def _columns_would_change(source: SourceTable) -> str:
    return either(
        ja=f"このとおりに書くと、{source.file} のほかの列の読み方が変わります。元の表で直してください。",
        en=f"with it other columns of {source.file} would be read otherwise. Change it in the source itself.",
    )


def _not_read(edit: Edit) -> str:
    return either(
        ja=f"元の表（{edit.row.file}）では「{edit.heading}」の列を読みません（resourcemap.toml の kind や columns）。",
        en=f"no such column is read from {edit.row.file} (see kind and columns in resourcemap.toml).",
    )


def _read_otherwise(text: str) -> str:
    return either(
        ja=f"書き戻すと「{text}」と読まれます。元の表で直してください。",
        en=f"it would be read back as {text!r}. Change it in the source itself.",
    )


def _others_would_change(row: str) -> str:
    return either(
        ja=f"ほかの行（{row}）の内容も変わります（結合されたセル、〃、列の追加など）。元の表で直してください。",
        en=f"another row ({row}) would change, too (merged cells, 〃, a new column). Change it in the source itself.",
    )
