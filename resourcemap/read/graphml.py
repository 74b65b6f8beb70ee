"""GraphML, as osmnx saves street networks: every edge a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from pyproj.exceptions import CRSError as UnknownCRS

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.read.guard import check_size, parse_xml
from resourcemap.read.vector import in_lonlat

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from resourcemap.read.vector import Layers


def graphml_layers(path: Path, *, layer: str | None = None) -> Layers:  # noqa: ARG001
    """Read the edges with their attributes, as text; a straight line where an edge has no geometry.

    Raises
    ------
    InputError
        When it is no GraphML, has no edges, its nodes have no coordinates (x, y), or it does not say its CRS.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.graphml"
    >>> _ = path.write_text('<graphml><key id="x" for="node" attr.name="x"/><key id="y" for="node" attr.name="y"/>'
    ...     '<key id="c" for="graph" attr.name="crs"/><graph><data key="c">epsg:4326</data>'
    ...     '<node id="1"><data key="x">131.2</data><data key="y">33.9</data></node>'
    ...     '<node id="2"><data key="x">131.3</data><data key="y">33.9</data></node>'
    ...     '<edge source="1" target="2"/></graph></graphml>')
    >>> graphml_layers(path)[0][1].geometry[0].wkt
    'LINESTRING (131.2 33.9, 131.3 33.9)'
    """
    check_size(path)
    root = parse_xml(path.read_bytes(), where=path.name)
    graph = next((each for each in root if _tag(each) == "graph"), None)
    if _tag(root) != "graphml" or graph is None:
        raise InputError(
            either(
                ja=f"{path.name}: GraphMLではありません。osmnx の save_graphml で保存したファイルにしてください。",
                en=f"{path.name}: is no GraphML. Give a file saved with save_graphml of osmnx.",
            )
        )
    names = {each.get("id", ""): each.get("attr.name", "") for each in root if _tag(each) == "key"}
    places = {each.get("id", ""): _place(_data(each, names)) for each in graph if _tag(each) == "node"}
    edges = [each for each in graph if _tag(each) == "edge"]
    rows = [_data(each, names) for each in edges]
    shapes = [_line(each, row, places) for each, row in zip(edges, rows, strict=True)]
    _require_lines(path.name, shapes)
    headings = dict.fromkeys(name for row in rows for name in row if name not in ("geometry", "id"))
    columns = {name: [row.get(name, "") for row in rows] for name in headings}
    made = gpd.GeoDataFrame(columns, geometry=np.array(shapes, dtype=object), index=range(len(shapes)))
    said = _data(graph, names).get("crs", "")
    return [(None, in_lonlat(_placed(made, said, path.name), path.name))]


def _placed(made: gpd.GeoDataFrame, crs: str, name: str) -> gpd.GeoDataFrame:
    try:
        return made.set_crs(crs) if crs else made
    except UnknownCRS as error:
        raise InputError(
            either(
                ja=f"{name}: 座標系 {crs[:40]!r} がわかりません。緯度経度（epsg:4326）で保存し直してください。",
                en=f"{name}: its CRS {crs[:40]!r} is not known. Save it again in epsg:4326.",
            )
        ) from error


def _require_lines(name: str, shapes: list[shapely.Geometry | None]) -> None:
    if not shapes:
        raise InputError(
            either(
                ja=f"{name}: 道路（辺）がひとつもありません。書き出す範囲を確かめてください。",
                en=f"{name}: has no edges. Check which area was exported.",
            )
        )
    lost = [number for number, shape in enumerate(shapes, start=1) if shape is None]
    if lost:
        raise InputError(
            either(
                ja=f"{name}: 位置（点のx・y）のない辺が{len(lost)}本あります（{first_five(lost)}番目）。"
                "osmnx の save_graphml で保存し直してください。",
                en=f"{name}: {len(lost)} edges have nodes without coordinates x and y (number {first_five(lost)}). "
                "Save it again with save_graphml of osmnx.",
            )
        )


def _line(
    edge: Element, row: Mapping[str, str], places: Mapping[str, tuple[float, float] | None]
) -> shapely.Geometry | None:
    written = shapely.from_wkt(row["geometry"], on_invalid="ignore") if row.get("geometry") else None
    if written is not None:
        return written
    ends = [places.get(edge.get(end, "")) for end in ("source", "target")]
    return None if None in ends else shapely.LineString(ends)


def _place(row: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        place = float(row.get("x", "")), float(row.get("y", ""))
    except ValueError:
        return None
    return place if np.isfinite(place).all() else None


def _data(element: Element, names: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes of a node, an edge or the graph by their names."""
    data = [each for each in element if _tag(each) == "data"]
    return {names.get(each.get("key", ""), each.get("key", "")): (each.text or "").strip() for each in data}


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
