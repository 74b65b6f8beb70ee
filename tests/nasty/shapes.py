"""Layers of blocks, areas and water that are wrong: each with the words that it is refused with, or none if mended."""

from __future__ import annotations

import json
from typing import Any

from tests.nasty.town import NAMES, box, layer

NAN, INFINITE = float("nan"), float("inf")
SQUARES = [box(column, row, 1, 1) for _, column, row in NAMES.values()]
CORNERS = SQUARES[0]["coordinates"][0]
HOLE = [[139.712, 34.952], [139.712, 34.958], [139.718, 34.958], [139.718, 34.952], [139.712, 34.952]]


def polygon(*corners: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}


def blocks(first: Any, **more: Any) -> str:
    """Write the town's blocks with another shape for the first."""
    shapes = zip(NAMES.items(), [first, *SQUARES[1:]], strict=True)
    return layer(
        [({"KEY_CODE": block, "S_NAME": named[0], "name": named[0]}, shape) for (block, named), shape in shapes], **more
    )


def crs(number: int) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{number}"}}


def changed(change: Any) -> str:
    """Write the town's blocks with all corners moved."""
    rings = [[change(x, y) for x, y in square["coordinates"][0]] for square in SQUARES]
    shapes = zip(NAMES.items(), rings, strict=True)
    return layer([({"KEY_CODE": block, "S_NAME": named[0]}, polygon(*ring)) for (block, named), ring in shapes])


BLOCKS = {
    "null": (blocks(None), "blocks without shape or coordinates (rows 1)"),
    "empty polygon": (blocks({"type": "Polygon", "coordinates": []}), "without shape or coordinates (rows 1)"),
    "no area": (blocks(polygon(*[(139.71, 34.95)] * 4)), "."),
    "a line": (blocks({"type": "LineString", "coordinates": CORNERS[:2]}), "Blocks are polygons and points mixed"),
    "a point": (blocks({"type": "Point", "coordinates": [139.715, 34.955]}), "Blocks are polygons and points mixed"),
    "unclosed": (
        blocks(polygon((139.71, 34.95), (139.72, 34.95), (139.72, 34.96))),
        "cannot be read as a file of shapes",
    ),
    "nan": (blocks(polygon((NAN, 34.95), (139.72, 34.95), (139.72, 34.96), (NAN, 34.95))), "blocks.geojson: "),
    "infinite": (blocks(polygon((INFINITE, 34.95), (139.72, 34.95), (139.72, 34.96), (INFINITE, 34.95))), "(number 1)"),
    "1e308": (blocks(polygon((1e308, 34.95), (139.72, 34.95), (139.72, 34.96), (1e308, 34.95))), "(number 1)"),
    "text": (blocks({"type": "Polygon", "coordinates": "abc"}), "without shape or coordinates (rows 1)"),
    "latitude first": (changed(lambda x, y: (y, x)), "latitude and longitude are swapped"),
    "latitude first in one": (blocks(polygon(*[(y, x) for x, y in CORNERS])), "are not on Earth (rows 0"),
    "metres": (changed(lambda x, y: (x * 1000, y * 1000)), "are no degrees"),
    "degrees as metres": (blocks(SQUARES[0], crs=crs(6677)), "says that its coordinates are metres"),
    "the whole Earth": (
        blocks(polygon((-180, -90), (180, -90), (180, 90), (-180, 90), (-180, -90))),
        "too large to be town blocks",
    ),
    "nothing": (layer([]), "is empty"),
    "no properties": (json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature"}]}), "blocks.geojson: "),
    "endless nesting": ('{"type":"FeatureCollection","features":' + "[" * 100_000, "Too many nested objects"),
    "nested collections": (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
        + '{"type":"GeometryCollection","geometries":[' * 500
        + "]}" * 500
        + "}]}",
        "blocks.geojson: ",
    ),
    "cut off": (blocks(SQUARES[0])[:300], "cannot be read as a file of shapes"),
    # These are mended or taken as they are.
    "crossing itself": (
        blocks(polygon((139.71, 34.95), (139.72, 34.96), (139.72, 34.95), (139.71, 34.96), (139.71, 34.95))),
        None,
    ),
    "a collection": (
        blocks(
            {"type": "GeometryCollection", "geometries": [SQUARES[0], {"type": "Point", "coordinates": [139.7, 34.9]}]}
        ),
        None,
    ),
    "a hole": (blocks({"type": "Polygon", "coordinates": [CORNERS, HOLE]}), None),
    "a hole outside": (blocks({"type": "Polygon", "coordinates": [CORNERS, [[x + 1, y] for x, y in HOLE]]}), None),
    "one on another": (blocks(SQUARES[1]), None),
    "Tokyo datum, said so": (blocks(SQUARES[0], crs=crs(4301)), None),
}
