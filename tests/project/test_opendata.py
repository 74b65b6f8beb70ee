"""The open data of a project: what is written where, what is not, and what people are told."""

from __future__ import annotations

import csv
import json
import zipfile

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.errors import ProjectError, QuestionError
from resourcemap.project.opendata import opendata_report
from resourcemap.project.project import open_project
from resourcemap.read.resources import read_resources

EVERY = [
    *("hsds.json", "hsds.zip", "kids_cafeteria.csv", "public_facility.csv", "resources.csv"),
    *("resources.csv-metadata.json", "resources.geojson", "resources.gpkg"),
]
SETTINGS = '[project]\ncity = "みほん市"\nprefecture = "見本県"\ndate = 2026-11-01\n[[resources]]\nfile = "list.csv"\n'
LIST = """名称,種類,運営,所在地,緯度,経度,状態,承諾
本町サロン,サロン,本町会,本町1-1,35.70,139.70,,一覧・地図・オープンデータ
北町食堂,子ども食堂,,北町1-1,35.71,139.70,,オープンデータ
休み食堂,子ども食堂,,北町1-2,35.72,139.70,休止中,オープンデータ
北町ひろば,ひろば,みほん市,北町1-3,35.73,139.70,,オープンデータ
大島の家,ひろば,大島自治会,大島1-3,35.74,139.70,,オープンデータ
山田宅の会,サロン,,北町1-4,35.75,139.70,,オープンデータ
だまって,サロン,,北町1-5,35.76,139.70,,
地図だけ,サロン,,北町1-6,35.77,139.70,,有
"""


@pytest.fixture
def town(tmp_path):
    def make(more="", rows=LIST):
        (tmp_path / "resourcemap.toml").write_text(SETTINGS + more, encoding="utf-8")
        (tmp_path / "list.csv").write_text(rows, encoding="utf-8")
        return open_project(tmp_path)

    return make


def names_in(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["名称"] for row in csv.DictReader(file)]


def test_a_folder_has_every_format_with_the_rows_that_name_open_data(town, tmp_path):
    report = opendata_report(town('[opendata]\nlicence = "CC BY 4.0"\ncode = "131164"\n'), tmp_path / "open")
    assert (
        sorted(path.name for path in report.files)
        == EVERY
        == sorted(path.name for path in (tmp_path / "open").iterdir())
    )
    five = ["本町サロン", "北町食堂", "休み食堂", "北町ひろば", "大島の家"]
    for name in ("resources.geojson", "resources.gpkg", "resources.csv", "hsds.zip", "hsds.json"):
        assert sorted(read_resources(tmp_path / "open" / name)["name"]) == sorted(five), name
    assert names_in(tmp_path / "open" / "kids_cafeteria.csv") == ["北町食堂"]
    assert names_in(tmp_path / "open" / "public_facility.csv") == ["北町ひろば"]


def test_the_report_accounts_for_every_row(town, tmp_path):
    report = opendata_report(town(), tmp_path / "open")
    assert report.went_in == {"resources": 8}
    assert report.came_out == {"open data": 5, "children's cafeterias": 1, "public facilities": 1}
    assert {entry.where: entry.reason for entry in report.left_aside} == {
        "list.csv 7": "points to a private home",
        "list.csv 8": "no consent to publish",
        "list.csv 9": "consent was given, but not for this output",
    }
    told = "\n".join(report.notes)
    assert "No licence is stated" in told
    assert "postal code" in told
    assert "lack the code" in told
    assert "children's cafeterias: 1 are suspended" in told
    assert "public facilities: 1 are not known to be public" in told
    assert "(list.csv 6)" in told


def test_what_lacks_consent_is_not_shown_even_as_a_kind_at_its_block(town, tmp_path):
    corners = [[139.69, 35.69], [139.71, 35.69], [139.71, 35.78], [139.69, 35.78], [139.69, 35.69]]
    block = {"type": "Polygon", "coordinates": [corners]}
    feature = {"type": "Feature", "properties": {"block_id": "1", "block": "本町"}, "geometry": block}
    (tmp_path / "blocks.geojson").write_text(json.dumps(feature), encoding="utf-8")
    more = '[blocks]\nfile = "blocks.geojson"\nid = "block_id"\nname = "block"\n[consent]\nlacking = "町丁目"\n'
    project = town(more)
    assert len(project.released("open_data").nameless)
    report = opendata_report(project, tmp_path / "a.geojson")
    assert report.came_out == {"open data": 5}
    assert len(report.left_aside) == 3


def test_no_row_that_names_open_data_is_said_plainly_and_leaves_no_older_data(town, tmp_path):
    opendata_report(town(), tmp_path / "open")
    report = opendata_report(town(rows=LIST.replace("オープンデータ", "地図")), tmp_path / "open")
    assert report.notes[0].startswith("Nothing is released as open data")
    assert json.loads((tmp_path / "open" / "resources.geojson").read_text(encoding="utf-8"))["features"] == []
    assert names_in(tmp_path / "open" / "kids_cafeteria.csv") == []
    with zipfile.ZipFile(tmp_path / "open" / "hsds.zip") as archive:
        assert "本町" not in "".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def test_kinds_that_are_public_are_the_publishers_decision(town, tmp_path):
    opendata_report(town('[opendata]\npublic_kinds = ["ひろば"]\n'), tmp_path / "open")
    assert names_in(tmp_path / "open" / "public_facility.csv") == ["北町ひろば", "大島の家"]
    with pytest.raises(ProjectError, match="public_kinds"):
        opendata_report(town('[opendata]\npublic_kinds = ["ひろは"]\n'), tmp_path / "open")


@pytest.mark.parametrize("code", ["131160", "13116", "13116４"])
def test_a_code_that_no_municipality_has_is_a_fault(town, code):
    with pytest.raises(ProjectError, match="check digit"):
        town(f'[opendata]\ncode = "{code}"\n')


def test_names_that_are_no_format_or_an_input_are_refused(town, tmp_path):
    project = town()
    for name in ("a.shp", "list.csv", "a.xlsx"):
        with pytest.raises(QuestionError):
            opendata_report(project, tmp_path / name)
    assert not (tmp_path / "list.csv-metadata.json").exists()


def test_the_command_writes_one_file_and_ends_with_2_on_a_wrong_name(town, tmp_path):
    town()
    done = CliRunner().invoke(app, ["opendata", "-p", str(tmp_path), "-o", str(tmp_path / "a.csv"), "--json"])
    assert done.exit_code == 0
    [report] = json.loads(done.stdout)
    assert [file.rpartition("a.csv")[2] for file in report["files"]] == ["", "-metadata.json"]
    wrong = CliRunner().invoke(app, ["opendata", "-p", str(tmp_path), "-o", str(tmp_path / "a.pdf")])
    assert (wrong.exit_code, "name a folder" in wrong.stderr) == (2, True)


def test_two_runs_give_the_same_bytes(town, tmp_path):
    for name in ("one", "two"):
        opendata_report(town(), tmp_path / name)
    assert [(tmp_path / "one" / name).read_bytes() for name in EVERY] == [
        (tmp_path / "two" / name).read_bytes() for name in EVERY
    ]
