"""A drawing in millimetres: shapes below, texts above them, written as SVG."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from resourcemap.publish.paper.glyphs import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

POINT = 25.4 / 72
# From the middle of a line of figures or Japanese down to where it stands, in its size.
_DOWN = 0.37
_WIDE = ("W", "F", "A")
# About how wide letters are in their size, as in Noto Sans JP.
_WIDTHS = dict.fromkeys("iljtfrI .,:;'|!()[]-/・", 0.33) | dict.fromkeys("mwMW@%", 0.87)
_CAPITAL, _NARROW = 0.65, 0.56
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Text:
    """A line of text: its middle's height, and where it begins, has its middle or ends, in millimetres."""

    x: float
    y: float
    words: str
    size: float
    anchor: str = "middle"
    fill: str = "#000"
    halo: float = 0.0
    line: float = 0.0

    @property
    def width(self) -> float:
        """About how long it is, in millimetres."""
        return width_of(self.words, self.size)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """About what it fills: left, top, right and bottom."""
        begin = self.x - self.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return begin, self.y - self.size * 0.5, begin + self.width, self.y + self.size * 0.5


@dataclass
class Canvas:
    """What is drawn, in order; texts come after all shapes."""

    width: float
    height: float
    language: str
    families: str
    shapes: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    defined: list[str] = field(default_factory=list)

    def draw(self, shape: str) -> None:
        """Add markup as it is."""
        self.shapes.append(shape)

    def path(self, shapes: np.ndarray, **look: Any) -> None:
        """Add lines and polygons, in millimetres, as one path."""
        if data := path_of(shapes):
            self.shapes.append(f'<path d="{data}"{attributes(look)}/>')

    def line(self, ends: Iterable[tuple[float, float]], **look: Any) -> None:
        """Add a line through some spots."""
        data = "L".join(f"{x:.2f} {y:.2f}" for x, y in ends)
        self.shapes.append(f'<path d="M{data}"{attributes({"fill": "none", **look})}/>')

    def box(self, box: tuple[float, float, float, float], **look: Any) -> None:
        """Add a rectangle of left, top, right and bottom."""
        left, top, right, bottom = box
        place = f'x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}" height="{bottom - top:.2f}"'
        self.shapes.append(f"<rect {place}{attributes(look)}/>")

    def write(self, text: Text) -> None:
        """Add a line of text."""
        self.texts.append(text)

    def svg(self, *, texts: bool = True) -> bytes:
        """Write it all, or the shapes alone."""
        size = (
            f'width="{self.width:.2f}mm" height="{self.height:.2f}mm" viewBox="0 0 {self.width:.2f} {self.height:.2f}"'
        )
        written = "".join(self._written(text) for text in self.texts) if texts else ""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        ground = f'<rect width="{self.width:.2f}" height="{self.height:.2f}" fill="#fff"/>'
        defined = f"<defs>{''.join(self.defined)}</defs>"
        fonts = f'<g font-family="{escape(self.families)}">{written}</g>' if written else ""
        return f"{head}{defined}{ground}{''.join(self.shapes)}{fonts}</svg>".encode()

    def _written(self, text: Text) -> str:
        words = escape(printable(text.words, self.language))
        place = f'x="{text.x:.2f}" y="{text.y + text.size * _DOWN:.2f}" font-size="{text.size:.2f}"'
        look = f' text-anchor="{text.anchor}" fill="{text.fill}"'
        halo = ""
        if text.halo:
            around = f' stroke="#fff" stroke-width="{text.halo:.2f}" stroke-linejoin="round" paint-order="stroke"'
            halo = around
        elif text.line:
            halo = f' stroke="{text.fill}" stroke-width="{text.line:.2f}"'
        return f"<text {place}{look}{halo}>{words}</text>"


def width_of(words: str, size: float) -> float:
    """Return about how long a line of text is, in the unit of its size.

    Examples
    --------
    >>> width_of("駅前", 3), round(width_of("12", 3), 2)
    (6.0, 3.36)
    """
    return size * sum(map(_width, words))


@cache
def _width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in _WIDE:
        return 1.0
    return _WIDTHS.get(letter, _CAPITAL if letter.isupper() else _NARROW)


def plain(words: object) -> str:
    r"""Return a text on one line.

    Examples
    --------
    >>> plain(" 東町\n1丁目 ")
    '東町 1丁目'
    """
    return _BLANKS.sub(" ", str(words)).strip()


def attributes(look: dict[str, Any]) -> str:
    """Write attributes of SVG, ``stroke_width`` as ``stroke-width``.

    Examples
    --------
    >>> attributes({"fill": "none", "stroke_width": 0.3})
    ' fill="none" stroke-width="0.3"'
    """
    return "".join(f' {name.replace("_", "-")}="{escape(str(value))}"' for name, value in look.items())


def path_of(shapes: np.ndarray) -> str:
    """Write lines and polygons as the data of one path; what is shorter than a dot is left out.

    Examples
    --------
    >>> path_of(np.array([shapely.LineString([(0, 0), (1, 2)]), shapely.box(0, 0, 1, 1)]))
    'M0 0L1 2M1 0L1 1 0 1 0 0Z'
    """
    parts = shapely.get_parts(np.asarray(shapes, dtype=object))
    polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    line = np.isin(shapely.get_type_id(parts), (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING))
    return _joined(parts[line], "") + _joined(shapely.get_rings(parts[polygon]), "Z")


def _joined(lines: np.ndarray, end: str) -> str:
    if not len(lines):
        return ""
    spots, owner = shapely.get_coordinates(lines, return_index=True)
    texts = [f"{x:g} {y:g}" for x, y in np.round(spots, 2).tolist()]
    begins = np.flatnonzero(np.diff(owner, prepend=-1)).tolist()
    ends = [*begins[1:], len(texts)]
    last = -1 if end else None
    return "".join(
        f"M{texts[begin]}L{' '.join(texts[begin + 1 : stop][:last])}{end}"
        for begin, stop in zip(begins, ends, strict=True)
        if stop - begin > 2 or not end
    )
