"""The tables of a project, made from its files."""

from __future__ import annotations

import numpy as np
import openpyxl
import pytest
import shapely

from resourcemap.errors import InputError, ProjectError
from resourcemap.project.project import open_project
from resourcemap.project.steps import build, run

SETTINGS = """
[project]
city = "みほん市"
[blocks]
file = "blocks.csv"
outline = "outline.geojson"
[people]
file = "blocks.csv"
[[areas]]
system = "市全体"
polygons = "outline.geojson"
name = "name"
[[areas]]
system = "町丁目"
each_block = true
[[resources]]
file = "list.csv"
"""
# The outline is a slanted triangle, so the middle of a cell is not where its point is.
OUTLINE = """{"type": "Feature", "properties": {"name": "みほん市"}, "geometry": {"type": "Polygon",
"coordinates": [[[139.70, 35.70], [139.74, 35.70], [139.74, 35.73], [139.70, 35.70]]]}}"""
BLOCKS = "KEY_CODE,町丁目,人口,緯度,経度\n1,本町1丁目,30,35.702,139.712\n2,本町2丁目,70,35.705,139.736\n"


@pytest.fixture
def points(tmp_path):
    """A project whose blocks are points in an outline."""
    files = {
        "resourcemap.toml": SETTINGS,
        "outline.geojson": OUTLINE,
        "blocks.csv": BLOCKS,
        "list.csv": "名称,種類,住所\nサロン,サロン,みほん市本町2丁目9\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return open_project(tmp_path)


def test_people_and_addresses_are_at_the_points_that_blocks_came_with(points):
    assert points.blocks.geom_type.tolist() == ["Polygon", "Polygon"]
    homes = [(139.712, 35.702), (139.736, 35.705)]
    assert shapely.get_coordinates(points.homes.geometry) == pytest.approx(np.array(homes), abs=1e-9)
    assert shapely.get_coordinates(points.located.geometry) == pytest.approx(np.array(homes[1:]), abs=1e-9)
    assert points.located["located"].tolist() == ["block"]


def test_only_systems_of_approximate_blocks_are_called_approximate(points):
    [check] = run(points, ["check"])
    assert [note for note in check.notes if "approximate" in note] == [
        "The borders of blocks are approximate cells.",
        "The borders of areas (町丁目) are approximate cells.",
    ]


def test_points_without_an_outline_ask_how_far_a_block_reaches(points):
    path = points.folder / "resourcemap.toml"
    text = SETTINGS.split("[[areas]]")
    text = f"{text[0]}[[areas]]{text[2]}"  # the outline is of no use to the areas either
    path.write_text(text.replace('outline = "outline.geojson"\n', ""), encoding="utf-8")
    with pytest.raises(ProjectError, match=r"Where there is none, say with around = 1000"):
        _ = open_project(points.folder).blocks
    path.write_text(text.replace('outline = "outline.geojson"', "around = 500"), encoding="utf-8")
    project = open_project(points.folder)
    assert project.blocks["approximate"].all()
    assert (project.blocks.to_crs(6677).area > 0.99 * np.pi * 500**2).all()
    homes = shapely.get_coordinates(project.homes.geometry)
    assert homes == pytest.approx(np.array([(139.712, 35.702), (139.736, 35.705)]))
    [check] = run(project, ["check"])
    assert check.notes[-1].startswith("There is no outline: blocks reach 500 m from their point")
    path.write_text(text.replace("[people]", "around = 500\n[people]"), encoding="utf-8")
    with pytest.raises(ProjectError, match="has both outline and around"):
        _ = open_project(points.folder).blocks


@pytest.fixture
def mixed(points):
    """The same project with tables of which something is left aside, and two lists of one name."""
    folder = points.folder
    settings = SETTINGS.replace('"list.csv"', '"data/*/*.csv"').replace(
        "[people]\nfile = ", '[people]\nfile = "p.csv" # '
    )
    settings = settings.replace("each_block = true", 'membership = "members.csv"\ncolumn = "圏域"')
    files = {
        "resourcemap.toml": settings,
        "p.csv": "町丁目,人口,65歳以上\n本町1丁目,10,x\n本町1丁目,20,3\n本町2丁目,70,9\n合計,100,\n",
        "members.csv": "町丁目,圏域\n本町1丁目,西\n本町2丁目,東\n合計,2\n",
        "data/東部/一覧.csv": "名称,種類,住所\nあ,サロン,本町2丁目9\n合計,,\n",
        "data/西部/一覧.csv": "名称,種類,住所\nい,サロン,本町1丁目9\n",
        "data/西部/~$一覧.csv": "x",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return open_project(folder)


def test_lists_of_one_name_in_two_folders_are_both_read(mixed):
    assert mixed.resources["name"].tolist() == ["あ", "い"]
    assert mixed.resources["source_file"].tolist() == ["data/東部/一覧.csv", "data/西部/一覧.csv"]
    assert list(mixed.resources.attrs["mapping"]) == ["data/東部/一覧.csv", "data/西部/一覧.csv"]


def test_faults_of_lists_of_one_name_say_which(mixed):
    (mixed.folder / "data/西部/一覧.csv").write_text("色\n赤\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"^data/西部/一覧\.csv: found no row of headings"):
        _ = open_project(mixed.folder).resources


def test_one_list_that_is_read_in_two_ways_is_read_twice(points):
    text = (points.folder / "resourcemap.toml").read_text(encoding="utf-8")
    cafe = '[[resources]]\nfile = "{}"\nkind = "cafe"\n'
    again = f'\nkind = "salon"\n{cafe.format("list.csv")}{cafe.format("*ist.csv")}'
    (points.folder / "resourcemap.toml").write_text(text + again, encoding="utf-8")
    project = open_project(points.folder)
    assert project.resources["kind"].tolist() == ["salon", "cafe"]
    assert list(project.resources.attrs["mapping"]) == ["list.csv", "list.csv (2)"]


def test_what_every_input_leaves_aside_is_shown(mixed):
    [report] = run(mixed, ["check"])
    assert [(row.file, row.row, row.reason) for row in report.left_aside] == [
        ("data/東部/一覧.csv", 3, "a total"),
        ("p.csv", 5, "a total"),
        ("p.csv", 2, "secret figures (x) counted as 0"),
        ("members.csv", 4, "a total"),
        ("~$一覧.csv", None, "a file that a program keeps while another one is open"),
    ]
    assert report.went_in == {"rows": 3}
    assert any("1 blocks have people in several rows (本町1丁目 (rows 2, 3))" in note for note in report.notes)
    written = build(mixed)[-1].files[0].read_text(encoding="utf-8-sig")
    assert "secret figures" in written
    assert "data/東部/一覧.csv" in written


def test_sheets_that_were_read_as_one_list_are_named(points):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for area in ("東", "西"):
        sheet = book.create_sheet(area)
        sheet.append(["名称", "種類", "住所"])
        sheet.append([f"{area}サロン", "サロン", "みほん市本町2丁目9"])
    book.save(points.folder / "list.xlsx")
    settings = (points.folder / "resourcemap.toml").read_text(encoding="utf-8").replace("list.csv", "list.xlsx")
    (points.folder / "resourcemap.toml").write_text(settings, encoding="utf-8")
    [report] = run(open_project(points.folder), ["check"])
    assert "list.xlsx: read 2 sheets with the same headings (東, 西). To read one, name it with sheet." in report.notes
