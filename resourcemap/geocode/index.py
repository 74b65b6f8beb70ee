"""One index of place names and their points."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from resourcemap.geocode.address import address_key
from resourcemap.metres import metres_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from resourcemap.geocode.places import Place

_NEIGHBOUR = 3
_WINDOWS = (0.02, 0.1, 0.5, 5.0, 180.0)  # degrees around a town in which its neighbours are looked for
_WARD = re.compile(r".+?[市郡](.+[区町村])")
_NUMBER_AT_END = re.compile(r"-?\d+$")
_INNER_TOWN = re.compile(r"(.*[^\d-])町([^\d-].+)")


@dataclass(slots=True)
class Name:
    """What one key stands for: rows of towns by full name, by a shortened name, and as parts of the name."""

    towns: tuple[int, ...] = ()
    shortened: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """The names of some cities by key, and the length of the longest key."""

    by_key: Mapping[str, Name]
    longest: int


@dataclass(frozen=True)
class Gazetteer:
    """Names of towns and blocks with a point each, and house or lot numbers where the table has them.

    Parameters
    ----------
    towns
        ``prefecture``, ``city``, ``oaza`` (the town without 小字), ``town``, ``lon``, ``lat``, one row per
        town block; a point may be missing. ``source`` (where the point is from) and ``postcode`` may be there.
    lots
        Points (longitude, latitude) by row of `towns` and number ("2-1").
    lot_sources
        Where the numbers of a town are from, by row of `towns`.
    places
        Places remembered by their name or whole address.
    prepared
        Keys of the towns and of what each is a part of, when they were worked out before.
    """

    towns: pd.DataFrame
    lots: Mapping[tuple[int, str], tuple[float, float]]
    lot_sources: Mapping[int, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    prepared: tuple[Sequence[str], Sequence[str]] | None = field(default=None, repr=False)

    def names(self, cities: frozenset[int] | None = None) -> Names:
        """Return the names in some cities (all when ``None``) by their keys; made once for each set of cities."""
        known = self._names.get(cities)
        if known is None:
            known = self._names[cities] = self._named(cities)
        return known

    def _named(self, cities: frozenset[int] | None) -> Names:
        rows = self._rows_of(cities)
        by_key: dict[str, Name] = defaultdict(Name)
        for row in rows:
            key, whole = self.key(row), self._whole(row)
            by_key[key].towns += (row,)
            if whole:
                by_key[whole].parts += (row,)
            for short in _shortened(key):
                by_key[short].shortened += (row,)
        return Names(dict(by_key), max(map(len, by_key), default=0))

    def _rows_of(self, cities: frozenset[int] | None) -> Iterable[int]:
        if cities is None:
            return range(len(self.towns))
        return sorted(row for city in cities for row in self.rows_of_city.get(city, ()))

    @cached_property
    def _names(self) -> dict[frozenset[int] | None, Names]:
        return {}

    def key(self, row: int) -> str:
        """Return the key of a town's name."""
        if self.prepared is not None:
            return self.prepared[0][row]
        return self._key_of(self.town_names[row])

    def _whole(self, row: int) -> str:
        """Key of what a town is a part of: 大字 of a 小字, the name before a 丁目; empty where it is neither."""
        if self.prepared is not None:
            return self.prepared[1][row]
        return _part_of(self.key(row), self._key_of(self.oaza_names[row]), is_numbered=self.numbered[row])

    def prepare(self) -> Gazetteer:
        """Return the same gazetteer with all keys worked out."""
        rows = range(len(self.towns))
        keys = [self.key(row) for row in rows], [self._whole(row) for row in rows]
        return Gazetteer(self.towns, self.lots, self.lot_sources, self.places, keys)

    def only(self, cities: frozenset[int]) -> Gazetteer:
        """Return a gazetteer of some cities."""
        rows = sorted(row for city in cities for row in self.rows_of_city.get(city, ()))
        place = {row: at for at, row in enumerate(rows)}
        numbered = [row for row in rows if row in self.lots_of]
        lots = {(place[row], lot): self.lots[row, lot] for row in numbered for lot in self.lots_of[row]}
        sources = {place[row]: text for row, text in self.lot_sources.items() if row in place}
        keys = None if self.prepared is None else tuple([each[row] for row in rows] for each in self.prepared)
        towns = self.towns.iloc[rows].reset_index(drop=True)
        return Gazetteer(towns, lots, sources, self.places, keys)  # type: ignore[arg-type]

    def _key_of(self, name: str) -> str:
        known = self._keys.get(name)
        if known is None:
            known = self._keys[name] = address_key(name)
        return known

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {}

    def siblings(self, row: int) -> tuple[int, ...]:
        """List the towns of the same city that are parts of the same whole as a town."""
        whole = self._whole(row)
        return self.names(frozenset({self.city_of[row]})).by_key[whole].parts if whole else ()

    def parts(self, row: int) -> tuple[int, ...]:
        """List the towns of the same city that are parts of a town."""
        key = self.key(row)
        return tuple(part for part in self.names(frozenset({self.city_of[row]})).by_key[key].parts if part != row)

    def has_point(self, row: int) -> bool:
        """Say whether a town has a point."""
        return not math.isnan(self.lon[row] + self.lat[row])

    def point(self, row: int) -> tuple[float, float]:
        """Return longitude and latitude of a town."""
        return float(self.lon[row]), float(self.lat[row])

    @cached_property
    def lon(self) -> np.ndarray:
        """Longitude of each town."""
        return np.asarray(self.towns["lon"], dtype=float)

    @cached_property
    def lat(self) -> np.ndarray:
        """Latitude of each town."""
        return np.asarray(self.towns["lat"], dtype=float)

    @property
    def points(self) -> list[tuple[float, float]]:
        """Longitude and latitude of each town."""
        return list(zip(self.lon.tolist(), self.lat.tolist(), strict=True))

    @cached_property
    def town_names(self) -> list[str]:
        """Name of each town."""
        return _texts(self.towns["town"])

    @cached_property
    def oaza_names(self) -> list[str]:
        """Name of each town without its 小字."""
        return _texts(self.towns["oaza"])

    @cached_property
    def city_names(self) -> list[str]:
        """Name of each town's city."""
        return _texts(self.towns["city"])

    @cached_property
    def prefecture_names(self) -> list[str]:
        """Name of each town's prefecture."""
        return _texts(self.towns["prefecture"])

    @cached_property
    def sources(self) -> list[str]:
        """Where the point of each town is from."""
        return _texts(self.towns["source"]) if "source" in self.towns else [""] * len(self.towns)

    @cached_property
    def postcodes(self) -> list[str]:
        """Postcode of each town, as far as it is known."""
        return _texts(self.towns["postcode"]) if "postcode" in self.towns else [""] * len(self.towns)

    @cached_property
    def numbered(self) -> list[bool]:
        """Whether the name of each town ends with 丁目."""
        return [name.endswith(("丁目", "丁")) for name in self.town_names]

    def apart(self, row: int, rows: Sequence[int]) -> np.ndarray:
        """Return the metres between a town and others; missing where there is no point."""
        place = np.asarray(rows, dtype=int)
        return metres_between(self.lon[row], self.lat[row], self.lon[place], self.lat[place])

    def spacing(self, row: int) -> float:
        """Return how many metres a town's third nearest neighbour is away: large where towns are large."""
        known = self._spacings.get(row)
        if known is None:
            known = self._spacings[row] = self._spaced(row)
        return known

    def _spaced(self, row: int) -> float:
        """Look at ever wider windows, until neighbours outside the window cannot be nearer."""
        rows, lats = self._by_latitude
        lon, lat = self.lon[row], self.lat[row]
        nearest = 0.0
        for degrees in _WINDOWS:
            begin, end = np.searchsorted(lats, (lat - degrees, lat + degrees))
            inside = rows[begin:end]
            inside = inside[np.abs(self.lon[inside] - lon) <= degrees / max(math.cos(math.radians(lat)), 0.01)]
            apart = np.sort(self.apart(row, inside))
            nearest = float(apart[min(_NEIGHBOUR, len(apart) - 1)]) if len(apart) else 0.0
            if len(apart) > _NEIGHBOUR and nearest <= degrees * 110_000:
                break
        return nearest

    @cached_property
    def _by_latitude(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows with a point from south to north, and their latitudes."""
        order = np.argsort(self.lat, kind="stable")
        order = order[np.isfinite(self.lat[order]) & np.isfinite(self.lon[order])]
        return order, self.lat[order]

    @cached_property
    def _spacings(self) -> dict[int, float]:
        return {}

    @cached_property
    def lots_of(self) -> Mapping[int, tuple[str, ...]]:
        """Numbers of each row of `towns` that has any."""
        ready: Mapping[int, tuple[str, ...]] | None = getattr(self.lots, "by_town", None)
        if ready is not None:
            return ready
        found: dict[int, list[str]] = defaultdict(list)
        for town, lot in self.lots:
            found[town].append(lot)
        return {town: tuple(lots) for town, lots in found.items()}

    def lots_near(self, row: int) -> np.ndarray:
        """Return longitude and latitude of the numbers of a town, in the order of `lots_of`."""
        known = self._lot_points.get(row)
        if known is None:
            points = [self.lots[row, lot] for lot in self.lots_of.get(row, ())]
            known = self._lot_points[row] = np.array(points, dtype=float).reshape(-1, 2)
        return known

    @cached_property
    def _lot_points(self) -> dict[int, np.ndarray]:
        return {}

    @cached_property
    def city_of(self) -> list[int]:
        """Code of each town's city; towns of one city share it."""
        codes: dict[tuple[str, str], int] = {}
        pairs = zip(self.prefecture_names, self.city_names, strict=True)
        return [codes.setdefault(pair, len(codes)) for pair in pairs]

    @cached_property
    def rows_of_city(self) -> dict[int, list[int]]:
        """Rows of `towns` by the code of their city."""
        rows: dict[int, list[int]] = defaultdict(list)
        for row, city in enumerate(self.city_of):
            rows[city].append(row)
        return dict(rows)

    @cached_property
    def cities(self) -> dict[str, frozenset[int]]:
        """Codes of cities by every key a city may be written with."""
        return _gathered((key, code) for code, (_, city) in enumerate(self.city_pairs) for key in city_keys(city))

    @cached_property
    def prefectures(self) -> dict[str, frozenset[int]]:
        """Codes of cities by the key of their prefecture."""
        return _gathered((address_key(name), code) for code, (name, _) in enumerate(self.city_pairs) if name)

    @cached_property
    def city_pairs(self) -> list[tuple[str, str]]:
        """Prefecture and name of each city, by its code."""
        return list(dict.fromkeys(zip(self.prefecture_names, self.city_names, strict=True)))


def city_keys(city: str) -> tuple[str, ...]:
    """List the keys a city may be written with: with its 郡 or ordinance city, and without.

    Examples
    --------
    >>> city_keys("札幌市中央区"), city_keys("綾歌郡綾川町"), city_keys("みほん市")
    (('札幌市中央区', '中央区', '札幌市'), ('綾歌郡綾川町', '綾川町'), ('ミホン市',))
    """
    if not city:
        return ()
    inner = _WARD.fullmatch(city)
    if inner is None:
        return (address_key(city),)
    outer = city[: inner.start(1)]
    names = (city, inner[1], outer) if outer.endswith("市") else (city, inner[1])
    return tuple(address_key(name) for name in names)


def _texts(names: pd.Series) -> list[str]:
    return [str(name) for name in names.tolist()]


def _part_of(key: str, oaza: str, *, is_numbered: bool) -> str:
    if oaza != key:
        return oaza
    above = _NUMBER_AT_END.sub("", key)
    return above if is_numbered and above != key else ""


def _shortened(key: str) -> tuple[str, ...]:
    """Leave out a 町 inside a name, or all before it: 木之本町西山 is also written 木之本西山 or 西山."""
    parts = _INNER_TOWN.fullmatch(key) if "町" in key else None
    return (parts[1] + parts[2], parts[2]) if parts else ()


def _gathered(pairs: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for key, code in pairs:
        found[key].add(code)
    return {key: frozenset(codes) for key, codes in found.items()}
