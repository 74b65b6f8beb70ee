"""What a match is worth: how fine it is, what it rests on, where it is from, how far off it may be."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np
import shapely

from resourcemap.geocode.address import NUMBERED, address_key
from resourcemap.language import either
from resourcemap.metres import metres_between
from resourcemap.model.tables import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resourcemap.geocode.answer import Match
    from resourcemap.geocode.index import Gazetteer

SPREAD = 1.6  # times the spacing of towns: 99 % of houses lie within so much of the point of their town
_HOUSE = 30.0  # metres: points of houses are at the entrance or in the middle
_STEP = 10.0
_TRAILING = re.compile(r"[\s,、。・(（]+$")
_GOES_WITH_NUMBER = "丁目番地号"
# A person's name before these words is not repeated; 住宅, 社宅, 北方 and the like are no persons.
_HOME = re.compile(
    r"[^\s\d()（）、,]*?(様[方宅]|(?<![住在帰お社])宅(?!配|地|建|老|幼|食|急)"
    r"|(?<![東西南北上下前後地夕朝])方(?=$|[\s)）]))"
)


def level_of(match: Match) -> str:
    """Return how finely a place is known: exact, block (町丁目), town (大字), city or none.

    Examples
    --------
    >>> from resourcemap.geocode.answer import Match
    >>> level_of(Match("lot")), level_of(Match("block")), level_of(Match("not_found"))
    ('exact', 'block', 'none')
    """
    return LEVELS.get(match.status, "none")


def divided(address: str, match: Match) -> tuple[str, str]:
    """Cut an address as written into what the match rests on and what was left over.

    The name of a person before 様方 is not repeated.

    Examples
    --------
    >>> from resourcemap.geocode.answer import Match
    >>> divided("みほん３丁目２番１号　みほんビル２階", Match("lot"))
    ('みほん３丁目２番１号', 'みほんビル２階')
    >>> divided("みほん3-2-1 見本様方", Match("lot"))
    ('みほん3-2-1', '様方')
    """
    if match.status == "place":
        return address.strip(), ""
    if level_of(match) == "none" or match.status in ("given", "venue"):
        return "", _without_names(address.strip())
    key = address_key(address)
    end = _end(address, key[: len(key) - match.unread] if match.unread else key)
    return _TRAILING.sub("", address[:end]).strip(), _without_names(address[end:].strip(" 　,、-‐‑–—―−－ー"))


def _end(address: str, key: str) -> int:
    """Find where the text ends whose key this is: first roughly, since keys grow with their texts, then exactly."""
    wanted = key.rstrip("-" + NUMBERED)
    low, high = 0, len(address)
    while low < high:
        middle = (low + high) // 2
        if len(_bare(address[:middle])) >= len(wanted):
            high = middle
        else:
            low = middle + 1
    tries = (low, *range(len(address) + 1))
    end = next((end for end in tries if _bare(address[:end]) == wanted), len(address))
    while end < len(address) and address[end] in _GOES_WITH_NUMBER and _bare(address[: end + 1]) == wanted:
        end += 1
    return end


def _bare(text: str) -> str:
    return address_key(text).rstrip("-" + NUMBERED)


def _without_names(text: str) -> str:
    return _HOME.sub(r"\1", text)


def source_of(match: Match) -> str | None:
    """Name the table a point is from, and the day of its data where the table says it.

    Examples
    --------
    >>> from resourcemap.geocode.answer import Match
    >>> source_of(Match("not_found")) is None
    True
    """
    if match.status == "given":
        return either(ja="表の座標", en="coordinates of the sheet")
    if level_of(match) == "none":
        return None
    if match.status == "venue":
        return either(ja="同じ会場の行", en="a row of the same venue")
    if match.place is not None:
        return match.place.source or None
    if match.table is None or match.row is None:
        return None
    known = match.table.lot_sources.get(match.row) if match.lot else match.table.sources[match.row]
    return known or None


def bound_of(match: Match, polygons: Mapping[str | None, shapely.Geometry]) -> float | None:
    """Return how many metres the true place is at most away, or nothing where that cannot be said.

    It is certain only inside a polygon; otherwise it is guessed from how far towns or houses lie apart.
    """
    table, row = match.table, match.row
    if match.point is None or level_of(match) == "none" or table is None or row is None:
        return None
    if match.lot:
        metres = _of_lot(table, row, match)
    elif match.status == "block":
        metres = _of_block(table, row, match, polygons)
    elif match.status == "town":
        metres = _of_parts(table, row, list(table.siblings(row)) or [row, *table.parts(row)], polygons)
    else:
        metres = _of_towns(table, row, table.rows_of_city[table.city_of[row]])
    return math.ceil(metres / _STEP) * _STEP if math.isfinite(metres) else None


def _of_lot(table: Gazetteer, row: int, match: Match) -> float:
    """Look how far the neighbouring numbers are; a number that stops at the 街区 reaches over all of its houses."""
    near = table.lots_near(row)
    apart = metres_between(match.point[0], match.point[1], near[:, 0], near[:, 1]) if match.point else np.zeros(1)
    inside = [number.startswith(match.lot + "-") for number in table.lots_of[row]]
    if any(inside) and (match.unread or match.lot not in table.lots_of[row]):
        return float(apart[inside].max()) + _HOUSE
    others = np.sort(apart[apart > 0])
    if match.unread or "-" not in match.lot:
        return max(_HOUSE, float(others[0])) + _HOUSE if len(others) else _HOUSE * 2
    return _HOUSE


def _of_block(table: Gazetteer, row: int, match: Match, polygons: Mapping[str | None, shapely.Geometry]) -> float:
    shape = polygons.get(match.key)
    if shape is not None and match.point is not None:
        return _farthest(match.point, [shape])
    return table.spacing(row) * SPREAD or math.nan


def _of_parts(table: Gazetteer, row: int, rows: list[int], polygons: Mapping[str | None, shapely.Geometry]) -> float:
    """Reach over all the towns among which the right one is not known."""
    shapes = [shape for part in rows if (shape := polygons.get(table.key(part))) is not None]
    if len(shapes) == len(rows):
        return _farthest(table.point(row), shapes)
    return _of_towns(table, row, rows)


def _of_towns(table: Gazetteer, row: int, rows: list[int]) -> float:
    apart = table.apart(row, rows)
    return float(np.nanmax(apart)) + table.spacing(row) * SPREAD or math.nan


def _farthest(point: tuple[float, float], shapes: list[shapely.Geometry]) -> float:
    corners = shapely.get_coordinates(shapes)
    return float(metres_between(point[0], point[1], corners[:, 0], corners[:, 1]).max())
