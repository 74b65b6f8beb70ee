"""Which prefecture and city an address may begin with, and what stands behind them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from resourcemap.geocode.address import PREFECTURES, address_key
from resourcemap.geocode.index import city_keys
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.geocode.index import Gazetteer

_PREFECTURES = frozenset(address_key(name) for name in PREFECTURES)
_SMALL_TABLE = 20_000  # towns of a gazetteer that may be searched whole for a text that begins with a prefecture


class Reading(NamedTuple):
    """The text after prefecture and city, the cities it may be in, and whether the city is sure.

    `named` says that the address itself names the city; `note` that it does so by an old name, which may now be
    the beginning of the town; `behind` is the text after that name.
    """

    text: str
    cities: frozenset[int] | None
    is_sure: bool
    named: bool = False
    note: str | None = None
    behind: str = ""


class Head:
    """Reads the beginnings of addresses against the cities of one gazetteer.

    Parameters
    ----------
    table
        The gazetteer.
    prefecture, city
        Where addresses lie that do not say so themselves.
    """

    def __init__(self, table: Gazetteer, prefecture: str, city: str) -> None:
        everywhere = frozenset(range(len(table.city_pairs)))
        self.cities = dict(table.cities)
        self._prefectures = dict(table.prefectures)
        self.prefecture_names = [
            name for name in dict.fromkeys((prefecture, *(first for first, _ in table.city_pairs))) if name
        ]
        home = everywhere
        if prefecture:
            home = self._prefectures.setdefault(address_key(prefecture), everywhere)
        for place, key in enumerate(city_keys(city)):
            if place == 0:
                home = (home & self.cities.get(key, frozenset())) or home
            self.cities.setdefault(key, home)
        self.home = None if home == everywhere else home
        self._home_is_sure = bool(city) or len(everywhere) == 1
        self._lengths = sorted({len(name) for name in (*self._prefectures, *_PREFECTURES)}, reverse=True)
        self._longest = max(map(len, self.cities), default=0)
        self._short = {name[:-1]: name for name in self._prefectures if name != "北海道"}
        self._reads_whole = self.home is not None or not self._prefectures or len(table.towns) <= _SMALL_TABLE
        self._renamed = self._old_names()
        self._longest_old = max(map(len, self._renamed), default=0)

    def readings(self, key: str) -> Iterator[Reading]:
        """Yield what prefecture and city may be, the likeliest first."""
        cities, rest = self.home, key
        prefecture = self._prefecture(key)
        if prefecture is not None:
            rest = key[len(prefecture) :]
            if self._prefectures:
                cities = both(cities, self._prefectures.get(prefecture, frozenset()))
        for length in range(min(self._longest, len(rest)), 0, -1):
            codes = self.cities.get(rest[:length])
            if codes is not None:
                yield Reading(rest[length:], both(cities, codes), is_sure=True, named=True)
        yield from self._by_old_name(rest, cities)
        if prefecture is None:
            yield from self._without_suffix(key)
        yield Reading(rest, cities, is_sure=self._home_is_sure)
        if prefecture is not None and self._reads_whole:
            yield Reading(key, self.home, is_sure=False)

    def _prefecture(self, key: str) -> str | None:
        for length in self._lengths:
            if key[:length] in self._prefectures or key[:length] in _PREFECTURES:
                return key[:length]
        return None

    def _without_suffix(self, key: str) -> Iterator[Reading]:
        """Read 福島石川郡石川町 as 福島県石川郡石川町: only before one of its cities."""
        for length in (2, 3):
            name = self._short.get(key[:length])
            if name is None:
                continue
            inside, rest = both(self.home, self._prefectures[name]), key[length:]
            for end in range(min(self._longest, len(rest)), 2, -1):
                codes = self.cities.get(rest[:end], frozenset()) & inside
                if codes:
                    yield Reading(rest[end:], codes, is_sure=True, named=True)

    def _by_old_name(self, rest: str, cities: frozenset[int] | None) -> Iterator[Reading]:
        """Read a city that has been merged into another: its towns kept their names, or got the old one in front."""
        for length in range(min(self._longest_old, len(rest)), 1, -1):
            old = rest[:length]
            if old not in self._renamed:
                continue
            new, codes = self._renamed[old]
            note = either(
                ja=f"旧市町村名です（現在は{new}）。確かめてください。", en=f"An old name, now {new}. Check it."
            )
            inside, behind = both(cities, codes), rest[length:]
            for text in (old[:-1] + behind, old + behind, behind):
                yield Reading(text, inside, is_sure=False, named=True, note=note, behind=behind)

    def _old_names(self) -> dict[str, tuple[str, frozenset[int]]]:
        found = {}
        for old, new in renamed_cities().items():
            codes = self.cities.get(address_key(new))
            if codes is not None and address_key(old) not in self.cities:
                found[address_key(old)] = (new, codes)
        return found


@cache
def renamed_cities() -> dict[str, str]:
    """Return cities that are gone, and what they are a part of now.

    Examples
    --------
    >>> renamed_cities()["浦和市"]
    'さいたま市'
    """
    content = tomllib.loads(files("resourcemap.geocode").joinpath("renamed.toml").read_text("utf-8"))
    return {old: new for new, names in content.items() for old in names}


def both(one: frozenset[int] | None, other: frozenset[int]) -> frozenset[int]:
    """Return the cities that are in both; ``None`` stands for all.

    Examples
    --------
    >>> both(None, frozenset({1})), sorted(both(frozenset({1, 2}), frozenset({2, 3})))
    (frozenset({1}), [2])
    """
    return other if one is None else one & other
