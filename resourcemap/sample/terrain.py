"""The land of みほん市: its border, hills, river, railway, main roads and large parks.

Drawn by hand in metres from the middle of the city, x to the east and y to the north.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import LineString, Polygon

from resourcemap.sample.plane import Place, curve, ribbon

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_BORDER: tuple[Place, ...] = (
    (-2950, 1700), (-2600, 2250), (-1900, 2480), (-1300, 2350), (-700, 2520), (0, 2380), (500, 2560),
    (1100, 2400), (1800, 2530), (2350, 2200), (2800, 2050), (2950, 1400), (2780, 800), (3020, 200),
    (2900, -500), (3050, -1100), (2700, -1700), (2300, -2250), (1600, -2400), (1000, -2250), (300, -2480),
    (-400, -2350), (-1100, -2500), (-1800, -2250), (-2350, -2300), (-2700, -1700), (-2980, -1100),
    (-2800, -500), (-3050, 100), (-2900, 700), (-3080, 1200),
)  # fmt: skip
_RIVER: tuple[Place, ...] = (
    (620, 2900), (700, 2450), (420, 2050), (560, 1680), (960, 1400), (900, 980), (560, 640), (700, 260),
    (1120, 20), (1180, -380), (860, -720), (900, -1120), (1330, -1400), (1420, -1800), (1180, -2150),
    (1280, -2700),
)  # fmt: skip
_RAIL: tuple[Place, ...] = (
    (-3300, -980), (-2500, -780), (-1700, -480), (-900, -330), (-200, -360), (600, -300), (1400, -120),
    (2100, -170), (2700, -420), (3300, -560),
)  # fmt: skip
STATIONS: tuple[tuple[str, float], ...] = (("みほん", 2900.0), ("川東", 5350.0))

ROADS: dict[str, tuple[Place, ...]] = {
    "国道": ((-3300, 330), (-2500, 420), (-1650, 330), (-900, 420), (-100, 400), (600, 590), (1300, 720),
             (2050, 640), (2700, 900), (3300, 1000)),
    "旧街道": ((-2500, -2600), (-2050, -1950), (-1600, -1480), (-1240, -900), (-1040, -360), (-700, -60),
               (-180, 20), (380, 130), (760, 190), (1200, 330), (1750, 250), (2250, 520), (2500, 1300),
               (2560, 2000), (2800, 2500)),
    "駅前通り": ((-420, -345), (-460, 0), (-390, 420), (-470, 900), (-330, 1500), (-420, 2050), (-250, 2700)),
    "北大通り": ((-1560, 1180), (-1000, 1330), (-330, 1500), (300, 1420), (950, 1350), (1500, 1520),
                 (2100, 1400), (2520, 1400), (3300, 1600)),
    "南大通り": ((-3300, -1650), (-2400, -1480), (-1600, -1480), (-900, -1330), (-100, -1420), (600, -1330),
                 (1200, -1290), (2000, -1220), (2700, -1000), (3300, -1000)),
    "西環状線": ((-1750, -2700), (-1700, -1900), (-1600, -1480), (-1850, -900), (-1800, -500), (-1700, 0),
                 (-1650, 330), (-1500, 750), (-1560, 1180), (-1250, 1750), (-1150, 2700)),
    "東環状線": ((1750, 2800), (1700, 2050), (1500, 1520), (1640, 1000), (1620, 690), (1700, 260), (1830, -130),
                 (1800, -700), (2000, -1220), (1900, -1800), (2000, -2700)),
    "中通り": ((330, 240), (290, -330), (180, -800), (250, -1390), (150, -2000), (260, -2700)),
    "西山道路": ((-1650, 330), (-2050, 700), (-2450, 820), (-2700, 1000), (-3300, 1080)),
    "さくら坂": ((-1560, 1180), (-1900, 1330), (-2130, 1700), (-2100, 2080), (-2300, 2700)),
    "駅南通り": ((-420, -345), (-500, -800), (-560, -1380), (-640, -1900), (-520, -2700)),
}  # fmt: skip
BRIDGES = {"北大通り": "北大橋", "国道": "みほん大橋", "旧街道": "街道橋", "南大通り": "南大橋"}

# East, north, height, and spread to the east and north of each hill.
_HILLS = ((-2350, 1620, 135, 620, 520), (-2750, 760, 60, 380, 330), (-1450, 2150, 55, 400, 300))
_PEAK = (-2350, 1620)
CONTOURS = (30, 60, 100)
WOODS_ABOVE = {"wood": 92.0, "hill": 128.0}

_PARK: tuple[Place, ...] = (
    (-60, 1150), (130, 1240), (420, 1180), (600, 1010), (480, 790), (210, 700), (-20, 780), (-130, 960),
)  # fmt: skip
_PARK_PATHS: tuple[tuple[Place, ...], ...] = (
    ((-200, 930), (60, 900), (220, 1090), (420, 1070), (700, 1080)),
    ((180, 600), (190, 800), (60, 900), (110, 1300)),
)
_PARK_POND: tuple[Place, ...] = ((260, 960), (380, 1000), (450, 930), (380, 850), (270, 870))
_FARM_POND: tuple[Place, ...] = ((-2420, -1770), (-2280, -1730), (-2210, -1840), (-2330, -1930), (-2450, -1880))


@dataclass(frozen=True)
class Terrain:
    """The shapes that everything else follows.

    Parameters
    ----------
    city
        The outline of the city.
    river, river_line
        The water, and the line in its middle, where town blocks meet.
    rail
        The railway.
    stations
        Name and point of each station.
    roads
        The main roads by name.
    river_land, rail_land
        Water with its banks, and railway land: nobody walks there except on bridges and crossings.
    park, park_paths, ponds
        The large park, the paths in it, and still water by name.
    """

    city: Polygon
    river: Polygon
    river_line: LineString
    rail: LineString
    stations: tuple[tuple[str, shapely.Point], ...]
    roads: dict[str, LineString]
    river_land: BaseGeometry
    rail_land: BaseGeometry
    park: Polygon
    park_paths: tuple[LineString, ...]
    ponds: dict[str, Polygon]


@cache
def terrain() -> Terrain:
    """Draw the land.

    Examples
    --------
    >>> 20e6 < terrain().city.area < 30e6
    True
    """
    city = Polygon(curve(_BORDER, closed=True))
    line = curve(_RIVER)
    distance = np.arange(len(line.coords))
    river = ribbon(line, 31 + 7 * np.sin(distance / 5) + distance * 0.12)
    rail = curve(_RAIL)
    return Terrain(
        city=city,
        river=river.intersection(city),
        river_line=line,
        rail=rail,
        stations=tuple((name, rail.interpolate(metres)) for name, metres in STATIONS),
        roads={name: curve(points) for name, points in ROADS.items()},
        river_land=river.buffer(12, quad_segs=2),
        rail_land=rail.buffer(16, quad_segs=2),
        park=Polygon(curve(_PARK, closed=True, steps=4)),
        park_paths=tuple(curve(path) for path in _PARK_PATHS),
        ponds={
            "中央公園の池": Polygon(curve(_PARK_POND, closed=True, steps=4)),
            "新田ため池": Polygon(curve(_FARM_POND, closed=True, steps=4)),
        },
    )


def height(xy: np.ndarray) -> np.ndarray:
    """Return the height of points above the plain, in metres.

    Examples
    --------
    >>> [round(float(metres)) for metres in height(np.array([[-2350, 1620], [2000, -1000]]))]
    [137, 0]
    """
    x, y = xy[:, 0], xy[:, 1]
    total = np.zeros(len(xy))
    for east, north, top, wide, deep in _HILLS:
        total += top * np.exp(-(((x - east) / wide) ** 2 + ((y - north) / deep) ** 2) / 2)
    return total


def contour(level: float) -> Polygon:
    """Draw the land above a height, within the city.

    Examples
    --------
    >>> contour(60).area < contour(30).area
    True
    """
    angles = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    metres = np.arange(0, 2600, 20.0)
    edge = []
    for angle in angles:
        ray = np.column_stack([_PEAK[0] + metres * np.cos(angle), _PEAK[1] + metres * np.sin(angle)])
        edge.append(ray[int(np.argmax(height(ray) < level))])
    return Polygon(edge).intersection(terrain().city)
