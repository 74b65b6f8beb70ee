"""Nearest of ten kinds in a region of a million crossings: scipy's Dijkstra per kind, and nearest_on_network."""

from __future__ import annotations

from benchmarks.street_grid import case_of

CASE = case_of(side=1000)
