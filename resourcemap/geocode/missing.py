"""Why an address was not found: another city, or a spelling near a known one."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, NamedTuple

from resourcemap.geocode.address import PREFECTURES, address_key, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resourcemap.geocode.index import Gazetteer

_LIKENESS = 0.6
_SHORT, _SHORT_LIKENESS = 3, 0.5
_CITY_LIKENESS = 0.75
_MOST = 5
_SEARCHED = 20_000  # more names than this are not looked through: it would take seconds for each address
_CITY = re.compile(r"([^\d-]{1,6}?[市区]|[^\d-]{1,5}?郡[^\d-]{1,4}?[町村])(?=.)")
_HEAD = re.compile(r"[^\d#-]*(?:\d+[^\d#-]+)*\d*")
_NUMBER_AT_END = re.compile(r"-?\d+$")


def other_city(address: str, cities: list[str], prefectures: list[str]) -> str | None:
    """Return the prefecture or city an address begins with when it is none of the known ones.

    A city spelled almost like a known one is taken for a slip of the pen, not for another city.

    Parameters
    ----------
    address
        As written.
    cities
        Keys of the known cities.
    prefectures
        Names of the known prefectures; any may be meant when there are none.

    Examples
    --------
    >>> other_city("となり市本町3", ["ミホン市"], []), other_city("みほん市本町3", ["ミホン市"], [])
    ('となり市', None)
    """
    text = plain(address)
    prefecture = next((name for name in (*prefectures, *PREFECTURES) if text.startswith(name)), "")
    if prefecture and prefectures and prefecture not in prefectures:
        return prefecture
    rest = address_key(text.removeprefix(prefecture))
    if not any(cities) or any(rest.startswith(city) for city in cities if city):
        return None
    named = _CITY.match(text.removeprefix(prefecture))
    if named is None or difflib.get_close_matches(address_key(named[1]), cities, n=1, cutoff=_CITY_LIKENESS):
        return None
    return named[1]


class NearCity(NamedTuple):
    """A city spelled almost like the one an address begins with, and the text behind it."""

    key: str
    name: str
    behind: str


def near_city(address: str, cities: Iterable[str]) -> NearCity | None:
    """Return the city that an address seems to name with a slip of the pen.

    Parameters
    ----------
    address
        As written.
    cities
        Keys of the known cities.

    Examples
    --------
    >>> near_city("世田ヶ谷区桜丘1-2", ["世田谷区", "文京区"])
    NearCity(key='世田谷区', name='世田谷区', behind='桜丘1-2')
    """
    text = plain(address)
    text = text.removeprefix(next((name for name in PREFECTURES if text.startswith(name)), ""))
    named = _CITY.match(text)
    if named is None:
        return None
    near = difflib.get_close_matches(address_key(named[1]), list(cities), n=1, cutoff=_CITY_LIKENESS)
    return NearCity(near[0], near[0], address_key(text[named.end(1) :])) if near else None


def likely_towns(table: Gazetteer, text: str, cities: frozenset[int] | None) -> list[tuple[str, int]]:
    """List the towns whose spelling is near the beginning of the text, the nearest first.

    Parameters
    ----------
    table
        The gazetteer.
    text
        Key of an address without prefecture and city.
    cities
        Codes of the cities to look in; all of them when ``None``.

    Returns
    -------
    list
        Name and row in the gazetteer; at most five, none where there are too many towns to look through.
    """
    if sum(len(table.rows_of_city.get(city, ())) for city in cities or set(table.city_of)) > _SEARCHED:
        return []
    known = table.names(cities).by_key
    head = _HEAD.match(text)
    wanted = head[0] if head else text
    bare = _NUMBER_AT_END.sub("", wanted)
    near = [_near(spelling, known) for spelling in dict.fromkeys((wanted, bare))]
    longer = sorted((key for key in known if len(bare) > 1 and key.endswith(bare)), key=len)
    found: dict[str, int] = {}
    for key in (*near[0][:1], *longer[:_MOST], *(key for keys in near for key in keys)):
        name = known[key]
        rows = name.towns or name.parts or name.shortened
        whole = not name.towns and bool(name.parts)
        found.setdefault((table.oaza_names if whole else table.town_names)[rows[0]], rows[0])
    return list(found.items())[:_MOST]


def _near(spelling: str, known: Iterable[str]) -> list[str]:
    letters = set(spelling)
    like = [key for key in known if 2 * len(letters.intersection(key)) >= len(letters)]
    cutoff = _SHORT_LIKENESS if len(spelling) <= _SHORT else _LIKENESS
    return difflib.get_close_matches(spelling, like, n=_MOST, cutoff=cutoff)
