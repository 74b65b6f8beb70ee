"""How sure each figure is, and that the wide table holds every figure of the long one, once."""

from __future__ import annotations

import math
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.areas.membership import areas_from_blocks
from resourcemap.measure.catalogue import load_measures
from resourcemap.measure.coverage import coverage
from resourcemap.measure.question import Question
from resourcemap.measure.supply import only_places, supply_of
from resourcemap.measure.tidy import SURENESS, by_area
from resourcemap.reach.slot_words import read_slot
from resourcemap.reach.straight import reach as straight
from resourcemap.read.schedules.parse import read_schedule

KEYS = ["system", "area_id", "area", "kind", "audience"]


def street(*, people=(20, 20, 20), halls=(0, 5, 1000, 1005, 2000, 2005), **columns):
    """Return three areas in a row, 1,000 m each, with people and two halls at 500 m, 1,500 m and 2,500 m."""
    homes = gpd.GeoDataFrame(
        {"total": list(people)}, geometry=gpd.points_from_xy([500, 1500, 2500], [0, 0, 0]), crs=6677
    )
    resources = gpd.GeoDataFrame(
        {
            "kind": "hiroba",
            "activity_id": [f"a{n}" for n in range(len(halls))],
            "status": "active",
            "place": "venue",
            "located": "given",
            "capacity": 10.0,
            **columns,
        },
        geometry=gpd.points_from_xy([500 + x for x in halls], [0] * len(halls)),
        crs=6677,
    )
    areas = gpd.GeoDataFrame(
        {"system": "区", "area_id": ["1", "2", "3"], "area": ["西", "中", "東"], "approximate": False},
        geometry=[shapely.box(x, -100, x + 1000, 100) for x in (0, 1000, 2000)],
        crs=6677,
    )
    return homes, resources, areas


def words(table, measure, **which):
    """Return the words of one measure in the three areas."""
    rows = table[(table["system"] == "区") & (table["measure"] == measure)]
    for column, value in which.items():
        rows = rows[rows[column] == value]
    return rows["sureness"].tolist()


SURE = ["sure", "sure", "sure"]


def test_everything_is_sure_where_everything_is_known():
    schedules = pd.Series([read_schedule("毎週水曜 10:00〜12:00")] * 6)
    question = Question(distances=[300], slots=[read_slot("水 10:00-12:00")], catchment=300)
    table = coverage(*street(), question, schedules=schedules)
    assert set(table["sureness"]) == {"sure"}
    assert table["sureness"].cat.categories.tolist() == list(SURENESS)


def test_no_data_where_there_is_no_person_point():
    homes, resources, areas = street()
    table = coverage(homes.iloc[:2], resources, areas, Question(distances=[300], catchment=300))
    for measure, entry in load_measures().items():
        made_of_points = entry.of != "places" or measure in ("per_1000", "visiting", "reaching", "reaching_across")
        for word in words(table, measure)[2:]:
            assert (word == "no_data") == made_of_points, measure
    assert words(table, "resources") == SURE


def test_few_people_make_shares_uncertain_but_not_numbers():
    table = coverage(*street(people=(9, 10, 11)), Question(distances=[300], catchment=300))
    for measure in ("share_within", "nearest_median_m", "fgt_1", "access_2sfca", "gini", "per_1000"):
        assert words(table, measure) == ["few", "sure", "sure"], measure
    for measure in ("people", "within", "beyond", "resources", "reaching"):
        assert words(table, measure) == SURE, measure


def test_few_places_make_rates_of_places_uncertain_alone():
    table = coverage(*street(halls=(0, 1000, 1005, 2000, 2005)), Question(distances=[300], catchment=300))
    for measure in ("per_1000", "access_e2sfca", "palma"):
        assert words(table, measure) == ["few", "sure", "sure"], measure
    assert words(table, "share_within") == SURE


def test_a_place_that_is_not_known_makes_unknown_what_it_could_change():
    located = ["given"] * 5 + ["not_found"]
    homes, resources, areas = street(located=located)
    resources.loc[5, "geometry"] = None
    table = coverage(homes, resources, areas, Question(distances=[300], catchment=300, few_places=0))
    for measure in ("within", "beyond", "fgt_0", "resources", "reaching", "nearest_mean_m", "access_2sfca"):
        assert words(table, measure) == ["unknown"] * 3, measure
    for measure in ("people", "unknown_age", "uncounted", "capacity_unknown"):
        assert words(table, measure) == SURE, measure


def test_an_age_that_is_not_known_makes_unknown_what_is_counted_of_people():
    homes, resources, areas = street(kind="salon")
    homes["age_65_over"], homes["age_0_64"] = 10, [10, 10, 9]
    table = coverage(homes, resources, areas, Question(distances=[300], catchment=300))
    for measure in ("people", "within", "per_1000", "access_2sfca"):
        assert words(table, measure) == ["sure", "sure", "unknown"], measure
    for measure in ("unknown_age", "resources", "reaching"):
        assert words(table, measure) == SURE, measure


def test_hours_days_and_seats_that_are_not_known_make_unknown_what_hangs_on_them():
    texts = ["毎週水曜 10:00〜12:00"] * 5 + [""]
    resources = street(capacity=[10.0, 10, np.nan, 10, 10, 10], halls=(0, 5, 1000, 1005, 2000, 2400))
    question = Question(
        distances=[300], slots=[read_slot("水 10:00-12:00"), read_slot("木 10:00-12:00")], catchment=300
    )
    table = coverage(*resources, question, schedules=pd.Series([read_schedule(text) for text in texts]))
    assert words(table, "within", slot="") == SURE
    assert words(table, "within", slot="水 10:00-12:00") == SURE, "somebody else is open there on Wednesdays"
    assert words(table, "within", slot="木 10:00-12:00") == SURE, "the unknown one is too far from everyone"
    assert words(table, "days_per_month") == ["sure", "sure", "unknown"]
    assert words(table, "seat_hours") == ["sure", "unknown", "unknown"]
    assert words(table, "access_2sfca") == ["unknown"] * 3
    near = coverage(*street(), question, schedules=pd.Series([read_schedule(text) for text in texts]))
    assert words(near, "within", slot="木 10:00-12:00") == ["sure", "sure", "unknown"]


def test_places_known_roughly_make_rough_what_hangs_on_them_also_across_a_border():
    located = ["given", "given", "block", "given", "given", "given"]
    table = coverage(*street(located=located), Question(distances=[300, 600], catchment=300))
    assert words(table, "resources") == ["sure", "rough", "sure"]
    assert words(table, "people") == SURE
    assert words(table, "nearest_3_mean_m") == ["rough", "rough", "sure"], "the third nearest of the west"
    assert words(table, "within", distance_m=300) == ["sure", "rough", "sure"], "1,000 m are not 300, however rough"
    assert words(table, "within", distance_m=600) == ["rough", "rough", "sure"]


def test_borders_known_roughly_make_every_figure_of_the_area_rough():
    homes, resources, areas = street()
    areas["approximate"] = [False, True, False]
    table = coverage(homes, resources, areas, Question(distances=[300], catchment=300))
    for measure in ("people", "within", "resources", "access_2sfca", "reaching"):
        assert words(table, measure) == ["sure", "rough", "sure"], measure
    assert words(table, "uncounted") == SURE


@pytest.fixture
def long(town):
    blocks, people, resources, table = town
    areas = pd.concat(
        [areas_from_blocks(blocks, table, system=system) for system in ("圏域", "学区")], ignore_index=True
    )
    question = Question(distances=[300, 800], audiences=["everyone", "children"], verified_within=6)
    schedules = pd.Series([read_schedule("毎週水曜 10:00〜12:00")] * len(resources), index=resources.index)
    return coverage(people, resources, areas, question, schedules=schedules)


@pytest.mark.parametrize("whole", [False, True])
def test_every_figure_of_the_long_table_is_in_the_wide_one_and_no_other(long, whole):
    wide = by_area(long, whole=whole)
    rows = long[(long["slot"] == "") & (long["other"] == "")]
    rows = rows if whole else rows[rows["system"] != "全体"]
    assert len(wide) == len(rows[KEYS].drop_duplicates())
    assert {column.rsplit("_", 1)[0] if column.endswith("m") else column for column in wide} >= set(rows["measure"]) - {
        name for name in load_measures() if name.endswith("_m")
    }
    lines = {tuple(map(str, row[:5])): row for row in wide[[*KEYS, *wide.columns]].itertuples(index=False, name=None)}
    at = {column: 5 + number for number, column in enumerate(wide.columns)}
    for row in rows.to_dict("records"):
        name = row["measure"] if math.isnan(row["distance_m"]) else f"{row['measure']}_{row['distance_m']:g}m"
        cell = lines[tuple(str(row[key]) for key in KEYS)][at[name]]
        assert cell == pytest.approx(row["value"], nan_ok=True)
    figures = wide.drop(columns=["system", "area_id", "area", "kind", "audience"]).select_dtypes("number")
    assert figures.notna().sum().sum() == rows["value"].notna().sum()


def test_numbers_of_people_and_of_activities_are_whole(long):
    wide = by_area(long)
    for column in wide.columns:
        name = column if column in load_measures() else column.rsplit("_", 1)[0]
        if name in load_measures() and column != "approximate_area":
            assert pd.api.types.is_integer_dtype(wide[column]) == load_measures()[name].whole, column
    assert wide["people"].dtype == int
    assert wide.loc[wide["audience"] != wide["audience"].iloc[0], "resources"].isna().any(), "not of other audiences"


def test_areas_that_share_a_name_or_lack_an_id_keep_their_rows():
    homes, resources, areas = street(people=(10, 20, 40))
    areas["area"] = "本町"
    areas["area_id"] = ["1", "1", None]
    table = coverage(homes, resources, areas, Question(distances=[300], catchment=300))
    wide = by_area(table)
    assert wide["people"].tolist() == [10, 20, 40]
    assert wide["within_300m"].tolist() == [10, 20, 40]
    assert wide["resources"].tolist() == [2, 2, 2]


def test_who_lives_outside_is_told_whatever_is_asked():
    homes, resources, areas = street()
    table = coverage(homes, resources, areas.iloc[:2], Question(distances=[300], catchment=300, measures=["beyond"]))
    assert by_area(table)["beyond_300m"].tolist() == [0, 0, 0]
    assert len(table) == 4, "the whole, two areas, and outside"


def test_without_rows_the_wide_table_still_says_what_it_would_hold():
    homes, resources, areas = street()
    wide = by_area(coverage(homes, resources.iloc[:0], areas))
    assert len(wide) == 0
    assert {"area", "kind", "audience"} <= set(wide)


def test_people_too_far_from_any_street_are_told_and_make_reach_unknown(town):
    _, people, resources, table = town
    areas = areas_from_blocks(town[0], table, system="圏域")
    supply = supply_of(resources)
    reach = straight(people, only_places(resources, supply), metres=1000)
    off = pd.DataFrame({"table": ["people"], "position": [3], "metres": [400.0]})
    pairs = reach.pairs[reach.pairs["person"] != 3].reset_index(drop=True)
    figures = coverage(people, resources, areas, reach=replace(reach, way="streets", far=off, pairs=pairs))
    whole = figures[(figures["system"] == "全体") & (figures["kind"] == "hiroba")].set_index("measure")
    assert whole.loc["off_streets", "value"] == people["total"].iloc[3]
    assert (whole.loc["within", "sureness"] == "unknown").all()
    assert whole.loc["people", "sureness"] == "sure"
