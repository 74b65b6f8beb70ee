"""Reach in a prefecture: geopandas' sjoin, and tally."""

from __future__ import annotations

from benchmarks.reach_town import case_of

CASE = case_of("pref", "200,000 person points, 20,000 resources", rounds=5)
