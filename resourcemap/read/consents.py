"""What the columns of a sheet say of consent: by row for which channels, which fields and how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resourcemap.language import either
from resourcemap.model.consent.answers import (
    agreed,
    channels_of,
    field_of_heading,
    has_no_limit,
    is_consent_heading,
    is_near_consent,
    is_understood,
)
from resourcemap.model.consent.fields import Permit, permit_of, spelled
from resourcemap.read.cells import is_blank
from resourcemap.read.dates import read_date
from resourcemap.read.entries import left_aside
from resourcemap.read.headings import bare_heading, known_headings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from resourcemap.read.table import Table

_OF_CONSENT = ("consent", "consent_fields", "consent_until", "consent_on")


@dataclass(frozen=True)
class Consents:
    """What is said of consent, one entry per row of the table, in its order.

    Parameters
    ----------
    words
        The words that decided, as written.
    channels
        Ids of the channels allowed, joined by ``;``; missing where there are none.
    fields
        What ``consent_fields`` says, of several columns together; as written where there is one.
    until, given
        The last day of the consent, and the day from which it holds; missing where nothing is said.
    aside
        The cells that were not understood, and what that means for their rows.
    """

    words: list[str | None]
    channels: list[str | None]
    fields: list[str | None]
    until: list[date | None]
    given: list[date | None]
    aside: list[dict[str, Any]]


def read_consents(table: Table, consent: str | None, *, is_named: bool) -> Consents:
    """Read all columns that speak of consent: the strictest wins, and a refusal goes before what was given.

    A blank says no in a column that is surely one of consent; in others only what is written counts. Of several limits
    the first to come counts; a limit or a day that cannot be read takes the consent back, since it may be over, or not
    have begun. A column that asks of one field (電話の公開可否) withholds that field where it says anything but yes.

    Parameters
    ----------
    table
        The table with its columns chosen.
    consent
        The consent of all rows of a file without such a column.
    is_named
        Whether the user named the column of consent, so that no other heading is surely one.

    Examples
    --------
    >>> from resourcemap.read.table import Table
    >>> rows = [["A", "有", "×", "R9.3.31"], ["B", "有", "○", "次年度まで"]]
    >>> table = Table("a.csv", None, ("名称", "承諾", "電話の公開可否", "承諾期限"), rows, [2, 3],
    ...     {"name": 0, "consent": 1, "consent_until": 3})
    >>> said = read_consents(table, None, is_named=False)
    >>> said.channels, permit_of(said.fields[0]).withheld, said.until[0].isoformat(), said.words[1]
    (['list;map;paper', None], ('phone',), '2027-03-31', '承諾期限: 次年度まで')
    """
    reader = _Reader(table, consent, is_named=is_named)
    answers, until, given = reader.answers(), reader.limits(), reader.days()
    for row, fault in [*reader.faults.items()]:
        answers[row] = ((), fault)
    return Consents(
        [words for _, words in answers],
        [";".join(channels) or None for channels, _ in answers],
        reader.fields(),
        until,
        given,
        reader.aside,
    )


class _Reader:
    """Reads the columns of consent of one table, and notes the cells it does not understand."""

    def __init__(self, table: Table, consent: str | None, *, is_named: bool) -> None:
        self.table = table
        self.consent = consent
        self.is_named = is_named
        self.aside: list[dict[str, Any]] = []
        self.faults: dict[int, str] = {}  # rows whose consent is taken back, with the words that did
        others = {place for name, place in table.ours.items() if name not in _OF_CONSENT}
        self.free = [place for place in range(len(table.headings)) if place not in others]
        self.by_field = {place: group for place in self.free if (group := field_of_heading(table.headings[place]))}
        self.taken = {
            name: [place for place in self.free if self._is(place, name)]
            for name in ("consent_fields", "consent_until", "consent_on")
        }

    def _is(self, place: int, name: str) -> bool:
        if self.table.ours.get(name) == place:
            return True
        known = known_headings("resources")[name]
        return place not in self.table.ours.values() and bare_heading(self.table.headings[place]) in known

    def answers(self) -> list[tuple[tuple[str, ...], str | None]]:
        table, chosen = self.table, self.table.ours.get("consent")
        elsewhere = {*self.by_field, *(place for places in self.taken.values() for place in places)} - {chosen}
        free = [place for place in self.free if place not in elsewhere]
        asked = [place for place in free if place == chosen or is_consent_heading(table.headings[place])]
        near = [place for place in free if place not in asked and is_near_consent(table.headings[place])]
        said = {place: [None if is_blank(row[place]) else row[place] for row in table.rows] for place in asked + near}
        for place in asked:
            self._note_unclear(place, said[place])
        known = set(known_headings("resources")["consent"])
        sure = {place for place in asked if place == chosen}
        if not self.is_named:
            sure |= {place for place in asked if bare_heading(table.headings[place]) in known}
        found = []
        for row in range(len(table.rows)):
            cells = [(table.headings[place], said[place][row]) for place in asked if place in sure or said[place][row]]
            cells = [("", self.consent), *cells] if chosen is None else cells
            found.append(agreed(cells, [(table.headings[place], said[place][row]) for place in near]))
        return found

    def fields(self) -> list[str | None]:
        """Return what the fields are limited to: all columns that name some, less those that a column refuses."""
        return [self._fields_of(row) for row in range(len(self.table.rows))]

    def _fields_of(self, row: int) -> str | None:
        cells = self.table.rows[row]
        texts = [cells[place] for place in self.taken["consent_fields"] if not is_blank(cells[place])]
        refused = {group for place, group in self.by_field.items() if not channels_of(cells[place] or "")}
        if not refused and len(texts) < 2:
            return texts[0] if texts else None
        covered = [permit_of(text) for text in texts] or [Permit()]
        if None in covered:
            return texts[covered.index(None)]
        permits = [permit for permit in covered if permit]
        groups = frozenset.intersection(*(permit.groups for permit in permits)) - refused
        by_word = frozenset.intersection(*(permit.by_word for permit in permits))
        return spelled(Permit(groups, by_word)) if groups else "・".join([*texts, "全部不可"])

    def limits(self) -> list[date | None]:
        found = [
            [self._day(row, place, end=True) for place in self.taken["consent_until"]]
            for row in range(len(self.table.rows))
        ]
        return [min((day for day in days if day), default=None) for days in found]

    def days(self) -> list[date | None]:
        found = [
            [self._day(row, place, end=False) for place in self.taken["consent_on"]]
            for row in range(len(self.table.rows))
        ]
        return [max((day for day in days if day), default=None) for days in found]

    def _day(self, row: int, place: int, *, end: bool) -> date | None:
        text = self.table.rows[row][place]
        if is_blank(text) or (end and has_no_limit(text)):
            return None
        day = read_date(text, end=end)
        if day is None:
            heading = self.table.headings[place]
            self.faults[row] = f"{heading}: {text}"
            reason = either(
                ja="日付として読めません（承諾のないものとして、公開しません）",
                en="not a day that can be read; taken as no consent, so not published",
            )
            self._note(row, heading, text, reason)
        return day

    def _note_unclear(self, place: int, cells: Sequence[str | None]) -> None:
        reason = either(
            ja="承諾のことばとして読めません（公開しません）", en="not a word of consent that is known; not published"
        )
        for row, text in self._unclear(cells):
            self._note(row, self.table.headings[place], text, reason)

    def _unclear(self, cells: Sequence[str | None]) -> Iterator[tuple[int, str]]:
        return ((row, str(text)) for row, text in enumerate(cells) if not is_understood(text))

    def _note(self, row: int, heading: str, text: str, reason: str) -> None:
        table = self.table
        self.aside.append(left_aside(table.file, table.sheet, table.numbers[row], heading, text, reason))
