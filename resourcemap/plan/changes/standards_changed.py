"""Which standards are newly met and which are lost, and whether the world changed or what we know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.plan.changes.timetables import KNOWLEDGE, REAL
from resourcemap.plan.wording import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Hashable

KEYS = ("standard", "system", "area_id")
COLUMNS = (
    *(*KEYS, "area", "change", "nature", "met_before", "met_real", "met"),
    *("value_before", "value_real", "value", "sentence"),
)
MET, UNMET = "met", "unmet"
_WORDS = {
    "newly_met": "に新たに達しました",
    "newly_lost": "に達しなくなりました",
    "now_known": "に達しているかどうかが分かりました",
    "no_longer_known": "に達しているかどうかが分からなくなりました",
    "asked_anew": "は、今回から調べています",
    "no_longer_asked": "は、今回は調べていません",
}
_NATURES = {REAL: "（実際の変化）", KNOWLEDGE: "（分かったことの変化）", "": ""}


def standards_changed(judged_old: pd.DataFrame, judged_real: pd.DataFrame, judged_new: pd.DataFrame) -> pd.DataFrame:
    """List the standards and areas that are judged otherwise than before.

    Parameters
    ----------
    judged_old, judged_real, judged_new
        What `judge` says of the resources of before, of those with the real changes alone
        (`resourcemap.plan.changes.stages.real_situation`) and of those of today: ``standard``, ``system``, ``area_id``,
        ``area``, ``met`` (``met``, ``unmet``, ``unknown``, ``no_data``) and ``value``. Judge all three with the people
        of today, or what the people change counts as real.

    Returns
    -------
    pandas.DataFrame
        One row per standard and area whose answer changed, in the order of `judged_new`:

        ``change``
            ``newly_met``, ``newly_lost``; ``now_known`` and ``no_longer_known`` (from or to ``unknown`` or
            ``no_data``); ``asked_anew`` and ``no_longer_asked`` (the standard or area is in one table alone).
        ``nature``
            ``real`` when the real changes alone give today's answer, else ``knowledge``; blank for what is asked
            anew or no longer.

        and the three answers and values, and a ``sentence`` in Japanese.

    Examples
    --------
    >>> before = pd.DataFrame({"standard": ["s"], "system": ["市"], "area_id": ["1"], "area": ["中央"],
    ...     "met": ["unmet"], "value": [0.5]})
    >>> after = before.assign(met="met", value=0.9)
    >>> standards_changed(before, after, after)[["change", "nature"]].values.tolist()
    [['newly_met', 'real']]
    """
    old, real, new = (_by_key(table) for table in (judged_old, judged_real, judged_new))
    rows = []
    for key in [*new, *(key for key in old if key not in new)]:
        before, between, after = (table.get(key) for table in (old, real, new))
        answers = tuple(None if row is None else str(row["met"]) for row in (before, between, after))
        if answers[0] == answers[2]:
            continue
        named = (after if after is not None else before) or {}
        change, nature = _change(answers[0], answers[2]), _nature(*answers)
        area = named.get("area") or OUTSIDE
        rows.append(
            {
                **{name: named.get(name) for name in (*KEYS, "area")},
                "change": change,
                "nature": nature,
                "sentence": f"{area}では、基準「{named.get('standard')}」{_WORDS[change]}{_NATURES[nature]}。",
                "met_before": answers[0],
                "met_real": answers[1],
                "met": answers[2],
                **{
                    name: None if row is None else row.get("value")
                    for name, row in (("value_before", before), ("value_real", between), ("value", after))
                },
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _by_key(table: pd.DataFrame) -> dict[tuple[Hashable, ...], dict[Hashable, object]]:
    """Return the rows by standard, system and area; those outside of all areas have none."""
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return {tuple(row[name] for name in KEYS): row for row in rows}


def _change(before: str | None, after: str | None) -> str:
    if before is None or after is None:
        return "asked_anew" if before is None else "no_longer_asked"
    if after == MET and before == UNMET:
        return "newly_met"
    if after == UNMET and before == MET:
        return "newly_lost"
    return "now_known" if after in (MET, UNMET) else "no_longer_known"


def _nature(before: str | None, real: str | None, after: str | None) -> str:
    if before is None or after is None:
        return ""
    return REAL if real == after else KNOWLEDGE
