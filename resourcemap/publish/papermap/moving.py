"""Where pins stand that would lie over each other: aside, with a line to their place.

Every pin chooses among a few spots: on its place, or around it at growing distances, sixteen directions each. Two pins
never overlap, and no pin hides the place of another one; of what is left, the choice with the shortest lines and the
fewest crossings is sought by going from pin to pin until none can better its own. That is the gradient descent of
Christensen, Marks and Shieber, "An empirical study of algorithms for point-feature label placement", ACM Transactions
on Graphics 14 (1995), begun from a greedy choice where the most crowded pins come first. Nothing is left to chance:
ties go to the lower number. A pin for which there is no spot has none; the caller makes more room.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

# Millimetres between a place and its pin beside it, and around pins and places.
_RINGS = (1.2, 2.6, 4.5, 7.0, 10.0, 14.0)
_FAR_RINGS = (19.0, 25.0, 32.0)
_GAP = 0.45
_AROUND_PLACE = 0.5
_DIRECTIONS = 16
_SWEEPS = 3
# Spots within this of a place are looked at before those farther away; places within the second are a crowd.
_NEAR, _CROWD = 4.5, 9.0
# What a line across another pin, across another line, and over the place of another pin is worth, in millimetres.
_THROUGH, _CROSSED, _OVER = 45.0, 25.0, 8.0
# A pin beside its place is worse than one on it by so much; so is one whose marks stand to the left.
_ASIDE, _LEFT = 2.0, 0.2


@dataclass(frozen=True)
class Size:
    """How large a pin is, in millimetres: the badge with its number, and the marks beside it, on one side."""

    width: float
    height: float
    marks: float = 0.0


@dataclass(frozen=True)
class Spot:
    """Where a pin stands: the middle of its badge in millimetres, and whether its marks are on the left."""

    x: float
    y: float
    left: bool
    moved: float


def box_of(size: Size, x: float, y: float, left: bool) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a pin, its marks included.

    Examples
    --------
    >>> box_of(Size(4, 4, 3), 10, 10, False), box_of(Size(4, 4, 3), 10, 10, True)
    ((8.0, 8.0, 15.0, 12.0), (5.0, 8.0, 12.0, 12.0))
    """
    half = size.width / 2
    begin, end = (half + size.marks, half) if left else (half, half + size.marks)
    return x - begin, y - size.height / 2, x + end, y + size.height / 2


def spots_of(
    places: np.ndarray,
    sizes: list[Size],
    frame: tuple[float, float, float, float],
    *,
    hidden: np.ndarray | None = None,
    far: bool = False,
) -> list[Spot | None]:
    """Choose a spot for every pin.

    Parameters
    ----------
    places
        The places in millimetres of the sheet, a row each.
    sizes
        How large the pins are.
    frame
        Left, top, right and bottom; pins stay inside.
    hidden
        Boxes in which no pin may stand, a row each.
    far
        Also try spots so far away that a reader has to follow the line.

    Returns
    -------
    list
        A spot for each pin, in the order given; ``None`` where there is none.

    Examples
    --------
    Two places a millimetre apart: both pins stand beside them.

    >>> found = spots_of(np.array([[50.0, 50.0], [51.0, 50.0], [90.0, 50.0]]), [Size(4, 4)] * 3, (0, 0, 100, 100))
    >>> [spot.moved > 0 for spot in found]
    [True, True, False]
    """
    if not len(places):
        return []
    work = _Work(places, sizes, frame, np.empty((0, 4)) if hidden is None else hidden, _RINGS + _FAR_RINGS * far)
    for number in work.order():
        work.choose(number)
    for _ in range(_SWEEPS):
        bettered = [work.choose(number) for number in work.order() if work.cost[number] > 0 and work.is_open[number]]
        if not any(bettered):
            break
    return work.answer()


@dataclass(frozen=True)
class _Options:
    """Spots that a pin may take, by their numbers: the boxes and lines they make, and what each costs by itself."""

    numbers: np.ndarray
    boxes: np.ndarray
    lines: np.ndarray
    cost: np.ndarray
    extent: np.ndarray


@dataclass(frozen=True)
class _Choice:
    """A spot taken."""

    spot: int
    cost: float
    box: np.ndarray
    line: np.ndarray


_NOWHERE = _Choice(-1, np.inf, np.full(4, np.nan), np.full(4, np.nan))


class _Work:
    """The pins with all spots they may take, and those taken so far."""

    def __init__(
        self,
        places: np.ndarray,
        sizes: list[Size],
        frame: tuple[float, float, float, float],
        hidden: np.ndarray,
        rings: tuple[float, ...],
    ) -> None:
        self.places, self.frame, self.hidden = places, frame, hidden
        patterns = {size: _spots(size, rings) for size in dict.fromkeys(sizes)}
        self.made = [patterns[size] for size in sizes]
        widest = max(size.width + size.marks for size in sizes)
        self.near = _near(places, 2 * (rings[-1] + widest) + _GAP)
        self.crowd = np.array([len(each) for each in _near(places, _CROWD)])
        # On the place; a little beside it; anywhere. The next is looked at only where the one before has nothing good.
        self.levels = ((0.0, _ASIDE), (_NEAR, _CROSSED), (rings[-1], np.inf))
        self.cost = np.full(len(places), np.inf)
        self.taken = np.full(len(places), -1)
        # Whether another one near has moved since the pin chose: else it would choose the same again.
        self.is_open = np.full(len(places), True)
        self.boxes = np.full((len(places), 4), np.nan)
        self.lines = np.full((len(places), 4), np.nan)
        self.extents = np.full((len(places), 4), np.nan)
        self.known: dict[tuple[int, float], _Options] = {}

    def order(self) -> list[int]:
        """Return the pins, the most crowded first."""
        ranked: list[int] = np.lexsort((np.arange(len(self.crowd)), -self.crowd)).tolist()
        return ranked

    def choose(self, number: int) -> bool:
        """Take the best spot as the others stand now, and tell whether it is another one."""
        before = int(self.taken[number])
        best = _NOWHERE
        for ring, enough in self.levels:
            best = self._best(number, ring)
            if best.cost < enough:
                break
        self.cost[number], self.taken[number] = best.cost, best.spot
        self.boxes[number], self.lines[number] = best.box, best.line
        low, high = np.minimum(best.box[:2], best.line[:2]), np.maximum(best.box[2:], best.line[:2])
        self.extents[number] = np.concatenate((low, high))
        self.is_open[number] = False
        if before == best.spot:
            return False
        self.is_open[self.near[number]] = True
        return True

    def answer(self) -> list[Spot | None]:
        """Say where every pin stands."""
        found: list[Spot | None] = []
        for number, taken in enumerate(self.taken.tolist()):
            if taken < 0:
                found.append(None)
                continue
            x, y, left, moved = self.made[number][0][taken].tolist()
            at = self.places[number]
            found.append(Spot(float(at[0] + x), float(at[1] + y), bool(left), float(moved)))
        return found

    def _best(self, number: int, ring: float) -> _Choice:
        """Return the best spot up to a ring around the place, as the others stand now."""
        if (number, ring) not in self.known:
            self.known[number, ring] = self._options(number, ring)
        options = self.known[number, ring]
        if not len(options.numbers):
            return _NOWHERE
        near = self.near[number]
        others = near[_overlap(options.extent, self.extents[near])[0]]
        boxes, lines = self.boxes[others], self.lines[others]
        free = np.flatnonzero(~_overlap(options.boxes, boxes).any(axis=1))
        if not len(free):
            return _NOWHERE
        own_boxes, own_lines = options.boxes[free], options.lines[free]
        through = _through(own_lines, boxes).sum(axis=1) + _through(lines, own_boxes).sum(axis=0)
        crossed = _crossing(own_lines, lines).sum(axis=1)
        cost = options.cost[free] + _THROUGH * through + _CROSSED * crossed
        best = int(np.argmin(cost))
        return _Choice(int(options.numbers[free[best]]), float(cost[best]), own_boxes[best], own_lines[best])

    def _options(self, number: int, ring: float) -> _Options:
        """Return the spots up to a ring that a pin may take for itself."""
        offsets, sides = self.made[number]
        wanted = np.flatnonzero(offsets[:, 3] <= ring)
        at = self.places[number]
        boxes = sides[wanted] + np.tile(at, 2)
        left, top, right, bottom = self.frame
        free = (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)
        others = self.places[self.near[number]]
        reach = sides[wanted, 2:].max() + _AROUND_PLACE
        others = others[np.abs(others - at).max(axis=1) <= reach]
        kept = _AROUND_PLACE - _GAP
        hidden = self.hidden[_overlap(np.concatenate((at - reach, at + reach))[None, :], self.hidden)[0]]
        free &= ~_overlap(boxes, np.vstack((hidden, np.column_stack((others - kept, others + kept))))).any(axis=1)
        wanted, boxes = wanted[free], boxes[free]
        lines = np.column_stack((np.tile(at, (len(wanted), 1)), offsets[wanted, :2] + at))
        elsewhere = others[np.abs(others - at).max(axis=1) >= _AROUND_PLACE]
        over = _through(lines, np.column_stack((elsewhere - _AROUND_PLACE, elsewhere + _AROUND_PLACE)))
        left_side, moved = offsets[wanted, 2], offsets[wanted, 3]
        cost = moved + _ASIDE * (moved > 0) + _LEFT * left_side + _OVER * over.sum(axis=1)
        low = np.vstack((boxes[:, :2], at)).min(axis=0)
        high = np.vstack((boxes[:, 2:], at)).max(axis=0)
        return _Options(wanted, boxes, lines, cost, np.concatenate((low, high))[None, :])


def _spots(size: Size, rings: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return the spots of a pin from its place, x, y, marks on the left and distance; and the boxes it then fills."""
    offsets = [(0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0)] if size.marks else [(0.0, 0.0, 0.0, 0.0)]
    for ring in rings:
        for step in range(_DIRECTIONS):
            angle = 2 * np.pi * step / _DIRECTIONS
            east, south = float(np.cos(angle)), float(-np.sin(angle))
            left = east < -1e-9
            reach = min(
                (size.width / 2 + ring) / max(abs(east), 1e-9), (size.height / 2 + ring) / max(abs(south), 1e-9)
            )
            offsets.append((reach * east, reach * south, float(left), ring))
    made = np.array(offsets)
    boxes = np.array([box_of(size, x, y, bool(left)) for x, y, left, _ in offsets])
    return made, boxes


def _near(places: np.ndarray, reach: float) -> list[np.ndarray]:
    """Return for each place the others within reach."""
    tree = shapely.STRtree(shapely.points(places))
    one, other = tree.query(shapely.points(places), predicate="dwithin", distance=reach)
    apart = one != other
    order = np.lexsort((other[apart], one[apart]))
    one, other = one[apart][order], other[apart][order]
    return np.split(other, np.searchsorted(one, np.arange(1, len(places))))


def _overlap(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Tell which boxes come nearer to which others than pins may."""
    grown = others.T + np.array([[-_GAP], [-_GAP], [_GAP], [_GAP]])
    left, top, right, bottom = (some[:, None, side] for side in range(4))
    return np.asarray((left < grown[2]) & (right > grown[0]) & (top < grown[3]) & (bottom > grown[1]))


def _through(lines: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Tell which lines go through which boxes (Liang and Barsky, 1984)."""
    if not len(lines) or not len(boxes):
        return np.zeros((len(lines), len(boxes)), dtype=bool)
    enter, leave = _along(lines[:, 0], lines[:, 2], boxes[:, 0], boxes[:, 2])
    enter_y, leave_y = _along(lines[:, 1], lines[:, 3], boxes[:, 1], boxes[:, 3])
    np.maximum(enter, enter_y, out=enter)
    np.minimum(leave, leave_y, out=leave)
    return np.asarray(np.maximum(enter, 0, out=enter) <= np.minimum(leave, 1, out=leave))


def _along(begin: np.ndarray, end: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return at which share of its length each line comes between two bounds, and leaves them, in one direction."""
    step = end - begin
    still = step == 0
    by = 1 / np.where(still, 1.0, step)
    one, other = (low[None, :] - begin[:, None]) * by[:, None], (high[None, :] - begin[:, None]) * by[:, None]
    enter, leave = np.minimum(one, other), np.maximum(one, other)
    if still.any():
        at = begin[still, None]
        inside = (at >= low) & (at <= high)
        enter[still], leave[still] = np.where(inside, -np.inf, np.inf), np.where(inside, np.inf, -np.inf)
    return enter, leave


def _crossing(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Tell which lines cross which others; lines that only touch do not."""
    a, b = some[:, None, :2], some[:, None, 2:]
    c, d = others[None, :, :2], others[None, :, 2:]
    return np.asarray((_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0))


def _side(one: np.ndarray, other: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Return on which side of a line a point lies, by its sign."""
    along, toward = other - one, point - one
    return np.asarray(along[..., 0] * toward[..., 1] - along[..., 1] * toward[..., 0])
