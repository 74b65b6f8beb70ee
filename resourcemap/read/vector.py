"""Files of shapes: GeoJSON, GeoPackage, Shapefile (also zipped) and FlatGeobuf, in longitude and latitude."""

from __future__ import annotations

import json
import warnings
import zipfile
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.metres import LONLAT, to_lonlat
from resourcemap.read.cells import as_text
from resourcemap.read.grid import Grid

if TYPE_CHECKING:
    from pathlib import Path

_JSON = (".geojson", ".json")


def read_vector(path: Path, *, layer: str | None = None) -> gpd.GeoDataFrame:
    """Read shapes with their properties. GeoJSON without a CRS is longitude and latitude.

    The text of a Shapefile without .cpg is UTF-8 if it can be, else CP932.

    Raises
    ------
    InputError
        When the file cannot be read, has no shapes, or does not say its CRS.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.geojson"
    >>> gpd.GeoDataFrame({"name": ["北"]}, geometry=gpd.points_from_xy([139.7], [35.7]), crs=LONLAT).to_file(path)
    >>> read_vector(path)["name"].tolist()
    ['北']
    """
    if path.suffix.lower() in _JSON:
        _require_geojson(path)
    try:
        with warnings.catch_warnings():
            # Feature ids do not matter here; the property named id does, and keeps its value.
            warnings.filterwarnings("ignore", message="Several features with id", category=RuntimeWarning)
            shapes = _read(path, layer)
    except (DataSourceError, DataLayerError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise InputError(
            either(
                ja=f"{path.name}: 図形のファイルとして読めません（{error}）。",
                en=f"{path.name}: cannot be read as a file of shapes ({error}).",
            )
        ) from error
    if not isinstance(shapes, gpd.GeoDataFrame):
        raise InputError(
            either(
                ja=f"{path.name}: 図形（点・線・面）がありません。表だけのファイルはCSVかExcelにしてください。",
                en=f"{path.name}: has no shapes. Give a table as CSV or Excel.",
            )
        )
    if shapes.crs is None:
        if path.suffix.lower() not in _JSON:
            raise InputError(
                either(
                    ja=f"{path.name}: 座標系がわかりません。.prj を付けるか、GeoJSON・GeoPackage にしてください。",
                    en=f"{path.name}: has no CRS. Add its .prj, or save it as GeoJSON or GeoPackage.",
                )
            )
        shapes = shapes.set_crs(LONLAT)
    return to_lonlat(shapes)


def vector_grid(path: Path, *, sheet: str | None = None) -> list[Grid]:
    """Read shapes as rows of text with a heading; row 1 is the first shape. A sheet means a layer.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.geojson"
    >>> gpd.GeoDataFrame({"name": ["北"]}, geometry=gpd.points_from_xy([139.7], [35.7]), crs=LONLAT).to_file(path)
    >>> vector_grid(path)[0].rows
    [['name'], ['北']]
    """
    shapes = read_vector(path, layer=sheet)
    names = [str(name) for name in shapes.columns if name != shapes.geometry.name]
    columns = [[as_text(value) for value in shapes[name].tolist()] for name in names]
    rows = [list(row) for row in zip(*columns, strict=True)] if names else [[] for _ in range(len(shapes))]
    geometry = np.asarray(shapes.geometry.array, dtype=object)
    return [Grid(path.name, sheet, [names, *rows], first=0, geometry=geometry)]


def _read(path: Path, layer: str | None) -> gpd.GeoDataFrame:
    suffix = path.suffix.lower()
    if suffix not in (".shp", ".zip"):
        return pyogrio.read_dataframe(path, layer=layer)
    if _says_its_encoding(path):
        return pyogrio.read_dataframe(path, layer=layer)
    try:
        return pyogrio.read_dataframe(path, layer=layer, encoding="UTF-8")
    except UnicodeDecodeError:
        return pyogrio.read_dataframe(path, layer=layer, encoding="CP932")


def _says_its_encoding(path: Path) -> bool:
    if path.suffix.lower() == ".shp":
        return any(path.with_suffix(suffix).exists() for suffix in (".cpg", ".CPG"))
    with zipfile.ZipFile(path) as archive:
        return any(name.lower().endswith(".cpg") for name in archive.namelist())


def _require_geojson(path: Path) -> None:
    """Say in plain words what is wrong with a file that is no GeoJSON."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            head = file.read(4096).lstrip("\ufeff \r\n\t")
            known = head.startswith("{") and (
                '"type"' in head or isinstance(json.loads(head + file.read()).get("type"), str)
            )
    except (UnicodeDecodeError, json.JSONDecodeError):
        known = False
    if not known:
        raise InputError(
            either(
                ja=f"{path.name}: GeoJSON ではありません。図形のあるGeoJSON（UTF-8）にしてください。",
                en=f"{path.name}: is not GeoJSON. Give GeoJSON with shapes, in UTF-8.",
            )
        )
