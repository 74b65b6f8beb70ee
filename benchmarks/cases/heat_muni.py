"""The week heat table of a municipality: who reaches something open, per area, kind, day and hour.

No tool does this work, so the answer is compared with every pair, schedule and slot looked at one by one. The clock
runs from schedules, distances and people in memory to the table, the year of opening dates included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from benchmarks.case import Case
from benchmarks.workloads import KINDS, town
from resourcemap.measure.week import WeekCounts, count_week, week_table
from resourcemap.model.schedule.schedule import open_in
from resourcemap.reach.slot_words import week_slots
from resourcemap.reach.slots import open_in_slots
from resourcemap.read.schedules.parse import read_schedule

METRES = 500.0
SIDE = 10  # areas along each side of the town
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)
SLOTS = week_slots()
WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class Work:
    """Who lives where, what is near, and when it takes place."""

    pairs: pd.DataFrame
    schedules: pd.Series
    kinds: pd.Series
    people: pd.DataFrame
    homes: pd.DataFrame
    areas: pd.DataFrame


def prepare() -> Work:
    drawn = town("muni")
    rng = np.random.default_rng(20261121)
    near = cKDTree(drawn.homes).sparse_distance_matrix(cKDTree(drawn.spots), METRES, output_type="coo_matrix")
    order = np.lexsort((near.col, near.row))
    pairs = pd.DataFrame({"person": near.row[order], "resource": near.col[order], "metres": near.data[order]})
    cell = np.minimum(drawn.homes // (drawn.homes.max() * (1 + 1e-9) / SIDE), SIDE - 1).astype(int)
    numbers = {str(kind): rng.binomial(drawn.people.astype(int), 0.2 + 0.08 * kind) for kind in range(KINDS)}
    names = [str(area) for area in range(SIDE * SIDE)]
    return Work(
        pairs=pairs,
        schedules=pd.Series([read_schedule(text) for text in texts(rng, len(drawn.spots))], dtype=object),
        kinds=pd.Series(drawn.kinds).astype(str),
        people=pd.DataFrame(numbers),
        homes=pd.DataFrame({"圏域": cell[:, 0] * SIDE + cell[:, 1]}),
        areas=pd.DataFrame({"system": "圏域", "area_id": names, "area": names}),
    )


def texts(rng: np.random.Generator, count: int) -> list[str]:
    """Write schedules as people do: weekly and monthly ones, single dates, every day, hours or all unknown."""
    forms = [
        "毎週{day}曜 {hours}",
        "毎週{day}・{other}曜 {hours}（祝日を除く）",
        "第2・第4{day}曜 {hours}",
        "第{nth}{day}曜 {hours}（8月を除く）",
        "毎月{date}日 {hours}",
        "平日 {hours}（祝日・年末年始を除く）",
        "毎日 {hours}",
        "2026年{month}月{date}日・{later}日 {hours}",
        "毎週{day}曜",
        "月1回 {day}曜",
        "",
    ]
    share = np.array([22, 6, 20, 12, 5, 12, 5, 5, 5, 4, 4]) / 100
    found = []
    for form in rng.choice(len(forms), count, p=share):
        start, day, number = int(rng.integers(9, 16)), int(rng.integers(7)), int(rng.integers(1, 15))
        words = {
            "day": WEEKDAYS[day],
            "other": WEEKDAYS[(day + 2) % 7],
            "nth": int(rng.integers(1, 5)),
            "date": number,
            "later": number + 14,
            "month": int(rng.integers(4, 13)),
            "hours": f"{start}:{rng.choice(['00', '30'])}〜{start + int(rng.integers(1, 5))}:00",
        }
        found.append(forms[form].format(**words))
    return found


def run_ours(work: Work) -> tuple[WeekCounts, pd.DataFrame]:
    opening = open_in_slots(work.schedules, SLOTS, first=FIRST, last=LAST)
    tables = work.pairs, opening, work.kinds, work.people, work.homes
    counts = count_week(*tables, areas=len(work.areas), metres=METRES)
    return counts, week_table(counts, work.areas)


def agree(work: Work, ours: tuple[WeekCounts, pd.DataFrame]) -> bool:
    counts, table = ours
    within = one_by_one(work)
    same = [(counts.within == within[0]).all(), (counts.within_or_unknown == within[1]).all()]
    in_table = table[["within", "within_or_unknown"]].to_numpy().T.reshape(within[:, :-1].shape)
    unknown = (within[1] - within[0]).sum() / within[1].sum()
    print(f"  {len(work.pairs)} pairs, {len(table)} rows; {unknown:.1%} of those within reach only perhaps")
    return all(same) and bool((in_table == within[:, :-1]).all()) and bool(within[0].any())


def one_by_one(work: Work) -> np.ndarray:
    """Ask each schedule about each slot, then each person about each place."""
    asked: dict[tuple[object, int], bool | None] = {}
    for schedule in work.schedules:
        for number, slot in enumerate(SLOTS):
            if (schedule, number) not in asked:
                hours = slot.weekdays[0], slot.start, slot.end
                asked[schedule, number] = open_in(schedule, *hours, first=FIRST, last=LAST)
    states = [[asked[schedule, number] for number in range(len(SLOTS))] for schedule in work.schedules]
    surely = np.array([[state is True for state in row] for row in states])
    possibly = np.array([[state is not False for state in row] for row in states])
    kinds = work.kinds.to_numpy()
    found = np.zeros((2, len(work.areas) + 1, work.people.shape[1], len(SLOTS)), dtype=int)
    for person, places in work.pairs.groupby("person")["resource"]:
        area = work.homes.iloc[person, 0]
        for number, kind in enumerate(work.people.columns):
            of_kind = places[kinds[places] == kind]
            for bound, table in enumerate((surely, possibly)):
                found[bound, area, number] += table[of_kind].any(axis=0) * work.people.iloc[person, number]
    return found


CASE = Case(
    work="week heat table: 100 areas, 3,000 points, 300 resources, 10 kinds x 7 days x 12 hours over a year",
    peer=None,
    prepare=prepare,
    run_peer=None,
    run_ours=run_ours,
    agree=agree,
)
