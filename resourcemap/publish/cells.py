"""The cells of a released table as texts, the same in every output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence


def cell(value: Any) -> str | None:
    """Write a cell as text: blank ones as ``None``, whole numbers without a point.

    The value must not be missing; `texts` takes care of those.

    Examples
    --------
    >>> cell(" みほんサロン "), cell(3.0), cell("  ")
    ('みほんサロン', '3', None)
    """
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() or None


def column(table: pd.DataFrame, name: str) -> np.ndarray:
    """Give a column as an array of objects; of one that the table does not have, all are missing.

    Examples
    --------
    >>> column(pd.DataFrame({"a": [1, 2]}), "b").tolist()
    [None, None]
    """
    found: np.ndarray = table[name].to_numpy(dtype=object) if name in table else np.full(len(table), None)
    return found


def texts(table: pd.DataFrame, name: str) -> np.ndarray:
    """Give the cells of a column as `cell` writes them, missing ones as ``None``.

    Examples
    --------
    >>> texts(pd.DataFrame({"name": ["A ", None]}), "name").tolist()
    ['A', None]
    """
    found = column(table, name)
    missing = pd.isna(found)
    return objects([None if gone else cell(each) for each, gone in zip(found.tolist(), missing.tolist(), strict=True)])


def objects(values: Sequence[Any]) -> np.ndarray:
    """Return an array of objects, also of tuples, which numpy would make a table of.

    Examples
    --------
    >>> objects([(1, 2), None]).tolist()
    [(1, 2), None]
    """
    made = np.empty(len(values), dtype=object)
    made[:] = list(values)
    return made
