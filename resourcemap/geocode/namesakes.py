"""Points borrowed from other rows of the same venue."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from resourcemap.geocode.answer import Match, joined
from resourcemap.geocode.venues import texts_of
from resourcemap.language import either
from resourcemap.metres import LONLAT, metre_crs, to_metres
from resourcemap.model.names import fold_name
from resourcemap.model.tables import rows_as_written

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXACT = ("given", "lot", "place")
_COARSE = ("block", "town", "city")
_LOST = ("no_address", "not_found", "ambiguous")
_ONE_VENUE = 300.0  # metres: points of one name that are farther apart belong to several venues
_NEAR = 1000.0  # metres: a venue known to its block only is the one of that name no farther away
_ROOM = re.compile(r"(?:\s+|(?<=.))(?:地下)?[\d０-９一二三四五六七八九]+(?:階|F|Ｆ).*$")
_EVERYWHERE = (
    *(
        "自宅",
        "各家庭",
        "各戸",
        "公園",
        "広場",
        "ひろば",
        "集会所",
        "集会室",
        "会議室",
        "公民館",
        "体育館",
        "小学校",
        "中学校",
    ),
    *("保育園", "幼稚園", "未定", "調整中", "オンライン", "電話", "その他", "市内", "区内", "町内", "各所", "各会場"),
)


def borrow_points(found: list[Match], table: gpd.GeoDataFrame) -> list[Match]:
    """Give rows that have no point, or only that of their block, the point of their venue on another row.

    The name must be the very same once spelling is folded, all rows that know its place must agree on it,
    and it must not be a word that fits any venue (自宅, 公園).

    Parameters
    ----------
    found
        What was found for each row of `table`; not changed.
    table
        Table of resources, of which the column ``venue`` is looked at.
    """
    names = [fold_name(name) if name else "" for name in _venue_names(found, table)]
    common = {fold_name(name) for name in _EVERYWHERE}
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(names):
        if name and name not in common and found[row].status != "no_place":
            rows_of[name].append(row)
    groups = [rows for rows in rows_of.values() if len(rows) > 1]
    metres = _metres([row for rows in groups for row in rows], found)
    result = list(found)
    written = rows_as_written(table)
    for rows in groups:
        for row, source in _borrowed(rows, found, metres):
            result[row] = _taken(found[row], found[source], written[source])
    return result


def venue_name(text: str) -> str:
    """Leave out the floor and the room behind the name of a building.

    Examples
    --------
    >>> venue_name("区民ひろば上池袋 2階集会室"), venue_name("みほん会館")
    ('区民ひろば上池袋', 'みほん会館')
    """
    return _ROOM.sub("", text).strip() or text


def _venue_names(found: list[Match], table: gpd.GeoDataFrame) -> list[str | None]:
    """Name the venue of each row: as written; else the row itself where its place is sure, or what its address says."""
    columns = (texts_of(table, name) for name in ("venue", "name", "address"))
    names: list[str | None] = []
    for match, venue, name, address in zip(found, *columns, strict=True):
        own = name if match.status in _EXACT else address if match.status == "not_found" else None
        text = venue or own
        names.append(venue_name(text) if text else None)
    return names


def _borrowed(rows: list[int], found: Sequence[Match], metres: dict[int, tuple[float, float]]) -> list[tuple[int, int]]:
    """Pair rows of one venue name with the row they may take their point from."""
    exact = [row for row in rows if found[row].status in _EXACT and row in metres]
    coarse = [row for row in rows if found[row].status in _COARSE and row in metres]
    sources = exact or coarse
    if not sources:
        return []
    source = sources[0]
    if any(math.dist(metres[source], metres[row]) > _ONE_VENUE for row in sources):
        return []
    lost = [row for row in rows if found[row].status in _LOST and not _is_settled(found[row])]
    near = [row for row in coarse if exact and math.dist(metres[source], metres[row]) <= _NEAR]
    return [(row, source) for row in (*lost, *near)]


def _is_settled(match: Match) -> bool:
    """Tell whether another row cannot help: the address lies elsewhere, or two places of this name are remembered."""
    return match.outside or (match.status == "ambiguous" and match.table is None)


def _taken(match: Match, source: Match, row: str) -> Match:
    status = "venue" if source.status in _EXACT else source.status
    note = either(ja=f"同じ会場の行 {row} の位置です。", en=f"Placed like row {row} of the same venue.")
    return replace(
        match,
        status=status,
        point=source.point,
        written=source.written,
        note=joined(match.note, note),
        row=source.row,
        lot=source.lot,
        unread=source.unread,
        table=source.table,
        place=source.place,
    )


def _metres(rows: list[int], found: Sequence[Match]) -> dict[int, tuple[float, float]]:
    known = [row for row in rows if found[row].point is not None]
    if not known:
        return {}
    points = gpd.GeoSeries(shapely.points([found[row].point for row in known]), crs=LONLAT)
    flat = to_metres(points, metre_crs(points))
    return {row: (float(x), float(y)) for row, x, y in zip(known, flat.x, flat.y, strict=True)}
