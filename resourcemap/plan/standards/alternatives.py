"""What is nearest for people whom a standard fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.measure.reached import Reached
    from resourcemap.plan.situation import Situation


# The position of the area that is everyone together, in every system.
EVERYWHERE = -2


def alternatives(
    situation: Situation,
    reached: Reached,
    among: np.ndarray,
    lacking: np.ndarray,
    rows: Sequence[tuple[str, int]],
    *,
    wanted: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Find the place that is nearest for most of those who lack one, in each area.

    Parameters
    ----------
    situation
        Where people live.
    reached
        Who reaches which place, the nearest few included.
    among
        Which resources will do, one truth each.
    lacking
        How many people of each person point lack a place.
    rows
        The system and the position in the areas of every area asked about: -1 for those outside all of a system, -2
        for everyone.
    wanted
        Which of `rows` to answer.

    Returns
    -------
    tuple
        Positions of resources (-1 for none; of equals the one that comes first), and the metres within which half of
        those who lack a place have their nearest one; not a number where half of them have none.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from resourcemap.measure.reached import Reached
    >>> none = np.empty(0, dtype=int)
    >>> found = Reached(np.array([0, 1]), np.array([5, 6]), np.array([700.0, 900.0]), none, none, np.zeros((2, 3)))
    >>> town = SimpleNamespace(homes={"圏域": np.array([0, 0])})
    >>> place, metres = alternatives(town, found, np.ones(7, dtype=bool), np.array([10, 30]), [("圏域", 0)],
    ...     wanted=np.array([True]))
    >>> place.tolist(), metres.tolist()
    ([6], [900.0])
    """
    nearest, metres = nearest_of(reached, among)
    position, half = np.full(len(rows), -1), np.full(len(rows), np.nan)
    for at in np.flatnonzero(wanted).tolist():
        here = living_in(situation, *rows[at]) & (lacking > 0)
        position[at] = _most(nearest[here], lacking[here])
        half[at] = _half(metres[here], lacking[here])
    return position, half


def nearest_of(reached: Reached, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest place of every person point among some, -1 for none, and its metres, without end for none.

    Examples
    --------
    >>> none = np.empty(0, dtype=int)
    >>> from resourcemap.measure.reached import Reached
    >>> found = Reached(np.array([0, 0]), np.array([0, 1]), np.array([9.0, 5.0]), none, none, np.array([[5.0, 9, 9]]))
    >>> [part.tolist() for part in nearest_of(found, np.array([True, False]))]
    [[0], [9.0]]
    """
    people = len(reached.nearest)
    place, metres = np.full(people, -1), np.full(people, np.inf)
    good = np.flatnonzero(among[reached.resource])
    order = good[np.lexsort((reached.resource[good], reached.metres[good], reached.person[good]))]
    person = reached.person[order]
    first = order[np.append(True, person[1:] != person[:-1])[: len(order)]]
    place[reached.person[first]], metres[reached.person[first]] = reached.resource[first], reached.metres[first]
    return place, metres


def living_in(situation: Situation, system: str, position: int) -> np.ndarray:
    """Tell which person points lie in the area at a position; -1 is outside all of a system, -2 everywhere.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> town = SimpleNamespace(homes={"圏域": np.array([0, -1])}, people=[None, None])
    >>> living_in(town, "圏域", -1).tolist(), living_in(town, "圏域", EVERYWHERE).tolist()
    ([False, True], [True, True])
    """
    if position == EVERYWHERE:
        return np.ones(len(situation.people), dtype=bool)
    return np.asarray(situation.homes[system] == position)


def _most(places: np.ndarray, people: np.ndarray) -> int:
    known = places >= 0
    if not known.any():
        return -1
    counts = np.bincount(places[known], weights=people[known])
    return int(np.argmax(counts))


def _half(metres: np.ndarray, people: np.ndarray) -> float:
    """Return the smallest distance within which half of the people have one; not a number where that is endless."""
    if not people.sum():
        return float("nan")
    order = np.argsort(metres, kind="stable")
    at = np.searchsorted(np.cumsum(people[order]), people.sum() / 2)
    found = metres[order][at]
    return float(found) if np.isfinite(found) else float("nan")
