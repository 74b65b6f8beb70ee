"""Ten of 5,000 venues for the fewest metres of 200,000 person points who have 400 places already, in at most 60 s.

The peer's model has a thousand million variables, so the metres are added up one by one.
"""

from __future__ import annotations

from benchmarks.case import Case
from benchmarks.site_town import agree_median, prepare_median, run_ours_median

CASE = Case(
    work="10 of 5,000 venues beside 400 that stay, fewest metres of 200,000 person points, at most 60 s",
    peer=None,
    prepare=lambda: prepare_median("5000", 60.0),
    run_peer=None,
    run_ours=run_ours_median,
    agree=agree_median,
    rounds=1,
)
