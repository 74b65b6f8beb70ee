"""How the cost of reach grows: with the pairs that exist, or with people x resources?"""

from __future__ import annotations

import math
import statistics
import time
from dataclasses import replace

import numpy as np

from benchmarks.reach_town import FAR, run_ours
from benchmarks.workloads import SIZES, Size, drawn

TIMES = (1, 4, 16)
ROUNDS = 5


def growth() -> dict[str, object]:
    """Time reach in towns of one density, each four times as large; fit how seconds grow with pairs and people.

    An exponent of 1 is cost in step with what exists; people x resources grow with the square.
    """
    towns = [drawn(_times(SIZES["pref"], factor)) for factor in TIMES]
    seconds = [_median(town) for town in towns]
    pairs = [int(run_ours(town).counts.sum()) for town in towns]
    return {
        "case": "growth",
        "work": f"reach within {FAR:g} m at one density",
        "people": [len(town.homes) for town in towns],
        "pairs": pairs,
        "ours_s": [round(each, 4) for each in seconds],
        "exponent_of_pairs": _slope(pairs, seconds),
        "exponent_of_people_times_resources": _slope([len(town.homes) * len(town.spots) for town in towns], seconds),
        "n": ROUNDS,
    }


def _times(size: Size, factor: int) -> Size:
    """Return a town with so many times the people, resources, centres and square metres."""
    wider = size.metres * math.sqrt(factor)
    return replace(
        size,
        people=size.people * factor // 4,
        resources=size.resources * factor // 4,
        centres=max(size.centres * factor // 4, 1),
        metres=wider / 2,
    )


def _median(town: object) -> float:
    run_ours(town)  # type: ignore[arg-type]
    return statistics.median(_timed(town) for _ in range(ROUNDS))


def _timed(town: object) -> float:
    begin = time.perf_counter()
    run_ours(town)  # type: ignore[arg-type]
    return time.perf_counter() - begin


def _slope(sizes: list[int], seconds: list[float]) -> float:
    return round(float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0]), 3)
