"""What paper shows of each area: the same rows and numbers on every sheet, nothing that may not stand there then."""

from __future__ import annotations

from datetime import date

import pytest

from resourcemap.project.project import open_project

SETTINGS = """
[project]
city = "みほん市"
date = 2026-11-01

[[resources]]
file = "list.csv"

[blocks]
file = "blocks.geojson"
name = "block"

[[areas]]
system = "圏域"
each_block = true
"""
BLOCKS = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"block": "西町"}, "geometry": {"type": "Polygon",
 "coordinates": [[[139.70, 35.0], [139.71, 35.0], [139.71, 35.01], [139.70, 35.01], [139.70, 35.0]]]}},
{"type": "Feature", "properties": {"block": "東町"}, "geometry": {"type": "Polygon",
 "coordinates": [[[139.71, 35.0], [139.72, 35.0], [139.72, 35.01], [139.71, 35.01], [139.71, 35.0]]]}}]}"""
LIST = (
    "名称,種類,場所の形,緯度,経度,承諾,承諾期限\n"
    "北の会,サロン,会場,35.009,139.705,有,\n"
    "南の会,サロン,会場,35.001,139.705,有,2026-11-20\n"
    "東の会,サロン,会場,35.005,139.715,有,\n"
    "電話の会,相談窓口,なし,,,有,\n"
    "内輪の会,サロン,会場,35.004,139.705,,\n"
)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "resourcemap.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "blocks.geojson").write_text(BLOCKS, encoding="utf-8")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return open_project(tmp_path)


def names(released):
    return released.table["name"].tolist()


def test_an_area_has_its_own_rows_and_those_for_everybody(project):
    paper = project.on_paper()
    west, east = (project.areas[project.areas["area"] == name] for name in ("西町", "東町"))
    assert names(paper.of_area(west)) == ["北の会", "南の会", "電話の会"]
    assert names(paper.of_area(east)) == ["東の会", "電話の会"]
    assert names(paper.of_area(None)) == ["北の会", "南の会", "東の会", "電話の会"]


def test_numbers_are_those_of_the_area(project):
    west = project.areas[project.areas["area"] == "西町"]
    assert project.on_paper().places_of(west).table["name"].tolist() == ["北の会", "南の会"]


def test_what_may_not_stand_there_on_the_day_of_the_paper_is_not_on_it(project):
    assert names(project.on_paper(date(2026, 12, 1)).of_area(None)) == ["北の会", "東の会", "電話の会"]


def test_paper_for_a_day_is_put_together_once(project):
    assert project.on_paper(date(2026, 12, 1)) is project.on_paper(date(2026, 12, 1))
    assert project.on_paper(date(2026, 10, 1)) is project.on_paper()
