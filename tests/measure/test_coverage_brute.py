"""Every measure of the table against loops over every person point and resource that use no step of ours.

What is asked of us are the tables alone; areas, distances, opening and sums are all worked out here once more, as
`measures.toml` defines them, with plain loops.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.areas.membership import areas_from_blocks
from resourcemap.measure.catalogue import load_measures
from resourcemap.measure.conditions import Every, Often
from resourcemap.measure.coverage import coverage
from resourcemap.measure.question import Question
from resourcemap.reach.slot_words import Slot
from resourcemap.read.schedules.parse import read_schedule

DAY = date(2026, 11, 1)
DISTANCES = (200.0, 300.0, 500.0)
CATCHMENT = 600.0
STEPS = ((200.0, 1.0), (400.0, 0.68), (600.0, 0.22))
COMBINATIONS = (("salon", "kids_cafeteria"), ("salon", "visit"), ("visit", "hiroba"))
SLOTS = (
    Slot((2,), 11 * 60, 13 * 60),
    Slot((6,), 14 * 60, 16 * 60),
    Slot((5,), 9 * 60, 10 * 60, date=date(2026, 12, 5)),
)
CONDITIONS = (
    *SLOTS,
    Often(1),
    Often(2, "month"),
    Every(SLOTS[:2]),
    Every(SLOTS[:2][::-1] + SLOTS[2:], label="三つとも"),
)
AUDIENCE = {
    "salon": "older",
    "kids_cafeteria": "children",
    "hiroba": "everyone",
    "visit": "older",
    "multicultural": "foreigners",
    "pantry": "everyone",
}
# parents are those with children up to 9, whom the ages of the town do not tell apart: everyone is counted.
COLUMN = {"older": "age_65_over", "children": "age_0_14"}
BASIS = {"older": "audience", "children": "audience", "everyone": "audience"}


def first_or_third_sunday(day):
    return day.weekday() == 6 and (day.day - 1) // 7 in (0, 2)


def any_day(_):
    return True


# Text of a schedule: on which days it is, from when to when in minutes (None: hours not known), and whether the days
# are known at all.
WRITTEN = {
    "毎週水曜 10:00〜12:00": (lambda day: day.weekday() == 2, (600, 720), True),
    "第1・第3日曜 13:00〜15:30": (first_or_third_sunday, (780, 930), True),
    "毎週土曜": (lambda day: day.weekday() == 5, None, True),
    "毎日 9:00〜17:00": (any_day, (540, 1020), True),
    "毎月10日 11:00〜14:00": (lambda day: day.day == 10, (660, 840), True),
    "月1回": (any_day, None, False),
    "": (any_day, None, False),
}
YEAR = [DAY + timedelta(days=number) for number in range(365)]


@pytest.fixture
def tables(town):
    """The town, with everything that can be the matter with resources, and five systems of areas."""
    blocks, people, resources, table = town
    people = people.iloc[::2].reset_index(drop=True)
    people["total"] += [number % 7 == 0 for number in range(len(people))]
    number = np.arange(len(resources))
    resources["capacity"] = [None if n % 5 == 3 else 5 + 3 * (n % 4) for n in number]
    resources["verified_on"] = [(None, "2026-10-20", "2026-05-01", "2025-01-31")[n % 4] for n in number // 2]
    resources["schedule"] = [list(WRITTEN)[n % len(WRITTEN)] for n in number // 2 * 3 + (number % 5 == 0)]
    resources["valid_to"] = None
    resources["bound_m"] = None
    resources["serves"] = None
    resources.loc[4, "valid_to"] = "2026-10-31"  # over
    resources.loc[5, "valid_to"] = "2027-01-31"
    resources.loc[8, ["located", "bound_m"]] = ["town", 900.0]  # too rough
    resources.loc[9, ["located", "bound_m"]] = ["town", 400.0]
    resources.loc[12, "located"] = "not_found"
    resources.loc[12, "geometry"] = None
    resources.loc[13, "place"] = "stop"
    more = resources.iloc[[0, 1, 2, 3, 6, 7, 10]].copy()
    more["activity_id"] = ["v1", "v2", "v3", "v4", "p", "m", "m"]
    more["place"] = [*["served_area"] * 4, "none", "venue", "venue"]
    more["serves"] = ["本町", "本町", "本町", None, None, None, None]
    more["kind"] = ["visit", "visit", "visit", "visit", "salon", "multicultural", "multicultural"]
    more["status"] = ["active", "suspended", "active", "active", "active", "active", "active"]
    resources = pd.concat([resources, more], ignore_index=True)
    served = pd.DataFrame({"resource": [24, 24, 25, 26, 26], "block_id": ["b00", "b05", "b01", "b05", "b06"]})
    return people, resources, _systems(blocks, table), served


def _systems(blocks, table):
    made = [areas_from_blocks(blocks, table, system=system) for system in ("圏域", "学区")]
    drawn = gpd.GeoDataFrame(
        {
            "system": ["地区", "地区", "地区", "包括", "包括"],
            "area_id": ["1", "2", "3", "1", "x"],
            "area": ["中央", "中央", "遠い", "全部", "細い"],
            "approximate": [False, True, False, False, False],
        },
        geometry=[
            shapely.box(-50, 100, 700, 900),
            shapely.box(500, 300, 1500, 1100),  # overlaps the one before, which comes first
            shapely.box(90000, 0, 90100, 100),
            shapely.box(-200, -100, 1700, 1300),
            shapely.box(0, 0, 3, 3),
        ],
        crs=6677,
    ).to_crs(4326)
    return pd.concat([*made, drawn], ignore_index=True)


class Count:
    """Everything counted once more."""

    def __init__(self, people, resources, areas, served, at_least):
        self.at_least = at_least
        self.people = people
        cells = pd.DataFrame(resources).astype(object)
        self.resources = cells.where(cells.notna(), None).to_dict("records")
        homes, spots = people.to_crs(6677), resources.to_crs(6677)
        self.far = [
            [math.inf if spot is None else math.hypot(home.x - spot.x, home.y - spot.y) for spot in spots.geometry]
            for home in homes.geometry
        ]
        visits = {(row["resource"], row["block_id"]) for row in served.to_dict("records")}
        self.comes = [[(at, block) in visits for at in range(len(resources))] for block in people["block_id"]]
        self.counts = [self._reason(row) == "" for row in self.resources]
        self.lost = [self._reason(row) == "lost" for row in self.resources]
        self.place = [
            counts and row["place"] in ("venue", "stop")
            for counts, row in zip(self.counts, self.resources, strict=True)
        ]
        self.found, self.reaching, self.opened, self.scores = {}, {}, {}, {}
        self._everything(areas)

    @staticmethod
    def _reason(row):
        if row["status"] != "active" or (row["valid_to"] and date.fromisoformat(row["valid_to"]) < DAY):
            return "closed"
        if row["place"] == "none":
            return "telephone"
        if row["place"] == "served_area":
            return "" if row["serves"] else "lost"
        rough = row["located"] == "town" and not (row["bound_m"] or math.inf) <= 500
        return "lost" if row["geometry"] is None or rough else ""

    def _everything(self, areas):
        self._divide("全体", ["全体"], [0] * len(self.people), [0 if place else 1 for place in self.place])
        for system in areas["system"].unique():
            inside = areas[areas["system"] == system]
            homes = [self._area_of(row, inside) for row in self.people.to_dict("records")]
            spots = [self._area_of(row, inside) for row in self.resources]
            self._divide(system, inside["area_id"].tolist(), homes, spots)

    @staticmethod
    def _area_of(row, inside):
        """The position of its area, or that of "outside", which comes last."""
        for at, area in enumerate(inside.to_dict("records")):
            if isinstance(area["blocks"], tuple) and row.get("block_id") in area["blocks"]:
                return at
        for at, shape in enumerate(inside.geometry):
            if row["geometry"] is not None and shape.intersects(row["geometry"]):
                return at
        return len(inside)

    def _divide(self, system, names, homes, spots):
        named = names if system == "全体" else [*names, None]
        for kind, own in AUDIENCE.items():
            for audience in dict.fromkeys([own, "children", "parents"]):
                case = Case(self, kind, audience, homes, spots)
                for at, name in enumerate(named):
                    if name is None and at not in homes and at not in self._spots_of_asked(spots):
                        continue
                    for key, value in case.figures(at, own=audience == own):
                        self.found[system, name, kind, audience, *key] = value

    def _spots_of_asked(self, spots):
        return [spot for spot, place in zip(spots, self.place, strict=True) if place]


class Case:
    """One kind and one audience in one system of areas."""

    def __init__(self, count, kind, audience, homes, spots):
        self.all, self.kind, self.homes, self.spots = count, kind, homes, spots
        people = count.people
        self.number = people[COLUMN.get(audience, "total")].tolist()
        known = people[["age_0_14", "age_15_64", "age_65_over"]].sum(axis=1)
        self.unknown = (people["total"] - known).tolist() if audience in COLUMN else [0] * len(people)
        self.here = self._rows(kind)
        self.visited = [any(row[at] for at in self._visits(kind)) for row in count.comes]
        self.nearest = [self._nearest(row) for row in count.far]
        if (kind, audience) not in count.scores:
            count.scores[kind, audience] = {name: self._scores(name) for name in ("2sfca", "e2sfca", "bfca")}
        self.score = count.scores[kind, audience]

    def _rows(self, kind):
        return [at for at, row in enumerate(self.all.resources) if self.all.place[at] and row["kind"] == kind]

    def _visits(self, kind):
        rows = self.all.resources
        return [
            at
            for at, row in enumerate(rows)
            if row["kind"] == kind and row["place"] == "served_area" and self.all.counts[at]
        ]

    def _nearest(self, far):
        best = {}
        for at in self.here:
            activity = self.all.resources[at]["activity_id"]
            best[activity] = min(best.get(activity, math.inf), far[at])
        return [*sorted(best.values()), math.inf, math.inf, math.inf][:3]

    def reaches(self, metres, *, kind=None, among=None, slot=None):
        """For every person, whether anything is near or comes; `among` is what counts, by name or for a slot."""
        key = kind or self.kind, metres, among, slot
        if key not in self.all.reaching:
            rows = [at for at in self._rows(key[0]) if self._among(at, among, slot)]
            visits = [at for at in self._visits(key[0]) if self._among(at, among, slot)]
            self.all.reaching[key] = [
                any(far[at] <= metres for at in rows) or any(comes[at] for at in visits)
                for far, comes in zip(self.all.far, self.all.comes, strict=True)
            ]
        return self.all.reaching[key]

    def _among(self, at, among, slot):
        if among in ("surely", "perhaps"):
            return self._open(at, slot)[("surely", "perhaps").index(among)]
        return among is None or self._verified(at)

    def figures(self, area, *, own):
        yield from self._of_people(area)
        yield from self._within_slots(area)
        yield from self._nearest_figures(area)
        if own:
            yield from self._of_places(area)
            yield from self._shortfalls(area)
            yield from self._equity(area)

    def sum_of(self, area, flags=None):
        """Count the people of an area, all or those who are flagged."""
        return sum(n for at, n in enumerate(self.number) if self.homes[at] == area and (flags is None or flags[at]))

    def _of_people(self, area):
        people = self.sum_of(area)
        yield ("", "", None, "people"), people
        unknown = sum(n for n, home in zip(self.unknown, self.homes, strict=True) if home == area)
        yield ("", "", None, "unknown_age"), unknown
        yield ("", "", None, "visited"), self.sum_of(area, self.visited)
        yield ("", "", None, "off_streets"), 0
        for metres in DISTANCES:
            within = self.sum_of(area, self.reaches(metres))
            yield ("", "", metres, "within"), within
            yield ("", "", metres, "beyond"), people - within
            yield ("", "", metres, "share_within"), within / people if people else math.nan
            edge = [
                not visited and 0.9 * metres < near[0] <= 1.1 * metres
                for visited, near in zip(self.visited, self.nearest, strict=True)
            ]
            yield ("", "", metres, "borderline"), self.sum_of(area, edge)
            yield ("", "", metres, "within_verified"), self.sum_of(area, self.reaches(metres, among="verified"))
            for other in [second for first, second in COMBINATIONS if first == self.kind]:
                both = zip(self.reaches(metres), self.reaches(metres, kind=other), strict=True)
                yield (other, "", metres, "lacking"), self.sum_of(area, [has and not lacks for has, lacks in both])

    def _verified(self, at):
        """Six months before the day is the first of May."""
        day = self.all.resources[at]["verified_on"]
        return day is not None and date.fromisoformat(day) >= date(2026, 5, 1)

    def _within_slots(self, area):
        people = self.sum_of(area)
        for condition in CONDITIONS:
            parts = condition.slots if isinstance(condition, Every) else [condition]
            for metres in DISTANCES:
                surely = self.sum_of(area, self._everywhere(metres, "surely", parts))
                perhaps = self.sum_of(area, self._everywhere(metres, "perhaps", parts))
                yield ("", condition.label, metres, "within"), surely
                yield ("", condition.label, metres, "beyond"), people - surely
                yield ("", condition.label, metres, "share_within"), surely / people if people else math.nan
                yield ("", condition.label, metres, "within_or_unknown"), perhaps

    def _everywhere(self, metres, among, parts):
        return [
            all(flags) for flags in zip(*(self.reaches(metres, among=among, slot=part) for part in parts), strict=True)
        ]

    def _open_here(self, inside):
        for condition in CONDITIONS:
            parts = condition.slots if isinstance(condition, Every) else [condition]
            for which, name in ((0, "resources_open"), (1, "resources_open_or_unknown")):
                counts = [
                    len({self.all.resources[at]["activity_id"] for at in inside if self._open(at, part)[which]})
                    for part in parts
                ]
                yield ("", condition.label, None, name), min(counts)

    def _days(self, at):
        row = self.all.resources[at]
        last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        return [day for day in YEAR if day <= last and WRITTEN[row["schedule"]][0](day)]

    def _open(self, at, slot):
        """Whether it is open on that share of the slot's dates: surely, possibly."""
        key = at, slot
        if key not in self.all.opened and isinstance(slot, Often):
            row = self.all.resources[at]
            month = {"月1回": 1.0, "": None}.get(row["schedule"], len(self._days(at)) / 12)
            enough = month is not None and month >= 0.8 * slot.times * (365 / 7 / 12 if slot.per == "week" else 1)
            self.all.opened[key] = (enough, enough or month is None)
        if key not in self.all.opened:
            _, hours, known = WRITTEN[self.all.resources[at]["schedule"]]
            dates = [day for day in YEAR if (day == slot.date if slot.date else day.weekday() in slot.weekdays)]
            on = set(self._days(at)) & set(dates)
            meets = hours is None or (hours[0] < slot.end and hours[1] > slot.start)
            share = len(on) / len(dates) if meets else 0
            enough = share > 0 and share >= self.all.at_least
            self.all.opened[key] = (enough and known and hours is not None, enough)
        return self.all.opened[key]

    def _nearest_figures(self, area):
        for rank, name in enumerate(("nearest", "nearest_2", "nearest_3")):
            metres = sorted(
                self.nearest[at][rank]
                for at, number in enumerate(self.number)
                if self.homes[at] == area
                for _ in range(number)
            )
            mean = sum(metres) / len(metres) if metres else math.inf
            middle = metres[math.ceil(len(metres) / 2) - 1] if metres else math.inf
            most = metres[-(-9 * len(metres) // 10) - 1] if metres else math.inf
            for part, value in (("mean", mean), ("median", middle), ("p90", most)):
                yield ("", "", None, f"{name}_{part}_m"), value if value < math.inf else math.nan

    def _of_places(self, area):
        rows = self.all.resources
        inside = [at for at in self.here if self.spots[at] == area]
        activities = {rows[at]["activity_id"] for at in inside}
        exact = {rows[at]["activity_id"] for at in inside if rows[at]["located"] == "given"}
        people = self.sum_of(area)
        yield ("", "", None, "resources"), len(activities)
        yield ("", "", None, "approximate"), len(activities - exact)
        yield (
            ("", "", None, "visiting"),
            len(
                {
                    rows[at]["activity_id"]
                    for at in self._visits(self.kind)
                    for person, home in enumerate(self.homes)
                    if home == area and self.all.comes[person][at]
                }
            ),
        )
        lost = sum(lost and row["kind"] == self.kind for lost, row in zip(self.all.lost, rows, strict=True))
        yield ("", "", None, "uncounted"), lost
        yield ("", "", None, "per_1000"), 1000 * len(activities) / people if people else math.nan
        yield (
            ("", "", None, "resources_verified"),
            len({rows[at]["activity_id"] for at in inside if self._verified(at)}),
        )
        yield from self._open_here(inside)
        yield from self._opening(inside, activities)
        for metres in DISTANCES:
            yield from self._borders(area, metres, activities)

    def _opening(self, inside, activities):
        days, seats = {}, {}
        for at in inside:
            row = self.all.resources[at]
            _, hours, known = WRITTEN[row["schedule"]]
            month = 1.0 if row["schedule"] == "月1回" else len(self._days(at)) / 12
            if not known and row["schedule"] != "月1回":
                continue
            key = row["activity_id"], row["schedule"]
            days[key] = max(days.get(key, 0), month)
            if hours and row["capacity"] is not None:
                seats[key] = max(seats.get(key, 0), month * (hours[1] - hours[0]) / 60 * row["capacity"])
        for name, amount, missing in (
            ("days_per_month", days, "days_unknown"),
            ("seat_hours", seats, "seat_hours_unknown"),
        ):
            nothing_known = activities and not amount
            yield ("", "", None, name), math.nan if nothing_known else sum(amount.values())
            yield ("", "", None, missing), len(activities - {activity for activity, _ in amount})

    def _borders(self, area, metres, activities):
        rows, far = self.all.resources, self.all.far
        of_area = [at for at in self.here if self.spots[at] == area]
        own = [
            visited or any(row[at] <= metres for at in of_area) for visited, row in zip(self.visited, far, strict=True)
        ]
        across = [any_ and not one for any_, one in zip(self.reaches(metres), own, strict=True)]
        yield ("", "", metres, "within_own"), self.sum_of(area, own)
        yield ("", "", metres, "within_across"), self.sum_of(area, across)
        reaching = {
            rows[at]["activity_id"]
            for at in self.here
            if any(
                far[person][at] <= metres
                for person in range(len(far))
                if self.homes[person] == area and self.number[person]
            )
        }
        yield ("", "", metres, "reaching"), len(reaching)
        yield ("", "", metres, "reaching_across"), len(reaching - activities)

    def _shortfalls(self, area):
        total = self.sum_of(area)
        for metres in DISTANCES:
            short = [
                0.0 if visited or near[0] <= metres else 1 - metres / near[0]
                for visited, near in zip(self.visited, self.nearest, strict=True)
            ]
            for power in (0, 1, 2):
                found = sum(
                    short[at] ** power * self.number[at]
                    for at in range(len(short))
                    if self.homes[at] == area and short[at] > 0
                )
                yield ("", "", metres, f"fgt_{power}"), found / total if total else math.nan

    def _weight(self, name, metres):
        if name == "2sfca":
            return float(metres <= CATCHMENT)
        return next((weight for limit, weight in STEPS if metres <= limit), 0.0)

    def _scores(self, name):
        seats = {at: self.all.resources[at]["capacity"] for at in self.here}
        seats = {at: number for at, number in seats.items() if number is not None}
        persons = range(len(self.number))
        if self.here and not seats:
            return [math.nan for _ in persons]
        weight = {(p, at): self._weight(name, self.all.far[p][at]) for p in persons for at in self.here}
        of_person = [sum(weight[p, at] for at in self.here) for p in persons]
        of_place = {at: sum(weight[p, at] for p in persons) for at in self.here}
        found = [0.0 for _ in persons]
        for at, number in seats.items():
            share = {p: weight[p, at] / (of_person[p] if name == "bfca" else 1) for p in persons if weight[p, at]}
            demand = sum(self.number[p] * part for p, part in share.items())
            if not demand:
                continue
            for p in share:
                found[p] += number / demand * weight[p, at] / (of_place[at] if name == "bfca" else 1)
        return found

    def _equity(self, area):
        here = [at for at, home in enumerate(self.homes) if home == area]
        total = sum(self.number[at] for at in here)
        for name in ("2sfca", "e2sfca"):
            have = sum(self.score[name][at] * self.number[at] for at in here)
            yield ("", "", None, f"access_{name}"), have / total if total else math.nan
        yield ("", "", None, "access_bfca"), sum(self.score["bfca"][at] for at in here)
        yield ("", "", None, "seats_available"), sum(self.score["e2sfca"][at] * self.number[at] for at in here)
        capacity = {at: self.all.resources[at]["capacity"] for at in self.here}
        unknown = {self.all.resources[at]["activity_id"] for at in self.here if capacity[at] is None}
        yield ("", "", None, "capacity_unknown"), len(unknown)
        values = np.repeat([self.score["e2sfca"][at] for at in here], [self.number[at] for at in here])
        yield ("", "", None, "gini"), _gini(values)
        yield ("", "", None, "palma"), _palma(values)


def _gini(values):
    if not len(values) or not values.sum() > 0:
        return math.nan
    return np.abs(values[:, None] - values[None, :]).mean() / (2 * values.mean())


def _palma(values):
    """With everyone ten times, tenths are whole."""
    ranked = np.sort(np.repeat(values, 10))
    people = len(values)
    if not people or not ranked[: 4 * people].sum() > 0:
        return math.nan
    return ranked[9 * people :].mean() / ranked[: 4 * people].mean()


@pytest.mark.parametrize("at_least", [0.0, 0.4])
def test_every_measure_equals_a_count_over_all_people_and_resources(tables, at_least):
    people, resources, areas, served = tables
    question = Question(
        distances=DISTANCES,
        kinds=list(AUDIENCE),
        audiences=["children", "parents"],
        slots=CONDITIONS,
        at_least=at_least,
        combinations=COMBINATIONS,
        verified_within=6,
        catchment=CATCHMENT,
    )
    schedules = resources["schedule"].map(read_schedule)
    table = coverage(people, resources, areas, question, schedules=schedules, served=served, on=DAY)
    expected = Count(people, resources, areas, served, at_least).found
    assert set(table["measure"]) == set(load_measures())
    found = {}
    for row in table.to_dict("records"):
        metres = None if math.isnan(row["distance_m"]) else row["distance_m"]
        area = row["area_id"] if isinstance(row["area_id"], str) else None
        who = row["kind"], row["audience"], row["other"], row["slot"]
        key = (row["system"], area, *who, metres, row["measure"])
        assert key not in found, f"{key} comes twice"
        found[key] = row["value"]
        assert row["audience_basis"] == BASIS.get(row["audience"], "everyone")
    assert found.keys() == expected.keys()
    wrong = {
        key: (value, expected[key])
        for key, value in found.items()
        if value != pytest.approx(expected[key], rel=1e-9, abs=1e-9, nan_ok=True)
    }
    assert not wrong
