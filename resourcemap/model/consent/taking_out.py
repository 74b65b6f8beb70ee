"""What is taken out of the cells of released rows: fields without consent, and what belongs to persons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.model.consent.persons import (
    is_person,
    without_email,
    without_home_numbers,
    without_inside,
    without_mobile_numbers,
    without_names,
    without_numbers,
)
from resourcemap.model.consent.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd

    Rewrite = Callable[[str], str | None]

# 1-2-3, 5番, 三番地, 3丁目4; no telephone number begins with another digit than 0.
_LOT = re.compile(
    r"(?<![\d-])[1-9]\d{0,3}\s*[-‐–—−ー]\s*\d{1,4}\s*[-‐–—−ー]\s*\d{1,4}(?!\d)"
    r"|\d\s*番|[一二三四五六七八九十〇]\s*番(?:地|[一二三四五六七八九十〇]|$)|丁目\s*[\d一二三四五六七八九十〇]"
)
# 本町1-2, where no hours are written.
_SHORT_LOT = re.compile(r"[一-龠ぁ-ん]\s*\d{1,4}\s*[-‐–—−ー]\s*\d{1,4}(?![\d:時])")
# Links to maps, and degrees.
_ON_A_MAP = re.compile(r"map|goo\.gl|[@=/,]-?\d{2,3}\.\d{3,}", re.IGNORECASE)
_ROOM = re.compile(r"[\s\d(（・]")
# Cells that never say where, who or by which number: ids, words of the catalogue, days, numbers.
NO_TEXTS = frozenset(
    {
        *("resource_id", "activity_id", "venue_id", "kind", "place", "status", "audience", "capacity", "facilities"),
        *("valid_from", "valid_to", "verified_on", "located"),
    }
)
_OF_TIME = ("schedule", "phone", "cost", "capacity", "audience_text")
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
    texts = [column for column in table if column not in NO_TEXTS and column != table.geometry.name]
    _as_texts(table, texts)
    done: list[pd.DataFrame | None] = [_not_agreed(table, permit)]
    for group, rewrites in _OF_GROUPS.items():
        rows = permit.map(lambda covered, group=group: group not in covered.groups).astype(bool)
        done += [_rewrite(table, column, rows, each, "in_text") for column in texts for each in rewrites]
    everywhere = pd.Series(True, index=table.index)
    done += [_rewrite(table, column, everywhere, without_inside, "in_text") for column in texts]
    done.append(_whereabouts(table, texts, permit, whereabouts))
    for word, columns, rewrite in _OF_PERSONS:
        rows = ~permit.map(lambda covered, word=word: word in covered.by_word).astype(bool)
        looked_at = texts if columns is None else [column for column in columns if column in texts]
        done += [_rewrite(table, column, rows, rewrite, word) for column in looked_at]
    return _joined(done)


def _as_texts(table: gpd.GeoDataFrame, columns: Sequence[str]) -> None:
    """Write as text what an analyst's table may hold instead, so that nothing passes unread."""
    for column in columns:
        odd = [cell is not None and not isinstance(cell, str) for cell in table[column]]
        if any(odd):
            table[column] = pd.Series([_text(cell) for cell in table[column]], index=table.index, dtype=object)


def _text(cell: object) -> str | None:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    if hasattr(cell, "geom_type") or pd.api.types.is_list_like(cell) or pd.isna(cell):
        return None
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


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
        venue = _named(whereabouts.at[label, "venue"], ending=_ROOM)
        address = _named(whereabouts.at[label, "address"])
        for column in texts:
            said = table.at[label, column]
            told = (address,) if column in ("name", "kana") else (venue, address)
            if isinstance(said, str) and _tells(plain(said), told, column):
                cells.append(_cells(table, pd.Series(table.index == label, index=table.index), column, "in_text"))
                table.at[label, column] = None
    return _joined(cells)


def _named(place: object, *, ending: re.Pattern[str] | None = None) -> str | None:
    """Return what a place is called, without the room or floor behind its name where that leaves enough."""
    text = plain(place).strip() if isinstance(place, str) else ""
    first = ending.split(text)[0] if ending else text
    found = first if len(first) >= _LEAST else text
    return found if len(found) >= _LEAST else None


def _tells(text: str, places: tuple[str | None, ...], column: str) -> bool:
    if column == "url" and _ON_A_MAP.search(text):
        return True
    if column not in _OF_TIME and _SHORT_LOT.search(text):
        return True
    return bool(_LOT.search(text)) or any(place in text for place in places if place)


def _rewrite(
    table: gpd.GeoDataFrame, column: str, rows: pd.Series, rewrite: Rewrite, reason: str
) -> pd.DataFrame | None:
    """Rewrite the texts of a column in some rows of `table`, which is ours, and list the cells that changed."""
    texts = {text for text in table[column].to_numpy()[rows.to_numpy()] if isinstance(text, str)}
    new = {text: said for text in texts if (said := rewrite(text)) != text}
    if not new:
        return None
    changed = rows & table[column].isin(list(new))
    cells = _cells(table, changed, column, reason)
    table.loc[changed, column] = table.loc[changed, column].map(new)
    return cells


def _cells(table: gpd.GeoDataFrame, rows: pd.Series, column: str, reason: str) -> pd.DataFrame:
    ids = table.loc[rows, "resource_id"]
    return pd.DataFrame({"resource_id": ids, "column": column, "reason": reason}, dtype=object)


def _joined(cells: Sequence[pd.DataFrame | None]) -> pd.DataFrame:
    filled = [each for each in cells if each is not None and len(each)]
    return pd.concat(filled) if filled else pd.DataFrame(columns=["resource_id", "column", "reason"], dtype=object)


def _no_person(name: str) -> str | None:
    return None if is_person(name) else name


# A field that is withheld is not told by another: no text gives a number where telephones are not covered.
_OF_GROUPS: dict[str, tuple[Rewrite, ...]] = {"phone": (without_numbers,)}
# The word that permits it, the columns that are looked at (all texts when not given), and what is taken out.
_OF_PERSONS: tuple[tuple[str, tuple[str, ...] | None, Rewrite], ...] = (
    ("home", ("phone",), without_home_numbers),
    ("mobile", None, without_mobile_numbers),
    ("email", None, without_email),
    ("person", ("phone",), without_names),
    ("person", ("provider",), _no_person),
    ("mobile", None, without_mobile_numbers),  # again: what stood between its digits may be gone by now
)
