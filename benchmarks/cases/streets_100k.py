"""Nearest of ten kinds in a town of 100,000 crossings: scipy's Dijkstra per kind, and nearest_on_network."""

from __future__ import annotations

from benchmarks.street_grid import case_of

CASE = case_of(side=317)
