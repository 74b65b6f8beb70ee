"""Files of shapes that GDAL reads: GeoJSON, GeoPackage, Shapefile and FlatGeobuf, in longitude and latitude.

GDAL chooses what to do by the content of a file, and some contents make it run commands or open other files. So the
content is compared with the suffix before GDAL sees it.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import LONLAT, to_lonlat
from resourcemap.read.cells import as_text
from resourcemap.read.grid import Grid
from resourcemap.read.positions import JAPAN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

JSON: Final = (".geojson", ".json")
MAGIC: Final = {".gpkg": b"SQLite format 3\0", ".fgb": b"fgb", ".shp": b"\x00\x00\x27\x0a"}
Layers = list[tuple[str | None, gpd.GeoDataFrame]]
_HEAD = 1 << 20
_FARTHEST = 1e9  # metres or degrees
_MOST_SHAPES = 0.5
_GEOJSON = re.compile(
    rb'"type"\s*:\s*"(FeatureCollection|Feature|(Multi)?(Point|LineString|Polygon)|GeometryCollection)"'
)
_COMMAND = b"gdal_streamed_alg"
# 国土数値情報: its columns are codes, and its coordinates are degrees of JGD2000 or JGD2011 by its specification.
_KSJ = re.compile(r"[A-Z]\d{2}[a-z]?_\d{3}")


def read_layers(path: Path, *, layer: str | None = None) -> Layers:
    """Read every layer with shapes, or the one that is named, in longitude and latitude.

    Raises
    ------
    InputError
        When the file cannot be read, is not what its name says, has no shapes, or does not say its CRS.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.geojson"
    >>> gpd.GeoDataFrame({"name": ["北"]}, geometry=gpd.points_from_xy([139.7], [35.7]), crs=LONLAT).to_file(path)
    >>> [(name, len(shapes)) for name, shapes in read_layers(path)]
    [(None, 1)]
    """
    require_content(path.name, path.suffix.lower(), _head(path))
    if path.suffix.lower() != ".shp":
        return gdal_layers(path, name=path.name, layer=layer, lonlat=path.suffix.lower() in JSON)
    says = any(path.with_suffix(suffix).exists() for suffix in (".cpg", ".CPG"))
    return gdal_layers(path, name=path.name, layer=layer, unsaid=not says)


def gdal_layers(
    source: Path | bytes, *, name: str, layer: str | None = None, unsaid: bool = False, lonlat: bool = False
) -> Layers:
    """Let GDAL read a file whose content was looked at.

    Parameters
    ----------
    source
        The file, or its bytes.
    name
        What to call it in messages.
    layer
        The layer wanted.
    unsaid
        Whether it is a Shapefile that does not say its encoding. Its text is UTF-8 if it can be, else CP932.
    lonlat
        Whether coordinates without a CRS are longitude and latitude by the standard of the format.

    Examples
    --------
    >>> text = b'{"type": "Point", "coordinates": [139.7, 35.7]}'
    >>> len(gdal_layers(text, name="a.geojson", lonlat=True)[0][1])
    1
    """
    try:
        with warnings.catch_warnings():
            # What GDAL cannot read it leaves without a shape, which is told of the row later.
            warnings.filterwarnings("ignore", category=RuntimeWarning)
            listed = [(0, layer or "")]
            if not lonlat:  # GeoJSON has one layer, and to list it would read the whole file twice
                listed = [(place, str(each)) for place, (each, kind) in enumerate(pyogrio.list_layers(source)) if kind]
            there = [each for _, each in listed]
            if layer is not None and layer not in there:
                raise InputError(_no_layer(name, layer, there))
            read = [(each, _read(source, place, unsaid)) for place, each in listed if layer in (None, each)]
    except (
        *(DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError, ValueError),
        shapely.errors.ShapelyError,
    ) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            either(
                ja=f"{name}: 図形のファイルとして読めません（{error}）。",
                en=f"{name}: cannot be read as a file of shapes ({error}).",
            )
        ) from error
    read = [(each, shapes) for each, shapes in read if isinstance(shapes, gpd.GeoDataFrame)]
    if not read:
        raise InputError(_no_shapes(name))
    only = len(there) == 1
    return [
        (None if only else each, in_lonlat(_require_names(shapes, name), name, known=lonlat)) for each, shapes in read
    ]


def in_lonlat(shapes: gpd.GeoDataFrame, name: str, *, known: bool = False) -> gpd.GeoDataFrame:
    """Return shapes in longitude and latitude; where nothing says what their coordinates are, nothing is guessed.

    Coordinates are `known` to be longitude and latitude where the standard of a format says so (GeoJSON, KML, GPX);
    those of 国土数値情報 are, too, by its specification, though its files often lack the CRS.

    Raises
    ------
    InputError
        When there is no CRS, when degrees are no degrees or stand where metres should, when a coordinate is no number,
        or when the axes of most shapes are swapped.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> swapped = gpd.GeoDataFrame(geometry=gpd.points_from_xy([35.7], [139.7]), crs=LONLAT)
    >>> with speaking("en"):
    ...     in_lonlat(swapped, "a.gpkg")
    Traceback (most recent call last):
    resourcemap.errors.InputError: a.gpkg: latitude and longitude are swapped (the first place is 35.7, 139.7). Swap
    the axes when you export it: longitude comes first.
    """
    _require_finite(shapes, name)
    if shapes.crs is None:
        if not known and not (_is_ksj(shapes) and _share_in_japan(shapes, swapped=False) == 1):
            raise InputError(_no_crs(shapes, name))
        _require_degrees(shapes, name)
        shapes = shapes.set_crs(LONLAT)
    elif shapes.crs.is_geographic:
        _require_degrees(shapes, name)
    else:
        _require_metres(shapes, name)
    shapes = to_lonlat(shapes)
    if _share_in_japan(shapes, swapped=True) > 0.5:
        x, y = _first_place(shapes)
        raise InputError(
            either(
                ja=f"{name}: 緯度と経度が入れかわっています（最初の位置は {x:.5g}, {y:.5g}）。"
                "書き出すときに軸を入れかえてください（経度が先です）。",
                en=f"{name}: latitude and longitude are swapped (the first place is {x:.5g}, {y:.5g}). "
                "Swap the axes when you export it: longitude comes first.",
            )
        )
    return shapes


def grids_of(layers: Layers, file: str) -> list[Grid]:
    """Write shapes as rows of text with a heading; row 1 is the first shape.

    What a reader left aside it says in ``attrs["left_aside"]`` of the layer.

    Examples
    --------
    >>> shapes = gpd.GeoDataFrame({"name": ["北"]}, geometry=gpd.points_from_xy([139.7], [35.7]), crs=LONLAT)
    >>> grids_of([(None, shapes)], "a.kml")[0].rows
    [['name'], ['北']]
    """
    grids = []
    for sheet, shapes in layers:
        names = [str(name) for name in shapes.columns if name != shapes.geometry.name]
        columns = [[as_text(value) for value in shapes[name].tolist()] for name in names]
        rows = [list(row) for row in zip(*columns, strict=True)] if names else [[] for _ in range(len(shapes))]
        geometry = np.asarray(shapes.geometry.array, dtype=object)
        aside = shapes.attrs.get("left_aside", ())
        grids.append(Grid(file, sheet, [names, *rows], first=0, geometry=geometry, aside=aside))
    return grids


def only_layer(layers: Layers, name: str) -> gpd.GeoDataFrame:
    """Return the shapes of a file that has one layer.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     only_layer([("a", None), ("b", None)], "a.gpkg")
    Traceback (most recent call last):
    resourcemap.errors.InputError: a.gpkg: has several layers (a, b). Save the one you mean to a file of its own.
    """
    if len(layers) > 1:
        shown = first_five(layer for layer, _ in layers)
        raise InputError(
            either(
                ja=f"{name}: レイヤが2つ以上あります（{shown}）。使うものだけを別のファイルに書き出してください。",
                en=f"{name}: has several layers ({shown}). Save the one you mean to a file of its own.",
            )
        )
    return layers[0][1]


def require_content(name: str, suffix: str, head: bytes) -> None:
    r"""Raise `InputError` when a file does not begin as its suffix says.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     require_content("a.shp", ".shp", b"<OGRVRTDataSource>")
    Traceback (most recent call last):
    resourcemap.errors.InputError: a.shp: is no .shp file inside. Export it again.
    """
    if suffix in JSON:
        plain = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xef\xbb\xbf").lstrip()
        if not plain.startswith(b"{") or _COMMAND in head or not _GEOJSON.search(head):
            raise InputError(
                either(
                    ja=f"{name}: GeoJSON ではありません。図形のあるGeoJSON（UTF-8）にしてください。",
                    en=f"{name}: is not GeoJSON. Give GeoJSON with shapes, in UTF-8.",
                )
            )
    elif not head.startswith(MAGIC[suffix]):
        raise InputError(
            either(
                ja=f"{name}: 中身が {suffix} ではありません。作ったソフトで書き出し直してください。",
                en=f"{name}: is no {suffix} file inside. Export it again.",
            )
        )


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _read(source: Path | bytes, layer: int, unsaid: bool) -> gpd.GeoDataFrame:
    if not unsaid:
        return pyogrio.read_dataframe(source, layer=layer)
    try:
        return pyogrio.read_dataframe(source, layer=layer, encoding="UTF-8")
    except UnicodeDecodeError:
        return pyogrio.read_dataframe(source, layer=layer, encoding="CP932")


def _require_names(shapes: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """Refuse columns of one name, which a .dbf may have: the library reads the last of them for all."""
    twice = list(dict.fromkeys(map(str, shapes.columns[shapes.columns.duplicated()])))
    if not twice:
        return shapes
    raise InputError(
        either(
            ja=f"{name}: 同じ名前の列が2つ以上あります（{first_five(twice)}）。名前を変えて書き出し直してください。",
            en=f"{name}: has several columns of one name ({first_five(twice)}). Rename them and export it again.",
        )
    )


def _is_ksj(shapes: gpd.GeoDataFrame) -> bool:
    return any(_KSJ.fullmatch(str(name)) for name in shapes.columns)


def _share_in_japan(shapes: gpd.GeoDataFrame, *, swapped: bool) -> float:
    """Return the share of shapes in Japan; with `swapped`, of those that are there only with their axes swapped."""
    bounds = shapes.geometry.bounds.to_numpy()
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(bounds):
        return 0.0
    west, south, east, north = JAPAN

    def inside(x: Sequence[int], y: Sequence[int]) -> np.ndarray:
        xs, ys = bounds[:, x], bounds[:, y]
        found: np.ndarray = (xs >= west).all(1) & (xs <= east).all(1) & (ys >= south).all(1) & (ys <= north).all(1)
        return found

    as_is = inside((0, 2), (1, 3))
    return float((inside((1, 3), (0, 2)) & ~as_is).mean() if swapped else as_is.mean())


def _require_degrees(shapes: gpd.GeoDataFrame, name: str) -> None:
    bounds = shapes.geometry.bounds.to_numpy()
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    beyond = (np.abs(bounds[:, (0, 2)]) > 180).any(axis=1) | (np.abs(bounds[:, (1, 3)]) > 180).any(axis=1)
    if not len(beyond) or beyond.mean() <= 0.5:
        return
    x, y = _first_place(shapes)
    raise InputError(
        either(
            ja=f"{name}: 座標が緯度・経度（度）ではありません（最初の位置は {x:.7g}, {y:.7g}）。"
            "メートルの座標（平面直角座標系など）のようです。"
            "GISで緯度・経度（EPSG:6668 か 4326）に直して書き出してください。",
            en=f"{name}: its coordinates are no degrees (the first place is {x:.7g}, {y:.7g}) but look like metres. "
            "Export it in longitude and latitude (EPSG:6668 or 4326).",
        )
    )


def _require_finite(shapes: gpd.GeoDataFrame, name: str) -> None:
    """Refuse shapes with a corner that is nowhere: nan, infinite, or farther than any system of coordinates reaches."""
    corners, feature = shapely.get_coordinates(shapes.geometry.to_numpy(), return_index=True)
    wrong = np.unique(feature[~(np.abs(corners) < _FARTHEST).all(axis=1)])
    if not len(wrong):
        return
    where = first_five(number + 1 for number in wrong.tolist())
    raise InputError(
        either(
            ja=f"{name}: 座標が数でない、または大きすぎる図形があります（{len(wrong)}件: {where}番目）。"
            "直して書き出し直してください。",
            en=f"{name}: {len(wrong)} shapes have coordinates that are no numbers or far too large (number {where}). "
            "Correct them and export it again.",
        )
    )


def _require_metres(shapes: gpd.GeoDataFrame, name: str) -> None:
    """Refuse degrees of Japan under a CRS of metres: they would lie within 200 m of its origin."""
    if (
        not len(shapes)
        or _share_in_japan(shapes, swapped=False) + _share_in_japan(shapes, swapped=True) <= _MOST_SHAPES
    ):
        return
    x, y = _first_place(shapes)
    raise InputError(
        either(
            ja=f"{name}: 座標系はメートル（{shapes.crs.name}）と書かれていますが、数値は緯度・経度です"
            f"（最初の位置は {x:.7g}, {y:.7g}）。座標系を EPSG:6668 か 4326 に直して書き出してください。",
            en=f"{name}: says that its coordinates are metres ({shapes.crs.name}), but they are degrees (the first "
            f"place is {x:.7g}, {y:.7g}). Set the CRS to EPSG:6668 or 4326 and export it again.",
        )
    )


def _first_place(shapes: gpd.GeoDataFrame) -> tuple[float, float]:
    bounds = shapes.geometry.bounds.to_numpy()
    first = bounds[np.isfinite(bounds).all(axis=1)][0]
    return float(first[0]), float(first[1])


def _no_crs(shapes: gpd.GeoDataFrame, name: str) -> str:
    """Say that the CRS is missing, and what the coordinates look like, so that a person can decide."""
    looks_ja = looks_en = ""
    if _share_in_japan(shapes, swapped=False) > 0.5:
        looks_ja = "数値は日本の経度・緯度のように見えるので、EPSG:6668（JGD2011）の .prj が合うはずです。"
        looks_en = " They look like longitude and latitude in Japan, for which EPSG:6668 (JGD2011) would be right."
    elif _share_in_japan(shapes, swapped=True) > 0.5:
        looks_ja = "数値は緯度と経度が入れかわっているように見えます。"
        looks_en = " They look like latitude and longitude with the axes swapped."
    elif np.abs(np.nan_to_num(shapes.total_bounds)).max() > 180:
        looks_ja = "数値はメートルのように見えます（平面直角座標系なら、系の番号がわかれば EPSG:6669〜6687 です）。"
        looks_en = " They look like metres (EPSG:6669 to 6687 for the plane rectangular zones I to XIX)."
    return either(
        ja=f"{name}: 座標系がわかりません。.prj を付けるか、GeoJSON・GeoPackage にしてください。{looks_ja}",
        en=f"{name}: has no CRS. Add its .prj, or save it as GeoJSON or GeoPackage.{looks_en}",
    )


def _no_shapes(name: str) -> str:
    return either(
        ja=f"{name}: 図形（点・線・面）がありません。表だけのファイルはCSVかExcelにしてください。",
        en=f"{name}: has no shapes. Give a table as CSV or Excel.",
    )


def _no_layer(name: str, layer: str, there: Sequence[str]) -> str:
    return either(
        ja=f"{name}: レイヤ「{layer}」がありません。あるのは {first_five(there)} です。",
        en=f"{name}: there is no layer {layer!r}. It has {first_five(there)}.",
    )
