"""ZIP files: shapes as GIS offices send them, and data packages of Open Referral."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.read.guard import open_zip, read_member
from resourcemap.read.vector import JSON, gdal_layers, require_content

if TYPE_CHECKING:
    from pathlib import Path

    from resourcemap.read.vector import Layers

_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_MOST = 2 << 30
_HEAD = 1 << 20


def zip_layers(path: Path, *, layer: str | None = None) -> Layers:
    """Read the files of shapes in a ZIP: Shapefiles, else GeoPackage, FlatGeobuf or GeoJSON.

    Nothing is unpacked to the disk. Where one file is there in several encodings (国土数値情報), the one in a folder
    named UTF-8 is read. A layer is named by the file, without suffix.

    Raises
    ------
    InputError
        When there are no shapes inside, or the ZIP is not to be trusted.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.zip"
    >>> with zipfile.ZipFile(path, "w") as made:
    ...     made.writestr("a.geojson", '{"type": "Point", "coordinates": [139.7, 35.7]}')
    >>> len(zip_layers(path)[0][1])
    1
    """
    with open_zip(path) as archive:
        shown = {name: _as_written(archive.getinfo(name)) for name in archive.namelist()}
        chosen = _files_of_shapes(shown)
        if layer is not None:
            chosen = {stem: name for stem, name in chosen.items() if stem == layer}
        if not chosen:
            raise InputError(_nothing(path.name, layer, shown))
        found: Layers = []
        for stem, name in chosen.items():
            read = _read(archive, name, shown, where=f"{path.name} ({shown[name]})")
            found += [(None if len(chosen) == 1 else stem, shapes) for _, shapes in read]
    return found


def _as_written(member: zipfile.ZipInfo) -> str:
    """Return a member's name: Windows writes Japanese ones as CP932 without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return member.filename


def _files_of_shapes(shown: dict[str, str]) -> dict[str, str]:
    """Choose the files to read: of the best format there is, each once."""
    for suffixes in ((".shp",), (".gpkg",), (".fgb",), JSON):
        chosen: dict[str, str] = {}
        for name, written in shown.items():
            path = PurePosixPath(written.replace("\\", "/"))
            if path.suffix.lower() not in suffixes or path.name.startswith("._"):
                continue
            if path.stem not in chosen or "utf-8" in str(path.parent).lower():
                chosen[path.stem] = name
        if chosen:
            return chosen
    return {}


def _read(archive: zipfile.ZipFile, name: str, shown: dict[str, str], *, where: str) -> Layers:
    suffix = PurePosixPath(name).suffix.lower()
    content = read_member(archive, name, where=where, most=_MOST)
    require_content(where, suffix, content[:_HEAD])
    if suffix != ".shp":
        return gdal_layers(content, name=where, lonlat=suffix in JSON)
    memory = io.BytesIO()
    parts = [each for each in shown if _same_shapefile(each, name)]
    with zipfile.ZipFile(memory, "w") as made:
        for part in parts:
            made.writestr(
                f"shapes{PurePosixPath(part).suffix.lower()}", read_member(archive, part, where=where, most=_MOST)
            )
    says = any(part.lower().endswith(".cpg") for part in parts)
    return gdal_layers(memory.getvalue(), name=where, unsaid=not says)


def _same_shapefile(name: str, shp: str) -> bool:
    stem, _, suffix = name.rpartition(".")
    return f".{suffix.lower()}" in _PARTS and stem == shp.rpartition(".")[0]


def _nothing(name: str, layer: str | None, shown: dict[str, str]) -> str:
    inside = first_five(shown.values())
    if layer is not None:
        return either(
            ja=f"{name}: 「{layer}」という図形のファイルがありません。中にあるのは {inside} です。",
            en=f"{name}: there is no file of shapes {layer!r}. It has {inside}.",
        )
    return either(
        ja=f"{name}: 図形のファイル（.shp、.gpkg、.geojson など）が入っていません。中にあるのは {inside} です。"
        "展開して、使うファイルを渡してください。",
        en=f"{name}: there are no shapes inside (.shp, .gpkg, .geojson ...). It has {inside}. "
        "Unpack it and give the file you need.",
    )
