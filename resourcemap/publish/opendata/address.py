"""The parts of a written address that are surely known: prefecture and city."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from resourcemap.publish.opendata.about import About

_PREFECTURE: Final = re.compile(r"東京都|北海道|(?:京都|大阪)府|[^市区町村]{2,3}県")


class Address(NamedTuple):
    """Prefecture, city, and the rest as written."""

    prefecture: str
    city: str
    rest: str


def parts_of(address: str, about: About) -> Address:
    """Divide an address; one that names no other prefecture lies in the city of the project.

    Of an address in another prefecture only that is divided off: where the name of its city ends cannot be told by its
    characters.

    Examples
    --------
    >>> from resourcemap.publish.opendata.about import About
    >>> about = About(prefecture="見本県", city="みほん市")
    >>> tuple(parts_of("本町1-2", about)), tuple(parts_of("見本県みほん市本町1-2", about))
    (('見本県', 'みほん市', '本町1-2'), ('見本県', 'みほん市', '本町1-2'))
    >>> tuple(parts_of("東京都中央区1-2", about))
    ('東京都', '', '中央区1-2')
    """
    found = _PREFECTURE.match(address)
    if found and found[0] != about.prefecture:
        return Address(found[0], "", address.removeprefix(found[0]))
    rest = address.removeprefix(about.prefecture)
    return Address(about.prefecture, about.city, rest.removeprefix(about.city) or rest)
