"""What changed since the last issue, of rows that paper may name: only what the gate lets through on both days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.language import speaking
from resourcemap.model.consent import release
from resourcemap.plan.changes.changes import compare_rows
from resourcemap.plan.changes.timetables import REAL
from resourcemap.publish.newsletter.news import SORTS, Change, Changes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from resourcemap.model.consent import Released
    from resourcemap.project.planned import Planned

CHANNEL = "paper"
# What is told of a change besides the name, by the columns it stands in.
_TOLD = {"schedule": ("schedule",), "moved": ("venue", "address")}


def changes_since(old: Planned, new: Planned, *, on: date | None = None) -> Changes:
    r"""Find what changed in the world between two dates of a project, and may be told on paper.

    What merely became known otherwise is no news. A row is named only when it is released for paper today; all sorts
    but ``opened`` only when it was released for paper on the day of before, too. A change of time or place is told only
    when that field is shown whole on both days. Something has ended for the readers only when its row is still there,
    says so, and would still be released had it not ended: a row that is gone may have been taken off the list because
    consent was taken back, and so it is never named.

    Parameters
    ----------
    old, new
        The project of the two dates (`resourcemap.project.snapshot.open_snapshot`).
    on
        The day on which consent to name what has ended must still hold, if it is not that of `new`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    >>> _ = (folder / "list.csv").write_text("名称,種類,緯度,経度\n本町,サロン,35.7,139.7\n", encoding="utf-8")
    >>> changes_since(open_project(folder), open_project(folder)).found
    []
    """
    now, then, ended = new.released(CHANNEL, on), old.released(CHANNEL), _had_it_not_ended(new, on or new.as_of)
    found = []
    real = list(_real(old, new))
    for what, was, row in real:
        today = ended if what == "closed" else now
        if _may_be_told(what, today, row, then, was):
            found.append(Change(what, row, was))
    return Changes(
        old.as_of, found, ended.only(_rows(found, "closed")), then, old.schedules_of(then), len(real) - len(found)
    )


def _real(old: Planned, new: Planned) -> Iterator[tuple[str, Any, Any]]:
    """Yield the sort of every change in the world, with the labels of its row before and today; ``None`` for none."""
    compared = compare_rows(
        old.located,
        new.located,
        old_on=old.as_of,
        new_on=new.as_of,
        old_schedules=old.schedules,
        new_schedules=new.schedules,
    )
    real = compared.changes[compared.changes["nature"] == REAL]
    for what, was, row in zip(real["change"], real["old"], real["new"], strict=True):
        if what in SORTS:
            before = old.located.index[was] if was >= 0 else None
            yield what, before, new.located.index[row] if row >= 0 else None


def _had_it_not_ended(project: Planned, on: date) -> Released:
    """Return what could be shown today if nothing had ended: all that consent still covers."""
    running = project.located.assign(status="active", valid_to=None)
    with speaking(project.masthead["language"]):
        return release(running, CHANNEL, on=on, policy=project.policy, blocks=project.blocks)


def _may_be_told(what: str, today: Released, row: Any, then: Released, was: Any) -> bool:
    if not _is_named(today, row):
        return False
    if what == "opened":
        return True
    return _is_named(then, was) and all(
        _is_whole(released, label, what) for released, label in ((today, row), (then, was))
    )


def _is_named(released: Released, row: Any) -> bool:
    """Tell whether a row is shown, and with its name."""
    if row is None or row not in released.table.index or row in released.nameless:
        return False
    return not _is_blanked(released, row, "name", "not_agreed")


def _is_whole(released: Released, row: Any, what: str) -> bool:
    """Tell whether all that a change tells is shown as the office has it."""
    if what == "moved" and row in released.coarse:
        return False
    return not any(_is_blanked(released, row, column) for column in _TOLD.get(what, ()))


def _is_blanked(released: Released, row: Any, column: str, reason: str | None = None) -> bool:
    cells = released.blanked
    of_row = cells[(cells.index == row) & (cells["column"] == column)]
    return bool(len(of_row) if reason is None else (of_row["reason"] == reason).any())


def _rows(found: list[Change], what: str) -> pd.Index:
    return pd.Index([change.row for change in found if change.what == what])
