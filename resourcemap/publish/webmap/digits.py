"""Whole numbers as short text, in base-64 digits; points and lines as small steps from one to the next.

Coordinates are whole numbers of 0.00001 degree of longitude and latitude (about a metre). A row of whole numbers is
written one after the other, each folded so that its sign is its lowest bit (0, -1, 1, -2, ... as 0, 1, 2, 3, ...) and
cut into digits of five bits, the lowest first; a digit that is not the last of its number is 32 more. The digits are
``A-Z``, ``a-z``, ``0-9``, ``-`` and ``_``. So are the mappings of source maps written, and the page needs ten lines to
read it.

- Points: the steps ``x, y`` from each to the next, the first from 0, 0.
- Lines, and arcs, which are pieces of borders: for each the number of its points, then their steps as above, the first
  of a line from the last of the line before.
"""

from __future__ import annotations

import numpy as np
import shapely

UNIT = 1e-5
_DIGITS = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", dtype=np.uint8)
_BITS = 5


def digits(numbers: np.ndarray) -> str:
    """Write whole numbers as base-64 digits.

    Examples
    --------
    >>> digits(np.array([0, 1, -1, 15, 16, -1000]))
    'ACBegBv-B'
    """
    folded = (numbers.astype(np.int64) << 1) ^ (numbers.astype(np.int64) >> 63)
    length = np.ones(len(folded), dtype=np.int64)
    while (longer := folded >> (_BITS * length) > 0).any():
        length += longer
    start = np.cumsum(length) - length
    written = np.empty(length.sum(), dtype=np.uint8)
    for place in range(length.max(initial=0)):
        there = length > place
        more = length[there] > place + 1
        written[start[there] + place] = ((folded[there] >> (_BITS * place)) & 31) + 32 * more
    return _DIGITS[written].tobytes().decode("ascii")


def points(geometries: np.ndarray) -> str:
    """Write one point inside each geometry, for its name; the centre where that is inside.

    An empty geometry has none; its point is that of the one before.

    Examples
    --------
    >>> points(np.array([shapely.box(0, 0, 0.00002, 0.00004)]))
    'CE'
    """
    centres = shapely.centroid(geometries)
    inside = shapely.covers(geometries, centres)
    chosen = np.where(inside, centres, shapely.point_on_surface(geometries))
    chosen[shapely.is_empty(chosen)] = None
    x, y = shapely.get_x(chosen), shapely.get_y(chosen)
    known = np.maximum.accumulate(np.where(np.isnan(x), 0, np.arange(len(x))))
    return digits(np.diff(in_units(np.nan_to_num(np.column_stack([x, y])[known])), axis=0, prepend=0).ravel())


def lines(geometries: np.ndarray) -> str:
    """Write all lines, joined where they meet end to end.

    Examples
    --------
    >>> lines(np.array([shapely.LineString([(0, 0), (0, 0.00001)]), shapely.LineString([(0, 0.00001), (0.00003, 0)])]))
    'GAAACGB'
    """
    parts = shapely.get_parts(geometries)
    joined = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts)))
    coordinates, owner = shapely.get_coordinates(joined, return_index=True)
    whole = in_units(coordinates)
    kept = (np.diff(owner, prepend=-1) != 0) | np.diff(whole, axis=0, prepend=0).any(axis=1)
    kept &= np.bincount(owner[kept], minlength=len(joined))[owner] > 1
    counts = np.bincount(owner[kept], minlength=len(joined))
    return chains(whole[kept], counts[counts > 0])


def in_units(coordinates: np.ndarray) -> np.ndarray:
    """Return degrees as whole numbers of `UNIT`, the nearest ones.

    Examples
    --------
    >>> in_units(np.array([139.7, 0.000006])).tolist()
    [13970000, 1]
    """
    return np.rint(coordinates / UNIT).astype(np.int64)


def chains(vertices: np.ndarray, counts: np.ndarray) -> str:
    """Write lines or arcs: the corners of all, in whole numbers, and how many of them each has.

    Examples
    --------
    >>> chains(np.array([[0, 0], [0, 1], [3, 0]]), np.array([2, 1]))
    'EAAACCGB'
    """
    numbers = np.empty(len(counts) + 2 * len(vertices), dtype=np.int64)
    begins = np.cumsum(1 + 2 * counts) - (1 + 2 * counts)
    is_count = np.zeros(len(numbers), dtype=bool)
    is_count[begins] = True
    numbers[is_count] = counts
    numbers[~is_count] = np.diff(vertices, axis=0, prepend=0).ravel()
    return digits(numbers)
