"""What is to be written where in a file."""

from __future__ import annotations

from typing import NamedTuple


class NewCell(NamedTuple):
    """A text for one cell.

    Parameters
    ----------
    row
        The row as the spreadsheet shows it, from 1.
    place
        The position of the column, from 0.
    text
        What is to stand there; nothing when the cell is to be empty.
    """

    row: int
    place: int
    text: str


class Written(NamedTuple):
    """A file with new cells.

    Parameters
    ----------
    content
        The file.
    refused
        Why a cell was not written, by row and place.
    """

    content: bytes
    refused: dict[tuple[int, int], str]
