"""The sheet that asks a person, and the answers that are remembered."""

import json
import threading

import openpyxl
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.files import together
from resourcemap.language import speaking
from resourcemap.project.project import open_project
from resourcemap.project.review import take_review, write_review
from resourcemap.project.steps import run

SETTINGS = """[project]
city = "みほん市"
prefecture = "見本県"
date = 2026-11-01
[[resources]]
file = "data/list.csv"
kind = "salon"
consent = "有"
[locate]
gazetteer = "data/towns.csv"
"""
TOWNS = """都道府県名,市区町村名,大字町丁目名,緯度,経度
見本県,みほん市,本町一丁目,34.95,139.70
見本県,みほん市,本町二丁目,34.96,139.71
見本県,みほん市,西町,34.97,139.72
"""
LIST = """名称,会場,所在地,緯度,経度
よい,会館,西町5,,
まちがい,ひろば,西待5,,
丁目なし,,本町5番地,,
はなれた,寺,西町1,34.90,139.60
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "resourcemap.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "data" / "towns.csv").write_text(TOWNS, encoding="utf-8")
    (tmp_path / "data" / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def asked(folder):
    write_review(open_project(folder), folder / "review.xlsx")
    return openpyxl.load_workbook(folder / "review.xlsx")


def fill(book, path, answers):
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[1]}
    names = {sheet.cell(row, columns.get("name") or columns["名称"]).value: row for row in range(2, sheet.max_row + 1)}
    for name, heading, value in answers:
        sheet.cell(names[name], columns[heading], value)
    book.save(path)
    return path


def test_the_rows_that_need_a_person_are_listed_with_candidates(project):
    sheet = asked(project).active
    heading, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    listed = {row[heading.index("name")]: dict(zip(heading, row, strict=True)) for row in rows}
    assert list(listed) == ["ひろば", "丁目なし", "寺"]
    assert listed["ひろば"]["candidate 1"] == "見本県みほん市西町 (block)"
    assert listed["ひろば"]["map of candidate 1"] == "https://maps.gsi.go.jp/#17/34.970000/139.720000"
    assert listed["丁目なし"]["what to check"].startswith("The block is not known.")
    assert "km from 'みほん市西町'" in listed["寺"]["what to check"]
    assert listed["寺"]["map of the place now"] == "https://maps.gsi.go.jp/#17/34.900000/139.600000"
    assert all(cell.hyperlink is None and cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_answers_are_remembered_and_used(project):
    path = project / "filled.xlsx"
    answers = [
        ("ひろば", "choose (1-3)", 1),
        ("丁目なし", "latitude", "３４．９５５"),
        ("丁目なし", "longitude", 139.705),
        ("寺", "latitude", "https://maps.gsi.go.jp/#16/34.9701/139.7201/&base=std"),
    ]
    fill(asked(project), path, answers)
    report = take_review(open_project(project), path)
    assert report.came_out == {"answered": 3, "places added": 3}
    located = open_project(project).located.set_index("name")
    assert located["located"].to_dict() == {
        "よい": "block",
        "まちがい": "block",
        "丁目なし": "place",
        "はなれた": "place",
    }
    assert located.loc["丁目なし", "source"] == "places.csv 2026-11-01"
    assert (located.geometry["はなれた"].x, located.geometry["はなれた"].y) == (139.7201, 34.9701)
    again = take_review(open_project(project), path)
    assert again.came_out == {"answered": 3, "places added": 0}


def test_older_lines_and_other_columns_of_the_file_stay(project):
    places = project / "data" / "places.csv"
    old = "備考,名称,住所,緯度,経度\n手で,ひろば,西待5,34.1,139.1\n"
    places.write_bytes(old.encode("cp932"))
    path = fill(asked(project), project / "f.xlsx", [("寺", "choose (1-3)", "１")])
    inputs = {name: (project / "data" / name).read_bytes() for name in ("list.csv", "towns.csv")}
    take_review(open_project(project), path)
    lines = places.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "備考,名称,住所,緯度,経度,確かさ,確認日"
    assert lines[1].startswith("手で,ひろば,西待5,34.1,139.1")
    assert lines[2] == ",寺,西町1,34.97,139.72,町丁目,2026-11-01"
    assert {name: (project / "data" / name).read_bytes() for name in inputs} == inputs


def test_answers_of_two_people_at_once_are_both_kept(project):
    books = []
    for number, name in enumerate(("ひろば", "丁目なし")):
        path = project / f"filled-{number}.xlsx"
        fill(asked(project), path, [(name, "latitude", "34.97"), (name, "longitude", "139.72")])
        books.append(path)

    def take(path):
        with speaking("en"):
            take_review(open_project(project), path)

    people = [threading.Thread(target=take, args=(path,)) for path in books]
    with together(project / "data"):  # a third one writes: both come to wait, and neither may have read before
        for person in people:
            person.start()
        people[0].join(1)
    for person in people:
        person.join()
    assert len((project / "data" / "places.csv").read_text(encoding="utf-8-sig").splitlines()) == 3


def test_all_wrong_answers_are_told_and_nothing_is_written(project):
    answers = [
        ("ひろば", "choose (1-3)", 3),
        ("寺", "latitude", 139.7),
        ("寺", "longitude", 34.9),
        ("丁目なし", "latitude", "北"),
    ]
    path = fill(asked(project), project / "f.xlsx", answers)
    with pytest.raises(InputError) as caught:
        take_review(open_project(project), path)
    faults = "\n".join(caught.value.faults)
    assert "row 2: There is no candidate '3' (there are 1)" in faults
    assert "They look swapped" in faults
    assert "'北' is no latitude and longitude" in faults
    assert not (project / "data" / "places.csv").exists()


def test_a_sheet_in_japanese_is_read_too(project):
    with speaking("ja"):
        book = asked(project)
    path = fill(book, project / "f.xlsx", [("寺", "選ぶ候補（1〜3）", 1)])
    assert take_review(open_project(project), path).came_out["answered"] == 1


def test_another_sheet_is_refused(project):
    with pytest.raises(InputError, match="not a sheet to review"):
        take_review(open_project(project), project / "data" / "list.csv")
    with pytest.raises(InputError, match=r"must be \.xlsx"):
        write_review(open_project(project), project / "review.csv")


def test_nothing_to_ask_makes_an_empty_sheet(project):
    (project / "data" / "list.csv").write_text("名称,所在地\nよい,西町5\n", encoding="utf-8")
    assert asked(project).active.max_row == 1


def test_points_outside_the_areas_or_in_another_than_the_sheet_says_are_told(project):
    names = ("北", 34.965), ("南", 34.94)
    features = [
        {
            "type": "Feature",
            "properties": {"id": name, "name": name},
            "geometry": shapely.geometry.mapping(shapely.box(139.69, south, 139.8, south + 0.025)),
        }
        for name, south in names
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (project / "areas.geojson").write_text(text, encoding="utf-8")
    settings = '[[areas]]\nsystem = "日常生活圏域"\npolygons = "areas.geojson"\nid = "id"\nname = "name"\n'
    with (project / "resourcemap.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    rows = "名称,所在地,圏域,緯度,経度\nよい,西町5,北,,\nちがう,本町1-2,北圏域,,\nそと,,,36.0,140.0\n"
    (project / "data" / "list.csv").write_text(rows, encoding="utf-8")
    [report] = run(open_project(project), ["locate"])
    assert [note.partition(": ")[2] for note in report.notes] == [
        "The sheet says '北', but the place is in '南'.",
        "Lies in no area of 日常生活圏域.",
    ]
    heading, *listed = ([cell.value for cell in row] for row in asked(project).active.iter_rows())
    assert [row[heading.index("name")] for row in listed] == ["ちがう", "そと"]
