"""What stands below the map: how long a metre is, where north is, what each mark means, whose data it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resourcemap.publish.papermap import land
from resourcemap.publish.papermap.canvas import POINT, Text, width_of
from resourcemap.publish.papermap.panel import scale_bar
from resourcemap.publish.papermap.pins import MARK, draw_dot, draw_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from resourcemap.model.catalog import Catalog
    from resourcemap.publish.papermap.canvas import Canvas

WORDS, SMALL = 7.5 * POINT, 6.5 * POINT
_ROW, _SMALL_ROW = 4.7, 3.2
_AFTER_SYMBOL, _AFTER_WORDS = 1.0, 3.6
_SWATCH = 6.5
# A word may be broken where it begins nearer to the begin of a line than this.
_LONGEST = 12
_LINE = {"fill": "none"}
_STATION = {"fill": "#fff", "stroke": "#000", "stroke_width": 0.4, "rx": 0.3}


@dataclass(frozen=True)
class Item:
    """A symbol of some width, drawn with its left edge and its middle at a spot, and what it means."""

    words: str
    symbol: float
    draw: Callable[[Canvas, float, float], None]

    @property
    def width(self) -> float:
        """How much room it needs, in millimetres."""
        return self.symbol + _AFTER_SYMBOL + width_of(self.words, WORDS)


def rows_of(items: Sequence[Item], width: float) -> list[list[Item]]:
    """Share items out among rows of a width, in order."""
    rows: list[list[Item]] = [[]]
    used = 0.0
    for item in items:
        if rows[-1] and used + item.width > width:
            rows.append([])
            used = 0.0
        rows[-1].append(item)
        used += item.width + _AFTER_WORDS
    return rows if rows[0] else []


def height_of(items: Sequence[Item], lines: Sequence[str], width: float) -> float:
    """Return how high the legend of a width is, in millimetres.

    Examples
    --------
    >>> height_of([], ["credit"], 100)
    3.2
    """
    return round(len(rows_of(items, width)) * _ROW + len(wrapped(lines, width)) * _SMALL_ROW, 2)


def draw_legend(canvas: Canvas, items: Sequence[Item], lines: Sequence[str], box: tuple[float, float, float]) -> None:
    """Draw items and then lines of small print in a box of left, top and width."""
    left, top, width = box
    y = top + _ROW / 2
    for row in rows_of(items, width):
        x = left
        for item in row:
            item.draw(canvas, x, y)
            canvas.write(Text(x + item.symbol + _AFTER_SYMBOL, y, item.words, WORDS, "start"))
            x += item.width + _AFTER_WORDS
        y += _ROW
    y += (_SMALL_ROW - _ROW) / 2
    for line in wrapped(lines, width):
        canvas.write(Text(left, y, line, SMALL, "start", "#333"))
        y += _SMALL_ROW


def wrapped(lines: Iterable[str], width: float) -> list[str]:
    """Break small print into lines of a width, between any two letters of Japanese, else between words.

    Examples
    --------
    >>> wrapped(["みほん市の見本データ", ""], 12)
    ['みほん市の', '見本データ']
    """
    made = []
    for line in lines:
        rest = line
        while rest:
            end = len(rest)
            while end > 1 and (width_of(rest[:end], SMALL) > width or _is_in_word(rest, end)):
                end -= 1
            made.append(rest[:end].strip())
            rest = rest[end:].strip()
    return made


def _is_in_word(text: str, at: int) -> bool:
    """Tell whether a line must not end there: in a number or a Latin word, or before a mark that ends a sentence."""
    inside = text[at - 1 : at + 1]
    if len(inside) < 2:
        return False
    return (inside.isascii() and inside.isalnum() and at > _LONGEST) or inside[1] in "、。，．）」"


def items_of(
    scale: float,
    kinds: Iterable[str],
    seen: Iterable[str],
    signs: Iterable[str],
    *,
    bare: str = "",
    crowded: str = "",
    catalog: Catalog,
    language: str,
    words: Mapping[str, str],
) -> list[Item]:
    """Return what the legend has: scale and north, the kinds, the signs of pins, and the layers that are seen.

    `bare` is what is said of pins without marks, `crowded` of places without a number.
    """
    named = [_kind(kind, catalog, language) for kind in kinds]
    pins = [Item(words[sign], _SIGNS[sign][0], _SIGNS[sign][1]) for sign in signs]
    layers = [Item(words[layer], *_LAYERS[layer]) for layer in _LAYERS if layer in set(seen)]
    unmarked = [Item(bare, 5.6, _badge(' fill="#000"'))] if bare else []
    dots = [Item(crowded, 1.6, lambda canvas, x, y: draw_dot(canvas, x + 0.8, y))] if crowded else []
    return [_north(words), _scale(scale), *unmarked, *dots, *named, *pins, *layers]


def _kind(kind: str, catalog: Catalog, language: str) -> Item:
    known = catalog.kinds.get(kind)
    label = known.label(language) if known else kind
    return Item(label, MARK, lambda canvas, x, y: draw_mark(canvas, kind, x + MARK / 2, y))


def _scale(scale: float) -> Item:
    part, parts = scale_bar(scale, 40.0)
    length = part / scale

    def draw(canvas: Canvas, x: float, y: float) -> None:
        for number in range(parts):
            box = (x + number * length, y - 0.55, x + (number + 1) * length, y + 0.55)
            canvas.box(box, fill="#000" if number % 2 == 0 else "#fff", stroke="#000", stroke_width=0.2)

    total = part * parts
    words = f"{total // 1000:g} km" if total >= 1000 and total % 1000 == 0 else f"{total} m"
    return Item(words, length * parts, draw)


def _north(words: Mapping[str, str]) -> Item:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.draw(f'<path d="M{x + 1.3:.2f} {y - 1.9:.2f}l1.3 3.8-1.3-.9-1.3 .9Z"/>')

    return Item(words["north"], 2.6, draw)


def _badge(look: str) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        place = f'x="{x + 0.2:.2f}" y="{y - 1.6:.2f}" width="5.2" height="3.2" rx="1.6"'
        canvas.draw(f'<rect {place} stroke="#000" stroke-width=".3"{look}/>')

    return draw


def _struck(canvas: Canvas, x: float, y: float) -> None:
    _badge(' fill="#fff"')(canvas, x, y)
    canvas.line([(x, y + 1.0), (x + 5.6, y - 1.0)], stroke="#000", stroke_width=0.3)


def _more(canvas: Canvas, x: float, y: float) -> None:
    canvas.draw(f'<path d="M{x + 0.3:.2f} {y:.2f}h1.3m-.65-.65v1.3" stroke="#000" stroke-width=".35"/>')


def draw_neighbour(canvas: Canvas, x: float, y: float) -> None:
    """Draw the place of another area: a grey dot."""
    canvas.draw(f'<circle cx="{x:.2f}" cy="{y:.2f}" r=".75" fill="#8a8a8a" stroke="#fff" stroke-width=".25"/>')


def _swatch(*looks: Mapping[str, object]) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        for look in looks:
            canvas.box((x, y - 1.4, x + _SWATCH, y + 1.4), **look)

    return draw


def _stroke(*looks: Mapping[str, object]) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        for look in looks:
            canvas.line([(x, y), (x + _SWATCH, y)], **{**look, "stroke_linecap": "butt"})

    return draw


_SIGNS: dict[str, tuple[float, Callable[[Canvas, float, float], None]]] = {
    "rough": (5.6, _badge(' fill="#fff" stroke-dasharray=".8 .5"')),
    "suspended": (5.6, _struck),
    "more": (1.9, _more),
    "neighbour": (1.6, lambda canvas, x, y: draw_neighbour(canvas, x + 0.8, y)),
}
_LAYERS: dict[str, tuple[float, Callable[[Canvas, float, float], None]]] = {
    "area": (_SWATCH, _stroke(land.BORDER)),
    "areas": (_SWATCH, _stroke(land.OTHER_BORDER)),
    "areas_alone": (_SWATCH, _stroke(land.OTHER_BORDER)),
    "rail": (_SWATCH, _stroke(*land.RAIL)),
    "stations": (3.0, lambda canvas, x, y: canvas.box((x, y - 0.95, x + 3.0, y + 0.95), **_STATION)),
    "streets": (_SWATCH, _stroke(*land.MAIN)),
    "water": (_SWATCH, _swatch(*land.WATER)),
    "parks": (_SWATCH, _swatch(*land.PARK)),
    "hills": (_SWATCH, _swatch(land.HILL)),
}
