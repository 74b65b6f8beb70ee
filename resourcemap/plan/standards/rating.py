"""Grades A to D: the share of standards that are met, per standard, area and theme."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.errors import InputError, unknown
from resourcemap.language import either
from resourcemap.measure.tidy import WHOLE
from resourcemap.plan.standards.judging import MET, NO_DATA, UNKNOWN, UNMET
from resourcemap.plan.wording import percent_beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# 狛江市 rates the progress of its plan so: the share of the year's targets met.
GRADES = ((0.7, "A"), (0.4, "B"), (0.2, "C"))
LOWEST = "D"
_KEYS = {
    "system": ["system"],
    "standard": ["system", "standard", "theme"],
    "area": ["system", "area_id", "area"],
    "theme": ["system", "theme"],
    "theme_area": ["system", "theme", "area_id", "area"],
}
BY = tuple(_KEYS)
_JUDGED = ("system", "area_id", "area", "theme", "standard", "met", "weight")
# Of these everyone together is one area, so that there is no share of areas.
_OF_AREAS = ("standard", "theme_area", "system")
COLUMNS = (
    *("of", "system", "area_id", "area", "theme", "standard", "met", "unmet", "unknown", "no_data", "outside"),
    *("share", "share_at_least", "share_at_most", "grade", "grade_at_least", "grade_at_most", "sentence"),
)
# Floating point must not cost somebody who is exactly at a bound the grade.
_HAIR = 1e-9


def rate(
    judged: pd.DataFrame,
    *,
    by: Sequence[str] = BY,
    grades: Sequence[tuple[float, str]] = GRADES,
    lowest: str = LOWEST,
) -> pd.DataFrame:
    """Grade every standard, area and theme by the share of standards that are met.

    The share is of those that could be judged, each with the weight of its standard. What could not be judged
    (hours not known, nobody of the audience there) is in no share, and counted beside it. Grades need not be fair to
    areas of different size: each counts the same.

    Everyone together (system 全体) is graded by area and theme alone: it is one area, of which there is no share.
    Where people live in none of the areas, nobody answers for that row: it is in no share, and counted in
    ``outside`` where it is not met.

    Parameters
    ----------
    judged
        What `resourcemap.plan.standards.judging.judge` returns.
    by
        What to grade: ``system`` (all of its standards and areas), ``standard`` (over the areas of a system),
        ``area`` (over the standards), ``theme`` (over its standards and all areas), ``theme_area``.
    grades
        From which share there is which grade, highest first. A share exactly at a bound has its grade.
    lowest
        The grade below all of them.

    Returns
    -------
    pandas.DataFrame
        In the order of `by`; systems, standards, areas and themes in that of `judged`, 全体 first. Columns:

        ``of``, ``system``, ``area_id``, ``area``, ``theme``, ``standard``
            What is graded; missing where it is over all of them. A standard without a theme has a blank one.
        ``met``, ``unmet``, ``unknown``, ``no_data``, ``outside``
            How many pairs of standard and area are what.
        ``share``, ``grade``
            Of met among met and unmet; missing when nothing could be judged.
        ``share_at_least``, ``share_at_most``, ``grade_at_least``, ``grade_at_most``
            If everything unknown were unmet, and if it were met. ``share`` lies between them.
        ``sentence``
            The same in Japanese; both ends where what is unknown could change the grade.

    Raises
    ------
    InputError
        When something else is to be graded, or the bounds are not between 0 and 1, descending, with a name each.

    Examples
    --------
    >>> judged = pd.DataFrame({"standard": "サロンが近い", "theme": "居場所", "weight": 1.0, "system": "圏域",
    ...     "area_id": list("1234"), "area": ["東", "西", "南", "北"], "met": ["met", "met", "unmet", "unknown"]})
    >>> [row] = rate(judged, by=["standard"]).to_dict("records")
    >>> row["met"], row["unmet"], round(row["share"], 2), row["grade"], row["grade_at_least"], row["grade_at_most"]
    (2, 1, 0.67, 'B', 'B', 'A')
    >>> row["sentence"]
    '「サロンが近い」は、判定できた圏域3か所のうち2か所で満たしています（67％、評価B）。開催日時が分からず判定できないものが1件あり、それによって評価はB〜Aのどこかになります。'
    """
    _refuse(by, grades, lowest)
    # Groups are cut from these columns many times, which is quick where texts are plain objects.
    rows = judged[[name for name in _JUDGED if name in judged]].astype(object)
    tables = [_rated(rows, of, grades, lowest) for of in by]
    if not tables or all(table.empty for table in tables):
        return pd.DataFrame(columns=list(COLUMNS))
    return pd.concat([table for table in tables if not table.empty], ignore_index=True)[list(COLUMNS)]


def grade_of(share: float, grades: Sequence[tuple[float, str]] = GRADES, lowest: str = LOWEST) -> str | None:
    """Return the grade of a share; nothing where there is none.

    Examples
    --------
    >>> [grade_of(share) for share in (0.7, 0.69, 0.4, 0.2, 0.1, float("nan"))]
    ['A', 'B', 'B', 'C', 'D', None]
    """
    if math.isnan(share):
        return None
    return next((grade for bound, grade in grades if share >= bound - _HAIR), lowest)


def _refuse(by: Sequence[str], grades: Sequence[tuple[float, str]], lowest: str) -> None:
    faults = [unknown("by", word, BY) for word in by if word not in BY]
    bounds, names = [bound for bound, _ in grades], [*(name for _, name in grades), lowest]
    falling = all(above > below for above, below in pairwise(bounds))
    if not bounds or not all(0 <= bound <= 1 for bound in bounds) or not falling:
        faults.append(
            either(
                ja=f"評価の境目 {bounds} は使えません。0から1までの数を、大きい順に書いてください"
                "（例: 0.7、0.4、0.2）。",
                en=f"Bounds {bounds} make no grades. Give numbers from 0 to 1, highest first (0.7, 0.4, 0.2).",
            )
        )
    if len(set(names)) < len(names) or not all(names):
        faults.append(
            either(
                ja=f"評価の名前 {names} は使えません。いちばん下も含めて、ひとつずつ違う名前にしてください。",
                en=f"Names {names} make no grades. Each needs a name of its own, the lowest too.",
            )
        )
    if faults:
        raise InputError(faults)


def _rated(judged: pd.DataFrame, of: str, grades: Sequence[tuple[float, str]], lowest: str) -> pd.DataFrame:
    """Grade all groups of one sort."""
    rows = judged[judged["system"] != WHOLE] if of in _OF_AREAS else judged
    if rows.empty:
        return pd.DataFrame()
    order = {system: at for at, system in enumerate([WHOLE, *rows["system"].unique()])}
    rows = rows.sort_values("system", key=lambda column: column.map(order), kind="stable")
    table = pd.DataFrame(_groups(rows, of)).astype({"share": float, "share_at_least": float, "share_at_most": float})
    for share, grade in (
        ("share", "grade"),
        ("share_at_least", "grade_at_least"),
        ("share_at_most", "grade_at_most"),
    ):
        table[grade] = pd.Series([grade_of(value, grades, lowest) for value in table[share]], dtype=object)
    bounds = [bound for bound, _ in grades]
    table["sentence"] = [_sentence(row, bounds) for row in table.to_dict("records")]
    return table


def _groups(rows: pd.DataFrame, of: str) -> Iterator[dict[str, Any]]:
    keys = _KEYS[of]
    inside = rows["area_id"].notna().to_numpy()
    verdict, weight = rows["met"].to_numpy(dtype=object), rows["weight"].to_numpy(dtype=float)
    lacking = rows.loc[~inside & rows["met"].isin([UNMET, UNKNOWN]).to_numpy(), keys]
    over_areas = "area_id" not in keys
    positions = np.flatnonzero(inside)
    for values, found in rows.loc[inside, keys].groupby(keys, sort=False, dropna=False, observed=True).indices.items():
        named = dict(zip(keys, values if isinstance(values, tuple) else (values,), strict=True))
        outside = np.logical_and.reduce([lacking[key] == value for key, value in named.items()]) if over_areas else ()
        at = positions[found]
        held = {name: verdict[at] == name for name in (MET, UNMET, UNKNOWN, NO_DATA)}
        met, unmet, doubtful = (float(weight[at][held[name]].sum()) for name in (MET, UNMET, UNKNOWN))
        yield {
            "of": of,
            **{key: named.get(key) for key in ("system", "area_id", "area", "theme", "standard")},
            **{name: int(flags.sum()) for name, flags in held.items()},
            "outside": int(np.sum(outside)),
            "share": _ratio(met, met + unmet),
            "share_at_least": _ratio(met, met + unmet + doubtful),
            "share_at_most": _ratio(met + doubtful, met + unmet + doubtful),
            "weighted": len(set(weight[at][held[MET] | held[UNMET]])) > 1,
        }


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.nan


def _sentence(row: dict[str, Any], bounds: Sequence[float]) -> str:
    judged = row[MET] + row[UNMET]
    if judged:
        weighted = "重みをつけて" if row["weighted"] else ""
        result = f"（{weighted}{percent_beside(row['share'], bounds)}、評価{row['grade']}）"
        first = _met_words(row, judged, result)
    else:
        first = f"{_subject(row)}は、判定できたものがないため、評価しません。"
    return first + _unknown_words(row) + _left_out_words(row)


def _met_words(row: dict[str, Any], judged: int, result: str) -> str:
    of_areas = row["of"] == "standard"
    of_pairs = row["of"] in ("system", "theme") and row["system"] != WHOLE
    counter, particle = ("か所", "で") if of_areas else ("件", "で") if of_pairs else ("件", "を")
    what = f"{row['system']}{judged}か所" if of_areas else f"{judged}件（基準×区域）" if of_pairs else f"基準{judged}件"
    if judged == 1:
        some = f"{what}{particle}満たして{'います' if row[MET] else 'いません'}"
    elif row[MET] == 0:
        some = f"{what}のどれも満たしていません" if particle == "を" else f"{what}のどれでも満たしていません"
    elif row[MET] == judged:
        some = f"{what}すべて{particle}満たしています"
    else:
        some = f"{what}のうち{row[MET]}{counter}{particle}満たしています"
    return f"{_subject(row)}は、判定できた{some}{result}。"


def _subject(row: dict[str, Any]) -> str:
    theme = f"「{row['theme']}」" if row["theme"] else "テーマのない基準"
    area = "全体（住民みんな）" if row["system"] == WHOLE else str(row["area"])
    if row["of"] == "system":
        return f"{row['system']}で見た計画全体"
    if row["of"] == "standard":
        return f"「{row['standard']}」"
    if row["of"] == "area":
        return area
    if row["of"] == "theme":
        return f"{theme}（{row['system']}）"
    return f"{area}の{theme}"


def _unknown_words(row: dict[str, Any]) -> str:
    if not row[UNKNOWN]:
        return ""
    first = f"開催日時が分からず判定できないものが{row[UNKNOWN]}件あり、"
    worst, best = row["grade_at_least"], row["grade_at_most"]
    if worst == best:
        return f"{first}数えていませんが、どちらでも評価は{best}です。"
    return f"{first}それによって評価は{worst}〜{best}のどこかになります。"


def _left_out_words(row: dict[str, Any]) -> str:
    words = []
    if row[NO_DATA]:
        words.append(f"対象となる人がいないか、人口の資料のない{row[NO_DATA]}件は数えていません。")
    if row["outside"]:
        words.append(f"どの区域にも入らない所で満たされていない{row['outside']}件は、ここに数えていません。")
    return "".join(words)
