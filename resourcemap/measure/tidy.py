"""The rows of the table of coverage, how sure each is, and the wide table for printing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.measure.catalogue import PEOPLE, PLACES, load_measures
from resourcemap.reach.supply import TOO_ROUGH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resourcemap.measure.figures import Case, Division, Figure
    from resourcemap.measure.question import Question

WHOLE = "全体"
SURENESS = ("no_data", "few", "unknown", "rough", "sure")
_NO_DATA, _FEW, _UNKNOWN, _ROUGH, _SURE = range(len(SURENESS))
# How many and how much there is: true however few they are.
_AMOUNTS = {
    *(
        "people",
        "unknown_age",
        "visited",
        "off_streets",
        "within",
        "beyond",
        "within_or_unknown",
        "borderline",
        "lacking",
    ),
    *("within_own", "within_across", "within_verified"),
}
# What is counted of people hangs on their ages too; what is counted of places alone does not.
_PLACES_PER_PEOPLE = {"per_1000"}
# Made over person points: nothing where there are none.
_FROM_POINTS = {"per_1000", "visiting", "reaching", "reaching_across"}
_WITHOUT_AGES = {"unknown_age"}
_WITHOUT_PLACES = {"people", "unknown_age", "off_streets", "uncounted", "capacity_unknown"}
_RATES_OF_PLACES = {"per_1000", "access_2sfca", "access_e2sfca", "gini", "palma"}
_OUTSIDE = "_outside"
_KEYS = ["system", "area_id", "area", "approximate_area", "no_data", "kind", "audience", "audience_basis"]


class Rows:
    """The rows of the table, gathered block by block: one block is one figure in all areas of a system.

    Parameters
    ----------
    names
        The areas of all systems (`names_of`).
    points
        How many person points there are.
    question
        What few people and few places are.
    """

    def __init__(self, names: dict[str | None, dict[str, np.ndarray]], points: int, question: Question) -> None:
        self._question = question
        self._names = names
        self._points = np.ones(points)
        self._blocks: list[dict[str, Any]] = []
        self._has_outside: set[str | None] = set()

    def add(self, system: str | None, division: Division, case: Case, figures: Iterable[Figure]) -> None:
        """Add the figures of one case in one system; everything is one area when there is no system."""
        named = self._names[system]
        no_data = division.sums(self._points) == 0
        doubts = _Doubts(case, division, named["rough"], no_data, self._question, whole=system is None)
        kept = np.arange(1 if system is None else division.areas)
        if system is not None and _any_outside(case, division):
            self._has_outside.add(system)
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
                _OUTSIDE: (kept == division.areas - 1) & (system is not None),
            }
            self._blocks.append(block)

    def table(self) -> pd.DataFrame:
        """Put the blocks together; rows for "outside" stay only where any kind has people or resources there."""
        names = [*_KEYS, "other", "slot", "distance_m", "measure", "value", "sureness", _OUTSIDE]
        if not self._blocks:
            return pd.DataFrame(columns=names[:-1])
        sizes = [len(block["value"]) for block in self._blocks]
        table = pd.DataFrame({name: _column([block[name] for block in self._blocks], sizes) for name in names})
        table["sureness"] = pd.Categorical.from_codes(table["sureness"].to_numpy(dtype=int), SURENESS)
        kept = ~table.pop(_OUTSIDE) | table["system"].isin(self._has_outside)
        return table[kept].reset_index(drop=True)


def names_of(areas: pd.DataFrame) -> dict[str | None, dict[str, np.ndarray]]:
    """Name the areas of every system, and say which are rough: in their order, "outside" last; of `None` the whole.

    Examples
    --------
    >>> names_of(pd.DataFrame({"system": ["市"], "area_id": ["1"], "area": ["本町"]}))["市"]["area"].tolist()
    ['本町', None]
    """
    rough = areas["approximate"].to_numpy(dtype=bool) if "approximate" in areas else np.zeros(len(areas), bool)
    whole = np.array([WHOLE, None], dtype=object)
    names: dict[str | None, dict[str, np.ndarray]] = {
        None: {"area_id": whole, "area": whole, "rough": np.array([rough.any(), rough.any()])}
    }
    number, systems = pd.factorize(areas["system"])
    for nth, system in enumerate(systems):
        inside = number == nth
        names[system] = {
            "area_id": np.append(areas["area_id"].to_numpy(dtype=object)[inside], [None]),
            "area": np.append(areas["area"].to_numpy(dtype=object)[inside], [None]),
            "rough": np.append(rough[inside], rough[inside].any()),
        }
    return names


class _Doubts:
    """What makes the figures of one case doubtful, in every area."""

    def __init__(
        self,
        case: Case,
        division: Division,
        rough_area: np.ndarray,
        no_data: np.ndarray,
        question: Question,
        *,
        whole: bool,
    ) -> None:
        here = case.of_kind & case.supply.at_a_place
        places = np.bincount(division.spot[here], minlength=division.areas)
        rough_place = np.bincount(division.spot[here & ~case.supply.exact], minlength=division.areas) > 0
        self._no_data = no_data
        self._few_people = division.sums(case.people) < question.few_people
        self._few_places = places < question.few_places
        self._unknown_ages = division.sums(case.unknown) > 0
        self._off_streets = division.sums(case.off_streets.astype(float)) > 0
        self._unknown_places = np.full(division.areas, case.uncounted > 0)
        self._rough_area, self._rough_place = rough_area, rough_place
        self._case, self._division, self._whole = case, division, whole
        self._reaching_rough: dict[float, np.ndarray] = {}

    def of(self, figure: Figure) -> np.ndarray:
        """Return the code of the first doubt that holds for a figure."""
        name, measure = figure.measure, load_measures()[figure.measure]
        of_people = measure.of != PLACES
        few = self._few_people & (name not in _AMOUNTS) & (of_people | (name in _PLACES_PER_PEOPLE))
        if name in _RATES_OF_PLACES:
            few = few | self._few_places
        codes = np.where(
            few, _FEW, np.where(self._unknown(figure), _UNKNOWN, np.where(self._rough(figure), _ROUGH, _SURE))
        )
        return np.where(self._no_data & (of_people | (name in _FROM_POINTS)), _NO_DATA, codes)

    def _unknown(self, figure: Figure) -> np.ndarray:
        name, of_people = figure.measure, load_measures()[figure.measure].of != PLACES
        unknown = np.zeros(len(self._no_data), dtype=bool) if figure.doubtful is None else figure.doubtful
        if (of_people or name in _PLACES_PER_PEOPLE) and name not in _WITHOUT_AGES:
            unknown = unknown | self._unknown_ages
        if name in _WITHOUT_PLACES:
            return unknown
        if of_people or name in ("reaching", "reaching_across"):
            unknown = unknown | self._off_streets
        return np.asarray(unknown | self._unknown_places)

    def _rough(self, figure: Figure) -> np.ndarray:
        name, of = figure.measure, load_measures()[figure.measure].of
        if name in _WITHOUT_PLACES:
            return self._rough_area & (of == PEOPLE and not self._whole)  # everyone is in the whole, whatever borders
        if of == PLACES and name not in ("reaching", "reaching_across"):
            return self._rough_area | self._rough_place
        return np.asarray(self._rough_area | self._rough_place | self._near_rough(figure.distance))

    def _near_rough(self, metres: float) -> np.ndarray:
        """Tell where somebody has a place known roughly so near that it could be on this side of the limit."""
        limit = np.inf if np.isnan(metres) else metres + TOO_ROUGH
        if limit not in self._reaching_rough:
            reached = self._case.reached
            rough = ~self._case.supply.exact[reached.resource] & (reached.metres <= limit)
            self._reaching_rough[limit] = self._division.sums(reached.flag(reached.person[rough])) > 0
        return self._reaching_rough[limit]


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
        return pd.DataFrame(columns=_KEYS)
    figure = rows.groupby(["measure", "distance_m"], sort=False, dropna=False, observed=True).ngroup().to_numpy()
    line = _lines(rows, figure)
    keys = [*_KEYS, "way"] if "way" in rows else _KEYS
    wide = rows[keys].iloc[np.unique(line, return_index=True)[1]].reset_index(drop=True)
    known = {measure: at for at, measure in enumerate(load_measures())}
    parts = np.split(np.argsort(figure, kind="stable"), np.cumsum(np.bincount(figure))[:-1])
    named = [(rows["measure"].iloc[part[0]], rows["distance_m"].iloc[part[0]], part) for part in parts]
    value, columns = rows["value"].to_numpy(), {}
    for measure, metres, part in sorted(named, key=lambda each: (np.nan_to_num(each[1], nan=-1.0), known[each[0]])):
        name = measure if np.isnan(metres) else f"{measure}_{metres:g}m"
        columns[name] = _laid(value[part], line[part], len(wide), whole=load_measures()[measure].whole)
    wide = pd.concat([wide, pd.DataFrame(columns)], axis=1)
    wide.attrs = table.attrs
    return wide


def _lines(rows: pd.DataFrame, figure: np.ndarray) -> np.ndarray:
    """Return the line of each row in the wide table: one per area, kind and audience, in order of appearance.

    Areas that share name and id come in their order, so that none swallows another.
    """
    named = rows.groupby(_KEYS, sort=False, dropna=False, observed=True).ngroup().to_numpy()
    again = pd.DataFrame({"named": named, "figure": figure}).groupby(["named", "figure"], sort=False).cumcount()
    return np.asarray(pd.factorize(named * (again.max() + 1) + again.to_numpy())[0])


def _laid(values: np.ndarray, line: np.ndarray, lines: int, *, whole: bool) -> pd.Series:
    """Lay values on their lines; where only some have one, the others are missing."""
    laid = np.full(lines, np.nan)
    laid[line] = values
    numbers = pd.Series(laid)
    if not whole:
        return numbers
    return numbers.astype("Int64" if numbers.isna().any() else int)


def _column(values: list[Any], sizes: list[int]) -> Any:
    """Lay one column of all blocks end to end; texts that repeat are kept once."""
    if isinstance(values[0], np.ndarray):
        return np.concatenate(values)
    if isinstance(values[0], str):
        codes, words = pd.factorize(np.array(values, dtype=object))
        return pd.Categorical.from_codes(np.repeat(codes, sizes), words)
    return np.repeat(np.array(values), sizes)


def _any_outside(case: Case, division: Division) -> bool:
    """Tell whether people or places of a case are in none of the areas."""
    here = case.of_kind & case.supply.at_a_place
    outside = division.areas - 1
    return bool(division.sums(case.people)[outside] > 0 or (division.spot[here] == outside).any())
