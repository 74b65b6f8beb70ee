"""What must hold of coverage in every town, whatever is drawn."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.measure.coverage import coverage
from resourcemap.measure.question import Question
from resourcemap.reach.slot_words import read_slot
from resourcemap.read.schedules.parse import read_schedule

DAY = date(2026, 11, 1)
DISTANCES = (100.0, 200.0, 500.0)
SLOTS = ("水 10:00-11:00", "日 13:00-15:00")
TEXTS = ("毎週水曜 10:00〜12:00", "第1日曜 14:00〜16:00", "毎日 9:00〜17:00", "", "毎週日曜")
QUESTION = Question(
    distances=DISTANCES,
    kinds=["salon", "hiroba"],
    audiences=["children"],
    slots=[read_slot(slot) for slot in SLOTS],
    combinations=[("salon", "hiroba")],
    verified_within=6,
    catchment=400,
)
ROW = ["system", "area_id", "kind", "audience", "other", "slot", "distance_m", "measure"]

# Hundreds of metres on a small square: many at one point, many exactly at a limit, some outside all areas.
position = st.tuples(st.integers(-2, 12), st.integers(-2, 8))
home = st.tuples(position, st.integers(0, 9), st.integers(0, 9), st.integers(0, 2), st.sampled_from(["b1", "b2", None]))
resource = st.fixed_dictionaries(
    {
        "at": position,
        "kind": st.sampled_from(["salon", "hiroba", "visit"]),
        "activity_id": st.sampled_from(["a", "b", "c", "d"]),
        "status": st.sampled_from(["active", "active", "active", "suspended"]),
        "place": st.sampled_from(["venue", "venue", "stop", "served_area", "none"]),
        "located": st.sampled_from(["given", "block", "not_found"]),
        "capacity": st.sampled_from([None, 0, 5, 12]),
        "verified_on": st.sampled_from([None, "2026-09-01", "2024-01-01"]),
        "schedule": st.sampled_from(TEXTS),
    }
)
homes = st.lists(home, min_size=1, max_size=10)
resources = st.lists(resource, max_size=7)
border = st.integers(0, 1000)
few = settings(max_examples=15)


def people_of(rows):
    columns = {
        "block_id": [block for *_, block in rows],
        "total": [children + older + unknown for _, children, older, unknown, _ in rows],
        "age_0_14": [children for _, children, *_ in rows],
        "age_15_64": 0,
        "age_65_over": [older for _, _, older, *_ in rows],
    }
    points = gpd.points_from_xy(*np.array([at for at, *_ in rows], dtype=float).T * 100)
    return gpd.GeoDataFrame(columns, geometry=points, crs=6677)


def resources_of(rows):
    columns = list(rows[0]) if rows else list("x")
    table = pd.DataFrame(
        {name: [row[name] for row in rows] for name in columns if name not in ("at", "x")}, dtype=object
    )
    names = ("kind", "activity_id", "status", "place", "located", "capacity", "verified_on", "schedule")
    table = table.reindex(columns=list(names))
    table["serves"] = np.where(table["place"] == "served_area", "本町", None)
    points = [
        None if row["located"] == "not_found" else shapely.Point(row["at"][0] * 100, row["at"][1] * 100) for row in rows
    ]
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(points, dtype="geometry", crs=6677))


def areas_of(*borders):
    """Two systems: west and east of a border, and south and north of one; both leave people outside."""
    x, y = (*borders, 500)[:2]
    shapes = [
        shapely.box(0, 0, x, 600),
        shapely.box(x, 0, 1000, 600),
        shapely.box(-100, -100, 1100, y),
        shapely.box(-100, y, 1100, 700),
    ]
    names = {"system": ["東西", "東西", "南北", "南北"], "area_id": list("1212"), "area": list("西東南北")}
    return gpd.GeoDataFrame({**names, "approximate": False}, geometry=shapes, crs=6677)


def measured(people, places, areas, question=QUESTION):
    schedules = places["schedule"].map(read_schedule)
    visiting = np.flatnonzero(places["place"] == "served_area")
    served = pd.DataFrame({"resource": visiting, "block_id": ["b1"] * len(visiting)}).astype({"resource": int})
    return coverage(people, places, areas, question, schedules=schedules, served=served, on=DAY)


def values(table, measure):
    """Return one measure of every row, by what the row is about."""
    rows = table[table["measure"] == measure]
    return rows.astype({"area_id": object}).fillna({"area_id": "outside", "distance_m": 0}).set_index(ROW[:-1])["value"]


@given(homes, resources, border)
@few
def test_nobody_is_lost_or_counted_twice(rows, places, x):
    people = people_of(rows)
    table = measured(people, resources_of(places), areas_of(x))
    everyone = {"everyone": "total", "older": "age_65_over", "children": "age_0_14"}
    counted = values(table, "people").groupby(["system", "kind", "audience"]).sum()
    assert set(counted.index.get_level_values("system")) == {"全体", "東西", "南北"}
    for (_, _, audience), number in counted.items():
        assert number == people[everyone[audience]].sum()
    within, beyond = values(table, "within"), values(table, "beyond")
    keys = ["system", "area_id", "kind", "audience"]
    expected = values(table, "people").droplevel(["other", "slot", "distance_m"])
    both = (within + beyond).reset_index().set_index(keys)["value"]
    assert both.tolist() == expected.loc[both.index].tolist()
    own = values(table, "within_own") + values(table, "within_across")
    assert own.tolist() == within.loc[own.index].tolist()
    assert (values(table, "within_verified") <= within.loc[values(table, "within_verified").index]).all()


@given(homes, resources, border)
@few
def test_what_is_unknown_only_adds_and_a_larger_distance_never_takes(rows, places, x):
    table = measured(people_of(rows), resources_of(places), areas_of(x))
    perhaps = values(table, "within_or_unknown")
    surely = values(table, "within")
    assert (perhaps >= surely.loc[perhaps.index]).all()
    for measure in ("within", "within_or_unknown", "within_own", "within_verified", "reaching"):
        found = values(table, measure)
        for near, far in pairwise(found.xs(metres, level="distance_m") for metres in DISTANCES):
            assert (near <= far.loc[near.index]).all(), measure
    anytime = surely.xs("", level="slot")
    for slot in SLOTS:
        part = perhaps.xs(slot, level="slot")
        assert (part <= anytime.loc[part.index]).all(), "who reaches something in a slot reaches it at all"
    for least, most in (("fgt_2", "fgt_1"), ("fgt_1", "fgt_0")):
        assert not (values(table, least) > values(table, most) + 1e-12).any()


@given(homes, resources, resource, border)
@few
def test_one_more_resource_never_takes_anything_away(rows, places, one, x):
    people, areas = people_of(rows), areas_of(x)
    before = measured(people, resources_of(places), areas)
    after = measured(people, resources_of([*places, one]), areas)
    for measure in ("within", "within_or_unknown", "within_verified", "within_own", "visited", "visiting"):
        was, now = values(before, measure), values(after, measure)
        assert (now.loc[was.index] >= was).all(), measure
    for measure in ("resources", "reaching", "days_per_month", "seat_hours"):
        was, now = values(before, measure).fillna(0), values(after, measure).fillna(0)
        outside = was.index.get_level_values("area_id") == "outside"
        assert (now.loc[was[~outside].index] >= was[~outside] - 1e-9).all(), measure
    for measure in ("nearest_mean_m", "nearest_median_m", "nearest_p90_m", "nearest_2_mean_m", "nearest_3_p90_m"):
        was, now = values(before, measure), values(after, measure)
        assert (now.loc[was.index].fillna(np.inf) <= was.fillna(np.inf) + 1e-9).all(), measure
    was, now = values(before, "fgt_1"), values(after, "fgt_1")
    assert not (now.loc[was.index] > was + 1e-12).any()


@given(homes, resources, border, border)
@few
def test_moving_a_border_never_changes_who_is_within_reach(rows, places, x, other):
    people, supply = people_of(rows), resources_of(places)
    tables = [measured(people, supply, areas_of(each)) for each in (x, other)]
    whole = [table[table["system"] == "全体"].reset_index(drop=True) for table in tables]
    pd.testing.assert_frame_equal(*whole)
    for measure in ("people", "within", "beyond", "within_or_unknown", "within_verified", "borderline", "lacking"):
        first, second = (
            values(table, measure).groupby([name for name in ROW[:-1] if name != "area_id"]).sum() for table in tables
        )
        assert first.to_dict() == second.to_dict(), measure
        everyone = values(tables[0], measure).xs("全体", level="system").droplevel("area_id")
        for system in ("東西", "南北"):
            part = first.xs(system, level="system")
            assert part.reindex(everyone.index).tolist() == everyone.tolist(), (measure, system)


@given(homes, resources, border, st.randoms(use_true_random=False))
@few
def test_the_order_of_rows_never_changes_a_figure(rows, places, x, chance):
    areas = areas_of(x)
    table = measured(people_of(rows), resources_of(places), areas)
    rows, places = chance.sample(rows, len(rows)), chance.sample(places, len(places))
    mixed = measured(people_of(rows), resources_of(places), areas)
    assert mixed[ROW].equals(table[ROW])
    assert mixed["sureness"].tolist() == table["sureness"].tolist()
    assert mixed["value"].tolist() == pytest.approx(table["value"].tolist(), rel=1e-9, abs=1e-9, nan_ok=True)


@given(homes, resources, border)
@few
def test_the_whole_is_one_area_that_holds_everyone(rows, places, x):
    people, supply = people_of(rows), resources_of(places)
    everywhere = areas_of(x).iloc[[0]].set_geometry([shapely.box(-999, -999, 9999, 9999)], crs=6677)
    table = measured(people, supply, everywhere)
    whole, area = (table[table["system"] == system] for system in ("全体", "東西"))
    assert area["measure"].tolist() == whole["measure"].tolist()
    assert area["value"].tolist() == pytest.approx(whole["value"].tolist(), nan_ok=True)
