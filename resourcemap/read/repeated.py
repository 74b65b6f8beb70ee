"""Blocks that stand in several rows of people: pieces of a block are added, totals and slips are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.errors import InputError, first_five
from resourcemap.language import either

if TYPE_CHECKING:
    import pandas as pd

    from resourcemap.read.table import Table

_FEWEST = 2


def repeated_rows(table: Table, counts: pd.DataFrame) -> list[str]:
    """Name the blocks that stand in several rows, with the rows.

    Examples
    --------
    >>> import pandas as pd
    >>> from resourcemap.language import speaking
    >>> from resourcemap.read.table import Table
    >>> table = Table("a.csv", None, ("町丁目",), [["本町"], ["本町"]], [2, 3], {"block": 0})
    >>> with speaking("en"):
    ...     repeated_rows(table, pd.DataFrame({"block": [0, 0], "total": [5, 6]}))
    ['本町 (rows 2, 3)']
    """
    names = table.column("block" if "block" in table.ours else "block_id")
    return [
        either(ja=f"{names[rows[0]]}（{shown}行）", en=f"{names[rows[0]]} (rows {shown})")
        for rows in _several(counts)
        for shown in [first_five(table.numbers[row] for row in rows)]
    ]


def refuse_sums(table: Table, counts: pd.DataFrame) -> None:
    """Raise `InputError` for blocks of which one row is the sum of the others, or is written twice.

    Examples
    --------
    >>> import pandas as pd
    >>> from resourcemap.language import speaking
    >>> from resourcemap.read.table import Table
    >>> rows = [["本町", "9"], ["本町", "5"], ["本町", "4"]]
    >>> table = Table("a.csv", None, ("町丁目", "人口"), rows, [2, 3, 4], {"block": 0, "total": 1})
    >>> with speaking("en"):
    ...     refuse_sums(table, pd.DataFrame({"block": [0, 0, 0], "total": [9, 5, 4]}))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    resourcemap.errors.InputError: a.csv: 1 blocks stand in several rows of which one is the sum of the others, or ...
    """
    figures = counts.drop(columns="block")
    doubled = []
    for rows in _several(counts):
        group = figures.loc[rows].loc[lambda each: each["total"] > 0]
        if len(group) < _FEWEST:
            continue
        is_sum = bool((group.loc[group["total"].idxmax()] * 2 == group.sum()).all())
        # Two pieces may have as many people; only rows alike in every cell are one row written twice.
        if is_sum and (len(group) > _FEWEST or table.rows[group.index[0]] == table.rows[group.index[1]]):
            doubled.append(rows[0])
    if not doubled:
        return
    names = table.column("block" if "block" in table.ours else "block_id")
    shown = first_five(
        either(ja=f"{names[row]}（{table.numbers[row]}行）", en=f"{names[row]} (row {table.numbers[row]})")
        for row in doubled
    )
    raise InputError(
        either(
            ja=f"{table.where}: 同じ町丁目の行のうち1行がほかの行の合計か、まったく同じ行が2つある町丁目が"
            f"{len(doubled)}あります（{shown}）。二重に数えないよう、合計か内訳のどちらかにしてください。",
            en=f"{table.where}: {len(doubled)} blocks stand in several rows of which one is the sum of the others, or "
            f"two are the same ({shown}). Leave the sums or the parts, so that nobody counts twice.",
        )
    )


def _several(counts: pd.DataFrame) -> list[list[int]]:
    """Return the positions of the rows of each block that has more than one, in order."""
    rows = counts.index.to_series().groupby(counts["block"].to_numpy(), sort=False).agg(list)
    return [each for each in rows if len(each) > 1]
