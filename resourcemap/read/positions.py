"""Coordinates written in cells, and everything that is commonly wrong with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import shapely

from resourcemap.errors import first_five
from resourcemap.language import either
from resourcemap.read.cells import is_blank, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.read.table import Table

JAPAN = (122.0, 20.0, 154.0, 46.0)
_PAIR = re.compile(r"[(（]?\s*([-+]?\d+\.?\d*)\s*[,、 /]\s*([-+]?\d+\.?\d*)\s*[)）]?")
_FAULT = {
    "text": (
        "緯度・経度に数字でないものがあります",
        "latitude or longitude is not a number",
        "35.7012 のような数字（度）にするか、空にしてください。",
        "Write degrees such as 35.7012, or leave both blank.",
    ),
    "half": (
        "緯度と経度の片方しかありません",
        "has only one of latitude and longitude",
        "両方を書くか、両方を空にしてください。",
        "Fill in both, or neither.",
    ),
    "swapped": (
        "緯度と経度が入れかわっているようです",
        "latitude and longitude look swapped",
        "緯度は20〜46、経度は122〜154です。列を入れかえてください。",
        "In Japan latitude is 20 to 46, longitude 122 to 154. Swap them.",
    ),
    "earth": (
        "位置が地球上にありません",
        "is not on Earth",
        "緯度は−90〜90、経度は−180〜180です。書き直してください。",
        "Latitude is -90 to 90, longitude -180 to 180. Correct it.",
    ),
    "abroad": (
        "位置が日本の外です",
        "lies outside Japan",
        "緯度は20〜46、経度は122〜154です。書き直してください。国外なら outside_japan を true にしてください。",
        "Latitude is 20 to 46, longitude 122 to 154. Correct it, or allow it with anywhere (outside_japan).",
    ),
}


def read_points(table: Table, *, anywhere: bool = False) -> tuple[np.ndarray, list[str]]:
    """Make a point of each row's latitude and longitude, or of its shape; return them and all faults.

    A row without coordinates, or with two zeros, has no point. Of a shape that is no point, an inner point
    is taken. One cell that holds both numbers may have them in either order.

    Parameters
    ----------
    table
        The rows.
    anywhere
        Whether points outside Japan are meant.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> from resourcemap.read.table import Table
    >>> table = Table("a.csv", None, ("緯度", "経度"), [["139.7", "35.7"]], [2], {"latitude": 0, "longitude": 1})
    >>> with speaking("en"):
    ...     read_points(table)[1][0].split(" (")[0]
    'a.csv: 1 row: latitude and longitude look swapped'
    """
    if table.geometry is not None:
        return _of_shapes(table, table.geometry, anywhere)
    if {"latitude", "longitude"} <= set(table.ours):
        pairs = list(zip(table.column("latitude"), table.column("longitude"), strict=True))
    elif "position" in table.ours:
        pairs = [_split(text) for text in table.column("position")]
    else:
        return np.full(len(table.rows), None, dtype=object), []
    return _of_pairs(table, pairs, anywhere)


def _of_pairs(table: Table, pairs: Sequence[tuple[str, str]], anywhere: bool) -> tuple[np.ndarray, list[str]]:
    faulty: dict[str, list[int]] = {}
    lonlat = np.full((len(pairs), 2), np.nan)
    for row, (lat, lon) in enumerate(pairs):
        if is_blank(lat) and is_blank(lon):
            continue
        if fault := _fault_of(lat, lon, anywhere):
            faulty.setdefault(fault, []).append(row)
            continue
        lonlat[row] = number(lon), number(lat)
    points = np.full(len(pairs), None, dtype=object)
    there = np.isfinite(lonlat).all(axis=1) & (lonlat != 0).any(axis=1)
    points[there] = shapely.points(lonlat[there])
    faults = [_message(table, fault, rows, pairs[rows[0]]) for fault, rows in faulty.items()]
    return points, faults


def _of_shapes(table: Table, given: np.ndarray, anywhere: bool) -> tuple[np.ndarray, list[str]]:
    shapes = given.copy()
    shapes[shapely.is_empty(shapes)] = None
    points = np.where(
        shapely.get_type_id(shapes) == shapely.GeometryType.POINT, shapes, shapely.point_on_surface(shapes)
    )
    there = np.flatnonzero(~shapely.is_missing(points))
    pairs = [("", "")] * len(points)
    for row, lon, lat in zip(there, shapely.get_x(points[there]), shapely.get_y(points[there]), strict=True):
        pairs[row] = (repr(float(lat)), repr(float(lon)))
    _, faults = _of_pairs(table, pairs, anywhere)
    return points, faults


def _split(text: str) -> tuple[str, str]:
    """Part "35.7,139.7" as latitude and longitude; text without two numbers is a fault of its own."""
    match = _PAIR.fullmatch(text)
    if match is None:
        return text, text
    first, second = match[1], match[2]
    return (second, first) if _in_japan(float(second), float(first)) else (first, second)


def _fault_of(lat: str, lon: str, anywhere: bool) -> str:
    if is_blank(lat) or is_blank(lon):
        return "half"
    y, x = number(lat), number(lon)
    if y is None or x is None:
        return "text"
    if (x, y) == (0, 0):
        return ""
    if not _in_japan(y, x) and _in_japan(x, y):
        return "swapped"
    if abs(y) > 90 or abs(x) > 180:
        return "earth"
    return "" if anywhere or _in_japan(y, x) else "abroad"


def _in_japan(lat: float, lon: float) -> bool:
    west, south, east, north = JAPAN
    return west <= lon <= east and south <= lat <= north


def _message(table: Table, fault: str, rows: list[int], first: tuple[str, str]) -> str:
    what_ja, what_en, do_ja, do_en = _FAULT[fault]
    where = first_five(table.numbers[row] for row in rows)
    count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    return either(
        ja=f"{table.where}: {what_ja}（{len(rows)}行: 行 {where}、最初は緯度 {first[0]!r}・経度 {first[1]!r}）。"
        f"{do_ja}",
        en=f"{table.where}: {count}: {what_en} (rows {where}; the first has latitude {first[0]!r}, "
        f"longitude {first[1]!r}). {do_en}",
    )
