"""Strengths and weaknesses: on a small town counted by hand, and on a town of chance against plain loops."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from resourcemap.errors import InputError
from resourcemap.measure.question import Question
from resourcemap.plan.situation import Situation
from resourcemap.plan.standards.entries import read_standards
from resourcemap.plan.standards.judging import judge
from resourcemap.plan.strengths.strengths import GENERATIONS, strengths
from resourcemap.read.schedules.parse import read_schedule

ON = date(2026, 11, 1)
AREAS = ["東", "西", "南", "北", "中"]


def line(shares, *, people=100, places=1, old=40, kind="salon", **columns):
    """Five areas in a row; `shares` of the people of each live near its only place, the others far from any."""
    homes, spots = [], []
    for at, share in enumerate(shares):
        near = round(people * share)
        for number, x in ((near, 0), (people - near, 5000)):
            aged = number * old // 100
            homes.append({"age_0_64": number - aged, "age_65_over": aged, "total": number, "x": at * 2e4 + x})
        spots += [at * 2e4 + 10.0] * places
    table = pd.DataFrame(homes)
    people_table = gpd.GeoDataFrame(table.drop(columns="x"), geometry=gpd.points_from_xy(table["x"], 0 * table["x"]))
    usual = {"kind": kind, "status": "active", "place": "venue", "located": "given"}
    resources = gpd.GeoDataFrame(
        {"activity_id": [f"a{at}" for at in range(len(spots))], **usual, **columns},
        geometry=gpd.points_from_xy(spots, [0.0] * len(spots)),
        crs=6677,
    )
    areas = gpd.GeoDataFrame(
        {"system": "圏域", "area_id": [str(at) for at in range(len(shares))], "area": AREAS[: len(shares)]},
        geometry=[box(at * 2e4 - 9e3, -1e3, at * 2e4 + 9e3, 1e3) for at in range(len(shares))],
        crs=6677,
    )
    return people_table.set_crs(6677), resources, areas


def found(tables, *, kinds=("salon",), metres=500, **options):
    people, resources, areas = tables
    schedules = options.pop("schedules", None)
    situation = Situation(people, resources, areas, schedules=schedules, on=ON)
    return strengths(situation, kinds, metres=metres, **options)


def only(table, area, measure="share_within", audience="older"):
    [row] = table[(table["area"] == area) & (table["measure"] == measure) & (table["audience"] == audience)].to_dict(
        "records"
    )
    return row


def test_an_area_far_above_the_middle_of_the_others_is_strong_there():
    table = found(line([0.9, 0.5, 0.5, 0.6, 0.3], people=1000))
    row = only(table, "東")
    assert (row["value"], row["others_median"], row["rank"], row["of"], row["verdict"]) == (0.9, 0.5, 1, 5, "strength")
    assert row["sentence"] == (
        "東の強み: 高齢者（65歳以上）の90％がサロンから直線で500m以内で、"
        "ほかの圏域のまんなか（50％）より40ポイント高い（5か所中1位）。"
    )
    assert row["brief"] == "サロン: 90％が500m以内（ほかは50％、5か所中1位）"
    assert only(table, "中")["verdict"] == "weakness"
    assert only(table, "西")["verdict"] == "usual"
    assert "同率3位" in only(table, "西")["sentence"]


def test_ten_points_of_a_few_people_are_nothing():
    assert only(found(line([0.9, 0.5, 0.5, 0.6, 0.3], people=50)), "東")["verdict"] == "usual"  # 8 of 20 people
    few = only(found(line([0.9, 0.5, 0.5, 0.6, 0.3], people=20)), "東")
    assert few["verdict"] == "unknown"
    assert "対象の人が7人と少ない" in few["doubts"]


def test_with_fewer_than_two_others_nothing_is_said():
    row = only(found(line([0.9, 0.1], people=1000)), "東")
    assert (row["verdict"], np.isnan(row["others_median"])) == ("unknown", True)
    assert "くらべる区域が足りません" in row["sentence"]
    assert found(line([0.9], people=1000)).empty


def test_places_without_a_point_can_silence_all():
    people, resources, areas = line([0.9, 0.5, 0.5, 0.6, 0.3], people=1000)
    lost = resources.iloc[[0]].assign(geometry=None, located=None, activity_id="lost")
    one = gpd.GeoDataFrame(pd.concat([resources, lost], ignore_index=True), crs=6677)
    row = only(found((people, one, areas)), "東")
    assert row["verdict"] == "strength"
    assert "場所の分からないサロンが市区町村全体で1件あり" in row["sentence"]
    more = gpd.GeoDataFrame(
        pd.concat([resources, lost, lost.assign(activity_id="lost too")], ignore_index=True), crs=6677
    )
    assert only(found((people, more, areas)), "東")["verdict"] == "unknown"  # 2 of 7


def test_one_more_activity_could_make_a_lack_ordinary():
    people, resources, areas = line([0.5] * 5, people=5000, old=100)
    fewer = resources.drop(index=0).reset_index(drop=True)
    row = only(found((people, fewer, areas)), "東", "per_1000")
    assert (row["value"], row["others_median"], row["verdict"]) == (0.0, 0.2, "weakness")
    lost = fewer.iloc[[0]].assign(geometry=None, located=None, activity_id="lost")
    table = gpd.GeoDataFrame(pd.concat([fewer, lost], ignore_index=True), crs=6677)
    row = only(found((people, table, areas)), "東", "per_1000")
    assert row["verdict"] == "unknown"
    assert "分からないものの結果によっては" in row["doubts"]


def test_opening_days_that_are_not_known_make_no_weakness():
    tables = line([0.5] * 5, people=1000, places=2)
    weekly, never = read_schedule("毎週水曜 10:00〜12:00"), None
    texts = [read_schedule("第1水曜 10:00〜12:00")] * 2 + [weekly] * 8
    row = only(found(tables, schedules=pd.Series(texts)), "東", "days_per_month")
    assert row["verdict"] == "weakness"
    assert "開催日が、合わせて月" in row["sentence"]
    row = only(found(tables, schedules=pd.Series([*texts[:1], never, *texts[2:]])), "東", "days_per_month")
    assert row["verdict"] == "unknown"
    assert "この区域の1件は開催日が分からず" in row["doubts"]
    mostly = found(tables, schedules=pd.Series([weekly] * 7 + [never] * 3))
    assert set(mostly.loc[mostly["measure"] == "days_per_month", "verdict"]) == {"unknown"}
    assert "days_per_month" not in set(found(tables, schedules=pd.Series([never] * 10))["measure"])


def test_generations_are_held_against_what_is_for_them():
    people, resources, areas = line([0.5] * 5)
    both = gpd.GeoDataFrame(
        pd.concat([resources, resources.assign(kind="hiroba"), resources.assign(kind="kids_cafeteria")]), crs=6677
    ).reset_index(drop=True)
    table = found((people, both, areas), kinds=["salon", "hiroba", "kids_cafeteria"])
    reach = table[table["measure"] == "share_within"].drop_duplicates(["kind", "audience"])
    # Nobody knows who is 75, or a child, in groups of 0 to 64 and over.
    assert sorted(reach[["generation", "kind", "audience"]].to_numpy().tolist()) == [
        ["everyone", "hiroba", "everyone"],
        ["everyone", "kids_cafeteria", "children"],
        ["older", "hiroba", "older"],
        ["older", "salon", "older"],
    ]
    counts = table[table["measure"] == "per_1000"].drop_duplicates(["kind", "audience"])
    assert counts["kind"].tolist() == ["hiroba", "kids_cafeteria", "salon"]
    assert "住民全員で数えました" in only(table, "東", audience="children")["doubts"]


def test_standards_met_are_strengths_and_others_weaknesses():
    people, resources, areas = line([0.9, 0.5, 0.5, 0.6, 0.3], people=1000)
    situation = Situation(people, resources, areas, on=ON)
    asked = [{"name": "サロンが近い", "kinds": ["salon"], "distance": 500, "threshold": 0.6}]
    judged = judge(situation, read_standards(asked, situation.catalog, ["圏域"]))
    table = strengths(situation, ["salon"], metres=500, judged=judged)
    held = table[table["against"] == "standard"]
    assert held["verdict"].tolist() == ["strength", "weakness", "weakness", "strength", "weakness"]
    assert held["sentence"].iloc[1] == (
        "西の弱み: 基準「サロンが近い」を達成していません（いまは50％、65歳以上の200人に届いていません）。"
    )
    assert held["brief"].iloc[0] == "基準「サロンが近い」: 達成（90％）"
    unknown = judged.assign(met=judged["met"].replace("unmet", "unknown"))
    table = strengths(situation, ["salon"], metres=500, judged=unknown)
    assert set(table.loc[table["against"] == "standard", "verdict"]) == {"strength", "unknown"}


def test_words_that_are_not_known_are_refused():
    tables = line([0.5] * 3)
    for options, message in (
        ({"kinds": ["saloon"]}, "Did you mean salon"),
        ({"audiences": ["oldre"]}, "Did you mean older"),
        ({"system": "圏城"}, "圏域"),
    ):
        with pytest.raises(InputError, match=message):
            found(tables, **options)


def test_every_figure_is_that_of_coverage_and_every_verdict_that_of_plain_loops(town):
    blocks, people, resources, table = town
    areas = blocks.assign(system="町丁目", area_id=blocks["block_id"], area=blocks["block"])
    larger = blocks.dissolve(by=table["圏域"].tolist()).reset_index(names="area")
    areas = gpd.GeoDataFrame(pd.concat([areas, larger.assign(system="圏域", area_id=larger["area"])]), crs=4326)
    situation = Situation(people, resources, areas.reset_index(drop=True), on=ON)
    before = people.copy(deep=True)
    rows = strengths(situation, ["salon", "hiroba", "kids_cafeteria"], metres=300)
    pd.testing.assert_frame_equal(people, before)
    figures = situation.coverage(
        Question(distances=[300], audiences=["everyone", "children", "older"], catchment=300)
    ).set_index(["system", "area_id", "kind", "audience", "measure"])
    shared = rows[rows["audience"].isin(["everyone", "children", "older"])]
    assert len(shared) > 100
    for row in shared.to_dict("records"):
        key = (row["system"], row["area_id"], row["kind"], row["audience"], row["measure"])
        figure = figures.loc[[key]]
        figure = figure[(figure["slot"] == "") & (figure["other"] == "")].iloc[0]
        assert row["value"] == pytest.approx(figure["value"], nan_ok=True)
        assert row["sureness"] == figure["sureness"]
    for _, group in rows.groupby(["system", "kind", "audience", "measure"]):
        values = group["value"].to_numpy()
        for at, row in enumerate(group.to_dict("records")):
            others = np.delete(values, at)
            others = others[np.isfinite(others)]
            if row["verdict"] in ("strength", "weakness"):
                up = 1 if row["verdict"] == "strength" else -1
                low, middle, high = np.quantile(others, [0.25, 0.5, 0.75])
                assert up * (values[at] - middle) > 0
                assert values[at] > high if up > 0 else values[at] < low
            if len(others) < 2:
                assert row["verdict"] == "unknown"
    assert rows.equals(strengths(situation, ["salon", "hiroba", "kids_cafeteria"], metres=300))
    assert GENERATIONS[0] == "everyone"


def test_one_system_can_be_asked_for_and_those_outside_are_in_none():
    people, resources, areas = line([0.5] * 5)
    two = gpd.GeoDataFrame(pd.concat([areas, areas.iloc[:3].assign(system="学区")]), crs=6677).reset_index(drop=True)
    both = found((people, resources, two))
    assert set(both["system"]) == {"圏域", "学区"}
    assert both["area_id"].notna().all()
    assert set(found((people, resources, two), system="学区")["system"]) == {"学区"}
