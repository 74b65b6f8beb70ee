"""Columns of a table in the shortest of three forms: all values, distinct ones with positions, or the few there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Coded = list[Any] | dict[str, list[Any]]

# A position takes about five characters: below this share of distinct values it is the shorter form.
_REPEATED = 0.6
_FEW = 0.3


def coded(values: Sequence[Any] | np.ndarray | pd.Series, write: Callable[[Any], Any] | None = None) -> Coded | None:
    """Write one value per row in the shortest form; ``None`` where no row has a value.

    A list is the values themselves, missing ones ``None``; ``{"t": distinct, "i": positions}`` has the distinct values
    once, in order of appearance, and -1 for missing ones, and no ``i`` where all rows have the same one; ``{"r": rows,
    "v": values}`` has the rows that have a value.

    Parameters
    ----------
    values
        Hashable values of one type, ``None`` or NaN where missing.
    write
        Called once for each distinct value; what it returns stands for it, and ``None`` makes it missing.

    Examples
    --------
    >>> coded(["a", "a", None, "a", "a", "a"]), coded(["a", "b", "c"]), coded([None, None, None, None, "x"])
    ({'t': ['a'], 'i': [0, 0, -1, 0, 0, 0]}, ['a', 'b', 'c'], {'r': [4], 'v': ['x']})
    >>> coded(["1;2", "1;2", "1"], lambda text: text.split(";")), coded([None, None])
    ([['1', '2'], ['1', '2'], ['1']], None)
    """
    position, distinct = pd.factorize(np.asarray(values, dtype=object), use_na_sentinel=True)
    return coded_again(position, list(distinct) if write is None else [write(value) for value in distinct])


def coded_again(position: np.ndarray, distinct: list[Any]) -> Coded | None:
    """Write rows that are positions in a list of distinct values, as `coded` does; -1 is missing.

    Examples
    --------
    >>> coded_again(np.array([0, 1, 0, 0]), [[], None])
    {'t': [[]], 'i': [0, -1, 0, 0]}
    """
    there = np.array([value is not None for value in distinct] + [False])
    known = there[position]
    if not known.any():
        return None
    used = np.unique(position[known])
    if len(used) == 1 and known.all():
        return {"t": [distinct[used[0]]]}
    if known.mean() < _FEW:
        return {"r": np.flatnonzero(known).tolist(), "v": [distinct[at] for at in position[known]]}
    if len(used) > _REPEATED * len(position):
        return [distinct[at] if yes else None for at, yes in zip(position, known, strict=True)]
    number = np.full(len(distinct) + 1, -1)
    number[used] = np.arange(len(used))
    return {"t": [distinct[at] for at in used], "i": number[position].tolist()}
