"""The table of coverage as columns for the page: values per figure and system, in the order of the areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.language import speaking
from resourcemap.model.way import Way, way_of
from resourcemap.publish.gappage import who_is_counted
from resourcemap.publish.webmap.planning.classes import SHARES, breaks, breaks_both_ways

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from resourcemap.model.catalog import Catalog
    from resourcemap.publish.webmap.planning import MeasureName

# As the tables say it; the page writes one digit per area.
SURENESS = ("no_data", "few", "unknown", "rough", "sure")
_UNSAID = 9  # no digit of these
CASE = ["kind", "audience", "audience_basis", "other", "slot", "distance_m"]
_KEYS = [*CASE, "measure"]
# What the page works out itself, of people and those within reach.
_DERIVED = ("beyond", "share_within")
_DIGITS = 4
_METRES = 10  # finer ones would lead to a door


def figures(
    coverage: pd.DataFrame,
    areas: pd.DataFrame,
    measures: Mapping[str, MeasureName],
    *,
    catalog: Catalog,
    both_ways: Container[str] = (),
) -> dict[str, Any]:
    """Write the figures of a tidy table.

    Parameters
    ----------
    coverage
        A row per system, area, kind, audience, slot, distance and measure, as `resourcemap.coverage` makes them; rows
        without ``area_id`` are outside of all areas, those of systems that are not in `areas` are everyone together.
    areas
        The areas, by system and in their order.
    measures
        What the measures are called.
    catalog
        The kinds and audiences with their labels.
    both_ways
        Measures that may be above or below zero.

    Returns
    -------
    dict
        ``measures``, ``who`` (audiences as they were counted), ``slots``, ``list`` (of every figure the positions in
        these, and its metres), ``systems`` (per system ``values`` and ``sure``, a list and a text per figure, the last
        one for outside; or ``None``) and ``whole`` (a value per figure). Metres are rounded to ten, what is not whole
        to four digits; figures that follow from others on the page have no values.
    """
    table = coverage.assign(**{name: coverage[name].astype(object) for name in _KEYS if name != "distance_m"})
    table["value"] = _rounded(table, measures)
    figure = table.groupby(_KEYS, sort=False, dropna=False, observed=True).ngroup().to_numpy()
    first = table.iloc[np.unique(figure, return_index=True)[1]].reset_index(drop=True)
    known = {name: at for at, name in enumerate(measures)}
    found = {
        str(system): _matrix(table, figure, len(first), str(system), areas) for system in pd.unique(areas["system"])
    }
    whole = _whole(table, figure, len(first), set(found))
    left_out = _left_out(first, [*(each[0] for each in found.values() if each is not None)])
    listed, who, slots = _listed(first, known, catalog, left_out)
    return {
        "measures": [_measure(name, measures, first, found, both_ways) for name in measures],
        "who": [_who(*each, catalog) for each in who],
        "slots": slots,
        "list": listed,
        "systems": [None if each is None else _columns(*each, left_out) for each in found.values()],
        "whole": [None if left_out[at] else _plain(value) for at, value in enumerate(whole)],
        **_way(coverage),
    }


def _rounded(table: pd.DataFrame, measures: Mapping[str, MeasureName]) -> np.ndarray:
    """Round values as they are shown: metres to ten, others to four digits after the point; no data is no value."""
    values = table["value"].to_numpy(dtype=float).copy()
    names = table["measure"]
    metres = names.isin([name for name, each in measures.items() if each.unit == "m"]).to_numpy()
    values[metres] = np.round(values[metres] / _METRES) * _METRES
    values[~metres] = np.round(values[~metres], _DIGITS)
    if "sureness" in table:
        values[(table["sureness"].astype(object) == SURENESS[0]).to_numpy()] = np.nan
    return np.asarray(values)


def _matrix(
    table: pd.DataFrame, figure: np.ndarray, figures_: int, system: str, areas: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray] | None:
    """Lay values and sureness of one system out, a row per figure and a column per area, outside in the last."""
    rows = (table["system"].astype(object) == system).to_numpy()
    if not rows.any():
        return None
    own = table[rows]
    column = _columns_of(own, figure[rows], areas.loc[areas["system"] == system, "area_id"])
    count = int((areas["system"] == system).sum()) + 1
    values = np.full((figures_, count), np.nan)
    sure = np.full((figures_, count), SURENESS.index("sure") if "sureness" in own else _UNSAID, dtype=np.uint8)
    kept = column >= 0
    values[figure[rows][kept], column[kept]] = own["value"].to_numpy(dtype=float)[kept]
    if "sureness" in own:
        codes = pd.Categorical(own["sureness"].astype(object), categories=SURENESS).codes
        sure[figure[rows][kept], column[kept]] = np.where(codes < 0, _UNSAID, codes)[kept]
    return values, sure


def _columns_of(rows: pd.DataFrame, figure: np.ndarray, ids: pd.Series) -> np.ndarray:
    """Return the position of the area of every row; outside is the last; areas of one id are taken in their order."""
    outside = rows["area_id"].isna().to_numpy()
    if ids.is_unique:
        return np.where(outside, len(ids), pd.Index(ids.astype(str)).get_indexer(rows["area_id"].astype(str)))
    again = pd.DataFrame({"figure": figure, "id": rows["area_id"].astype(str).to_numpy()})
    times = again.groupby(["figure", "id"], sort=False).cumcount().to_numpy()
    names = ids.astype(str)
    known = pd.MultiIndex.from_arrays([names, names.groupby(names.to_numpy()).cumcount()])
    asked = pd.MultiIndex.from_arrays([again["id"], times])
    return np.where(outside, len(ids), known.get_indexer(asked))


def _whole(table: pd.DataFrame, figure: np.ndarray, figures_: int, systems: set[str]) -> np.ndarray:
    """Return the value of everyone together of every figure, where the table has it."""
    rows = ~table["system"].astype(object).isin(systems).to_numpy()
    values = np.full(figures_, np.nan)
    values[figure[rows]] = table["value"].to_numpy(dtype=float)[rows]
    return values


def _left_out(first: pd.DataFrame, matrices: list[tuple[np.ndarray, np.ndarray]] | list[np.ndarray]) -> np.ndarray:
    """Tell which figures follow from people and those within reach, in every area, so that the page works them out."""
    found = np.zeros(len(first), dtype=bool)
    at = {key: position for position, key in enumerate(map(_key, first[_KEYS].itertuples(index=False, name=None)))}
    for position, key in enumerate(at):
        case, measure = key[:-1], key[-1]
        if measure not in _DERIVED:
            continue
        people = at.get((*case[:3], "", "", None, "people"))
        within = at.get((*case, "within"))
        if people is None or within is None:
            continue
        found[position] = all(
            _follows(values[position], values[people], values[within], measure) for values in matrices
        )
    return found


def _key(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(None if isinstance(value, float) and np.isnan(value) else value for value in values)


def _follows(values: np.ndarray, people: np.ndarray, within: np.ndarray, measure: str) -> bool:
    with np.errstate(divide="ignore", invalid="ignore"):
        made = people - within if measure == "beyond" else np.round(within / people, _DIGITS)
    return bool(np.array_equal(values, made, equal_nan=True))


def _listed(
    first: pd.DataFrame, known: dict[str, int], catalog: Catalog, left_out: np.ndarray
) -> tuple[list[list[Any]], list[tuple[str, str]], list[str]]:
    """Write every figure as [measure, kind, who, slot, metres, other kind, 1 where the page works it out]."""
    kinds = {kind: at for at, kind in enumerate(catalog.kinds)}
    who: dict[tuple[str, str], int] = {}
    slots = {"": 0}
    listed = []
    for at, row in enumerate(first[_KEYS].itertuples(index=False, name=None)):
        kind, audience, basis, other, slot, metres, measure = _key(row)
        counted = who.setdefault((audience, basis), len(who))
        when = slots.setdefault(slot or "", len(slots))
        far = None if metres is None else _plain(metres)
        listed.append([known[measure], kinds[kind], counted, when, far, kinds.get(other), int(left_out[at])])
    return listed, list(who), list(slots)


def _who(audience: str, basis: str, catalog: Catalog) -> dict[str, Any]:
    """Name who was counted, and say where that is everyone for want of ages."""
    labels = {}
    for language in ("ja", "en"):
        with speaking(language):
            labels[language] = who_is_counted(audience, basis, catalog, language)
    return {"id": audience, "everyone": int(basis == "everyone" and audience != "everyone"), "label": labels}


def _measure(
    name: str,
    measures: Mapping[str, MeasureName],
    first: pd.DataFrame,
    found: Mapping[str, tuple[np.ndarray, np.ndarray] | None],
    both_ways: Container[str],
) -> dict[str, Any]:
    """Write a measure with the bounds of its classes, over all kinds, distances and systems."""
    entry = measures[name]
    label = {"ja": entry.ja, "en": entry.en}
    written: dict[str, Any] = {"id": name, "label": label, "unit": entry.unit, "better": entry.better}
    rows = (first["measure"] == name).to_numpy()
    values = [each[0][rows].ravel() for each in found.values() if each is not None]
    pooled = np.concatenate(values) if values else np.array([])
    if name in both_ways:
        return written | {"both": 1, "breaks": [_plain(bound) for bound in breaks_both_ways(pooled)]}
    bounds = SHARES if entry.unit == "share" else breaks(pooled)
    return written | {"breaks": [_plain(bound) for bound in bounds]}


def _columns(values: np.ndarray, sure: np.ndarray, left_out: np.ndarray) -> dict[str, Any]:
    """Write what is not left out: values, and sureness as one digit per area, nothing where all are sure.

    A figure of which it is not said everywhere has ``None``.
    """
    rows = zip(values, left_out, strict=True)
    return {
        "values": [None if gone else [_plain(value) for value in row] for row, gone in rows],
        "sure": [_sureness(row) for row in sure],
    }


def _sureness(row: np.ndarray) -> str | None:
    if (row[:-1] == _UNSAID).any():
        return None
    return "" if (row == SURENESS.index("sure")).all() else "".join(map(str, row))


def _plain(value: float) -> float | int | None:
    """Return a number as JSON writes it shortest; None where there is none."""
    number = float(value)
    if np.isnan(number):
        return None
    return int(number) if number.is_integer() else number


def _way(coverage: pd.DataFrame) -> dict[str, str]:
    way = way_of(coverage["way"].iloc[0]) if "way" in coverage and len(coverage) else Way()
    return {"way": way.form, "times": way.detail}
