"""Which points are near which: pairs, counts, nearest ones and weighted sums, from coordinates in metres.

Three modules do the work and give the same: `near_all` for few pairs; for many, `near_compiled` when numba is installed
(``pip install "resourcemap[fast]"``), `near_tree` with scipy when it is not.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from resourcemap.reach.decay import Decay

# Below this many pairs of points all of them are looked at before numba, or scipy's tree, is loaded.
_MANY = 500_000


class Pairs(NamedTuple):
    """Pairs of near points: positions of homes and of spots, and the metres between them; sorted by both."""

    home: np.ndarray
    spot: np.ndarray
    metres: np.ndarray


class Tally(NamedTuple):
    """What is near every home, by kind (homes x kinds): any at all, how many, and how far the nearest is."""

    within: np.ndarray
    counts: np.ndarray
    nearest: np.ndarray


def pairs_within(homes: np.ndarray, spots: np.ndarray, metres: float) -> Pairs:
    """List every home and spot at most `metres` apart in a straight line.

    Parameters
    ----------
    homes, spots
        x and y in metres (points x 2), of one system; every number finite.
    metres
        The limit; a pair exactly at it is in.

    Examples
    --------
    >>> found = pairs_within(np.array([[0.0, 0.0]]), np.array([[300.0, 400.0], [501.0, 0.0]]), 500)
    >>> found.spot.tolist(), found.metres.tolist()
    ([0], [500.0])
    """
    if not len(homes) or not len(spots):
        return Pairs(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32), np.empty(0))
    return Pairs(*_quickest(len(homes) * len(spots)).pairs_within(_points(homes), _points(spots), float(metres)))


def tally(
    homes: np.ndarray, spots: np.ndarray, kinds: np.ndarray, *, number: int, within: float, metres: float
) -> Tally:
    """Tell whether a spot of each kind is near every home, count those within `metres`, and find the nearest.

    This is the answer for a whole country at once: nothing is listed pair by pair.

    Parameters
    ----------
    homes, spots
        x and y in metres (points x 2), of one system; every number finite.
    kinds
        The kind of each spot, from 0.
    number
        How many kinds there are.
    within
        What is near, in metres; not above `metres`. A spot exactly at a limit is within it.
    metres
        The farthest distance of interest.

    Returns
    -------
    Tally
        ``within`` (whether one is at most `within` metres away), ``counts`` (how many are at most `metres` away, zeros
        included) and ``nearest`` (metres in 32 bits, right to a tenth of a millimetre; without end where none is
        within `metres`), homes x kinds, in the order given.

    Examples
    --------
    >>> found = tally(np.array([[0.0, 0.0]]), np.array([[300.0, 400.0], [501.0, 0.0]]), np.array([0, 1]),
    ...     number=2, within=499, metres=500)
    >>> found.within.tolist(), found.counts.tolist(), found.nearest.tolist()
    ([[False, False]], [[1, 0]], [[500.0, inf]])
    """
    if not len(homes) or not len(spots):
        shape = (len(homes), number)
        return Tally(np.zeros(shape, dtype=bool), np.zeros(shape, dtype=np.int32), np.full(shape, np.inf, np.float32))
    limits = min(float(within), float(metres)), float(metres)
    return Tally(
        *_quickest(len(homes) * len(spots)).tally(_points(homes), _points(spots), np.asarray(kinds), number, *limits)
    )


def nearest(
    homes: np.ndarray, spots: np.ndarray, *, groups: np.ndarray | None = None, most: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """Find the nearest spots of every home, however far they are.

    Parameters
    ----------
    homes, spots
        x and y in metres (points x 2), of one system; every number finite.
    groups
        Spots of one group are one thing with several places: only the nearest of them counts.
    most
        How many to find.

    Returns
    -------
    tuple
        Positions of spots (homes x `most`, nearest first, of equals the one given first; -1 where there are
        fewer), and metres (without end there).

    Examples
    --------
    >>> spots = np.array([[500.0, 0.0], [100.0, 0.0], [200.0, 0.0]])
    >>> position, metres = nearest(np.array([[0.0, 0.0]]), spots, groups=np.array([1, 0, 0]), most=2)
    >>> position.tolist(), metres.tolist()
    ([[1, 0]], [[100.0, 500.0]])
    """
    if not len(homes) or not len(spots):
        return np.full((len(homes), most), -1, dtype=np.int32), np.full((len(homes), most), np.inf)
    each = np.arange(len(spots)) if groups is None else np.asarray(groups)
    quickest = _quickest(len(homes) * len(spots))
    found: tuple[np.ndarray, np.ndarray] = quickest.nearest_groups(_points(homes), _points(spots), each, most)
    return found


def weighted_sums(here: np.ndarray, there: np.ndarray, values: np.ndarray, decay: Decay) -> np.ndarray:
    """Sum the values of all points there around every point here, each times the weight of its distance.

    Examples
    --------
    >>> from resourcemap.reach.decay import Decay
    >>> homes = np.array([[0.0, 0.0], [600.0, 0.0]])
    >>> weighted_sums(np.array([[0.0, 0.0]]), homes, np.array([30.0, 70.0]), Decay(500)).tolist()
    [30.0]
    """
    if not len(here) or not len(there):
        return np.zeros(len(here))
    quickest = _quickest(len(here) * len(there))
    sums: np.ndarray = quickest.weighted_sums(_points(here), _points(there), np.asarray(values, dtype=float), decay)
    return sums


def _quickest(pairs: int) -> Any:
    """Return the module that is quickest for so many pairs of points."""
    if pairs < _MANY:
        return _module("near_all")
    return _module("near_compiled" if find_spec("numba") else "near_tree")


@cache
def _module(name: str) -> Any:
    return import_module(f"resourcemap.reach.{name}")


def _points(points: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(points, dtype=float)
