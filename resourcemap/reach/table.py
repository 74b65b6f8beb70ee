"""The one table of reach: which person point gets to which resource, in how many metres and minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import geopandas as gpd

# How many of the nearest of each kind are listed, however far they are.
NEAREST = 3

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


def nothing_apart() -> pd.DataFrame:
    """Return an empty table of what is on a piece of street of its own.

    Examples
    --------
    >>> nothing_apart().columns.tolist()
    ['table', 'position']
    """
    return pd.DataFrame({"table": pd.Series(dtype=object), "position": pd.Series(dtype=int)})


@dataclass(frozen=True)
class Reach:
    """Who reaches which resource, and how that was measured.

    Parameters
    ----------
    pairs
        ``person`` and ``resource`` (positions in the two tables), ``metres``, ``minutes``; sorted by person, then
        resource, each pair once. It holds every pair within `limit`, and beyond that only the nearest few of each
        kind. Somebody visited at home is at 0 metres and 0 minutes.
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
    apart
        What is on a piece of street that hangs together with none of the largest piece: ``table`` and ``position``.
        What is there is reached from there alone, perhaps since the file lacks a bridge or a crossing.
    """

    pairs: pd.DataFrame = field(repr=False)
    limit: float
    crs: str
    way: Way = "straight"
    factor: float = 1.0
    profile: str = "adult"
    far: pd.DataFrame = field(default_factory=nothing_far, repr=False)
    apart: pd.DataFrame = field(default_factory=nothing_apart, repr=False)

    @property
    def how(self) -> str:
        """How metres were measured, as tables hold it (see `resourcemap.model.way`)."""
        detail = {"detour": f"{self.factor:g}", "streets": self.profile}.get(self.way, "")
        return f"{self.way} {detail}".strip()


def table_of(
    person: np.ndarray,
    resource: np.ndarray,
    metres: np.ndarray,
    minutes: np.ndarray,
    *,
    people: gpd.GeoDataFrame,
    served: pd.DataFrame | None,
) -> pd.DataFrame:
    """Put pairs into the table of a `Reach`: those visited at home added, sorted, each pair once.

    Parameters
    ----------
    person, resource
        Positions; of a pair that comes more than once, the first stays.
    metres, minutes
        Between them.
    people
        The person points (``block_id`` when `served` is given).
    served
        Who is visited at home: ``resource`` and ``block_id``.

    Examples
    --------
    >>> homes = pd.DataFrame({"block_id": ["b1", "b2"]})
    >>> visits = pd.DataFrame({"resource": [1], "block_id": ["b2"]})
    >>> table_of(np.array([0, 0]), np.array([0, 0]), np.array([8.0, 9.0]), np.array([0.1, 0.2]), people=homes,
    ...     served=visits).values.tolist()
    [[0.0, 0.0, 8.0, 0.1], [1.0, 1.0, 0.0, 0.0]]
    """
    columns = {"person": person, "resource": resource, "metres": metres, "minutes": minutes}
    if served is not None and len(served):
        homes = pd.DataFrame({"person": np.arange(len(people)), "block_id": people["block_id"].to_numpy()})
        visits = homes.merge(served, on="block_id")[["person", "resource"]].assign(metres=0.0, minutes=0.0)
        columns = {name: np.concatenate([visits[name].to_numpy(), values]) for name, values in columns.items()}
    key = columns["person"].astype(np.int64) << 32 | columns["resource"].astype(np.int64)
    order = np.argsort(key, kind="stable")
    key = key[order]
    once = order[np.append(True, key[1:] != key[:-1])[: len(key)]]
    kept = {name: values[once] for name, values in columns.items()}
    for name in ("person", "resource"):
        kept[name] = kept[name].astype(np.int32, copy=False)
    return pd.DataFrame(kept, copy=False)
