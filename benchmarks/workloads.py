"""Synthetic towns with fixed seeds: people and resources that gather around centres, in metres (EPSG:6677).

People, resources, kinds and capacities are drawn; the sizes are those of a municipality, a prefecture and Japan.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

KINDS = 10
# How often each kind occurs: salons are many, mobile vendors few.
_SHARES = np.array([0.25, 0.2, 0.15, 0.1, 0.08, 0.07, 0.06, 0.04, 0.03, 0.02])
CRS = "EPSG:6677"


@dataclass(frozen=True)
class Size:
    """How many people points and resources, on a square of how many metres, around how many centres."""

    people: int
    resources: int
    metres: float
    centres: int
    seed: int


SIZES = {
    "muni": Size(3_000, 300, 10_000.0, 3, 11),
    "pref": Size(200_000, 20_000, 70_000.0, 40, 12),
    "nation": Size(1_500_000, 300_000, 700_000.0, 1_500, 13),
}


@dataclass(frozen=True)
class Town:
    """People and resources as arrays, and as the tables that peers take."""

    homes: np.ndarray
    people: np.ndarray
    spots: np.ndarray
    kinds: np.ndarray
    capacity: np.ndarray

    @cached_property
    def home_table(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """The people as a GeoDataFrame."""
        import geopandas as gpd

        return gpd.GeoDataFrame({"people": self.people}, geometry=gpd.points_from_xy(*self.homes.T), crs=CRS)

    @cached_property
    def spot_table(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """The resources as a GeoDataFrame."""
        import geopandas as gpd

        columns = {"kind": self.kinds, "capacity": self.capacity}
        return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(*self.spots.T), crs=CRS)


def town(name: str) -> Town:
    """Draw a town of a size of `SIZES`; always the same one."""
    return drawn(SIZES[name])


def drawn(size: Size) -> Town:
    """Draw a town of any size; the same size gives the same town."""
    rng = np.random.default_rng(size.seed)
    homes = _around_centres(rng, size)
    near = homes[rng.choice(size.people, size.resources)] + rng.normal(scale=120, size=(size.resources, 2))
    return Town(
        homes=homes,
        people=np.round(rng.gamma(1.2, 70, size.people)) + 1,
        spots=np.clip(near, 1, size.metres - 1),
        kinds=rng.choice(KINDS, size.resources, p=_SHARES),
        capacity=rng.integers(1, 50, size.resources).astype(float),
    )


def _around_centres(rng: np.random.Generator, size: Size) -> np.ndarray:
    """Draw points around centres of very unequal size (Zipf), a tenth of them anywhere."""
    weight = np.arange(1, size.centres + 1) ** -0.9
    weight /= weight.sum()
    centre = rng.uniform(0.1 * size.metres, 0.9 * size.metres, (size.centres, 2))
    spread = size.metres * (0.15 * np.sqrt(weight) + 0.002)
    found = np.empty((0, 2))
    while len(found) < size.people:
        more = int((size.people - len(found)) * 1.2) + 10
        at = rng.choice(size.centres, more, p=weight)
        points = centre[at] + rng.normal(size=(more, 2)) * spread[at][:, None]
        anywhere = rng.random(more) < 0.1
        points[anywhere] = rng.uniform(0, size.metres, (anywhere.sum(), 2))
        found = np.vstack([found, points[((points > 0) & (points < size.metres)).all(axis=1)]])
    return found[: size.people]
