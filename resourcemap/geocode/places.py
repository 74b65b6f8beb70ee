"""Places that somebody has looked up before: a name or a whole address, and where it is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from resourcemap.geocode.address import NUMBERED, address_key
from resourcemap.geocode.answer import Candidate, Match
from resourcemap.geocode.index import city_keys
from resourcemap.language import either
from resourcemap.metres import metres_between
from resourcemap.model.names import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE_VENUE = 300.0  # metres: points of one name that are farther apart belong to several venues


class Place(NamedTuple):
    """A remembered place.

    Parameters
    ----------
    name, address
        How sheets write it; either may be empty.
    point
        Longitude and latitude.
    located
        How sure it is, in a word of ``located``: ``place`` where it is the very spot.
    source
        Where this is from, and of which day.
    """

    name: str
    address: str
    point: tuple[float, float]
    located: str = "place"
    source: str = ""


class Places:
    """Remembered places by name and by address.

    Parameters
    ----------
    known
        The places; where two share name and address, the last one counts.
    prefecture, city
        What addresses may leave out at their beginning.
    """

    def __init__(self, known: Sequence[Place], prefecture: str = "", city: str = "") -> None:
        self._prefecture = address_key(prefecture)
        self._cities = city_keys(city)
        self._names: dict[str, dict[str, Place]] = defaultdict(dict)
        self._addresses: dict[str, dict[str, Place]] = defaultdict(dict)
        for place in known:
            name, address = fold_name(place.name), self.key(place.address)
            if name:
                self._names[name][address] = place
            if address:
                self._addresses[address][name] = place

    def key(self, address: str) -> str:
        """Return the key of an address without the prefecture and the city of the project."""
        key = address_key(address).replace(NUMBERED, "-").strip("-")
        key = key.removeprefix(self._prefecture)
        first = next((name for name in self._cities if key.startswith(name)), "")
        return key.removeprefix(first)

    def decided(self, name: str | None, address: str | None) -> Match | None:
        """Find the place somebody chose for this very name and address."""
        if not name or not address or not self._addresses:
            return None
        place = self._addresses.get(self.key(address), {}).get(fold_name(name))
        return _match(place) if place is not None else None

    def by_address(self, address: str) -> Match | None:
        """Find the place with this address."""
        found = self._addresses.get(self.key(address), {}) if self._addresses else {}
        return _one(list(found.values()))

    def by_name(self, name: str) -> Match | None:
        """Find the place with this name."""
        return _one(list(self._names.get(fold_name(name), {}).values()))


def _one(places: list[Place]) -> Match | None:
    """Answer with the newest of several places, unless they are far apart."""
    if not places:
        return None
    first = places[-1]
    apart = [float(metres_between(*first.point, *other.point)) for other in places]
    if max(apart) <= ONE_VENUE:
        return _match(first)
    note = either(
        ja=f"同じ名前の場所が{len(places)}か所あります。住所を書いてください。",
        en=f"There are {len(places)} places of this name. Write the address.",
    )
    candidates = tuple(
        Candidate(f"{place.name} {place.address}".strip(), place.point, place.located) for place in places
    )
    return Match("ambiguous", note=note, candidates=candidates)


def _match(place: Place) -> Match:
    return Match(place.located, place.point, " ".join(filter(None, (place.name, place.address))), place=place)
