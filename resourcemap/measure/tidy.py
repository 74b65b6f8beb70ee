"""The rows of the table of coverage, how sure each is, and the wide table for printing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.measure.catalogue import PEOPLE, PLACES, load_measures

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

    from resourcemap.measure.figures import Case, Division, Figure
    from resourcemap.measure.question import Question

WHOLE = "全体"
SURENESS = ("no_data", "few", "unknown", "rough", "sure")
_NO_DATA, _FEW, _UNKNOWN, _ROUGH, _SURE = range(len(SURENESS))
# How many and how much there is: true however few they are.
_AMOUNTS = {
    *("people", "unknown_age", "visited", "within", "beyond", "within_or_unknown", "borderline", "lacking"),
    *("within_own", "within_across", "within_verified"),
}
_RATES_OF_PLACES = {"per_1000", "access_2sfca", "access_e2sfca", "gini", "palma"}
_KEYS = ["system", "area_id", "area", "approximate_area", "no_data", "kind", "audience", "audience_basis"]


class Rows:
    """The rows of the table, gathered block by block: one block is one figure in all areas of a system.

    Parameters
    ----------
    areas
        The areas of all systems.
    people
        All person points.
    question
        What few people and few places are.
    """

    def __init__(self, areas: gpd.GeoDataFrame, people: gpd.GeoDataFrame, question: Question) -> None:
        self._question = question
        self._names = {system: _names(areas, system) for system in (None, *pd.unique(areas["system"]))}
        self._points = np.ones(len(people))
        self._blocks: list[dict[str, Any]] = []

    def add(self, system: str | None, division: Division, case: Case, figures: Iterable[Figure]) -> None:
        """Add the figures of one case in one system; everything is one area when there is no system."""
        named = self._names[system]
        no_data = division.sums(self._points) == 0
        doubts = _Doubts(case, division, named["rough"], no_data, self._question)
        kept = np.arange(1 if system is None else division.areas)
        for figure in figures:
            block = {
                "system": WHOLE if system is None else system,
                **{name: named[name][kept] for name in ("area_id", "area")},
                "approximate_area": named["rough"][kept],
                "no_data": no_data[kept],
                "kind": case.kind,
                "audience": case.audience,
                "audience_basis": case.basis,
                "other": figure.other,
                "slot": figure.slot,
                "distance_m": figure.distance,
                "measure": figure.measure,
                "value": np.asarray(figure.values, dtype=float)[kept],
                "sureness": doubts.of(figure)[kept],
            }
            self._blocks.append(block)

    def table(self) -> pd.DataFrame:
        """Put the blocks together; rows for "outside" stay only where any kind has people or resources there."""
        names = [*_KEYS, "other", "slot", "distance_m", "measure", "value", "sureness"]
        if not self._blocks:
            return pd.DataFrame(columns=names)
        sizes = [len(block["value"]) for block in self._blocks]
        table = pd.DataFrame({name: _column([block[name] for block in self._blocks], sizes) for name in names})
        table["sureness"] = pd.Categorical.from_codes(table["sureness"].to_numpy(dtype=int), SURENESS)
        return _without_empty_outside(table)


def _names(areas: gpd.GeoDataFrame, system: str | None) -> dict[str, np.ndarray]:
    """Name the areas of a system, with "outside" last; of the whole when there is no system."""
    inside = areas if system is None else areas[areas["system"] == system]
    rough = inside["approximate"].to_numpy(dtype=bool) if "approximate" in inside else np.zeros(len(inside), bool)
    if system is None:
        named = np.array([WHOLE, None], dtype=object)
        return {"area_id": named, "area": named, "rough": np.array([rough.any(), rough.any()])}
    return {
        "area_id": np.append(inside["area_id"].to_numpy(dtype=object), [None]),
        "area": np.append(inside["area"].to_numpy(dtype=object), [None]),
        "rough": np.append(rough, rough.any()),
    }


class _Doubts:
    """What makes the figures of one case doubtful, in every area."""

    def __init__(
        self, case: Case, division: Division, rough_area: np.ndarray, no_data: np.ndarray, question: Question
    ) -> None:
        here = case.of_kind & case.supply.at_a_place
        places = np.bincount(division.spot[here], minlength=division.areas)
        rough_place = np.bincount(division.spot[here & ~case.supply.exact], minlength=division.areas) > 0
        self._no_data = no_data
        self._few_people = division.sums(case.people) < question.few_people
        self._few_places = places < question.few_places
        self._unknown = np.full(division.areas, case.uncounted > 0) | (division.sums(case.unknown) > 0)
        self._rough = rough_area | rough_place

    def of(self, figure: Figure) -> np.ndarray:
        """Return the code of the first doubt that holds for a figure."""
        measure = load_measures()[figure.measure]
        people = measure.of != PLACES
        few = self._few_people & (figure.measure not in _AMOUNTS) & (people | (figure.measure == "per_1000"))
        if figure.measure in _RATES_OF_PLACES:
            few = few | self._few_places
        unknown = self._unknown if figure.doubtful is None else self._unknown | figure.doubtful
        codes = np.where(unknown, _UNKNOWN, np.where(self._rough, _ROUGH, _SURE))
        codes = np.where(few, _FEW, codes)
        return np.where(self._no_data & (measure.of in (PEOPLE, "distance", "score")), _NO_DATA, codes)


def by_area(table: pd.DataFrame, *, whole: bool = False) -> pd.DataFrame:
    """Turn the table of coverage into one row per system, area, kind and audience, for printing.

    Slots and combinations are left out: they have tables of their own.

    Parameters
    ----------
    table
        What `resourcemap.measure.coverage` returns.
    whole
        Whether the rows for everyone together are kept.

    Returns
    -------
    pandas.DataFrame
        The columns that name the area, the kind and who is counted; then a column per measure, and per measure
        and distance (``within_500m``), in the order of the measures. Numbers of people and activities are whole.

    Examples
    --------
    >>> rows = pd.DataFrame({"system": "市", "area_id": "1", "area": "本町", "approximate_area": False,
    ...     "no_data": False, "kind": "salon", "audience": "older", "audience_basis": "audience", "other": "",
    ...     "slot": "", "distance_m": [float("nan"), 500.0], "measure": ["people", "within"], "value": [9.0, 4.0]})
    >>> by_area(rows)[["area", "people", "within_500m"]].values.tolist()
    [['本町', 9, 4]]
    """
    rows = table[(table["slot"] == "") & (table["other"] == "")]
    if not whole:
        rows = rows[rows["system"] != WHOLE]
    if rows.empty:
        return pd.DataFrame()
    known = load_measures()
    pieces = {}
    keys = None
    groups = rows.groupby(["measure", "distance_m"], sort=False, dropna=False, observed=True)
    order = {measure: at for at, measure in enumerate(known)}
    distances = sorted(rows["distance_m"].dropna().unique())
    for (measure, distance), part in groups:
        name = measure if np.isnan(distance) else f"{measure}_{distance:g}m"
        index = pd.MultiIndex.from_frame(part[_KEYS])
        keys = index if keys is None else keys
        values = pd.Series(part["value"].to_numpy(), index=index)
        place = (distances.index(distance) if not np.isnan(distance) else -1, order[measure])
        pieces[name] = (place, values.astype(int) if known[measure].whole else values)
    named = {name: piece.to_numpy() for name, (_, piece) in sorted(pieces.items(), key=lambda item: item[1][0])}
    first = keys.to_frame(index=False)  # type: ignore[union-attr]
    wide = pd.concat([first, pd.DataFrame(named)], axis=1)
    wide.attrs = table.attrs
    return wide


def _column(values: list[Any], sizes: list[int]) -> Any:
    """Lay one column of all blocks end to end; texts that repeat are kept once."""
    if isinstance(values[0], np.ndarray):
        return np.concatenate(values)
    if isinstance(values[0], str):
        codes, words = pd.factorize(np.array(values, dtype=object))
        return pd.Categorical.from_codes(np.repeat(codes, sizes), words)
    return np.repeat(np.array(values), sizes)


def _without_empty_outside(table: pd.DataFrame) -> pd.DataFrame:
    outside = table["area_id"].isna()
    filled = outside & table["measure"].isin(["people", "resources"]) & (table["value"] > 0)
    needed = set(table.loc[filled, "system"])
    return table[~outside | table["system"].isin(needed)].reset_index(drop=True)
