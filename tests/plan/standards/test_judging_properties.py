"""What must hold of judged standards for any town: more places never make it worse, order changes nothing."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.measure.conditions import Every, Often
from resourcemap.plan.situation import Situation
from resourcemap.plan.standards.judging import judge
from resourcemap.plan.standards.standard import Standard
from resourcemap.reach.slot_words import Slot, slots_each_day
from resourcemap.read.schedules.parse import read_schedule

DAY = date(2026, 11, 1)
TEXTS = ("毎週水曜 10:00〜12:00", "毎日 9:00〜17:00", "毎週土曜", "月1回", "")
STANDARDS = [
    Standard("近い", ("salon",), "share_within", 0.6, audience="everyone", distance=400),
    Standard("水", ("salon", "cafe"), "share_within", 0.5, distance=600, when=Slot((2,), 600, 720)),
    Standard("週1", ("salon", "cafe"), "within", 20, distance=500, when=Often(1)),
    Standard("平日", ("salon", "cafe"), "share_within", 0.5, distance=600, when=Every(tuple(slots_each_day("平日")))),
    Standard("残り", ("salon",), "beyond", 30, audience="everyone", distance=400),
    Standard("半数", ("salon",), "nearest_median_m", 450, audience="everyone"),
    Standard("区域に", ("salon", "cafe"), "resources_open", 1, when=Often(1)),
    Standard("区域に2", ("salon",), "resources", 2),
]
# From the worst; "no data" does not change with places.
BETTER = {"unmet": 0, "unknown": 1, "met": 2}
SPOT = st.tuples(st.integers(0, 20), st.integers(0, 20))
PLACE = st.tuples(
    SPOT, st.sampled_from(["salon", "cafe"]), st.sampled_from(TEXTS), st.sampled_from(["active", "ended"])
)
AREAS = gpd.GeoDataFrame(
    {"system": ["圏域", "圏域", "市"], "area_id": ["1", "2", "1"], "area": ["西", "東", "市"], "approximate": False},
    geometry=[shapely.box(0, 0, 950, 2000), shapely.box(950, 0, 1800, 2000), shapely.box(0, 0, 2000, 2000)],
    crs=6677,
)


@st.composite
def towns(draw):
    homes = draw(st.lists(st.tuples(SPOT, st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8))
    return homes, draw(st.lists(PLACE, min_size=1, max_size=6))


def situation(homes, places, areas=AREAS):
    people = gpd.GeoDataFrame(
        {"age_0_64": [young for _, young, _ in homes], "age_65_over": [old for _, _, old in homes]},
        geometry=gpd.points_from_xy([x * 100.0 for (x, _), _, _ in homes], [y * 100.0 for (_, y), _, _ in homes]),
        crs=6677,
    )
    people["total"] = people["age_0_64"] + people["age_65_over"]
    spots, kinds, texts, states = zip(*places, strict=True)
    resources = gpd.GeoDataFrame(
        {
            "activity_id": [f"a{at}" for at in range(len(places))],
            "kind": kinds,
            "status": states,
            "place": "venue",
            "located": "given",
        },
        geometry=gpd.points_from_xy([x * 100.0 for x, _ in spots], [y * 100.0 for _, y in spots]),
        crs=6677,
    )
    return Situation(people, resources, areas, schedules=pd.Series([read_schedule(text) for text in texts]), on=DAY)


@settings(max_examples=5)
@given(towns(), PLACE)
def test_a_place_more_never_makes_a_standard_worse(town, more):
    homes, places = town
    before, after = (judge(situation(homes, rows), STANDARDS) for rows in (places, [*places, more]))
    keys = ["standard", "system", "area"]
    # Its place may be outside of all areas, which then have a row of nobody there.
    both = before.merge(after, on=keys, how="left", suffixes=("", "_after"))
    assert len(both) == len(before)
    for row in both.to_dict("records"):
        if row["met"] != "no_data":
            assert BETTER[row["met_after"]] >= BETTER[row["met"]]
        assert row["without_after"] <= row["without"]
        if not (pd.isna(row["short"]) or pd.isna(row["short_after"])):
            assert row["short_after"] <= row["short"]
        if row["without_after"] == row["without"] and not np.isnan(row["nearest_m"]):
            assert row["nearest_m_after"] <= row["nearest_m"] + 1e-9


@settings(max_examples=5)
@given(towns(), st.randoms(use_true_random=False))
def test_the_order_of_people_places_and_areas_changes_the_order_alone(town, random):
    homes, places = town
    shuffled_homes, shuffled_places = random.sample(homes, len(homes)), random.sample(places, len(places))
    areas = AREAS.iloc[[1, 0, 2]].reset_index(drop=True)  # the border belongs to whoever comes first: nobody is there
    # Of equals the first is nearest, and equals have equal ranks in the order of the table: both are left out.
    same = ["value", "value_at_most", "met", "people", "without", "short", "nearest_m", "closed_days", "promise"]
    keys = ["standard", "system", "area"]
    one = judge(situation(homes, places), STANDARDS).sort_values(keys)[[*keys, *same]].reset_index(drop=True)
    other = judge(situation(shuffled_homes, shuffled_places, areas), STANDARDS).sort_values(keys)[[*keys, *same]]
    pd.testing.assert_frame_equal(one, other.reset_index(drop=True))


@pytest.mark.parametrize("reached", [1, 7, 14, 23, 30])
def test_a_threshold_exactly_met_is_met_and_one_person_fewer_is_not(reached):
    """Shares such as 7 of 25 are no round numbers in floating point, nor is what is short of them."""
    town = situation([((0, 0), reached, 0), ((20, 20), 31 - reached, 0)], [((0, 0), "salon", "", "active")])
    exact = Standard("x", ("salon",), "share_within", reached / 31, audience="everyone", distance=100)
    above = Standard("y", ("salon",), "share_within", (reached + 1) / 31, audience="everyone", distance=100)
    table = judge(town, [exact, above])
    whole = table[table["system"] == "全体"]
    assert whole["met"].tolist() == ["met", "unmet"]
    assert whole["short"].tolist() == [0, 1]
    assert whole["without"].tolist() == [0, 31 - reached]


def test_somebody_exactly_at_the_distance_is_within():
    town = situation([((0, 0), 5, 0), ((5, 0), 5, 0)], [((0, 0), "salon", "", "active")])
    standard = Standard("x", ("salon",), "share_within", 1, audience="everyone", distance=500)
    table = judge(town, [standard])
    assert set(table.loc[table["people"] > 0, "met"]) == {"met"}
    assert judge(town, [])["met"].tolist() == []
