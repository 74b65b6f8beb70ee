"""地域メッシュ (JIS X 0410): from codes to the rectangles and centres that they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from resourcemap.metres import LONLAT
from resourcemap.read.cells import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.table import Table

# Digits of a code: the first mesh of 40 minutes by one degree, then eighths, tenths, and halves of halves.
LENGTHS: Final = {4: 1, 6: 2, 8: 3, 9: 4, 10: 5, 11: 6}
_DETAILED: Final = 8
_CODE: Final = re.compile(r"[3-6]\d[2-5]\d(?:[0-7]{2}(?:\d{2}[1-4]{0,3})?)?")


def is_mesh_code(text: str) -> bool:
    """Tell whether a text can be the code of a mesh in Japan, of any level.

    Examples
    --------
    >>> is_mesh_code("53394526"), is_mesh_code("533945263"), is_mesh_code("13219005003")
    (True, True, False)
    """
    return len(text) in LENGTHS and bool(_CODE.fullmatch(text))


def is_mesh_table(table: Table, *, without_blocks: bool = False) -> bool:
    """Tell whether the rows of a table are meshes: their ids are codes, and the headings leave no doubt.

    A code of 9 or 11 digits may also be that of a town block; with a name beside it, it is one. Where there are no
    blocks that the rows could mean, codes of 8 digits or more are enough (6 may be those of a city).

    Examples
    --------
    >>> from resourcemap.read.table import Table
    >>> rows = [["53394526", "120"]]
    >>> is_mesh_table(Table("a.csv", None, ("メッシュコード", "人口"), rows, [2], {"block_id": 0, "total": 1}))
    True
    """
    if "block_id" not in table.ours or "block" in table.ours:
        return False
    heading = fold(table.headings[table.ours["block_id"]])
    told = "mesh" in heading or "メッシュ" in heading or "HTKSYORI" in table.headings
    codes = table.column("block_id")
    if not told and not (without_blocks and all(len(code) >= _DETAILED for code in codes)):
        return False
    return bool(table.rows) and all(is_mesh_code(code) for code in codes)


def mesh_bounds(codes: Sequence[str]) -> np.ndarray:
    """Return west, south, east and north of each mesh, in degrees.

    Examples
    --------
    >>> mesh_bounds(["5339"]).round(4).tolist()
    [[139.0, 35.3333, 140.0, 36.0]]
    """
    return np.array([_bounds(code) for code in codes], dtype=float).reshape(-1, 4)


def mesh_polygons(codes: Sequence[str]) -> np.ndarray:
    """Return the rectangle of each mesh.

    Examples
    --------
    >>> mesh_polygons(["5339"])[0].bounds[0]
    139.0
    """
    rectangles: np.ndarray = shapely.box(*mesh_bounds(codes).T)
    return rectangles


def mesh_points(codes: Sequence[str]) -> np.ndarray:
    """Return the centre of each mesh.

    Examples
    --------
    >>> mesh_points(["53394526"])[0].x
    139.70625
    """
    west, south, east, north = mesh_bounds(codes).T
    points: np.ndarray = shapely.points((west + east) / 2, (south + north) / 2)
    return points


def mesh_areas(codes: Sequence[str]) -> gpd.GeoDataFrame:
    """Return meshes in the form of town blocks, so that the people on them can be spread over the rectangles.

    Returns
    -------
    geopandas.GeoDataFrame
        ``block_id`` and ``block`` (both the code), ``approximate`` (False) and the rectangle, one row per code.

    Examples
    --------
    >>> mesh_areas(["53394526"])[["block_id", "block", "approximate"]].values.tolist()
    [['53394526', '53394526', False]]
    """
    columns = {"block_id": list(codes), "block": list(codes), "approximate": False}
    return gpd.GeoDataFrame(columns, geometry=mesh_polygons(codes), crs=LONLAT)


def _bounds(code: str) -> tuple[float, float, float, float]:
    """Count in steps of the smallest mesh of the code, so that rounding enters once."""
    lat, lon = int(code[:2]), int(code[2:4])
    parts = 1
    for first, second, share in _steps(code):
        lat, lon, parts = lat * share + first, lon * share + second, parts * share
    south, west = lat / parts / 1.5, lon / parts + 100
    return west, south, (lon + 1) / parts + 100, (lat + 1) / parts / 1.5


def _steps(code: str) -> list[tuple[int, int, int]]:
    """Return, for each level below the first, how many meshes north and east, of how many."""
    steps = []
    for place, share in ((4, 8), (6, 10)):
        if len(code) > place:
            steps.append((int(code[place]), int(code[place + 1]), share))
    for digit in code[8:]:  # 1 south-west, 2 south-east, 3 north-west, 4 north-east
        north, east = divmod(int(digit) - 1, 2)
        steps.append((north, east, 2))
    return steps
