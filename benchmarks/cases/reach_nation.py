"""Reach in all of Japan: geopandas' sjoin, and tally."""

from __future__ import annotations

from benchmarks.reach_town import case_of

CASE = case_of("nation", "1.5 million person points, 300,000 resources", rounds=3)
