"""What `check` says of areas that overlap or are drawn wrongly, and of people on meshes without blocks."""

from __future__ import annotations

import json

import pytest

from resourcemap.errors import InputError
from resourcemap.project.project import open_project
from resourcemap.project.remarks import input_notes
from resourcemap.project.steps import run

SETTINGS = """
[people]
file = "mesh.csv"
[[areas]]
system = "学区"
polygons = "areas.geojson"
name = "name"
[[resources]]
file = "list.csv"
"""
# Meshes of 500 m beside each other; the border between the two areas runs through the second.
MESH = "メッシュコード,人口,0～14歳,15歳以上\n533945263,100,10,90\n533945264,40,4,36\n"
WEST, SPLIT, EAST, SOUTH, NORTH = 139.70, 139.709, 139.72, 35.68, 35.70


def box(west, east):
    return [[[west, SOUTH], [east, SOUTH], [east, NORTH], [west, NORTH], [west, SOUTH]]]


def area(name, corners):
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": corners}}


@pytest.fixture
def project(tmp_path):
    """A project without blocks, whose people are on meshes."""

    def opened(*shapes, people=MESH):
        files = {
            "resourcemap.toml": SETTINGS,
            "mesh.csv": people,
            "areas.geojson": json.dumps({"type": "FeatureCollection", "features": list(shapes)}, ensure_ascii=False),
            "list.csv": "名称,種類,緯度,経度\nサロン,サロン,35.69,139.705\n",
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return open_project(tmp_path)

    return opened


def test_people_on_meshes_need_no_blocks(project):
    made = project(area("西", box(WEST, SPLIT)), area("東", box(SPLIT, EAST)))
    assert made.blocks is None
    assert made.homes.groupby("block_id")["total"].sum().to_dict() == {"533945263": 100, "533945264": 40}
    people = made.coverage.drop_duplicates("area").set_index("area")["people"]
    assert people.sum() == 140
    assert 100 < people["西"] < 140
    reports = {report.step: report for report in run(made, ["check", "coverage"])}
    assert reports["coverage"].went_in["people"] == 140


def test_town_blocks_without_their_shapes_are_told(project):
    made = project(area("西", box(WEST, EAST)), people="町丁目,人口\n本町,3\n")
    with pytest.raises(InputError, match=r"Give the blocks, too \(\[blocks\] file in settings\)"):
        _ = made.people


def test_areas_that_overlap_are_told(project):
    made = project(area("西", box(WEST, SPLIT + 0.001)), area("東", box(SPLIT, EAST)))
    [note] = [note for note in input_notes(made) if "overlap" in note]
    assert "Areas (学区) overlap in 1 places (西 and 東 by 20" in note
    apart = project(area("西", box(WEST, SPLIT)), area("東", box(SPLIT, EAST)))
    assert not [note for note in input_notes(apart) if "overlap" in note]


def test_areas_whose_border_crosses_itself_are_told(project):
    bow_tie = [[[WEST, SOUTH], [EAST, NORTH], [EAST, SOUTH], [WEST, NORTH], [WEST, SOUTH]]]
    notes = input_notes(project(area("西", bow_tie)))
    assert "1 blocks or areas have invalid shapes (西). They were mended; look at them on the map." in notes
