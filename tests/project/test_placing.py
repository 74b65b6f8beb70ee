"""People of a block that is not among the blocks: refused, or left aside and told."""

import csv
import io
import json

import pytest

from resourcemap.errors import InputError, ProjectError
from resourcemap.project.project import open_project
from resourcemap.project.steps import build, run

SETTINGS = """
[project]
city = "みほん市"
[blocks]
file = "blocks.geojson"
[people]
file = "people.csv"
[[areas]]
system = "町丁目"
each_block = true
[[resources]]
file = "list.csv"
"""
SQUARE = [[139.70, 35.70], [139.71, 35.70], [139.71, 35.71], [139.70, 35.71], [139.70, 35.70]]
PEOPLE = "区,区分,人口\n全市,全市,{}\n東区,本町,30\n西区,本町,70\n{}"
NEW = 9


@pytest.fixture
def project(tmp_path):
    """Two wards with a block of one name, and people of more blocks than the map has."""

    def block(id_, ward, step):
        corners = [[[lon + step, lat] for lon, lat in SQUARE]]
        properties = {"KEY_CODE": id_, "S_NAME": "本町", "CITY_NAME": ward}
        return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": corners}}

    features = [block("1", "東区", 0), block("2", "西区", 0.02)]
    new = "".join(f"北区,新町{n}丁目,{100 + n}\n" for n in range(NEW))
    files = {
        "blocks.geojson": json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False),
        "people.csv": PEOPLE.format(1036, new),
        "list.csv": "名称,種類,緯度,経度\nサロン,サロン,35.705,139.705\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def opened(unmatched=None):
        settings = SETTINGS
        if unmatched:
            settings = settings.replace("[people]\n", f'[people]\nunmatched = "{unmatched}"\n')
        (tmp_path / "resourcemap.toml").write_text(settings, encoding="utf-8")
        return open_project(tmp_path)

    return opened


@pytest.mark.parametrize("unmatched", [None, "誤り", "error"])
def test_they_stop_a_build_that_says_nothing_else(project, unmatched):
    with pytest.raises(InputError, match=r'9 rows have people of a block .* write unmatched = "aside" in \[people\]'):
        build(project(unmatched))


@pytest.mark.parametrize("unmatched", ["除く", "aside"])
def test_check_and_coverage_say_how_many_are_in_no_figure(project, unmatched):
    opened = project(unmatched)
    check, coverage = run(opened, ["check", "coverage"])
    note = "9 rows of people are of no block of the map: 936 of 1,036 people (90.3 %) are in no figure (北区 936)."
    assert note in check.notes
    assert note in coverage.notes
    assert check.came_out["people"] == 100
    assert opened.people.set_index("block_id")["total"].to_dict() == {"1": 30, "2": 70}
    text = check.as_text()
    assert "left aside: not among the blocks, in no figure (9)" in text
    assert "      people.csv 5  '北区 新町0丁目'\n" in text
    assert "      and 4 more" in text


def test_every_row_left_aside_is_in_the_file_with_its_people(project):
    opened = project("除く")
    build(opened)
    text = (opened.folder / "maps" / "left_aside.csv").read_text(encoding="utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["ファイル"] == "people.csv"]
    assert [row["理由"] for row in rows] == ["a total"] + [
        f"not among the blocks, in no figure ({100 + n} people)" for n in range(NEW)
    ]
    assert [row["行"] for row in rows] == [str(number) for number in (2, *range(5, 5 + NEW))]


def test_another_word_for_it_is_refused(project):
    with pytest.raises(ProjectError, match=r"\[people\] unmatched: '無視' will not do"):
        project("無視")


def test_the_headings_of_the_city_may_be_named(project):
    opened = project()
    text = (opened.folder / "people.csv").read_text(encoding="utf-8").replace("区,区分", "どこ,区分", 1)
    (opened.folder / "people.csv").write_text(text, encoding="utf-8")
    settings = SETTINGS.replace("[people]\n", '[people]\nunmatched = "除く"\ncity = "どこ"\n')
    settings = settings.replace("[blocks]\n", '[blocks]\ncity = "CITY_NAME"\n')
    (opened.folder / "resourcemap.toml").write_text(settings, encoding="utf-8")
    assert open_project(opened.folder).people["total"].tolist() == [30, 70]
