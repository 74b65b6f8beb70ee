"""A part of the sheet that shows a part of the ground at one scale: the map itself, or an inset."""

from __future__ import annotations

import math
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

# Cells of the grid are about so wide: a finger finds a number in one at once.
_CELL = 32.0
# X, Y and Z are the letters of insets.
_MOST_COLUMNS = 20
INSETS = "XYZ"
# Metres between lines of a scale bar.
_ROUND = (1, 2, 5)


@dataclass(frozen=True)
class Panel:
    """A rectangle of the sheet and the ground it shows.

    Parameters
    ----------
    left, top, width, height
        Its place on the sheet in millimetres, from the upper left.
    west, north
        The ground at its upper left corner, in metres of the map's CRS.
    scale
        Metres of ground in a millimetre of paper.
    letter
        The name of an inset; blank for the map itself.
    """

    left: float
    top: float
    width: float
    height: float
    west: float
    north: float
    scale: float
    letter: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the sheet, in millimetres."""
        return self.left, self.top, self.left + self.width, self.top + self.height

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the ground, in metres."""
        south, east = self.north - self.height * self.scale, self.west + self.width * self.scale
        return self.west, south, east, self.north

    def on_paper(self, metres: np.ndarray) -> np.ndarray:
        """Turn coordinates in metres, a row each, into millimetres of the sheet."""
        x, y = metres[:, 0], metres[:, 1]
        return np.column_stack(((x - self.west) / self.scale + self.left, (self.north - y) / self.scale + self.top))

    def drawn(self, shapes: np.ndarray) -> np.ndarray:
        """Turn shapes in metres into shapes in millimetres of the sheet."""
        made: np.ndarray = shapely.transform(shapes, self.on_paper)
        return made

    def holds(self, spots: np.ndarray) -> np.ndarray:
        """Tell which spots, in millimetres of the sheet, lie inside."""
        left, top, right, bottom = self.box
        x, y = spots[:, 0], spots[:, 1]
        return np.asarray((x >= left) & (x <= right) & (y >= top) & (y <= bottom))

    @property
    def columns(self) -> int:
        """How many columns its grid has."""
        return min(max(round(self.width / _CELL), 1), _MOST_COLUMNS)

    @property
    def rows(self) -> int:
        """How many rows its grid has."""
        return max(round(self.height / _CELL), 1)

    def cell(self, x: float, y: float) -> str:
        """Name the cell of a spot in millimetres of the sheet.

        Examples
        --------
        >>> from dataclasses import replace
        >>> whole = Panel(0, 0, 180, 100, 0, 1000, 10)
        >>> whole.cell(1, 1), whole.cell(179, 50), replace(whole, letter="X").cell(40, 1), whole.columns, whole.rows
        ('A1', 'F2', 'X-B1', 6, 3)
        """
        column = min(max(int((x - self.left) / self.width * self.columns), 0), self.columns - 1)
        row = min(max(int((y - self.top) / self.height * self.rows), 0), self.rows - 1)
        if not self.letter:
            return f"{ascii_uppercase[column]}{row + 1}"
        if self.columns * self.rows == 1:
            return self.letter
        return f"{self.letter}-{ascii_uppercase[column]}{row + 1}"

    def lines(self) -> Iterator[tuple[str, float, bool]]:
        """Yield for every column and row its label, the middle of it in millimetres, and whether it is a column."""
        for number in range(self.columns):
            yield ascii_uppercase[number], self.left + (number + 0.5) * self.width / self.columns, True
        for number in range(self.rows):
            yield str(number + 1), self.top + (number + 0.5) * self.height / self.rows, False


def fitted(
    bounds: tuple[float, float, float, float],
    box: tuple[float, float, float, float],
    *,
    margin: float,
    least: float,
    letter: str = "",
    to_the_left: bool = False,
) -> Panel:
    """Make the panel that shows some ground as large as a box of the sheet allows, in its middle.

    Parameters
    ----------
    bounds
        West, south, east and north in metres.
    box
        Left, top, right and bottom in millimetres.
    margin
        Millimetres around the ground inside the box.
    least
        Metres of ground in a millimetre of paper, at least: a single place needs something around it.
    to_the_left
        Leave what is over on the right and below instead of around.

    Examples
    --------
    >>> panel = fitted((0, 0, 1000, 500), (0, 0, 110, 110), margin=5, least=1)
    >>> panel.scale, panel.bounds
    (10.0, (-50.0, -300.0, 1050.0, 800.0))
    """
    (west, south, east, north), (left, top, right, bottom) = bounds, box
    width, height = right - left, bottom - top
    inner = max(width - 2 * margin, 1.0), max(height - 2 * margin, 1.0)
    scale = max((east - west) / inner[0], (north - south) / inner[1], least)
    spare_x, spare_y = (width * scale - (east - west)) / 2, (height * scale - (north - south)) / 2
    if to_the_left:
        spare_x, spare_y = min(spare_x, margin * scale), min(spare_y, margin * scale)
    return Panel(left, top, width, height, west - spare_x, north + spare_y, scale, letter)


def scale_bar(scale: float, longest: float) -> tuple[int, int]:
    """Choose a bar of round metres that fits: the metres of one of its parts, and how many parts.

    Examples
    --------
    >>> scale_bar(10, 45), scale_bar(3.7, 45), scale_bar(60, 30)
    ((200, 2), (50, 3), (500, 3))
    """
    best = (1, 1)
    most = longest * scale
    for power in range(int(math.log10(max(most, 1))) + 1):
        for digit in _ROUND:
            part = digit * 10**power
            parts = int(most // part)
            if parts >= 2:
                best = part, min(parts, 4)
    return best
