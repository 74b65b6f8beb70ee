"""Read a printed map back from its SVG, and make small tables for it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from defusedxml import ElementTree as ET  # noqa: N817 (as everywhere)

from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import release
from resourcemap.publish.paper.places import number_places

SVG = "{http://www.w3.org/2000/svg}"
CRS = 6677
CATALOG = load_catalog()
HOSTILE = [
    '</text><script>alert(1)</script>"&',
    "=cmd|' /C calc'!A0",
    '#import "x": *',
    "*太*_字_ \\ $x$",
    "あ\u202eい\x07",
]


def halls(spots, **more):
    """Resources at spots in metres around 豊島区."""
    count = len(spots)
    table = {
        "resource_id": [f"r{number}" for number in range(count)],
        "activity_id": [f"a{number}" for number in range(count)],
        "name": [f"会館{number}" for number in range(count)],
        "kind": (["salon", "kids_cafeteria", "pantry"] * count)[:count],
        "status": "active",
        "place": "venue",
        "located": "given",
        "channels": "list;map;paper",
        **more,
    }
    x, y = np.asarray(spots, dtype=float).reshape(-1, 2).T
    points = gpd.points_from_xy(x - 10_000, y - 30_000)
    return gpd.GeoDataFrame(table, geometry=points, crs=CRS).to_crs(4326)


def numbered(table):
    released = release(table, "paper")
    return released, number_places(released, catalog=CATALOG)


def squares(names, side, **more):
    """Square polygons in a row, from the corner of `halls`."""
    boxes = [shapely.box(n * side - 10_000, -30_000, (n + 1) * side - 10_000, side - 30_000) for n in range(len(names))]
    return gpd.GeoDataFrame({"name": names, **more}, geometry=boxes, crs=CRS).to_crs(4326)


def pins_in(svg):
    """The number of each pin with its box and the middle of its badge, in millimetres."""
    rows = [
        (int(pin.get("data-number")), *map(float, pin.get("data-box").split()), *map(float, pin.get("data-at").split()))
        for pin in ET.fromstring(svg).iter(f"{SVG}g")
        if pin.get("class") == "pin"
    ]
    return pd.DataFrame(rows, columns=["number", "left", "top", "right", "bottom", "x", "y"])


def dots_in(svg):
    """The number of each place that has none on the map."""
    return [int(dot.get("data-number")) for dot in ET.fromstring(svg).iter(f"{SVG}circle") if dot.get("class") == "dot"]


def leaders_in(svg):
    """Where the line of each moved pin begins, by its number."""
    return {
        int(line.get("data-number")): (float(line.get("x1")), float(line.get("y1")))
        for line in ET.fromstring(svg).iter(f"{SVG}line")
    }


def texts_in(svg):
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def overlapping(pins):
    """Pairs of pins whose boxes overlap."""
    boxes = shapely.box(*(pins[side].to_numpy(float) for side in ("left", "top", "right", "bottom")))
    one, other = shapely.STRtree(boxes).query(boxes, predicate="overlaps")
    return [(pins["number"][a], pins["number"][b]) for a, b in zip(one, other, strict=True) if a < b]
