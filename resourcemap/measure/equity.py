"""How unequally people are served: shortfall, Gini index and Palma ratio."""

from __future__ import annotations

import numpy as np


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
    order = np.argsort(values, kind="stable")
    weight, have = people[order].astype(float), (values * people)[order]
    if not have.sum() > 0:
        return float("nan")
    so_far = np.cumsum(have)
    twice_under = (weight * (2 * so_far - have)).sum()
    return max(0.0, float(1 - twice_under / (so_far[-1] * weight.sum())))


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
    order = np.argsort(values, kind="stable")
    weight, value = people[order].astype(float), values[order]
    total = weight.sum()
    if not total > 0:
        return float("nan")
    ends = np.cumsum(weight)
    poorest = np.clip(0.4 * total - (ends - weight), 0, weight)
    richest = np.clip(ends - 0.9 * total, 0, weight)
    least = (poorest * value).sum() / 0.4
    return float((richest * value).sum() / 0.1 / least) if least > 0 else float("nan")


def by_area(measure: object, values: np.ndarray, people: np.ndarray, area: np.ndarray, areas: int) -> np.ndarray:
    """Apply `gini` or `palma` to the people of each area.

    Examples
    --------
    >>> by_area(gini, np.array([0.0, 1.0, 1.0]), np.array([3, 1, 1]), np.array([0, 0, 1]), 3).tolist()
    [0.75, 0.0, nan]
    """
    order = np.argsort(area, kind="stable")
    bounds = np.searchsorted(area[order], np.arange(areas + 1))
    parts = [order[bounds[each] : bounds[each + 1]] for each in range(areas)]
    return np.array([measure(values[part], people[part]) for part in parts])  # type: ignore[operator]
