"""Ten of 5,000 venues for most of 200,000 person points within 500 m.

The peer's table of all distances alone is 8 GB, so the answer is compared with the plain model of everything.
"""

from __future__ import annotations

from benchmarks.case import Case
from benchmarks.site_town import agree_plainly, prepare, run_ours

CASE = Case(
    work="10 of 5,000 venues, most of 200,000 person points within 500 m, proven",
    peer=None,
    prepare=lambda: prepare("5000", 500.0),
    run_peer=None,
    run_ours=run_ours,
    agree=agree_plainly,
    rounds=3,
)
