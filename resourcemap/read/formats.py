"""Which reader reads which file: a new format is a new line here."""

from __future__ import annotations

from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.read.delimited import read_delimited
from resourcemap.read.estat import merge_headings
from resourcemap.read.forms import recognise
from resourcemap.read.geoparquet import parquet_grid, parquet_layers
from resourcemap.read.gpx import gpx_layers
from resourcemap.read.hsds import hsds_folder, hsds_json, hsds_zip, is_hsds_folder
from resourcemap.read.hypertext import read_html
from resourcemap.read.kml import kml_layers
from resourcemap.read.ksj import dress
from resourcemap.read.sheets import read_sheets
from resourcemap.read.umap import umap_layers
from resourcemap.read.vector import grids_of, only_layer, read_layers
from resourcemap.read.zipped import zip_layers

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

    from resourcemap.read.grid import Grid
    from resourcemap.read.vector import Layers


class Reader(Protocol):
    """Reads one file as grids; `sheet` names the sheet or layer wanted."""

    def __call__(self, path: Path, *, sheet: str | None = None) -> list[Grid]:
        """Read the file at `path`."""


class Shapes(Protocol):
    """Reads one file of shapes as layers."""

    def __call__(self, path: Path, *, layer: str | None = None) -> Layers:
        """Read the file at `path`."""


def _as_grids(path: Path, *, sheet: str | None = None, shapes: Shapes) -> list[Grid]:
    return grids_of(shapes(path, layer=sheet), path.name)


# A format with shapes is a line here; its rows are read from its layers.
VECTOR: Final[Mapping[str, Shapes]] = {
    **dict.fromkeys((".geojson", ".json", ".gpkg", ".shp", ".fgb"), read_layers),
    **dict.fromkeys((".kml", ".kmz"), kml_layers),
    ".gpx": gpx_layers,
    ".umap": umap_layers,
    ".zip": zip_layers,
    **dict.fromkeys((".parquet", ".geoparquet"), parquet_layers),
}
# A format that has rows alone, or also, is a line here.
READERS: Final[Mapping[str, Reader]] = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"), read_sheets),
    **dict.fromkeys((".csv", ".tsv", ".txt"), read_delimited),
    **dict.fromkeys((".html", ".htm"), read_html),
    **{suffix: partial(_as_grids, shapes=shapes) for suffix, shapes in VECTOR.items()},
    **dict.fromkeys((".parquet", ".geoparquet"), parquet_grid),
}
# What a file is inside, whatever it is called: offices rename, and some programs write HTML into .xls.
_SHEETS, _TEXT, _PACKED = (".xlsx", ".xlsm", ".xls", ".ods"), (".csv", ".tsv", ".txt", ".html", ".htm"), (".zip",)
_HEAD: Final = 4096
_LONGEST_NAME: Final = 255  # bytes
_LONGEST_PATH: Final = 1000
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")  # UTF-16


def read_grids(path: str | os.PathLike[str], *, sheet: str | None = None) -> list[Grid]:
    r"""Read any file that resourcemap knows as rows of text; a folder when it is a data package of Open Referral.

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
    require_short_name(Path(path))
    if is_hsds_folder(Path(path)):
        return hsds_folder(Path(path))
    found = known_file(path, READERS)
    return [recognise(dress(merge_headings(grid))) for grid in _reader(found)(found, sheet=sheet)]


def read_shapes(path: str | os.PathLike[str]) -> gpd.GeoDataFrame:
    """Read any file of shapes that resourcemap knows, with its properties, in longitude and latitude.

    Raises
    ------
    InputError
        When there is no such file, its kind is unknown, it cannot be read, or has several layers.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.geojson"
    >>> _ = path.write_text('{"type": "Point", "coordinates": [139.7, 35.7]}')
    >>> len(read_shapes(path))
    1
    """
    found = known_file(path, VECTOR)
    shapes = umap_layers if found.suffix.lower() == ".json" and _is_umap(found) else VECTOR[found.suffix.lower()]
    return only_layer(shapes(found), found.name)


def _reader(path: Path) -> Reader:
    """Choose by suffix, unless the content is plainly something else that can be read."""
    suffix = path.suffix.lower()
    if suffix in (*_SHEETS, *_TEXT):
        return _reader_of_table(path, suffix)
    if suffix == ".json" and _is_umap(path):
        return READERS[".umap"]
    if path.name == "datapackage.json" or (suffix == ".json" and not _is_geojson(path)):
        return hsds_json
    if suffix == ".zip":
        return hsds_zip(path) or READERS[suffix]
    return READERS[suffix]


def _reader_of_table(path: Path, suffix: str) -> Reader:
    head = _head(path)
    if head.startswith(_WIDE):
        head = head.decode("utf-16", errors="replace").encode()
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_sheets
    if plain.startswith(b"%pdf"):
        raise InputError(
            either(
                ja=f"{path.name}: 中身はPDFです。もとのExcelかCSVをもらってください。",
                en=f"{path.name}: is a PDF inside. Ask for the Excel or CSV file that it was made from.",
            )
        )
    if plain.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
        raise InputError(
            either(
                ja=f"{path.name}: 古い形式（XMLスプレッドシート2003）です。"
                "Excelで開いて .xlsx で保存し直してください。",
                en=f"{path.name}: is an XML Spreadsheet 2003 inside. Open it in Excel and save it as .xlsx.",
            )
        )
    if plain.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<style")):
        return read_html
    return read_delimited if suffix in _SHEETS and _is_text(head) else READERS[suffix]


def _head(path: Path, size: int = _HEAD) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _is_text(head: bytes) -> bool:
    """Tell text from binary: no control characters but line breaks and tabs."""
    return bool(head.strip()) and not any(byte < 32 and byte not in b"\t\r\n\x1a" for byte in head)


def _is_umap(path: Path) -> bool:
    head = _head(path, 1 << 16)
    return b'"umap"' in head and head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")


def _is_geojson(path: Path) -> bool:
    head = _head(path, 1 << 20)
    return not (b'"service' in head or b'"organization' in head or b'"location_type' in head) or b'"Feature' in head


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
    require_short_name(found)
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


def require_short_name(path: Path) -> None:
    """Raise `InputError` when a name is longer than any that a disk holds; to look for such a file is an error itself.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     require_short_name(Path("x" * 300))
    Traceback (most recent call last):
    resourcemap.errors.InputError: xxxxxxxxxxxxxxxxxxxx…: too long to be the name of a file. Correct the name.
    """
    long = next((part for part in path.parts if len(part.encode("utf-8", "replace")) > _LONGEST_NAME), None)
    if long is not None or len(str(path)) > _LONGEST_PATH:
        shown = f"{(long or str(path))[:20]}…"
        raise InputError(
            either(
                ja=f"{shown}: ファイルの名前として長すぎます。名前を確かめてください。",
                en=f"{shown}: too long to be the name of a file. Correct the name.",
            )
        )


def _no_file(path: Path) -> str:
    folder = path.parent
    if path.is_dir():
        return either(
            ja=f"{path}: フォルダーです。中のファイルを指定してください"
            "（フォルダーで渡せるのは、services.csv のある Open Referral のデータパッケージだけです）。",
            en=f"{path}: is a folder. Name a file in it (only a data package of Open Referral, with services.csv, is "
            "given as a folder).",
        )
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
