"""The cases of reach: any within 500 m, count within 800 m and nearest of ten kinds, for every person point."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.case import Case
from benchmarks.workloads import KINDS, town
from resourcemap.reach.near import Tally, tally

if TYPE_CHECKING:
    from benchmarks.workloads import Town

NEAR, FAR = 500.0, 800.0


def run_peer(data: Town) -> Tally:
    """Join people and resources of one kind after the other, as users do."""
    import geopandas as gpd  # here, so that it does not count as memory of ours

    counts = np.zeros((len(data.homes), KINDS), dtype=np.int32)
    nearest = np.full((len(data.homes), KINDS), np.inf)
    for kind in range(KINDS):
        spots = data.spot_table[data.spot_table["kind"] == kind]
        pairs = gpd.sjoin(data.home_table, spots, predicate="dwithin", distance=FAR)
        person, spot = pairs.index.to_numpy(), pairs["index_right"].to_numpy()
        apart = data.homes[person] - data.spots[spot]
        counts[:, kind] = np.bincount(person, minlength=len(data.homes))
        np.minimum.at(nearest[:, kind], person, np.sqrt((apart**2).sum(axis=1)))
    return Tally(nearest <= NEAR, counts, nearest)


def run_ours(data: Town) -> Tally:
    return tally(data.homes, data.spots, data.kinds, number=KINDS, within=NEAR, metres=FAR)


def agree(peer: Tally, ours: Tally) -> bool:
    """Tell whether both found the same numbers, and the same people within 500 m."""
    print(f"  {ours.counts.sum()} pairs within {FAR:g} m, {ours.within.sum()} answers of yes within {NEAR:g} m")
    return (
        bool((peer.counts == ours.counts).all())
        and bool((peer.within == ours.within).all())
        and bool(np.allclose(peer.nearest, ours.nearest, rtol=1e-6))
    )


def case_of(size: str, what: str, rounds: int) -> Case:
    return Case(
        work=f"any within 500 m, count within 800 m, nearest; 10 kinds; {what}",
        peer=f"geopandas {version('geopandas')}: sjoin(predicate='dwithin') per kind",
        prepare=lambda: town(size),
        run_peer=run_peer,
        run_ours=run_ours,
        agree=agree,
        rounds=rounds,
    )
