"""The cells of the sources as they are written: for a worksheet that shows them, and a merge that finds them again."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resourcemap.language import either
from resourcemap.project.inputs import distinct_names, once
from resourcemap.read.alike import with_alike
from resourcemap.read.aside import without_other_rows
from resourcemap.read.cells import clean
from resourcemap.read.delimited import read_delimited
from resourcemap.read.formats import read_grids
from resourcemap.read.mapping import choose_columns
from resourcemap.read.same import row_names
from resourcemap.read.sheets import read_sheets
from resourcemap.read.table import find_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

    from resourcemap.project.tables import Tables
    from resourcemap.read.table import Table

WORKBOOK, DELIMITED = "workbook", "delimited"
_TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")
_HEAD = 4096


@dataclass(frozen=True)
class SourceCell:
    """One cell of one row.

    Parameters
    ----------
    heading
        The heading of its column in the file.
    text
        What stands in it, character by character; where the reader takes it for something else (〃, or a cell merged
        over several rows), that.
    place
        The position of its column in the sheet, from 0.
    why
        Why nothing can be written into it; empty when it can.
    """

    heading: str
    text: str
    place: int
    why: str = ""


@dataclass(frozen=True)
class SourceRow:
    """Where a resource stands, and its cells.

    Parameters
    ----------
    resource_id
        Its id.
    file
        The file, relative to the folder of the project.
    sheet
        The sheet; nothing in a file that has none.
    row
        The row as the spreadsheet shows it.
    cells
        A cell for each of our columns that the file has, by the words of columns.toml: also ``days``, ``start``,
        ``end``, ``schedule_note``, ``prefecture``, ``city``, ``address_rest`` and ``building``, which the table of
        resources has joined. A column that the file does not have is not there.
    why
        Why nothing can be written into this row; empty when it can.
    also
        The rows that ``[[same]]`` merged into it, as reports name them.
    table
        Which of `SourceCells.tables` it is in.
    """

    resource_id: str
    file: str
    sheet: str | None
    row: int
    cells: Mapping[str, SourceCell]
    why: str = ""
    also: tuple[str, ...] = ()
    table: int = 0

    @property
    def writable(self) -> bool:
        """Whether anything can be written into the row."""
        return not self.why

    @property
    def where(self) -> str:
        """The row as reports name it."""
        return f"{self.file} {self.sheet}!{self.row}" if self.sheet else f"{self.file} {self.row}"


@dataclass(frozen=True)
class SourceTable:
    """One sheet of one file.

    Parameters
    ----------
    path
        The file.
    file
        The same, relative to the folder of the project.
    called
        What reports call the file.
    form
        ``workbook`` or ``delimited`` when it can be written, else nothing.
    table
        The table as the reader found it.
    physical
        The text of every cell of the sheet, from its first row; empty when it cannot be written.
    """

    path: Path
    file: str
    called: str
    form: str
    table: Table = field(repr=False)
    physical: Sequence[Sequence[str]] = field(repr=False)


@dataclass(frozen=True)
class SourceCells:
    """The rows of all sources by the id of their resource, in the order of the resources, and the sheets."""

    rows: Mapping[str, SourceRow]
    tables: tuple[SourceTable, ...]


def source_cells(project: Tables) -> SourceCells:
    r"""Read the cells of the sources once more, as they are written.

    Every resource has a row. What cannot be written says why: files of shapes, .xls, .ods, HTML and ZIP; a row that
    two entries of ``[[resources]]`` read; a column that the reader joined from several.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "a.csv"\n', encoding="utf-8")
    >>> _ = (folder / "a.csv").write_text("名称,種類,ＴＥＬ\n本町,サロン,０３－１２\n", encoding="utf-8")
    >>> [row] = source_cells(open_project(folder)).rows.values()
    >>> row.where, row.writable, row.cells["phone"].heading, row.cells["phone"].text
    ('a.csv 2', True, 'TEL', '０３－１２')
    """
    resources = project.resources
    tables = source_tables(project)
    ids = _ids_of_rows(resources)
    merged = _merged(project.settings.same)
    names = dict(zip(resources["resource_id"], row_names(resources), strict=True))
    found: dict[str, SourceRow] = {}
    for at, source in enumerate(tables):
        writable = "" if source.form else _not_writable(source.file)
        for position, number in enumerate(source.table.numbers):
            here = ids.get((source.called, source.table.sheet, number), ())
            for id_ in here:
                why = writable or (_read_twice() if len(here) > 1 else "")
                cells = _cells(source, position, number)
                row = SourceRow(
                    id_, source.file, source.table.sheet, number, cells, why, merged.get(names[id_], ()), at
                )
                found.setdefault(id_, row)
    return SourceCells({id_: found[id_] for id_ in resources["resource_id"] if id_ in found}, tuple(tables))


def form_of(path: Path) -> str:
    """Say in which form a file of resources is written back: ``workbook``, ``delimited``, or nothing when it is not.

    The content decides, as it does in reading.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.xls"
    >>> path.write_text("<table></table>") and form_of(path)
    ''
    >>> path.write_text("名称,種類", encoding="utf-8") and form_of(path)
    'delimited'
    """
    if not path.is_file() or path.suffix.lower() not in _TABLES:
        return ""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return WORKBOOK if "xl/workbook.xml" in archive.namelist() else ""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) and path.suffix.lower() in _TABLES[:4]:
        return ""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return "" if plain.startswith((b"<", b"\xd0\xcf\x11\xe0")) else DELIMITED


def source_tables(project: Tables) -> list[SourceTable]:
    r"""Find the tables of every file of resources, in the order of the settings, each sheet once.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "a.csv"\n', encoding="utf-8")
    >>> _ = (folder / "a.csv").write_text("名称,種類\n本町,サロン\n", encoding="utf-8")
    >>> [(source.file, source.form) for source in source_tables(open_project(folder))]
    [('a.csv', 'delimited')]
    """
    asked_for = once((path, asked) for asked in project.settings.resources for path in project.paths(asked["file"]))
    names = distinct_names([path for path, _ in asked_for], project.folder)
    found: dict[tuple[Path, str | None], SourceTable] = {}
    for path, asked in asked_for:
        read_from = project.read_from(path)
        file = path.relative_to(project.folder).as_posix() if path.is_relative_to(project.folder) else path.as_posix()
        form = form_of(read_from)
        for table in _tables_in(read_from, asked):
            physical = _physical(read_from, form, table.sheet)
            found.setdefault((path, table.sheet), SourceTable(path, file, names[path], form, table, physical))
    return list(found.values())


def _tables_in(path: Path, asked: Mapping[str, Any]) -> list[Table]:
    """Find the tables of one file as `read_resources` does; without rows that are no resources."""
    columns = dict(asked.get("columns") or {})
    grids = read_grids(path, sheet=asked.get("sheet"))
    found = find_table(grids, "resources", needs=("name",), columns=columns)
    tables = []
    for each, _ in with_alike(grids, *found, columns=columns):
        table, _ = choose_columns(each, columns)
        if asked.get("kind") is not None and "kind" not in columns:
            table = table.forgetting("kind")
        tables.append(without_other_rows(table)[0])
    return tables


def _physical(path: Path, form: str, sheet: str | None) -> Sequence[Sequence[str]]:
    if form == WORKBOOK:
        return read_sheets(path, sheet=sheet)[0].rows
    return read_delimited(path)[0].rows if form == DELIMITED else ()


def _cells(source: SourceTable, position: int, number: int) -> dict[str, SourceCell]:
    table = source.table
    cells = {}
    for name, column in table.ours.items():
        read = table.rows[position][column]
        place = table.places[column]
        written = cell_at(source.physical, number - 1, place)
        text = written if clean(written) == read else read
        cells[name] = SourceCell(table.headings[column], text, place, _why_not(source, place))
    return cells


def _why_not(source: SourceTable, place: int) -> str:
    made_by_reader = place >= max((len(row) for row in source.physical[: source.table.heading_number]), default=0)
    if source.form and (place < 0 or made_by_reader):
        return either(
            ja="いくつかの列を合わせて読んだ欄です（元の表で直してください）",
            en="read from several columns (change it in the file itself)",
        )
    return ""


def cell_at(rows: Sequence[Sequence[str]], row: int, place: int) -> str:
    """Return the text of a cell by its position from 0; nothing where the sheet does not reach.

    Examples
    --------
    >>> cell_at([["A"], ["B", "C"]], 1, 1), cell_at([["A"]], 0, 5), cell_at([["A"]], 0, -1)
    ('C', '', '')
    """
    return rows[row][place] if 0 <= row < len(rows) and 0 <= place < len(rows[row]) else ""


def _ids_of_rows(resources: gpd.GeoDataFrame) -> dict[tuple[str, str | None, int], tuple[str, ...]]:
    found: dict[tuple[str, str | None, int], tuple[str, ...]] = {}
    columns = (resources[name] for name in ("source_file", "source_sheet", "source_row", "resource_id"))
    for file, sheet, row, id_ in zip(*columns, strict=True):
        key = (str(file), sheet if isinstance(sheet, str) else None, int(row))
        found[key] = (*found.get(key, ()), str(id_))
    return found


def _merged(same: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Name the rows that were merged into another one, by the one that was kept."""
    groups = ([" ".join(str(row).split()) for row in group["rows"]] for group in same)
    return {rows[0]: tuple(rows[1:]) for rows in groups}


def _not_writable(file: str) -> str:
    return either(
        ja=f"{file} には書き戻せません（書き戻せるのは .xlsx .xlsm .csv .tsv .txt）",
        en=f"{file} cannot be written back (only .xlsx, .xlsm, .csv, .tsv and .txt can)",
    )


def _read_twice() -> str:
    return either(ja="同じ行を2つの [[resources]] が読んでいます", en="two entries of [[resources]] read this very row")
