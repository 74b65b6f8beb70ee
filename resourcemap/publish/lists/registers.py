"""Other ways into a booklet: by kind, by day of the week, and by name in the order of the kana."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from resourcemap.model.schedule.spans import clock
from resourcemap.publish.choice.choice import WEEKDAYS
from resourcemap.publish.lists.words import words_in
from resourcemap.publish.paper.occasions import REASONS, occasions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import pandas as pd

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.lists.listing import Chapter, Listing
    from resourcemap.publish.paper.entries import Entry

WEEKS = 8
_OFTEN = 2  # once in eight weeks is a date, and no habit
_ROWS = "あかさたなはまやらわ"
# The first letter of each row of the kana table, and those that follow it.
_KANA = (
    *(
        "あいうえおぁぃぅぇぉ",
        "かきくけこがぎぐげごゕゖ",
        "さしすせそざじずぜぞ",
        "たちつてとだぢづでどっ",
        "なにぬねの",
    ),
    *("はひふへほばびぶべぼぱぴぷぺぽ", "まみむめも", "やゆよゃゅょ", "らりるれろ", "わゐゑをんゎゔ"),
)
_ROW_OF = {letter: row for row, letters in zip(_ROWS, _KANA, strict=True) for letter in letters} | {"ゔ": "あ"}
_TO_HIRAGANA = {letter: letter - 0x60 for letter in range(ord("ァ"), ord("ヶ") + 1)}
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_MARKS = "ー・゛゜ 　-‐"


@dataclass(frozen=True)
class Line:
    """A line of a register: what stands before the name, the name, and the entries that it points to."""

    before: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, order=True)
class _Time:
    """Hours of a day: when they begin (-1: not known), in words, and the day."""

    start: int
    hours: str
    day: date


@dataclass(frozen=True)
class Part:
    """A heading of a register with its lines, by area; the mark of a kind stands before the heading."""

    heading: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    kind: str = ""


def by_kind(listing: Listing, catalog: Catalog) -> list[Part]:
    """List all entries by kind, then by area.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.publish.lists.listing import listed
    >>> rows = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["いちごの会", "ABC"], "status": "active",
    ...     "kind": ["salon", "cafe"], "place": "venue", "schedule": "毎週水曜", "channels": "paper"},
    ...     geometry=[None, None], crs="EPSG:4326")
    >>> released = release(rows, "paper")
    >>> listing = listed(released, ("paper",), {"catalog": load_catalog(), "title": "一覧"})
    >>> [part.heading for part in by_kind(listing, load_catalog())]
    ['サロン', 'コミュニティカフェ']
    """
    order = {kind: position for position, kind in enumerate(catalog.kinds)}
    entries = listing.entries
    labels = {entry.kind: entry.kind_label for entry in entries}
    return [
        Part(labels[kind], _groups(listing, [(entry, "") for entry in entries if entry.kind == kind]), kind)
        for kind in sorted(labels, key=lambda kind: (order.get(kind, len(order)), kind))
    ]


def by_weekday(listing: Listing, released: Released, schedules: pd.Series, first: date) -> list[Part]:
    """List the entries of every day of the week, by area and hours; those without a known day come last.

    Looked at are the eight weeks from `first`. What meets on several days stands under each of them. Every entry is
    under a day or among the last ones, with the reason.

    Examples
    --------
    >>> from datetime import date
    >>> import pandas as pd
    >>> from resourcemap.model.schedule.days import Weekly
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.publish.lists.listing import listed
    >>> rows = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["いちごの会", "ABC"], "status": "active",
    ...     "kind": ["salon", "cafe"], "place": "venue", "schedule": "毎週水曜", "channels": "paper"},
    ...     geometry=[None, None], crs="EPSG:4326")
    >>> released = release(rows, "paper")
    >>> listing = listed(released, ("paper",), {"catalog": load_catalog(), "title": "一覧"})
    >>> known = pd.Series([Schedule((Rule(Weekly((2,))),)), None])
    >>> parts = by_weekday(listing, released, known, date(2026, 11, 1))
    >>> [(part.heading, part.groups[0][1][0].name) for part in parts if part.groups]
    [('水曜日', 'いちごの会'), ('曜日の分からないもの', 'ABC')]
    """
    words = words_in(listing.language)
    found = occasions(released, schedules, first, first + timedelta(days=7 * WEEKS - 1))
    of_row = {entry.row: entry for entry in listing.entries}
    days: dict[int, dict[Any, list[_Time]]] = {weekday: {} for weekday in range(7)}
    for row, day, start, end in zip(*(found.dated[name] for name in ("row", "day", "start", "end")), strict=True):
        if row in of_row:
            time = _Time(-1 if _missing(start) else int(start), _hours(start, end, words["hours_unknown"]), day)
            days[day.weekday()].setdefault(row, []).append(time)
    parts = []
    for weekday, rows in days.items():
        told = sorted(
            ((of_row[row], times) for row, times in rows.items()),
            key=lambda each: (min(each[1]).start, each[0].kana or each[0].name),
        )
        lines = [(entry, _in_one(times)) for entry, times in told]
        parts.append(Part(words[WEEKDAYS[weekday]], _groups(listing, lines)))
    return [*parts, *_undated(listing, found.undated, of_row, words)]


def by_name(listing: Listing) -> list[Part]:
    """List all names in the order of the kana; a name without kana goes by its own letters, kanji come last.

    One line stands for all entries of one name and reading.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.publish.lists.listing import listed
    >>> rows = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["いちごの会", "ABC"], "status": "active",
    ...     "kind": ["salon", "cafe"], "place": "venue", "schedule": "毎週水曜", "channels": "paper"},
    ...     geometry=[None, None], crs="EPSG:4326")
    >>> released = release(rows, "paper")
    >>> listing = listed(released, ("paper",), {"catalog": load_catalog(), "title": "一覧"})
    >>> [part.heading for part in by_name(listing)]
    ['あ', '英字・数字']
    """
    words = words_in(listing.language)
    gathered: dict[tuple[str, str], list[Entry]] = {}
    for entry in listing.entries:
        gathered.setdefault((entry.kana or entry.name, entry.name), []).append(entry)
    parts: dict[str, list[tuple[str, Line]]] = {}
    for (reading, name), entries in gathered.items():
        plain = _plain(reading)
        parts.setdefault(_head(plain), []).append((plain.translate(_SMALL), Line("", name, tuple(entries))))
    headings = {**{row: row for row in _ROWS}, **{name: words[name] for name in ("latin", "kanji", "others")}}
    return [
        Part(heading, (("", tuple(line for _, line in sorted(parts[head], key=lambda each: (each[0], each[1].name)))),))
        for head, heading in headings.items()
        if head in parts
    ]


def _groups(listing: Listing, told: Iterable[tuple[Entry, str]]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Put lines under the chapters in which their entries stand, in the order of the chapters."""
    chapter_of = {entry.row: chapter for chapter in listing.chapters for entry in chapter.entries}
    groups: dict[str, list[Line]] = {chapter.name: [] for chapter in listing.chapters}
    for entry, before in told:
        groups[chapter_of[entry.row].name].append(Line(before, entry.name, (entry,)))
    return tuple((_shown(listing.chapters, name), tuple(lines)) for name, lines in groups.items() if lines)


def _shown(chapters: tuple[Chapter, ...], name: str) -> str:
    """Leave out the name of the only chapter there is."""
    return name if len(chapters) > 1 else ""


def _undated(
    listing: Listing, undated: pd.DataFrame, of_row: Mapping[Any, Entry], words: Mapping[str, str]
) -> list[Part]:
    told = [
        (of_row[row], words[f"reason_{reason}"])
        for reason in REASONS
        for row in undated.loc[undated["reason"] == reason, "row"]
        if row in of_row
    ]
    return [Part(words["no_weekday"], _groups(listing, told))] if told else []


def _in_one(times: list[_Time]) -> str:
    """Write all hours of a weekday on one line, with the dates where there are too few to be every week or month."""
    hours = "、".join(dict.fromkeys(time.hours for time in sorted(times)))
    days = sorted({time.day for time in times})
    if len(days) >= _OFTEN:
        return hours
    return f"{'、'.join(f'{day.month}/{day.day}' for day in days)} {hours}"


def _hours(start: Any, end: Any, unknown: str) -> str:
    if _missing(start) and _missing(end):
        return unknown
    return f"{'' if _missing(start) else clock(int(start))}〜{'' if _missing(end) else clock(int(end) % 1440 or 1440)}"


def _missing(value: Any) -> bool:
    return value is None or value != value  # noqa: PLR0124 (not a number)


def _plain(text: str) -> str:
    """Write a reading so that it sorts: hiragana, in whole letters, without marks."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_TO_HIRAGANA)
    return "".join(letter for letter in folded if letter not in _MARKS and letter.isprintable())


def _head(plain: str) -> str:
    """Name the heading under which a reading stands, passing over brackets and the like at its beginning."""
    letter = next((each for each in plain if each.isalnum()), "")
    if letter in _ROW_OF:
        return _ROW_OF[letter]
    if letter.isascii() and letter:
        return "latin"
    return "kanji" if letter and unicodedata.name(letter, "").startswith("CJK") else "others"
