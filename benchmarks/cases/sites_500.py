"""Ten of 500 venues for most people within 800 m, where spopt runs out of time: spopt, and most_within."""

from __future__ import annotations

from benchmarks.site_town import case_with_peer

CASE = case_with_peer("500", 800.0)
