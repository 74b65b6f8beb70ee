"""Match one written address to the gazetteer, and say how sure the match is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from resourcemap.errors import first_five
from resourcemap.geocode.address import NUMBERED, address_key, plain, postcode, split_lot, without_brackets
from resourcemap.geocode.answer import Candidate, Match, joined
from resourcemap.geocode.missing import likely_towns, near_city, other_city
from resourcemap.geocode.readings import Head
from resourcemap.language import either
from resourcemap.metres import metres_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.geocode.index import Gazetteer, Name
    from resourcemap.geocode.readings import Reading

_SAME_PLACE = 200.0  # metres
_SHOWN = 3
_SEVERAL = 2
_CANDIDATES = 5
_MORE_OF_A_NAME = tuple("町通丁村市区郡")
_NAME_GOES_ON = re.compile(r"[町通丁村]|[^\d#-]*[市区郡]|[東西南北上中下本新元]{1,2}[町通丁]?(?:\d|-|#|$)")
_IN_BUILDING = re.compile(r"階|F|号室|号棟|番[町丁館通]")
_SUBLOT = re.compile(r"[甲乙丙丁戊己庚辛]\d")
_STREETS = re.compile(r".*(?:[上下](?:ル|ケル)|[東西]入ル?)(?:[東西南北]側)?")
_STREET = re.compile(r".*通リ?[東西南北]?側?")
_SAYS_BLOCK = re.compile(r"[\d一二三四五六七八九十]丁目?")
_NUMBER_OF_BLOCK = re.compile(r"[\d０-９一二三四五六七八九十百]+丁目?$")
_IN_TOWN = ("lot", "block", "town")
_NAMES = re.compile(rf"[^-{NUMBERED}\d]")
_ENDS_HERE = re.compile(rf"$|[-{NUMBERED}\d]")
_AROUND = re.compile(r"周辺|付近|近辺|近く|界隈")
# と is a part of many names: what stands on either side of it must be a town.
_OR = re.compile(r"または|又は|もしくは|若しくは|あるいは|および|及び|ならびに|並びに|[・、,，/／｜|;；＆&と\n]")
_PART = re.compile(r"\s*(?:[\d０-９]+|[一二三四五六七八九十]+)丁目?(?![町通])")
_SOMEWHERE = re.compile(r"(?:内|[一1]円|全域|全体|各所|各地|周辺|付近)*")


class _Found(NamedTuple):
    """A name that begins the text: as what it was found, its rows, the rest, and whether it ends there for certain."""

    kind: str
    rows: tuple[int, ...]
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
    _likely: dict[tuple[str, frozenset[int] | None], list[tuple[str, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._head = Head(self.gazetteer, self.prefecture, self.city)

    def match(self, address: str) -> Match:
        """Find an address as finely as the gazetteer allows."""
        known = self._known.get(address)
        if known is None:
            known = self._known[address] = self._matched(address)
        return known

    def _matched(self, address: str) -> Match:
        match = self._one(address)
        if match.row is None or match.status == "city" or not _OR.search(address):
            return match
        return self._several(self._also_named(address)) or match

    def _also_named(self, address: str) -> list[Match]:
        """List the towns of an address that names several: 緑町・港町, 緑町1-2または港町3, 緑町1・2丁目."""
        found: dict[int, Match] = {}
        city = whole = ""
        for part in map(str.strip, _OR.split(without_brackets(address))):
            text = whole + part if whole and _PART.match(part) else part
            if text == address or not _NAMES.search(address_key(text)):
                continue
            row, match = self._ends_in_town(text) or self._ends_in_town(city + text) or (None, None)
            if row is not None and match is not None:
                found.setdefault(row, match)
                city = city or self.gazetteer.city_names[row]
                whole = whole or self._whole(row)
        return list(found.values())

    def _ends_in_town(self, text: str) -> tuple[int, Match] | None:
        """Find a town with nothing but a number behind it."""
        match = self.match(text)
        if match.row is None or match.status not in _IN_TOWN:
            return None
        rest = address_key(text)[-match.unread :] if match.unread else ""
        return (match.row, match) if _ENDS_HERE.match(rest) or _SOMEWHERE.fullmatch(rest) else None

    def _several(self, matches: list[Match]) -> Match | None:
        if len(matches) < _SEVERAL:
            return None
        names = first_five(match.written or "" for match in matches)
        note = either(ja=f"場所が2つ以上書かれています（{names}）。", en=f"Names several places ({names}).")
        rows = [match.row for match in matches if match.row is not None]
        return Match("ambiguous", note=note, candidates=self._candidates(rows), table=self.gazetteer)

    def _one(self, address: str) -> Match:
        """Find the place that an address names first."""
        key = address_key(address)
        first: Reading | None = None
        for streets in (None, _STREETS, _STREET):
            if streets is not None and not streets.match(key):
                continue
            for reading in self._head.readings(key):
                first = first or reading
                text = reading.text if streets is None else self._without(streets, reading)
                found = self._find(text, reading.cities)
                if found is not None and (found.is_certain or reading.is_sure):
                    found = found if reading.is_sure else self._elsewhere(text, reading.cities, found)
                    match = self._place(address, found)
                    return replace(match, note=joined(reading.note, match.note)) if reading.note else match
                if reading.named and reading.cities and _SOMEWHERE.fullmatch(reading.text):
                    return self._city(reading)
        return self._missing(address, first or next(self._head.readings(key)))

    def _without(self, streets: re.Pattern[str], reading: Reading) -> str:
        """Leave out the streets of Kyoto; elsewhere 通り is a part of the name."""
        if streets is _STREET and not self._in_kyoto(reading.cities):
            return ""
        return streets.sub("", reading.text)

    def _in_kyoto(self, cities: frozenset[int] | None) -> bool:
        pairs = self.gazetteer.city_pairs
        return bool(cities) and all(pairs[city][1].startswith("京都市") for city in cities or ())

    def _find(self, text: str, cities: frozenset[int] | None) -> _Found | None:
        """Find the longest name that begins the text; one that certainly ends there comes first."""
        if not text or (cities is not None and not cities):
            return None
        doubtful: _Found | None = None
        names = self.gazetteer.names(cities)
        by_key = names.by_key
        for length in range(min(names.longest, len(text)), 0, -1):
            name = by_key.get(text[:length])
            if name is None:
                continue
            found = self._fitting(name, text[:length], text[length:])
            if found is not None and found.is_certain:
                return found
            doubtful = doubtful or found
        return doubtful

    def _elsewhere(self, text: str, cities: frozenset[int] | None, found: _Found) -> _Found:
        """Add the towns of other cities that a shorter beginning names; where no city is said, any may be meant."""
        city_of, names = self.gazetteer.city_of, self.gazetteer.names(cities)
        there = {city_of[row] for row in found.rows}
        for length in range(len(text) - len(found.rest) - 1, 0, -1):
            name = names.by_key.get(text[:length])
            other = self._fitting(name, text[:length], text[length:]) if name else None
            if other is None or not other.is_certain:
                continue
            more = tuple(row for row in other.rows if city_of[row] not in there)
            if more:
                return found._replace(kind="town", rows=(*found.rows, *more))
        return found

    def _fitting(self, name: Name, key: str, rest: str) -> _Found | None:
        """Take the rows of a name, if it may end where the rest begins."""
        ends_in_number = key[-1].isdigit()
        if ends_in_number and (rest[:1].isdigit() or _IN_BUILDING.match(rest)):
            return None
        is_certain = not rest or rest[0].isdigit() or rest[0] in "-" + NUMBERED or bool(_SUBLOT.match(rest))
        goes_on = rest[:1] in _MORE_OF_A_NAME if ends_in_number else bool(_NAME_GOES_ON.match(rest))
        if goes_on and not is_certain:
            return None
        numbered = self.gazetteer.numbered
        # When 番地 follows, the number at the end of the key is no 丁目.
        no_block = ends_in_number and rest.startswith(NUMBERED)
        for kind, rows in (("town", name.towns), ("shortened", name.shortened), ("parts", name.parts)):
            fit = tuple(row for row in rows if not numbered[row]) if no_block else rows
            if fit:
                return _Found(kind, fit, rest, is_certain or (ends_in_number and kind != "parts"))
        return None

    def _place(self, address: str, found: _Found) -> Match:
        if found.kind == "parts":
            return self._place_among_parts(address, found)
        rows = self._equals(address, found.rows)
        if len(rows) > 1:
            return self._ambiguous(rows)
        note = None
        if found.kind == "shortened":
            name = self._written(rows[0])
            note = either(ja=f"「{name}」とみなしました。", en=f"Taken as {name!r}.")
        match = self._place_in_town(rows[0], _STREETS.sub("", found.rest), note)
        if match.status != "lot" or not _AROUND.search(address):
            return match
        around = either(ja="「周辺」などとあるため、およその位置です。", en="The address says 'around'; roughly there.")
        return replace(match, status="block", note=joined(match.note, around))

    def _place_in_town(self, row: int, rest: str, note: str | None) -> Match:
        table = self.gazetteer
        wanted = split_lot(rest)
        for lot in wanted:
            point = table.lots.get((row, lot))
            if point is not None:
                unread = len(rest) - _length_of(lot, rest)
                return Match(
                    *("lot", point, f"{self._written(row)}{lot}", note, table.key(row)),
                    row=row,
                    lot=lot,
                    unread=unread,
                    table=table,
                )
        if wanted and row in table.lots_of:
            inside = self._inside_street_block(row, wanted, rest, note)
            if inside is not None:
                return inside
            missing = either(
                ja=f"番地「{wanted[0]}」は住所一覧にないため、町丁目の代表点です。",
                en=f"Number {wanted[0]!r} is not in the gazetteer; placed at the point of the block.",
            )
            return self._at(row, "block", joined(note, missing), rest)
        if rest and not wanted and any(character.isdigit() for character in rest):
            return self._at(row, "town" if table.parts(row) else "block", joined(note, _not_read(rest)), rest)
        return self._at(row, "block", note, rest)

    def _inside_street_block(self, row: int, wanted: tuple[str, ...], rest: str, note: str | None) -> Match | None:
        """Take the middle house of a 街区 when the address stops there, or its last number is not known."""
        table = self.gazetteer
        for lot in wanted:
            family = [at for at, number in enumerate(table.lots_of[row]) if number.startswith(lot + "-")]
            if not family:
                continue
            points = table.lots_near(row)[family]
            apart = metres_between(points[:, 0].mean(), points[:, 1].mean(), points[:, 0], points[:, 1])
            lon, lat = points[int(np.argmin(apart))].tolist()
            middle = either(
                ja=f"{len(family)}件ある「{lot}」の中ほどの点です。",
                en=f"Placed amid the {len(family)} numbers of {lot!r}.",
            )
            written, unread = f"{self._written(row)}{lot}", len(rest) - _length_of(lot, rest)
            whole = joined(note, middle)
            return Match(
                *("block", (lon, lat), written, whole, table.key(row)), row=row, lot=lot, unread=unread, table=table
            )
        return None

    def _at(self, row: int, status: str, note: str | None, rest: str) -> Match:
        table, name = self.gazetteer, self._written(row)
        if table.has_point(row):
            return Match(
                *(status, table.point(row), name, note, table.key(row)), row=row, unread=len(rest), table=table
            )
        siblings = [other for other in table.siblings(row) if table.has_point(other)]
        if not siblings:
            nowhere = either(
                ja=f"「{name}」は住所一覧にありますが、位置がありません。",
                en=f"{name!r} is in the gazetteer, but without a point.",
            )
            return Match("not_found", None, name, joined(note, nowhere), table=table)
        near = self._middle(siblings)
        instead = either(
            ja=f"「{name}」の位置が住所一覧にないため、「{self._written(near)}」の点です。",
            en=f"The gazetteer has no point for {name!r}; placed at {self._written(near)!r}.",
        )
        whole = joined(note, instead)
        return Match(
            *("town", table.point(near), name, whole),
            row=near,
            unread=len(rest),
            candidates=self._candidates(siblings),
            table=table,
        )

    def _place_among_parts(self, address: str, found: _Found) -> Match:
        """Place an address that stops above the 丁目 (or 小字) at the middle one of them."""
        table = self.gazetteer
        rows = [row for row in found.rows if table.has_point(row)]
        if not rows:
            return self._at(found.rows[0], "town", None, found.rest)
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
                candidates=self._candidates(found.rows),
                table=table,
            )
        return self._amid(rows, whole, found.rest)

    def _amid(self, rows: list[int], whole: str, rest: str) -> Match:
        """Say that a place is somewhere in these towns; the point is that of the middle one, for want of a better."""
        table, middle = self.gazetteer, self._middle(rows)
        name = table.town_names[middle]
        known = first_five(table.town_names[row] for row in rows)
        note = either(
            ja=f"丁目・小字がわかりません（{known}の{len(rows)}か所のどこか）。点は真ん中の「{name}」のものです。",
            en=f"The block is not given: anywhere in {len(rows)} ({known}); placed at {name!r}, the middle one.",
        )
        return Match(
            *("town", table.point(middle), whole, note),
            row=middle,
            unread=len(rest),
            candidates=self._candidates(rows),
            table=table,
        )

    def _equals(self, address: str, rows: tuple[int, ...]) -> Sequence[int]:
        """Leave one of several rows when they are the same place, or one alone is written as in the address."""
        if len(rows) == 1:
            return rows
        table, text = self.gazetteer, plain(address)
        one_city = len({table.city_of[row] for row in rows}) == 1
        written = [row for row in rows if one_city and plain(table.town_names[row]) in text]
        longest = max((len(table.town_names[row]) for row in written), default=0)
        kept = [row for row in written if len(table.town_names[row]) == longest] or list(rows)
        code = postcode(address)
        kept = [row for row in kept if code and table.postcodes[row] == code] or kept
        kept = [row for row in kept if table.has_point(row)] or kept
        first = next((row for row in kept if row in table.lots_of), kept[0])
        others = [row for row in kept if row != first]
        if not others or bool((table.apart(first, others) <= _SAME_PLACE).all()):
            return [first]
        return kept

    def _ambiguous(self, rows: Sequence[int], *, whole: bool = False) -> Match:
        names = [self._whole(row) if whole else self._written(row) for row in rows]
        if len(set(names)) == 1:
            names = [self.gazetteer.prefecture_names[row] + name for row, name in zip(rows, names, strict=True)]
        shown = "、".join(names[:_SHOWN])
        more = len(names) > _SHOWN
        note = either(
            ja=f"候補が{len(names)}つあります（{shown}{'など' if more else ''}）。市区町村から書いてください。",
            en=f"{len(names)} places fit ({shown}{' ...' if more else ''}). Write the city too.",
        )
        return Match("ambiguous", note=note, candidates=self._candidates(rows), table=self.gazetteer)

    def _city(self, reading: Reading) -> Match:
        """Answer an address that names a city and nothing in it."""
        table = self.gazetteer
        rows = [row for city in sorted(reading.cities or ()) for row in table.rows_of_city.get(city, ())]
        rows = [row for row in rows if table.has_point(row)]
        if not rows:
            return Match("not_found", note=either(ja="住所一覧に見つかりません。", en="Not in the gazetteer."))
        middle = self._middle(rows)
        cities = sorted({table.city_names[row] for row in rows})
        whole = {name.partition("市")[0] for name in cities}
        name = cities[0] if len(cities) == 1 else whole.pop() + "市" if len(whole) == 1 else first_five(cities)
        note = either(
            ja="市区町村までしか書かれていません。町名から書いてください。",
            en="Only the city is given. Write the town too.",
        )
        unread = len(reading.text)
        return Match(
            "city", table.point(middle), name, joined(reading.note, note), row=middle, unread=unread, table=table
        )

    def _missing(self, address: str, reading: Reading) -> Match:
        """Say why an address was not found: it is outside, or its spelling is near another one."""
        old = next((each for each in self._head.readings(address_key(address)) if each.note and each.cities), None)
        reading = reading if old is None else old._replace(text=old.behind)
        named = None if old else other_city(address, list(self._head.cities), self._head.prefecture_names)
        if named is None and reading.cities is not None and not reading.cities:
            named = plain(address)
        if named is not None:
            home = self.city or self.prefecture or either(ja="住所一覧", en="the gazetteer")
            note = either(ja=f"{home}の外の住所です（{named}）。", en=f"The address is outside {home} ({named}).")
            return Match("not_found", note=note, outside=True, table=self.gazetteer)
        city = near_city(address, self._head.cities) if reading.cities is None else None
        if city is not None:
            reading = reading._replace(text=city.behind, cities=self._head.cities[city.key])
        question = reading.text, reading.cities
        if question not in self._likely:
            self._likely[question] = likely_towns(self.gazetteer, *question)
        likely = self._likely[question]
        spelling = likely[0][0] if likely else ""
        if city is not None:
            spelling = (self._written(likely[0][1]) if likely else "") or city.name
        hint = either(ja=f"もしかして: {spelling}", en=f"Did you mean: {spelling}") if spelling else None
        said = joined(reading.note, either(ja="住所一覧に見つかりません。", en="Not in the gazetteer."))
        rows = [row for _, row in likely]
        return Match("not_found", note=joined(said, hint), candidates=self._candidates(rows), table=self.gazetteer)

    def _candidates(self, rows: Sequence[int]) -> tuple[Candidate, ...]:
        table = self.gazetteer
        named = dict.fromkeys(rows[:_CANDIDATES])
        return tuple(
            Candidate(
                table.prefecture_names[row] + self._written(row),
                table.point(row) if table.has_point(row) else None,
                "block",
            )
            for row in named
        )

    def _middle(self, rows: Sequence[int]) -> int:
        """Return the town nearest to the mean of several."""
        table = self.gazetteer
        place = np.asarray(rows, dtype=int)
        lon, lat = table.lon[place], table.lat[place]
        apart = metres_between(lon.mean(), lat.mean(), lon, lat)
        return int(rows[int(np.argmin(apart))])

    def _written(self, row: int) -> str:
        return self.gazetteer.city_names[row] + self.gazetteer.town_names[row]

    def _whole(self, row: int) -> str:
        """Name what a town is a part of, with its city."""
        table = self.gazetteer
        if table.oaza_names[row] != table.town_names[row]:
            return table.city_names[row] + table.oaza_names[row]
        return table.city_names[row] + _NUMBER_OF_BLOCK.sub("", table.town_names[row])


def _length_of(lot: str, rest: str) -> int:
    """Count the characters of the rest that a number of the gazetteer was read from."""
    match = re.match(rf"[-{NUMBERED}]?\D?\d+(?:[-{NUMBERED}]\d+){{{lot.count('-')}}}", rest)
    return match.end() if match else len(rest)


def _not_read(rest: str) -> str:
    words = re.split(r"[\d#-]", rest)[0]
    return either(
        ja=f"「{words}」は住所一覧にないため、その手前までの代表点です。",
        en=f"{words!r} is not in the gazetteer; placed at the point of what comes before it.",
    )
