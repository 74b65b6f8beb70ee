"""Draw a map and its insets: the ground, names, pins, the frame and its grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from resourcemap.publish.papermap.canvas import POINT, Text
from resourcemap.publish.papermap.land import PATTERNS, draw_land, lines_of
from resourcemap.publish.papermap.legend import draw_neighbour
from resourcemap.publish.papermap.names import draw_stations, names_of, put_names
from resourcemap.publish.papermap.pins import draw_dot, draw_pins
from resourcemap.publish.papermap.trying import DOT, LETTER

if TYPE_CHECKING:
    from resourcemap.publish.papermap.arranging import Arrangement
    from resourcemap.publish.papermap.canvas import Canvas
    from resourcemap.publish.papermap.composing import Composed, Subject
    from resourcemap.publish.papermap.panel import Panel

_GRID = 7.5 * POINT
_LETTER = 10 * POINT
_OUT = 1.8
_FRAME = {"fill": "none", "stroke": "#000", "stroke_width": 0.4}
_LINE = {"stroke": "#aaa", "stroke_width": 0.12, "stroke_dasharray": ".6 1"}
_EXTENT = {"fill": "#fff", "fill_opacity": 0.5, "stroke": "#000", "stroke_width": 0.55, "stroke_dasharray": "2 1"}


def draw_map(
    canvas: Canvas, composed: Composed, subject: Subject, *, towns: list[tuple[str, float, float]], empty: str
) -> None:
    """Draw a map and its insets.

    Parameters
    ----------
    canvas
        Where they are drawn.
    composed
        Where everything stands.
    subject
        What the map is about.
    towns
        Names of towns and where they are, in metres, where the ground has no names.
    empty
        What is said where there is no pin at all.
    """
    made, pins, ground, area, others = (
        composed.arrangement,
        composed.pins,
        subject.ground,
        subject.area,
        subject.others,
    )
    canvas.defined.append(PATTERNS)
    shapes = np.array([shape for _, shape in others], dtype=object) if others else None
    for number, panel in enumerate(made.panels):
        _begin(canvas, panel, number)
        draw_land(canvas, panel, ground, area=area, others=shapes)
        _grid(canvas, panel)
        spots = panel.on_paper(subject.dots)
        for x, y in spots[panel.holds(spots)].tolist():
            draw_neighbour(canvas, x, y)
        shown = [
            (pin, spot, place)
            for pin, spot, place, of in zip(
                pins, made.spots, panel.on_paper(subject.spots), made.of.tolist(), strict=True
            )
            if of == number and spot is not None
        ]
        taken = draw_stations(canvas, panel, ground)
        taken += _letters(canvas, made) if number == 0 else [_letter(canvas, panel)]
        canvas.draw("</g>")
        for pin, spot, place in shown:
            taken += [shapely.box(*pin.box(spot)), shapely.LineString([place, (spot.x, spot.y)])]
        draw_pins(canvas, shown)
        taken += _dots(canvas, composed, panel.on_paper(subject.spots), number)
        canvas.box(panel.box, **_FRAME)
        lines = lines_of(panel, ground, area, shapes)
        put_names(canvas, panel, names_of(panel, ground, area=area, areas=others, towns=towns), taken, lines)
    _labels(canvas, made.panels)
    if not pins:
        left, top, right, bottom = made.main.box
        canvas.write(Text((left + right) / 2, (top + bottom) / 2, empty, _LETTER, halo=1.0))


def _dots(canvas: Canvas, composed: Composed, spots: np.ndarray, panel: int) -> list[shapely.Geometry]:
    """Draw the places of a panel that have no number, and return what they cover."""
    covered: list[shapely.Geometry] = []
    made = composed.arrangement
    for pin, spot, (x, y), of in zip(composed.pins, made.spots, spots.tolist(), made.of.tolist(), strict=True):
        if of == panel and spot is None:
            draw_dot(canvas, x, y, pin.number)
            covered.append(shapely.box(x - DOT, y - DOT, x + DOT, y + DOT))
    return covered


def _begin(canvas: Canvas, panel: Panel, number: int) -> None:
    """Begin a group that is cut off at the frame of its panel, on white."""
    left, top, right, bottom = panel.box
    place = f'x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}" height="{bottom - top:.2f}"'
    canvas.defined.append(f'<clipPath id="panel-{number}"><rect {place}/></clipPath>')
    if panel.letter:
        canvas.box((left - 0.8, top - 0.8, right + 0.8, bottom + 0.8), fill="#fff")
    canvas.draw(f'<g clip-path="url(#panel-{number})">')
    canvas.draw(f'<rect {place} fill="#fff"/>')


def _grid(canvas: Canvas, panel: Panel) -> None:
    left, top, right, bottom = panel.box
    for number in range(1, panel.columns):
        x = left + panel.width * number / panel.columns
        canvas.line([(x, top), (x, bottom)], **_LINE)
    for number in range(1, panel.rows):
        y = top + panel.height * number / panel.rows
        canvas.line([(left, y), (right, y)], **_LINE)


def _labels(canvas: Canvas, panels: tuple[Panel, ...]) -> None:
    """Write the letters and numbers of the grid around each panel that has more than one cell."""
    for panel in panels:
        if panel.letter and panel.columns * panel.rows == 1:
            continue
        left, top, right, bottom = panel.box
        for label, middle, is_column in panel.lines():
            ends = ((middle, top), (middle, bottom)) if is_column else ((left, middle), (right, middle))
            for (x, y), out in zip(ends, (-1, 1), strict=True):
                # Around the map there is a band; an inset has its labels inside.
                away = (_OUT if not panel.letter else -_OUT) * out
                spot = (x, y + away) if is_column else (x + away, y)
                if panel.letter and out == 1:
                    continue
                canvas.write(Text(*spot, label, _GRID, halo=0.8 if panel.letter else 0.0))


def _letters(canvas: Canvas, made: Arrangement) -> list[shapely.Geometry]:
    """Draw on the map what each inset shows, with its letter."""
    covered: list[shapely.Geometry] = []
    for inset in made.insets:
        west, south, east, north = inset.bounds
        (left, top), (right, bottom) = made.main.on_paper(np.array([[west, north], [east, south]])).tolist()
        canvas.box((left, top, right, bottom), **_EXTENT)
        canvas.write(Text((left + right) / 2, (top + bottom) / 2, inset.letter, _LETTER * 1.4, halo=1.0, line=0.1))
        covered.append(shapely.box(left, top, right, bottom))
        covered.append(shapely.box(*inset.box))
    return covered


def _letter(canvas: Canvas, panel: Panel) -> shapely.Geometry:
    """Draw the letter of an inset in its corner."""
    left, top, _, _ = panel.box
    box = left, top, left + LETTER, top + LETTER
    canvas.box(box, fill="#000")
    canvas.write(Text(left + LETTER / 2, top + LETTER / 2, panel.letter, _LETTER, fill="#fff", line=0.1))
    return shapely.box(*box)
