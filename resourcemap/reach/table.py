"""The one table of reach: which person point gets to which resource, in how many metres and minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

Way = Literal["straight", "detour", "streets"]


def nothing_far() -> pd.DataFrame:
    """Return an empty table of what is too far from any street.

    Examples
    --------
    >>> nothing_far().columns.tolist()
    ['table', 'position', 'metres']
    """
    return pd.DataFrame(
        {"table": pd.Series(dtype=object), "position": pd.Series(dtype=int), "metres": pd.Series(dtype=float)}
    )


@dataclass(frozen=True)
class Reach:
    """Who reaches which resource, and how that was measured.

    Parameters
    ----------
    pairs
        ``person`` and ``resource`` (positions in the two tables), ``metres``, ``minutes``; sorted by person, then
        resource, each pair once. It holds every pair within `limit`, and beyond that only the nearest resource of
        each kind. Somebody visited at home is at 0 metres and 0 minutes.
    limit
        The metres within which every pair is listed.
    crs
        The system the metres were measured in.
    way
        Straight lines, straight lines times a factor, or along streets.
    factor
        What straight lines were multiplied by; 1 for the other two ways.
    profile
        The id of who walks.
    far
        What is too far from any street to be on the network: ``table`` (``people`` or ``resources``), ``position``
        in it, ``metres`` to the nearest street. Those people reach nothing in this table, whatever is near.
    """

    pairs: pd.DataFrame = field(repr=False)
    limit: float
    crs: str
    way: Way = "straight"
    factor: float = 1.0
    profile: str = "adult"
    far: pd.DataFrame = field(default_factory=nothing_far, repr=False)
