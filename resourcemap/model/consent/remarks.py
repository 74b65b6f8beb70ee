"""What texts give away: that a row points to somebody's home, or that it must not be shown."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.model.consent.words import plain, words
from resourcemap.model.tables import AT_A_PLACE, OWN

if TYPE_CHECKING:
    from collections.abc import Callable

_WHERE = ("name", "venue", "address")
_TEXTS = ("provider", "serves", "description", "schedule", "how_to_join", "notes", "audience_text", "contact")
_INSIDE = ("notes", "contact", "venue", "address")


def private_home(table: pd.DataFrame) -> pd.Series:
    """Tell which rows point to somebody's home (様方, 宅, 個人宅), in any of their texts.

    Returns
    -------
    pandas.Series
        True or False, on the index of `table`.

    Examples
    --------
    >>> private_home(pd.DataFrame({"address": ["みほん1-2-3 見本様方", "みほん住宅集会所"]})).tolist()
    [True, False]
    """
    found = pd.Series(False, index=table.index)
    for column in table.columns:
        if column in _WHERE:
            found |= _seen(table[column], lambda text: _says(text, "anywhere") or _says(text, "place"))
        elif column in _TEXTS or str(column).startswith(OWN):
            found |= _seen(table[column], lambda text: _says(text, "anywhere"))
    return found | (_homes_by_form(table) & _at_a_place(table))


def refused_in_remarks(table: pd.DataFrame) -> pd.Series:
    """Tell of which rows a remark, or a column of the file's own, says that they are not to be shown.

    Returns
    -------
    pandas.Series
        True or False, on the index of `table`.

    Examples
    --------
    >>> refused_in_remarks(pd.DataFrame({"notes": ["公開不可。本人の希望", "駐車場あり"]})).tolist()
    [True, False]
    """
    found = pd.Series(False, index=table.index)
    for column in table.columns:
        if column in _INSIDE or str(column).startswith(OWN):
            found |= _seen(table[column], lambda text: bool(_refusal().search("".join(text.lower().split()))))
    return found


def _homes_by_form(table: pd.DataFrame) -> pd.Series:
    """Tell which rows have a cell of the file's own, or a venue, that says home and nothing else."""
    found = pd.Series(False, index=table.index)
    form = re.compile(words()["homes"]["form"])
    for column in table.columns:
        if column in _WHERE or str(column).startswith(OWN):
            found |= _seen(table[column], lambda text: bool(form.fullmatch(text.strip())))
    return found


def _at_a_place(table: pd.DataFrame) -> pd.Series:
    """Tell which rows are no visiting service: those go to homes, and tell of none."""
    if "place" not in table:
        return pd.Series(True, index=table.index)
    return table["place"].isin(AT_A_PLACE)


def _seen(cells: pd.Series, test: Callable[[str], bool]) -> pd.Series:
    known = {text: test(plain(text)) for text in cells.unique() if isinstance(text, str)} if len(cells) else {}
    return pd.Series([isinstance(cell, str) and known[cell] for cell in cells], index=cells.index, dtype=bool)


def _says(text: str, section: str) -> bool:
    return any(pattern.search(text) for pattern in _homes(section))


@cache
def _homes(section: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in words()["homes"][section])


@cache
def _refusal() -> re.Pattern[str]:
    return re.compile(words()["remarks"]["refusal"])
