"""What a map has room for: pins with more or fewer marks, insets, and the legend below, which takes room from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import shapely

from resourcemap.publish.papermap.arranging import arranged
from resourcemap.publish.papermap.land import seen_in
from resourcemap.publish.papermap.legend import height_of, items_of
from resourcemap.publish.papermap.panel import INSETS, fitted
from resourcemap.publish.papermap.pins import pins_of
from resourcemap.publish.papermap.words import words_of

if TYPE_CHECKING:
    import numpy as np

    from resourcemap.model.catalog import Catalog
    from resourcemap.publish.paper.places import Places
    from resourcemap.publish.papermap.arranging import Arrangement
    from resourcemap.publish.papermap.ground import Ground
    from resourcemap.publish.papermap.legend import Item
    from resourcemap.publish.papermap.names import Named
    from resourcemap.publish.papermap.panel import Panel
    from resourcemap.publish.papermap.pins import Pin

Bounds = tuple[float, float, float, float]

# The band around the map with the letters and numbers of its grid, and the room between map and legend.
BAND, BELOW = 3.6, 1.6
# Nothing is drawn larger than this many metres in a millimetre.
_LEAST = 1.5
# Of the height, about what the legend leaves.
_SHARE = 0.9
# How many marks a pin bears at most, and whether crowds go into insets: the first way that does is taken. Pins that
# would cover more than this share of a map do not try to bear marks.
_WAYS = ((2, False), (1, False), (2, True), (0, True))
_FULL = 0.3
# Of the height, the most that the legend takes before it says less, and before it leaves things out.
_MOST_LEGEND, _NO_MORE = 0.4, 0.7
# So often the legend may grow; more numbers than this are counted.
_TURNS, _MANY_NUMBERS = 4, 24


@dataclass(frozen=True)
class Subject:
    """What a map is about.

    Parameters
    ----------
    places, spots
        The places, and their points in metres.
    bounds
        West, south, east and north that must be seen, in metres.
    ground
        What lies under it.
    area, others
        The shapes of the area, and names and shapes of others, in metres.
    dots
        The places of others in metres.
    credit
        What stands in small print: the day, and whose data it is.
    catalog, language
        The kinds, and the language of words.
    """

    places: Places
    spots: np.ndarray = field(repr=False)
    bounds: Bounds
    ground: Ground
    area: np.ndarray | None = field(repr=False)
    others: list[Named] = field(repr=False)
    dots: np.ndarray = field(repr=False)
    credit: str
    catalog: Catalog
    language: str

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds of the places, in the order of the catalogue."""
        found = {kind for kinds in self.places.table["kinds"] for kind in kinds}
        return [kind for kind in self.catalog.kinds if kind in found]

    def legend(self, pins: list[Pin], main: Panel, *, short: bool = False, crowded: int = 0) -> list[Item]:
        """Return what the legend of a map has; a short one says nothing of the ground."""
        words = words_of(self.language)
        marked = self.kinds if any(pin.kinds for pin in pins) else []
        alone = self.catalog.kinds[self.kinds[0]].label(self.language) if len(self.kinds) == 1 else words["bare"]
        return items_of(
            main.scale,
            marked,
            [] if short else [*seen_in(main, self.ground), *self._borders(main)],
            self._signs(pins, main),
            bare="" if marked or not pins else alone,
            crowded=words["crowded"].format(count=crowded) if crowded else "",
            catalog=self.catalog,
            language=self.language,
            words=words,
        )

    def _borders(self, main: Panel) -> list[str]:
        ground = shapely.box(*main.bounds)
        near = any(shape.intersects(ground) for _, shape in self.others)
        own = ["area"] if self.area is not None else []
        return [*own, "areas" if own else "areas_alone"] if near else own

    def _signs(self, pins: list[Pin], main: Panel) -> list[str]:
        """Name the signs that the legend has to say."""
        signs = [sign for sign in ("rough", "suspended", "more") if any(getattr(pin, sign) for pin in pins)]
        return [*signs, "neighbour"] if main.holds(main.on_paper(self.dots)).any() else signs


@dataclass(frozen=True)
class Composed:
    """Where everything stands.

    Parameters
    ----------
    pins
        The pins, in the order of the places.
    arrangement
        Where they stand.
    items, lines
        What the legend has, and the small print below it.
    below
        The height of the legend and the room above it, in millimetres.
    """

    pins: list[Pin] = field(repr=False)
    arrangement: Arrangement
    items: list[Item] = field(repr=False)
    lines: list[str]
    below: float

    @property
    def outside(self) -> tuple[int, ...]:
        """The numbers of places that are not on the map."""
        panels = self.arrangement.of.tolist()
        return tuple(pin.number for pin, panel in zip(self.pins, panels, strict=True) if panel < 0)

    @property
    def crowded(self) -> tuple[int, ...]:
        """The numbers of places that are on the map without them."""
        made = self.arrangement
        seen = zip(self.pins, made.spots, made.of.tolist(), strict=True)
        return tuple(pin.number for pin, spot, panel in seen if panel >= 0 and spot is None)

    def cells(self, spots: np.ndarray, elsewhere: str) -> dict[int, str]:
        """Say where every number is: the cell of its pin, not of its place, since the pin is what is looked for.

        The cell of the place, in metres as in `Subject.spots`, is that of a number for which there was no room.
        """
        made, found = self.arrangement, {}
        panels = made.panels
        drawn = [panel.on_paper(spots) for panel in panels]
        for row, (pin, spot, of) in enumerate(zip(self.pins, made.spots, made.of.tolist(), strict=True)):
            if of < 0:
                found[pin.number] = elsewhere
                continue
            x, y = drawn[of][row].tolist() if spot is None else (spot.x, spot.y)
            found[pin.number] = panels[of].cell(x, y)
        return found


def composed(subject: Subject, width: float, height: float) -> Composed:
    """Find how a map of a size in millimetres shows its places best: with marks, without insets, near their places."""
    made: Composed | None = None
    before: list[Pin] = []
    for most, insets in _WAYS:
        pins = pins_of(subject.places, most=most)
        if pins == before and not insets:
            continue
        before = pins
        guess = fitted(subject.bounds, _frame(width, height * _SHARE), margin=BAND, least=_LEAST)
        # Insets have a line in the legend: known before, it costs no second try.
        small = [words_of(subject.language)["inset"].format(letters=INSETS[0])] if insets else []
        small += [subject.credit] if subject.credit else []
        long, short = (
            height_of(subject.legend(pins, guess, short=is_short), small, width) + BELOW for is_short in (False, True)
        )
        below = long if long <= height * _MOST_LEGEND else short
        if most and (below > height * _MOST_LEGEND or _filled(pins, _frame(width, height - below)) > _FULL):
            continue
        made = _with_legend(subject, pins, (width, height), below, insets=insets, short=below < long, is_last=not most)
        if made.arrangement.is_good if not insets else not made.arrangement.crowded:
            break
    if made is None:
        raise AssertionError
    return made


def _with_legend(
    subject: Subject,
    pins: list[Pin],
    size: tuple[float, float],
    below: float,
    *,
    insets: bool,
    short: bool,
    is_last: bool,
) -> Composed:
    """Arrange pins above a legend that is as high as what it has to say."""
    width, height = size
    layout = 0
    for turn in range(_TURNS):
        below = min(below, height * _NO_MORE)
        made = arranged(
            subject.spots,
            [pin.size for pin in pins],
            subject.bounds,
            _frame(width, height - below),
            least=_LEAST,
            insets=insets,
            since=layout,
            is_last=is_last,
        )
        items = subject.legend(pins, made.main, short=short, crowded=made.crowded)
        lines = [*_told(made, pins, subject.language), *([subject.credit] if subject.credit else [])]
        needed = height_of(items, lines, width) + BELOW
        is_useless = not made.is_good if not insets else made.crowded and not is_last
        if needed <= below or is_useless or below >= height * _NO_MORE or turn == _TURNS - 1:
            break
        below, layout = needed, made.layout
    return Composed(pins, made, *_within(items, lines, width, below - BELOW), below)


def _within(items: list[Item], lines: list[str], width: float, height: float) -> tuple[list[Item], list[str]]:
    """Leave out what a legend has no room for, the last items first: on maps as small as a stamp."""
    while items and height_of(items, lines, width) > height:
        items = items[:-1]
    while lines and height_of([], lines, width) > height:
        lines = lines[:-1]
    return items, lines


def _frame(width: float, height: float) -> Bounds:
    """Return the box of the map inside the band of its grid."""
    return BAND, BAND, max(width - BAND, BAND + 1.0), max(height - BAND, BAND + 1.0)


def _filled(pins: list[Pin], box: Bounds) -> float:
    """Return the share of a box that pins would cover."""
    left, top, right, bottom = box
    covered = sum((pin.size.width + pin.size.marks) * pin.size.height for pin in pins)
    return covered / max((right - left) * (bottom - top), 1.0)


def _told(made: Arrangement, pins: list[Pin], language: str) -> list[str]:
    """Say what is shown in insets, and which numbers lie outside of the map, or how many where they are many."""
    words, said = words_of(language), []
    if made.insets:
        said.append(words["inset"].format(letters=words["also"].join(inset.letter for inset in made.insets)))
    outside = [str(pin.number) for pin, panel in zip(pins, made.of.tolist(), strict=True) if panel < 0]
    if len(outside) > _MANY_NUMBERS:
        said.append(words["outside_many"].format(count=len(outside)))
    elif outside:
        said.append(words["outside"].format(numbers=words["also"].join(outside)))
    return said
