"""What is taken out of the cells of released rows: fields without consent, and what belongs to persons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.model.consent.persons import (
    is_person,
    without_email,
    without_mobile_numbers,
    without_names,
    without_numbers,
)
from resourcemap.model.consent.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd

    Rewrite = Callable[[str], str | None]

# 1-2-3, 5番, 3丁目4; no telephone number begins with another digit than 0.
_LOT = re.compile(r"(?<![\d-])[1-9]\d{0,3}\s*[-‐–—−ー]\s*\d{1,4}\s*[-‐–—−ー]\s*\d{1,4}(?!\d)|\d\s*番|丁目\s*\d")
# Cells that never say where, who or by which number: ids, words of the catalogue, days, numbers.
_NO_TEXTS = frozenset(
    {
        *("resource_id", "activity_id", "venue_id", "kind", "place", "status", "audience", "capacity", "facilities"),
        *("valid_from", "valid_to", "verified_on", "located"),
    }
)
# A shorter text (家, 会館) is in many others by chance.
_LEAST = 3


def take_out(table: gpd.GeoDataFrame, permit: pd.Series, whereabouts: pd.DataFrame) -> pd.DataFrame:
    """Blank in `table`, which is ours, what the consent of each row does not cover, and list the cells.

    Parameters
    ----------
    table
        Released rows; changed in place.
    permit
        The `Permit` of each row.
    whereabouts
        ``venue`` and ``address`` of each row as they are on the office's own list: where the place is not covered, no
        text may name them.

    Returns
    -------
    pandas.DataFrame
        ``resource_id``, ``column``, ``reason`` of every cell that changed, on the labels of their rows.
    """
    texts = [column for column in table if column not in _NO_TEXTS and column != table.geometry.name]
    done = [_not_agreed(table, permit)]
    for group, rewrites in _OF_GROUPS.items():
        rows = permit.map(lambda covered, group=group: group not in covered.groups).astype(bool)
        done += [_rewrite(table, column, rows, each, "in_text") for column in texts for each in rewrites]
    done.append(_whereabouts(table, texts, permit, whereabouts))
    for word, columns, rewrite in _OF_PERSONS:
        rows = ~permit.map(lambda covered, word=word: word in covered.by_word).astype(bool)
        looked_at = texts if columns is None else [column for column in columns if column in texts]
        done += [_rewrite(table, column, rows, rewrite, word) for column in looked_at]
    return _joined(done)


def _not_agreed(table: gpd.GeoDataFrame, permit: pd.Series) -> pd.DataFrame:
    """Blank the fields that the consent of a row does not cover."""
    cells = []
    withheld = permit.map(lambda covered: covered.withheld)
    for column in dict.fromkeys(column for columns in withheld for column in columns):
        if column not in table:
            continue
        rows = withheld.map(lambda columns, column=column: column in columns).astype(bool) & table[column].notna()
        cells.append(_cells(table, rows, column, "not_agreed"))
        table.loc[rows, column] = None
    return _joined(cells)


def _whereabouts(
    table: gpd.GeoDataFrame, texts: Sequence[str], permit: pd.Series, whereabouts: pd.DataFrame
) -> pd.DataFrame:
    """Blank the cells that tell the place of a row whose consent does not cover it."""
    cells = []
    hidden = permit.map(lambda covered: "place" not in covered.groups).astype(bool)
    for label in table.index[hidden]:
        venue, address = (
            plain(text) if isinstance(text, str) and len(text) >= _LEAST else None
            for text in (whereabouts.at[label, "venue"], whereabouts.at[label, "address"])
        )
        for column in texts:
            said = table.at[label, column]
            told = (address,) if column in ("name", "kana") else (venue, address)
            if isinstance(said, str) and _tells(plain(said), told):
                cells.append(_cells(table, pd.Series(table.index == label, index=table.index), column, "in_text"))
                table.at[label, column] = None
    return _joined(cells)


def _tells(text: str, places: tuple[str | None, ...]) -> bool:
    return bool(_LOT.search(text)) or any(place in text for place in places if place)


def _rewrite(table: gpd.GeoDataFrame, column: str, rows: pd.Series, rewrite: Rewrite, reason: str) -> pd.DataFrame:
    """Rewrite the texts of a column in some rows of `table`, which is ours, and list the cells that changed."""
    if not rows.any():
        return _joined([])
    texts = table.loc[rows, column]
    new = {text: rewrite(text) for text in texts.unique() if isinstance(text, str)}
    changed = texts.map(lambda cell: isinstance(cell, str) and new[cell] != cell).astype(bool)
    changed = changed.reindex(table.index, fill_value=False)
    if not changed.any():
        return _joined([])
    cells = _cells(table, changed, column, reason)
    table.loc[changed, column] = table.loc[changed, column].map(new)
    return cells


def _cells(table: gpd.GeoDataFrame, rows: pd.Series, column: str, reason: str) -> pd.DataFrame:
    ids = table.loc[rows, "resource_id"]
    return pd.DataFrame({"resource_id": ids, "column": column, "reason": reason}, dtype=object)


def _joined(cells: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [each for each in cells if len(each)]
    return pd.concat(filled) if filled else pd.DataFrame(columns=["resource_id", "column", "reason"], dtype=object)


def _no_person(name: str) -> str | None:
    return None if is_person(name) else name


# A field that is withheld is not told by another: no text gives a number where telephones are not covered.
_OF_GROUPS: dict[str, tuple[Rewrite, ...]] = {"phone": (without_numbers,)}
# The word that permits it, the columns that are looked at (all texts when not given), and what is taken out.
_OF_PERSONS: tuple[tuple[str, tuple[str, ...] | None, Rewrite], ...] = (
    ("mobile", None, without_mobile_numbers),
    ("email", None, without_email),
    ("person", ("phone",), without_names),
    ("person", ("provider",), _no_person),
)
