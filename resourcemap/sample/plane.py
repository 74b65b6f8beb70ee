"""The drawing plane of the sample city: metres from its middle, curves, and cuts through polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely import LineString, Polygon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

Place = tuple[float, float]

# The middle lies in the open sea, so that the city can be nowhere real.
_LON, _LAT = 139.70, 34.95
_METRES_PER_LON, _METRES_PER_LAT = 91_344.6, 110_939.6
DECIMALS = 6
_GRID = 0.01


def to_lonlat(shapes: Any) -> Any:
    """Move a shape, or an array of them, from the plane to longitude and latitude, rounded to 6 decimals.

    Examples
    --------
    >>> to_lonlat(shapely.Point(0, 0)).wkt
    'POINT (139.7 34.95)'
    """
    return shapely.transform(shapes, _lonlat)


def _lonlat(xy: np.ndarray) -> np.ndarray:
    lonlat: np.ndarray = xy / (_METRES_PER_LON, _METRES_PER_LAT) + (_LON, _LAT)
    return lonlat.round(DECIMALS)


def curve(points: Sequence[Place], *, closed: bool = False, steps: int = 7) -> LineString:
    """Draw a smooth line (Catmull-Rom) through hand-placed points.

    Examples
    --------
    >>> len(curve([(0, 0), (1, 1), (2, 0)], steps=4).coords)
    9
    """
    knots = np.asarray(points, dtype=float)
    ends = (knots[-1:], knots[:2]) if closed else (knots[:1], knots[-1:])
    padded = np.vstack([ends[0], knots, ends[1]])
    t = np.arange(steps)[:, None] / steps
    pieces = [_segment(padded[i : i + 4], t) for i in range(len(padded) - 3)]
    return LineString(np.vstack([*pieces, padded[-2:-1]]))


def _segment(p: np.ndarray, t: np.ndarray) -> np.ndarray:
    points: np.ndarray = 0.5 * (
        2 * p[1]
        + (p[2] - p[0]) * t
        + (2 * p[0] - 5 * p[1] + 4 * p[2] - p[3]) * t**2
        + (3 * p[1] - 3 * p[2] + p[3] - p[0]) * t**3
    )
    return points


def ribbon(line: LineString, half_widths: np.ndarray) -> Polygon:
    """Give a line a width that changes along it; one half width per vertex.

    Examples
    --------
    >>> ribbon(LineString([(0, 0), (10, 0)]), np.array([1.0, 2.0])).area
    30.0
    """
    xy = shapely.get_coordinates(line)
    along = np.gradient(xy, axis=0)
    normal = np.column_stack([-along[:, 1], along[:, 0]]) / np.hypot(*along.T)[:, None]
    left, right = xy + normal * half_widths[:, None], xy - normal * half_widths[:, None]
    return Polygon(np.vstack([left, right[::-1]]))


def noded(lines: Sequence[BaseGeometry]) -> BaseGeometry:
    """Split lines wherever they meet, on a grid of one centimetre.

    Examples
    --------
    >>> len(noded([LineString([(0, 0), (2, 0)]), LineString([(1, -1), (1, 1)])]).geoms)
    4
    """
    return shapely.unary_union(np.array(lines, dtype=object), grid_size=_GRID)


def faces(lines: BaseGeometry) -> list[Polygon]:
    """Return the polygons that noded lines enclose, from north-west to south-east.

    Examples
    --------
    >>> square = LineString([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    >>> [face.area for face in faces(noded([square]))]
    [1.0]
    """
    found = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    return sorted(found, key=_reading_order)


def _reading_order(shape: BaseGeometry) -> tuple[float, float]:
    x0, y0, x1, y1 = shape.bounds
    return (round(-(y0 + y1), 1), round(x0 + x1, 1))


def halves(shape: Polygon, rng: np.random.Generator, *, share: float, bend: float, skew: float) -> list[Polygon]:
    """Cut a polygon across its long side with a slightly bent line.

    Parameters
    ----------
    shape
        The polygon.
    rng
        Source of the small differences.
    share
        Where the cut lies along the long side, 0 to 1.
    bend
        How far the cut swings, as a share of its length.
    skew
        How far the cut turns from the right angle, in radians, either way.

    Examples
    --------
    >>> parts = halves(shapely.box(0, 0, 4, 2), np.random.default_rng(1), share=0.5, bend=0, skew=0)
    >>> [round(part.area, 6) for part in parts]
    [4.0, 4.0]
    """
    centre, long, half_length, half_width = _frame(shape)
    turn = skew * (2 * rng.random() - 1)
    swing = bend * half_width * (2 * rng.random() - 1)
    cos, sin = np.cos(turn), np.sin(turn)
    across = np.array([-long[1] * cos - long[0] * sin, long[0] * cos - long[1] * sin])
    start = centre + long * half_length * (2 * share - 1)
    t = np.linspace(-1, 1, 7)
    cut = start + np.outer(t * half_width * 1.6, across) + np.outer(swing * np.cos(t * np.pi / 1.6), long)
    back = long * half_length * 4
    side = Polygon(np.vstack([cut, cut[-1] + back, cut[0] + back]))
    parts = [*_polygons(shape.difference(side)), *_polygons(shape.intersection(side))]
    return sorted(parts, key=_reading_order)


def _frame(shape: Polygon) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Return the middle, the long direction, and half the sides of the tightest rectangle around a shape."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))[:4]
    sides = corners[1:3] - corners[:2]
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    longer = int(lengths[1] > lengths[0] + 1e-6)
    long = sides[longer] / lengths[longer]
    # The rectangle may start at any corner: the direction is always eastward, so that cuts repeat.
    if (round(long[0], 9), round(long[1], 9)) < (0.0, 0.0):
        long = -long
    return corners.mean(axis=0), long, lengths[longer] / 2, lengths[1 - longer] / 2


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 1.0]
