"""Which part of the ground is shown how large: the map alone, or with insets where pins crowd.

Pins that find no spot near their place make a crowd with those around them. Each crowd gets an inset at a larger scale:
on a free part of the map where there is one, else beside the map, which is made smaller for it. What is in an inset is
not on the map again; its extent is.

The work is bounded by counting: what cannot have room (`resourcemap.publish.papermap.room`) is known before any spot is
sought. Layouts that cannot have room for all are not worked out but for the one with room for most.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely

from resourcemap.publish.papermap.moving import Size, Spot, box_of
from resourcemap.publish.papermap.panel import INSETS, Panel, fitted
from resourcemap.publish.papermap.trying import Box, Try

if TYPE_CHECKING:
    from collections.abc import Iterator

# On no panel for now; outside of the map is -1.
_WAITING = -2

# Crowded pins within this of each other are one crowd; an extent reaches beyond its places by the second.
_TOGETHER, _BEYOND = 14.0, 2.5
# Insets on the map are for a small part of the places; of more, insets beside the map take most.
_SMALL_PART = 0.3
_LARGER = (4.0, 3.0, 2.5, 2.0)
# A box is full when its pins cover this share of it.
_FULL = 0.4
_LARGER_BESIDE = (1.6, 2.0, 2.5, 3.2, 4.0, 5.0)
_SHARES = ((0.35, 1), (0.5, 1), (0.5, 2))
_STEP = 4.0
# Where more than this share of the pins has no room on the map alone, nobody looks for their spots there.
_HOPELESS = 0.33
# Windows for an inset are sought around so many places at most.
_MOST_WINDOWS = 250
_BETWEEN = 6.0
MARGIN = 5.0


@dataclass(frozen=True)
class Arrangement:
    """Where everything stands.

    Parameters
    ----------
    main
        The map.
    insets
        What is shown larger; each has a letter.
    of
        The panel of every place, 0 for the map, from 1 for insets; -1 for what lies outside of the map.
    spots
        The spot of every pin; ``None`` where it is outside or has no room: then its place is only a dot.
    layout
        Which of the layouts that were tried it is.
    is_good
        Whether all pins have room, nearly all near their places.
    """

    main: Panel
    insets: tuple[Panel, ...]
    of: np.ndarray
    spots: list[Spot | None] = field(repr=False)
    layout: int = 0
    is_good: bool = True

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The map and its insets."""
        return self.main, *self.insets

    @property
    def crowded(self) -> int:
        """How many pins on the map have no room."""
        return sum(spot is None and panel >= 0 for spot, panel in zip(self.spots, self.of.tolist(), strict=True))


def arranged(
    places: np.ndarray,
    sizes: list[Size],
    bounds: Box,
    box: Box,
    *,
    least: float,
    insets: bool = True,
    since: int = 0,
    is_last: bool = True,
) -> Arrangement:
    """Show places as large as they fit, each pin once.

    Parameters
    ----------
    places
        The places in metres, a row each.
    sizes
        The pins.
    bounds
        West, south, east and north that must be seen, in metres.
    box
        The part of the sheet that there is, in millimetres.
    least
        Metres in a millimetre of paper, at least.
    insets
        Whether crowds may go into insets.
    since
        The layout to begin with, where it is known that those before have no room: `Arrangement.layout` of before.
    is_last
        Whether nothing else can be tried: then what cannot have room for all has room for as many as can be.
    """
    whole = Try(places, sizes, fitted(bounds, box, margin=MARGIN, least=least))
    if not insets:
        # A map that has not room for all is of no use then.
        if not whole.refused:
            whole.solve(0)
        return _arrangement(whole, 0)
    if whole.refused <= _HOPELESS * len(places):
        whole.solve(0)
        if whole.is_good:
            return _arrangement(whole, 0)
    whole.crowded = whole.bad if whole.is_solved else whole.without_room
    tries = [(whole, 0)]
    for number, (main, boxes) in enumerate(_layouts(whole, bounds, box, least), start=1):
        if number < since:
            continue
        made = _with_insets_on(whole, main) if boxes is None else _with_insets_in(whole, main, boxes)
        if made.is_good:
            return _arrangement(made, number)
        tries.append((made, number))
    return _best(tries, is_last=is_last)


def _best(tries: list[tuple[Try, int]], *, is_last: bool) -> Arrangement:
    """Return the best of what was tried, with those that cannot have room for all where nothing else is left."""
    poor = [each for each in tries if not each[0].is_solved]
    if poor and is_last:
        min(poor, key=lambda each: each[0].refused)[0].solve_all()
    found = [each for each in tries if each[0].is_solved] or tries
    best, number = min(found, key=lambda each: (each[0].lost, len(each[0].bad)))
    best.go_far()
    return _arrangement(best, number)


def _arrangement(made: Try, layout: int) -> Arrangement:
    return Arrangement(made.main, tuple(made.insets), made.of, made.spots, layout, made.is_good)


def _layouts(whole: Try, bounds: Box, box: Box, least: float) -> Iterator[tuple[Panel, list[Box] | None]]:
    """Yield maps with room for insets: on them, or in boxes beside them, more and more of it."""
    if len(whole.crowded) <= _SMALL_PART * len(whole.places):
        yield whole.main, None
        aside = fitted(bounds, box, margin=MARGIN, least=least, to_the_left=True)
        if aside != whole.main:
            yield aside, None
    for share, count in _SHARES:
        beside, strip = _divided(box, share)
        yield fitted(bounds, beside, margin=MARGIN, least=least), _shared(strip, count)


def _divided(box: Box, share: float) -> tuple[Box, Box]:
    """Divide a box across its longer side: for the map, and for insets."""
    left, top, right, bottom = box
    if right - left >= bottom - top:
        edge = right - (right - left) * share
        return (left, top, edge - _BETWEEN, bottom), (edge, top, right, bottom)
    edge = bottom - (bottom - top) * share
    return (left, top, right, edge - _BETWEEN), (left, edge, right, bottom)


def _shared(strip: Box, count: int) -> list[Box]:
    """Share a strip out equally, along its longer side."""
    left, top, right, bottom = strip
    tall = bottom - top >= right - left
    whole = bottom - top if tall else right - left
    part = (whole - _BETWEEN * (count - 1)) / count
    begins = [number * (part + _BETWEEN) for number in range(count)]
    if tall:
        return [(left, top + begin, right, top + begin + part) for begin in begins]
    return [(left + begin, top, left + begin + part, bottom) for begin in begins]


def _with_insets_on(whole: Try, main: Panel) -> Try:
    """Put the crowds of a map into insets where the map is free."""
    # Beside its crowds the map is as it was; moved aside it has them elsewhere.
    made = Try(whole.places, whole.sizes, main, whole.crowded)
    crowds = _crowds(made)[: len(INSETS)]
    for extent in crowds:
        made.of[_inside(made, extent)] = _WAITING
    made.solve(0)
    for extent in crowds:
        _place_inset(made, extent, crowds)
    made.of[made.of == _WAITING] = 0
    made.solve(0)
    return made


def _with_insets_in(whole: Try, main: Panel, boxes: list[Box]) -> Try:
    """Put what crowds most into boxes beside the map, as much of it as each can hold.

    Spots are only sought where all pins can have room.
    """
    made = Try(whole.places, whole.sizes, main, whole.crowded)
    for box in boxes:
        if (made.of[made.crowded] == 0).any():
            _fill(made, box)
    if made.refused:
        return made
    sought = Try(whole.places, whole.sizes, main, whole.crowded)
    for box in boxes:
        if (sought.of[sought.crowded] == 0).any():
            _fill(sought, box, sought=True)
    sought.solve(0)
    return sought


def _fill(made: Try, box: Box, *, sought: bool = False) -> None:
    """Show in a box the part of the map with most crowded pins, no larger than needed.

    Where no scale has room for all of the part that it shows, that is taken which has room for most.
    """
    letter = INSETS[len(made.insets)]
    wide, high = box[2] - box[0], box[3] - box[1]
    held: list[tuple[int, Box]] = []
    for factor in _LARGER_BESIDE:
        extent = _window(made, wide / factor, high / factor)
        _show(made, fitted(extent, box, margin=0.0, least=0.5, letter=letter), extent)
        here = np.flatnonzero(made.of == len(made.insets)).tolist()
        filled = sum(
            (made.sizes[number].width + made.sizes[number].marks) * made.sizes[number].height for number in here
        )
        room = made.kept(len(made.insets))
        if filled <= wide * high * _FULL and room.all() and (not sought or made.solve(len(made.insets))):
            return
        held.append((int(room.sum()), extent))
        _take_back(made, 0)
    _, extent = max(held, key=lambda each: each[0])
    _show(made, fitted(extent, box, margin=0.0, least=0.5, letter=letter), extent)
    if sought:
        made.solve(len(made.insets))


def _window(made: Try, wide: float, high: float) -> Box:
    """Return the extent of a size, in millimetres of the map, that holds most crowded pins; the first of its likes."""
    spots = made.main.on_paper(made.places)
    crowded = made.crowded[made.of[made.crowded] == 0]
    x, y = spots[crowded].T
    left, top, right, bottom = made.main.box
    some = spots[crowded[:: -(-len(crowded) // _MOST_WINDOWS)]]
    begin_x = np.clip(some[:, 0] - wide / 2, left, max(right - wide, left))[:, None]
    begin_y = np.clip(some[:, 1] - high / 2, top, max(bottom - high, top))[:, None]
    held = (x >= begin_x) & (x <= begin_x + wide) & (y >= begin_y) & (y <= begin_y + high)
    best = int(np.argmax(held.sum(axis=1)))
    at_x, at_y = float(begin_x[best, 0]), float(begin_y[best, 0])
    return _in_metres(made.main, (at_x, at_y, at_x + wide, at_y + high))


def _in_metres(panel: Panel, box: Box) -> Box:
    """Return the ground of a box on a panel."""
    left, top, right, bottom = box
    return (
        panel.west + (left - panel.left) * panel.scale,
        panel.north - (bottom - panel.top) * panel.scale,
        panel.west + (right - panel.left) * panel.scale,
        panel.north - (top - panel.top) * panel.scale,
    )


def _crowds(made: Try) -> list[Box]:
    """Return the extents of the crowds in metres, the largest crowd first."""
    bad = made.crowded
    if not len(bad):
        return []
    spots = made.main.on_paper(made.places)
    here = np.flatnonzero(made.of == 0)
    tree = shapely.STRtree(shapely.points(spots[here]))
    near = np.unique(tree.query(shapely.points(spots[bad]), predicate="dwithin", distance=_TOGETHER / 2)[1])
    around = shapely.union_all(shapely.buffer(shapely.points(spots[here[near]]), _TOGETHER / 2))
    boxes = [shapely.box(*bounds) for bounds in shapely.bounds(shapely.get_parts(around))]
    merged = _merged([shapely.buffer(box, _BEYOND - _TOGETHER / 2, join_style="mitre") for box in boxes])
    found = [_in_metres(made.main, tuple(shapely.bounds(box).tolist())) for box in merged]
    return sorted(found, key=lambda extent: (-int(_inside(made, extent).sum()), extent))


def _merged(boxes: list[shapely.Polygon]) -> list[shapely.Polygon]:
    """Join boxes that touch, until none do."""
    while True:
        parts = shapely.get_parts(shapely.union_all(boxes))
        joined = [shapely.box(*bounds) for bounds in shapely.bounds(parts)]
        if len(joined) == len(boxes):
            return joined
        boxes = joined


def _inside(made: Try, extent: Box) -> np.ndarray:
    """Tell which places of the map lie in an extent."""
    west, south, east, north = extent
    x, y = made.places[:, 0], made.places[:, 1]
    return np.asarray((made.of != -1) & (made.of <= 0) & (x >= west) & (x <= east) & (y >= south) & (y <= north))


def _show(made: Try, panel: Panel, extent: Box) -> None:
    """Add an inset, and put the places of its extent into it."""
    made.insets.append(panel)
    made.of[_inside(made, extent)] = len(made.insets)


def _take_back(made: Try, to: int) -> None:
    """Take the last inset away; its places go to the map, or wait."""
    made.of[made.of == len(made.insets)] = to
    made.insets.pop()


def _place_inset(made: Try, extent: Box, crowds: list[Box]) -> None:
    """Put one extent on a free part of the map, as large as there is room; leave it where there is none."""
    west, south, east, north = extent
    scale = made.main.scale
    taken = shapely.STRtree([*_taken(made), *(_on_map(made.main, each) for each in crowds)])
    for factor in _LARGER:
        wide = (east - west) / scale * factor + 2 * MARGIN
        high = (north - south) / scale * factor + 2 * MARGIN
        for box in _free(made.main.box, wide, high, taken):
            letter = INSETS[len(made.insets)]
            _show(made, fitted(extent, box, margin=MARGIN, least=0.5, letter=letter), extent)
            if made.kept(len(made.insets)).all() and made.solve(len(made.insets)):
                return
            _take_back(made, _WAITING)
            break


def _taken(made: Try) -> list[shapely.Polygon]:
    """Return what must be seen of the map: pins, and lines to their places."""
    found = [shapely.box(*inset.box) for inset in made.insets]
    spots = made.main.on_paper(made.places)
    for number in np.flatnonzero(made.of == 0).tolist():
        spot = made.spots[number]
        at = shapely.Point(spots[number])
        found.append(at.buffer(1.0))
        if spot is not None:
            found.append(shapely.box(*box_of(made.sizes[number], spot.x, spot.y, spot.left)))
            found.append(shapely.LineString([spots[number], (spot.x, spot.y)]))
    return found


def _on_map(panel: Panel, extent: Box) -> shapely.Polygon:
    west, south, east, north = extent
    corners = panel.on_paper(np.array([[west, north], [east, south]]))
    return shapely.box(*corners.ravel().tolist())


def _free(frame: Box, wide: float, high: float, taken: shapely.STRtree) -> Iterator[Box]:
    """Yield where a box lies on nothing that is taken, the nearest to a corner first."""
    left, top, right, bottom = frame
    if wide > (right - left) * 0.6 and high > (bottom - top) * 0.6:
        return
    if wide > right - left or high > bottom - top:
        return
    xs = np.unique(np.append(np.arange(left, right - wide, _STEP), right - wide))
    ys = np.unique(np.append(np.arange(top, bottom - high, _STEP), bottom - high))
    x, y = (each.ravel() for each in np.meshgrid(xs, ys))
    away = np.minimum(x - left, right - wide - x) + np.minimum(y - top, bottom - high - y)
    order = np.lexsort((x, y, away))
    boxes = shapely.box(x[order] - 1, y[order] - 1, x[order] + wide + 1, y[order] + high + 1)
    hit = np.unique(taken.query(boxes, predicate="intersects")[0])
    for number in np.setdiff1d(np.arange(len(boxes)), hit).tolist():
        at_x, at_y = float(x[order[number]]), float(y[order[number]])
        yield at_x, at_y, at_x + wide, at_y + high
