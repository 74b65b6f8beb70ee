"""A bare list of addresses, without a project: every row and column stays, and says where it is."""

from __future__ import annotations

from collections import Counter
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from resourcemap.errors import InputError, first_five
from resourcemap.files import write_text
from resourcemap.geocode.describe import bound_of, divided, level_of, source_of
from resourcemap.geocode.gazetteer import read_gazetteer
from resourcemap.geocode.index import Gazetteer
from resourcemap.geocode.match import answers
from resourcemap.geocode.prepared import write_gazetteer
from resourcemap.language import either
from resourcemap.plain import csv_text
from resourcemap.project.reasons import in_words
from resourcemap.project.report import LeftAside, Report
from resourcemap.publish.workbook import as_text, open_workbook
from resourcemap.read.cells import fold
from resourcemap.read.formats import read_grids
from resourcemap.read.headings import LOOKED_AT, match_headings

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from resourcemap.geocode.answer import Match
    from resourcemap.geocode.places import Place
    from resourcemap.read.grid import Grid

ADDED = ("lat", "lon", "level", "matched", "leftover", "source", "bound_m", "note")
SUFFIXES = (".csv", ".xlsx")
_DECIMALS = 7
_LONGEST_CELL = 32_766  # of a spreadsheet, with the sign that something was cut
_NUMBERS = ("lat", "lon", "bound_m")


def locate_list(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    gazetteer: Gazetteer | Sequence[str | os.PathLike[str]] | None,
    blocks: gpd.GeoDataFrame | None = None,
    places: Sequence[Place] = (),
    address: str | None = None,
    prefecture: str = "",
    city: str = "",
    sheet: str | None = None,
) -> Report:
    r"""Find the addresses of any list, and write the list again with what was found beside each row.

    All rows (titles above the headings too) and columns stay as they are; added are ``lat``, ``lon``, ``level``
    (exact, block, town, city or none), ``matched`` and ``leftover`` (the parts of the address), ``source``,
    ``bound_m`` (how far off at most) and ``note``. A column that the list already has keeps its name; ours
    then ends in ``_2``. Only what would do harm changes: what nobody can see is left out, in CSV a cell that a
    spreadsheet would run has an apostrophe before it (`resourcemap.plain`), and .xlsx holds 32,767 letters a cell.

    Parameters
    ----------
    path
        A sheet or CSV in any encoding that `read_resources` reads.
    out
        ``.csv`` (UTF-8 as Excel reads it) or ``.xlsx``.
    gazetteer
        A gazetteer, or its files.
    blocks, places
        Where to look besides, as `locate` does.
    address
        Heading of the addresses; found by its usual names when it is not given.
    prefecture, city
        Where addresses lie that do not say so themselves.
    sheet
        The sheet of a workbook; the first with such a heading when it is not given.

    Raises
    ------
    InputError
        When a file cannot be read, or there is no such heading.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "towns.csv").write_text("町丁目,緯度,経度\n本町,34.95,139.7\n", encoding="utf-8")
    >>> _ = (folder / "list.csv").write_text("番号,住所\n1,本町2-3\n", encoding="cp932")
    >>> _ = locate_list(folder / "list.csv", folder / "out.csv", gazetteer=[folder / "towns.csv"])
    >>> print((folder / "out.csv").read_text(encoding="utf-8-sig").splitlines()[1])
    1,本町2-3,34.95,139.7,block,本町,2-3,町丁目と緯度・経度の表,,
    """
    grid, top, column = _find_column(read_grids(path, sheet=sheet), address)
    known = gazetteer if gazetteer is None or isinstance(gazetteer, Gazetteer) else read_gazetteer(gazetteer)
    width = max(map(len, grid.rows))
    rows = [[*row, *[""] * (width - len(row))] for row in grid.rows]
    body = rows[top + 1 :]
    headings = rows[top]
    table = _table(headings, body, column)
    found = answers(table, known, blocks=blocks, places=places, prefecture=prefecture, city=city)
    added = [_cells(row[column], match) for row, match in zip(body, found, strict=True)]
    names = _free_names(headings)
    above = [[*row, *[""] * len(ADDED)] for row in rows[:top]]
    written = [*above, [*headings, *names], *([*row, *cells] for row, cells in zip(body, added, strict=True))]
    target = _write(written, Path(out), top)
    return _report(grid, top, headings[column], body, found, target)


def prepare_gazetteer(paths: Sequence[str | os.PathLike[str]], out: str | os.PathLike[str]) -> Report:
    r"""Join gazetteer files and write them as one index that is read in a moment.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "towns.csv").write_text("町丁目,緯度,経度\n本町,34.95,139.7\n", encoding="utf-8")
    >>> [path.name for path in prepare_gazetteer([folder / "towns.csv"], folder / "index.npz").files]
    ['index.npz']
    """
    gazetteer = read_gazetteer(paths)
    counts = {
        either(ja="町丁目", en="towns"): len(gazetteer.towns),
        either(ja="番地", en="numbers"): len(gazetteer.lots),
    }
    went = {either(ja="住所一覧", en="gazetteers"): len(paths)}
    return Report("prepare", either(ja="住所索引", en="Index"), went, counts, files=(write_gazetteer(gazetteer, out),))


def _find_column(grids: Sequence[Grid], address: str | None) -> tuple[Grid, int, int]:
    """Find the sheet, the row of headings and the column of addresses."""
    for grid in grids:
        for top, row in enumerate(grid.rows[:LOOKED_AT]):
            if address is None:
                column = match_headings(row, "resources").get("address")
            else:
                column = next((at for at, text in enumerate(row) if fold(text) == fold(address)), None)
            if column is not None:
                return grid, top, column
    where = grids[0].where if grids else ""
    widest = max(
        (row for grid in grids for row in grid.rows[:LOOKED_AT]), key=lambda row: sum(map(bool, row)), default=[]
    )
    shown = first_five(text for text in widest if text)
    name = address or either(ja="住所", en="address")
    raise InputError(
        either(
            ja=f"{where}: 「{name}」という列がありません（{shown}）。--address で列名を指定してください。",
            en=f"{where}: there is no column {name!r} ({shown}). Name the heading with --address.",
        )
    )


def _table(headings: Sequence[str], body: Sequence[Sequence[str]], column: int) -> gpd.GeoDataFrame:
    known = match_headings(headings, "resources")
    columns: dict[str, list[str | None]] = {"address": [row[column].strip() or None for row in body]}
    for name in ("name", "venue"):
        if name in known and known[name] != column:
            columns[name] = [row[known[name]].strip() or None for row in body]
    return gpd.GeoDataFrame(columns, geometry=[None] * len(body), crs="EPSG:4326")


def _cells(address: str, match: Match) -> list[Any]:
    matched, leftover = divided(address, match)
    bound = bound_of(match, {})
    return [
        round(match.point[1], _DECIMALS) if match.point else "",
        round(match.point[0], _DECIMALS) if match.point else "",
        level_of(match),
        matched,
        leftover,
        source_of(match) or "",
        "" if bound is None else int(bound),
        match.note or "",
    ]


def _free_names(headings: Sequence[str]) -> list[str]:
    taken = {text.strip() for text in headings}
    return [
        next(free for number in count(1) if (free := name if number == 1 else f"{name}_{number}") not in taken)
        for name in ADDED
    ]


def _write(rows: Sequence[Sequence[Any]], path: Path, top: int) -> Path:
    if path.suffix.lower() == ".xlsx":
        return _write_book(rows, path, top)
    return write_text(path, csv_text(rows), encoding="utf-8-sig")


def _write_book(rows: Sequence[Sequence[Any]], path: Path, top: int) -> Path:
    with open_workbook(path, title=either(ja="位置", en="located"), author="resourcemap", as_of=None) as book:
        sheet = book.add_worksheet(either(ja="位置", en="located"))
        bold = book.add_format({"bold": True})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(at, column, value)
                elif value:
                    text = as_text(value, longest=_LONGEST_CELL)
                    sheet.write_string(at, column, text, bold if at == top else None)
        sheet.freeze_panes(top + 1, 0)
    return path


def _report(
    grid: Grid,
    top: int,
    heading: str,
    body: Sequence[Sequence[str]],
    found: Sequence[Match],
    target: Path,
) -> Report:
    levels = Counter(level_of(match) for match in found)
    out = {_level_words()[level]: levels[level] for level in _level_words() if levels[level]}
    aside = tuple(
        LeftAside(
            "locate",
            grid.file,
            grid.sheet or "",
            grid.first + top + 1 + at,
            heading,
            match.note or "",
            in_words(match.status),
        )
        for at, match in enumerate(found)
        if level_of(match) == "none" and any(body[at])
    )
    went = {either(ja="表の行", en="rows"): len(body)}
    return Report("locate", either(ja="位置", en="Locate"), went, out, aside, files=(target,))


def _level_words() -> dict[str, str]:
    return {
        "exact": either(ja="位置が分かったもの", en="exact"),
        "block": either(ja="町丁目まで", en="to the block"),
        "town": either(ja="大字まで", en="to the town"),
        "city": either(ja="市区町村まで", en="to the city"),
        "none": either(ja="分からないもの", en="not located"),
    }
