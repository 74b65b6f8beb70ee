"""How unequally people are served: shortfall, Gini index and Palma ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

# Sums over a country leave this much where everyone has the same.
_ROUNDING = 1e-12


def shortfall(metres: np.ndarray, limit: float) -> np.ndarray:
    """Return by how much each distance falls short of a limit: 0 within it, towards 1 far away, 1 without end.

    It is ``1 - limit / metres``: of nearness (1 / metres), the part that is missing to the nearness at the limit.

    Examples
    --------
    >>> shortfall(np.array([300.0, 500.0, 1000.0, np.inf]), 500).tolist()
    [0.0, 0.0, 0.5, 1.0]
    """
    return np.asarray(1 - limit / np.maximum(metres, limit))


def fgt(shortfalls: np.ndarray, people: np.ndarray, area: np.ndarray, areas: int, power: int) -> np.ndarray:
    """Return the mean of a power of the shortfall over the people of each area.

    Power 0 is the share of people beyond the limit, 1 how far beyond they are on average (those within count 0),
    2 gives those farthest away more weight. Not a number where there is nobody.

    References
    ----------
    Foster, Greer and Thorbecke (1984), A class of decomposable poverty measures, Econometrica 52(3).

    Examples
    --------
    >>> short = shortfall(np.array([300.0, 1000.0]), 500)
    >>> [fgt(short, np.array([3, 1]), np.array([0, 0]), 1, power).tolist() for power in (0, 1, 2)]
    [[0.25], [0.125], [0.0625]]
    """
    depth = np.where(shortfalls > 0, shortfalls**power, 0.0)
    with np.errstate(invalid="ignore"):
        return np.bincount(area, weights=depth * people, minlength=areas) / np.bincount(
            area, weights=people, minlength=areas
        )


def gini(values: np.ndarray, people: np.ndarray) -> float:
    """Return the Gini index of what people have: 0 when all have the same, towards 1 when one has it all.

    Twice the area between the line of equality and the Lorenz curve, over people. Not a number when there is nobody,
    or nobody has anything. Values must not be negative.

    References
    ----------
    Gini (1912), Variabilità e mutabilità; here over grouped people, as the area under straight pieces.

    Examples
    --------
    >>> gini(np.array([1.0, 1.0]), np.array([5, 9])), gini(np.array([0.0, 1.0]), np.array([3, 1]))
    (0.0, 0.75)
    """
    return float(by_area(gini, values, people, np.zeros(len(values), dtype=int), 1)[0])


def palma(values: np.ndarray, people: np.ndarray) -> float:
    """Return how many times more the best served tenth has, per person, than the worst served four tenths.

    A group that crosses a bound is divided. Not a number when there is nobody, or the four tenths have nothing.

    References
    ----------
    Palma (2011), Homogeneous middles vs. heterogeneous tails; here people are ranked by what they have themselves.

    Examples
    --------
    >>> palma(np.array([1.0, 2.0, 8.0]), np.array([40, 50, 10]))
    8.0
    """
    return float(by_area(palma, values, people, np.zeros(len(values), dtype=int), 1)[0])


def by_area(
    measure: Callable[..., float], values: np.ndarray, people: np.ndarray, area: np.ndarray, areas: int
) -> np.ndarray:
    """Apply `gini` or `palma` to the people of each area.

    Not a number where a value is not one.

    Examples
    --------
    >>> by_area(gini, np.array([0.0, 1.0, 1.0]), np.array([3, 1, 1]), np.array([0, 0, 1]), 3).tolist()
    [0.75, 0.0, nan]
    """
    by_value = np.argsort(values, kind="stable")
    order = by_value[np.argsort(area[by_value].astype(np.min_scalar_type(areas)), kind="stable")]
    rows = np.bincount(area, minlength=areas)
    some = rows > 0
    groups = _Groups(
        people[order].astype(float),
        np.nan_to_num(values[order]),
        (np.cumsum(rows) - rows)[some],
        rows[some],
    )
    found = np.full(areas, np.nan)
    if some.any():
        found[some] = _OF_EACH[measure](groups)
    found[area[np.isnan(values)]] = np.nan
    return found


class _Groups(NamedTuple):
    """People and values, group by group and ascending in each; where each group begins and how long it is."""

    people: np.ndarray
    values: np.ndarray
    begin: np.ndarray
    rows: np.ndarray

    def sums(self, amounts: np.ndarray) -> np.ndarray:
        """Sum amounts over each group."""
        return np.add.reduceat(amounts, self.begin)

    def so_far(self, amounts: np.ndarray) -> np.ndarray:
        """Sum amounts from the first of its group to each one."""
        running = np.cumsum(amounts)
        before: np.ndarray = running[self.begin] - amounts[self.begin]
        return np.asarray(running - np.repeat(before, self.rows))


def _gini_of_each(groups: _Groups) -> np.ndarray:
    have = groups.people * groups.values
    twice_under = groups.sums(groups.people * (2 * groups.so_far(have) - have))
    whole = groups.sums(have) * groups.sums(groups.people)
    index = 1 - np.divide(twice_under, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return np.asarray(np.where(index < _ROUNDING, 0.0, index))


def _palma_of_each(groups: _Groups) -> np.ndarray:
    total, until = np.repeat(groups.sums(groups.people), groups.rows), groups.so_far(groups.people)
    poorest = np.clip(0.4 * total - (until - groups.people), 0, groups.people)
    richest = np.clip(until - 0.9 * total, 0, groups.people)
    least, most = groups.sums(poorest * groups.values) / 0.4, groups.sums(richest * groups.values) / 0.1
    return np.asarray(np.divide(most, least, out=np.full(len(least), np.nan), where=least > 0))


_OF_EACH = {gini: _gini_of_each, palma: _palma_of_each}
