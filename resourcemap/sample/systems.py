"""Three ways to divide the sample city that do not nest: 圏域, 地区社協 and 小学校区."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import shapely
from shapely import MultiPoint, Point

from resourcemap.sample.plane import faces, noded
from resourcemap.sample.terrain import terrain

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from resourcemap.sample.blocks import Block
    from resourcemap.sample.streets import Cell

# Each area grows from its first block until it meets its neighbours.
_SERVICE_AREAS = {
    "けやき": "仲町2丁目",
    "ひばり": "公園町1丁目",
    "さくら台": "さくら台1丁目",
    "梅が丘": "梅が丘3丁目",
    "駅南": "駅南3丁目",
    "みなみ風": "南団地2丁目",
    "かわせみ": "川端町2丁目",
    "あさひ": "ひので1丁目",
}
_DISTRICTS = {
    "みほん西": "みほん2丁目",
    "みほん東": "みほん5丁目",
    "本町": "本町3丁目",
    "栄町": "栄町2丁目",
    "公園町": "公園町3丁目",
    "北町": "北町2丁目",
    "緑ヶ丘": "緑ヶ丘3丁目",
    "さくら台": "さくら台4丁目",
    "西山谷戸": "谷戸1丁目",
    "梅が丘": "梅が丘1丁目",
    "昭和": "昭和町2丁目",
    "松原新田": "新田1丁目",
    "南町": "南町4丁目",
    "駅南": "駅南1丁目",
    "柳町": "柳町3丁目",
    "南団地": "南団地1丁目",
    "富士見泉": "富士見2丁目",
    "上川原": "上川原2丁目",
    "川東若葉": "若葉2丁目",
    "東みほん": "東みほん2丁目",
    "あさひ大島": "あさひ3丁目",
}
_SCHOOLS = {
    "みほん小学校": (-1050, 850),
    "北小学校": (-50, 1750),
    "さくら台小学校": (-1650, 1650),
    "梅が丘小学校": (-2300, -300),
    "昭和小学校": (-1500, -1150),
    "駅南小学校": (-250, -800),
    "中央小学校": (-100, 150),
    "泉小学校": (300, -1900),
    "川東小学校": (1250, 600),
    "東野小学校": (2050, 1700),
    "日の出小学校": (2250, -250),
    "大島小学校": (1800, -1400),
}


class Border(NamedTuple):
    """Two blocks side by side, how far apart their middles are, and what runs between them."""

    one: str
    two: str
    metres: float
    on_river: bool
    on_rail: bool


def membership(blocks: list[Block]) -> pd.DataFrame:
    """Say of every town block in which 圏域 and in which 地区社協 it lies.

    圏域 keep to their side of the river and mostly of the railway; 地区社協 are older and do not.

    Examples
    --------
    >>> from resourcemap.sample.blocks import draw_blocks
    >>> table = membership(draw_blocks(np.random.default_rng(1)))
    >>> table["日常生活圏域"].nunique(), table["地区社協"].nunique()
    (8, 21)
    """
    names = [block.name for block in blocks]
    borders = _borders(blocks)
    services = _grow(borders, _SERVICE_AREAS, river=8.0, rail=3.0)
    districts = _grow(borders, _DISTRICTS, river=1.5, rail=1.0)
    return pd.DataFrame(
        {
            "町丁目": names,
            "日常生活圏域": [f"{services[name]}圏域" for name in names],
            "地区社協": [f"{districts[name]}地区社協" for name in names],
        }
    )


def _grow(borders: list[Border], seeds: dict[str, str], *, river: float, rail: float) -> dict[str, str]:
    """Give each block to the area whose first block is nearest from neighbour to neighbour."""
    ways: dict[str, list[tuple[str, float]]] = {}
    for border in borders:
        way = border.metres * (river if border.on_river else 1) * (rail if border.on_rail else 1)
        ways.setdefault(border.one, []).append((border.two, way))
    queue = [(0.0, seed, area) for area, seed in seeds.items()]
    heapq.heapify(queue)
    owner: dict[str, str] = {}
    while queue:
        metres, name, area = heapq.heappop(queue)
        if name in owner:
            continue
        owner[name] = area
        for other, way in ways[name]:
            if other not in owner:
                heapq.heappush(queue, (round(metres + way, 3), other, area))
    return owner


def _borders(blocks: list[Block]) -> list[Border]:
    """List the pairs of blocks that share more than a corner, each pair both ways."""
    land = terrain()
    shapes = np.array([block.shape for block in blocks], dtype=object)
    ones, twos = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    shared = shapely.intersection(shapes[ones], shapes[twos], grid_size=0.1)
    pairs = (ones != twos) & (shapely.length(shared) >= 25)
    ones, twos, shared = ones[pairs], twos[pairs], shared[pairs]
    metres = shapely.distance(shapely.centroid(shapes[ones]), shapely.centroid(shapes[twos]))
    on_river, on_rail = (
        shapely.length(shapely.intersection(shared, between)) > 0.5 * shapely.length(shared)
        for between in (land.river_land, land.rail_land)
    )
    return [
        Border(blocks[one].name, blocks[two].name, *rest)
        for one, two, *rest in zip(ones, twos, metres.tolist(), on_river.tolist(), on_rail.tolist(), strict=True)
    ]


def school_districts(cells: list[Cell]) -> dict[str, BaseGeometry]:
    """Draw the 小学校区: every house block belongs to the nearest school on its side of the river.

    Their borders follow streets, not the borders of the town blocks.

    Examples
    --------
    >>> from resourcemap.sample.blocks import draw_blocks
    >>> from resourcemap.sample.streets import draw_cells
    >>> draw = np.random.default_rng(1)
    >>> districts = school_districts(draw_cells(draw_blocks(draw), draw))
    >>> len(districts), "中央小学校" in districts
    (12, True)
    """
    land = terrain()
    left = shapely.difference(land.city, shapely.union_all([cell.shape for cell in cells]), grid_size=0.01)
    districts: dict[str, BaseGeometry] = {}
    for side in faces(noded([land.city.boundary, land.river_line])):
        schools = {name: Point(xy) for name, xy in _SCHOOLS.items() if side.covers(Point(xy))}
        near = _nearest_zones(schools, side)
        for name, zone in near.items():
            shapely.prepare(zone)
            mine = [cell.shape for cell in cells if zone.covers(cell.shape.centroid)]
            districts[name] = shapely.union_all([*mine, left.intersection(zone)], grid_size=0.01)
    return _tiling(districts)


def _nearest_zones(schools: dict[str, Point], side: BaseGeometry) -> dict[str, BaseGeometry]:
    diagram = shapely.get_parts(shapely.voronoi_polygons(MultiPoint(list(schools.values())), extend_to=side))
    found = {}
    for name, point in schools.items():
        found[name] = next(zone for zone in diagram if zone.covers(point)).intersection(side)
    return found


def _tiling(districts: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Redraw polygons that nearly touch as ones that share their borders, on a grid of one metre."""
    borders = [districts[name].boundary for name in _SCHOOLS]
    lines = shapely.unary_union(np.array(borders, dtype=object), grid_size=1.0)
    parts: dict[str, list[BaseGeometry]] = {name: [] for name in _SCHOOLS}
    for face in faces(lines):
        inside = face.representative_point()
        nearest = min(_SCHOOLS, key=lambda name: districts[name].distance(inside))
        parts[nearest].append(face)
    return {name: shapely.union_all(parts[name]) for name in _SCHOOLS}
