"""uMap: the file that "export full data" writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.metres import LONLAT
from resourcemap.read.cells import as_text
from resourcemap.read.delimited import decode
from resourcemap.read.entries import left_aside
from resourcemap.read.guard import check_size, parse_json
from resourcemap.read.kml import LAYER
from resourcemap.read.vector import in_lonlat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from resourcemap.read.vector import Layers

_OPTIONS = "_umap_options"
_LINK = re.compile(r"\[\[([^\]|]*)(?:\|([^\]]*))?\]\]")
_PICTURE = re.compile(r"\{\{[^}]*\}\}")
_MARKS = re.compile(r"\*\*|__|^#+\s*|^---+$", re.MULTILINE)


def umap_layers(path: Path, *, layer: str | None = None) -> Layers:
    r"""Read the features of all layers as one; the layer's name stands in the column レイヤ.

    uMap's marks in descriptions (bold, headings, pictures) go; of a link its text and address stay.

    Raises
    ------
    InputError
        When it is no export of uMap, or its layers have no features of their own.

    Examples
    --------
    >>> import json, tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.umap"
    >>> point = {"type": "Point", "coordinates": [139.7, 35.7]}
    >>> feature = {"type": "Feature", "properties": {"name": "A"}, "geometry": point}
    >>> layers = [{"type": "FeatureCollection", "features": [feature], "_umap_options": {"name": "サロン"}}]
    >>> _ = path.write_text(json.dumps({"type": "umap", "layers": layers}))
    >>> umap_layers(path)[0][1][["レイヤ", "name"]].values.tolist()
    [['サロン', 'A']]
    """
    check_size(path)
    content = parse_json(decode(path.read_bytes(), where=path.name), where=path.name)
    if not isinstance(content, dict) or content.get("type") != "umap":
        raise InputError(
            either(
                ja=f"{path.name}: uMapの書き出しファイルではありません。「全データを書き出し」で保存してください。",
                en=f"{path.name}: is no export of uMap. Save it with 'Export full data'.",
            )
        )
    features = [(name, feature) for name, feature in _features(content) if layer is None or layer == name]
    if not features:
        raise InputError(
            either(
                ja=f"{path.name}: 場所がひとつもありません。"
                "外部データを読むレイヤは、データを取り込んで保存してください。",
                en=f"{path.name}: has no places. Import the data of layers that are read from elsewhere, and save.",
            )
        )
    rows = [{LAYER: name} | _properties(feature) for name, feature in features]
    headings = dict.fromkeys(name for row in rows for name in row)
    if not any(row[LAYER] for row in rows):
        del headings[LAYER]
    columns = {name: [row.get(name, "") for row in rows] for name in headings}
    shapes = np.array([_shape(feature) for _, feature in features], dtype=object)
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=LONLAT)
    table.attrs["left_aside"] = [_not_read(path.name, name) for name in _elsewhere(content)]
    return [(None, in_lonlat(table, path.name))]


def _features(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for layer in _layers(content):
        options = layer.get(_OPTIONS) or layer.get("_storage") or {}
        name = as_text(options.get("name")) if isinstance(options, dict) else ""
        for feature in _dicts(layer.get("features")):
            yield name, feature


def _layers(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every layer, and after it those inside it."""
    stack = list(reversed(_dicts(content.get("layers"))))
    while stack:
        layer = stack.pop()
        yield layer
        stack += reversed(_dicts(layer.get("layers")))


def _elsewhere(content: dict[str, Any]) -> Iterator[str]:
    """Name the layers whose features are somewhere else."""
    for layer in _layers(content):
        options = layer.get(_OPTIONS)
        remote = options.get("remoteData") if isinstance(options, dict) else None
        if isinstance(options, dict) and isinstance(remote, dict) and remote.get("url"):
            yield as_text(options.get("name"))


def _not_read(file: str, layer: str) -> dict[str, Any]:
    reason = either(ja="外部データのレイヤ（読みにいきません）", en="a layer read from elsewhere, which is not fetched")
    return left_aside(file, layer, None, None, "", reason)


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _properties(feature: dict[str, Any]) -> dict[str, str]:
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return {}
    return {
        name if name not in (LAYER, "geometry") else f"{name} (2)": _plain(value)
        for name, value in properties.items()
        if name not in (_OPTIONS, "_storage_options")
    }


def _plain(value: object) -> str:
    if isinstance(value, (dict, list)):
        return ""  # uMap's own settings; what a person writes is text
    text = _PICTURE.sub("", as_text(value))
    text = _LINK.sub(lambda found: f"{found[2]} {found[1]}" if found[2] else found[1], text)
    return _MARKS.sub("", text).strip()


def _shape(feature: dict[str, Any]) -> shapely.Geometry | None:
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        return None
    try:
        shape = shapely.geometry.shape(geometry)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.errors.ShapelyError):
        return None
    flat: shapely.Geometry = shapely.force_2d(shape)
    return flat
