"""The map under the places: land, water, streets, and the borders of the areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import to_lonlat
from resourcemap.publish.towns import towns_of
from resourcemap.publish.webmap.digits import lines, points
from resourcemap.publish.webmap.shapes import filled, shapes, simplified

if TYPE_CHECKING:
    from collections.abc import Mapping

LAYERS = ("hills", "water", "parks", "blocks", "streets", "rail", "stations", "outline")
_LINES = ("streets", "rail")
_BENDS = {"hills": 5.0, "water": 3.0, "parks": 2.0, "blocks": 2.0, "streets": 2.0, "rail": 2.0, "outline": 5.0}
_NAMES = ("name", "block")


def ground(background: Mapping[str, gpd.GeoDataFrame]) -> dict[str, Any]:
    """Write the background layers that are there, in the order they are drawn.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> station = gpd.GeoDataFrame({"name": ["みほん駅"]}, geometry=[shapely.Point(139.7, 34.95)], crs="EPSG:4326")
    >>> ground({"stations": station})
    {'stations': {'names': ['みほん駅'], 'points': 'gl10awlq1G'}}
    """
    unknown = [name for name in background if name not in LAYERS]
    if unknown:
        raise InputError(
            either(
                ja=f"背景: 知らない層があります（{first_five(unknown)}）。使えるのは {', '.join(LAYERS)} です。",
                en=f"background: unknown layers ({first_five(unknown)}). Known: {', '.join(LAYERS)}.",
            )
        )
    tables = {name: filled(background[name]) for name in LAYERS if name in background}
    if "outline" not in tables and len(tables.get("blocks", ())):
        tables["outline"] = _around(tables["blocks"])
    return {name: _layer(name, table) for name, table in tables.items() if len(table)}


def bare_ground(table: gpd.GeoDataFrame, areas: gpd.GeoDataFrame | None) -> dict[str, Any]:
    """Write what stands in for a background: the outline of the areas, or else the names of towns.

    A town stands at the mean of the venues that have it in their address, towns of many venues first.

    Examples
    --------
    >>> import geopandas as gpd
    >>> addresses = ["高松市番町二丁目3-5", "高松市番町1-1", "高松市扇町2-8-7"]
    >>> halls = gpd.GeoDataFrame({"place": "venue", "address": addresses},
    ...     geometry=gpd.points_from_xy([134, 134.002, 134.1], [34, 34, 34]), crs="EPSG:4326")
    >>> bare_ground(halls, None)
    {'towns': {'names': ['番町', '扇町'], 'points': 'oi8xZg0wvG4qTA'}}
    """
    if areas is not None:
        return {"outline": _layer("outline", _around(filled(areas)))}
    if "address" not in table:
        return {}
    found = towns_of(table)
    return {"towns": {"names": list(found["name"]), "points": points(found.geometry.to_numpy())}}


def areas_by_system(areas: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Write the areas of each system: ids, names, whether their borders are approximate, shapes, points for the names.

    `resourcemap.publish.webmap.shapes` says how shapes are written, `resourcemap.publish.webmap.digits` how points are.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> two = gpd.GeoDataFrame({"system": "圏域", "area_id": ["1", "2"], "area": ["西", "東"], "approximate": False},
    ...     geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs="EPSG:4326")
    >>> [(system["name"], system["ids"], system["areas"]) for system in areas_by_system(two)]
    [('圏域', ['1', '2'], ['西', '東'])]
    """
    made = []
    for system in pd.unique(areas["system"]):
        rows = areas[areas["system"] == system]
        smooth = simplified(rows, 2.0).geometry.to_numpy()
        made.append(
            {
                "name": str(system),
                "ids": [str(area_id) for area_id in rows["area_id"]],
                "areas": [str(name) for name in rows["area"]],
                "approximate": bool(rows["approximate"].any()),
                **shapes(smooth),
                "points": points(smooth),
            }
        )
    return made


def bounds(*tables: gpd.GeoDataFrame | None) -> list[float] | None:
    """Return west, south, east and north of all tables together, or ``None`` where nothing has a position.

    Examples
    --------
    >>> import geopandas as gpd
    >>> bounds(None, gpd.GeoDataFrame(geometry=gpd.points_from_xy([1, 3], [2, 4]), crs="EPSG:4326"))
    [1.0, 2.0, 3.0, 4.0]
    """
    boxes = [to_lonlat(filled(table)).total_bounds for table in tables if table is not None and len(filled(table))]
    if not boxes:
        return None
    stacked = np.array(boxes)
    west, south = stacked[:, :2].min(axis=0)
    east, north = stacked[:, 2:].max(axis=0)
    return [round(float(edge), 5) for edge in (west, south, east, north)]


def _layer(name: str, table: gpd.GeoDataFrame) -> dict[str, Any]:
    if name == "stations":
        return {"names": _names(table), "points": points(to_lonlat(table).geometry.to_numpy())}
    if name in _LINES:
        return _line_layer(simplified(table, _BENDS[name]))
    smooth = simplified(table, _BENDS[name]).geometry.to_numpy()
    layer: dict[str, Any] = dict(shapes(smooth))
    if any(names := _names(table)):
        layer |= {"names": names, "points": points(smooth)}
    if "height" in table:
        layer["heights"] = [float(height) for height in table["height"].fillna(0)]
    return layer


def _line_layer(table: gpd.GeoDataFrame) -> dict[str, Any]:
    """Write main roads apart, where the table has a column ``road`` that tells them."""
    main = (table["road"] == "main").to_numpy() if "road" in table else np.zeros(len(table), dtype=bool)
    geometries = table.geometry.to_numpy()
    return {"main": lines(geometries[main]), "other": lines(geometries[~main])}


def _around(blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[shapely.union_all(blocks.geometry)], crs=blocks.crs)


def _names(table: gpd.GeoDataFrame) -> list[str]:
    column = next((name for name in _NAMES if name in table), None)
    if column is None:
        return [""] * len(table)
    return [name if isinstance(name, str) else "" for name in table[column]]
