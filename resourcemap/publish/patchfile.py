"""Patches of ground beyond reach as a file for QGIS and web maps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from resourcemap.files import write_text
from resourcemap.metres import to_lonlat

if TYPE_CHECKING:
    import os
    from pathlib import Path

    import geopandas as gpd

_DIGITS = 6  # a tenth of a metre
_FEW = 10
_PATCH_NAMES = {
    "standard": "基準",
    "kind_label": "種類",
    "audience_label": "数えた人",
    "distance_m": "距離（m）",
    "slot": "時間帯",
    "system": "区分",
    "area": "区域",
    "rank": "順位",
    "name": "場所",
    "blocks": "町丁目",
    "people": "届かない人",
    "total": "住民",
    "square_metres": "広さ（平方m）",
    "sentence": "説明",
}


def write_patches(patches: gpd.GeoDataFrame, path: str | os.PathLike[str]) -> Path:
    """Write patches as GeoJSON: longitude and latitude, one feature per patch, in their order.

    Properties have Japanese names; ages keep their ids (``age_65_69``). A group of fewer than ten people is missing,
    so that it points at nobody; where that is a single one, the next smallest is too, since it would be the rest.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geopandas as gpd
    >>> table = gpd.GeoDataFrame({"name": ["東町"], "people": [12]}, geometry=[shapely.box(139, 35, 140, 36)], crs=4326)
    >>> path = write_patches(table, Path(tempfile.mkdtemp()) / "patches.geojson")
    >>> json.loads(path.read_text(encoding="utf-8"))["features"][0]["properties"]
    {'場所': '東町', '届かない人': 12}
    """
    names = {name: title for name, title in _PATCH_NAMES.items() if name in patches}
    names |= {str(name): str(name) for name in patches if str(name).startswith("age_")}
    shapes = shapely.transform(to_lonlat(patches).geometry.to_numpy(), lambda at: np.round(at, _DIGITS))
    rows = [_without_few(row) for row in patches[list(names)].rename(columns=names).to_dict("records")]
    features = [
        {"type": "Feature", "properties": _plain(row), "geometry": json.loads(shapely.to_geojson(shape))}
        for row, shape in zip(rows, shapes, strict=True)
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return write_text(path, f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n')


def _without_few(row: dict[str, Any]) -> dict[str, Any]:
    ages = sorted((count, name) for name, count in row.items() if name.startswith("age_") and round(count) > 0)
    few = [name for count, name in ages if round(count) < _FEW]
    if len(few) == 1:
        few = [name for _, name in ages[:2]]
    return {name: None if name in few else value for name, value in row.items()}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Turn numbers of numpy into those of JSON; metres and square metres whole."""
    return {
        name: round(value) if isinstance(value, (float, np.floating, np.integer)) else value
        for name, value in row.items()
    }
