"""A calendar to subscribe to (RFC 5545): when everything takes place, for 400 days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from icalendar import Calendar, Timezone, vText

from resourcemap.errors import ReleaseError
from resourcemap.language import either
from resourcemap.metres import to_lonlat
from resourcemap.model.consent import Released
from resourcemap.model.schedule.schedule import Schedule
from resourcemap.model.schedule.window import window_of
from resourcemap.model.tables import EXACT
from resourcemap.plain import one_line
from resourcemap.publish.calendar.events import ZONE, Told, event_of
from resourcemap.publish.calendar.series import series_of
from resourcemap.publish.calendar.words import day_in_words, words
from resourcemap.publish.cells import column
from resourcemap.publish.paper.entries import entries
from resourcemap.publish.paper.occasions import occasions

if TYPE_CHECKING:
    from datetime import date

    from resourcemap.model.catalog import Catalog

DAYS: Final = 400
_PRODUCT = "-//resourcemap//resourcemap//JA"
_REFRESH = timedelta(days=1)


@dataclass(frozen=True)
class WebCalendar:
    """A calendar file, and what is not in it.

    Parameters
    ----------
    ics
        The file.
    events
        How many events it has; one that recurs counts once.
    undated
        One row per resource without any event: its label ``row`` and ``reason``, one of
        `resourcemap.publish.paper.occasions.REASONS`.
    partly
        The labels of resources with events of which perhaps not all days are known.
    """

    ics: bytes
    events: int
    undated: pd.DataFrame
    partly: pd.Index


def calendar_of(
    released: Released,
    *,
    schedules: pd.Series,
    catalog: Catalog,
    title: str,
    as_of: date,
    name: str = "",
    publisher: str = "",
    language: str = "ja",
    covered: pd.Series | None = None,
) -> WebCalendar:
    """Make a calendar file (ICS) of when released resources take place.

    There is an event for each rule of a schedule and each of its hours. What comes back is an RRULE with its
    exceptions (holidays, months off, the end of the year) as EXDATE; other days are events of their own. Together they
    are the days from `as_of` to `DAYS` days after it that `resourcemap.model.schedule.schedule.dates_between` gives;
    nothing is said of later ones. Not in it: what is suspended, days before ``valid_from`` or after ``valid_to``, and
    days that are not known. An event is a whole day where its hours are not known, and tentative where a part of the
    text was not understood. The same tables give the same bytes.

    Parameters
    ----------
    released
        What the gate let through for ``"map"``: like the map, a calendar is read on the web. For one area or kind, some
        of its rows (`Released.only`).
    schedules
        The schedule of each row, on the index of ``released.table``, read from the text that is shown there.
    catalog
        The kinds and audiences with their labels.
    title
        The name of the project. Ids of events are made with it, so that those of two projects differ.
    as_of
        The first day, and the stamp of every event.
    name
        The name of the calendar in programs; the title unless given.
    publisher
        Who stands beside the title on the last line of every event.
    language
        The language of words beside those that people wrote.
    covered
        The last day that consent covers each row, missing where it has no end: nobody looks again at what somebody has
        subscribed to, so it says nothing of later days.

    Raises
    ------
    ReleaseError
        When `released` did not come from the gate, or was released for another channel.

    Examples
    --------
    >>> from datetime import date
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.model.schedule.days import Weekly
    >>> from resourcemap.model.schedule.schedule import Rule
    >>> salon = gpd.GeoDataFrame({"resource_id": ["1"], "name": ["みほんサロン"], "kind": ["salon"],
    ...     "place": ["venue"], "status": ["active"], "schedule": ["毎週水曜"], "channels": ["map"]},
    ...     geometry=[None], crs="EPSG:4326")
    >>> made = calendar_of(release(salon, "map"), schedules=pd.Series([Schedule((Rule(Weekly((2,))),))]),
    ...     catalog=load_catalog(), title="みほん市", as_of=date(2026, 11, 1))
    >>> [line for line in made.ics.decode().splitlines() if line.startswith(("DTSTART;", "RRULE"))]
    ['DTSTART;VALUE=DATE:20261104', 'RRULE:FREQ=WEEKLY;UNTIL=20271201;BYDAY=WE']
    """
    _require_release(released)
    whose = " ".join(filter(None, [title, publisher]))
    note = words(language)["source"].format(title=whose, day=day_in_words(as_of, language))
    window = window_of(as_of, as_of + timedelta(days=DAYS))
    points, limits = _points(released), _limits(released.table, covered)
    calendar = _empty(name or title, note)
    dated: dict[Any, bool] = {}
    events = 0
    for entry in entries(released, catalog=catalog, schedules=schedules, language=language, as_of=as_of):
        schedule = schedules.get(entry.row)
        if entry.suspended or not isinstance(schedule, Schedule):
            continue
        told = Told(entry, schedule, points.get(entry.row), title, note, as_of, language)
        for series in series_of(schedule, window, *limits[entry.row]):
            calendar.add_component(event_of(told, series))
            events += 1
            dated[entry.row] = schedule.understood != "all" or not schedule.dated
    rest = released.only(released.table.index.difference(pd.Index(list(dated)), sort=False))
    undated = occasions(rest, schedules, window.first, window.last).undated
    partly = pd.Index([row for row, doubtful in dated.items() if doubtful], dtype=object)
    return WebCalendar(calendar.to_ical(), events, undated, partly)


def _empty(name: str, note: str) -> Calendar:
    """Return a calendar without events: the names that programs look for, how often to look again, the time zone."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(one_line(name)))
    for key in ("description", "x-wr-caldesc"):
        calendar.add(key, vText(one_line(note)))
    calendar.add("x-wr-timezone", vText(ZONE))
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText("P1D"))
    calendar.add_component(_zone())
    return calendar


@cache
def _zone() -> Timezone:
    return Timezone.from_tzid(ZONE)


def _points(released: Released) -> dict[Any, tuple[float, float]]:
    """Return latitude and longitude of the rows whose place is known exactly."""
    table = to_lonlat(released.table)
    shown = ~(table.geometry.isna() | table.geometry.is_empty | table.index.isin(released.coarse))
    exact = table[shown & (table["located"].isin(EXACT) if "located" in table else True)]
    spots = exact.geometry
    return {row: (round(y, 6), round(x, 6)) for row, x, y in zip(exact.index, spots.x, spots.y, strict=True)}


def _limits(table: pd.DataFrame, covered: pd.Series | None) -> dict[Any, tuple[date | None, date | None]]:
    """Return the first and the last day of every row, where they are known; the last no later than consent goes."""
    first, last = ([_day(cell) for cell in column(table, name)] for name in ("valid_from", "valid_to"))
    agreed = [None] * len(table) if covered is None else [_day(cell) for cell in covered.reindex(table.index)]
    ends = [min((day for day in days if day), default=None) for days in zip(last, agreed, strict=True)]
    return dict(zip(table.index, zip(first, ends, strict=True), strict=True))


def _day(cell: Any) -> date | None:
    found = pd.to_datetime(cell, errors="coerce")
    return None if pd.isna(found) else found.date()


def _require_release(released: object) -> None:
    if isinstance(released, Released) and released.channel == "map":
        return
    got = released.channel if isinstance(released, Released) else type(released).__name__
    raise ReleaseError(
        either(
            ja=f'カレンダーには release(resources, "map") の結果を渡してください（渡されたのは {got!r}）。',
            en=f'A calendar takes the result of release(resources, "map"), not {got!r}.',
        )
    )
