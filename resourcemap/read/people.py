"""People of each town block, and the table that says which block belongs to which area."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import LONLAT
from resourcemap.model.names import fold_name
from resourcemap.read.ages import age_columns, overlapping, without_overlaps
from resourcemap.read.areas import Paths, as_paths
from resourcemap.read.aside import is_total
from resourcemap.read.block_index import BlockIndex
from resourcemap.read.cells import fold, is_blank, number
from resourcemap.read.cities import cities_of, city_totals
from resourcemap.read.entries import left_aside
from resourcemap.read.estat import is_water, undo_merges
from resourcemap.read.formats import read_grids
from resourcemap.read.mesh import is_mesh_table, mesh_points
from resourcemap.read.repeated import refuse_sums, repeated_rows
from resourcemap.read.sexes import named_in_each_row, rows_of_everybody, sex_column
from resourcemap.read.table import find_table
from resourcemap.read.unplaced import Unplaced, nobody_placed

if TYPE_CHECKING:
    import os
    from collections.abc import Hashable, Sequence

    from resourcemap.read.table import Table

_SECRET = frozenset({"x", "X", "χ", "Χ"})
_MOST = 10**10  # more than all people of the world in one cell is a slip, and too much for the sums
_DIGITS = 10
_CITY_LIKE = ("市", "区", "町", "村", "郡")


def read_people(
    path: Paths,
    *,
    blocks: gpd.GeoDataFrame | None = None,
    block_id: str | None = None,
    block: str | None = None,
    total: str | None = None,
    city: str | None = None,
    unmatched: Literal["error", "aside"] = "error",
) -> gpd.GeoDataFrame:
    r"""Read how many people live in each block or mesh, in all and by age where the file says so.

    A block that stands in several rows (census blocks may come in pieces) has their sum, and ``attrs["repeated"]``
    lists it; rows for men, women and both count everybody once. Rows are joined to
    `blocks` by id, else by name, and by city or ward where both say it. Totals are left aside only when a word
    (合計, 全市, the name of the city itself) or their figures say that they are totals; ``attrs["left_aside"]`` lists
    them, and the rows whose figures the statistics keep secret (x), which count as 0.

    A table of 地域メッシュ needs no `blocks`: its people stand at the centres of their meshes, and ``attrs["meshes"]``
    is true (`resourcemap.read.mesh.mesh_areas` gives the rectangles, for `spread_people`). Ages that e-Stat has
    added to those of a neighbour to keep them secret are given back in proportion; ``attrs["merged"]`` lists these
    rows, where their ages had gone, and whether they could be given back. Nobody is lost or invented by this.

    Parameters
    ----------
    path
        One table or file of shapes, or several.
    blocks
        The town blocks, as from `read_blocks`.
    block_id, block, total, city
        The file's headings for id, name, number of people, and city or ward; guessed when not given. Without a
        column of totals the age groups are added up. ``-`` and blanks are 0. Of age groups that overlap (65 and
        over, 75 and over) those are taken that have everybody once.
    unmatched
        What to do with people of a block that is not in `blocks`: an ``"error"``, or ``"aside"``, which leaves them
        out of the result. ``attrs["left_aside"]`` then lists each row with its people, and ``attrs["unplaced"]`` has
        its file, row, city, block and people.

    Returns
    -------
    geopandas.GeoDataFrame
        ``block_id`` (of a mesh its code), ``total``, age groups (``age_0_4`` ... youngest first) and a point inside
        each block, in the order of the file.

    Raises
    ------
    InputError
        With every block that is not in `blocks` (where they are left aside, only when no block is), every cell that
        is no whole number, and blocks of which one row is the sum of the others.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "people.csv"
    >>> text = "町丁目;総数;0～14歳;15歳以上\n本町１丁目;1,200;200;1000\n合計;1200;200;1000\n"
    >>> _ = path.write_text(text, encoding="utf-8")
    >>> import shapely
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1"], "block": ["本町一丁目"]},
    ...     geometry=[shapely.box(139, 35, 140, 36)], crs="EPSG:4326")
    >>> read_people(path, blocks=blocks).drop(columns="geometry").values.tolist()
    [['1', 1200, 200, 1000]]
    """
    if unmatched not in ("error", "aside"):
        raise InputError(
            either(
                ja=f"unmatched の {unmatched!r} は使えません。error か aside にしてください。",
                en=f"unmatched: {unmatched!r} will not do. Write error or aside.",
            )
        )
    named = (("block_id", block_id), ("block", block), ("total", total), ("city", city))
    asked = {name: text for name, text in named if text}
    parts: list[pd.DataFrame] = []
    faults: list[str] = []
    notes: dict[str, list[Any]] = {"left_aside": [], "merged": [], "repeated": [], "unplaced": []}
    index = BlockIndex(blocks) if blocks is not None else None
    for each in as_paths(path):
        try:
            table, unread = find_table(read_grids(each), "people", needs=("block_id", "block"), columns=asked)
            part, said = people_in_table(table, index, aside=unmatched == "aside")
        except InputError as error:
            faults += error.faults
            continue
        parts.append(part)
        notes["left_aside"] += unread
        for name, entries in said.items():
            notes[name] += entries
    if not faults and len({part["block"].map(type).iloc[0] for part in parts if len(part)}) > 1:
        faults.append(
            either(
                ja="人口のファイルに町丁目と地域メッシュがまざっています。どちらかにしてください。",
                en="The files of people are of town blocks and of meshes. Give one or the other.",
            )
        )
    if not faults and len({tuple(part.columns) for part in parts}) > 1:
        faults.append(
            either(
                ja="人口のファイルごとに年齢の区分がちがいます。区分をそろえてください。",
                en="The files of people have different age groups. Give files with the same ones.",
            )
        )
    if not faults and notes["unplaced"] and not any(map(len, parts)):
        faults.append(nobody_placed(notes["unplaced"]))
    if faults:
        raise InputError(faults)
    summed = pd.concat(parts, ignore_index=True).groupby("block", sort=False).sum()
    ids, points = _where_they_live(summed.index, blocks, index)
    people = gpd.GeoDataFrame(
        summed.reset_index(drop=True), geometry=points, crs=LONLAT if blocks is None else blocks.crs
    )
    people.insert(0, "block_id", ids)
    people.attrs = {**notes, "meshes": any(isinstance(key, str) for key in summed.index)}
    return people


def _where_they_live(
    keys: pd.Index, blocks: gpd.GeoDataFrame | None, index: BlockIndex | None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the id and the point of each key: a place among the blocks, or the code of a mesh."""
    if blocks is None or index is None or isinstance(keys[0] if len(keys) else 0, str):
        return keys.to_numpy(dtype=object), mesh_points([str(key) for key in keys])
    positions = keys.to_numpy(dtype=int)
    return blocks["block_id"].to_numpy()[positions], index.points[positions]


def read_membership(path: str | os.PathLike[str], *, block: str | None = None, areas: Sequence[str]) -> pd.DataFrame:
    r"""Read which area each block belongs to, in one system or several.

    Parameters
    ----------
    path
        The table: one row per block. A cell merged over several rows counts for each.
    block
        The heading of the blocks' names or ids; guessed when not given.
    areas
        The headings of the areas' names, one per system.

    Returns
    -------
    pandas.DataFrame
        ``block`` as written, a column per system with the area's name, or ``None`` where it is blank, and
        ``source_row``, the first row of the block. ``attrs["left_aside"]`` lists totals and sheets not read.

    Raises
    ------
    InputError
        When a heading is missing, or a block stands in two areas of one system.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "areas.csv"
    >>> _ = path.write_text("町丁目,圏域\n本町１丁目,中央\n本町２丁目,\n", encoding="utf-8")
    >>> table = read_membership(path, areas=["圏域"])
    >>> table["block"].tolist(), table["圏域"].isna().tolist()
    (['本町1丁目', '本町2丁目'], [False, True])
    """
    asked = {"block": block} if block else None
    table, aside = find_table(read_grids(path), "membership", needs=("block",), columns=asked)
    places = _area_places(table, areas)
    total = either(ja="合計の行", en="a total")
    aside += [
        left_aside(table.file, table.sheet, number, None, " ".join(filter(None, row))[:80], total)
        for number, row in zip(table.numbers, table.rows, strict=True)
        if is_total(row)
    ]
    rows = [row for row in table.rows if not is_total(row)]
    names = [row[table.ours["block"]] for row in rows]
    found = pd.DataFrame({"block": pd.Series(names, dtype=object)})
    for system, place in places.items():
        cells = [None if is_blank(row[place]) else " ".join(row[place].split()) for row in rows]
        found[system] = pd.Series(cells, dtype=object)
    numbers = [number for number, row in zip(table.numbers, table.rows, strict=True) if not is_total(row)]
    folded = found["block"].map(fold_name)
    faults = _membership_faults(table, found, folded, numbers)
    if faults:
        raise InputError(faults)
    once = found.groupby(folded, sort=False).first()
    once = once.astype(object).where(once.notna(), None)
    once["source_row"] = pd.Series(numbers).groupby(folded, sort=False).first()
    once = once.reset_index(drop=True)
    once.attrs = {"left_aside": aside}
    return once


def people_in_table(
    table: Table, index: BlockIndex | None, *, aside: bool
) -> tuple[pd.DataFrame, dict[str, list[Any]]]:
    """Return one row per row of the table that is a block or mesh: its place in blocks or its code, total and ages.

    Blocks that are not found are left aside when `aside` says so; the second value says what is to be noted.

    Examples
    --------
    >>> import shapely
    >>> from resourcemap.read.table import Table
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1"], "block": ["本町"]}, geometry=[shapely.Point(139, 35)])
    >>> table = Table("a.csv", None, ("町丁目", "人口"), [["本町", "9"]], [2], {"block": 0, "total": 1})
    >>> people_in_table(table, BlockIndex(blocks), aside=False)[0].values.tolist()
    [[0, 9]]
    """
    sexes = sex_column(table)
    if sexes is not None and table.ours.get("block") == sexes:  # 区分 is a block in some tables, a sex in others
        table = table.forgetting("block")
    written = table
    if sexes is not None:
        table = named_in_each_row(table, sexes)
    ages = age_columns(list(table.headings))
    bands = without_overlaps(list(ages))
    faults = _heading_faults(table, list(bands))
    if not table.rows:
        faults.append(
            either(
                ja=f"{table.where}: 見出しの下に行がありません。町丁目を1行に1つずつ書いてください。",
                en=f"{table.where}: has no rows below its headings. Write one block per row.",
            )
        )
    if faults:
        raise InputError(faults)
    places = ({"total": [table.ours["total"]]} if "total" in table.ours else {}) | ages
    ids, cities = table.column("block_id"), cities_of(table)
    found = _found(table, index, cities)
    raw, bad = _counts(table, places)
    everybody = np.ones(len(table.rows), dtype=bool)
    spare: list[dict[str, Any]] = []
    if sexes is not None:
        everybody, spare = rows_of_everybody(written, sexes, _keys(table, found, cities), raw)
    counts = _in_bands(table, raw, bands)
    counts, merged = undo_merges(counts, table, ids)
    of_cities = city_totals(table, cities, counts["total"].tolist(), index.cities if index else ())
    reasons = [
        "" if place is not None else _why_aside(table, row, counts["total"], ids, of_city=of_cities[row])
        for row, place in enumerate(found)
    ]
    water = either(ja="水面", en="water, where nobody lives")
    reasons = [
        reason if found[row] is not None or not wet else water
        for row, (reason, wet) in enumerate(zip(reasons, is_water(table), strict=True))
    ]
    kept = np.array([not reason for reason in reasons], dtype=bool) & everybody
    unplaced = _unplaced(table, index, found, kept, cities)
    faults = _count_faults(table, bad, kept) + ([] if aside else unplaced.faults())
    if faults:
        raise InputError(faults)
    kept[unplaced.rows] = False
    left = [
        left_aside(
            table.file, table.sheet, table.numbers[row], None, " ".join(filter(None, table.rows[row]))[:80], reason
        )
        for row, reason in enumerate(reasons)
        if reason and everybody[row]
    ] + spare
    given_back = {entry["block_id"] for entry in merged}
    left += _secrets(table, places, kept & np.array([id_ not in given_back for id_ in ids], dtype=bool))
    people = counts["total"].tolist()
    left += unplaced.entries(people)
    counts.insert(0, "block", pd.Series(found, dtype=object))
    counts = counts[kept].astype({name: int for name in counts if name != "block"})
    if sexes is None:
        refuse_sums(table, counts)
    repeated = repeated_rows(table, counts) if sexes is None or not spare else []
    return counts, {
        "left_aside": left,
        "merged": merged,
        "repeated": repeated,
        "unplaced": unplaced.records(people),
    }


def _keys(table: Table, found: Sequence[int | str | None], cities: Sequence[str]) -> list[Hashable]:
    """Say which block each row is of, also of one that is not among the blocks."""
    named = zip(table.column("block_id"), table.column("block"), cities, strict=True)
    return [place if place is not None else names for place, names in zip(found, named, strict=True)]


def _found(table: Table, index: BlockIndex | None, cities: Sequence[str]) -> list[int | str | None]:
    """Return each row's place among the blocks, or its code where the rows are meshes."""
    ids, names = table.column("block_id"), table.column("block")
    if is_mesh_table(table, without_blocks=index is None):
        return list(ids)
    if index is None:
        raise InputError(
            either(
                ja=f"{table.where}: 町丁目の人口です。町丁目の形（設定では [blocks] file）も渡してください。",
                en=f"{table.where}: has people of town blocks. Give the blocks, too ([blocks] file in settings).",
            )
        )
    return [index.find(id_, name, city) for id_, name, city in zip(ids, names, cities, strict=True)]


def _unplaced(
    table: Table, index: BlockIndex | None, found: Sequence[int | str | None], kept: np.ndarray, cities: Sequence[str]
) -> Unplaced:
    """Return the rows that are no totals and whose block is not found."""
    rows = [row for row, place in enumerate(found) if place is None and kept[row]]
    names = table.column("block")
    shared = [index is not None and index.several(names[row], cities[row]) for row in rows]
    return Unplaced(table, rows, cities, shared)


def _in_bands(table: Table, raw: pd.DataFrame, bands: dict[str, tuple[str, str | None]]) -> pd.DataFrame:
    """Return the total and age groups that do not overlap."""
    counts = pd.DataFrame({name: raw[one] - (raw[less] if less else 0) for name, (one, less) in bands.items()})
    counts = counts.reindex(raw.index)
    counts.insert(0, "total", raw["total"] if "total" in raw else counts.sum(axis=1))
    negative = np.flatnonzero((counts < 0).any(axis=1))
    if len(negative):
        rows = first_five(table.numbers[row] for row in negative)
        raise InputError(
            either(
                ja=f"{table.where}: 年齢の区分の人数が合いません（75歳以上が65歳以上より多いなど: 行 {rows}）。"
                "数字を確かめてください。",
                en=f"{table.where}: age groups do not fit, such as more people of 75 than of 65 and over "
                f"(rows {rows}). Check the figures.",
            )
        )
    return counts


def _counts(table: Table, places: dict[str, list[int]]) -> tuple[pd.DataFrame, list[tuple[int, int]]]:
    """Read whole numbers; return them and the cells (row, column) that are none."""
    counts, bad = {}, []
    for name, columns in places.items():
        values = [0] * len(table.rows)
        for column in columns:
            for row, cells in enumerate(table.rows):
                count = _count(cells[column])
                if count is None:
                    bad.append((row, column))
                values[row] += count or 0
        counts[name] = values
    return pd.DataFrame(counts, index=range(len(table.rows))), bad


def _secrets(table: Table, places: dict[str, list[int]], kept: np.ndarray) -> list[dict[str, Any]]:
    """Note the rows with figures that the statistics keep secret."""
    columns = [column for each in places.values() for column in each]
    reason = either(ja="秘匿（x）の人数を0とみなしました", en="secret figures (x) counted as 0")
    return [
        left_aside(table.file, table.sheet, table.numbers[row], table.headings[secret[0]], cells[secret[0]], reason)
        for row, cells in enumerate(table.rows)
        if kept[row] and (secret := [column for column in columns if cells[column] in _SECRET])
    ]


def _count(text: str) -> int | None:
    if text.isascii() and text.isdigit() and len(text) < _DIGITS:
        return int(text)
    if is_blank(text) or text in _SECRET:
        return 0
    value = number(text.removesuffix("人"))
    return int(value) if value is not None and 0 <= value < _MOST and value.is_integer() else None


def _why_aside(table: Table, row: int, totals: pd.Series, ids: Sequence[str], *, of_city: bool) -> str:
    """Say why a row that is no block may be left aside, or return nothing."""
    cells = table.rows[row]
    name = cells[table.ours["block"]] if "block" in table.ours else ""
    if is_total(cells):
        return either(ja="合計の行", en="a total")
    named_twice = sum(fold(cell) == fold(name) for cell in cells) > 1
    if of_city or (name.endswith(_CITY_LIKE) and named_twice):
        return either(ja="市や区の合計の行", en="a total of a city or ward")
    pieces = [place for place, id_ in enumerate(ids) if ids[row] and id_ != ids[row] and id_.startswith(ids[row])]
    if pieces and any(_sums_to(totals, chosen, totals[row]) for chosen in _levels(ids, pieces)):
        return either(ja="内訳のある小計の行", en="a subtotal of the rows whose ids begin with its own")
    if not any(cells[place] for place in table.ours.values() if place != table.ours.get("total")):
        return either(ja="町丁目の書かれていない行", en="a row that names no block") if not totals[row] else ""
    return ""


def _levels(ids: Sequence[str], pieces: Sequence[int]) -> list[list[int]]:
    """Group rows by the length of their ids: each length is one level of the statistics."""
    return [
        [place for place in pieces if len(ids[place]) == length] for length in {len(ids[place]) for place in pieces}
    ]


def _sums_to(totals: pd.Series, chosen: Sequence[int], wanted: int) -> bool:
    return bool(totals.iloc[list(chosen)].sum() == wanted)


def _heading_faults(table: Table, ages: list[str]) -> list[str]:
    faults = []
    if "total" not in table.ours and not ages:
        faults.append(
            either(
                ja=f"{table.where}: 人口の列がありません（ある列: {first_five(table.headings)}）。"
                "total で列名を指定してください。",
                en=f"{table.where}: there is no column of people (found: {first_five(table.headings)}). "
                "Name it with total.",
            )
        )
    if pairs := overlapping(ages):
        shown = first_five(f"{one}/{other}" for one, other in pairs)
        faults.append(
            either(
                ja=f"{table.where}: 年齢の区分が重なっています（{shown}）。重ならない列だけにしてください。",
                en=f"{table.where}: age groups overlap ({shown}). Keep columns that do not.",
            )
        )
    return faults


def _count_faults(table: Table, bad: Sequence[tuple[int, int]], kept: np.ndarray) -> list[str]:
    cells = [(row, column) for row, column in bad if kept[row]]
    if not cells:
        return []
    where = first_five(
        either(
            ja=f"{table.numbers[row]}行「{table.headings[column]}」{table.rows[row][column]!r}",
            en=f"row {table.numbers[row]}, {table.headings[column]}: {table.rows[row][column]!r}",
        )
        for row, column in cells
    )
    return [
        either(
            ja=f"{table.where}: 人数が数字でないところが{len(cells)}か所あります（{where}）。"
            "0以上の整数にしてください（ー と空欄は0とみなします）。",
            en=f"{table.where}: {len(cells)} cells are no whole number of people ({where}). "
            "Correct them (- and blanks count as 0).",
        )
    ]


def _area_places(table: Table, areas: Sequence[str]) -> dict[str, int]:
    there = {fold(heading): place for place, heading in reversed(list(enumerate(table.headings)))}
    faults = []
    for area in areas:
        if fold(area) in there:
            continue
        close = get_close_matches(area, table.headings, n=1)
        hint = either(ja=f"「{close[0]}」のことですか。", en=f"Did you mean {close[0]!r}? ") if close else ""
        faults.append(
            either(
                ja=f"{table.where}: 区域の列「{area}」がありません。{hint}ある列は {'、'.join(table.headings)} です。",
                en=f"{table.where}: there is no column {area!r}. {hint}It has {', '.join(table.headings)}.",
            )
        )
    if faults:
        raise InputError(faults)
    return {area: there[fold(area)] for area in areas}


def _membership_faults(table: Table, found: pd.DataFrame, folded: pd.Series, numbers: Sequence[int]) -> list[str]:
    faults = []
    blank = [number for number, name in zip(numbers, found["block"], strict=True) if is_blank(name)]
    if blank:
        faults.append(
            either(
                ja=f"{table.where}: 町丁目のない行があります（行 {first_five(blank)}）。"
                "町丁目を書くか、行を消してください。",
                en=f"{table.where}: rows without a block (rows {first_five(blank)}). Fill it in, or delete them.",
            )
        )
    for system in found.columns[1:]:
        names = found[system].groupby(folded, sort=False).agg(lambda cells: list(dict.fromkeys(cells.dropna())))
        twice = {key: areas for key, areas in names.items() if len(areas) > 1 and key}
        if not twice:
            continue
        shown = first_five(
            f"{found['block'][folded == key].iloc[0]}: {_areas_with_rows(found[system][folded == key], numbers)}"
            for key in twice
        )
        faults.append(
            either(
                ja=f"{table.where}: 「{system}」で2つの区域に入っている町丁目があります（{shown}）。"
                "ひとつにしてください。",
                en=f"{table.where}: blocks in two areas of {system} ({shown}). Leave one for each.",
            )
        )
    return faults


def _areas_with_rows(cells: pd.Series, numbers: Sequence[int]) -> str:
    return " / ".join(
        either(ja=f"{area}（{numbers[at]}行）", en=f"{area} (row {numbers[at]})") for at, area in cells.dropna().items()
    )
