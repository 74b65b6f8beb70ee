"""The rows that fit a choice, by the same rules as the page of the map (filter.js)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.errors import QuestionError, unknown
from resourcemap.language import either
from resourcemap.model.catalog import LANGUAGES
from resourcemap.plain import visible
from resourcemap.publish.ages import ages
from resourcemap.publish.cells import texts
from resourcemap.publish.choice.moments import FITS, NOT_KNOWN, answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.choice.choice import Choice

MONTH = 30.44  # days
_SEARCHED = ("name", "kana", "venue", "address", "serves", "provider", "schedule", "description", "languages")
_BETWEEN = re.compile(r"[;；、，,/／・]")
_HYPHENS = re.compile("[‐‑‒–—―−]")
_TO_HIRAGANA = {letter: letter - 0x60 for letter in range(ord("ァ"), ord("ヶ") + 1)}


def chosen(
    released: Released,
    choice: Choice,
    *,
    schedules: pd.Series | None,
    placements: pd.DataFrame | None,
    catalog: Catalog,
    as_of: date | None,
) -> pd.Index:
    """Return the rows that fit, in the order of the table: those that the map shows for the same choice.

    Of a group one choice is enough, and every group must fit. Words are looked for in the name, venue, address,
    organiser, schedule, description, languages and kind, whatever their width, case and kana. What is available
    everywhere fits every area. What was checked only in part fits no choice of when. Days and hours are those of the
    eight weeks from `as_of`; a row of which they are not known does not fit, unless ``choice.unknown`` asks for it.

    Parameters
    ----------
    released
        What the gate let through.
    choice
        What is asked for.
    schedules
        The schedule of each row, on the index of ``released.table``; without them no day is known.
    placements
        The areas of every row in every system; without them there is no area to choose.
    catalog
        The kinds, audiences and facilities.
    as_of
        The day to look from.

    Raises
    ------
    QuestionError
        For a kind, an audience, a facility, a language or an area that is not there, naming those that are.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.publish.choice import Choice
    >>> rows = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["みほんサロン", "子ども食堂"], "status": "active",
    ...     "kind": ["salon", "kids_cafeteria"], "place": "venue", "channels": "list"}, geometry=[None, None], crs=4326)
    >>> usual = {"schedules": None, "placements": None, "catalog": load_catalog(), "as_of": None}
    >>> chosen(release(rows, "list"), Choice(words="ｻﾛﾝ みほん"), **usual).tolist()
    [0]
    """
    table = pd.DataFrame(released.table)
    _require_known(table, choice, placements, catalog)
    fits = np.ones(len(table), dtype=bool)
    if choice.words.strip():
        fits &= _with_words(table, choice.words, catalog)
    if choice.kinds:
        fits &= table["kind"].isin(choice.kinds).to_numpy()
    for column, wanted in (("audience", choice.audiences), ("facilities", choice.facilities)):
        if wanted:
            fits &= _having(table, column, wanted, lambda text: text.split(";"))
    if choice.languages_spoken:
        fits &= _having(table, "languages", choice.languages_spoken, _split)
    if choice.asks_when:
        found = _when(table, schedules, choice, as_of)
        fits &= (found == FITS) | ((found == NOT_KNOWN) & choice.unknown)
    if choice.since is not None:
        fits &= _checked(released, catalog, as_of, choice.since)
    if choice.area is not None and choice.area[1] is not None and placements is not None:
        fits &= _in_area(table, placements, *choice.area)
    return table.index[fits]


def not_known(
    released: Released,
    choice: Choice,
    *,
    schedules: pd.Series | None,
    placements: pd.DataFrame | None,
    catalog: Catalog,
    as_of: date | None,
) -> int:
    """Count the rows that would fit but for days and hours that are not known, so that a list can say so.

    Where ``choice.unknown`` asks for them they are among `chosen`, and none is counted.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from datetime import date
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.publish.choice import Choice
    >>> rows = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["みほんサロン"], "status": "active", "kind": "salon",
    ...     "place": "venue", "channels": "list", "schedule": "随時"}, geometry=[None], crs=4326)
    >>> usual = {"schedules": None, "placements": None, "catalog": load_catalog(), "as_of": date(2026, 11, 1)}
    >>> not_known(release(rows, "list"), Choice(days=("wed",)), **usual)
    1
    """
    if not choice.asks_when or choice.unknown:
        return 0
    fitting = partial(chosen, released, schedules=schedules, placements=placements, catalog=catalog, as_of=as_of)
    return len(fitting(replace(choice, unknown=True))) - len(fitting(choice))


def _require_known(table: pd.DataFrame, choice: Choice, placements: pd.DataFrame | None, catalog: Catalog) -> None:
    groups: list[tuple[str, Iterable[str], Iterable[str]]] = [
        (either(ja="種類", en="kinds"), choice.kinds, catalog.kinds),
        (either(ja="対象", en="audiences"), choice.audiences, catalog.audiences),
        (either(ja="設備", en="facilities"), choice.facilities, catalog.facilities),
    ]
    if choice.languages_spoken:
        spoken = {each for text in texts(table, "languages") if text for each in _split(text)}
        groups.append((either(ja="対応言語", en="languages"), choice.languages_spoken, sorted(spoken)))
    if choice.area is not None:
        system, area = choice.area
        systems = [] if placements is None else [str(each) for each in pd.unique(placements["system"])]
        groups.append((either(ja="区域の分け方", en="systems of areas"), [system], systems))
        if area is not None and placements is not None and system in systems:
            known = placements.loc[placements["system"] == system, "area_id"].dropna()
            groups.append((either(ja=f"区域（{system}）", en=f"areas ({system})"), [area], sorted(set(known))))
    faults = [unknown(where, word, known) for where, words, known in groups for word in words if word not in set(known)]
    if faults:
        raise QuestionError(faults)


def _having(table: pd.DataFrame, column: str, wanted: Iterable[str], split: Callable[[str], list[str]]) -> np.ndarray:
    asked = set(wanted)
    return np.array(
        [text is not None and not asked.isdisjoint(split(text)) for text in texts(table, column)], dtype=bool
    )


def _split(text: str) -> list[str]:
    return [part for each in _BETWEEN.split(text) if (part := each.strip())]


def _when(table: pd.DataFrame, schedules: pd.Series | None, choice: Choice, as_of: date | None) -> np.ndarray:
    nothing = pd.Series(None, index=table.index, dtype=object)
    return answers(table, nothing if schedules is None else schedules, choice, as_of)


def _checked(released: Released, catalog: Catalog, as_of: date | None, months: int) -> np.ndarray:
    """Tell which rows were wholly checked within some months."""
    on = ages(released, catalog, as_of)["checked_on"]
    if as_of is None:
        return np.zeros(len(on), dtype=bool)
    within: np.ndarray = ((pd.Timestamp(as_of) - pd.to_datetime(on)).dt.days <= months * MONTH).to_numpy()
    return within


def _in_area(table: pd.DataFrame, placements: pd.DataFrame, system: str, area: str | None) -> np.ndarray:
    """Tell which rows are in an area; what is nowhere, and visits that are placed in none, are in all of them."""
    placed = placements[(placements["system"] == system) & placements["area_id"].notna()]
    here = table["resource_id"].isin(placed.loc[placed["area_id"] == area, "resource_id"])
    everywhere = table["place"].isin(["none", "served_area"]) & ~table["resource_id"].isin(placed["resource_id"])
    found: np.ndarray = (here | everywhere).to_numpy()
    return found


def _with_words(table: pd.DataFrame, words: str, catalog: Catalog) -> np.ndarray:
    """Tell which rows have every word somewhere; each text is folded once."""
    folded: dict[str, str] = {}
    columns = [
        [folded.setdefault(text, _fold(text)) if text else "" for text in texts(table, name)] for name in _SEARCHED
    ]
    names = {id_: _fold(" ".join(map(kind.label, LANGUAGES))) for id_, kind in catalog.kinds.items()}
    kinds = [names.get(kind, "") for kind in table["kind"]]
    asked = _fold(words).split()
    rows = zip(*columns, kinds, strict=True)
    return np.array([all(any(word in text for text in row) for word in asked) for row in rows], dtype=bool)


def _fold(text: str) -> str:
    """Fold what people may type differently: width, case, ひらがな and カタカナ, hyphens, spaces (text.js)."""
    plain = unicodedata.normalize("NFKC", visible(text)).lower().translate(_TO_HIRAGANA)
    return " ".join(_HYPHENS.sub("-", plain).split())
