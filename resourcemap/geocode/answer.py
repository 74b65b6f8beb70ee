"""What is said about one address: where it is, how surely, and what else may be meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from resourcemap.geocode.index import Gazetteer
    from resourcemap.geocode.places import Place


class Candidate(NamedTuple):
    """A place that may be meant: its name, its point if it has one, and the word of ``located`` it would get."""

    name: str
    point: tuple[float, float] | None
    status: str


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
    row, lot
        The town and the number in the gazetteer.
    unread
        How many characters at the end of the address's key were not used.
    candidates
        What else may be meant, the likeliest first.
    table
        The gazetteer that answered.
    place
        The remembered place that answered.
    """

    status: str
    point: tuple[float, float] | None = None
    written: str | None = None
    note: str | None = None
    key: str | None = None
    outside: bool = False
    row: int | None = None
    lot: str = ""
    unread: int = 0
    candidates: tuple[Candidate, ...] = ()
    table: Gazetteer | None = field(default=None, repr=False, compare=False)
    place: Place | None = None


def joined(note: str | None, more: str | None) -> str | None:
    """Put two notes together; either may be missing.

    Examples
    --------
    >>> joined("a", None), joined("a", "b"), joined(None, None)
    ('a', 'a b', None)
    """
    return " ".join(part for part in (note, more) if part) or None
