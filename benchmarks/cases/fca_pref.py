"""Floating catchments in a prefecture: PySAL access, and floating_catchment."""

from __future__ import annotations

from benchmarks.fca_town import case_of

CASE = case_of("pref", "200,000 person points, 20,000 places", whole=False, rounds=3)
