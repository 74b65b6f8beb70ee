"""When places must be open to count: in a slot, so many times a week or month, or in each of several slots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.measure.opening import opening
from resourcemap.reach.slot_words import Slot
from resourcemap.reach.slots import open_in_slots

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

# What a week or a month promises and holidays, summer and the new year take away: a fifth.
_KEPT = 0.8
_WEEKS_A_MONTH = 365 / 7 / 12
_PER_JA = {"week": "週", "month": "月"}


@dataclass(frozen=True)
class Often:
    """Open so many times a week or a month, at any hour.

    Holidays and the new year take days from nearly everything, so a place counts from four fifths of that many
    opening days a month: once a week is 3.5 days a month, not 4.3.

    Parameters
    ----------
    times
        How many, 1 or more.
    per
        ``week`` or ``month``.
    label
        What to call it; 週1回以上 and the like when not given.

    Examples
    --------
    >>> Often(1).label, round(Often(1).days, 2), Often(2, "month").days
    ('週1回以上', 3.48, 1.6)
    """

    times: int
    per: Literal["week", "month"] = "week"
    label: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        most = {"week": 7, "month": 31}.get(self.per, 0)
        if not 1 <= self.times <= most:
            raise InputError(
                either(
                    ja=f"「{_PER_JA.get(self.per, self.per)}{self.times}回」は使えません。"
                    "週1〜7回か、月1〜31回にしてください。",
                    en=f"{self.times} times a {self.per} makes no sense. Give 1 to 7 a week, or 1 to 31 a month.",
                )
            )
        if not self.label:
            object.__setattr__(self, "label", f"{_PER_JA[self.per]}{self.times}回以上")

    @property
    def days(self) -> float:
        """From how many opening days a month a place counts."""
        return _KEPT * self.times * (_WEEKS_A_MONTH if self.per == "week" else 1)


@dataclass(frozen=True)
class Every:
    """Something is open in each of some slots, the same place or another: every weekday, say.

    Parameters
    ----------
    slots
        The slots, at least one.
    label
        What to call it; the labels of the slots when not given.

    Examples
    --------
    >>> Every((Slot((0,), 600, 720), Slot((1,), 600, 720))).label
    '月 10:00〜12:00と火 10:00〜12:00のどちらも'
    """

    slots: tuple[Slot, ...]
    label: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not self.slots:
            raise InputError(either(ja="時間帯がひとつもありません。", en="There is no slot."))
        if not self.label:
            whole = "のどちらも" if len(self.slots) == 2 else "のどれも"
            object.__setattr__(self, "label", "と".join(slot.label for slot in self.slots) + whole)


Condition = Slot | Often | Every


class Open(NamedTuple):
    """What is open under a condition (one truth per resource), in each of its parts: surely, and possibly.

    Somebody is served when they reach something open in every part.
    """

    surely: tuple[np.ndarray, ...]
    possibly: tuple[np.ndarray, ...]


def slots_in(conditions: Iterable[Condition]) -> list[Slot]:
    """List the slots of conditions, each once, in the order met.

    Examples
    --------
    >>> noon = Slot((6,), 720, 780)
    >>> slots_in([noon, Often(1), Every((noon, Slot((5,), 720, 780)))])
    [Slot(weekdays=(6,), start=720, end=780, date=None, label='日 12:00〜13:00'),
     Slot(weekdays=(5,), start=720, end=780, date=None, label='土 12:00〜13:00')]
    """
    parts = [part for each in conditions for part in _parts(each) if isinstance(part, Slot)]
    return list(dict.fromkeys(parts))


def open_under(
    conditions: Sequence[Condition], schedules: pd.Series, *, at_least: float, days: dict[str, Any]
) -> dict[str, Open]:
    """Say what is open under each condition, by its label.

    Parameters
    ----------
    conditions
        What is asked.
    schedules
        The `Schedule` of every resource. One that is not known may be open at any time, so it is possibly open.
    at_least
        On what share of its dates a slot must be open.
    days
        The days looked at, and what limits them for each resource, as `resourcemap.reach.slots.open_in_slots` takes
        them.

    Examples
    --------
    >>> from datetime import date
    >>> import pandas as pd
    >>> from resourcemap.read.schedules.parse import read_schedule
    >>> texts = pd.Series([read_schedule("毎週水曜 10:00〜12:00"), read_schedule("第1水曜 10:00〜12:00"), None])
    >>> year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    >>> found = open_under([Often(1)], texts, at_least=0, days=year)["週1回以上"]
    >>> found.surely[0].tolist(), found.possibly[0].tolist()
    ([True, False, False], [True, False, True])
    """
    slots = slots_in(conditions)
    of_slot: dict[Slot, tuple[np.ndarray, np.ndarray]] = {}
    if slots:
        table = open_in_slots(schedules, slots, **days)
        surely, possibly = table.surely(at_least), table.possibly(at_least)
        of_slot = {slot: (surely[:, at], possibly[:, at]) for at, slot in enumerate(slots)}
    month = np.empty(0)
    if any(isinstance(each, Often) for each in conditions):
        month = opening(schedules, **days)["days_per_month"].to_numpy(dtype=float)
    found = {}
    for each in conditions:
        parts = [_often(part, month) if isinstance(part, Often) else of_slot[part] for part in _parts(each)]
        found[each.label] = Open(tuple(part[0] for part in parts), tuple(part[1] for part in parts))
    return found


def _parts(condition: Condition) -> tuple[Slot | Often, ...]:
    return condition.slots if isinstance(condition, Every) else (condition,)


def _often(condition: Often, days_per_month: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    surely = days_per_month >= condition.days
    return surely, surely | np.isnan(days_per_month)
