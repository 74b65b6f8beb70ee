"""GPX: the waypoints of a walk (まちあるき). Tracks and routes are ways, not places, and are listed as left aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.metres import LONLAT
from resourcemap.read.entries import left_aside
from resourcemap.read.guard import check_size, parse_xml
from resourcemap.read.hypertext import plain_text
from resourcemap.read.vector import in_lonlat

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from resourcemap.read.vector import Layers

_HEADINGS = {"desc": "description", "cmt": "comment", "ele": "elevation"}


def gpx_layers(path: Path, *, layer: str | None = None) -> Layers:  # noqa: ARG001
    """Read the waypoints with all their fields, the device's own ones included.

    Raises
    ------
    InputError
        When it is no GPX, or has no waypoints.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.gpx"
    >>> _ = path.write_text('<gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="35.7" lon="139.7">'
    ...     '<name>ベンチ</name></wpt></gpx>')
    >>> gpx_layers(path)[0][1]["name"].tolist()
    ['ベンチ']
    """
    check_size(path)
    root = parse_xml(path.read_bytes(), where=path.name)
    waypoints = [each for each in root if _tag(each) == "wpt"] if _tag(root) == "gpx" else []
    if not waypoints:
        raise InputError(
            either(
                ja=f"{path.name}: 地点（ウェイポイント）がありません。軌跡ではなく、地点を書き出してください。",
                en=f"{path.name}: has no waypoints. Export waypoints, not a track.",
            )
        )
    rows = [_fields(each) for each in waypoints]
    headings = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name, "") for row in rows] for name in headings}
    points = np.array([_point(each) for each in waypoints], dtype=object)
    table = gpd.GeoDataFrame(columns, geometry=points, crs=LONLAT)
    table.attrs["left_aside"] = [_not_read(path.name, each) for each in root if _tag(each) in ("trk", "rte")]
    return [(None, in_lonlat(table, path.name))]


def _not_read(file: str, way: Element) -> dict[str, Any]:
    name = next((each.text or "" for each in way if _tag(each) == "name"), "")
    reason = either(ja="軌跡・ルート（地点ではないため）", en="a track or route, not a place")
    return left_aside(file, None, None, None, name, reason)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _fields(waypoint: Element) -> dict[str, str]:
    row = {"name": ""}
    for element in waypoint.iter():
        text = plain_text(element.text or "")
        heading = _HEADINGS.get(_tag(element), _tag(element))
        if element is not waypoint and text and not row.get(heading):
            row[heading] = text
        if _tag(element) == "link" and element.get("href"):
            row["url"] = element.get("href", "")
    return row


def _point(waypoint: Element) -> shapely.Point | None:
    try:
        lon, lat = float(waypoint.get("lon", "")), float(waypoint.get("lat", ""))
    except ValueError:
        return None
    return shapely.Point(lon, lat) if np.isfinite([lon, lat]).all() else None
