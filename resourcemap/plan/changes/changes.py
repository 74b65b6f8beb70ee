"""What changed between two dates, a row per change: in the world, or only in what we know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.plan.changes.pairing import pair_rows
from resourcemap.plan.changes.row_changes import Side, changes_of

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

# In the order in which they are told.
SORTS = (
    *("opened", "closed", "suspended", "resumed", "moved", "schedule", "renamed", "kind", "audience", "capacity"),
    *("place", "serves", "listed", "gone", "located", "verified", "spelling", "unclear"),
)
FATES = ("unchanged", "changed", "opened", "closed", "unclear")
COLUMNS = (
    *("change", "nature", "why", "old", "new", "old_id", "new_id", "kind"),
    *("field", "metres", "before", "after", "candidates"),
)


@dataclass(frozen=True)
class Compared:
    """What became of every row of two tables.

    Parameters
    ----------
    rows
        A row per pair and per row without one: positions ``old`` and ``new`` (-1 where there is none), ``by`` and
        ``candidates`` as `pair_rows` gives them, and ``fate``, one of `FATES`.
    changes
        A row per change; see `changes`.
    """

    rows: pd.DataFrame = field(repr=False)
    changes: pd.DataFrame = field(repr=False)

    def counts(self) -> pd.DataFrame:
        """Count the rows of each table by fate: every row is in exactly one.

        Examples
        --------
        >>> rows = pd.DataFrame({"old": [0, -1], "new": [0, 1], "fate": ["changed", "opened"]})
        >>> Compared(rows, pd.DataFrame()).counts().loc[["changed", "opened"]].values.tolist()
        [[1, 1], [0, 1]]
        """
        sides = {side: self.rows.loc[self.rows[side] >= 0, "fate"].value_counts() for side in ("old", "new")}
        return pd.DataFrame(sides).reindex(list(FATES)).fillna(0).astype(int)


def changes(
    old: gpd.GeoDataFrame,
    new: gpd.GeoDataFrame,
    *,
    old_on: date,
    new_on: date,
    old_schedules: pd.Series | None = None,
    new_schedules: pd.Series | None = None,
) -> pd.DataFrame:
    """List what changed between the resources of two dates.

    Looked at: status and dates, place, schedule, name, kind, audience, capacity, served area, the day of the last
    check. Not looked at: telephone, web page, cost, description, consent and the like.

    Parameters
    ----------
    old, new
        Located resources of the two dates; rows are paired by `pair_rows`.
    old_on, new_on
        The days that the tables are for. What begins or ends between them by its own dates has opened or closed.
    old_schedules, new_schedules
        The `Schedule` of every resource, on the index of its table; read from the texts when not given.

    Returns
    -------
    pandas.DataFrame
        One row per change, in the order of `SORTS`, then of `new`:

        ``change``
            ``opened`` (began, or is new on the list), ``closed`` (ended), ``suspended``, ``resumed``, ``moved``,
            ``schedule`` (other days or hours), ``renamed``, ``kind``, ``audience``, ``capacity``, ``place`` (venue,
            stop, visits), ``serves``; ``listed`` (new on the list, yet it was there before, or does not run now),
            ``gone`` (no longer on the list, without a word of its ending), ``located`` (its place is known otherwise,
            the place itself being the same), ``verified``, ``spelling``, ``unclear`` (one of several rows, nobody
            knows which).
        ``nature``
            ``real`` when the world changed, ``knowledge`` when what we know changed: a cell that was blank, a place
            found more exactly, another spelling, a row gone without a word. A row that is new on the list counts as
            opened, unless its start or its last check is no later than `old_on`: then it was merely not listed.
        ``why``
            A word for the reason, such as ``"was_there"``.
        ``old``, ``new``, ``old_id``, ``new_id``
            Positions (-1 where there is none) and ids.
        ``kind``
            The kind today; that of before for what is gone.
        ``field``, ``before``, ``after``
            The column and its cells, for changes of one cell.
        ``metres``
            How far the place is from where it was, where both are known.
        ``candidates``
            Positions in the other table, for what is unclear.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from datetime import date
    >>> before = gpd.GeoDataFrame({"resource_id": ["a"], "kind": "salon", "name": ["輪の会"], "status": "active",
    ...     "place": "venue", "capacity": [10]}, geometry=gpd.points_from_xy([139.7], [35.7]), crs="EPSG:4326")
    >>> after = before.assign(status="suspended", capacity=12)
    >>> found = changes(before, after, old_on=date(2025, 11, 1), new_on=date(2026, 11, 1))
    >>> found[["change", "nature", "before", "after"]].values.tolist()
    [['suspended', 'real', 'active', 'suspended'], ['capacity', 'real', '10', '12']]
    """
    return compare_rows(
        old, new, old_on=old_on, new_on=new_on, old_schedules=old_schedules, new_schedules=new_schedules
    ).changes


def compare_rows(
    old: gpd.GeoDataFrame,
    new: gpd.GeoDataFrame,
    *,
    old_on: date,
    new_on: date,
    old_schedules: pd.Series | None = None,
    new_schedules: pd.Series | None = None,
) -> Compared:
    """Say what became of every row, and what changed; the parameters are those of `changes`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from datetime import date
    >>> table = gpd.GeoDataFrame({"resource_id": ["a"], "kind": "salon", "name": ["輪の会"], "status": "active",
    ...     "place": "venue"}, geometry=gpd.points_from_xy([139.7], [35.7]), crs="EPSG:4326")
    >>> compare_rows(table, table, old_on=date(2025, 11, 1), new_on=date(2026, 11, 1)).rows["fate"].tolist()
    ['unchanged']
    """
    pairs = pair_rows(old, new)
    sides = (Side(old, old_on, old_schedules), Side(new, new_on, new_schedules))
    found = [change for row in pairs.itertuples(index=False) for change in changes_of(row, *sides)]
    found.sort(key=lambda change: (SORTS.index(change["change"]), change["new"] < 0, change["new"], change["old"]))
    table = pd.DataFrame(found, columns=list(COLUMNS)).astype({"old": int, "new": int, "metres": float})
    return Compared(pairs.assign(fate=_fates(pairs, table)), table)


def _fates(pairs: pd.DataFrame, found: pd.DataFrame) -> list[str]:
    """Say in one word what became of every row."""
    sorts: dict[tuple[int, int], set[str]] = {}
    for old, new, change in zip(found["old"], found["new"], found["change"], strict=True):
        sorts.setdefault((old, new), set()).add(change)
    fates = []
    for old, new in zip(pairs["old"], pairs["new"], strict=True):
        changed = sorts.get((old, new), set())
        if "unclear" in changed:
            fates.append("unclear")
        elif new < 0 or "closed" in changed:
            fates.append("closed")
        elif old < 0 or "opened" in changed:
            fates.append("opened")
        else:
            fates.append("changed" if changed else "unchanged")
    return fates
