"""Write the map layers of the sample city as GeoJSON, one feature on a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from resourcemap.files import write_text
from resourcemap.sample.plane import to_lonlat
from resourcemap.sample.terrain import CONTOURS, contour, terrain

if TYPE_CHECKING:
    from pathlib import Path

    from resourcemap.sample.blocks import Block
    from resourcemap.sample.streets import Cell, Street

Feature = tuple[dict[str, Any], BaseGeometry]


def write_layer(path: Path, features: list[Feature]) -> Path:
    """Write features, given in metres, as GeoJSON in longitude and latitude.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = write_layer(Path(tempfile.mkdtemp()) / "a.geojson", [({"name": "駅"}, shapely.Point(0, 0))])
    >>> print(path.read_text(encoding="utf-8").splitlines()[2])
    {"type":"Feature","properties":{"name":"駅"},"geometry":{"type":"Point","coordinates":[139.7,34.95]}}
    """
    shapes = to_lonlat(np.array([shape for _, shape in features], dtype=object))
    polygons = shapely.get_dimensions(shapes) == 2
    shapes[polygons] = shapely.orient_polygons(shapely.normalize(shapes[polygons]))
    lines = [
        _compact({"type": "Feature", "properties": properties, "geometry": json.loads(geometry)})
        for (properties, _), geometry in zip(features, shapely.to_geojson(shapes), strict=True)
    ]
    head = f'{{"type":"FeatureCollection","name":{_compact(path.stem)},'
    return write_text(path, "\n".join([head, '"features":[', ",\n".join(lines), "]}", ""]))


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def block_features(blocks: list[Block]) -> list[Feature]:
    """Describe the town blocks.

    Examples
    --------
    >>> block_features([])
    []
    """
    return [({"block_id": block.code, "block": block.name}, block.shape) for block in blocks]


def school_features(districts: dict[str, BaseGeometry]) -> list[Feature]:
    """Describe the 小学校区, numbered in their order.

    Examples
    --------
    >>> school_features({"北小学校": shapely.box(0, 0, 1, 1)})[0][0]
    {'id': '01', 'name': '北小学校'}
    """
    return [
        ({"id": f"{number:02}", "name": name}, shape) for number, (name, shape) in enumerate(districts.items(), start=1)
    ]


def street_features(streets: list[Street]) -> list[Feature]:
    """Describe the walking network.

    Examples
    --------
    >>> from resourcemap.sample.streets import Street
    >>> street_features([Street(shapely.LineString([(0, 0), (3, 4)]), 0.02, False, "北大橋", "main")])[0][0]
    {'length_m': 5.0, 'slope': 0.02, 'steps': False, 'bridge': True, 'road': 'main', 'name': '北大橋'}
    """
    return [
        (
            {
                "length_m": round(street.line.length, 1),
                "slope": round(street.slope, 3),
                "steps": street.steps,
                "bridge": bool(street.crossing),
                "road": street.road,
                "name": street.crossing or None,
            },
            street.line,
        )
        for street in streets
    ]


def park_features(blocks: list[Block], cells: list[Cell]) -> list[Feature]:
    """Describe the large park and the playgrounds, which are named after their town blocks.

    Examples
    --------
    >>> park_features([], [])[0][0]
    {'name': 'みほん中央公園'}
    """
    names = {block.code: block.name for block in blocks}
    features: list[Feature] = [({"name": "みほん中央公園"}, terrain().park)]
    count: dict[str, int] = {}
    for cell in cells:
        if cell.use != "park":
            continue
        count[cell.block] = count.get(cell.block, 0) + 1
        which = "" if count[cell.block] == 1 else "第二" if count[cell.block] == 2 else "第三"
        features.append(({"name": f"{names[cell.block]}{which}公園"}, cell.shape))
    return features


def ground_features() -> dict[str, list[Feature]]:
    """Describe railway, stations, water and hills, by the name of their layer.

    Examples
    --------
    >>> list(ground_features())
    ['rail', 'stations', 'water', 'hills']
    """
    land = terrain()
    ponds: list[Feature] = [({"name": name}, shape) for name, shape in land.ponds.items()]
    return {
        "rail": [({"name": "みほん線"}, land.rail.intersection(land.city.buffer(150)))],
        "stations": [({"name": f"{name}駅"}, point) for name, point in land.stations],
        "water": [({"name": "みほん川"}, land.river), *ponds],
        "hills": [({"name": "西山", "height": level}, contour(level)) for level in CONTOURS],
    }
