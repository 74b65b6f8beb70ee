"""Weekdays on which nothing of a kind opens in an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resourcemap.model.schedule.words import WEEKDAYS
from resourcemap.plan.situation import REGULARLY
from resourcemap.plan.standards.alternatives import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.plan.situation import Situation


def closed_days(
    situation: Situation, of_kind: np.ndarray, rows: Sequence[tuple[str, int]], *, at_least: float = REGULARLY
) -> tuple[list[str], list[str]]:
    """List the weekdays on which no place in each area regularly opens, and those on which one perhaps does.

    Without a place in the area every day is closed; without schedules nothing is said, nor where none of the places
    may be named.

    Parameters
    ----------
    situation
        The resources and their schedules.
    of_kind
        Which resources to look at.
    rows
        The system and the position in the areas of every area asked about, as
        `resourcemap.plan.standards.alternatives` has it.
    at_least
        On what share of the dates of a weekday is regularly: 0.15 is about once a month.

    Returns
    -------
    tuple
        Texts such as 月・火, blank for none, one per row: the days that are surely closed, then the perhaps closed
        ones.

    Examples
    --------
    >>> import pandas as pd
    >>> from types import SimpleNamespace
    >>> from resourcemap.reach.slot_words import slots_each_day
    >>> from resourcemap.reach.slots import OpenTable
    >>> share = np.array([[1.0] * 5 + [0.1] * 2, [1.0] * 7])
    >>> week = OpenTable(tuple(slots_each_day("毎日")), share, share, np.full(7, 52), pd.RangeIndex(2))
    >>> town = SimpleNamespace(schedules=pd.Series(), week=week, spots={"圏域": np.array([0, 1])},
    ...     nameable=np.array([True, True]))
    >>> closed_days(town, np.array([True, True]), [("圏域", 0), ("圏域", 1)])
    (['土・日', ''], ['', ''])
    """
    if situation.schedules is None:
        return [""] * len(rows), [""] * len(rows)
    surely, possibly = situation.week.surely(at_least), situation.week.possibly(at_least)
    closed, perhaps = [], []
    for system, position in rows:
        here = of_kind if position == EVERYWHERE else of_kind & (situation.spots[system] == position)
        if here.any() and not (here & situation.nameable).any():
            closed.append("")
            perhaps.append("")
            continue
        opens, may_open = surely[here].any(axis=0), possibly[here].any(axis=0)
        closed.append(_days(~opens & ~may_open))
        perhaps.append(_days(~opens & may_open))
    return closed, perhaps


def _days(flags: np.ndarray) -> str:
    return "・".join(WEEKDAYS[at] for at in np.flatnonzero(flags))
