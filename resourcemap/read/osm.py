"""OpenStreetMap extracts (.osm.pbf): the ways that people walk. They need the extra resourcemap[streets]."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.metres import LONLAT
from resourcemap.read.walkable import TAGS, Walk, barrier_of, walk_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from resourcemap.read.vector import Layers

_MAGIC = b"\n\tOSMHeader"
_BARRIER_REACH = 1.0  # metres of street on each side of a barrier that are closed with it
_METRES_A_DEGREE = 111_320.0

Place = tuple[float, float]


@dataclass(frozen=True)
class _Way:
    nodes: list[int]
    places: list[Place]
    walk: Walk


def pbf_layers(path: Path, *, layer: str | None = None) -> Layers:  # noqa: ARG001
    """Read the ways that people walk as streets from crossing to crossing, with the columns of the table of streets.

    Left out are motorways and ways closed to people on foot (see `walk_of`). A barrier at a point closes a metre of
    street on each side of it, to everyone or to wheels. Ways of which a part lies outside the extract keep the rest.

    Raises
    ------
    InputError
        When osmium is not installed, the file cannot be read, or has no such ways.

    Examples
    --------
    >>> import tempfile
    >>> import osmium
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "town.osm.pbf"
    >>> with osmium.SimpleWriter(str(path)) as made:
    ...     made.add_node(osmium.osm.mutable.Node(id=1, location=(139.7, 35.7)))
    ...     made.add_node(osmium.osm.mutable.Node(id=2, location=(139.8, 35.7)))
    ...     made.add_way(osmium.osm.mutable.Way(id=1, nodes=[1, 2], tags={"highway": "steps"}))
    >>> pbf_layers(path)[0][1]["steps"].tolist()
    [True]
    """
    osmium = _osmium(path)
    with path.open("rb") as file:
        head = file.read(64)
    if _MAGIC not in head:
        raise InputError(_unreadable(path, either(ja="中身がPBFではありません", en="is no PBF inside")))
    try:
        ways, barriers = _read(osmium, path)
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise InputError(_unreadable(path, error)) from error
    used = _crossings(ways)
    streets = [street for way in ways for street in _cut(way, used, barriers)]
    if not streets:
        raise InputError(
            either(
                ja=f"{path.name}: 歩ける道がひとつもありません。書き出す範囲を確かめてください。",
                en=f"{path.name}: has no ways that people walk. Check which area was exported.",
            )
        )
    columns = {
        "steps": [walk.steps for _, walk in streets],
        "slope": [walk.slope for _, walk in streets],
        "oneway_foot": [walk.oneway_foot for _, walk in streets],
        "closed": [walk.closed for _, walk in streets],
    }
    lines = np.array([shapely.LineString(places) for places, _ in streets], dtype=object)
    return [(None, gpd.GeoDataFrame(columns, geometry=lines, crs=LONLAT))]


def _osmium(path: Path) -> Any:
    try:
        import osmium  # noqa: PLC0415
    except ImportError as error:
        raise InputError(
            either(
                ja=f"{path.name}: OpenStreetMapのPBFを読むには、部品の追加が要ります: "
                "pip install 'resourcemap[streets]'",
                en=f"{path.name}: PBF files of OpenStreetMap need an extra: pip install 'resourcemap[streets]'",
            )
        ) from error
    return osmium


def _read(osmium: Any, path: Path) -> tuple[list[_Way], dict[int, str]]:
    """Return the ways that are walked and the barriers at their nodes."""
    barriers: dict[int, str] = {}
    ways: list[_Way] = []
    both = osmium.osm.NODE | osmium.osm.WAY
    keys = osmium.filter.KeyFilter("highway", "barrier")
    for item in osmium.FileProcessor(str(path), both).with_locations().with_filter(keys):
        if item.is_node():
            closed = barrier_of(dict(item.tags))
            if closed:
                barriers[item.id] = closed
        elif "highway" in item.tags and (walk := walk_of({tag: item.tags.get(tag, "") for tag in TAGS})):
            ways += [_Way(nodes, places, walk) for nodes, places in _runs(item.nodes)]
    return ways, barriers


def _runs(nodes: Any) -> Iterator[tuple[list[int], list[Place]]]:
    """Yield the parts of a way whose nodes are in the extract."""
    numbers: list[int] = []
    places: list[Place] = []
    for node in [*nodes, None]:
        if node is not None and node.location.valid():
            numbers.append(node.ref)
            places.append((node.lon, node.lat))
            continue
        if len(numbers) > 1:
            yield numbers, places
        numbers, places = [], []


def _crossings(ways: list[_Way]) -> Counter[int]:
    """Count how often each node is used; the ends of a way twice, since a street ends there in any case."""
    used = Counter(node for way in ways for node in way.nodes)
    used.update(node for way in ways for node in (way.nodes[0], way.nodes[-1]))
    return used


def _cut(way: _Way, used: Mapping[int, int], barriers: Mapping[int, str]) -> Iterator[tuple[list[Place], Walk]]:
    """Cut a way at its crossings, and around the barriers on it."""
    part: list[Place] = []
    for position, (node, place) in enumerate(zip(way.nodes, way.places, strict=True)):
        closed = barriers.get(node)
        before = _towards(place, way.places[position - 1]) if closed and position else None
        if before is not None:
            yield [*part, before], way.walk
            yield [before, place], _stricter(way.walk, closed)
            part = [place]
        else:
            part.append(place)
        if closed and position + 1 < len(way.nodes):
            after = _towards(place, way.places[position + 1])
            yield [place, after], _stricter(way.walk, closed)
            part = [after]
        elif used[node] > 1 and len(part) > 1:
            yield part, way.walk
            part = [place]


def _towards(place: Place, other: Place) -> Place:
    """Return the place a metre from one place towards another, or half-way where they are nearer."""
    wide = (other[0] - place[0]) * math.cos(math.radians(place[1]))
    metres = math.hypot(wide, other[1] - place[1]) * _METRES_A_DEGREE
    share = 0.5 if metres <= 2 * _BARRIER_REACH else _BARRIER_REACH / metres
    return place[0] + share * (other[0] - place[0]), place[1] + share * (other[1] - place[1])


def _stricter(walk: Walk, closed: str | None) -> Walk:
    return replace(walk, closed="everyone" if "everyone" in (walk.closed, closed) else closed)


def _unreadable(path: Path, error: object) -> str:
    return either(
        ja=f"{path.name}: OpenStreetMapのPBFとして読めません（{error}）。もう一度ダウンロードしてください。",
        en=f"{path.name}: cannot be read as PBF of OpenStreetMap ({error}). Download it again.",
    )
