"""Two dates as figures of the map: how many more, or fewer, are within reach, and what made the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping


class Change(NamedTuple):
    """One difference between two dates, in people."""

    ja: str
    en: str
    unit: str = "people"
    better: str = "more"


# The columns of `ReachChanges.table` that are shown, and what they are called there.
CHANGES: Mapping[str, Change] = {
    "difference": Change("届く人の増減", "Change in people within reach"),
    "by_real": Change("届く人の増減（活動の変化による）", "Change in people within reach, since activities changed"),
    "by_knowledge": Change("届く人の増減（分かったことによる）", "Change in people within reach, by what is now known"),
    "by_population": Change("届く人の増減（人口の変化による）", "Change in people within reach, since people changed"),
}
_KEYS = ("system", "area_id", "kind", "audience", "audience_basis")


def as_rows(table: pd.DataFrame, metres: float) -> pd.DataFrame:
    """Turn the table of who gained and lost reach into rows like those of coverage, one per difference.

    How sure they are is the column ``sureness`` of the table; without it, nothing is said of it.

    Examples
    --------
    >>> table = pd.DataFrame({"system": ["市"], "area_id": ["1"], "kind": ["salon"], "audience": ["older"],
    ...     "audience_basis": ["audience"], "difference": [-40]})
    >>> as_rows(table, 500)[["measure", "distance_m", "value"]].values.tolist()
    [['difference', 500.0, -40.0]]
    """
    known = table.assign(sureness=table.get("sureness"))
    parts = [
        known[[*_KEYS, "sureness"]].assign(measure=name, value=table[name].astype(float))
        for name in CHANGES
        if name in table
    ]
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(other="", slot="", distance_m=float(metres))
