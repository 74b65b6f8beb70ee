"""Write a map of 20,000 places with a popup each: explore of geopandas, and webmap."""

from __future__ import annotations

from benchmarks.map_town import case_of_explore

CASE = case_of_explore(20_000, rounds=3)
