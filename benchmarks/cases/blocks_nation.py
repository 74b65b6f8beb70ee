"""The block of every point of Japan: geopandas' sjoin on a table of points, and place on their coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np

from benchmarks.case import Case
from benchmarks.tessellation import tessellation
from benchmarks.workloads import CRS, SIZES, town
from resourcemap.areas.placement import place

BLOCKS = 220_000
ANYWHERE = 0.2
SEED = 20261121


@dataclass(frozen=True)
class Work:
    """Coordinates of people and resources, the same as the table of points that the peer takes, and the blocks."""

    spots: np.ndarray
    blocks: gpd.GeoDataFrame

    @cached_property
    def points(self) -> gpd.GeoDataFrame:
        """Make the points, once and outside the clock: in the run before the first that is timed."""
        return gpd.GeoDataFrame(geometry=gpd.points_from_xy(*self.spots.T), crs=CRS)


def prepare() -> Work:
    nation, metres = town("nation"), SIZES["nation"].metres
    rng = np.random.default_rng(SEED)
    seeds = nation.homes[rng.choice(len(nation.homes), BLOCKS, replace=False)] + rng.normal(scale=60, size=(BLOCKS, 2))
    anywhere = rng.random(BLOCKS) < ANYWHERE
    seeds[anywhere] = rng.uniform(0, metres, (anywhere.sum(), 2))
    blocks = tessellation(np.clip(seeds, 0, metres), metres, seed=SEED, name="nation")
    spots = np.vstack([nation.homes, nation.spots])
    return Work(spots, blocks)


def run_peer(work: Work) -> gpd.GeoDataFrame:
    return gpd.sjoin(work.points, work.blocks[["geometry"]], predicate="within")


def run_ours(work: Work) -> np.ndarray:
    found: np.ndarray = place(work.spots, work.blocks)["町丁目"].to_numpy()
    return found


def agree(peer: gpd.GeoDataFrame, ours: np.ndarray) -> bool:
    """Tell whether both put every point into the same block."""
    expected = np.full(len(ours), -1)
    expected[peer.index.to_numpy()] = peer["index_right"].to_numpy()
    print(
        f"  {(ours >= 0).sum()} of {len(ours)} points in a block, {(ours != expected).sum()} in another than the peer's"
    )
    return bool((ours == expected).all()) and bool((ours >= 0).any())


CASE = Case(
    work=f"1.8 million points into {BLOCKS} blocks of about 49 corners",
    peer=f"geopandas {gpd.__version__}: sjoin(predicate='within')",
    prepare=prepare,
    run_peer=run_peer,
    run_ours=run_ours,
    agree=agree,
)
