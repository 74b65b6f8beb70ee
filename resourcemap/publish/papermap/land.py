"""The ground of a panel in black, white and a little grey: what a copier keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from resourcemap.publish.papermap.canvas import Canvas
    from resourcemap.publish.papermap.ground import Ground, Layer
    from resourcemap.publish.papermap.panel import Panel

# Above so many metres in a millimetre small streets are thinner, then gone; so are the borders of blocks.
_THIN, _GONE, _NO_BLOCKS = 14.0, 45.0, 60.0
# On paper nobody sees a bend of less, in millimetres.
_BEND = 0.08
_SMALL = 0.6

PATTERNS = (
    '<pattern id="water" width="28" height="1.4" patternUnits="userSpaceOnUse">'
    '<path d="M0 .7H28" stroke="#777" stroke-width=".13"/></pattern>'
    '<pattern id="park" width="1.5" height="1.5" patternUnits="userSpaceOnUse">'
    '<circle cx=".375" cy=".375" r=".17" fill="#555"/><circle cx="1.125" cy="1.125" r=".17" fill="#555"/></pattern>'
)
# How each layer looks, here and in the legend; the first of two goes below the second.
_ROUND = {"fill": "none", "stroke_linejoin": "round", "stroke_linecap": "round"}
_DOTTED = {"stroke_dasharray": ".25 .55", "stroke_linecap": "round"}
WATER = {"fill": "#ececec"}, {"fill": "url(#water)", "stroke": "#555", "stroke_width": 0.2}
PARK = {"fill": "#fff"}, {"fill": "url(#park)", "stroke": "#666", "stroke_width": 0.15}
HILL = {"fill": "#000", "fill_opacity": 0.035, "stroke": "#777", "stroke_width": 0.2, "stroke_dasharray": "1.2 .5"}
BLOCK = {"fill": "none", "stroke": "#777", "stroke_width": 0.16, **_DOTTED}
STREET = {**_ROUND, "stroke": "#b0b0b0", "stroke_width": 0.38}
MAIN = (
    {**_ROUND, "stroke": "#666", "stroke_width": 1.2},
    {**_ROUND, "stroke": "#fff", "stroke_width": 0.9},
)
MAIN_THIN = (MAIN[0] | {"stroke_width": 0.7}, MAIN[1] | {"stroke_width": 0.45})
RAIL = (
    {"fill": "none", "stroke": "#000", "stroke_width": 0.95, "stroke_linejoin": "round"},
    {"fill": "none", "stroke": "#fff", "stroke_width": 0.6, "stroke_dasharray": "2.2 2.2"},
)
OTHER_BORDER = {"fill": "none", "stroke": "#666", "stroke_width": 0.3, "stroke_dasharray": "2.4 .7 .5 .7"}
BORDER = {"fill": "none", "stroke": "#000", "stroke_width": 0.75, "stroke_linejoin": "round"}
_WHITE_BORDER = BORDER | {"stroke": "#fff", "stroke_width": 1.5}
OUTLINE = {"fill": "none", "stroke": "#444", "stroke_width": 0.5, "stroke_linejoin": "round"}
_PALED = {"fill": "#fff", "fill_opacity": 0.62, "fill_rule": "evenodd"}


def draw_land(
    canvas: Canvas,
    panel: Panel,
    ground: Ground,
    *,
    area: np.ndarray | None = None,
    others: np.ndarray | None = None,
) -> None:
    """Draw what lies under a panel.

    Parameters
    ----------
    canvas
        Where it is drawn; shapes reach a little over the edge of the panel.
    panel
        The part of the sheet.
    ground
        The layers.
    area
        The shapes of the area that the map is about, in metres: around it the ground is pale.
    others
        The shapes of other areas.
    """
    for draw in (_hills, _parks, _water, _blocks, _outline, _streets, _rail):
        draw(canvas, panel, ground)
    if area is not None:
        _pale(canvas, panel, area)
    if others is not None:
        canvas.path(_cut(panel, shapely.boundary(others)), **OTHER_BORDER)
    if area is not None:
        edges = _cut(panel, shapely.boundary(area))
        canvas.path(edges, **_WHITE_BORDER)
        canvas.path(edges, **BORDER)


def lines_of(
    panel: Panel, ground: Ground, area: np.ndarray | None, others: np.ndarray | None
) -> list[shapely.Geometry]:
    """Return the lines of a panel over which no name may lie: borders of areas and rails, on paper."""
    found: list[shapely.Geometry] = []
    for shapes in (area, others):
        if shapes is not None:
            found += _cut(panel, shapely.boundary(shapes)).tolist()
    if rail := ground.layer("rail"):
        found += _drawn(panel, rail).tolist()
    return found


def seen_in(panel: Panel, ground: Ground) -> list[str]:
    """Name the layers of a panel that a legend has to explain."""
    seen = [name for name in ("hills", "parks", "water") if len(_large(panel, ground.layer(name)))]
    for name in ("rail", "stations", "streets"):
        layer = ground.layer(name)
        if layer is None:
            continue
        here = layer.within(panel.bounds)
        if len(here) and (name != "streets" or layer.main[here].any()):
            seen.append(name)
    return seen


def _hills(canvas: Canvas, panel: Panel, ground: Ground) -> None:
    canvas.path(_large(panel, ground.layer("hills")), **HILL)


def _parks(canvas: Canvas, panel: Panel, ground: Ground) -> None:
    shapes = _large(panel, ground.layer("parks"))
    for look in PARK:
        canvas.path(shapes, **look)


def _water(canvas: Canvas, panel: Panel, ground: Ground) -> None:
    shapes = _large(panel, ground.layer("water"))
    for look in WATER:
        canvas.path(shapes, **look)


def _blocks(canvas: Canvas, panel: Panel, ground: Ground) -> None:
    if panel.scale <= _NO_BLOCKS:
        canvas.path(_large(panel, ground.layer("blocks")), **BLOCK)


def _outline(canvas: Canvas, panel: Panel, ground: Ground) -> None:
    canvas.path(_large(panel, ground.outline), **OUTLINE)


def _streets(canvas: Canvas, panel: Panel, ground: Ground) -> None:
    layer = ground.layer("streets")
    if layer is None:
        return
    thin = panel.scale > _THIN
    if panel.scale <= _GONE or not layer.main.any():
        canvas.path(_drawn(panel, layer, ~layer.main), **STREET | ({"stroke_width": 0.22} if thin else {}))
    main = _drawn(panel, layer, layer.main)
    for look in MAIN_THIN if thin else MAIN:
        canvas.path(main, **look)


def _rail(canvas: Canvas, panel: Panel, ground: Ground) -> None:
    if layer := ground.layer("rail"):
        lines = _drawn(panel, layer)
        for look in RAIL:
            canvas.path(lines, **look)


def _large(panel: Panel, layer: Layer | None) -> np.ndarray:
    """Return the polygons of a panel that are large enough to be seen."""
    if layer is None:
        return np.empty(0, dtype=object)
    shapes = _drawn(panel, layer)
    return np.asarray(shapes[shapely.area(shapes) >= _SMALL])


def _drawn(panel: Panel, layer: Layer, which: np.ndarray | None = None) -> np.ndarray:
    """Cut a layer to a panel, without bends that are too small to be seen."""
    found = layer.cut(_beyond(panel), which)
    return panel.drawn(shapely.simplify(found, _BEND * panel.scale))


def _cut(panel: Panel, shapes: np.ndarray) -> np.ndarray:
    found = shapely.clip_by_rect(shapes, *_beyond(panel))
    return panel.drawn(found[~shapely.is_empty(found)])


def _beyond(panel: Panel) -> tuple[float, float, float, float]:
    """Return the ground of a panel and a little around it: what is cut shows no edge."""
    west, south, east, north = panel.bounds
    more = 2 * panel.scale
    return west - more, south - more, east + more, north + more


def _pale(canvas: Canvas, panel: Panel, area: np.ndarray) -> None:
    around = shapely.box(*_beyond(panel)).difference(shapely.union_all(area))
    canvas.path(panel.drawn(np.array([around])), **_PALED)
