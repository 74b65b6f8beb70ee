"""The house blocks (街区) of the city and the walking network between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import LineString, Polygon

from resourcemap.sample.plane import halves, noded
from resourcemap.sample.terrain import BRIDGES, WOODS_ABOVE, height, terrain

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from resourcemap.sample.blocks import Block

# Size of a house block in square metres, bend and skew of the streets that cut it, by character.
_GRAIN = {
    "tower": (9_500, 0.05, 0.06),
    "centre": (8_500, 0.10, 0.12),
    "old": (10_000, 0.25, 0.22),
    "suburb": (15_000, 0.10, 0.10),
    "new": (12_000, 0.04, 0.04),
    "estate": (24_000, 0.10, 0.05),
    "hill": (15_000, 0.45, 0.20),
    "farm": (30_000, 0.12, 0.15),
    "wood": (42_000, 0.55, 0.30),
}
_WOOD_CELL = 150_000
_STEEP = 0.1
_LONGEST_STEPS = 140
_PASSAGE = "みほん駅自由通路"

Node = tuple[float, float]


@dataclass(frozen=True)
class Cell:
    """One house block (街区).

    Parameters
    ----------
    block
        Code of its town block.
    number
        Its 番, counted back and forth through the town block.
    shape
        Its polygon, in metres.
    use
        ``"houses"``, ``"park"`` or ``"wood"``.
    """

    block: str
    number: int
    shape: Polygon
    use: str


@dataclass(frozen=True)
class Street:
    """One stretch of the walking network, from junction to junction.

    Parameters
    ----------
    line
        Its line, in metres.
    slope
        Metres of height per metre of way; never negative.
    steps
        Whether it is a flight of steps.
    crossing
        The name of a bridge, level crossing or station passage; empty elsewhere.
    road
        ``"main"``, ``"street"`` or ``"path"``.
    """

    line: LineString
    slope: float
    steps: bool
    crossing: str
    road: str


def draw_cells(blocks: list[Block], rng: np.random.Generator) -> list[Cell]:
    """Cut every town block into house blocks.

    Examples
    --------
    >>> from resourcemap.sample.blocks import draw_blocks
    >>> draw = np.random.default_rng(1)
    >>> cells = draw_cells(draw_blocks(draw)[:1], draw)
    >>> cells[0].number, cells[0].use
    (1, 'houses')
    """
    land = terrain()
    closed = shapely.union_all([land.river_land, land.rail_land, land.park, *land.ponds.values()])
    cells: list[Cell] = []
    for block in blocks:
        shapes: list[Polygon] = []
        for part in shapely.get_parts(block.shape.difference(closed)):
            shapes += _cut(part, block.character, rng)
        homes = [shape for shape in shapes if shape.area > 600]
        parks = _small_parks(homes, block.character, rng)
        for number, index in enumerate(_back_and_forth(homes), start=1):
            shape = homes[index]
            use = "park" if index in parks else "wood" if _wooded(shape, block.character) else "houses"
            cells.append(Cell(block.code, number, shape, use))
    return cells


def _cut(shape: Polygon, character: str, rng: np.random.Generator) -> list[Polygon]:
    size, bend, skew = _GRAIN[character]
    if _wooded(shape, character):
        size = _WOOD_CELL
    if shape.area < size * (1.2 + 0.8 * rng.random()):
        return [shape]
    parts = halves(shape, rng, share=0.42 + 0.16 * rng.random(), bend=bend, skew=skew)
    if len(parts) < 2:
        return [shape]
    return [cell for part in parts for cell in _cut(part, character, rng)]


def _wooded(shape: Polygon, character: str) -> bool:
    """Tell whether a piece lies above the highest houses; estates climb higher than old hamlets."""
    if character not in WOODS_ABOVE:
        return False
    return bool(height(shapely.get_coordinates(shape.centroid))[0] > WOODS_ABOVE[character])


def _small_parks(shapes: list[Polygon], character: str, rng: np.random.Generator) -> set[int]:
    """Choose the house blocks that are playgrounds: small ones, about one or two per town block."""
    draws = rng.random(3)
    if character in ("wood", "farm") or len(shapes) < 8:
        return set()
    by_size = sorted(range(len(shapes)), key=lambda index: shapes[index].area)
    wanted = 1 + int(draws[0] > 0.7) + int(character in ("new", "estate"))
    return {by_size[int(draw * len(shapes) * 0.6)] for draw in draws[:wanted]}


def _back_and_forth(shapes: list[Polygon]) -> list[int]:
    """Order as house numbers run: rows from the north, alternately eastward and westward."""
    centres = [shape.centroid for shape in shapes]
    rows = {index: int(-centre.y // 130) for index, centre in enumerate(centres)}
    return sorted(rows, key=lambda i: (rows[i], centres[i].x * (1 if rows[i] % 2 else -1)))


def draw_streets(cells: list[Cell]) -> list[Street]:
    """Draw the streets between the house blocks, the bridges, the crossings and the paths in the park.

    Only what hangs together is kept: every street can be walked to from every other.

    Examples
    --------
    >>> from resourcemap.sample.blocks import draw_blocks
    >>> draw = np.random.default_rng(1)
    >>> streets = draw_streets(draw_cells(draw_blocks(draw), draw))
    >>> sorted({street.crossing for street in streets if "橋" in street.crossing})
    ['みほん大橋', '北大橋', '南大橋', '街道橋']
    """
    land = terrain()
    crossings = _crossings()
    lines = [cell.shape.boundary for cell in cells]
    lines += [line for _, line in crossings]
    lines += [path.intersection(land.park.buffer(1)) for path in land.park_paths]
    edges = shapely.get_parts(shapely.line_merge(noded(lines)))
    middles = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    inside = land.city.buffer(-3)
    shapely.prepare(inside)
    edges = edges[shapely.contains(inside, middles) & (shapely.length(edges) > 0.5)]
    return _described(_connected(edges), crossings)


def _crossings() -> list[tuple[str, BaseGeometry]]:
    """Return the named stretches where main roads go over the river or the railway."""
    land = terrain()
    found: list[tuple[str, BaseGeometry]] = []
    for name, road in land.roads.items():
        if name in BRIDGES:
            found.append((BRIDGES[name], road.intersection(land.river_land)))
        over = shapely.intersection(road, land.rail_land)
        if over.is_empty:
            continue
        station = name in ("駅前通り", "駅南通り")
        found.append((_PASSAGE if station else f"{name}踏切", over))
    return found


def _connected(edges: np.ndarray) -> np.ndarray:
    """Keep the largest set of edges that hang together at their ends."""
    parent: dict[Node, Node] = {}

    def root(node: Node) -> Node:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    starts, stops = _nodes(edges, 0), _nodes(edges, -1)
    for start, stop in zip(starts, stops, strict=True):
        parent[root(start)] = root(stop)
    roots = [root(start) for start in starts]
    counts = Counter(roots)
    largest = max(counts, key=lambda node: (counts[node], node))
    kept: np.ndarray = edges[[node == largest for node in roots]]
    return kept


def _nodes(edges: np.ndarray, index: int) -> list[Node]:
    """Return the first or last points of edges, to the centimetre."""
    xy = shapely.get_coordinates(shapely.get_point(edges, index)).round(2) + 0.0
    return [(x, y) for x, y in xy.tolist()]


def _described(edges: np.ndarray, crossings: list[tuple[str, BaseGeometry]]) -> list[Street]:
    """Say of every edge how steep it is, what it crosses and what kind of road it is; sorted by place."""
    land = terrain()
    park = land.park.buffer(-1)
    roads = shapely.union_all([road.buffer(1.5, quad_segs=2) for road in land.roads.values()])
    for shape in (park, roads):
        shapely.prepare(shape)
    edges = _in_order(edges)
    middles = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    names = np.full(len(edges), "", dtype=object)
    for name, line in crossings:
        names[shapely.dwithin(line, middles, 0.5)] = name
    slopes = np.where(names == "", _slopes(edges), 0.0)
    kinds = np.where(shapely.contains(park, middles), "path", "street")
    kinds[shapely.contains(roads, middles)] = "main"
    steep = (slopes > _STEEP) & (shapely.length(edges) < _LONGEST_STEPS)
    steps = (names == _PASSAGE) | (steep & (kinds != "main"))
    columns = (edges, slopes.tolist(), steps.tolist(), names, kinds.tolist())
    return [Street(*row) for row in zip(*columns, strict=True)]


def _in_order(edges: np.ndarray) -> np.ndarray:
    """Turn every edge to start at its western end, and sort them: their order must not depend on a library."""
    starts, stops = _nodes(edges, 0), _nodes(edges, -1)
    back = [start > stop for start, stop in zip(starts, stops, strict=True)]
    turned: np.ndarray = np.where(back, shapely.reverse(edges), edges)
    keys = list(zip(_nodes(turned, 0), _nodes(turned, -1), shapely.length(turned).round(1), strict=True))
    order = sorted(range(len(turned)), key=keys.__getitem__)
    return turned[order]


def _slopes(edges: np.ndarray) -> np.ndarray:
    """Return metres climbed and descended per metre of way, from nine points along each edge."""
    shares = np.linspace(0, 1, 9)
    points = shapely.line_interpolate_point(edges[:, None], shares, normalized=True)
    heights = height(shapely.get_coordinates(points)).reshape(len(edges), 9)
    slopes: np.ndarray = np.abs(np.diff(heights, axis=1)).sum(axis=1) / shapely.length(edges)
    return slopes
