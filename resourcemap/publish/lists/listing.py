"""The list itself, whatever file it goes into: chapters of entries, every row in one of them, in one order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NotRequired, TypedDict

import pandas as pd

from resourcemap.errors import ReleaseError
from resourcemap.language import either
from resourcemap.model.consent import Released
from resourcemap.publish.lists.cells import labelled
from resourcemap.publish.lists.sections import choose_system, divide
from resourcemap.publish.lists.words import day_said, words_in
from resourcemap.publish.paper.entries import Entry, entries

if TYPE_CHECKING:
    from datetime import date

    from resourcemap.model.catalog import Catalog


class Asked(TypedDict):
    """What every file of a list is told besides the rows.

    Parameters
    ----------
    catalog
        The kinds, audiences and facilities with their labels.
    title, publisher, as_of
        What stands at the head, and the day from which checks are judged.
    language
        The language of the words around what people wrote, of `resourcemap.model.catalog.LANGUAGES`.
    note
        A sentence at the head: what was chosen, where not everything is listed.
    schedules
        The schedule of each row; without them a schedule stays as people wrote it.
    placements, areas, system
        The area of every resource in every system, the areas in their order, and the system to divide by (the first
        unless given); without `placements` there is one chapter.
    """

    catalog: Catalog
    title: str
    publisher: NotRequired[str]
    as_of: NotRequired[date | None]
    language: NotRequired[str]
    note: NotRequired[str]
    schedules: NotRequired[pd.Series | None]
    placements: NotRequired[pd.DataFrame | None]
    areas: NotRequired[pd.DataFrame | None]
    system: NotRequired[str | None]


@dataclass(frozen=True)
class Chapter:
    """A part of a list.

    Parameters
    ----------
    name
        The area, or what its rows have in common.
    of
        ``"area"``, ``"no_area"``, ``"no_place"``, or ``"all"`` where nothing is divided.
    area_id
        The id of the area.
    approximate
        Whether the borders of the area are.
    entries
        What is said of its rows, in order.
    """

    name: str
    of: str
    area_id: str | None
    approximate: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Listing:
    """A list: what stands at its head, and its chapters; `day` says of which day it is."""

    title: str
    publisher: str
    as_of: date | None
    language: str
    note: str
    system: str | None
    chapters: tuple[Chapter, ...]

    @property
    def day(self) -> str:
        """The day of the list in words."""
        return day_said(self.as_of, self.language)

    @property
    def entries(self) -> list[Entry]:
        """All entries in order."""
        return [entry for chapter in self.chapters for entry in chapter.entries]


def listed(released: Released, channels: tuple[str, ...], asked: Asked) -> Listing:
    """Arrange released rows as a list: by area, in the order of the catalogue's kinds, then by kana or name.

    Every row is in one chapter. What has no place of its own (visits, telephone, online) has its own, and so has what
    lies in no area.

    Parameters
    ----------
    released
        What the gate let through for one of `channels`.
    channels
        Where the list may go.
    asked
        The rest.

    Raises
    ------
    ReleaseError
        When `released` did not come from the gate, or was released for another channel.
    InputError
        When ``placements`` has no ``system`` of that name.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> rows = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["よろず相談", "みほんサロン"], "status": "active",
    ...     "kind": ["consultation", "salon"], "place": ["none", "venue"], "channels": "paper"},
    ...     geometry=[None, None], crs="EPSG:4326")
    >>> made = listed(release(rows, "paper"), ("paper",), {"catalog": load_catalog(), "title": "一覧"})
    >>> [(chapter.of, chapter.name, [each.name for each in chapter.entries]) for chapter in made.chapters]
    [('all', '一覧', ['みほんサロン']), ('no_place', '訪問・電話・オンライン', ['よろず相談'])]
    """
    require_release(released, channels)
    language = asked.get("language", "ja")
    catalog, placements = asked["catalog"], asked.get("placements")
    system = choose_system(placements, asked.get("system"))
    table = labelled(pd.DataFrame(released.table), catalog, language)
    written = entries(
        released, catalog=catalog, schedules=asked.get("schedules"), language=language, as_of=asked.get("as_of")
    )
    of_row = {entry.row: entry for entry in written}
    words = words_in(language)
    chapters = [
        Chapter(
            section.name if section.of == "area" else words[section.of],
            section.of,
            section.area_id,
            section.approximate,
            tuple(of_row[label] for label in section.labels),
        )
        for section in divide(table, placements, asked.get("areas"), system)
    ]
    return Listing(
        asked["title"],
        asked.get("publisher", ""),
        asked.get("as_of"),
        language,
        asked.get("note", ""),
        system,
        tuple(chapters),
    )


def require_release(released: object, channels: tuple[str, ...]) -> None:
    """Raise `ReleaseError` unless a table passed the gate for one of the channels.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     require_release([], ("list", "paper"))
    Traceback (most recent call last):
    resourcemap.errors.ReleaseError: A list takes the result of release(resources, "list"), not 'list'.
    """
    if isinstance(released, Released) and released.channel in channels:
        return
    got = released.channel if isinstance(released, Released) else type(released).__name__
    raise ReleaseError(
        either(
            ja=f'一覧には release(resources, "{channels[0]}") の結果を渡してください（渡されたのは {got!r}）。',
            en=f'A list takes the result of release(resources, "{channels[0]}"), not {got!r}.',
        )
    )


def place_of(entry: Entry, language: str) -> str:
    """Say where it is: the venue, or that it comes to the home, or works by telephone.

    Examples
    --------
    >>> from dataclasses import fields
    >>> blank = dict.fromkeys((field.name for field in fields(Entry)), "")
    >>> place_of(Entry(**(blank | {"place": "none"})), "ja")
    '電話・オンライン'
    """
    words = words_in(language)
    return {"served_area": words["visits"], "none": words["remote"]}.get(entry.place, entry.venue)
