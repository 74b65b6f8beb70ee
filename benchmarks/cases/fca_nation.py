"""Floating catchments in all of Japan: PySAL access, and floating_catchment."""

from __future__ import annotations

from benchmarks.fca_town import case_of

CASE = case_of("nation", "1.5 million person points, 300,000 places", whole=False, rounds=3)
