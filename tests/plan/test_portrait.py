"""The portrait of one area: every figure that of the tables it is taken from, and no name that was not released."""

from __future__ import annotations

import json
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest

from resourcemap.errors import InputError
from resourcemap.measure.question import Question
from resourcemap.model.consent import release
from resourcemap.plan.patches.unserved import patches_of
from resourcemap.plan.portrait import portrait
from resourcemap.plan.situation import Situation
from resourcemap.plan.standards.entries import read_standards
from resourcemap.plan.standards.judging import judge
from resourcemap.plan.strengths.strengths import strengths

ON = date(2026, 11, 1)
KINDS = ["salon", "hiroba", "kids_cafeteria"]


@pytest.fixture
def situation(town):
    blocks, people, resources, table = town
    areas = blocks.dissolve(by=table["圏域"].tolist()).reset_index(names="area")
    areas = areas.assign(system="圏域", area_id=["w", "e"], approximate=False)
    other = (
        blocks.dissolve(by=table["学区"].tolist()).reset_index(names="area").assign(system="学区", area_id=["n", "s"])
    )
    both = gpd.GeoDataFrame(pd.concat([areas, other.assign(approximate=True)], ignore_index=True), crs=4326)
    resources = resources.assign(channels=["list"] * 12 + [""] * 12)
    return Situation(people, resources, both, on=ON, released=release(resources, "list", on=ON))


def test_people_by_generation_and_age_are_those_who_live_there(situation):
    found = portrait(situation, "圏域", "w", kinds=KINDS, metres=300)
    inside = situation.people[situation.homes["圏域"] == 0]
    rows = found.people.set_index("label")
    assert found.area == situation.areas["area"][0]
    assert rows.index.tolist() == ["全世代", "子ども（0〜14歳）", "15〜64歳", "高齢者（65歳以上）"]
    assert rows["people"].tolist() == inside[["total", "age_0_14", "age_15_64", "age_65_over"]].sum().tolist()
    assert rows.loc["高齢者（65歳以上）", "share"] == inside["age_65_over"].sum() / inside["total"].sum()
    everyone = situation.people["age_65_over"].sum() / situation.people["total"].sum()
    assert rows.loc["高齢者（65歳以上）", "share_whole"] == everyone


def test_reach_and_counts_are_those_of_coverage(situation):
    found = portrait(situation, "圏域", "e", kinds=KINDS, metres=300)
    figures = situation.coverage(Question(distances=[300], kinds=KINDS))
    figures = figures[figures["slot"] == ""].set_index(["system", "area_id", "kind", "measure"])["value"]
    for row in found.reach.to_dict("records"):
        for name in ("within", "beyond", "share_within", "nearest_median_m"):
            assert row[name] == pytest.approx(figures["圏域", "e", row["kind"], name], nan_ok=True)
        assert row["share_within_whole"] == figures["全体", "全体", row["kind"], "share_within"]
    for row in found.resources.to_dict("records"):
        assert row["resources"] == figures["圏域", "e", row["kind"], "resources"]
    assert found.reach["kind"].tolist() == found.resources["kind"].tolist() == KINDS


def test_only_what_was_released_is_named(situation):
    names = [
        name
        for area in ("w", "e")
        for row in portrait(situation, "圏域", area, kinds=KINDS, metres=300).resources["names"]
        for name in row
    ]
    withheld = {f"サロン{number}" for number in range(12, 24)}
    assert names
    assert not withheld & set(names)
    silent = Situation(situation.people, situation.resources, situation.areas, on=ON)
    assert not any(portrait(silent, "圏域", "w", kinds=KINDS, metres=300).resources["names"])


def test_what_is_given_is_cut_to_the_area(situation):
    asked = [{"name": "サロンが近い", "kinds": ["salon"], "distance": 300, "threshold": 1.0}]
    standards = read_standards(asked, situation.catalog, ["圏域", "学区"])
    judged, strong = judge(situation, standards), strengths(situation, KINDS, metres=300)
    patches = patches_of(situation, standards, least=1)
    changes = pd.DataFrame({"area_id": ["w", "e"], "what": ["開設", "終了"]})
    tables = {"judged": judged, "strengths": strong, "patches": patches, "changes": changes}
    found = portrait(situation, "圏域", "w", kinds=KINDS, metres=300, **tables)
    assert found.standards["area_id"].tolist() == ["w"]
    assert set(found.strengths["area_id"]) == {"w"}
    assert found.patches["people"].sum() == patches.loc[patches["area"] == found.area, "people"].sum() > 0
    assert found.changes["what"].tolist() == ["開設"]
    crossing = portrait(situation, "学区", "n", kinds=KINDS, metres=300, patches=patches)
    others = portrait(situation, "学区", "s", kinds=KINDS, metres=300, patches=patches)
    inside = gpd.GeoSeries(gpd.points_from_xy(patches["label_x"], patches["label_y"]), crs=patches.crs)
    shapes = situation.areas.set_index("area_id").geometry.to_crs(patches.crs)
    for shown, area in ((crossing, "n"), (others, "s")):
        assert shown.patches["name"].tolist() == patches.loc[inside.within(shapes[area]), "name"].tolist()
    assert len(crossing.patches)
    assert "区域の境界はおよその形です。" in crossing.doubts
    assert "区域の境界はおよその形です。" not in found.doubts


def test_it_is_plain_values_for_json(situation):
    data = portrait(situation, "圏域", "w", kinds=KINDS, metres=300).as_data()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["people"][0]["label"] == "全世代"
    assert data["standards"] == []


def test_an_area_may_be_named(situation):
    named = portrait(situation, "圏域", "東", kinds=KINDS, metres=300)
    assert named.area == "東"
    assert named.area_id == situation.areas.loc[situation.areas["area"] == "東", "area_id"].iloc[0]


@pytest.mark.parametrize(
    ("system", "area", "kinds", "message"),
    [
        ("学校区", "n", KINDS, "Did you mean 学区"),
        ("圏域", "東圏域", KINDS, "there is no 東圏域"),
        ("圏域", "w", ["saloon"], "Did you mean salon"),
    ],
)
def test_what_is_not_known_is_refused(situation, system, area, kinds, message):
    with pytest.raises(InputError, match=message):
        portrait(situation, system, area, kinds=kinds, metres=300)


def test_an_area_without_people_says_so(situation):
    moved = situation.people[situation.homes["圏域"] != 0]
    empty = Situation(moved, situation.resources, situation.areas, on=ON)
    found = portrait(empty, "圏域", "w", kinds=KINDS, metres=300)
    assert found.people["people"].tolist() == [0, 0, 0, 0]
    assert "人口の資料がないか" in found.doubts[0]
    json.dumps(found.as_data(), allow_nan=False)
