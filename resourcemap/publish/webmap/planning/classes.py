"""Classes of a legend: few, with round bounds that people can say, the same for all kinds of one measure."""

from __future__ import annotations

import math

import numpy as np

# Shares are read in fifths, whatever the city: two maps can then be held side by side.
SHARES = [0.2, 0.4, 0.6, 0.8]
_MOST = 5
_STEPS = (1.0, 2.0, 5.0, 10.0)
# One class with more than this part of the values would hide their differences.
_CROWDED = 0.5
_MOST_ASIDE = 2


def breaks(values: np.ndarray) -> list[float]:
    """Return the bounds between at most five classes of values above zero, lowest first.

    A value on a bound belongs to the class above it. Zero and what is not known are classes of their own on the page
    and do not count here. Up to five different values have a class each. Otherwise the classes are equally wide, in
    steps of 1, 2 or 5 (as `pretty` of R makes them); where more than half of the values would be in one of them, each
    holds about a fifth, and the bounds are rounded to one figure, or two where one is not enough.

    Examples
    --------
    >>> breaks(np.array([1, 1, 2, 4])), breaks(np.arange(0, 101)), breaks(np.array([np.nan, 0]))
    ([2.0, 4.0], [20.0, 40.0, 60.0, 80.0], [])
    >>> breaks(np.array([3, 5, 6, 8, 9, 12, 14, 15, 18, 900]))
    [6.0, 9.0, 10.0, 20.0]
    """
    known = values[np.isfinite(values) & (values > 0)]
    distinct = np.unique(known)
    if len(distinct) <= _MOST:
        return [float(value) for value in distinct[1:]]
    even = _equal_steps(float(known.min()), float(known.max()))
    fullest = np.bincount(np.searchsorted(even, known, side="right")).max() / len(known)
    return even if fullest <= _CROWDED else _equal_counts(known)


def breaks_both_ways(values: np.ndarray) -> list[float]:
    """Return at most two bounds of sizes, which hold above and below zero alike; zero is a class of its own.

    Examples
    --------
    >>> breaks_both_ways(np.array([-30, -10, 0, 5, 80]))
    [10.0, 80.0]
    """
    found = breaks(np.abs(values))
    return found if len(found) <= _MOST_ASIDE else [found[len(found) // 2 - 1], found[-1]]


def _equal_steps(low: float, high: float) -> list[float]:
    """Divide a range into at most five classes at multiples of 1, 2 or 5 times a power of ten."""
    raw = (high - low) / _MOST
    power = 10.0 ** math.floor(math.log10(raw))
    for step in _STEPS:
        width = step * power
        first, last = math.floor(low / width) + 1, math.ceil(high / width)
        if last - first < _MOST:
            return [_round(number * width, 12) for number in range(first, last)]
    return []


def _equal_counts(values: np.ndarray) -> list[float]:
    exact = np.quantile(values, [part / _MOST for part in range(1, _MOST)])
    found: list[float] = []
    for bound in exact:
        rounded = next((near for digits in (1, 2) if (near := _round(float(bound), digits)) not in found), None)
        if rounded is not None and (not found or rounded > found[-1]) and rounded > values.min():
            found.append(rounded)
    return found


def _round(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")
