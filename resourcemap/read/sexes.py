"""Tables of people with rows for men, women and both: everybody is counted once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.read.cells import fold, is_blank
from resourcemap.read.entries import left_aside

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pandas as pd

    from resourcemap.read.table import Table

_MEN = frozenset({"男", "男性", "男子", "m", "male", "males", "men"})
_WOMEN = frozenset({"女", "女性", "女子", "f", "female", "females", "women"})
_BOTH = frozenset(
    {"計", "総数", "総計", "合計", "男女計", "男女", "男女合計", "全体", "total", "both", "bothsexes", "t"}
)
_SECRET = frozenset({"x", "χ"})


def sex_column(table: Table) -> int | None:
    """Find the column whose every cell is a word for men, women or both.

    Examples
    --------
    >>> from resourcemap.read.table import Table
    >>> rows = [["本町", "計", "9"], ["本町", "男", "5"], ["本町", "女", "4"]]
    >>> sex_column(Table("a.csv", None, ("町丁目", "区分", "人口"), rows, [2, 3, 4], {"block": 0, "total": 2}))
    1
    """
    for place in range(len(table.headings)):
        words = {_sex(row[place]) for row in table.rows if not is_blank(row[place])}
        if "" not in words and len(words & {"men", "women"}) and len(words) > 1:
            return place
    return None


def named_in_each_row(table: Table, place: int) -> Table:
    """Write the block's id and name into the rows below its first that leave both blank; take the sex out.

    Without its word for both sexes a row is no longer taken for a total of the city.

    Examples
    --------
    >>> from resourcemap.read.table import Table
    >>> table = Table("a.csv", None, ("町丁目", "性別"), [["本町", "計"], ["", "男"]], [2, 3], {"block": 0})
    >>> named_in_each_row(table, 1).rows
    [['本町', ''], ['本町', '']]
    """
    names = [table.ours[name] for name in ("block_id", "block") if name in table.ours]
    rows: list[list[str]] = []
    for row in table.rows:
        named = list(row)
        if rows and all(is_blank(row[name]) for name in names):
            for name in names:
                named[name] = rows[-1][name]
        named[place] = ""
        rows.append(named)
    return replace(table, rows=rows)


def rows_of_everybody(
    table: Table, place: int, keys: Sequence[Hashable], counts: pd.DataFrame
) -> tuple[np.ndarray, list[dict[str, Any]]]:
    """Choose the rows that have everybody once: those of both sexes, or men and women where there are none.

    Parameters
    ----------
    table
        The rows as written.
    place
        The column of the sexes.
    keys
        Which block each row is of.
    counts
        The numbers of each row.

    Returns
    -------
    tuple
        Which rows count, and an entry that says how many were not needed.

    Raises
    ------
    InputError
        When men and women together are not both, or a block has rows of one sex alone.

    Examples
    --------
    >>> import pandas as pd
    >>> from resourcemap.read.table import Table
    >>> rows = [["本町", "計", "9"], ["本町", "男", "5"], ["本町", "女", "4"]]
    >>> table = Table("a.csv", None, ("町丁目", "区分", "人口"), rows, [2, 3, 4], {})
    >>> rows_of_everybody(table, 1, [0, 0, 0], pd.DataFrame({"total": [9, 5, 4]}))[0].tolist()
    [True, False, False]
    """
    groups: dict[Hashable, dict[str, list[int]]] = {}
    for row, (key, cells) in enumerate(zip(keys, table.rows, strict=True)):
        groups.setdefault(key, {}).setdefault(_sex(cells[place]) or "both", []).append(row)
    needed = np.zeros(len(table.rows), dtype=bool)
    unlike, halves = [], []
    for sexes in groups.values():
        men, women, both = (sexes.get(name, []) for name in ("men", "women", "both"))
        needed[both or [*men, *women]] = True
        if both and men and women and not _secret(table, [*both, *men, *women]):
            fits = (counts.iloc[both].sum() == counts.iloc[[*men, *women]].sum()).all()
            unlike += [] if fits else both[:1]
        elif not both and not (men and women):
            halves += [*men, *women][:1]
    if faults := _faults(table, unlike, halves):
        raise InputError(faults)
    spare = int((~needed).sum())
    reason = either(ja="男女別の行（計の行を使いました）", en="rows by sex; those of both sexes were read")
    rows = either(ja=f"{spare}行", en=f"{spare} rows")
    return needed, [left_aside(table.file, table.sheet, None, None, rows, reason)] if spare else []


def rows_of_men(table: Table, place: int) -> list[int]:
    """Return the positions of the rows of men; none where some block has no such row.

    Examples
    --------
    >>> from resourcemap.read.table import Table
    >>> rows = [["本町", "計", "9"], ["本町", "男", "5"], ["本町", "女", "4"]]
    >>> rows_of_men(Table("a.csv", None, ("町丁目", "区分", "人口"), rows, [2, 3, 4], {}), 1)
    [1]
    """
    words = [_sex(cells[place]) for cells in table.rows]
    men = [row for row, word in enumerate(words) if word == "men"]
    return men if len(men) == words.count("women") else []


def _faults(table: Table, unlike: Sequence[int], halves: Sequence[int]) -> list[str]:
    faults = []
    if unlike:
        rows = first_five(table.numbers[row] for row in unlike)
        faults.append(
            either(
                ja=f"{table.where}: 計と、男と女の合計が合わない町丁目が{len(unlike)}あります（行 {rows}）。"
                "数字を直すか、計の行だけにしてください。",
                en=f"{table.where}: in {len(unlike)} blocks men and women together are not the total (rows {rows}). "
                "Correct the figures, or leave only the rows of both.",
            )
        )
    if halves:
        rows = first_five(table.numbers[row] for row in halves)
        faults.append(
            either(
                ja=f"{table.where}: 男女の片方の行しかない町丁目が{len(halves)}あります（行 {rows}）。"
                "計の行か、もう片方の行を足してください。",
                en=f"{table.where}: {len(halves)} blocks have rows of one sex alone (rows {rows}). "
                "Add a row of both, or of the other sex.",
            )
        )
    return faults


def _sex(text: str) -> str:
    word = fold(text).strip("()（）")
    return "men" if word in _MEN else "women" if word in _WOMEN else "both" if word in _BOTH else ""


def _secret(table: Table, rows: Sequence[int]) -> bool:
    return any(fold(cell) in _SECRET for row in rows for cell in table.rows[row])
