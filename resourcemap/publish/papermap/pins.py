"""The pins: a black badge with the number of the place, and beside it the marks of what there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resourcemap.publish.paper.marks import BOX, mark
from resourcemap.publish.papermap.canvas import POINT, Text, width_of
from resourcemap.publish.papermap.moving import Size, Spot, box_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np

    from resourcemap.model.catalog import Catalog
    from resourcemap.publish.paper.places import Places
    from resourcemap.publish.papermap.canvas import Canvas

FIGURES = 8 * POINT
_HEIGHT, _SIDES = 3.8, 1.5
# Of so many places the badges are a little tighter.
_MANY, _TIGHT_HEIGHT, _TIGHT_SIDES = 150, 3.4, 0.9
MARK = 3.5
_MORE = 1.7
_BETWEEN = 0.25
_HALO = 0.35
_DOT = 0.55
_HEAVY, _CLEAR = 0.09, 0.7


@dataclass(frozen=True)
class Pin:
    """What a pin says: the number of a place, its kinds, whether it is rough or suspended.

    Parameters
    ----------
    kinds
        Those whose marks it bears.
    more
        Whether there are others.
    tight
        Whether it is one of very many.
    """

    number: int
    kinds: tuple[str, ...]
    more: bool
    rough: bool
    suspended: bool
    tight: bool = False

    @property
    def size(self) -> Size:
        """How large it is on paper."""
        height, sides = (_TIGHT_HEIGHT, _TIGHT_SIDES) if self.tight else (_HEIGHT, _SIDES)
        width = max(height, width_of(str(self.number), FIGURES) + sides)
        marks = len(self.kinds) * (MARK + _BETWEEN) + (_MORE if self.more else 0.0)
        return Size(width, height, marks)

    def box(self, spot: Spot) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of it at a spot, in millimetres."""
        return box_of(self.size, spot.x, spot.y, spot.left)


def pins_of(places: Places, *, most: int) -> list[Pin]:
    """Make the pin of every place, with the marks of so many kinds at most.

    Where all places are of one and the same kind there are no marks: the legend says what they are.
    """
    table = places.table
    alike = set(table["kinds"])
    bare = len(alike) == 1 and len(next(iter(alike))) == 1
    tight = len(table) > _MANY
    return [
        Pin(
            int(number),
            () if bare else kinds[:most],
            not bare and 0 < most < len(kinds),
            bool(rough),
            bool(suspended),
            tight,
        )
        for number, kinds, rough, suspended in zip(
            table.index, table["kinds"], table["rough"], table["suspended"], strict=True
        )
    ]


def define_marks(canvas: Canvas, kinds: Iterable[str], catalog: Catalog) -> None:
    """Put the marks of some kinds where pins and the legend find them."""
    for kind in dict.fromkeys(kinds):
        canvas.defined.append(f'<g id="kind-{kind}">{mark(kind, catalog, prefix="map-")}</g>')


def draw_mark(canvas: Canvas, kind: str, x: float, y: float, size: float = MARK) -> None:
    """Draw the mark of a kind with its middle at a spot, white around it."""
    canvas.draw(_mark(kind, x, y, size))


def _mark(kind: str, x: float, y: float, size: float) -> str:
    scale = size / (BOX + 2)
    place = f"translate({x - 12 * scale:.2f} {y - 12 * scale:.2f}) scale({scale:.4f})"
    return f'<use href="#kind-{kind}" transform="{place}"/>'


def draw_pins(canvas: Canvas, pins: Iterable[tuple[Pin, Spot, np.ndarray]]) -> None:
    """Draw pins at their spots, with lines to their places: lines below all pins."""
    drawn = list(pins)
    for _, spot, place in drawn:
        if spot.moved:
            canvas.line([tuple(place), (spot.x, spot.y)], stroke="#fff", stroke_width=0.9)
    for pin, spot, place in drawn:
        if spot.moved:
            ends = f'x1="{place[0]:.2f}" y1="{place[1]:.2f}" x2="{spot.x:.2f}" y2="{spot.y:.2f}"'
            canvas.draw(f'<line class="leader" data-number="{pin.number}" {ends} stroke="#000" stroke-width=".3"/>')
            dot = f'cx="{place[0]:.2f}" cy="{place[1]:.2f}" r="{_DOT}"'
            canvas.draw(f'<circle {dot} stroke="#fff" stroke-width=".25"/>')
    for pin, spot, _ in drawn:
        canvas.draw("".join(_pin(pin, spot)))
        canvas.write(_figures(pin, spot))


def draw_dot(canvas: Canvas, x: float, y: float, number: int | None = None) -> None:
    """Draw a place that has no number, for want of room: a ring with a dot."""
    which = "" if number is None else f' class="dot" data-number="{number}"'
    canvas.draw(f'<circle{which} cx="{x:.2f}" cy="{y:.2f}" r=".65" fill="#fff" stroke="#000" stroke-width=".25"/>')
    canvas.draw(f'<circle cx="{x:.2f}" cy="{y:.2f}" r=".25"/>')


def _pin(pin: Pin, spot: Spot) -> Iterator[str]:
    """Yield the markup of a pin: white around it, the badge, the marks outwards from it."""
    size = pin.size
    left, top, right, bottom = pin.box(spot)
    around = f'x="{left - _HALO:.2f}" y="{top - _HALO:.2f}" width="{right - left + 2 * _HALO:.2f}"'
    extent = f"{left:.2f} {top:.2f} {right:.2f} {bottom:.2f}"
    yield f'<g class="pin" data-number="{pin.number}" data-box="{extent}" data-at="{spot.x:.2f} {spot.y:.2f}">'
    yield f'<rect {around} height="{bottom - top + 2 * _HALO:.2f}" rx="2.2" fill="#fff"/>'
    badge = f'x="{spot.x - size.width / 2:.2f}" y="{spot.y - size.height / 2:.2f}" width="{size.width:.2f}"'
    yield f'<rect {badge} height="{size.height:.2f}" rx="{size.height / 2:.2f}"{_look(pin)}/>'
    if pin.suspended:
        # The figures stand over the line with white around them.
        ends = spot.x - size.width / 2 - 0.3, spot.y + 1.6, spot.x + size.width / 2 + 0.3, spot.y - 1.6
        yield '<path d="M{:.2f} {:.2f}L{:.2f} {:.2f}" stroke="#000" stroke-width=".35"/>'.format(*ends)
    side = -1 if spot.left else 1
    x = spot.x + side * (size.width / 2 + _BETWEEN + MARK / 2)
    for kind in pin.kinds:
        yield _mark(kind, x, spot.y, MARK)
        x += side * (MARK + _BETWEEN)
    if pin.more:
        x += side * (_MORE - MARK) / 2
        yield f'<path d="M{x - 0.65:.2f} {spot.y:.2f}h1.3m-.65-.65v1.3" stroke="#000" stroke-width=".35"/>'
    yield "</g>"


def _look(pin: Pin) -> str:
    """Black where it is sure and goes on; white with a broken line where only the block is known."""
    if pin.rough:
        return ' fill="#fff" stroke="#000" stroke-width=".3" stroke-dasharray=".8 .5"'
    if pin.suspended:
        return ' fill="#fff" stroke="#000" stroke-width=".3"'
    return ' fill="#000"'


def _figures(pin: Pin, spot: Spot) -> Text:
    dark = not (pin.rough or pin.suspended)
    halo = _CLEAR if pin.suspended else 0.0
    return Text(spot.x, spot.y, str(pin.number), FIGURES, fill="#fff" if dark else "#000", halo=halo, line=_HEAVY)
