"""Points borrowed from other rows of the same venue."""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from resourcemap.geocode.address import address_key
from resourcemap.geocode.answer import Match, joined
from resourcemap.geocode.venues import texts_of
from resourcemap.language import either
from resourcemap.metres import LONLAT, metre_crs, to_metres
from resourcemap.model.names import fold_name
from resourcemap.model.tables import rows_as_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_EXACT = ("given", "lot", "place")
_COARSE = ("block", "town", "city")
_LOST = ("no_address", "not_found", "ambiguous")
_ONE_VENUE = 300.0  # metres: points of one name that are farther apart belong to several venues
_NEAR = 1000.0  # metres: a venue known to its block only is the one of that name no farther away
_ROOM = re.compile(r"(?:\s+|(?<=.))(?:地下)?[\d０-９一二三四五六七八九]+(?:階|F|Ｆ).*$")
_BRACKETS = re.compile(r"\([^()]*\)")
_DIGITS_OF_PHONE = 9
_NO_DIGIT = re.compile(r"\D+")


def borrow_points(found: list[Match], table: gpd.GeoDataFrame) -> list[Match]:
    """Give rows that have no point, or only that of their block, the point of their venue on another row.

    The name must be the very same once spelling is folded, all rows that know its place must agree on it,
    and it must name a venue (not 代表者宅, 未定). Where it fits many venues (集会所, 会議室A, a chain of shops),
    phone or address must be the same too, or the provider, if nothing else places that provider elsewhere.

    Parameters
    ----------
    found
        What was found for each row of `table`; not changed.
    table
        Table of resources, of which the columns ``venue``, ``name``, ``provider``, ``phone`` and ``address`` are
        looked at.
    """
    metres = _metres(range(len(found)), found)
    groups = _groups(found, table, metres)
    result = list(found)
    written = rows_as_written(table)
    for rows in groups:
        for row, source in _borrowed(rows, found, metres):
            result[row] = _taken(found[row], found[source], written[source])
    return result


def sort_of_name(text: str) -> str:
    """Tell whether a text names a venue: ``"own"``, ``"many"`` of that name, shops of a ``"chain"``, or ``"none"``.

    Examples
    --------
    >>> [sort_of_name(text) for text in ("みほん会館", "集会所", "ローソン", "代表者宅")]
    ['own', 'many', 'chain', 'none']
    """
    name = fold_name(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))
    return next((sort for sort, pattern in _sorts() if pattern.fullmatch(name)), "own")


def venue_name(text: str) -> str:
    """Leave out the floor and the room behind the name of a building.

    Examples
    --------
    >>> venue_name("区民ひろば上池袋 2階集会室"), venue_name("みほん会館")
    ('区民ひろば上池袋', 'みほん会館')
    """
    return _ROOM.sub("", text).strip() or text


def _venue_names(found: Sequence[Match], table: gpd.GeoDataFrame) -> list[str | None]:
    """Name the venue of each row: as written; else the row itself where its place is sure, or what its address says."""
    columns = (texts_of(table, name) for name in ("venue", "name", "address"))
    names: list[str | None] = []
    for match, venue, name, address in zip(found, *columns, strict=True):
        own = name if match.status in _EXACT else address if match.status == "not_found" else None
        text = venue or own
        names.append(venue_name(text) if text else None)
    return names


def _groups(found: Sequence[Match], table: gpd.GeoDataFrame, metres: dict[int, tuple[float, float]]) -> list[list[int]]:
    """Put rows together that are at one venue, as far as its name and the rest of the row tell."""
    rows_of: dict[tuple[str, ...], list[int]] = defaultdict(list)
    marks = _marks(found, table, metres)
    for row, text in enumerate(_venue_names(found, table)):
        sort = sort_of_name(text) if text else "none"
        if not text or sort == "none" or found[row].status == "no_place":
            continue
        name = fold_name(text)
        if sort == "own":
            rows_of[name,].append(row)
            continue
        for mark in marks[row]:
            if sort == "many" or mark[0] != "provider":
                rows_of[name, *mark].append(row)
    return [rows for rows in rows_of.values() if len(rows) > 1]


def _marks(
    found: Sequence[Match], table: gpd.GeoDataFrame, metres: dict[int, tuple[float, float]]
) -> list[list[tuple[str, str]]]:
    """List what tells the venue of each row apart from others of its name: phone, address and provider."""
    phones, addresses, providers = (texts_of(table, name) for name in ("phone", "address", "provider"))
    known: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row, provider in enumerate(providers):
        if provider and row in metres and found[row].status in (*_EXACT, *_COARSE):
            known[fold_name(provider)].append(metres[row])
    marks: list[list[tuple[str, str]]] = []
    for phone, address, provider in zip(phones, addresses, providers, strict=True):
        digits = _NO_DIGIT.sub("", unicodedata.normalize("NFKC", phone or ""))
        folded = fold_name(provider) if provider else ""
        at = known[folded]
        # A provider at work in many places says nothing about which of them is meant.
        is_settled = bool(at) and all(math.dist(at[0], other) <= _ONE_VENUE for other in at)
        each = (
            ("phone", digits if len(digits) >= _DIGITS_OF_PHONE else ""),
            ("address", address_key(address or "")),
            ("provider", folded if is_settled else ""),
        )
        marks.append([mark for mark in each if mark[1]])
    return marks


@cache
def _sorts() -> list[tuple[str, re.Pattern[str]]]:
    content = tomllib.loads(files("resourcemap.geocode").joinpath("namesakes.toml").read_text("utf-8"))
    before, after = (f"(?:{'|'.join(content['around'][end])})" for end in ("before", "after"))
    chains = "|".join(re.escape(fold_name(name)) for name in content["chain"]["names"])
    many = "|".join(content["many"]["patterns"])
    return [
        ("none", re.compile("|".join(content["none"]["patterns"]))),
        ("chain", re.compile(f"(?:{chains})(?:{'|'.join(content['chain']['after'])})*")),
        ("many", re.compile(f"{before}*(?:{many}){after}*")),
    ]


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


def _metres(rows: Iterable[int], found: Sequence[Match]) -> dict[int, tuple[float, float]]:
    known = [row for row in rows if found[row].point is not None]
    if not known:
        return {}
    points = gpd.GeoSeries(shapely.points([found[row].point for row in known]), crs=LONLAT)
    flat = to_metres(points, metre_crs(points))
    return {row: (float(x), float(y)) for row, x, y in zip(known, flat.x, flat.y, strict=True)}
