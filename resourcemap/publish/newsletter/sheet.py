"""One issue for one area, as finished texts: the same for the PDF, for Word and for a template of the project."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from resourcemap.publish.newsletter.dates import month_of_dates
from resourcemap.publish.newsletter.news import news_of
from resourcemap.publish.newsletter.words import JAPANESE
from resourcemap.publish.paper.entries import entries
from resourcemap.publish.paper.marks import marks
from resourcemap.publish.paper.occasions import occasions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import pandas as pd

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.newsletter.column import Block
    from resourcemap.publish.newsletter.dates import Line, Month, Part
    from resourcemap.publish.newsletter.news import Changes
    from resourcemap.publish.newsletter.words import Words
    from resourcemap.publish.paper.entries import Entry
    from resourcemap.publish.paper.occasions import Occasions
    from resourcemap.publish.paper.places import Places
    from resourcemap.publish.papermap import PaperMap

# The usual width and height of the map, in mm; in large type it is higher.
MAP_MM, LARGE_MAP_MM = (180.0, 106.0), (180.0, 125.0)
# What stands in a line of undated rows instead of days.
_REASONS = ("no_schedule", "not_understood", "irregular")


@dataclass(frozen=True)
class Masthead:
    """What stands at the head of an issue.

    Parameters
    ----------
    name
        Of the newsletter.
    number
        Of the issue; 0 for none.
    area
        The area.
    publisher, phone, address, mail
        Who makes it, and how to reach them; blank ones are left out.
    issued
        The day it is made.
    first, last
        The first and the last day of its month.
    """

    name: str
    number: int
    area: str
    publisher: str
    phone: str
    address: str
    mail: str
    issued: date
    first: date
    last: date


@dataclass(frozen=True)
class Sheet:
    """One issue for one area.

    Parameters
    ----------
    data
        Everything that stands in it, as docs/newsletter.md lists it.
    drawn
        The map; nothing where no place has a number and there is no area to draw.
    address
        Where the map of the area opens; blank when it is not on the web.
    marks
        The marks of its kinds, as `resourcemap.publish.paper.marks.marks` draws them.
    title, author, as_of, language
        The properties of the files.
    draw
        Draws the map in another width and height, in millimetres; without it the map has one size.
    """

    data: Mapping[str, Any] = field(repr=False)
    drawn: PaperMap | None = field(repr=False)
    address: str
    marks: Mapping[str, bytes] = field(repr=False)
    title: str
    author: str
    as_of: date
    language: str
    draw: Callable[[float, float], PaperMap | None] | None = field(default=None, repr=False, compare=False)

    def with_map(self, width_mm: float, height_mm: float) -> Sheet:
        """Return the issue with its map in another size, and in the list the cells of that map."""
        drawn = None if self.draw is None else self.draw(width_mm, height_mm)
        if drawn is None:
            return self
        listed = dict(self.data["list"])
        listed["items"] = [{**item, "cell": drawn.cells.get(item["number"], "")} for item in listed["items"]]
        size = {"width_mm": drawn.width_mm, "height_mm": drawn.height_mm}
        return replace(self, drawn=drawn, data={**self.data, "list": listed, "map": {**self.data["map"], **size}})


def sheet_of(
    released: Released,
    *,
    head: Masthead,
    catalog: Catalog,
    schedules: pd.Series,
    places: Places,
    drawn: PaperMap | None,
    words: Words,
    changes: Changes | None = None,
    neighbours: Released | None = None,
    column: Sequence[Block] | None = None,
    column_title: str = "",
    box: bool = True,
    address: str = "",
    large: bool = False,
) -> Sheet:
    """Put together what stands in an issue.

    Every released row is in the list once: with the number of its place, or apart. Among the dates it is in every
    part of the month it takes place in, or else among those without days.

    Parameters
    ----------
    released
        What the gate let through for ``"paper"``, of the area.
    head
        What stands at the head.
    catalog
        The kinds with their labels.
    schedules
        The schedule of each row, read from the text that is shown.
    places
        The numbers, the same as on the map.
    drawn
        The map of the area.
    words
        The language.
    changes
        The news of the area; without it nothing is said of any.
    neighbours
        Rows of other areas that are near by.
    column, column_title
        The CSW's own text; without it there is an empty box to write in by hand, or nothing.
    box
        Whether there is an empty box where there is no text.
    address
        Where the map of the area opens on the web.
    large
        Whether everything is set in large type.
    """
    common: dict[str, Any] = {"catalog": catalog, "language": words.language}
    listed = entries(released, schedules=schedules, places=places, **common)
    found = occasions(released, schedules, head.first, head.last)
    news = None
    if changes is not None:
        news = news_of(released, changes, schedules=schedules, words=words, places=places, catalog=catalog)
    cells: Mapping[int, str] = {} if drawn is None else drawn.cells

    def item(entry: Entry) -> dict[str, Any]:
        return _item(entry, cells, words, coarse=entry.row in released.coarse)

    data = {
        "large": large,
        "ruby": words.ruby and words.language in JAPANESE,
        "masthead": _masthead(head, words),
        "dates": _dates(listed, found, head, words),
        "map": None if drawn is None else _map(drawn, head, words),
        "list": {
            "title": words.say("list"),
            "items": [item(each) for each in listed if each.number is not None],
            "apart_title": words.say("list_apart"),
            "apart_note": words.say("list_apart_note"),
            "apart": [item(each) for each in listed if each.number is None],
            "empty": words.say("empty_list"),
            "columns": {
                name: words.say(f"column_{name}") for name in ("number", "cell", "name", "when", "where", "contact")
            },
        },
        "neighbours": _neighbours(neighbours, words, common),
        "news": news and {"title": words.say("news"), "none": words.say("news_none"), **news},
        "column": {
            "title": words.read(column_title) if column_title else words.say("column"),
            "blank": words.say("column_blank"),
            "blocks": None if column is None else [block.as_data() for block in column],
            "box": box,
        },
        "contact": {
            "title": words.say("contact"),
            "ask": words.say("ask"),
            "ask_text": words.say("ask_text"),
            "memo": words.say("memo"),
        },
        "qr": {
            "title": words.say("qr"),
            "address": address,
            "printed": address.partition("#")[0],
            "alt": words.plain("qr_alt", area=head.area, address=address),
        }
        if address
        else None,
    }
    title = " ".join(part for part in (head.name, _number(head, words), words.month_of(head.first), head.area) if part)
    drawings = marks(catalog, [each.kind for each in listed])
    return Sheet(data, drawn, address, drawings, title, head.publisher, head.issued, words.language)


def _masthead(head: Masthead, words: Words) -> dict[str, Any]:
    return {
        "name": head.name,
        "number": words.read(_number(head, words)),
        "month": words.read(words.month_of(head.first)),
        "area": head.area,
        "issued": words.say("issued", date=words.day_with_year(head.issued)),
        "publisher": head.publisher,
        "phone": words.plain("phone", phone=head.phone) if head.phone else "",
        "address": head.address,
        "mail": head.mail,
    }


def _number(head: Masthead, words: Words) -> str:
    return words.plain("number", n=head.number) if head.number else ""


def _map(drawn: PaperMap, head: Masthead, words: Words) -> dict[str, Any]:
    return {
        "title": words.say("map", area=head.area),
        "note": words.say("map_note"),
        "alt": drawn.alt,
        "width_mm": drawn.width_mm,
        "height_mm": drawn.height_mm,
        "credit": drawn.credit,
    }


def _item(entry: Entry, cells: Mapping[int, str], words: Words, *, coarse: bool) -> dict[str, Any]:
    """Write a row of the list, and of one whose spot may not be told, to ask for it."""
    return {
        "number": entry.number,
        "cell": "" if entry.number is None else cells.get(entry.number, ""),
        "kind": entry.kind,
        "kind_label": words.read(entry.kind_label),
        "name": words.name(entry.name, entry.kana),
        "suspended": words.say("suspended") if entry.suspended else "",
        "when": entry.when or words.say("no_schedule"),
        "as_written": entry.as_written,
        "how": _how(entry, words),
        "where": entry.venue or entry.address,
        "address": entry.address,
        "rough": words.say("rough") if coarse else "",
        "cost": entry.cost,
        "phone": entry.phone,
        "id": entry.id,
    }


def _how(entry: Entry, words: Words) -> Any:
    """Say how it comes to people where there is no place to go to."""
    word = {"served_area": "visits", "none": "by_phone"}.get(entry.place, "")
    return words.say(word) if word else ""


def _neighbours(neighbours: Released | None, words: Words, common: dict[str, Any]) -> dict[str, Any] | None:
    if neighbours is None or neighbours.table.empty:
        return None
    listed = sorted(entries(neighbours, **common), key=lambda each: each.kana or each.name)
    return {
        "title": words.say("neighbours"),
        "note": words.say("neighbours_note"),
        "items": [
            {
                "name": words.name(each.name, each.kana),
                "where": "" if each.venue in each.name else each.venue or each.address,
                "phone": each.phone,
            }
            for each in listed
        ],
    }


def _dates(listed: Sequence[Entry], found: Occasions, head: Masthead, words: Words) -> dict[str, Any]:
    of_row = {each.row: each for each in listed}
    month = month_of_dates(found, head.first, head.last, names={each.row: each.name for each in listed})
    writer = _DatesWriter(of_row, set(found.partly), words)
    return {
        "title": words.say("dates", month=words.month_alone(head.first)),
        "groups": writer.groups(month),
        "undated": {"title": words.say("undated"), "items": writer.undated(found)},
        "none": words.say("no_dates"),
    }


@dataclass(frozen=True)
class _DatesWriter:
    """The dates of a month in words."""

    entries: Mapping[Any, Entry]
    partly: set[Any]
    words: Words

    def groups(self, month: Month) -> list[dict[str, Any]]:
        """Write the parts of a month under their headings; those without any are left out."""
        parts = {"fixed": month.fixed, "weekly": month.weekly, "often": month.often}
        return [
            {"what": name, "title": self.words.say(name), "parts": [self._part(part) for part in found]}
            for name, found in parts.items()
            if found
        ]

    def undated(self, found: Occasions) -> list[dict[str, Any]]:
        """Write the rows without days that do not rest, by number, and why they have none."""
        reasons = dict(zip(found.undated["row"], found.undated["reason"], strict=True))
        items = []
        for entry in self.entries.values():
            reason = reasons.get(entry.row, "suspended")
            if reason == "suspended":
                continue
            text = entry.when if reason in _REASONS and entry.when else ""
            why = self.words.say("none_this_month" if reason == "none_in_period" else reason)
            if reason == "none_in_period":
                text = entry.when
            items.append({**self._named(entry), "text": text, "why": why, "reason": reason})
        return items

    def _part(self, part: Part) -> dict[str, Any]:
        if not part.weekdays:
            first, last = part.days[0], part.days[-1]
            label = self.words.day(first) if first == last else self.words.days_between(first, last)
            days = ""
        elif len(part.weekdays) == 1:
            label, days = self.words.weekly(part.weekdays[0]), self.words.days(part.days)
        else:
            label, days = self.words.weekdays(part.weekdays), ""
        return {
            "label": self.words.read(label),
            "days": self.words.read(days),
            "items": [self._line(line) for line in part.lines],
        }

    def _line(self, line: Line) -> dict[str, Any]:
        entry = self.entries[line.times[0].row]
        numbers = [self.entries[time.row].number for time in line.times]
        stops = []
        if len(set(numbers)) > 1:
            stops = [
                {"number": number, "when": self.words.hours(time.start, None if len(numbers) > 2 else time.end)}
                for number, time in zip(numbers, line.times, strict=True)
            ]
        notes = [self.words.off(line.off)] if line.off else []
        notes += [self.words.plain("partly")] if self.partly & {time.row for time in line.times} else []
        return {
            **self._named(entry),
            "number": None if stops else entry.number,
            "when": self._hours(line, whole=bool(stops)),
            "stops": stops,
            "notes": [self.words.read(note) for note in notes],
        }

    def _hours(self, line: Line, *, whole: bool) -> list[str]:
        """Write the hours of a line; of a round with several stops from its beginning to its end."""
        spans = [(time.start, time.end) for time in line.times]
        if whole:
            starts, ends = zip(*spans, strict=True)
            known = None not in starts and None not in ends
            spans = [(min(starts), max(ends))] if known else []
        return [text for start, end in dict.fromkeys(spans) if (text := self.words.hours(start, end))]

    def _named(self, entry: Entry) -> dict[str, Any]:
        return {"number": entry.number, "name": self.words.name(entry.name, entry.kana), "kind": entry.kind}
