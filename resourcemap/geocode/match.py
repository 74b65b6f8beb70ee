"""Locate resources by their address, and say for every row how sure the place is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.geocode.address import NUMBERED, address_key, plain
from resourcemap.geocode.answer import Match, joined
from resourcemap.geocode.describe import bound_of, divided, level_of, source_of
from resourcemap.geocode.gazetteer import gazetteer_of_blocks
from resourcemap.geocode.matcher import Matcher
from resourcemap.geocode.namesakes import borrow_points, venue_name
from resourcemap.geocode.places import Places
from resourcemap.geocode.venues import group_venues, texts_of
from resourcemap.language import either
from resourcemap.metres import LONLAT, metre_crs, metres_between, to_lonlat, to_metres

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.geocode.index import Gazetteer
    from resourcemap.geocode.places import Place

CONTRADICTS = 1500.0  # metres between a given point and the block that the address names
_SIZES_AWAY = 2.5  # a point may lie so many times the spacing of towns away: in the hills they are large
_NEAR = 1000.0  # metres: a remembered venue no farther than this from the block of the address is the same one
_FOUND_BEFORE = ("lot", "block", "town", "venue", "place")
_COARSE = ("block", "town", "city")
_LOST = ("no_address", "not_found", "ambiguous")
_NO_PLACE = ("served_area", "none")
_NO_ADDRESS = frozenset("-ー―–—?") | {"なし", "無し", "無", "未定", "不明", "非公開", "調整中"}

_NUMBER = re.compile(rf"$|[-{NUMBERED}\d]")
_LONGEST_EXCUSE = max(map(len, _NO_ADDRESS))


def locate(
    resources: gpd.GeoDataFrame,
    gazetteer: Gazetteer | None = None,
    *,
    blocks: gpd.GeoDataFrame | None = None,
    places: Sequence[Place] = (),
    prefecture: str = "",
    city: str = "",
) -> gpd.GeoDataFrame:
    """Find a point for every resource with an address, and say how it was found.

    Points in the table are kept, unless somebody remembered another one for this very name and address. Nothing
    is moved to a place that only resembles its address: such a row stays without a point and its note names
    the nearest spelling. So does an address that names only a city. The result may be located again: points
    found before are looked up anew.

    Parameters
    ----------
    resources
        The table of resources; ``name``, ``address``, ``venue`` and ``place`` are looked at where they exist.
    gazetteer
        Where to look, from `read_gazetteer`; without one, the names of `blocks`.
    blocks
        Table of town blocks. They are looked at second when there is a gazetteer, and given points are
        compared with their polygons.
    places
        Places remembered by name or address; they are looked at first. Those of `gazetteer` count too.
    prefecture, city
        Where addresses lie that do not say so themselves; an address of another city is not located.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows and index with a point where one was found, and the columns ``located`` (given, lot,
        block, town, city, venue, place, ambiguous, not_found, no_address or no_place), ``located_as`` (the name
        in the gazetteer), ``located_note``, ``level`` (exact, block, town, city or none), ``matched`` and
        ``leftover`` (the parts of the address as written), ``source`` (of the point, with its day), ``bound_m``
        (metres that the true place is at most away, as far as that can be said) and ``venue_id``.

    Examples
    --------
    >>> from shapely import box
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1"], "block": ["みほん一丁目"]},
    ...     geometry=[box(139.5, 34.75, 140.0, 35.25)], crs="EPSG:4326")
    >>> table = gpd.GeoDataFrame({"name": ["a", "b"], "address": ["みほん市みほん１－２－３", None]},
    ...     geometry=[None, None], crs="EPSG:4326")
    >>> locate(table, blocks=blocks, city="みほん市")[["located", "located_as", "leftover"]].values.tolist()
    [['block', 'みほん市みほん一丁目', '２－３'], ['no_address', None, None]]
    """
    table = to_lonlat(resources).copy()
    found = answers(table, gazetteer, blocks=blocks, places=places, prefecture=prefecture, city=city)
    return _filled(table, found, _given(table), _polygons(blocks))


def answers(
    table: gpd.GeoDataFrame,
    gazetteer: Gazetteer | None = None,
    *,
    blocks: gpd.GeoDataFrame | None = None,
    places: Sequence[Place] = (),
    prefecture: str = "",
    city: str = "",
) -> list[Match]:
    """Return what `locate` finds for each row, with the candidates among which a person may choose.

    The parameters are those of `locate`.

    Examples
    --------
    >>> table = gpd.GeoDataFrame({"address": ["みほん1"]}, geometry=[None], crs="EPSG:4326")
    >>> [match.status for match in answers(table)]
    ['not_found']
    """
    gazetteers = [gazetteer] if gazetteer is not None else []
    if blocks is not None:
        gazetteers.append(gazetteer_of_blocks(blocks, city=city, prefecture=prefecture))
    matchers = [Matcher(known, prefecture=prefecture, city=city) for known in gazetteers]
    remembered = Places([*(gazetteer.places if gazetteer else ()), *places], prefecture, city)
    addresses, venues, names = (texts_of(table, column) for column in ("address", "venue", "name"))
    named = [
        _remembered(_named(address, matchers), remembered, address, venue or name)
        for address, venue, name in zip(addresses, venues, names, strict=True)
    ]
    given = _given(table)
    kinds = texts_of(table, "place")
    found = [_decided(match, point, kind) for match, point, kind in zip(named, given, kinds, strict=True)]
    chosen = [
        remembered.decided(venue or name, address)
        for address, venue, name in zip(addresses, venues, names, strict=True)
    ]
    found = [_chosen(match, choice) for match, choice in zip(found, chosen, strict=True)]
    found = borrow_points(found, table)
    return _with_contradictions(found, named, blocks, gazetteer)


def _given(table: gpd.GeoDataFrame) -> list[tuple[float, float] | None]:
    """List the points that rows came with, other than those found by an earlier run."""
    before = table["located"].isin(_FOUND_BEFORE) if "located" in table else pd.Series(False, index=table.index)
    # points_from_xy makes a point of missing coordinates too; its bounds are missing.
    is_given = table.geometry.bounds.notna().all(axis=1) & ~before
    points = shapely.centroid(table.geometry.to_numpy())
    return [(point.x, point.y) if has_point else None for point, has_point in zip(points, is_given, strict=True)]


def _remembered(match: Match, places: Places, address: str | None, venue: str | None) -> Match:
    """Prefer a remembered place of this address, then of this venue where the address says less."""
    found = places.by_address(address) if address else None
    if found is not None and found.point is not None:
        return found
    if match.status not in (*_LOST, *_COARSE) or match.outside:
        return match
    by_name = places.by_name(venue_name(venue)) if venue else None
    if by_name is None and address and match.status in _LOST:
        by_name = places.by_name(venue_name(address))
    if by_name is None:
        return match
    if match.status in _LOST:
        return by_name if by_name.point is not None or match.status == "no_address" else match
    if by_name.point is None or match.point is None:
        return match
    return by_name if metres_between(*match.point, *by_name.point) <= _NEAR else match


def _chosen(match: Match, choice: Match | None) -> Match:
    """Let what a person chose for this very row come before the point of the sheet."""
    if choice is None or choice.point is None or match.status != "given" or match.point is None:
        return match
    if metres_between(*match.point, *choice.point) <= 1:
        return match
    note = either(
        ja="表の座標ではなく、確認済みの場所を使いました。",
        en="The place that was confirmed is used, not the coordinates of the sheet.",
    )
    return replace(choice, note=note)


def _named(address: str | None, matchers: list[Matcher]) -> Match:
    """Match an address to the first gazetteer that knows its block."""
    if address is None or (len(address) <= _LONGEST_EXCUSE and plain(address) in _NO_ADDRESS):
        return Match("no_address")
    if not matchers:
        return Match(
            "not_found",
            note=either(
                ja="住所一覧も町丁目の図もないため、調べられません。",
                en="There is neither a gazetteer nor a table of blocks to look in.",
            ),
        )
    first = matchers[0].match(address)
    is_cut = first.status == "block" and not _NUMBER.match(
        address_key(address)[-first.unread :] if first.unread else ""
    )
    if first.outside or not (is_cut or first.status in ("not_found", "town")):
        return first
    finer = ("lot", "block", "town") if first.status == "not_found" else ("lot", "block")
    later = [match for matcher in matchers[1:] if (match := matcher.match(address)).status in finer]
    return next((match for match in later if not is_cut or match.unread < first.unread), first)


def _decided(match: Match, point: tuple[float, float] | None, kind: str | None) -> Match:
    """Let the kind of place and a given point come before the address."""
    if kind in _NO_PLACE:
        return Match("no_place")
    if point is None:
        return match
    return Match("given", point, match.written if match.point else None)


def _with_contradictions(
    found: list[Match], named: list[Match], blocks: gpd.GeoDataFrame | None, gazetteer: Gazetteer | None
) -> list[Match]:
    """Add a note to given points that lie far from the block their address names."""
    rows = [
        row
        for row, match in enumerate(found)
        if match.status == "given" and named[row].status in ("lot", "block", "place")
    ]
    if not rows:
        return found
    polygons = _polygons(blocks)
    points = gpd.GeoSeries(shapely.points([found[row].point for row in rows]), crs=LONLAT)
    shapes = [polygons.get(named[row].key) or shapely.Point(named[row].point) for row in rows]
    crs = metre_crs(points)
    metres = to_metres(points, crs).distance(to_metres(gpd.GeoSeries(shapes, crs=LONLAT), crs))
    result = list(found)
    for row, distance in zip(rows, metres, strict=True):
        match = named[row]
        if distance <= CONTRADICTS or (match.key not in polygons and distance <= _size(match, gazetteer) * _SIZES_AWAY):
            continue
        kilometres = f"{distance / 1000:.1f}"
        note = either(
            ja=f"座標が住所の「{match.written}」から約{kilometres}km離れています。どちらかを確かめてください。",
            en=f"The coordinates are about {kilometres} km from {match.written!r} of the address. Check both.",
        )
        result[row] = replace(found[row], note=joined(found[row].note, note))
    return result


def _polygons(blocks: gpd.GeoDataFrame | None) -> dict[str | None, shapely.Geometry]:
    """Collect the polygons of each block under the key of its name."""
    if blocks is None:
        return {}
    known = to_lonlat(blocks)
    known = known[known["block"].notna() & known.geometry.notna()]
    parts: dict[str | None, list[shapely.Geometry]] = defaultdict(list)
    for name, shape in zip(known["block"], known.geometry, strict=True):
        parts[address_key(name)].append(shape)
    return {key: shapely.GeometryCollection(shapes) for key, shapes in parts.items()}


def _size(match: Match, gazetteer: Gazetteer | None) -> float:
    """Guess from the spacing of towns how large the named one is; a lot has no size."""
    if match.status != "block" or gazetteer is None or match.row is None or match.table is not gazetteer:
        return 0.0
    return gazetteer.spacing(match.row)


def _filled(
    table: gpd.GeoDataFrame,
    found: list[Match],
    given: list[tuple[float, float] | None],
    polygons: dict[str | None, shapely.Geometry],
) -> gpd.GeoDataFrame:
    """Write points and words into `table`, which is ours."""
    nowhere = (float("nan"), float("nan"))
    points = [None if match.status == "city" else match.point for match in found]
    shapes = shapely.points(np.array([point or nowhere for point in points]).reshape(-1, 2))
    shapes[[point is None for point in points]] = None
    # A shape that came with the row stays a shape, if nobody chose another point; a shape without a place too.
    stays = [point is not None and match.status != "place" for point, match in zip(given, found, strict=True)]
    shapes[stays] = table.geometry.to_numpy()[stays]
    table[table.geometry.name] = gpd.GeoSeries(shapes, index=table.index, crs=LONLAT)
    texts = texts_of(table, "address")
    parts = [
        (None, None) if text is None or match.status in ("given", "no_place") else divided(text, match)
        for text, match in zip(texts, found, strict=True)
    ]
    words: dict[str, list[str | None]] = {
        "located": [match.status for match in found],
        "located_as": [match.written for match in found],
        "located_note": [match.note for match in found],
        "level": [level_of(match) for match in found],
        "matched": [matched or None for matched, _ in parts],
        "leftover": [leftover or None for _, leftover in parts],
        "source": [source_of(match) for match in found],
    }
    for column, each in words.items():
        table[column] = pd.Series(each, index=table.index, dtype=object)
    table["bound_m"] = pd.Series([bound_of(match, polygons) for match in found], index=table.index, dtype=float)
    table["venue_id"] = group_venues(table)
    return table
