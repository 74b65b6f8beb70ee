"""Small tables that several tests share."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.language import speaking

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "real"


@pytest.fixture(autouse=True)
def _in_english():
    """Tests read English messages; those about Japanese ones say so themselves."""
    with speaking("en"):
        yield


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real data beside the repository; tests that need it skip without it."""
    if not REAL.is_dir():
        pytest.skip("no folder of real data beside the repository")
    return REAL


@pytest.fixture
def town():
    """A town of 4 x 3 square blocks of 400 m, with people on random points and random resources (zone IX)."""
    generator = np.random.default_rng(20261101)
    corners = [(x * 400.0, y * 400.0) for y in range(3) for x in range(4)]
    shapes = [shapely.box(x, y, x + 400, y + 400) for x, y in corners]
    names = [f"本町{number}丁目" for number in range(1, 13)]
    blocks = gpd.GeoDataFrame(
        {"block_id": [f"b{n:02}" for n in range(12)], "block": names, "approximate": False},
        geometry=shapes,
        crs=6677,
    ).to_crs(4326)
    xy = generator.uniform((-100, 0), (1600, 1200), (300, 2))
    ages = generator.integers(0, 9, (300, 3))
    people = gpd.GeoDataFrame(
        {"block_id": "b00", "age_0_14": ages[:, 0], "age_15_64": ages[:, 1], "age_65_over": ages[:, 2]},
        geometry=gpd.points_from_xy(*xy.T),
        crs=6677,
    ).to_crs(4326)
    people.insert(1, "total", ages.sum(axis=1))
    spots = generator.uniform((0, 0), (1600, 1200), (24, 2))
    resources = gpd.GeoDataFrame(
        {
            "resource_id": [f"r{n}" for n in range(24)],
            "activity_id": [f"a{n // 2}" for n in range(24)],
            "name": [f"サロン{n}" for n in range(24)],
            "kind": ["salon", "salon", "kids_cafeteria", "hiroba"] * 6,
            "status": ["active"] * 20 + ["suspended", "ended", "active", "active"],
            "place": "venue",
            "located": ["given", "block"] * 12,
            "channels": "list;map;paper",
        },
        geometry=gpd.points_from_xy(*spots.T),
        crs=6677,
    ).to_crs(4326)
    table = pd.DataFrame({"block": names, "圏域": ["西", "西", "東", "東"] * 3, "学区": ["南"] * 6 + ["北"] * 6})
    return blocks, people, resources, table
