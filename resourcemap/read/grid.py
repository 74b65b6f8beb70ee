"""What every reader of sheets hands on: rows of text, as they stand in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np


@dataclass(frozen=True)
class Span:
    """Cells merged into one; rows and columns count from 0 and both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """One sheet, or one file that has no sheets.

    Parameters
    ----------
    file
        The file's name.
    sheet
        The sheet's name, or nothing.
    rows
        Text of every cell; rows may differ in length.
    spans
        Merged cells.
    first
        What the first row is called: 1 where a person counts rows from the top, 0 where a heading was put
        above numbered features.
    geometry
        A shape per row below the first, in longitude and latitude, where the file has shapes.
    aside
        What the reader itself left aside, as entries.
    kind
        A word for the kind of all rows, where the form of the sheet says it.
    hidden
        The numbers of rows that the program does not show.
    """

    file: str
    sheet: str | None
    rows: Sequence[Sequence[str]] = field(repr=False)
    spans: Sequence[Span] = field(default=(), repr=False)
    first: int = 1
    geometry: np.ndarray | None = field(default=None, repr=False)
    aside: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    kind: str = ""
    hidden: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def where(self) -> str:
        """The file, and the sheet if there is one, for messages."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file
