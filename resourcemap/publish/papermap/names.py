"""Names on the ground: small, grey, and only where they lie on nothing that must be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from resourcemap.publish.papermap.canvas import POINT, Text, plain, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.publish.papermap.canvas import Canvas
    from resourcemap.publish.papermap.ground import Ground, Layer
    from resourcemap.publish.papermap.panel import Panel

Named = tuple[str, shapely.Geometry]

SMALL, STATION, AREA = 6.5 * POINT, 7.5 * POINT, 9 * POINT
_HALO = 0.7
_PAD = 0.5
# A town's name is worth writing where it has so many times the ground that it covers.
_ROOM = 1.1
# Names of blocks are written where this share of them has room, else those of towns.
_MOST_HAVE_ROOM = 0.5
_LATTICE = 7
_CANDIDATES = 10
_LONGEST = 14


@dataclass(frozen=True)
class Name:
    """A name and the spots it may have, the best first."""

    words: str
    size: float
    fill: str
    spots: np.ndarray
    anchors: tuple[str, ...] = ("middle",)
    line: float = 0.0
    needed: bool = False


def put_names(
    canvas: Canvas,
    panel: Panel,
    names: Iterator[Name],
    taken: list[shapely.Geometry],
    lines: list[shapely.Geometry],
) -> None:
    """Write the names that have room beside what is taken, the first before the others.

    Lines are left free, too; a name that a map must have may lie on one where there is no other room.
    """
    trees = shapely.STRtree([*taken, *lines]), shapely.STRtree(taken)
    written: list[tuple[float, float, float, float]] = []
    known: set[str] = set()
    for name in names:
        if not name.words or name.words in known:
            continue
        boxes = np.array(written).reshape(-1, 4)
        text = _placed(name, panel, trees[0], boxes)
        if text is None and name.needed:
            text = _placed(name, panel, trees[1], boxes)
        if text is not None:
            canvas.write(text)
            written.append(text.box)
            known.add(name.words)


def names_of(
    panel: Panel,
    ground: Ground,
    *,
    area: np.ndarray | None,
    areas: list[Named],
    towns: list[tuple[str, float, float]],
) -> Iterator[Name]:
    """Yield the names of a panel, the most needed first: stations, areas, water, hills, parks, blocks or towns."""
    yield from _stations(panel, ground.layer("stations"))
    yield from _areas(panel, areas)
    for layer, size, fill, room in (
        ("water", STATION, "#222", 0.7),
        ("hills", STATION, "#222", 0.7),
        ("parks", SMALL, "#222", 1.6),
    ):
        yield from _shapes(panel, ground.layer(layer), size, fill, room=room, needed_most=layer == "water")
    yield from _blocks(panel, ground, area)
    for words, x, y in towns:
        spots = panel.on_paper(np.array([[x, y]]))
        yield Name(words, STATION, "#222", spots + np.array([[0, 0], [0, -4], [0, 4], [6, 0], [-6, 0]]))


def draw_stations(canvas: Canvas, panel: Panel, ground: Ground) -> list[shapely.Geometry]:
    """Draw the stations of a panel, and return what they cover."""
    boxes = []
    for x, y in _station_spots(panel, ground.layer("stations"))[1].tolist():
        box = x - 1.5, y - 0.95, x + 1.5, y + 0.95
        canvas.box(box, fill="#fff", stroke="#000", stroke_width=0.4, rx=0.3)
        boxes.append(shapely.box(*box))
    return boxes


def _station_spots(panel: Panel, layer: Layer | None) -> tuple[list[str], np.ndarray]:
    if layer is None:
        return [], np.empty((0, 2))
    here = layer.within(panel.bounds)
    points = shapely.get_coordinates(shapely.centroid(layer.shapes[here]))
    return [plain(name) for name in layer.names[here]], panel.on_paper(points)


def _stations(panel: Panel, layer: Layer | None) -> Iterator[Name]:
    beside = np.array([[2.2, 0.0], [-2.2, 0.0], [0.0, -2.6], [0.0, 2.6]])
    for words, spot in zip(*_station_spots(panel, layer), strict=True):
        yield Name(words, STATION, "#000", spot + beside, ("start", "end", "middle", "middle"), 0.08, True)


def _areas(panel: Panel, areas: list[Named]) -> Iterator[Name]:
    for words, shape in areas:
        seen = shapely.clip_by_rect(shape, *panel.bounds)
        if not seen.is_empty:
            yield Name(words, AREA, "#333", _inside(panel.drawn(np.array([seen]))[0]), line=0.06)


def _shapes(
    panel: Panel, layer: Layer | None, size: float, fill: str, *, room: float, needed_most: bool = False
) -> Iterator[Name]:
    """Yield the names of polygons, each name once, at its largest part; those with room for it alone."""
    if layer is None:
        return
    here = layer.within(panel.bounds)
    seen = panel.drawn(shapely.clip_by_rect(layer.shapes[here], *panel.bounds))
    large = shapely.area(seen)
    order = np.lexsort((np.arange(len(here)), -large))
    done: set[str] = set()
    for number in order.tolist():
        words = plain(layer.names[here[number]])
        if not words or words in done or len(words) > _LONGEST:
            continue
        needed = width_of(words, size) * size * _ROOM
        if large[number] < needed * room:
            continue
        done.add(words)
        yield Name(words, size, fill, _inside(seen[number]), needed=needed_most)


def _blocks(panel: Panel, ground: Ground, area: np.ndarray | None) -> Iterator[Name]:
    """Yield the names of the blocks of the area, or of its towns where most blocks have no room for theirs."""
    blocks = ground.layer("blocks")
    if blocks is None:
        return
    here = _part(blocks, panel, area)
    sizes = shapely.area(here.shapes) / panel.scale**2
    needed = np.array([width_of(plain(name), SMALL) * SMALL * 1.6 for name in here.names])
    if len(here.shapes) and (sizes >= needed).mean() >= _MOST_HAVE_ROOM:
        yield from _shapes(panel, here, SMALL, "#333", room=1.0)
    elif towns := ground.towns:
        yield from _shapes(panel, _part(towns, panel, area), STATION, "#222", room=1.0)


def _part(layer: Layer, panel: Panel, area: np.ndarray | None) -> Layer:
    """Return the shapes of a layer that a panel shows, those in the area alone where there is one."""
    here = layer.within(panel.bounds)
    if area is not None:
        here = here[shapely.intersects(shapely.union_all(area), shapely.point_on_surface(layer.shapes[here]))]
    return replace(
        layer, shapes=layer.shapes[here], names=layer.names[here], main=layer.main[here], heights=layer.heights[here]
    )


def _inside(shape: shapely.Geometry) -> np.ndarray:
    """Return spots inside a shape on paper, the nearest to its middle first."""
    left, top, right, bottom = shapely.bounds(shape)
    steps = (np.arange(_LATTICE) + 0.5) / _LATTICE
    x, y = (each.ravel() for each in np.meshgrid(left + steps * (right - left), top + steps * (bottom - top)))
    within = shapely.contains_xy(shape, x, y)
    surface = shapely.get_coordinates(shapely.point_on_surface(shape))
    middle = shapely.get_coordinates(shapely.centroid(shape))
    spots = np.vstack((surface, np.column_stack((x, y))[within]))
    away = np.hypot(*(spots - middle).T)
    return np.asarray(spots[np.argsort(away, kind="stable")][:_CANDIDATES])


def _placed(name: Name, panel: Panel, tree: shapely.STRtree, written: np.ndarray) -> Text | None:
    """Return the name at its first free spot."""
    anchors = name.anchors * len(name.spots) if len(name.anchors) == 1 else name.anchors
    left, top, right, bottom = panel.box
    for (x, y), anchor in zip(name.spots.tolist(), anchors, strict=False):
        text = Text(x, y, name.words, name.size, anchor, name.fill, _HALO, name.line)
        box = text.box
        if box[0] < left + _PAD or box[1] < top + _PAD or box[2] > right - _PAD or box[3] > bottom - _PAD:
            continue
        around = box[0] - _PAD, box[1] - _PAD, box[2] + _PAD, box[3] + _PAD
        if _hits(around, written) or len(tree.query(shapely.box(*around), predicate="intersects")):
            continue
        return text
    return None


def _hits(box: tuple[float, float, float, float], others: np.ndarray) -> bool:
    apart = (others[:, 0] > box[2]) | (others[:, 2] < box[0]) | (others[:, 1] > box[3]) | (others[:, 3] < box[1])
    return bool((~apart).any())
