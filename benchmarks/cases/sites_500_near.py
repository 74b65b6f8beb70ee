"""Ten of 500 venues for most people within 500 m, where spopt ends in time: spopt, and most_within."""

from __future__ import annotations

from benchmarks.site_town import case_with_peer

CASE = case_with_peer("500", 500.0)
