"""How old what is known of a resource is, and when somebody has to look again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from resourcemap.language import either
from resourcemap.model.catalog import YEARLY

if TYPE_CHECKING:
    from resourcemap.model.catalog import Catalog

# The day on which the whole row was checked, and a group of its fields alone.
WHOLE: Final = "verified_on"
GROUPS: Final = {"place": "verified_place", "schedule": "verified_schedule", "contact": "verified_contact"}
STATES: Final = ("never", "due", "fresh", "ended")
# Lists like ours are no older; what stands before is a slip, such as the day numbers 1 to 999 of a spreadsheet.
EARLIEST: Final = date(1990, 1, 1)
# A project's day may lag behind the work of the round; a day later than this is a slip.
AHEAD_MONTHS: Final = 12

_A_YEAR = 12
_GROUPS_JA = {"place": "場所", "schedule": "日時", "contact": "連絡先"}
_GROUPS_EN = {"place": "place", "schedule": "schedule", "contact": "telephone"}


def freshness(resources: pd.DataFrame, catalog: Catalog, *, on: date) -> pd.DataFrame:
    """Say of every resource how old what is known of it is, and whether it has to be checked again.

    A check of the whole row (``verified_on``) is one of every group of fields: place, schedule and contact; the newer
    day counts. The row is as old as its oldest group; what has no place to go to (``place`` is ``none``) needs none
    checked. A day after `on` counts as `on`, since the project's day may lag behind the work; one more than a year
    after, one before 1990, and a cell that is no date count as no check at all (`odd_dates` lists them).

    Parameters
    ----------
    resources
        Resources (``kind``, ``status``, ``place``) with any of the columns ``verified_on``, ``verified_place``,
        ``verified_schedule`` and ``verified_contact``; it is not changed.
    catalog
        The kinds, which say how many months a check lasts.
    on
        The day to look from.

    Returns
    -------
    pandas.DataFrame
        On the index of `resources`:

        ``place``, ``schedule``, ``contact``
            The day on which each group was last checked; missing where it never was.
        ``checked_on``, ``months``
            The day of the oldest group that has to be checked, and the whole months since; missing where one of them
            never was.
        ``oldest``
            The groups that this is about, joined by ``;``; blank when it is all of them.
        ``every``, ``due_on``, ``days_overdue``
            How many months a check lasts, the day on which the next one is due (`on` where one never was), and the
            days since, 0 before it.
        ``state``
            ``never`` (no group was ever checked), ``due``, ``fresh``, or ``ended``, which nobody has to check.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> rows = pd.DataFrame({"kind": ["salon", "pantry", "salon"], "status": "active", "place": "venue",
    ...     "verified_on": ["2026-02-01", "2026-02-01", None]})
    >>> found = freshness(rows, load_catalog(), on=date(2026, 11, 1))
    >>> found[["state", "months", "days_overdue"]].values.tolist()
    [['fresh', 9, 0], ['due', 9, 92], ['never', <NA>, 0]]
    """
    day = pd.Timestamp(on)
    table = _groups(resources, on)
    nowhere = resources["place"] == "none"
    table["checked_on"] = _least(table, nowhere)
    table["months"] = months_between(table["checked_on"], on)
    table["oldest"] = _oldest(table, nowhere)
    table["every"] = [_every(kind, catalog) for kind in resources["kind"]]
    due = _later(table["checked_on"], table["every"])
    table["due_on"] = due.fillna(day)
    table["days_overdue"] = (day - table["due_on"]).dt.days.clip(lower=0)
    table["state"] = _states(resources, table, day)
    return table


def last_checked(resources: pd.DataFrame, *, on: date | None = None) -> pd.Series:
    """Return the day on which all of every resource was last checked: that of its oldest group, as `freshness` has it.

    Without `on` no day is too late.

    Examples
    --------
    >>> rows = pd.DataFrame({"place": ["venue", "venue"], "verified_on": ["2026-02-01", "2062-02-01"]})
    >>> last_checked(rows, on=date(2026, 11, 1)).isna().tolist(), last_checked(rows).isna().tolist()
    ([False, True], [False, False])
    """
    return _least(_groups(resources, on), resources["place"] == "none")


def odd_dates(resources: pd.DataFrame, *, on: date) -> pd.DataFrame:
    """List the days of checks that cannot be: after `on`, or before lists like ours were kept.

    Returns
    -------
    pandas.DataFrame
        ``row`` (on the index of `resources`), ``column``, ``day`` and ``what``: ``ahead`` (after `on`; counts as `on`)
        or ``impossible`` (more than a year after, or before 1990; counts as no check), by row, then column.

    Examples
    --------
    >>> rows = pd.DataFrame({"verified_on": ["2026-11-05", "2062-05-01", "2026-05-01"]})
    >>> odd_dates(rows, on=date(2026, 11, 1))["what"].tolist()
    ['ahead', 'impossible']
    """
    found = []
    for number, column in enumerate((WHOLE, *GROUPS.values())):
        days = _as_days(resources, column)
        ahead = days > pd.Timestamp(on)
        for at in (ahead | ~_possible(days, on) & days.notna()).to_numpy().nonzero()[0].tolist():
            what = "ahead" if _possible(days, on).iloc[at] else "impossible"
            found.append((at, number, resources.index[at], column, days.iloc[at].date(), what))
    rows = [row[2:] for row in sorted(found, key=lambda each: each[:2])]
    return pd.DataFrame(rows, columns=["row", "column", "day", "what"], dtype=object)


def months_between(days: pd.Series, on: date) -> pd.Series:
    """Count the whole months from each day to `on`; a month that is shorter ends with its last day.

    Examples
    --------
    >>> days = pd.Series(pd.to_datetime(["2026-01-31", "2026-02-01", None]))
    >>> months_between(days, date(2026, 2, 28)).tolist()
    [1, 0, <NA>]
    """
    day = pd.Timestamp(on)
    months = (day.year - days.dt.year) * _A_YEAR + day.month - days.dt.month
    unfinished = (days.dt.day > day.day) & (not day.is_month_end)
    return (months - unfinished).astype("Int64")


def span_in_words(months: int) -> str:
    """Write a number of months in years and months.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("ja"):
    ...     [span_in_words(months) for months in (0, 6, 12, 27)]
    ['1か月未満', '6か月', '1年', '2年3か月']
    """
    if months < 1:
        return either(ja="1か月未満", en="less than a month")
    years, rest = divmod(months, _A_YEAR)
    ja = (f"{years}年" if years else "") + (f"{rest}か月" if rest else "")
    return either(ja=ja, en=" and ".join(_english(years, "year") + _english(rest, "month")))


def age_in_words(months: int) -> str:
    """Say how long ago something was.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("ja"):
    ...     age_in_words(0), age_in_words(6)
    ('1か月以内', '6か月前')
    >>> with speaking("en"):
    ...     age_in_words(0), age_in_words(25)
    ('within a month', '2 years and 1 month ago')
    """
    if months < 1:
        return either(ja="1か月以内", en="within a month")
    span = span_in_words(months)
    return either(ja=f"{span}前", en=f"{span} ago")


def groups_in_words(groups: str) -> str:
    """Name groups of fields that are joined by ``;``.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("ja"):
    ...     groups_in_words("schedule;contact")
    '日時・連絡先'
    """
    names = [name for name in groups.split(";") if name]
    return either(ja="・".join(_GROUPS_JA[name] for name in names), en=" and ".join(_GROUPS_EN[name] for name in names))


def _english(number: int, unit: str) -> list[str]:
    return [f"{number} {unit}{'' if number == 1 else 's'}"] if number else []


def _every(kind: object, catalog: Catalog) -> int:
    return catalog.kinds[kind].check_months if isinstance(kind, str) and kind in catalog.kinds else YEARLY


def _has_any(resources: pd.DataFrame, column: str) -> bool:
    return column in resources and bool(resources[column].notna().any())


def _as_days(resources: pd.DataFrame, column: str) -> pd.Series:
    if not _has_any(resources, column):
        return pd.Series(pd.NaT, index=resources.index, dtype="datetime64[us]")
    days = pd.to_datetime(resources[column], errors="coerce", format="mixed")
    return days.astype("datetime64[us]").dt.normalize()


def _possible(days: pd.Series, on: date | None) -> pd.Series:
    if on is None:
        return days >= pd.Timestamp(EARLIEST)
    return days.between(pd.Timestamp(EARLIEST), pd.Timestamp(on) + pd.DateOffset(months=AHEAD_MONTHS))


def _days(resources: pd.DataFrame, column: str, on: date | None) -> pd.Series:
    """Return the days of a column that can be, none of them after `on`."""
    days = _as_days(resources, column)
    if not days.notna().any():
        return days
    possible = days.where(_possible(days, on))
    return possible if on is None else possible.clip(upper=pd.Timestamp(on))


def _groups(resources: pd.DataFrame, on: date | None) -> pd.DataFrame:
    """Return the day on which each group of fields was last checked."""
    whole = _days(resources, WHOLE, on)
    own = {group: _days(resources, name, on) for group, name in GROUPS.items() if _has_any(resources, name)}
    return pd.DataFrame({group: _newer(whole, own[group]) if group in own else whole for group in GROUPS})


def _newer(one: pd.Series, other: pd.Series) -> pd.Series:
    return one.where(other.isna() | (one >= other), other)


def _later(days: pd.Series, months: pd.Series) -> pd.Series:
    """Add to every day its months."""
    due = pd.Series(pd.NaT, index=days.index, dtype="datetime64[us]")
    for number in sorted(set(months)):
        rows = months == number
        due[rows] = days[rows] + pd.DateOffset(months=int(number))
    return due


def _least(groups: pd.DataFrame, nowhere: pd.Series) -> pd.Series:
    """Return the oldest day of the groups that have to be checked; missing where one of them never was."""
    needed = groups.assign(place=groups["place"].mask(nowhere, groups["contact"]))
    return needed.min(axis=1).mask(needed.isna().any(axis=1))


def _oldest(table: pd.DataFrame, nowhere: pd.Series) -> pd.Series:
    """Name the groups on which the age of each row hangs; blank when it is all that have to be checked."""
    groups = list(GROUPS)
    hang = table[groups].isna().where(table["checked_on"].isna(), table[groups].eq(table["checked_on"], axis=0))
    hang["place"] &= ~nowhere
    everything = (hang["place"] | nowhere) & hang["schedule"] & hang["contact"]
    names = [";".join(group for group, here in zip(groups, row, strict=True) if here) for row in hang.to_numpy()]
    return pd.Series(names, index=table.index, dtype=object).mask(everything, "")


def _states(resources: pd.DataFrame, table: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    states = pd.Series("fresh", index=resources.index, dtype=object)
    states[table["due_on"] <= day] = "due"
    states[table[list(GROUPS)].isna().all(axis=1)] = "never"
    states[resources["status"] == "ended"] = "ended"
    return states
