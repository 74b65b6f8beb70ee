"""Which strengths and weaknesses are told first, and which only say again what was said."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_KEY = ("kind", "measure", "against", "standard", "verdict")
_ORDER = {"share_within": 0, "per_1000": 1, "days_per_month": 2}


def key_of(row: Mapping[str, Any]) -> tuple[object, ...]:
    """Return what a row says, whosever generation it is about."""
    return tuple(row[name] for name in _KEY)


def said_once(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out the rows of a generation that say of it what an earlier row has said.

    Examples
    --------
    >>> row = {"kind": "salon", "measure": "per_1000", "against": "others", "standard": "", "verdict": "strength"}
    >>> len(said_once([row, row | {"verdict": "weakness"}, row]))
    2
    """
    first: dict[tuple[object, ...], Mapping[str, Any]] = {}
    for row in rows:
        first.setdefault(key_of(row), row)
    return list(first.values())


def remarkable(row: Mapping[str, Any]) -> tuple[int, float]:
    """Return what puts the most remarkable first: standards, then by measure and by how far from the others it is.

    Examples
    --------
    >>> remarkable({"against": "others", "measure": "share_within", "value": 0.5, "others_median": 0.25})
    (0, -0.25)
    """
    order = _ORDER[row["measure"]] if row["against"] == "others" else -1
    if row["value"] is None or row["others_median"] is None:
        return order, -math.inf
    far = abs(row["value"] - row["others_median"])
    return order, -math.inf if math.isnan(far) else -round(far, 9)
