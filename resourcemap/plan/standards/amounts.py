"""Figures in Japanese words: with their unit, and never on the other side of a bound."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resourcemap.plan.gaps import percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resourcemap.measure.catalogue import Measure

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
