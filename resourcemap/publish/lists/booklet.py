"""The list as a booklet (PDF): areas with maps, then by kind, by day of the week and by name, with page numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Unpack

import pandas as pd

from resourcemap.files import write_bytes
from resourcemap.publish.escape import web_address
from resourcemap.publish.lists.listing import Asked, Chapter, Listing, listed, place_of
from resourcemap.publish.lists.registers import WEEKS, Part, by_kind, by_name, by_weekday
from resourcemap.publish.lists.words import words_in
from resourcemap.publish.paper.marks import marks
from resourcemap.publish.paper.typeset import Document

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from resourcemap.model.consent import Released
    from resourcemap.publish.paper.entries import Entry
    from resourcemap.publish.paper.places import Places

CHANNELS = ("paper",)
_TEMPLATE = files("resourcemap.publish.lists") / "booklet.typ"


@dataclass(frozen=True)
class AreaMap:
    """The map of one chapter.

    Parameters
    ----------
    places
        The numbers on it, of all rows of the chapter.
    svg
        The drawing.
    cells
        The square of each number.
    alt, credit
        What it shows in words, and whose data it is.
    """

    places: Places
    svg: bytes
    cells: Mapping[int, str]
    alt: str
    credit: str


def write_booklet(
    released: Released,
    path: str | os.PathLike[str],
    *,
    maps: Mapping[str | None, AreaMap] | None = None,
    crowded: Mapping[str | None, int] | None = None,
    first: date | None = None,
    **asked: Unpack[Asked],
) -> Path:
    """Write the list as a booklet on A4 (tagged PDF): contents, areas with maps, registers and an index of names.

    The numbers in an area are those of its map. In an area the order is that of all lists: by kind, then by kana.
    Registers and index point to pages. Names without a reading go by their own letters; those that begin with kanji
    stand under a heading of their own.

    Parameters
    ----------
    released
        What the gate let through for ``"paper"``.
    path
        The file to write; it is replaced whole.
    maps
        The maps by id of the area; ``None`` is that of a list that is not divided. A chapter without a map has no
        numbers.
    crowded
        How many places there are in areas that have too many for a map, by id.
    first
        The first of the eight weeks whose days of the week are listed; ``as_of`` unless given.
    asked
        See `Asked`.

    Raises
    ------
    ReleaseError
        When `released` did not come from the gate, or was released for another channel.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> rows = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["みほんサロン"], "kind": "salon", "place": "venue",
    ...     "status": "active", "channels": "paper"}, geometry=[None], crs="EPSG:4326")
    >>> path = Path(tempfile.mkdtemp()) / "list.pdf"
    >>> write_booklet(release(rows, "paper"), path, catalog=load_catalog(), title="一覧").read_bytes()[:5]
    b'%PDF-'
    """
    listing = listed(released, CHANNELS, asked)
    document = _document(released, listing, maps or {}, crowded or {}, first or listing.as_of, asked)
    return write_bytes(path, document.pdf())


def _document(
    released: Released,
    listing: Listing,
    maps: Mapping[str | None, AreaMap],
    crowded: Mapping[str | None, int],
    first: date | None,
    asked: Asked,
) -> Document:
    catalog, words = asked["catalog"], words_in(listing.language)
    ids = {entry.row: f"e{number}" for number, entry in enumerate(listing.entries)}
    maps_of = [maps.get(chapter.area_id) if chapter.of in ("area", "all") else None for chapter in listing.chapters]
    drawn = {f"map{number}.svg": found.svg for number, found in enumerate(maps_of) if found is not None}
    schedules = asked.get("schedules")
    weekdays = []
    if schedules is not None and first is not None:
        weekdays = by_weekday(listing, released, schedules, first)
    data = {
        "words": dict(words),
        "title": listing.title,
        "publisher": listing.publisher,
        "day": listing.day,
        "note": listing.note,
        "how_to_read": _how_to_read(listing, words, mapped=bool(drawn)),
        "chapters": [
            _chapter(chapter, found, number, ids, words, listing.language, crowded.get(chapter.area_id, 0))
            for number, (chapter, found) in enumerate(zip(listing.chapters, maps_of, strict=True))
            if chapter.entries
        ],
        "by_kind": _parts(by_kind(listing, catalog), ids, maps_of, listing),
        "by_weekday": _parts(weekdays, ids, maps_of, listing),
        "weekday_note": _weekday_note(first, words),
        "by_name": _parts(by_name(listing), ids, maps_of, listing),
    }
    return Document(
        _TEMPLATE.read_text(encoding="utf-8"),
        data,
        title=listing.title,
        author=listing.publisher,
        as_of=listing.as_of,
        language=listing.language,
        files={**marks(catalog, [entry.kind for entry in listing.entries]), **drawn},
        name="booklet.typ",
    )


def _how_to_read(listing: Listing, words: Mapping[str, str], *, mapped: bool) -> list[str]:
    asked = {
        "read_numbers": mapped,
        "read_lists": True,
        "read_suspended": any(entry.suspended for entry in listing.entries),
        "read_stale": any(entry.stale for entry in listing.entries),
    }
    if not listing.entries:
        return []
    empty = "、".join(chapter.name for chapter in listing.chapters if not chapter.entries)
    said = [words[name] for name, yes in asked.items() if yes]
    return [*said, words["empty_areas"].format(names=empty)] if empty else said


def _weekday_note(first: date | None, words: Mapping[str, str]) -> str:
    if first is None:
        return ""
    last = first + timedelta(days=7 * WEEKS - 1)
    said = {name: f"{day.year}/{day.month}/{day.day}" for name, day in (("first", first), ("last", last))}
    return words["weekday_note"].format(**said)


def _chapter(
    chapter: Chapter,
    found: AreaMap | None,
    number: int,
    ids: Mapping[Any, str],
    words: Mapping[str, str],
    language: str,
    crowd: int,
) -> dict[str, Any]:
    """Write a chapter: its map, the key of the numbers, and its entries by kind."""
    suspended = sum(entry.suspended for entry in chapter.entries)
    count = "count_suspended" if suspended else "count"
    about = [words[count].format(n=len(chapter.entries), m=suspended)]
    about += [words["approximate"]] if chapter.approximate else []
    about += [words["too_many"].format(n=crowd)] if crowd else []
    groups: dict[str, list[Entry]] = {}
    for entry in chapter.entries:
        groups.setdefault(entry.kind, []).append(entry)
    return {
        "name": chapter.name,
        "own": chapter.of == "area",
        "about": about,
        "map": None if found is None else {"file": f"map{number}.svg", "alt": found.alt, "credit": found.credit},
        "places": [] if found is None else _key(found),
        "groups": [
            {
                "kind": kind,
                "label": entries[0].kind_label,
                "entries": [_entry(entry, found, ids[entry.row], words, language) for entry in entries],
            }
            for kind, entries in groups.items()
        ],
    }


def _key(found: AreaMap) -> list[dict[str, Any]]:
    table = found.places.table
    return [
        {"number": number, "cell": found.cells.get(number, ""), "name": name, "kinds": list(kinds)}
        for number, name, kinds in zip(table.index, table["name"], table["kinds"], strict=True)
    ]


def _entry(entry: Entry, found: AreaMap | None, id_: str, words: Mapping[str, str], language: str) -> dict[str, Any]:
    number = _number(entry, found)
    named = ("audience", "capacity", "cost", "how_to_join", "languages", "facilities", "provider")
    return {
        "id": id_,
        "number": number,
        "cell": "" if found is None or number is None else found.cells.get(number, ""),
        "name": entry.name,
        "suspended": entry.suspended,
        "place": place_of(entry, language),
        "address": entry.address,
        "when": entry.when,
        "as_written": entry.as_written,
        "more": [[words[name], text] for name in named if (text := getattr(entry, name))],
        "phone": entry.phone,
        "url": web_address(entry.url) or "",
        "description": entry.description,
        "checked": entry.checked,
        "stale": entry.stale,
    }


def _number(entry: Entry, found: AreaMap | None) -> int | None:
    number = None if found is None else found.places.numbers.get(entry.row)
    return None if number is None or pd.isna(number) else int(number)


def _parts(
    parts: list[Part], ids: Mapping[Any, str], maps: list[AreaMap | None], listing: Listing
) -> list[dict[str, Any]]:
    map_of = {
        entry.row: found for chapter, found in zip(listing.chapters, maps, strict=True) for entry in chapter.entries
    }
    return [
        {
            "heading": part.heading,
            "kind": part.kind,
            "groups": [
                {
                    "name": name,
                    "lines": [
                        {
                            "before": line.before,
                            "name": line.name,
                            "number": _number(line.entries[0], map_of[line.entries[0].row]),
                            "to": [ids[entry.row] for entry in line.entries],
                        }
                        for line in lines
                    ],
                }
                for name, lines in part.groups
            ],
        }
        for part in parts
    ]
