"""Grades and strengths of a project: reports, files, and what they refuse."""

from __future__ import annotations

import json
from dataclasses import replace

import openpyxl
import pytest

from resourcemap.errors import InputError, ProjectError
from resourcemap.project import planning
from resourcemap.project.figures import records
from resourcemap.project.project import open_project

STANDARDS = """
[[standards]]
name = "サロンが近い"
kinds = ["salon"]
distance = 500
threshold = 0.5
theme = "居場所"

[[standards]]
name = "子ども食堂が区域にある"
kinds = ["kids_cafeteria"]
per = "area"
threshold = 1
"""


@pytest.fixture
def project(city):
    settings = city / "resourcemap.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + STANDARDS, encoding="utf-8")
    return open_project(city)


def with_settings(project, **sections):
    return type(project)(project.folder, replace(project.settings, **sections))


def test_json_of_the_rating_is_the_python_result(project):
    report = planning.rating_report(project)
    assert report.as_data()["data"] == records(project.rated)
    json.dumps(report.as_data(), allow_nan=False)
    assert any("評価" in line for line in report.details)


def test_the_progress_sheet_begins_with_the_system_of_the_list(project):
    [path] = planning.write_rating(project)
    assert path == project.folder / "maps" / "progress.xlsx"
    names = openpyxl.load_workbook(path).sheetnames
    assert names == ["進捗 圏域", "区域別 圏域", "進捗 学区", "区域別 学区", "文章", "読み方"]
    [other] = planning.write_rating(with_settings(project, list={"system": "学区"}, rating={"file": "maps/p.xlsx"}))
    assert (other.name, openpyxl.load_workbook(other).sheetnames[0]) == ("p.xlsx", "進捗 学区")


def test_bounds_of_grades_come_from_the_settings(project):
    strict = with_settings(project, rating={"grades": [1.0, 0.9, 0.8]})
    assert strict.grades == ((1.0, "A"), (0.9, "B"), (0.8, "C"))
    assert project.grades[0] == (0.7, "A")


def test_without_standards_there_are_no_grades_and_no_sheet(project):
    bare = with_settings(project, standards=())
    report = planning.rating_report(bare)
    assert report.data == []
    assert "[[standards]]" in report.notes[0]
    assert planning.write_rating(bare) == []


def test_json_of_the_strengths_is_the_python_result(project):
    report = planning.strengths_report(project)
    assert report.as_data()["data"] == records(planning.strengths_of(project))
    assert {row["system"] for row in report.data} == {"圏域"}
    assert {row["system"] for row in planning.strengths_report(project, "学区").data} == {"学区"}
    [path] = planning.write_strengths(project)
    assert openpyxl.load_workbook(path).sheetnames == ["全体の見取り図", "東圏域", "西圏域"]


def test_no_file_names_what_was_not_released(project):
    written = [*planning.write_rating(project), *planning.write_strengths(project)]
    cells = [
        str(cell.value)
        for path in written
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert not [text for text in cells if "ないしょの会" in text or "090-0000" in text]


def test_what_is_not_known_is_refused(project):
    with pytest.raises(InputError, match="学区"):
        planning.strengths_report(project, "学校区")
    with pytest.raises(ProjectError, match=r"\[strengths\] system"):
        planning.strengths_report(with_settings(project, strengths={"system": "学校区"}))


def test_a_project_without_people_says_what_is_missing(project):
    nobody = with_settings(project, people={})
    for step in (planning.rating_report, planning.strengths_report, planning.write_strengths):
        with pytest.raises(ProjectError, match="people"):
            step(nobody)


def test_files_are_the_same_bytes_each_time(project):
    first = [path.read_bytes() for path in (*planning.write_rating(project), *planning.write_strengths(project))]
    again = open_project(project.folder)
    assert first == [path.read_bytes() for path in (*planning.write_rating(again), *planning.write_strengths(again))]


def test_the_terminal_shows_five_areas_and_counts_the_others(project, monkeypatch):
    monkeypatch.setattr(planning, "SHOWN", 1)
    lines = planning.strengths_report(project).details
    assert "1 more areas" in lines[-1]
    assert not [line for line in lines[:-1] if line.startswith("西圏域")]


def test_areas_that_can_be_compared_are_told_unless_others_are_asked_for(project):
    assert project.compared_system == "圏域"
    assert with_settings(project, strengths={"system": "学区"}).compared_system == "学区"
    assert with_settings(project, list={}).compared_system == "圏域"
