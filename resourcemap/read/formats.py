"""Which reader reads which file: a new format is a new line here."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.read.delimited import read_delimited
from resourcemap.read.sheets import read_sheets
from resourcemap.read.vector import vector_grid

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from resourcemap.read.grid import Grid


class Reader(Protocol):
    """Reads one file as grids; `sheet` names the sheet or layer wanted."""

    def __call__(self, path: Path, *, sheet: str | None = None) -> list[Grid]:
        """Read the file at `path`."""


SHEETS: Final = dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"), read_sheets)
DELIMITED: Final = dict.fromkeys((".csv", ".tsv", ".txt"), read_delimited)
VECTOR: Final = dict.fromkeys((".geojson", ".json", ".gpkg", ".shp", ".zip", ".fgb"), vector_grid)
READERS: Final[Mapping[str, Reader]] = {**SHEETS, **DELIMITED, **VECTOR}


def read_grids(path: str | os.PathLike[str], *, sheet: str | None = None) -> list[Grid]:
    r"""Read any file that resourcemap knows as rows of text.

    Raises
    ------
    InputError
        When there is no such file, its kind is unknown, or it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text("名称\nサロン\n", encoding="utf-8")
    >>> [grid.rows for grid in read_grids(path)]
    [[['名称'], ['サロン']]]
    """
    found = known_file(path, READERS)
    return READERS[found.suffix.lower()](found, sheet=sheet)


def known_file(path: str | os.PathLike[str], suffixes: Iterable[str]) -> Path:
    """Return the path of a file that is there and has one of the suffixes.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     known_file("salons.pdf", [".csv", ".xlsx"])
    Traceback (most recent call last):
    resourcemap.errors.InputError: salons.pdf: there is no such file. Correct the name.
    """
    found = Path(path)
    if not found.is_file():
        raise InputError(_no_file(found))
    if found.suffix.lower() not in suffixes:
        known = ", ".join(suffixes)
        raise InputError(
            either(
                ja=f"{found.name}: {found.suffix or '拡張子のない'} ファイルは読めません。読めるのは {known} です。",
                en=f"{found.name}: cannot read {found.suffix or 'a file without suffix'}. Known: {known}.",
            )
        )
    return found


def _no_file(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return either(
            ja=f"{path}: フォルダー {folder} がありません。場所を確かめてください。",
            en=f"{path}: there is no folder {folder}. Correct the path.",
        )
    names = sorted(item.name for item in folder.iterdir() if item.is_file())
    close = get_close_matches(path.name, names, n=1)
    if close:
        return either(
            ja=f"{path}: ファイルがありません。「{close[0]}」のことですか。",
            en=f"{path}: there is no such file. Did you mean {close[0]!r}?",
        )
    return either(
        ja=f"{path}: ファイルがありません。名前を確かめてください。",
        en=f"{path}: there is no such file. Correct the name.",
    )
