"""The part of the map's address after #, which says what the map opens with: for links, QR codes and frames."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from resourcemap.errors import InputError
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Iterable

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "today", "now")
SORTS = ("kind", "next")
SINCE = (3, 6, 12)
VIEWS = ("list", "map")
# What encodeURIComponent leaves as it is, and what joins choices, times and areas.
_PLAIN = "!*'()~,:"
_TIME = re.compile(r"(\d{1,2}:\d\d)?-(\d{1,2}:\d\d)?")


def fragment(
    *,
    words: str = "",
    kinds: Iterable[str] = (),
    audiences: Iterable[str] = (),
    facilities: Iterable[str] = (),
    languages_spoken: Iterable[str] = (),
    days: Iterable[str] = (),
    time: str = "",
    since: int | None = None,
    area: tuple[str, str | None] | None = None,
    sort: str = "kind",
    at: str = "",
    language: str = "",
    view: str = "list",
    layer: str = "",
    embed: bool = False,
) -> str:
    """Write what a map opens with, ready to stand behind ``#`` in its address; what is usual is left out.

    A map passes over what it does not have: an old link still opens. Choices of a group keep the order given.

    Parameters
    ----------
    words
        What is searched for.
    kinds, audiences, facilities
        Ids of the catalogue.
    languages_spoken
        Languages in which people are spoken to there, as the table writes them.
    days
        ``"mon"`` to ``"sun"``, ``"today"``, ``"now"``.
    time
        Two times of the day such as ``"14:00-16:00"``; either may be missing.
    since
        Only what was checked within so many months: 3, 6 or 12.
    area
        A system of areas and the id of an area in it, or ``None`` for the whole system.
    sort
        ``"kind"`` or ``"next"`` (the next date). The nearest first is for the reader to ask: a link does not.
    at
        The id of a resource whose card is open.
    language
        The language of the page.
    view
        What a phone shows first, ``"list"`` or ``"map"``.
    layer
        A planning layer, as its own link says it.
    embed
        Whether the map stands inside another page, with less around it.

    Raises
    ------
    InputError
        For a day, a time, an order or a view that no map knows.

    Examples
    --------
    >>> fragment(kinds=["salon", "hiroba"], days=["wed"], area=("圏域", "w1"), embed=True)
    'kind=salon,hiroba&day=wed&area=%E5%9C%8F%E5%9F%9F~w1&embed=1'
    >>> fragment()
    ''
    """
    days = list(days)
    for value, known in ((sort, SORTS), (view, VIEWS), *((day, DAYS) for day in days)):
        _check(value, known)
    if since is not None:
        _check(str(since), tuple(map(str, SINCE)))
    if time and not _TIME.fullmatch(time):
        raise InputError(
            either(
                ja=f"時刻 {time!r} が読めません。14:00-16:00 のように書いてください。",
                en=f"The time {time!r} cannot be read. Write it like 14:00-16:00.",
            )
        )
    system, area_id = area or ("", None)
    parts = {
        "q": words.strip(),
        "kind": ",".join(kinds),
        "for": ",".join(audiences),
        "with": ",".join(facilities),
        "speak": ",".join(languages_spoken),
        "day": ",".join(day for day in DAYS if day in days),
        "time": time,
        "since": "" if since is None else str(since),
        "area": system if area_id is None else f"{system}~{area_id}",
        "sort": "" if sort == "kind" else sort,
        "at": at,
        "lang": language,
        "view": "" if view == "list" else view,
        "layer": layer,
        "embed": "1" if embed else "",
    }
    return "&".join(f"{key}={quote(text, safe=_PLAIN)}" for key, text in parts.items() if text)


def _check(value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InputError(
            either(
                ja=f"{value!r} は使えません。使えるのは {', '.join(known)} です。",
                en=f"{value!r} is not known. Known: {', '.join(known)}.",
            )
        )
