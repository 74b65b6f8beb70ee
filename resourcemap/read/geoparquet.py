"""GeoParquet, and Parquet tables. They need the extra resourcemap[parquet]."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.read.cells import as_text
from resourcemap.read.grid import Grid
from resourcemap.read.guard import MOST_CELLS, MOST_UNPACKED, too_many_cells
from resourcemap.read.vector import grids_of, in_lonlat

if TYPE_CHECKING:
    from pathlib import Path

    from resourcemap.read.vector import Layers


def parquet_layers(path: Path, *, layer: str | None = None) -> Layers:  # noqa: ARG001
    """Read GeoParquet. Without a CRS it is longitude and latitude, as its standard says.

    Raises
    ------
    InputError
        When pyarrow is not installed, or the file cannot be read or has no shapes.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.parquet"
    >>> shapes = gpd.GeoDataFrame({"name": ["北"]}, geometry=gpd.points_from_xy([139.7], [35.7]), crs="EPSG:4326")
    >>> shapes.to_parquet(path)
    >>> parquet_layers(path)[0][1]["name"].tolist()
    ['北']
    """
    _open(path)
    try:
        shapes = gpd.read_parquet(path)
    except Exception as error:  # pyarrow has no error of its own that covers all it may meet
        raise InputError(_unreadable(path, error)) from error
    return [(None, in_lonlat(shapes, path.name))]


def parquet_grid(path: Path, *, sheet: str | None = None) -> list[Grid]:
    """Read GeoParquet, or a Parquet table without shapes, as rows of text.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.parquet"
    >>> pd.DataFrame({"名称": ["A"], "定員": [20]}).to_parquet(path)
    >>> parquet_grid(path)[0].rows
    [['名称', '定員'], ['A', '20']]
    """
    file = _open(path)
    if b"geo" in (file.schema_arrow.metadata or {}):
        return grids_of(parquet_layers(path, layer=sheet), path.name)
    try:
        table = file.read()
        columns = [[as_text(value) for value in column.to_pylist()] for column in table.columns]
    except Exception as error:
        raise InputError(_unreadable(path, error)) from error
    rows = [list(row) for row in zip(*columns, strict=True)]
    return [Grid(path.name, None, [list(map(str, table.column_names)), *rows], first=0)]


def _open(path: Path) -> Any:
    try:
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise InputError(
            either(
                ja=f"{path.name}: Parquetを読むには、部品の追加が要ります: pip install 'resourcemap[parquet]'",
                en=f"{path.name}: Parquet needs an extra: pip install 'resourcemap[parquet]'",
            )
        ) from error
    try:
        file = pq.ParquetFile(path)
        groups = [file.metadata.row_group(place) for place in range(file.metadata.num_row_groups)]
    except Exception as error:
        raise InputError(_unreadable(path, error)) from error
    cells = file.metadata.num_rows * file.metadata.num_columns
    if cells > MOST_CELLS or sum(group.total_byte_size for group in groups) > MOST_UNPACKED:
        raise InputError(too_many_cells(path.name))
    return file


def _unreadable(path: Path, error: Exception) -> str:
    return either(
        ja=f"{path.name}: Parquetとして読めません（{error}）。書き出し直してください。",
        en=f"{path.name}: cannot be read as Parquet ({error}). Export it again.",
    )
