"""How far the nearest one is: mean, median and 90th percentile over people."""

from __future__ import annotations

import numpy as np


def mean_metres(metres: np.ndarray, people: np.ndarray) -> float:
    """Return the mean distance over people; not a number when there is nobody or nothing to go to.

    Examples
    --------
    >>> mean_metres(np.array([100.0, 400.0]), np.array([2, 1]))
    200.0
    """
    if people.sum() == 0 or not np.isfinite(metres[people > 0]).all():
        return float("nan")
    return float((metres[people > 0] * people[people > 0]).sum() / people.sum())


def metres_for_share(metres: np.ndarray, people: np.ndarray, share: float) -> float:
    """Return the smallest distance within which at least `share` of the people have one.

    The inverse of the distribution function: with 0.5 the (lower) median, with 0.9 the 90th percentile. No
    interpolation: the distance of somebody, not one in between. Not a number when there is nobody, or when so
    many have nothing to go to.

    Examples
    --------
    >>> metres_for_share(np.array([300.0, 100.0, 900.0]), np.array([1, 8, 1]), 0.9)
    300.0
    """
    total = people.sum()
    if total == 0:
        return float("nan")
    order = np.argsort(metres, kind="stable")
    reached = np.cumsum(people[order])
    # Compare whole people: 0.9 x 10 must not need a tenth person because of the last binary digit.
    found = metres[order][np.searchsorted(reached, np.ceil(share * total - 1e-9))]
    return float(found) if np.isfinite(found) else float("nan")
