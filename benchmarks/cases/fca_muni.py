"""Floating catchments in a municipality: PySAL access, and floating_catchment."""

from __future__ import annotations

from benchmarks.fca_town import case_of

CASE = case_of("muni", "3,000 person points, 300 places", whole=True, rounds=7)
