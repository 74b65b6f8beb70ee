"""The portrait of an area of a project: its report, and what it refuses."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from resourcemap.errors import InputError, ProjectError
from resourcemap.project.portraying import portrait_of, portrait_report
from resourcemap.project.project import open_project


@pytest.fixture
def project(city):
    return open_project(city)


def test_json_of_the_portrait_is_the_python_result(project):
    report = portrait_report(project, "東圏域")
    assert report.as_data()["data"] == [portrait_of(project, "東圏域").as_data()]
    assert report.went_in["people"] == 300
    text = json.dumps(report.as_data(), ensure_ascii=False, allow_nan=False)
    assert "きんぎょサロン" in text
    assert "03-0000" not in text


def test_no_portrait_names_what_was_not_released(project):
    for area in ("東圏域", "西圏域"):
        text = str(portrait_report(project, area).as_data())
        assert "ないしょの会" not in text
        assert "090-0000" not in text


def test_an_area_that_is_not_known_is_refused(project):
    with pytest.raises(InputError, match="東圏域"):
        portrait_report(project, "北圏域")


def test_a_project_without_people_says_what_is_missing(project):
    nobody = type(project)(project.folder, replace(project.settings, people={}))
    with pytest.raises(ProjectError, match="people"):
        portrait_report(nobody, "東圏域")
