"""Layers, areas and town blocks from files of shapes; blocks also from tables with coordinates."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import LONLAT
from resourcemap.read.cells import as_text, clean, fold, is_blank
from resourcemap.read.cities import cities_of, city_key
from resourcemap.read.entries import left_aside
from resourcemap.read.estat import is_water
from resourcemap.read.formats import read_grids, read_shapes
from resourcemap.read.headings import known_headings
from resourcemap.read.ksj import area_texts
from resourcemap.read.mesh import is_mesh_table, mesh_polygons
from resourcemap.read.positions import read_points
from resourcemap.read.table import find_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.table import Table

Paths = str | os.PathLike[str] | list[str] | list[Path]
_LARGEST = 2.0  # square degrees, about 20,000 square km: Iwate and Fukushima prefecture are smaller
_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def read_layer(path: Paths) -> gpd.GeoDataFrame:
    """Read shapes of any kind with their properties, in longitude and latitude; several files one below the other.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "parks.geojson"
    >>> gpd.GeoDataFrame({"name": ["北"]}, geometry=[shapely.box(139, 35, 140, 36)], crs=LONLAT).to_file(path)
    >>> read_layer(path)["name"].tolist()
    ['北']
    """
    layers = [read_shapes(each) for each in as_paths(path)]
    return layers[0] if len(layers) == 1 else pd.concat(layers, ignore_index=True)


def read_areas(path: Paths, *, system: str, area: str | None = None, area_id: str | None = None) -> gpd.GeoDataFrame:
    """Read the polygons of one system of areas; shapes with one id become one area.

    Parameters
    ----------
    path
        One file of shapes, or several.
    system
        What this system is called, such as 小学校区.
    area, area_id
        The properties with the name and the id; guessed when not given. Without an id the name is the id.

    Returns
    -------
    geopandas.GeoDataFrame
        ``system``, ``area_id``, ``area``, ``approximate`` (False) and the polygon, in the order of the file. Invalid
        polygons (whose border crosses itself) are made valid; ``attrs["mended"]`` names them.

    Raises
    ------
    InputError
        When there is no name, or a shape is no polygon.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "districts.geojson"
    >>> gpd.GeoDataFrame({"name": ["北"]}, geometry=[shapely.box(139, 35, 140, 36)], crs=LONLAT).to_file(path)
    >>> read_areas(path, system="小学校区")[["system", "area_id", "area"]].values.tolist()
    [['小学校区', '北', '北']]
    """
    parts = [_areas_of(each, system, area, area_id) for each in as_paths(path)]
    mended = _take_mended(parts)
    areas = _one_shape_each(pd.concat(parts, ignore_index=True), "area_id")
    areas.attrs = {"mended": mended}
    return areas


def read_blocks(
    path: Paths, *, block_id: str | None = None, block: str | None = None, city: str | None = None
) -> gpd.GeoDataFrame:
    r"""Read town blocks: polygons, or points where no polygons are to be had.

    Shapes with one id become one block (a census block may come in several pieces); invalid polygons are
    made valid, and ``attrs["mended"]`` names them. People on the pieces are not read here: see `read_people`. Water
    of e-Stat (HCODE 8154) where nobody lives is left aside and listed in ``attrs["left_aside"]``. A table of
    地域メッシュ gives the meshes as blocks.

    Parameters
    ----------
    path
        One file of shapes or table with coordinates, or several.
    block_id, block, city
        The columns with the id, the name, and the city or ward; guessed when not given.

    Returns
    -------
    geopandas.GeoDataFrame
        ``block_id``, ``block``, ``city`` (only where the file says it; it tells blocks of one name apart),
        ``approximate`` (True for points) and the shape, in the order of the file.

    Raises
    ------
    InputError
        When there is neither an id nor a name, or a block has no shape.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "blocks.csv"
    >>> _ = path.write_text("KEY_CODE,MOJI,X_CODE,Y_CODE\n13219005003,東和泉３丁目,139.57,35.62\n", encoding="utf-8")
    >>> read_blocks(path)[["block_id", "block", "approximate"]].values.tolist()
    [['13219005003', '東和泉3丁目', True]]
    """
    named = (("block_id", block_id), ("block", block), ("city", city))
    asked = {name: heading for name, heading in named if heading}
    tables: list[gpd.GeoDataFrame] = []
    faults: list[str] = []
    aside: list[dict[str, Any]] = []
    for each in as_paths(path):
        try:
            table, _ = find_table(read_grids(each), "blocks", needs=("block_id", "block"), columns=asked)
            water = is_water(table)
            aside += _water_aside(table.only(np.flatnonzero(water).tolist()))
            tables.append(_blocks_of(table.only(np.flatnonzero(~water).tolist())))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    mended = _take_mended(tables)
    blocks = _one_shape_each(_below_each_other(tables), "block_id")
    polygons = np.isin(shapely.get_type_id(blocks.geometry.to_numpy()), _POLYGONS)
    if polygons.any() and not polygons.all():
        names = first_five(blocks.loc[~polygons, "block"])
        raise InputError(
            either(
                ja=f"町丁目に面と点がまざっています（点: {names}）。どちらかにそろえてください。",
                en=f"Blocks are polygons and points mixed (points: {names}). Give one or the other.",
            )
        )
    blocks["approximate"] = ~polygons
    blocks.attrs = {"left_aside": aside, "mended": mended}
    return blocks


def as_paths(path: Paths) -> list[Path]:
    """Return one path or several as a list.

    Examples
    --------
    >>> [each.name for each in as_paths("a.csv")]
    ['a.csv']
    """
    return [Path(each) for each in path] if isinstance(path, (list, tuple)) else [Path(path)]


def _areas_of(path: Path, system: str, area: str | None, area_id: str | None) -> gpd.GeoDataFrame:
    shapes = read_shapes(path)
    columns = [str(name) for name in shapes.columns if name != shapes.geometry.name]
    if area is None and area_id is None and (texts := area_texts(shapes)):
        return _areas_table(path, shapes, system, *texts)
    name = _chosen(path, columns, "area", area)
    if name is None:
        raise InputError(
            either(
                ja=f"{path.name}: 区域の名前の列がわかりません（ある列: {'、'.join(columns)}）。"
                "name で列名を指定してください。",
                en=f"{path.name}: cannot tell which column names the areas (found: {', '.join(columns)}). Name it.",
            )
        )
    id_ = _chosen(path, columns, "area_id", area_id)
    return _areas_table(path, shapes, system, _texts(shapes[name]), _texts(shapes[id_ or name]))


def _areas_table(
    path: Path, shapes: gpd.GeoDataFrame, system: str, names: Sequence[str], ids: Sequence[str]
) -> gpd.GeoDataFrame:
    table = gpd.GeoDataFrame(
        {"system": system, "area_id": ids, "area": names, "approximate": False},
        geometry=_valid(shapes.geometry.to_numpy()),
        crs=LONLAT,
    )
    faults = _area_faults(path.name, table)
    if faults:
        raise InputError(faults)
    table.attrs = {"mended": _broken_ones(shapes.geometry.to_numpy(), names)}
    return table


def _chosen(path: Path, columns: Sequence[str], wanted: str, asked: str | None) -> str | None:
    """Return the column that was asked for, or the best known one."""
    by_fold = {fold(name): name for name in reversed(columns)}
    if asked is None:
        return next((by_fold[word] for word in known_headings("areas")[wanted] if word in by_fold), None)
    if fold(asked) in by_fold:
        return by_fold[fold(asked)]
    close = get_close_matches(asked, columns, n=1)
    hint = either(ja=f"「{close[0]}」のことですか。", en=f"Did you mean {close[0]!r}? ") if close else ""
    raise InputError(
        either(
            ja=f"{path.name}: 列「{asked}」がありません。{hint}ある列は {'、'.join(columns)} です。",
            en=f"{path.name}: there is no column {asked!r}. {hint}It has {', '.join(columns)}.",
        )
    )


def _area_faults(file: str, table: gpd.GeoDataFrame) -> list[str]:
    faults = []
    nameless = [row for row, name in enumerate(table["area"], start=1) if is_blank(name)]
    if nameless:
        faults.append(
            either(
                ja=f"{file}: 名前のない区域が{len(nameless)}件あります（{first_five(nameless)}番目）。"
                "名前を書いてください。",
                en=f"{file}: {len(nameless)} areas have no name (number {first_five(nameless)}). Name them.",
            )
        )
    flat = ~np.isin(shapely.get_type_id(table.geometry.to_numpy()), _POLYGONS)
    if flat.any():
        names = first_five(table.loc[flat, "area"])
        faults.append(
            either(
                ja=f"{file}: 面でない区域が{int(flat.sum())}件あります（{names}）。"
                "区域は面（ポリゴン）にしてください。",
                en=f"{file}: {int(flat.sum())} areas are no polygons ({names}). Areas must be polygons.",
            )
        )
    names_of = table.groupby("area_id")["area"].nunique()
    twice = names_of.index[names_of > 1]
    if len(twice):
        faults.append(
            either(
                ja=f"{file}: ひとつの番号に名前が2つ以上あります（{first_five(twice)}）。番号の列を確かめてください。",
                en=f"{file}: ids with more than one name ({first_five(twice)}). Check which column holds the id.",
            )
        )
    return faults


def _blocks_of(table: Table) -> gpd.GeoDataFrame:
    names = [text if not is_blank(text) else "" for text in table.column("block")]
    ids = [text if not is_blank(text) else "" for text in table.column("block_id")]
    if is_mesh_table(table):
        shapes, faults = mesh_polygons(ids), list[str]()
    elif table.geometry is None:
        shapes, faults = read_points(table)
    else:
        shapes = _valid(table.geometry)
        faults = _too_large(table.where, shapes, table.numbers)
    bare = [number for number, id_, name in zip(table.numbers, ids, names, strict=True) if not (id_ or name)]
    if bare:
        faults.append(
            either(
                ja=f"{table.where}: 番号も名前もない町丁目があります（行 {first_five(bare)}）。",
                en=f"{table.where}: blocks without id and name (rows {first_five(bare)}). Fill one in.",
            )
        )
    lost = [number for number, gone in zip(table.numbers, shapely.is_missing(shapes), strict=True) if gone]
    if lost and not faults:
        faults.append(
            either(
                ja=f"{table.where}: 形も位置もない町丁目があります（行 {first_five(lost)}）。"
                "緯度・経度を書いてください。",
                en=f"{table.where}: blocks without shape or coordinates (rows {first_five(lost)}). Fill them in.",
            )
        )
    if faults:
        raise InputError(faults)
    cities = cities_of(table)
    called = [name or id_ for id_, name in zip(ids, names, strict=True)]
    columns = {
        "block_id": [id_ or name for id_, name in zip(ids, names, strict=True)],
        "block": called,
        **({"city": cities} if any(map(city_key, cities)) else {}),
        "approximate": False,
    }
    blocks = gpd.GeoDataFrame(columns, geometry=shapes, crs=LONLAT)
    blocks.attrs = {"mended": [] if table.geometry is None else _broken_ones(table.geometry, called)}
    return blocks


def _below_each_other(tables: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Join the blocks of several files; a file that names no city says nothing of it, where others do."""
    if any("city" in table for table in tables):
        tables = [table if "city" in table else table.assign(city="") for table in tables]
    return pd.concat(tables, ignore_index=True)[tables[0].columns]


def _water_aside(water: Table) -> list[dict[str, Any]]:
    reason = either(ja="水面", en="water, where nobody lives")
    names = water.column("block")
    return [
        left_aside(water.file, water.sheet, number, None, name, reason)
        for number, name in zip(water.numbers, names, strict=True)
    ]


def _one_shape_each(table: gpd.GeoDataFrame, key: str) -> gpd.GeoDataFrame:
    """Join the shapes of rows with one key, in the order of first appearance; of points the first stays."""
    first = ~table[key].duplicated()
    result = table[first].reset_index(drop=True)
    again = table[key].isin(set(table.loc[~first, key])).to_numpy()
    if again.any():
        shapes = result.geometry.to_numpy().copy()
        place = {id_: position for position, id_ in enumerate(result[key])}
        for id_, rows in table[again].groupby(key, sort=False).indices.items():
            pieces = table[again].geometry.to_numpy()[rows]
            if np.isin(shapely.get_type_id(pieces), _POLYGONS).all():
                shapes[place[id_]] = shapely.union_all(pieces)
        result = result.set_geometry(gpd.GeoSeries(shapes, index=result.index, crs=LONLAT))
    return result


def _broken_ones(shapes: np.ndarray, names: Sequence[str]) -> list[str]:
    """Name the shapes that are not valid, such as polygons whose border crosses itself."""
    shapes = np.asarray(shapes, dtype=object)
    return [names[position] for position in np.flatnonzero(_is_broken(shapes)).tolist()]


def _is_broken(shapes: np.ndarray) -> np.ndarray:
    """Tell which shapes are not valid, or are polygons lumped together with other shapes."""
    lumped = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    found: np.ndarray = (~shapely.is_valid(shapes) | lumped) & ~shapely.is_missing(shapes)
    return found


def _too_large(where: str, shapes: np.ndarray, numbers: Sequence[int]) -> list[str]:
    """Refuse blocks that are larger than any municipality: people could not be spread on them."""
    large = np.flatnonzero(np.nan_to_num(shapely.area(shapes)) > _LARGEST)
    if not len(large):
        return []
    rows = first_five(numbers[position] for position in large.tolist())
    return [
        either(
            ja=f"{where}: 町丁目としては大きすぎる形があります（行 {rows}）。町丁目の地図か確かめてください。",
            en=f"{where}: shapes too large to be town blocks (rows {rows}). See that this is the map of the blocks.",
        )
    ]


def _take_mended(tables: Sequence[gpd.GeoDataFrame]) -> list[str]:
    """Take what was mended out of the tables, which are then to be joined."""
    mended = [name for table in tables for name in table.attrs["mended"]]
    for table in tables:
        table.attrs = {}
    return list(dict.fromkeys(mended))


def _valid(shapes: np.ndarray) -> np.ndarray:
    """Make invalid polygons valid, keeping only what is an area; lines and points pass."""
    shapes = np.asarray(shapes, dtype=object).copy()
    shapes[shapely.is_empty(shapes)] = None
    for position in np.flatnonzero(_is_broken(shapes)):
        parts = shapely.get_parts(shapely.make_valid(shapes[position]))
        parts = shapely.get_parts(parts)
        polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
        shapes[position] = shapely.union_all(polygons) if len(polygons) else shapely.geometry.Polygon()
    shapes[shapely.is_empty(shapes)] = None
    flat: np.ndarray = shapely.force_2d(shapes)
    return flat


def _texts(values: pd.Series) -> list[str]:
    return [" ".join(clean(as_text(value)).split()) for value in values.tolist()]
