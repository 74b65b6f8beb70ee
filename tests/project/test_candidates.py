"""Where a new place could open: released venues, a list, or the blocks; the others are counted with the reason."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from resourcemap.errors import ProjectError, QuestionError
from resourcemap.language import speaking
from resourcemap.project.candidates import candidates
from resourcemap.project.project import open_project
from resourcemap.project.siting import SiteQuestion, sites_report
from resourcemap.reach.slot_words import read_slot

ROOT = Path(__file__).parents[2]
BLOCKS = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "1", "name": "東町"}, "geometry": {"type": "Polygon",
 "coordinates": [[[139.70, 35.7], [139.72, 35.7], [139.72, 35.71], [139.70, 35.71], [139.70, 35.7]]]}}]}"""
TOML = """
[project]
date = 2026-11-01
[[resources]]
file = "list.csv"
[blocks]
file = "blocks.geojson"
id = "id"
name = "name"
[[areas]]
system = "町"
each_block = true
[people]
file = "people.csv"
spread = 100
"""
LIST = """名称,種類,会場名,緯度,経度,承諾,設備,状態
本町サロン,サロン,本町会館,35.705,139.701,有,スロープ,
茶の間,居場所,東会館,35.705,139.711,有,段差なし,
つどい,居場所,西会館,35.705,139.719,有,,
ないしょ,居場所,秘密の会館,35.7051,139.7151,無,段差なし,
AED,AED,駅,35.7052,139.7152,有,,
山田様方サロン,居場所,山田様方,35.7053,139.7153,有,,
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "resourcemap.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "blocks.geojson").write_text(BLOCKS, encoding="utf-8")
    (tmp_path / "people.csv").write_text("町丁目,総数,0～64歳,65歳以上\n東町,1000,700,300\n", encoding="utf-8")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return open_project(tmp_path)


def names(found):
    return found.table["name"].tolist()


def test_released_venues_that_could_hold_it_are_candidates(project):
    with speaking("en"):
        found = candidates(project, "salon")
    assert names(found) == ["東会館", "西会館"]
    assert found.aside == (
        "No candidates: 1 venues that have one already",
        "No candidates: 3 venues without consent, known roughly, or not to gather in",
    )


def test_a_venue_that_has_one_of_another_kind_may_open_a_second(project):
    assert names(candidates(project, "pantry")) == ["本町会館", "東会館", "西会館"]


def test_only_step_free_ones(project):
    assert names(candidates(project, "salon", step_free=True)) == ["東会館"]


def test_a_list_of_venues_takes_their_place(project):
    path = project.folder / "venues.csv"
    path.write_text(
        "施設名,緯度,経度,開催日時,所在地\n図書館,35.701,139.705,毎日 9:00〜17:00,\n"
        "酒場,35.702,139.705,毎日 18:00〜23:00,\n公園,35.703,139.705,,\nどこか,,,,町内のどこか\n",
        encoding="utf-8",
    )
    assert names(candidates(project, "salon", files=[path])) == ["図書館", "酒場", "公園"]
    with speaking("en"):
        found = candidates(project, "salon", files=[path], slot=read_slot("水 10:00-12:00"))
    assert names(found) == ["図書館", "公園"]
    assert any("1 venues closed at that time" in note for note in found.aside)
    assert any("1 venues whose place is not known exactly (どこか)" in note for note in found.aside)


def test_blocks_are_the_last_resort_and_told(project):
    path = project.folder / "list.csv"
    path.write_text("名称,種類,緯度,経度,承諾\n本町サロン,サロン,35.705,139.701,有\n", encoding="utf-8")
    with speaking("en"):
        found = candidates(open_project(project.folder), "salon")
    assert names(found) == ["東町（町丁目の中の点）"]
    assert any("whether there is a venue is not known" in note for note in found.aside)


def test_nothing_to_choose_from_is_said(project):
    path = project.folder / "venues.csv"
    path.write_text("施設名,住所\nどこか,町内のどこか\n", encoding="utf-8")
    with speaking("en"), pytest.raises(ProjectError, match="there is no candidate"):
        candidates(project, "salon", files=[path])


def test_who_is_beyond_the_only_salon_is_reached_by_the_best_candidate(project):
    report = sites_report(project, SiteQuestion("サロン", metres=500))
    homes = project.homes.to_crs(project.reach.crs).geometry
    spots = project.located.to_crs(project.reach.crs).geometry
    old = project.homes[[column for column in project.homes if column.startswith("age_65")]].sum(axis=1)
    beyond = homes.distance(spots.iloc[0]) > 500
    gain = {
        name: old[beyond & (homes.distance(spots.iloc[at]) <= 500)].sum() for name, at in (("東会館", 1), ("西会館", 2))
    }
    best = max(gain, key=gain.get)
    assert (report.data[0]["name"], report.data[0]["adds"]) == (best, gain[best])
    assert report.more["summary"][0]["reached_before"] == old[~beyond].sum()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"kind": "サロソ"}, r"--kind: there is no サロソ. Did you mean サロン\?"),
        ({"kind": "salon", "audience": "うちゅうじん"}, "--audience: there is no うちゅうじん"),
        ({"kind": "salon", "objective": "best"}, "--objective: there is no best"),
        ({"kind": "salon", "one_per": "丁"}, "--one-per: there is no 丁. .*Known: 町"),
        ({"kind": "salon", "area": "西町"}, "--area: there is no 西町. Known: 東町"),
        ({"kind": "salon", "slot": "いつか"}, "いつか"),
        ({"kind": "salon", "count": 3}, "3"),
        ({"kind": "salon", "count": 0}, "."),
        ({"kind": "salon", "metres": -5}, "-5"),
        ({"kind": "salon", "capacity": 0}, "."),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(project, asked, message):
    with speaking("en"), pytest.raises(QuestionError, match=message):
        sites_report(project, SiteQuestion(**asked))


def test_sites_are_written_where_asked_and_nowhere_else(project):
    before = {path.name for path in project.folder.rglob("*")}
    report = sites_report(project, SiteQuestion("サロン", 2, metres=500), project.folder / "sites.csv")
    assert {path.name for path in project.folder.rglob("*")} - before == {"sites.csv"}
    table = pd.read_csv(report.files[0], encoding="utf-8-sig")
    assert table["会場"].tolist() == [row["name"] for row in report.data]
    assert "秘密" not in (project.folder / "sites.csv").read_text(encoding="utf-8")


def test_an_area_counts_its_own_people_alone(project):
    whole = sites_report(project, SiteQuestion("サロン", metres=500)).more["summary"][0]
    one = sites_report(project, SiteQuestion("サロン", metres=500, area="東町")).more["summary"][0]
    assert one["people"] == whole["people"] == 300
