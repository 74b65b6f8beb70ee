"""The stage between two dates: what there would be had only the world changed, and not what we know of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from resourcemap.model.tables import RESOURCES
from resourcemap.plan.changes.row_changes import state_on
from resourcemap.plan.changes.timetables import REAL
from resourcemap.read.schedules.parse import read_schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.plan.changes.changes import Compared
    from resourcemap.plan.situation import Situation

OLD, NEW = "old_position", "new_position"
_WHERE = (
    *("venue_id", "venue", "address", "place", "serves", "located", "located_as", "located_note"),
    *("level", "matched", "leftover", "source", "bound_m"),
)
_STATE = ("status", "valid_from", "valid_to")
# What a real change brings with it from the row of today.
_BRINGS = {
    **dict.fromkeys(("moved", "place", "serves"), _WHERE),
    **dict.fromkeys(("opened", "closed", "suspended", "resumed"), _STATE),
    "schedule": ("schedule",),
    "renamed": ("name", "kana"),
    "kind": ("kind",),
    "audience": ("audience", "audience_text"),
    "capacity": ("capacity",),
}
_STATUS = {"runs": "active", "pauses": "suspended", "off": "ended"}


def real_situation(old: Situation, new: Situation, compared: Compared) -> Situation:
    """Return the situation in which the world has changed since `old`, but what we know has not.

    Real changes are made to the resources of `old`: what ended is gone, what opened is there, what moved, paused or
    changed its days is where and when it is today. A place that was found more exactly, was merely not listed, or is
    gone without a word stays as it was known. People and areas are those of `new`, and so is the day; what neither
    began nor ended really counts as it did on the day of `old`.

    Parameters
    ----------
    old, new
        The situations of the two dates.
    compared
        What `compare_rows` says of their resources.

    Returns
    -------
    Situation
        Its resources have the columns ``old_position`` and ``new_position``: the rows that they come from (-1 where
        there is none). ``reach`` is left out.

    Examples
    --------
    >>> from datetime import date
    >>> from resourcemap.plan.changes.changes import compare_rows
    >>> from resourcemap.plan.situation import Situation
    >>> homes = gpd.GeoDataFrame({"total": [9]}, geometry=gpd.points_from_xy([139.7], [35.7]), crs="EPSG:4326")
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a"], "kind": "salon", "name": ["輪の会"], "status": "active",
    ...     "place": "venue", "capacity": [5]}, geometry=gpd.points_from_xy([139.7], [35.7]), crs="EPSG:4326")
    >>> first, last, now = date(2025, 11, 1), date(2026, 11, 1), salons.assign(status="suspended")
    >>> before, after = Situation(homes, salons, None, on=first), Situation(homes, now, None, on=last)
    >>> found = compare_rows(salons, now, old_on=first, new_on=last)
    >>> real_situation(before, after, found).resources["status"].tolist()
    ['suspended']
    """
    table, origins = _resources(old, new, compared)
    return replace(
        new,
        resources=table,
        schedules=_schedules(old, new, table),
        served=_served(old, new, origins),
        reach=None,
        released=None,
    )


def _resources(old: Situation, new: Situation, compared: Compared) -> tuple[gpd.GeoDataFrame, list[tuple[str, int]]]:
    """Return the resources of the stage, and from which table and row each has its place."""
    crs = old.resources.crs
    known = [column.name for column in RESOURCES]
    before, after = (_cells(table.to_crs(crs), known) for table in (old.resources, new.resources))
    rows, origins = [], []
    for cells, where in _rows(before, after, compared, old, new):
        rows.append(cells)
        origins.append(where)
    names = [*(name for name in known if name in old.resources or name in new.resources), OLD, NEW]
    shapes = gpd.GeoSeries([cells["geometry"] for cells in rows], crs=crs)
    data = {name: pd.Series([cells.get(name) for cells in rows], dtype=object) for name in names}
    table = gpd.GeoDataFrame(data, geometry=shapes)
    table.loc[table["resource_id"].duplicated(), "resource_id"] += "-new"
    return table.astype({OLD: int, NEW: int}), origins


def _cells(table: gpd.GeoDataFrame, known: list[str]) -> list[dict[str, Any]]:
    kept = pd.DataFrame({name: table[name].astype(object) for name in known if name in table}, index=table.index)
    records: list[dict[str, Any]] = kept.to_dict("records")
    return [cells | {"geometry": shape} for cells, shape in zip(records, table.geometry, strict=True)]


def _rows(
    before: list[dict[str, Any]], after: list[dict[str, Any]], compared: Compared, old: Situation, new: Situation
) -> Iterator[tuple[dict[str, Any], tuple[str, int]]]:
    real: dict[tuple[int, int], set[str]] = {}
    for change in compared.changes[compared.changes["nature"] == REAL].itertuples(index=False):
        real.setdefault((change.old, change.new), set()).add(change.change)
    for row in compared.rows.itertuples(index=False):
        sorts = real.get((row.old, row.new), set())
        origin = {OLD: row.old, NEW: row.new}
        if row.old < 0:
            if "opened" in sorts:
                yield after[row.new] | origin, ("new", row.new)
        elif row.new < 0:
            if "closed" not in sorts:
                yield _as_it_was(before[row.old], before[row.old], old, new) | origin, ("old", row.old)
        else:
            names = {name for sort in sorts for name in _BRINGS.get(sort, ())}
            where = "new" if set(_WHERE) <= names else "old"
            shape = (after[row.new] if where == "new" else before[row.old])["geometry"]
            brought = {name: after[row.new][name] for name in names if name in after[row.new]}
            cells = before[row.old] | brought | {"geometry": shape}
            if not set(_STATE) <= names:
                cells = _as_it_was(cells, before[row.old], old, new)
            yield cells | origin, (where, row.new if where == "new" else row.old)


def _as_it_was(cells: dict[str, Any], before: dict[str, Any], old: Situation, new: Situation) -> dict[str, Any]:
    """Keep a row as it was on the day of `old`, if its dates would have it otherwise on the day of `new`."""
    state = state_on(before, old.on)
    if state_on(cells, new.on) == state:
        return cells
    return cells | {"status": _STATUS[state], "valid_from": None, "valid_to": None}


def _schedules(old: Situation, new: Situation, table: gpd.GeoDataFrame) -> pd.Series | None:
    if old.schedules is None or new.schedules is None:
        return None
    texts = table["schedule"] if "schedule" in table else pd.Series(None, index=table.index, dtype=object)
    found = [read_schedule(text if isinstance(text, str) else "") for text in texts]
    return pd.Series(found, index=table.index, dtype=object, name="schedule")


def _served(old: Situation, new: Situation, origins: list[tuple[str, int]]) -> pd.DataFrame | None:
    """Return the visits of the stage: those of the row from which each has its place."""
    sides = {"old": old.served, "new": new.served}
    if all(table is None for table in sides.values()):
        return None
    parts = []
    for side, table in sides.items():
        if table is None:
            continue
        position = {row: number for number, (where, row) in enumerate(origins) if where == side}
        part = table[table["resource"].isin(position)]
        parts.append(part.assign(resource=part["resource"].map(position).astype(int)))
    return pd.concat(parts, ignore_index=True).sort_values(["resource", "block_id"], ignore_index=True)
