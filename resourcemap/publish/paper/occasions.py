"""On which days of a span everything takes place, and of what that cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.model.schedule.days import Sometimes
from resourcemap.model.schedule.schedule import Schedule, dates_between, hours_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from typing import Any

    from resourcemap.model.consent import Released

# Why a row has no date in a span of days.
REASONS = ("suspended", "no_schedule", "not_understood", "irregular", "none_in_period")
_DATED = ["row", "day", "start", "end"]


@dataclass(frozen=True)
class Occasions:
    """When things take place.

    Parameters
    ----------
    dated
        One row per row, day and hours, by day, start and row: ``row`` (its label), ``day``, ``start`` and ``end`` in
        minutes from midnight, missing where not known; hours past midnight end after 1440.
    undated
        One row per row of which no day is known: ``row`` and ``reason``, one of `REASONS`.
    partly
        The labels of rows of which days are known, but perhaps not all.
    """

    dated: pd.DataFrame
    undated: pd.DataFrame
    partly: pd.Index


def occasions(released: Released, schedules: pd.Series, first: date, last: date) -> Occasions:
    """List when released rows take place from `first` to `last` inclusive; every row is dated or undated.

    Suspended rows have no dates, and no row has one before it begins (``valid_from``) or after it ends
    (``valid_to``).

    Parameters
    ----------
    released
        What the gate let through.
    schedules
        The schedule of each of its rows, read from the text that is shown.
    first, last
        The span of days.

    Examples
    --------
    >>> from datetime import date
    >>> import geopandas as gpd
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.model.schedule.days import MonthDays
    >>> from resourcemap.model.schedule.schedule import Rule
    >>> from resourcemap.model.schedule.spans import Span
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["A", "B"], "status": "active", "kind": "salon",
    ...     "schedule": ["毎月10日 14時〜16時", None], "channels": "paper"}, geometry=[None, None], crs="EPSG:4326")
    >>> known = pd.Series([Schedule((Rule(MonthDays((10,)), (Span(840, 960),)),)), None], index=salons.index)
    >>> found = occasions(release(salons, "paper"), known, date(2026, 12, 1), date(2026, 12, 31))
    >>> found.dated.values.tolist(), found.undated.values.tolist()
    ([[0, datetime.date(2026, 12, 10), 840, 960]], [[1, 'no_schedule']])
    """
    table = released.table
    dated: list[tuple[Any, date, int | None, int | None]] = []
    undated: list[tuple[Any, str]] = []
    partly = []
    for label, row in zip(table.index, table.to_dict("records"), strict=True):
        schedule = schedules.get(label)
        found = list(_of_row(row, schedule, first, last))
        dated += [(label, *each) for each in found]
        if not found:
            undated.append((label, _reason(row, schedule)))
        elif not isinstance(schedule, Schedule) or _is_partly_known(schedule):
            partly.append(label)
    dates = pd.DataFrame(dated, columns=_DATED, dtype=object)
    order = dates.assign(number=range(len(dates))).sort_values(
        ["day", "start", "number"], key=lambda keys: keys.fillna(-1) if keys.name == "start" else keys
    )
    return Occasions(
        dates.loc[order.index].reset_index(drop=True),
        pd.DataFrame(undated, columns=["row", "reason"], dtype=object),
        pd.Index(partly, dtype=object),
    )


def _of_row(
    row: Mapping[str, Any], schedule: object, first: date, last: date
) -> Iterator[tuple[date, int | None, int | None]]:
    """Yield the days of a row with their hours."""
    if not isinstance(schedule, Schedule) or row["status"] == "suspended" or not _limits_are_known(row):
        return
    begins, ends = _day(row.get("valid_from")), _day(row.get("valid_to"))
    for day in dates_between(schedule, max(first, begins or first), min(last, ends or last)):
        spans = hours_on(schedule, day)
        if not spans:
            yield day, None, None
        for span in spans or ():
            yield day, span.start, span.end


def _reason(row: Mapping[str, Any], schedule: object) -> str:
    if row["status"] == "suspended":
        return "suspended"
    if not isinstance(row.get("schedule"), str) or not row["schedule"].strip():
        return "no_schedule"
    if not isinstance(schedule, Schedule) or not schedule.rules or not _limits_are_known(row):
        return "not_understood"
    if any(isinstance(rule.days, Sometimes) for rule in schedule.rules):
        return "irregular"
    return "none_in_period" if schedule.understood == "all" else "not_understood"


def _is_partly_known(schedule: Schedule) -> bool:
    return schedule.understood != "all" or any(isinstance(rule.days, Sometimes) for rule in schedule.rules)


def _limits_are_known(row: Mapping[str, Any]) -> bool:
    """Tell whether the first and the last day of a row are dates, where it has them."""
    return all(pd.isna(row.get(name)) or _day(row[name]) is not None for name in ("valid_from", "valid_to"))


def _day(value: Any) -> date | None:
    """Read a day as the tables write it; nothing for a missing one and for a text that is none."""
    found = pd.to_datetime(value, errors="coerce")
    return None if pd.isna(found) else found.date()
