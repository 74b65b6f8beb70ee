"""Ten of 500 venues for the fewest metres of 3,000 person points, without any place before, in at most 60 s.

spopt found no answer at all in 60 s, so the metres are added up one by one and compared with other choices.
"""

from __future__ import annotations

from benchmarks.case import Case
from benchmarks.site_town import agree_median, prepare_median, run_ours_median

CASE = Case(
    work="10 of 500 venues, fewest metres of 3,000 person points, at most 60 s",
    peer=None,
    prepare=lambda: prepare_median("500", 60.0),
    run_peer=None,
    run_ours=run_ours_median,
    agree=agree_median,
    rounds=1,
)
