"""Words that the sentences of a plan share: figures with their unit, who is counted, and what is doubtful."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resourcemap.measure.catalogue import Measure
    from resourcemap.model.catalog import Catalog

OUTSIDE = "どの区域にも入らない所"
_COUNTERS = {
    "m": "m",
    "activities": "件",
    "people": "人",
    "days per month": "日",
    "activities per 1,000 people": "件",
    "seats": "席",
}


def amount(value: float, measure: Measure) -> str:
    """Write a value of a measure: shares in whole percent, others with two decimals at most, and their unit.

    Examples
    --------
    >>> from resourcemap.measure.catalogue import load_measures
    >>> of = load_measures()
    >>> amount(0.256, of["share_within"]), amount(3, of["resources"]), amount(4.333, of["days_per_month"])
    ('26％', '3件', '4.33日')
    """
    if math.isnan(value):
        return "不明"
    if measure.unit == "share":
        return percent(value)
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{number}{_COUNTERS.get(measure.unit, '')}"


def percent_beside(share: float, bounds: Iterable[float]) -> str:
    """Write a share in whole percent; with a decimal where rounding would carry it up to a bound it misses.

    Examples
    --------
    >>> percent_beside(0.697, [0.7]), percent_beside(0.697, [0.5]), percent_beside(0.7, [0.7])
    ('69.7％', '70％', '70％')
    """
    rounded = math.floor(share * 100 + 0.5 + 1e-9)
    if any(share < bound - 1e-9 and rounded >= bound * 100 - 1e-9 for bound in bounds):
        return f"{math.floor(share * 1000 + 1e-9) / 10:.1f}％"
    return percent(share)


def percent(share: object) -> str:
    """Write a share in whole percent; never 0 or 100 when it is not.

    Examples
    --------
    >>> percent(0.256), percent(0.997), percent(0.0001), percent(0.0)
    ('26％', '99％以上', '1％未満', '0％')
    """
    whole = float(str(share)) * 100
    if 0 < whole < 1:
        return "1％未満"
    if 99 < whole < 100:
        return "99％以上"
    return f"{math.floor(whole + 0.5)}％"


def within(metres: object) -> str:
    """Write metres rounded up to ten, ten at least: "within" must stay true.

    Examples
    --------
    >>> within(611.2), within(1000.0), within(0.0)
    ('620m', '1,000m', '10m')
    """
    return f"{max(math.ceil(float(str(metres)) / 10 - 1e-9), 1) * 10:,}m"


def people_label(audience: str, basis: str, catalog: Catalog) -> str:
    """Name the people counted: those of the audience, or everyone where their ages are not known.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> people_label("older", "audience", load_catalog()), people_label("older", "everyone", load_catalog())
    ('65歳以上', '住民')
    """
    if basis == "everyone" or audience == "everyone":
        return "住民"
    return catalog.audiences[audience].ages("ja")


def doubts(row: dict[str, Any]) -> str:
    """Say what makes a figure about an area doubtful: what has no place or no age, whose ages are not known, borders.

    Examples
    --------
    >>> doubts({"uncounted": 2, "kind_label": "サロン", "unknown_age": 0, "audience": "older",
    ...     "audience_basis": "audience", "approximate_area": False})
    '場所の分からないサロンがほかに2件あり、数えていません。'
    """
    said = []
    if row["uncounted"]:
        said.append(f"場所の分からない{row['kind_label']}がほかに{row['uncounted']}件あり、数えていません。")
    if row["unknown_age"]:
        said.append(f"ほかに、年齢の分からない{row['unknown_age']:,}人は数えていません。")
    if row["audience_basis"] == "everyone" and row["audience"] != "everyone":
        said.append("対象となる人だけの人口がないため、住民全員で数えました。")
    if row["approximate_area"]:
        said.append("区域の境界はおよその形です。")
    return "".join(said)
