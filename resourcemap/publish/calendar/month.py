"""One month of one area on paper: what takes place on which day."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from resourcemap.errors import ReleaseError
from resourcemap.files import write_bytes
from resourcemap.language import either
from resourcemap.model.consent import Released
from resourcemap.model.schedule.holidays import holiday_name
from resourcemap.model.schedule.spans import ALL_DAY, DAY, clock
from resourcemap.plain import one_line
from resourcemap.publish.calendar.words import day_in_words, words
from resourcemap.publish.paper.entries import entries
from resourcemap.publish.paper.glyphs import printed
from resourcemap.publish.paper.occasions import occasions
from resourcemap.publish.paper.typeset import Document

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from resourcemap.model.catalog import Catalog
    from resourcemap.publish.paper.entries import Entry
    from resourcemap.publish.paper.occasions import Occasions
    from resourcemap.publish.paper.places import Places

CHANNEL: Final = "paper"
# Days of a month from which on something is not said again on every one of them.
OFTEN: Final = 11
_SUNDAY = 6
_UNKNOWN = [(None, None)]
_ORDER = ("irregular", "not_understood", "no_schedule", "none_in_period", "suspended")


def write_month(
    released: Released,
    path: str | os.PathLike[str],
    *,
    month: date,
    schedules: pd.Series,
    catalog: Catalog,
    title: str,
    places: Places | None = None,
    publisher: str = "",
    as_of: date,
    language: str = "ja",
    week_from: int = _SUNDAY,
    across: bool = False,
) -> Path:
    """Write `month_sheet` as a PDF and return the path."""
    sheet = month_sheet(
        released,
        month=month,
        schedules=schedules,
        catalog=catalog,
        title=title,
        places=places,
        publisher=publisher,
        as_of=as_of,
        language=language,
        week_from=week_from,
        across=across,
    )
    return write_bytes(path, sheet.pdf())


def month_sheet(
    released: Released,
    *,
    month: date,
    schedules: pd.Series,
    catalog: Catalog,
    title: str,
    places: Places | None = None,
    publisher: str = "",
    as_of: date,
    language: str = "ja",
    week_from: int = _SUNDAY,
    across: bool = False,
) -> Document:
    """Set the days of a month on A4: a table of weeks, or a list by day where that does not fit on a page.

    Every row is on the sheet: on its days; or, where it takes place on `OFTEN` days or more, once below with its
    schedule as text; or below with the reason why it has no day. Nothing is cut off: names go over several lines, and
    what is too much for a page goes on to the next.

    Parameters
    ----------
    released
        What the gate let through for ``"paper"``, usually the rows of one area (`Released.only`).
    month
        Any day of the month.
    schedules
        The schedule of each row, on the index of ``released.table``, read from the text that is shown.
    catalog
        The kinds and audiences with their labels.
    title
        Whose month it is: the area, or the project.
    places
        The numbers of the places, those of the map and newsletter of the same rows.
    publisher, as_of
        What stands at the foot.
    language
        The language of words; what people wrote stays as it is.
    week_from
        The weekday on which weeks begin: 6 for Sunday, 0 for Monday.
    across
        Whether the sheet lies on its long side.

    Raises
    ------
    ReleaseError
        When `released` did not come from the gate, or was released for another channel.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.model.schedule.days import Weekly
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> salon = gpd.GeoDataFrame({"resource_id": ["1"], "name": ["みほんサロン"], "kind": ["salon"],
    ...     "place": ["venue"], "status": ["active"], "schedule": ["毎週水曜"], "channels": ["paper"]},
    ...     geometry=[None], crs="EPSG:4326")
    >>> sheet = month_sheet(release(salon, "paper"), month=date(2026, 12, 1), title="中央", catalog=load_catalog(),
    ...     schedules=pd.Series([Schedule((Rule(Weekly((2,))),))]), as_of=date(2026, 11, 1))
    >>> sheet.title, len(sheet.data["weeks"]), sheet.data["weeks"][0][3]["items"][0]["name"]
    ('中央 2026年12月の予定', 5, 'みほんサロン')
    """
    _require_release(released)
    said = words(language)
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    found = occasions(released, schedules, first, last)
    told = entries(released, catalog=catalog, schedules=schedules, language=language, as_of=as_of, places=places)
    writer = _Writer(language, {entry.row: entry for entry in told}, found)
    heading = said["heading"].format(area=title, year=first.year, month=first.month)
    data = {
        "across": across,
        "heading": heading,
        "foot": said["foot"].format(publisher=publisher, day=day_in_words(as_of, language)).strip(),
        "weekdays": [writer.weekday((week_from + at) % 7) for at in range(7)],
        "weeks": [
            [writer.day(day) if day.month == first.month else None for day in week]
            for week in Calendar(week_from).monthdatescalendar(first.year, first.month)
        ],
        "groups": [*writer.places(places), *writer.groups()],
        "between": said["between"],
        "note": said["nothing"] if found.dated.empty else said["doubtful_means"] if len(found.partly) else "",
    }
    return Document(
        (files("resourcemap.publish.calendar") / "month.typ").read_text(encoding="utf-8"),
        printed(data, language),
        title=printed(heading, language),
        author=printed(publisher, language),
        as_of=as_of,
        language=language,
        name="month.typ",
    )


@dataclass(frozen=True)
class _Writer:
    """Write the days of a month, and what stands below them."""

    language: str
    entries: Mapping[Any, Entry]
    found: Occasions

    @cached_property
    def words(self) -> dict[str, Any]:
        """The words of the language."""
        return words(self.language)

    @cached_property
    def often(self) -> list[Any]:
        """The labels of rows that take place on most days, in the order of the entries."""
        days = self.found.dated.groupby("row", sort=False)["day"].nunique()
        return [row for row in self.entries if days.get(row, 0) >= OFTEN]

    @cached_property
    def order(self) -> dict[Any, int]:
        """The place of each row among the entries."""
        return {row: at for at, row in enumerate(self.entries)}

    @cached_property
    def on_days(self) -> dict[date, dict[Any, list[tuple[int | None, int | None]]]]:
        """The hours of each row on each day, without rows that take place on most days."""
        found: dict[date, dict[Any, list[tuple[int | None, int | None]]]] = {}
        for row, day, *hours in self.found.dated.itertuples(index=False):
            if row not in self.often:
                start, end = (None if pd.isna(each) else int(each) for each in hours)
                found.setdefault(day, {}).setdefault(row, []).append((start, end))
        return found

    def day(self, day: date) -> dict[str, Any]:
        """Write a day with all that takes place on it: by the hour, then by number; what has no hours comes last."""
        here = self.on_days.get(day, {})
        in_order = sorted(here, key=lambda row: (here[row] == _UNKNOWN, here[row][0][0] or 0, self.order[row]))
        weekday = self.words["weekdays"][day.weekday()]
        name = holiday_name(day)
        return {
            "day": day.day,
            "label": self.words["date"].format(year=day.year, month=day.month, day=day.day, weekday=weekday),
            "closed": day.weekday() == _SUNDAY or bool(name),
            "holiday": name and (self.words["holiday"] or name),
            "items": [self._item(row, here[row]) for row in in_order],
        }

    def weekday(self, weekday: int) -> dict[str, Any]:
        """Write the head of a column."""
        return {"text": self.words["weekdays"][weekday], "closed": weekday == _SUNDAY}

    def places(self, places: Places | None) -> Iterator[dict[str, Any]]:
        """Yield where the numbers are."""
        if places is None:
            return
        shown = {entry.number for entry in self.entries.values()}
        table = places.table.loc[places.table.index.isin(shown), ["name", "address"]]
        items = [
            {
                "number": int(number),
                "name": one_line(name or ""),
                "note": "",
                "parts": [one_line(address)] if isinstance(address, str) and address != name else [],
            }
            for number, name, address in table.itertuples()
        ]
        if items:
            yield {"heading": self.words["places"], "items": items}

    def groups(self) -> Iterator[dict[str, Any]]:
        """Yield what takes place on most days, then what has no day, by reason."""
        reasons = self.found.undated.groupby("reason", sort=False)["row"].agg(set).to_dict()
        for name, rows in (("often", set(self.often)), *((reason, reasons.get(reason, set())) for reason in _ORDER)):
            if rows:
                items = [self._below(entry) for row, entry in self.entries.items() if row in rows]
                yield {"heading": self.words[name], "items": items}

    def _item(self, row: Any, hours: list[tuple[int | None, int | None]]) -> dict[str, Any]:
        entry = self.entries[row]
        note = self.words["ask"] * (hours == _UNKNOWN) + self._mark(row)
        said = [] if hours == _UNKNOWN else [self._hours(*each) for each in hours]
        return {"number": entry.number, "name": one_line(entry.name), "hours": said, "note": note}

    def _mark(self, row: Any) -> str:
        """Return the mark of what has perhaps more days, or fewer."""
        return str(self.words["doubtful"]) if row in self.found.partly else ""

    def _below(self, entry: Entry) -> dict[str, Any]:
        where = "" if entry.number else entry.venue or entry.address
        parts = [one_line(part) for part in (entry.when, where, entry.phone) if part]
        return {"number": entry.number, "name": one_line(entry.name), "note": self._mark(entry.row), "parts": parts}

    def _hours(self, start: int | None, end: int | None) -> str:
        if (start, end) == (ALL_DAY.start, ALL_DAY.end):
            return str(self.words["all_day"])
        phrase = "hours" if start is not None and end is not None else "to_time" if start is None else "from_time"
        said: str = self.words[phrase].format(start=self._clock(start), end=self._clock(end))
        return said

    def _clock(self, minutes: int | None) -> str:
        if minutes is None:
            return ""
        late = minutes > DAY
        time = clock(minutes - DAY if late else minutes)
        return self.words["next_day"].format(time=time) if late else time


def _require_release(released: object) -> None:
    if isinstance(released, Released) and released.channel == CHANNEL:
        return
    got = released.channel if isinstance(released, Released) else type(released).__name__
    raise ReleaseError(
        either(
            ja=f'月の予定表には release(resources, "paper") の結果を渡してください（渡されたのは {got!r}）。',
            en=f'A month on paper takes the result of release(resources, "paper"), not {got!r}.',
        )
    )
