"""What changed in one row between two dates, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.metres import metres_between
from resourcemap.model.tables import AT_A_PLACE
from resourcemap.plan.changes.same_place import relation, spelling_key
from resourcemap.plan.changes.timetables import KNOWLEDGE, REAL, time_change
from resourcemap.read.schedules.parse import read_schedule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import geopandas as gpd

    from resourcemap.model.schedule.schedule import Schedule

_RUNS, _PAUSES, _OFF = "runs", "pauses", "off"
# Positions nearer than this are the same: figures were rounded otherwise.
_SAME_SPOT = 1.0
# Nothing but two points that were given: so far apart, it is another house.
_ANOTHER_HOUSE = 20.0
_ROUGHNESS = ("level", "bound_m")


class Side:
    """One table of resources on its day, with what is asked of it again and again.

    Parameters
    ----------
    table
        Located resources.
    on
        The day.
    schedules
        The `Schedule` of every resource, on the index of `table`; read from the texts when not given.
    """

    def __init__(self, table: gpd.GeoDataFrame, on: date, schedules: pd.Series | None) -> None:
        self.on = on
        self.cells: list[dict[str, Any]] = pd.DataFrame(table.drop(columns=table.geometry.name)).to_dict("records")
        self.x, self.y = _lonlat(table)
        given = None if schedules is None else schedules.reindex(table.index).tolist()
        self._schedules: list[Schedule | None] = given or [None] * len(table)

    def schedule(self, row: int) -> Schedule:
        """Return the schedule of a row."""
        known = self._schedules[row]
        return known if known is not None else read_schedule(str(_value(self.cells[row], "schedule") or ""))

    def id(self, row: int) -> str | None:
        """Return the id of a row; nothing for -1."""
        return _value(self.cells[row], "resource_id") if row >= 0 else None


def _lonlat(table: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
    shapes = table.geometry.to_crs(4326)
    points = shapes.where(shapes.geom_type == "Point", shapes.representative_point())
    return points.x.to_numpy(dtype=float), points.y.to_numpy(dtype=float)


def _value(cells: dict[str, Any], name: str) -> Any:
    """Return a cell, or nothing when it is missing or blank."""
    value = cells.get(name)
    if value is None or value == "" or (not isinstance(value, str) and pd.isna(value)):
        return None
    return value


def _day(cells: dict[str, Any], name: str) -> date | None:
    value = _value(cells, name)
    return None if value is None else pd.Timestamp(value).date()


def state_on(cells: dict[str, Any], on: date) -> str:
    """Say whether a row runs on a day (``runs``), is suspended (``pauses``), or is over or not yet begun (``off``).

    Examples
    --------
    >>> from datetime import date
    >>> state_on({"status": "active", "valid_to": date(2026, 3, 31)}, date(2026, 4, 1))
    'off'
    """
    if cells.get("status") == "ended" or not _dates_hold(cells, on):
        return _OFF
    return _PAUSES if cells.get("status") == "suspended" else _RUNS


def _dates_hold(cells: dict[str, Any], on: date) -> bool:
    first, last = _day(cells, "valid_from"), _day(cells, "valid_to")
    return (first is None or first <= on) and (last is None or last >= on)


def changes_of(row: Any, old: Side, new: Side) -> Iterator[dict[str, Any]]:
    """Yield the changes of one pair, or of one row alone, in the columns of `resourcemap.plan.changes.changes.changes`.

    Parameters
    ----------
    row
        Positions ``old`` and ``new``, ``by`` and ``candidates``, as `pair_rows` gives them.
    old, new
        The two tables.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from collections import namedtuple
    >>> from datetime import date
    >>> table = gpd.GeoDataFrame({"resource_id": ["a"], "kind": "salon", "name": ["輪の会"], "status": "active",
    ...     "place": "venue"}, geometry=gpd.points_from_xy([139.7], [35.7]), crs="EPSG:4326")
    >>> before, after = Side(table, date(2025, 11, 1), None), Side(table, date(2026, 11, 1), None)
    >>> alone = namedtuple("Row", "old new by candidates")(0, -1, "", ())
    >>> [(change["change"], change["why"]) for change in changes_of(alone, before, after)]
    [('gone', 'no_word')]
    """
    if row.by == "unclear":
        yield _change("unclear", KNOWLEDGE, row, old, new, why="several", candidates=row.candidates)
    elif row.new < 0:
        change, nature, why = _ending(old.cells[row.old], old.on, new.on)
        yield _change(change, nature, row, old, new, why=why)
    elif row.old < 0:
        change, nature, why = _beginning(new.cells[row.new], old.on, new.on)
        yield _change(change, nature, row, old, new, why=why)
    else:
        yield from _of_state(row, old, new)
        yield from _of_place(row, old, new)
        yield from _of_schedule(row, old, new)
        yield from _of_cells(row, old, new)


def _change(change: str, nature: str, row: Any, old: Side, new: Side, *, why: str = "", **more: Any) -> dict[str, Any]:
    cells = new.cells[row.new] if row.new >= 0 else old.cells[row.old]
    found = {
        "change": change,
        "nature": nature,
        "why": why,
        "old": row.old,
        "new": row.new,
        "old_id": old.id(row.old),
        "new_id": new.id(row.new),
        "kind": cells["kind"],
        "field": None,
        "metres": np.nan,
        "before": None,
        "after": None,
        "candidates": (),
    }
    return found | more


def _ending(cells: dict[str, Any], old_on: date, new_on: date) -> tuple[str, str, str]:
    """Say how a row that is gone ended: by its own dates, or without a word."""
    before = state_on(cells, old_on)
    if before == _OFF:
        return "gone", KNOWLEDGE, "was_over"
    if not _dates_hold(cells, new_on):
        return "closed", REAL, "dates"
    return "gone", KNOWLEDGE, "no_word" if before == _RUNS else "was_paused"


def _beginning(cells: dict[str, Any], old_on: date, new_on: date) -> tuple[str, str, str]:
    """Say how a row that is new on the list began: after the first day, or before, or who knows."""
    if cells.get("status") == "ended":
        return "listed", KNOWLEDGE, "is_over"
    if not _dates_hold(cells, new_on):
        first = _day(cells, "valid_from")
        return "listed", KNOWLEDGE, "not_yet" if first is not None and first > new_on else "is_over"
    first, verified = _day(cells, "valid_from"), _day(cells, "verified_on")
    if (first is not None and first <= old_on) or (first is None and verified is not None and verified <= old_on):
        return "listed", KNOWLEDGE, "was_there" if first is not None else "was_checked"
    if cells.get("status") == "suspended" and first is None:
        return "listed", KNOWLEDGE, "is_paused"
    return "opened", REAL, "dates" if first is not None else "new_on_list"


def _of_state(row: Any, old: Side, new: Side) -> Iterator[dict[str, Any]]:
    before, after = old.cells[row.old], new.cells[row.new]
    was, now = state_on(before, old.on), state_on(after, new.on)
    if was == now:
        return
    said = {"field": "status", "before": before.get("status"), "after": after.get("status")}
    if now == _OFF:
        last, first = _day(after, "valid_to"), _day(after, "valid_from")
        known = (last is not None and last < old.on) or (first is not None and first > new.on)
        yield _change("closed", KNOWLEDGE if known else REAL, row, old, new, why="was_over" if known else "", **said)
    elif now == _PAUSES:
        yield _change("suspended", REAL, row, old, new, **said)
    elif was == _PAUSES:
        yield _change("resumed", REAL, row, old, new, **said)
    else:
        first = _day(before, "valid_from")
        late = first is not None and first > new.on
        why = "was_there" if late else "" if first is not None and first > old.on else "again"
        yield _change("opened", KNOWLEDGE if late else REAL, row, old, new, why=why, **said)


def _of_place(row: Any, old: Side, new: Side) -> Iterator[dict[str, Any]]:
    before, after = old.cells[row.old], new.cells[row.new]
    forms = before.get("place"), after.get("place")
    if forms[0] != forms[1]:
        yield _change("place", REAL, row, old, new, field="place", before=forms[0], after=forms[1])
    serves = [frozenset(_words(_value(cells, "serves"))) for cells in (before, after)]
    if serves[0] != serves[1]:
        nature = REAL if all(serves) else KNOWLEDGE
        yield _change("serves", nature, row, old, new, **_cells(before, after, "serves"))
    if not set(forms) & set(AT_A_PLACE):
        return
    metres = float(metres_between(old.x[row.old], old.y[row.old], new.x[row.new], new.y[row.new]))
    how = _how_it_moved(before, after, metres, (_has_point(old, row.old), _has_point(new, row.new)))
    if how is not None:
        change, why = how
        other_address = _value(before, "address") != _value(after, "address")
        more = _cells(before, after, "address" if other_address else "venue")
        yield _change(change, REAL if change == "moved" else KNOWLEDGE, row, old, new, why=why, metres=metres, **more)


def _how_it_moved(
    before: dict[str, Any], after: dict[str, Any], metres: float, known: tuple[bool, bool]
) -> tuple[str, str] | None:
    """Say whether its place is another, or only known otherwise."""
    texts = [_value(cells, name) for name in ("address", "venue") for cells in (before, after)]
    said = relation(*texts)
    if said == "other":
        return "moved", ""
    if not any(texts) and all(known) and metres > _ANOTHER_HOUSE:
        return "moved", "points"
    if known[0] != known[1]:
        return "located", "found" if known[1] else "lost"
    if not all(known):
        return None
    rough = [str(_value(before, name)) != str(_value(after, name)) for name in _ROUGHNESS]
    return ("located", "finer" if said == "finer" else "corrected") if metres > _SAME_SPOT or any(rough) else None


def _has_point(side: Side, row: int) -> bool:
    return bool(np.isfinite(side.x[row]))


def _words(text: object) -> list[str]:
    parts = str(text or "").replace("，", "、").replace(",", "、").replace("・", "、").split("、")
    return sorted(key for part in parts if (key := spelling_key(part)))


def _of_schedule(row: Any, old: Side, new: Side) -> Iterator[dict[str, Any]]:
    before, after = old.cells[row.old], new.cells[row.new]
    texts = _value(before, "schedule"), _value(after, "schedule")
    if texts[0] == texts[1]:
        return
    found = time_change(old.schedule(row.old), new.schedule(row.new), *texts, on=new.on)
    if found is not None:
        yield _change("schedule", found.nature, row, old, new, why=found.why, **_cells(before, after, "schedule"))
    else:
        yield _change("spelling", KNOWLEDGE, row, old, new, **_cells(before, after, "schedule"))


def _of_cells(row: Any, old: Side, new: Side) -> Iterator[dict[str, Any]]:
    before, after = old.cells[row.old], new.cells[row.new]
    if before["kind"] != after["kind"]:
        yield _change("kind", REAL, row, old, new, **_cells(before, after, "kind"))
    yield from _of_words(row, old, new)
    for name in ("audience", "capacity"):
        values = _value(before, name), _value(after, name)
        if values[0] != values[1]:
            nature = KNOWLEDGE if None in values else REAL
            yield _change(name, nature, row, old, new, **_cells(before, after, name))
    days = _day(before, "verified_on"), _day(after, "verified_on")
    if days[0] != days[1]:
        back = days[1] is None or (days[0] is not None and days[1] < days[0])
        more = _cells(before, after, "verified_on")
        yield _change("verified", KNOWLEDGE, row, old, new, why="back" if back else "", **more)


def _of_words(row: Any, old: Side, new: Side) -> Iterator[dict[str, Any]]:
    """Tell another name, and other spellings of name, address and venue."""
    before, after = old.cells[row.old], new.cells[row.new]
    if spelling_key(before["name"]) != spelling_key(after["name"]):
        yield _change("renamed", REAL, row, old, new, **_cells(before, after, "name"))
    elif before["name"] != after["name"]:
        yield _change("spelling", KNOWLEDGE, row, old, new, **_cells(before, after, "name"))
    places = [_value(cells, name) for name in ("address", "venue") for cells in (before, after)]
    if relation(*places) == "other":
        return
    for name in ("address", "venue"):
        if _value(before, name) != _value(after, name):
            yield _change("spelling", KNOWLEDGE, row, old, new, **_cells(before, after, name))


def _cells(before: dict[str, Any], after: dict[str, Any], name: str) -> dict[str, Any]:
    texts = [None if (value := _value(cells, name)) is None else _as_text(value) for cells in (before, after)]
    return {"field": name, "before": texts[0], "after": texts[1]}


def _as_text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
