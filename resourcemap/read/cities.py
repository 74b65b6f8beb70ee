"""The city or ward in which a block lies, where a table says it: it tells blocks of the same name apart."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from resourcemap.model.names import fold_name
from resourcemap.read.aside import is_total
from resourcemap.read.cells import is_blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resourcemap.read.table import Table

_CITY = re.compile(r".*\D[市区町村]")
_WIDER = ("都", "道", "府", "県", "市", "郡")


@cache
def city_key(text: str) -> str:
    """Return the key of the name of a city or ward; nothing for what is none, such as a code or 第1区.

    Examples
    --------
    >>> city_key("札幌市　中央区"), city_key("101"), city_key("1区")
    ('札幌市中央区', '', '')
    """
    key = fold_name(text)
    return key if _CITY.fullmatch(key) else ""


@cache
def same_city(one: str, other: str) -> bool:
    """Tell whether two keys may mean one city or ward: one may say more of what lies around it, or within it.

    Examples
    --------
    >>> same_city("中央区", "北海道札幌市中央区"), same_city("札幌市", "札幌市中央区"), same_city("広島市", "東広島市")
    (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    start = long.find(short)
    if start < 0:
        return False
    before, after = long[:start], long[start + len(short) :]
    return (not before or before.endswith(_WIDER)) and (not after or short.endswith(_WIDER))


def cities_of(table: Table) -> list[str]:
    """Return the city of each row as written; a blank cell counts for the one above.

    Examples
    --------
    >>> from resourcemap.read.table import Table
    >>> rows = [["全市", ""], ["中央区", "大通"], ["", "宮の森"]]
    >>> cities_of(Table("a.csv", None, ("区", "町名"), rows, [2, 3, 4], {"city": 0, "block": 1}))
    ['', '中央区', '中央区']
    """
    cities: list[str] = []
    for cell in table.column("city"):
        above = cities[-1] if cities else ""
        cities.append(above if is_blank(cell) else "" if is_total([cell]) else " ".join(cell.split()))
    return cities


def city_totals(table: Table, cities: Sequence[str], people: Sequence[int], known: Iterable[str]) -> list[bool]:
    """Tell which rows are totals of a city or ward: they name it as their block, or their figures say so.

    Parameters
    ----------
    table
        The rows of people.
    cities
        The city of each row, as from `cities_of`.
    people
        How many people each row has.
    known
        The keys of the cities that the blocks lie in.

    Examples
    --------
    >>> from resourcemap.read.table import Table
    >>> rows = [["中央区", "", "7"], ["中央区", "大通", "3"], ["中央区", "宮の森", "4"], ["", "北 区", "9"]]
    >>> table = Table("a.csv", None, ("区", "町名", "人口"), rows, [2, 3, 4, 5], {"city": 0, "block": 1, "total": 2})
    >>> city_totals(table, cities_of(table), [7, 3, 4, 9], ["札幌市北区"])
    [True, False, False, True]
    """
    keys = [city_key(city) for city in cities]
    wards = {key for key in (*keys, *known) if key}
    names = [city_key(name) for name in table.column("block")]
    named = [bool(name) and any(same_city(name, ward) for ward in wards) for name in names]
    bare = [
        is_blank(name) and is_blank(id_) and bool(key)
        for name, id_, key in zip(table.column("block"), table.column("block_id"), keys, strict=True)
    ]
    sums: dict[str, int] = {}
    for row, key in enumerate(keys):
        if not (named[row] or bare[row] or is_total(table.rows[row])):
            sums[key] = sums.get(key, 0) + people[row]
    return [
        is_named or (is_bare and people[row] == sums.get(keys[row], 0))
        for row, (is_named, is_bare) in enumerate(zip(named, bare, strict=True))
    ]
