"""Tables of e-Stat: two rows of headings, and figures that are kept secret by adding them to a neighbour's.

Where few people live, the statistics give the number of people but not their ages. The ages are added to those of a
neighbour, which the columns HTKSYORI (1 received, 2 gave away), HTKSAKI (to whom) and GASSAN (from whom) say. Both
numbers of people are known, so the ages of all of them together are given back in proportion, in whole people.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from resourcemap.read.cells import clean, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from resourcemap.read.grid import Grid
    from resourcemap.read.table import Table

_KEY = "KEY_CODE"
_ITEM = re.compile(r"T\d{6}[0-9A-Z]?\d{2,3}")
_GAVE = "2"
_WATER = "8154"


def merge_headings(grid: Grid) -> Grid:
    """Make one row of the two rows of headings of e-Stat; other grids are returned as they are.

    Examples
    --------
    >>> from resourcemap.read.grid import Grid
    >>> rows = [["KEY_CODE", "T001141001"], ["", " 人口（総数）"], ["5339", "7"]]
    >>> merge_headings(Grid("a.txt", None, rows)).rows
    [['KEY_CODE', '人口（総数）'], ['5339', '7']]
    """
    if len(grid.rows) < 2 or _KEY not in grid.rows[0] or not any(_ITEM.fullmatch(text) for text in grid.rows[0]):
        return grid
    codes, names = grid.rows[0], [*grid.rows[1], *[""] * len(grid.rows[0])]
    if names[list(codes).index(_KEY)].strip():
        return grid  # some program has put both rows into one already
    headings = [clean(name) or code for code, name in zip(codes, names, strict=False)]
    return replace(grid, rows=[headings, *grid.rows[2:]], first=grid.first + 1)


def cells_under(table: Table, heading: str) -> list[str] | None:
    """Return the cells below one of the headings of e-Stat, or ``None`` when a table has none such.

    Examples
    --------
    >>> from resourcemap.read.table import Table
    >>> cells_under(Table("a.csv", None, ("KEY_CODE", "HCODE"), [["1", "8101"]], [2], {}), "HCODE")
    ['8101']
    """
    for place, text in enumerate(table.headings):
        if fold(text) == fold(heading):
            return [row[place] for row in table.rows]
    return None


def is_water(table: Table) -> np.ndarray:
    """Tell which rows are water (HCODE 8154) on which nobody lives.

    Examples
    --------
    >>> from resourcemap.read.table import Table
    >>> is_water(Table("a.csv", None, ("HCODE", "JINKO"), [["8154", "0"], ["8154", "3"]], [2, 3], {})).tolist()
    [True, False]
    """
    kinds, people = cells_under(table, "HCODE"), cells_under(table, "JINKO")
    if kinds is None:
        return np.zeros(len(table.rows), dtype=bool)
    people = people or ["0"] * len(kinds)
    return np.array([kind == _WATER and count in ("", "0") for kind, count in zip(kinds, people, strict=True)])


def undo_merges(counts: pd.DataFrame, table: Table, ids: Sequence[str]) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Give ages back to the rows they were taken from, in proportion to their people.

    Every column keeps its sum over the rows that were merged, and every row its number of people. Where the number
    of people is secret, too, or does not fit, the ages stay where the statistics put them.

    Parameters
    ----------
    counts
        ``total`` and the age groups of each row; secret ones are 0.
    table
        The rows as read, with HTKSYORI and HTKSAKI.
    ids
        The code of each row.

    Returns
    -------
    tuple
        The counts, and one entry for each row that had been merged: its ``block_id``, ``into`` which, how many
        ``people``, and whether it was ``undone``.

    Examples
    --------
    >>> import pandas as pd
    >>> from resourcemap.read.table import Table
    >>> rows = [["1", "1", ""], ["2", "2", "1"]]
    >>> table = Table("a.txt", None, ("KEY_CODE", "HTKSYORI", "HTKSAKI"), rows, [3, 4], {})
    >>> counts = pd.DataFrame({"total": [8, 4], "age_0_64": [6, 0], "age_65_over": [6, 0]})
    >>> undone, merged = undo_merges(counts, table, ["1", "2"])
    >>> undone.values.tolist(), merged
    ([[8, 4, 4], [4, 2, 2]], [{'block_id': '2', 'into': '1', 'people': 4, 'undone': True}])
    """
    states, targets = cells_under(table, "HTKSYORI"), cells_under(table, "HTKSAKI")
    if states is None or targets is None:
        return counts, []
    place_of = {id_: place for place, id_ in enumerate(ids)}
    groups: dict[int, list[int]] = {}
    merged = []
    for place, (state, target) in enumerate(zip(states, targets, strict=True)):
        if state == _GAVE and target in place_of:
            groups.setdefault(place_of[target], []).append(place)
    ages = [name for name in counts if name != "total"]
    numbers = counts[ages].to_numpy(dtype=int, copy=True)
    totals = counts["total"].to_numpy(dtype=int)
    for receiver, givers in groups.items():
        shared = _shared_out(numbers[receiver], totals[receiver], numbers[givers], totals[givers])
        if shared is not None:
            numbers[[*givers, receiver]] = shared
        merged += [
            {"block_id": ids[giver], "into": ids[receiver], "people": int(totals[giver]), "undone": shared is not None}
            for giver in givers
        ]
    result = counts.copy()
    result[ages] = numbers
    return result, merged


def _shared_out(received: np.ndarray, total: int, given: np.ndarray, totals: np.ndarray) -> np.ndarray | None:
    """Share the ages of a group out: a row per giver, the receiver last; nothing when the figures do not fit."""
    ages = received + given.sum(axis=0)
    unknown = int(totals.sum()) + int(total) - int(ages.sum())
    if not len(received) or given.any() or unknown < 0 or not totals.all():
        return None
    rest = np.append(ages, unknown)
    rows = []
    for people in totals:
        part = _in_proportion(int(people), rest)
        rows.append(part)
        rest = rest - part
    return np.array([*rows, rest])[:, :-1]


def _in_proportion(people: int, among: np.ndarray) -> np.ndarray:
    """Divide people in proportion, by largest remainders, never more than there are; ties go to the first."""
    exact = among * (people / max(int(among.sum()), 1))
    whole = np.floor(exact).astype(int)
    order = np.argsort(-(exact - whole), kind="stable")
    spare = [place for place in order if whole[place] < among[place]]
    whole[spare[: people - int(whole.sum())]] += 1
    found: np.ndarray = whole
    return found
