"""One way to show the places: on a map and its insets, with the spots that their pins find there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resourcemap.publish.papermap.moving import Size, Spot, spots_of
from resourcemap.publish.papermap.room import has_room

if TYPE_CHECKING:
    from resourcemap.publish.papermap.panel import Panel

Box = tuple[float, float, float, float]

# A pin farther from its place than this, in millimetres, stands in a crowd; a share of them may.
_FAR, _FEW = 7.0, 0.08
# Pins go farther still where no more than this share of a panel needs it.
_STRAY = 0.1
_ROOM = 1.2
# The corner of an inset with its letter, and the edge with the letters of its grid.
LETTER, LABELS = 4.4, 3.4
# What is only a dot covers this much to each side, in millimetres; dots within the second of each other are one.
DOT, _SAME = 0.75, 0.5


class Try:
    """One way to show the places."""

    def __init__(self, places: np.ndarray, sizes: list[Size], main: Panel, crowded: np.ndarray | None = None) -> None:
        self.places, self.sizes, self.main = places, sizes, main
        self.insets: list[Panel] = []
        self.of = np.where(main.holds(main.on_paper(places)), 0, -1)
        self.spots: list[Spot | None] = [None] * len(places)
        self.crowded = np.empty(0, dtype=int) if crowded is None else crowded
        self.is_solved = False

    @property
    def without_room(self) -> np.ndarray:
        """The places whose pins cannot have a spot."""
        panels = range(len(self.insets) + 1)
        return np.sort(np.concatenate([np.flatnonzero(self.of == panel)[~self.kept(panel)] for panel in panels]))

    @property
    def refused(self) -> int:
        """How many they are."""
        return len(self.without_room)

    @property
    def lost(self) -> int:
        """How many places that are seen have no pin."""
        return sum(self.spots[number] is None for number in np.flatnonzero(self.of >= 0).tolist())

    @property
    def is_good(self) -> bool:
        """Whether all pins have room, nearly all near their places."""
        return not self.lost and len(self.bad) <= max(1, _FEW * len(self.places))

    @property
    def bad(self) -> np.ndarray:
        """The places on the map whose pins have no spot near them."""
        far = [spot is None or spot.moved > _FAR for spot in self.spots]
        return np.flatnonzero(np.array(far, dtype=bool) & (self.of == 0))

    def solve(self, panel: int, *, far: bool = False) -> bool:
        """Find spots for those pins of a panel that can have one; tell whether all have."""
        here, places, frame, hidden = self._ground(panel)
        kept = self.kept(panel)
        self.is_solved = self.is_solved or panel == 0
        dots = np.unique(np.round(places[~kept] / _SAME), axis=0) * _SAME
        found = spots_of(
            places[kept],
            [self.sizes[number] for number in here[kept].tolist()],
            frame,
            hidden=np.vstack((hidden, np.hstack((dots - DOT, dots + DOT)))),
            far=far,
        )
        for number in here[~kept].tolist():
            self.spots[number] = None
        for number, spot in zip(here[kept].tolist(), found, strict=True):
            self.spots[number] = spot
        return bool(kept.all()) and all(spot is not None for spot in found)

    def solve_all(self) -> None:
        """Find spots on the map and in all insets."""
        for panel in range(len(self.insets) + 1):
            self.solve(panel)

    def kept(self, panel: int) -> np.ndarray:
        """Tell which of the pins of a panel can have a spot."""
        here, places, frame, hidden = self._ground(panel)
        return has_room(places, [self.sizes[number] for number in here.tolist()], frame, hidden)

    def _ground(self, panel: int) -> tuple[np.ndarray, np.ndarray, Box, np.ndarray]:
        """Return the numbers of the places of a panel, where they are on paper, the frame, and what is hidden of it."""
        shown = (self.main, *self.insets)[panel]
        here = np.flatnonzero(self.of == panel)
        left, top, right, bottom = shown.box
        # An inset has its letter, and those of its grid, inside.
        room = LABELS if shown.letter and shown.columns * shown.rows > 1 else _ROOM / 2
        frame = left + room, top + room, right - _ROOM / 2, bottom - _ROOM / 2
        boxes = [inset.box for inset in self.insets] if panel == 0 else [(left, top, left + LETTER, top + LETTER)]
        return here, shown.on_paper(self.places[here]), frame, np.array(boxes).reshape(-1, 4)

    def go_far(self) -> None:
        """Let the pins of panels where a few are lost go as far as they must."""
        for panel in range(len(self.insets) + 1):
            here = np.flatnonzero(self.of == panel).tolist()
            lost = sum(self.spots[number] is None for number in here)
            if 0 < lost <= max(1, _STRAY * len(here)) and self.kept(panel).all():
                self.solve(panel, far=True)
