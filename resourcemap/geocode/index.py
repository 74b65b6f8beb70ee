"""One index of place names and their points."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from resourcemap.geocode.address import address_key
from resourcemap.metres import LONLAT, metre_crs, to_metres

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

_NEIGHBOUR = 3
_WARD = re.compile(r".+?[市郡](.+[区町村])")
_NUMBER_AT_END = re.compile(r"-?\d+$")
_INNER_TOWN = re.compile(r"(.*[^\d-])町([^\d-].+)")


@dataclass(slots=True)
class Name:
    """What one key stands for: rows of towns by full name, by a shortened name, and as parts of the name."""

    towns: list[int] = field(default_factory=list)
    shortened: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Gazetteer:
    """Names of towns and blocks with a point each, and house or lot numbers where the table has them.

    Parameters
    ----------
    towns
        ``prefecture``, ``city``, ``oaza`` (the town without 小字), ``town``, ``lon``, ``lat``, one row per
        town block; a point may be missing.
    lots
        Points (longitude, latitude) by row of `towns` and number ("2-1").
    """

    towns: pd.DataFrame
    lots: dict[tuple[int, str], tuple[float, float]]

    @cached_property
    def names(self) -> dict[str, Name]:
        """Keys of names, and what they stand for."""
        names: dict[str, Name] = defaultdict(Name)
        for row, (key, whole) in enumerate(zip(self.keys, self._wholes, strict=True)):
            names[key].towns.append(row)
            if whole:
                names[whole].parts.append(row)
            for short in _shortened(key):
                names[short].shortened.append(row)
        return dict(names)

    @cached_property
    def keys(self) -> list[str]:
        """Key of each town's name."""
        return _keys(self.towns["town"])

    @cached_property
    def _wholes(self) -> list[str]:
        """Key of what each town is a part of: 大字 of a 小字, the name before a 丁目; empty where it is neither."""
        rows = zip(self.keys, _keys(self.towns["oaza"]), self.numbered, strict=True)
        return [_part_of(key, oaza, is_numbered=is_numbered) for key, oaza, is_numbered in rows]

    def siblings(self, row: int) -> list[int]:
        """List the towns that are parts of the same whole as a town."""
        whole = self._wholes[row]
        return self.names[whole].parts if whole else []

    def has_point(self, row: int) -> bool:
        """Say whether a town has a point."""
        return not math.isnan(self.points[row][0] + self.points[row][1])

    @cached_property
    def town_names(self) -> list[str]:
        """Name of each town."""
        return [str(name) for name in self.towns["town"]]

    @cached_property
    def oaza_names(self) -> list[str]:
        """Name of each town without its 小字."""
        return [str(name) for name in self.towns["oaza"]]

    @cached_property
    def city_names(self) -> list[str]:
        """Name of each town's city."""
        return [str(name) for name in self.towns["city"]]

    @cached_property
    def longest(self) -> int:
        """Length of the longest key."""
        return max(map(len, self.names), default=0)

    @cached_property
    def numbered(self) -> list[bool]:
        """Whether the name of each town ends with 丁目."""
        return [name.endswith(("丁目", "丁")) for name in self.towns["town"]]

    @cached_property
    def points(self) -> list[tuple[float, float]]:
        """Longitude and latitude of each town."""
        return list(zip(self.towns["lon"].tolist(), self.towns["lat"].tolist(), strict=True))

    @cached_property
    def metres(self) -> list[tuple[float, float]]:
        """The points of the towns in metres, for distances between them."""
        points = gpd.GeoSeries.from_xy(self.towns["lon"], self.towns["lat"], crs=LONLAT)
        known = points[self.towns["lon"].notna()]
        flat = to_metres(known, metre_crs(known)).reindex(points.index)
        return list(zip(flat.x.tolist(), flat.y.tolist(), strict=True))

    def spacing(self, row: int) -> float:
        """Return how many metres a town's third nearest neighbour is away: large where towns are large."""
        metres = np.array(self.metres)
        apart = np.hypot(*(metres - metres[row]).T)
        apart = np.sort(apart[np.isfinite(apart)])
        return float(apart[min(_NEIGHBOUR, len(apart) - 1)])

    @cached_property
    def with_lots(self) -> frozenset[int]:
        """Rows of `towns` that have numbers."""
        return frozenset(town for town, _ in self.lots)

    @cached_property
    def city_of(self) -> list[int]:
        """Code of each town's city; towns of one city share it."""
        pairs = zip(self.towns["prefecture"], self.towns["city"], strict=True)
        codes: dict[tuple[str, str], int] = {}
        return [codes.setdefault(pair, len(codes)) for pair in pairs]

    @cached_property
    def cities(self) -> dict[str, frozenset[int]]:
        """Codes of cities by every key a city may be written with."""
        return _gathered((key, code) for code, (_, city) in enumerate(self._pairs) for key in city_keys(city))

    @cached_property
    def prefectures(self) -> dict[str, frozenset[int]]:
        """Codes of cities by the key of their prefecture."""
        return _gathered((address_key(name), code) for code, (name, _) in enumerate(self._pairs) if name)

    @property
    def _pairs(self) -> list[tuple[str, str]]:
        return list(dict.fromkeys(zip(self.towns["prefecture"], self.towns["city"], strict=True)))


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


def _keys(names: pd.Series) -> list[str]:
    known = {name: address_key(name) for name in names.unique()}
    return [known[name] for name in names]


def _part_of(key: str, oaza: str, *, is_numbered: bool) -> str:
    if oaza != key:
        return oaza
    above = _NUMBER_AT_END.sub("", key)
    return above if is_numbered and above != key else ""


def _shortened(key: str) -> tuple[str, ...]:
    """Leave out a 町 inside a name, or all before it: 木之本町西山 is also written 木之本西山 or 西山."""
    parts = _INNER_TOWN.fullmatch(key)
    return (parts[1] + parts[2], parts[2]) if parts else ()


def _gathered(pairs: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for key, code in pairs:
        found[key].add(code)
    return {key: frozenset(codes) for key, codes in found.items()}
