"""How far the nearest one is: mean, median and 90th percentile over the people of each area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resourcemap.measure.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.measure.figures import Case, Division

_NTHS = ("nearest", "nearest_2", "nearest_3")
NEAREST_FIGURES = tuple(f"{nth}_{what}_m" for nth in _NTHS for what in ("mean", "median", "p90"))


def mean_metres(metres: np.ndarray, people: np.ndarray, area: np.ndarray, areas: int) -> np.ndarray:
    """Return the mean distance over the people of each area.

    Not a number where there is nobody, or where somebody has nothing to go to.

    Examples
    --------
    >>> mean_metres(np.array([100.0, 400.0, np.inf]), np.array([2, 1, 0]), np.array([0, 0, 1]), 2).tolist()
    [200.0, nan]
    """
    counted = people > 0
    total = np.bincount(area, weights=people, minlength=areas)
    walked = np.bincount(area[counted], weights=metres[counted] * people[counted], minlength=areas)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = walked / total
    return np.where(np.isfinite(mean), mean, np.nan)


def metres_for_share(
    metres: np.ndarray, people: np.ndarray, area: np.ndarray, areas: int, shares: tuple[float, ...]
) -> list[np.ndarray]:
    """Return for each area the smallest distance within which at least a share of its people have one.

    The inverse of the distribution function: with 0.5 the (lower) median, with 0.9 the 90th percentile. No
    interpolation: the distance of somebody, not one in between. Not a number where there is nobody, or where so
    many have nothing to go to.

    Examples
    --------
    >>> far, people = np.array([300.0, 100.0, 900.0]), np.array([1, 8, 1])
    >>> [found.tolist() for found in metres_for_share(far, people, np.zeros(3, dtype=int), 2, (0.5, 0.9))]
    [[100.0, nan], [300.0, nan]]
    """
    by_metres = np.argsort(metres, kind="stable")
    order = by_metres[np.argsort(area[by_metres].astype(np.min_scalar_type(areas)), kind="stable")]
    reached = np.cumsum(people[order].astype(np.int64))
    total = np.bincount(area, weights=people, minlength=areas).astype(np.int64)
    before = np.cumsum(total) - total
    sorted_metres = np.append(metres[order], np.inf)
    found = []
    for share in shares:
        # Compare whole people: 0.9 x 10 must not need a tenth person because of the last binary digit.
        wanted = before + np.ceil(share * total - 1e-9).astype(np.int64)
        far = sorted_metres[np.searchsorted(reached, wanted)]
        found.append(np.where((total > 0) & np.isfinite(far), far, np.nan))
    return found


def nearest_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield how far the nearest, second and third nearest activity is, over places alone."""
    for nth, name in enumerate(_NTHS):
        if not case.question.asks(f"{name}_mean_m", f"{name}_median_m", f"{name}_p90_m"):
            continue
        metres = case.reached.nearest[:, nth]
        yield Figure(f"{name}_mean_m", mean_metres(metres, case.people, division.home, division.areas))
        middle, most = metres_for_share(metres, case.people, division.home, division.areas, (0.5, 0.9))
        yield Figure(f"{name}_median_m", middle)
        yield Figure(f"{name}_p90_m", most)
