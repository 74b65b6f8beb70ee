"""Every figure of a judged standard against loops over every person point and resource that use no step of ours."""

from __future__ import annotations

import math
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.areas.membership import areas_from_blocks
from resourcemap.measure.conditions import Every, Often
from resourcemap.plan.situation import Situation
from resourcemap.plan.standards.judging import judge, standard_figures
from resourcemap.plan.standards.standard import Standard
from resourcemap.reach.slot_words import Slot, slots_each_day
from resourcemap.read.schedules.parse import read_schedule

DAY = date(2026, 11, 1)
YEAR = [DAY + timedelta(days=number) for number in range(365)]
WHOLE_DAY = (0, 1440)
WEEK = "月火水木金土日"


def first_or_third_sunday(day):
    return day.weekday() == 6 and (day.day - 1) // 7 in (0, 2)


# Text of a schedule: on which days it is, from when to when (None: hours not said), and whether its days are known.
WRITTEN = {
    "毎週水曜 10:00〜12:00": (lambda day: day.weekday() == 2, (600, 720), True),
    "第1・第3日曜 13:00〜15:30": (first_or_third_sunday, (780, 930), True),
    "毎週土曜": (lambda day: day.weekday() == 5, None, True),
    "月・木・金 9:00〜17:00": (lambda day: day.weekday() in (0, 3, 4), (540, 1020), True),
    "毎月10日 11:00〜14:00": (lambda day: day.day == 10, (660, 840), True),
    "月1回": (lambda _: True, None, False),
    "": (lambda _: True, None, False),
    "毎週火曜 13:00〜15:00": (lambda day: day.weekday() == 1, (780, 900), True),
}
NOON = Slot((2,), 11 * 60, 13 * 60)
SUNDAY = Slot((6,), 14 * 60, 16 * 60)
EACH_DAY = Every(tuple(slots_each_day("月〜金")), label="平日のどの日も")

STANDARDS = [
    Standard("近い", ("salon",), "share_within", 0.8, audience="age_75_over", distance=300),
    Standard("半分", ("kids_cafeteria",), "share_within", 0.5, audience="children", distance=400),
    Standard("どちらか", ("salon", "hiroba"), "share_within", 0.9, audience="everyone", distance=250),
    Standard("水の昼", ("salon", "hiroba"), "share_within", 0.3, distance=500, when=NOON),
    Standard("水の昼いつか", ("salon", "hiroba"), "share_within", 0.3, distance=500, when=NOON, at_least=0.1),
    Standard("平日", ("salon", "hiroba"), "share_within", 0.5, audience="age_75_over", distance=600, when=EACH_DAY),
    Standard("両方", ("hiroba",), "share_within", 0.2, distance=600, when=Every((NOON, SUNDAY)), at_least=0.4),
    Standard("週1", ("salon",), "share_within", 0.4, audience="age_75_over", distance=450, when=Often(1)),
    Standard("月2", ("salon", "kids_cafeteria"), "within", 300, distance=450, when=Often(2, "month")),
    Standard("残り", ("salon", "hiroba"), "beyond", 60, audience="everyone", distance=300, when=NOON, at_least=0),
    Standard("人数", ("hiroba",), "within", 120, audience="everyone", distance=350),
    Standard("来る", ("visit",), "share_within", 0.1, distance=300),
    Standard("区域に2", ("salon",), "resources", 2),
    Standard("区域に5", ("salon", "hiroba"), "resources", 5, systems=("学区", "地区")),
    Standard("区域に平日", ("salon", "hiroba"), "resources_open", 1, when=EACH_DAY, audience="age_75_over"),
    Standard("区域に週1", ("salon", "hiroba"), "resources_open", 2, when=Often(1), systems=("圏域",)),
    Standard("千人に", ("hiroba",), "per_1000", 2.5, audience="everyone"),
    Standard("半数の近さ", ("hiroba",), "nearest_median_m", 250, audience="age_75_over"),
    Standard("9割の近さ", ("kids_cafeteria", "hiroba"), "nearest_p90_m", 420, audience="children"),
    Standard("ない種類", ("pantry",), "nearest_median_m", 500, audience="everyone"),
    Standard("ない種類2", ("pantry",), "share_within", 0.5, audience="everyone", distance=500),
    Standard("開く日", ("hiroba",), "days_per_month", 20, audience="everyone"),
]


@pytest.fixture
def situation(town):
    """The town, with everything that can be the matter with resources, and four systems of areas."""
    blocks, people, resources, table = town
    people = people.iloc[::2].reset_index(drop=True)
    older = people.pop("age_65_over")
    people["age_65_74"], people["age_75_over"] = older // 3, older - older // 3
    people["total"] += [number % 7 == 0 for number in range(len(people))]
    number = np.arange(len(resources))
    resources["schedule"] = [list(WRITTEN)[n % len(WRITTEN)] for n in number // 2 * 3 + (number % 5 == 0)]
    resources["valid_to"], resources["bound_m"], resources["serves"] = None, None, None
    resources.loc[4, "valid_to"] = "2026-10-31"  # over
    resources.loc[5, "valid_to"] = "2027-01-31"
    resources.loc[8, ["located", "bound_m"]] = ["town", 900.0]  # too rough to count
    resources.loc[9, ["located", "bound_m"]] = ["town", 400.0]
    resources.loc[12, "located"] = "not_found"
    resources.loc[12, "geometry"] = None
    resources.loc[13, "place"] = "stop"
    more = resources.iloc[[0, 1, 2, 3]].copy()
    more["activity_id"], more["kind"] = ["v1", "v2", "v3", "p"], ["visit", "visit", "salon", "salon"]
    more["place"], more["serves"] = [*["served_area"] * 3, "none"], ["本町", "本町", "本町", None]
    more["status"] = ["active", "suspended", "active", "active"]
    resources = pd.concat([resources, more], ignore_index=True)
    served = pd.DataFrame({"resource": [24, 24, 25, 26], "block_id": ["b00", "b05", "b01", "b05"]})
    made = [areas_from_blocks(blocks, table, system=system) for system in ("圏域", "学区")]
    drawn = gpd.GeoDataFrame(
        {
            "system": ["地区", "地区", "地区", "全部"],
            "area_id": ["1", "2", "3", "1"],
            "area": ["中央", "中央", "遠い", "全部"],
            "approximate": [False, True, False, False],
        },
        geometry=[
            shapely.box(-50, 100, 700, 900),
            shapely.box(500, 300, 1500, 1100),  # overlaps the one before, which comes first
            shapely.box(90000, 0, 90100, 100),  # nobody is there
            shapely.box(-200, -100, 1700, 1300),
        ],
        crs=6677,
    ).to_crs(4326)
    areas = pd.concat([*made, drawn], ignore_index=True)
    return Situation(people, resources, areas, resources["schedule"].map(read_schedule), served, on=DAY)


class Count:
    """One standard counted once more."""

    def __init__(self, situation, standard):
        self.standard, self.people, self.flags, self.opened = standard, situation.people, {}, {}
        cells = pd.DataFrame(situation.resources).astype(object)
        self.rows = cells.where(cells.notna(), None).to_dict("records")
        homes, spots = situation.people.to_crs(6677).geometry, situation.resources.to_crs(6677).geometry
        self.far = [
            [math.inf if spot is None else math.hypot(home.x - spot.x, home.y - spot.y) for spot in spots]
            for home in homes
        ]
        visits = {(row["resource"], row["block_id"]) for row in situation.served.to_dict("records")}
        self.comes = [[(at, block) in visits for at in range(len(self.rows))] for block in self.people["block_id"]]
        column = {"age_75_over": "age_75_over", "children": "age_0_14", "older": None}
        audience = standard.audience or {"kids_cafeteria": "children", "hiroba": "everyone"}.get(
            standard.kinds[0], "older"
        )
        if audience == "older":
            self.number = (self.people["age_65_74"] + self.people["age_75_over"]).tolist()
        else:
            self.number = self.people[column.get(audience, "total")].tolist()
        self.here = [at for at, row in enumerate(self.rows) if self._counts(row) and row["place"] in ("venue", "stop")]
        self.here = [at for at in self.here if self.rows[at]["kind"] in standard.kinds]
        self.visits = [
            at
            for at, row in enumerate(self.rows)
            if row["kind"] in standard.kinds and row["place"] == "served_area" and self._counts(row)
        ]

    @staticmethod
    def _counts(row):
        over = row["valid_to"] and date.fromisoformat(row["valid_to"]) < DAY
        if row["status"] != "active" or over:
            return False
        if row["place"] == "served_area":
            return bool(row["serves"])
        rough = row["located"] == "town" and not (row["bound_m"] or math.inf) <= 500
        return row["geometry"] is not None and not rough

    def _parts(self):
        when = self.standard.when
        return when.slots if isinstance(when, Every) else [when]

    def _on(self, at, dates):
        row = self.rows[at]
        last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        return [day for day in dates if day <= last and WRITTEN[row["schedule"]][0](day)]

    def opens(self, at, part, at_least=None):
        """Whether it opens in a part of the condition: surely, perhaps."""
        if (at, part, at_least) not in self.opened:
            self.opened[at, part, at_least] = (True, True) if part is None else self._opens(at, part, at_least)
        return self.opened[at, part, at_least]

    def _opens(self, at, part, at_least):
        _, hours, known = WRITTEN[self.rows[at]["schedule"]]
        if isinstance(part, Often):
            month = {"月1回": 1.0, "": None}.get(self.rows[at]["schedule"], len(self._on(at, YEAR)) / 12)
            enough = month is not None and month >= 0.8 * part.times * (365 / 7 / 12 if part.per == "week" else 1)
            return enough, enough or month is None
        at_least = self.standard.at_least if at_least is None else at_least
        dates = [day for day in YEAR if day.weekday() in part.weekdays]
        meets = hours is None or (hours[0] < part.end and part.start < hours[1])
        share = len(self._on(at, dates)) / len(dates) if meets else 0
        enough = share > 0 and share >= at_least
        return enough and known and (hours is not None or (part.start, part.end) == WHOLE_DAY), enough

    def served(self, which):
        """For every person point, whether something is near in every part: surely (0) or perhaps (1)."""
        if which in self.flags:
            return self.flags[which]
        found = self.flags[which] = []
        for far, comes in zip(self.far, self.comes, strict=True):
            near = [at for at in self.here if far[at] <= self.standard.distance]
            near += [at for at in self.visits if comes[at]]
            found.append(all(any(self.opens(at, part)[which] for at in near) for part in self._parts()))
        return found

    def value(self, persons, spots):
        """The figure, surely and at most."""
        people = sum(self.number[p] for p in persons)
        if self.standard.measure in ("share_within", "within", "beyond"):
            return [self._reached(persons, people, which) for which in (0, 1)]
        if self.standard.measure.startswith("nearest"):
            return [self._distance(persons)] * 2
        activities = {self.rows[at]["activity_id"] for at in spots}
        if self.standard.measure == "resources":
            return [len(activities)] * 2
        if self.standard.measure == "per_1000":
            return [1000 * len(activities) / people if people else math.nan] * 2
        if self.standard.measure == "resources_open":
            return [
                min(
                    len({self.rows[at]["activity_id"] for at in spots if self.opens(at, part)[which]})
                    for part in self._parts()
                )
                for which in (0, 1)
            ]
        return [self._days(spots, activities)] * 2

    def _reached(self, persons, people, which):
        within = sum(self.number[p] for p in persons if self.served(which)[p])
        share = within / people if people else math.nan
        return {"share_within": share, "within": within, "beyond": people - within}[self.standard.measure]

    def _distance(self, persons):
        nearest = [min((self.far[p][at] for at in self.here), default=math.inf) for p in range(len(self.number))]
        metres = sorted(nearest[p] for p in persons for _ in range(self.number[p]))
        if not metres:
            return math.nan
        nth = math.ceil(len(metres) / 2) if "median" in self.standard.measure else -(-9 * len(metres) // 10)
        return metres[nth - 1] if metres[nth - 1] < math.inf else math.nan

    def _days(self, spots, activities):
        days = {}
        for at in spots:
            text = self.rows[at]["schedule"]
            if text:
                key = self.rows[at]["activity_id"], text
                days[key] = max(days.get(key, 0), 1.0 if text == "月1回" else len(self._on(at, YEAR)) / 12)
        return math.nan if activities and not days else sum(days.values())

    def judged(self, persons, spots):
        """Everything that a row of the judged table says."""
        standard, people = self.standard, sum(self.number[p] for p in persons)
        value, most = self.value(persons, spots)
        less = standard.measure in ("beyond", "nearest_median_m", "nearest_p90_m")
        compared = [math.inf if math.isnan(v) and standard.measure.startswith("nearest") else v for v in (value, most)]
        meets = [v <= standard.threshold + 1e-9 if less else v >= standard.threshold - 1e-9 for v in compared]
        met = "met" if meets[0] else "unknown" if meets[1] else "unmet"
        if math.isnan(compared[0]) or people == 0:
            met = "no_data"
        fails = met in ("unmet", "unknown")
        flags = self.served(0) if standard.distance else [False] * len(self.number)
        lacking = [p for p in persons if not flags[p]]
        without = sum(self.number[p] for p in lacking) if fails else 0
        position, metres = self._instead(lacking) if fails else (-1, math.nan)
        closed, perhaps = self._closed(spots)
        return {
            "value": value, "value_at_most": most, "met": met, "people": people, "without": without,
            "short": self._short(persons, value, met), "nearest_position": position, "nearest_m": metres,
            "closed_days": closed, "closed_days_unknown": perhaps,
        }  # fmt: skip

    def _short(self, persons, value, met):
        if met == "no_data":
            return None
        if met == "met":
            return 0
        if self.standard.measure == "share_within":
            people, flags, needed = sum(self.number[p] for p in persons), self.served(0), 0
            within = sum(self.number[p] for p in persons if flags[p])
            while (within + needed) / people < self.standard.threshold - 1e-9:
                needed += 1
            return needed
        if self.standard.measure in ("within", "resources", "resources_open"):
            return self.standard.threshold - value
        return value - self.standard.threshold if self.standard.measure == "beyond" else None

    def _instead(self, lacking):
        good = [at for at in self.here if any(self.opens(at, part)[0] for part in self._parts())]
        votes, metres = {}, []
        for p in lacking:
            best = min(good, key=lambda at: (self.far[p][at], at), default=None)
            metres += [math.inf if best is None else self.far[p][best]] * self.number[p]
            if best is not None and self.number[p]:
                votes[best] = votes.get(best, 0) + self.number[p]
        most = min(votes, key=lambda at: (-votes[at], at), default=-1)
        half = sorted(metres)[math.ceil(len(metres) / 2) - 1] if metres else math.inf
        return most, half if half < math.inf else math.nan

    def _closed(self, spots):
        answers = []
        at_least = self.standard.at_least if isinstance(self.standard.when, Every) else 0.15
        for weekday in range(7):
            part = Slot((weekday,), *WHOLE_DAY)
            found = [self.opens(at, part, at_least=at_least) for at in spots]
            answers.append((any(sure for sure, _ in found), any(may for _, may in found)))
        closed = "・".join(day for day, (sure, may) in zip(WEEK, answers, strict=True) if not sure and not may)
        return closed, "・".join(day for day, (sure, may) in zip(WEEK, answers, strict=True) if may and not sure)


def areas_of(table, inside):
    """The position of the area of every row in a system, or -1."""
    areas = list(zip(inside["blocks"], inside.geometry, strict=True))
    blocks = table["block_id"] if "block_id" in table else [None] * len(table)
    return [_area_of(block, point, areas) for block, point in zip(blocks, table.geometry, strict=True)]


def _area_of(block, point, areas):
    for at, (blocks, _) in enumerate(areas):
        if isinstance(blocks, tuple) and block in blocks:
            return at
    for at, (_, shape) in enumerate(areas):
        if point is not None and shape.intersects(point):
            return at
    return -1


def counted(situation, standard):
    """Yield the system, the area and what is found there, in the order of the table."""
    count = Count(situation, standard)
    of_places = standard.measure in ("resources", "resources_open", "per_1000", "days_per_month")
    if not of_places:
        yield "全体", "全体", count.judged(range(len(count.number)), count.here)
    for system in standard.systems or situation.areas["system"].unique():
        inside = situation.areas[situation.areas["system"] == system]
        homes, spots = areas_of(situation.people, inside), areas_of(situation.resources, inside)
        for at, name in [*enumerate(inside["area_id"]), (-1, None)]:
            persons = [p for p, home in enumerate(homes) if home == at]
            here = [spot for spot in count.here if spots[spot] == at]
            if name is None and (of_places or not (here or any(count.number[p] for p in persons))):
                continue
            yield system, name, count.judged(persons, here)


def same(one, other):
    if one is None or one is pd.NA:
        return other is None or other is pd.NA
    return one == (other if isinstance(other, str) else pytest.approx(other, rel=1e-9, abs=1e-9, nan_ok=True))


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda standard: standard.name)
def test_every_column_equals_a_count_over_all_people_and_resources(situation, standard):
    table = judge(situation, [standard])
    expected = list(counted(situation, standard))
    rows = table.to_dict("records")
    assert [(row["system"], row["area_id"] if row["area_id"] == row["area_id"] else None) for row in rows] == [
        (system, area) for system, area, _ in expected
    ]
    wrong = [
        (row["system"], row["area"], name, row[name], value)
        for row, (_, _, found) in zip(rows, expected, strict=True)
        for name, value in found.items()
        if not same(value, row[name])
    ]
    assert not wrong


def test_ranks_are_by_the_people_without_in_each_system_and_of_equals_the_order(situation):
    some = STANDARDS[::2]
    table = judge(situation, some)
    assert list(dict.fromkeys(table["standard"])) == [standard.name for standard in some]
    assert set(table["met"]) == {"met", "unmet", "unknown", "no_data"}
    for _, rows in table.groupby("system"):
        fails = [row for row in rows.to_dict("records") if row["met"] in ("unmet", "unknown")]
        fails.sort(key=lambda row: -row["without"])
        assert [row["rank"] for row in fails] == list(range(1, len(fails) + 1))
        assert (rows.loc[~rows["met"].isin(["unmet", "unknown"]), "rank"] == 0).all()


def test_every_figure_is_in_the_table_of_figures_under_its_key(situation):
    figures, table = standard_figures(situation, STANDARDS), judge(situation, STANDARDS)
    keys = ["system", "area_id", "area", "kind", "audience", "slot", "distance_m", "measure"]
    values = {}
    for row in figures.to_dict("records"):
        values.setdefault(tuple(str(row[key]) for key in keys), []).append(row["value"])
    for row in table.to_dict("records"):
        assert values[tuple(str(row[key]) for key in keys)] == pytest.approx([row["value"]], nan_ok=True)
