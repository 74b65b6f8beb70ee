"""Match one written address to the gazetteer, and say how sure the match is."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from resourcemap.errors import first_five
from resourcemap.geocode.address import NUMBERED, PREFECTURES, address_key, plain, split_lot
from resourcemap.geocode.index import Gazetteer, Name, city_keys
from resourcemap.geocode.missing import likely_name, other_city
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAME_PLACE = 200.0  # metres
_SHOWN = 3
_PREFECTURES = frozenset(address_key(name) for name in PREFECTURES)
_MORE_OF_A_NAME = tuple("町通丁村市区郡")
_NAME_GOES_ON = re.compile(r"[町通丁村]|[^\d#-]*[市区郡]|[東西南北上中下本新元]{1,2}[町通丁]?(?:\d|-|#|$)")
_IN_BUILDING = re.compile(r"階|F|号室|号棟|番[町丁館通]")
_SUBLOT = re.compile(r"[甲乙丙丁戊己庚辛]\d")
_KYOTO_STREETS = re.compile(r".*(?:[上下](?:ル|ケル)|[東西]入ル?)")
_SAYS_BLOCK = re.compile(r"[\d一二三四五六七八九十]丁目?")
_NUMBER_OF_BLOCK = re.compile(r"[\d０-９一二三四五六七八九十百]+丁目?$")


@dataclass(frozen=True, slots=True)
class Match:
    """Where an address is, in a word of ``located``, and how the gazetteer writes it.

    Parameters
    ----------
    status
        A word of ``located``.
    point
        Longitude and latitude, or ``None``.
    written
        City, town and number as in the gazetteer.
    note
        What a person should know about the match, in their language.
    key
        Key of the town block in the gazetteer, when it is one.
    outside
        Whether the address names another city.
    """

    status: str
    point: tuple[float, float] | None = None
    written: str | None = None
    note: str | None = None
    key: str | None = None
    outside: bool = False


class _Reading(NamedTuple):
    """The text after prefecture and city, the cities it may be in, and whether the city is sure."""

    text: str
    cities: frozenset[int] | None
    is_sure: bool


class _Found(NamedTuple):
    """A name that begins the text: as what it was found, its rows, the rest, and whether it ends there for certain."""

    kind: str
    rows: list[int]
    rest: str
    is_certain: bool


@dataclass
class Matcher:
    """Match addresses to one gazetteer; equal addresses are matched once.

    Parameters
    ----------
    gazetteer
        Where to look.
    prefecture, city
        Where addresses lie that do not say so themselves.
    """

    gazetteer: Gazetteer
    prefecture: str = ""
    city: str = ""
    _known: dict[str, Match] = field(default_factory=dict)
    _likely: dict[tuple[str, frozenset[int] | None], str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        table = self.gazetteer
        everywhere = frozenset(table.city_of)
        self._cities = dict(table.cities)
        self._prefectures = dict(table.prefectures)
        self._prefecture_names = [name for name in (self.prefecture, *table.towns["prefecture"].unique()) if name]
        home = everywhere
        if self.prefecture:
            home = self._prefectures.setdefault(address_key(self.prefecture), everywhere)
        for place, key in enumerate(city_keys(self.city)):
            if place == 0:
                home = (home & self._cities.get(key, frozenset())) or home
            self._cities.setdefault(key, home)
        self._home = None if home == everywhere else home
        self._home_is_sure = bool(self.city) or len(everywhere) == 1
        self._prefecture_lengths = sorted({len(name) for name in (*self._prefectures, *_PREFECTURES)}, reverse=True)
        self._longest_city = max(map(len, self._cities), default=0)

    def match(self, address: str) -> Match:
        """Find an address as finely as the gazetteer allows."""
        if address not in self._known:
            self._known[address] = self._matched(address)
        return self._known[address]

    def _matched(self, address: str) -> Match:
        key = address_key(address)
        for without_streets in (False, True):
            for reading in self._readings(key):
                text = _KYOTO_STREETS.sub("", reading.text) if without_streets else reading.text
                found = self._find(text, reading.cities)
                if found is not None and (found.is_certain or reading.is_sure):
                    return self._place(address, found)
        return self._missing(address, next(self._readings(key)))

    def _readings(self, key: str) -> Iterator[_Reading]:
        """Yield what prefecture and city may be, the likeliest first."""
        cities, rest = self._home, key
        beginnings = (key[:length] for length in self._prefecture_lengths)
        prefecture = next((name for name in beginnings if name in self._prefectures or name in _PREFECTURES), None)
        if prefecture is not None:
            rest = key[len(prefecture) :]
            if self._prefectures:
                cities = _both(cities, self._prefectures.get(prefecture, frozenset()))
        for length in range(min(self._longest_city, len(rest)), 0, -1):
            if rest[:length] in self._cities:
                yield _Reading(rest[length:], _both(cities, self._cities[rest[:length]]), is_sure=True)
        yield _Reading(rest, cities, is_sure=self._home_is_sure)
        if prefecture is not None:
            yield _Reading(key, self._home, is_sure=False)

    def _find(self, text: str, cities: frozenset[int] | None) -> _Found | None:
        """Find the longest name that begins the text; one that certainly ends there comes first."""
        if not text or (cities is not None and not cities):
            return None
        doubtful: _Found | None = None
        names = self.gazetteer.names
        for length in range(min(self.gazetteer.longest, len(text)), 0, -1):
            name = names.get(text[:length])
            if name is None:
                continue
            found = self._fitting(name, text[:length], text[length:], cities)
            if found is not None and found.is_certain:
                return found
            doubtful = doubtful or found
        return doubtful

    def _fitting(self, name: Name, key: str, rest: str, cities: frozenset[int] | None) -> _Found | None:
        """Take the rows of a name, if it may end where the rest begins."""
        ends_in_number = key[-1].isdigit()
        if ends_in_number and (rest[:1].isdigit() or _IN_BUILDING.match(rest)):
            return None
        is_certain = not rest or rest[0].isdigit() or rest[0] in "-" + NUMBERED or bool(_SUBLOT.match(rest))
        goes_on = rest[:1] in _MORE_OF_A_NAME if ends_in_number else bool(_NAME_GOES_ON.match(rest))
        if goes_on and not is_certain:
            return None
        table = self.gazetteer
        for kind, rows in (("town", name.towns), ("shortened", name.shortened), ("parts", name.parts)):
            inside = rows if cities is None else [row for row in rows if table.city_of[row] in cities]
            if ends_in_number and rest.startswith(NUMBERED):
                # 番地 follows, so the number at the end of the key is no 丁目.
                inside = [row for row in inside if not table.numbered[row]]
            if inside:
                return _Found(kind, inside, rest, is_certain or (ends_in_number and kind != "parts"))
        return None

    def _place(self, address: str, found: _Found) -> Match:
        if found.kind == "parts":
            return self._place_among_parts(address, found)
        rows = self._equals(address, found.rows)
        if len(rows) > 1:
            return self._ambiguous(rows)
        if found.kind == "town":
            return self._place_in_town(rows[0], found.rest, None)
        name = self._written(rows[0])
        return self._place_in_town(
            rows[0], found.rest, either(ja=f"「{name}」とみなしました。", en=f"Taken as {name!r}.")
        )

    def _place_in_town(self, row: int, rest: str, note: str | None) -> Match:
        table = self.gazetteer
        wanted = split_lot(rest)
        for lot in wanted:
            point = table.lots.get((row, lot))
            if point is not None:
                return Match("lot", point, f"{self._written(row)}{lot}", note, table.keys[row])
        if wanted and row in table.with_lots:
            missing = either(
                ja=f"番地「{wanted[0]}」は住所一覧にないため、町丁目の代表点です。",
                en=f"Number {wanted[0]!r} is not in the gazetteer; placed at the point of the block.",
            )
            return self._at(row, "block", joined(note, missing))
        if rest and not wanted and any(character.isdigit() for character in rest):
            return self._at(row, "town", joined(note, _unread(rest)))
        return self._at(row, "block", note)

    def _at(self, row: int, status: str, note: str | None) -> Match:
        table, name = self.gazetteer, self._written(row)
        if table.has_point(row):
            return Match(status, table.points[row], name, note, table.keys[row])
        siblings = [
            other
            for other in table.siblings(row)
            if table.has_point(other) and table.city_of[other] == table.city_of[row]
        ]
        if not siblings:
            nowhere = either(
                ja=f"「{name}」は住所一覧にありますが、位置がありません。",
                en=f"{name!r} is in the gazetteer, but without a point.",
            )
            return Match("not_found", None, name, joined(note, nowhere))
        near = siblings[_middle([table.metres[other] for other in siblings])]
        instead = either(
            ja=f"「{name}」の位置が住所一覧にないため、「{self._written(near)}」の点です。",
            en=f"The gazetteer has no point for {name!r}; placed at {self._written(near)!r}.",
        )
        return Match("town", table.points[near], name, joined(note, instead))

    def _place_among_parts(self, address: str, found: _Found) -> Match:
        """Place an address that stops above the 丁目 (or 小字) at the middle one of them."""
        table = self.gazetteer
        rows = [row for row in found.rows if table.has_point(row)]
        if not rows:
            return self._at(found.rows[0], "town", None)
        of_city = {table.city_of[row]: row for row in reversed(rows)}
        if len(of_city) > 1:
            return self._ambiguous([of_city[city] for city in sorted(of_city)], whole=True)
        whole = self._whole(rows[0])
        numbers = re.findall(r"\d+", found.rest.split(NUMBERED)[0])
        says_block = len(numbers) > 2 or bool(_SAYS_BLOCK.search(plain(address)))
        if found.rest[:1].isdigit() and says_block and table.numbered[rows[0]]:
            known = first_five(table.town_names[row] for row in found.rows)
            return Match(
                "not_found",
                note=either(
                    ja=f"「{whole}」に{numbers[0]}丁目はありません。もしかして: {known}",
                    en=f"{whole!r} has no block (丁目) {numbers[0]}. Did you mean: {known}",
                ),
            )
        middle = rows[_middle([table.metres[row] for row in rows])]
        name = table.town_names[middle]
        note = either(
            ja=f"丁目・小字がわからないため、{len(rows)}か所のうち真ん中の「{name}」の点です。",
            en=f"The block is not given; placed at {name!r}, the middle one of {len(rows)}.",
        )
        return Match("town", table.points[middle], whole, note)

    def _equals(self, address: str, rows: list[int]) -> list[int]:
        """Leave one of several rows when they are the same place, or one alone is written as in the address."""
        if len(rows) == 1:
            return rows
        table, text = self.gazetteer, plain(address)
        written = [row for row in rows if plain(table.town_names[row]) in text]
        longest = max((len(table.town_names[row]) for row in written), default=0)
        kept = [row for row in written if len(table.town_names[row]) == longest] or rows
        kept = [row for row in kept if table.has_point(row)] or kept
        first = next((row for row in kept if row in table.with_lots), kept[0])
        if all(math.dist(table.metres[first], table.metres[row]) <= _SAME_PLACE for row in kept if row != first):
            return [first]
        return kept

    def _ambiguous(self, rows: list[int], *, whole: bool = False) -> Match:
        names = [self._whole(row) if whole else self._written(row) for row in rows]
        shown = "、".join(names[:_SHOWN])
        more = len(names) > _SHOWN
        note = either(
            ja=f"候補が{len(names)}つあります（{shown}{'など' if more else ''}）。市区町村から書いてください。",
            en=f"{len(names)} places fit ({shown}{' ...' if more else ''}). Write the city too.",
        )
        return Match("ambiguous", note=note)

    def _missing(self, address: str, reading: _Reading) -> Match:
        """Say why an address was not found: it is outside, or its spelling is near another one."""
        named = other_city(address, list(self._cities), self._prefecture_names)
        if named is None and reading.cities is not None and not reading.cities:
            named = plain(address)
        if named is not None:
            home = self.city or self.prefecture or either(ja="住所一覧", en="the gazetteer")
            note = either(ja=f"{home}の外の住所です（{named}）。", en=f"The address is outside {home} ({named}).")
            return Match("not_found", note=note, outside=True)
        question = reading.text, reading.cities
        if question not in self._likely:
            self._likely[question] = likely_name(self.gazetteer, *question)
        likely = self._likely[question]
        return Match(
            "not_found",
            note=joined(
                either(ja="住所一覧に見つかりません。", en="Not in the gazetteer."),
                either(ja=f"もしかして: {likely}", en=f"Did you mean: {likely}") if likely else None,
            ),
        )

    def _written(self, row: int) -> str:
        return self.gazetteer.city_names[row] + self.gazetteer.town_names[row]

    def _whole(self, row: int) -> str:
        """Name what a town is a part of, with its city."""
        table = self.gazetteer
        if table.oaza_names[row] != table.town_names[row]:
            return table.city_names[row] + table.oaza_names[row]
        return table.city_names[row] + _NUMBER_OF_BLOCK.sub("", table.town_names[row])


def joined(note: str | None, more: str | None) -> str | None:
    """Put two notes together; either may be missing.

    Examples
    --------
    >>> joined("a", None), joined("a", "b"), joined(None, None)
    ('a', 'a b', None)
    """
    return " ".join(part for part in (note, more) if part) or None


def _both(one: frozenset[int] | None, other: frozenset[int]) -> frozenset[int]:
    return other if one is None else one & other


def _middle(points: list[tuple[float, float]]) -> int:
    centre = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
    return min(range(len(points)), key=lambda place: math.dist(points[place], centre))


def _unread(rest: str) -> str:
    words = re.split(r"[\d#-]", rest)[0]
    return either(
        ja=f"「{words}」は住所一覧にないため、その手前までの代表点です。",
        en=f"{words!r} is not in the gazetteer; placed at the point of what comes before it.",
    )
