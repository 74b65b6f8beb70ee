"""The steps on a small project: what a command prints as data is what the library has, and the counts add up."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.project.project import open_project
from resourcemap.project.steps import STEPS


@pytest.fixture
def printed(city):
    """The report that a command prints with --json."""

    def run(command):
        done = CliRunner().invoke(app, [command, "--json", "-p", str(city)])
        assert (done.exit_code, done.stderr) == (0, "")
        reports = {report["step"]: report for report in json.loads(done.stdout)}
        return reports if command == "build" else reports[command]

    return run


@pytest.fixture
def project(city):
    return open_project(city)


def column(table, name):
    """A column as JSON holds it: numbers to six digits, nothing for what is missing."""
    cells = [None if value != value else value for value in table[name].tolist()]  # noqa: PLR0124 - not a number
    return [pytest.approx(cell, abs=1e-6) if isinstance(cell, float) else cell for cell in cells]


def test_check_counts_what_was_read(printed, project):
    report = printed("check")
    whole_rows = [row["row"] for row in report["left_aside"] if not row["column"]]
    assert report["in"] == {"rows": 6 + len(whole_rows)}
    assert whole_rows == [1]
    assert report["out"] == {"resources": 6, "activities": 6, "blocks": 4, "圏域": 2, "学区": 2, "people": 600}
    assert len(project.resources) == 6
    assert project.people["total"].sum() == 600


def test_locate_prints_where_every_resource_is(printed, project):
    report, located = printed("locate"), project.located
    for name in ("resource_id", "name", "located"):
        assert [row[name] for row in report["data"]] == column(located, name)
    placed = report["out"]["located"] + report["out"]["located to the block"]
    assert placed == located.geometry.notna().sum() == 4
    assert report["in"]["resources"] == placed + len(report["left_aside"])
    assert [row["row"] for row in report["left_aside"]] == [7, 9]


@pytest.mark.parametrize("step", ["coverage", "gaps"])
def test_figures_are_printed_as_they_are(printed, project, step):
    report, table = printed(step), getattr(project, step)
    assert len(report["data"]) == len(table) > 0
    for name in table:
        assert [row[name] for row in report["data"]] == column(table, name)


def test_coverage_counts_every_resource_or_says_why_not(printed):
    report = printed("coverage")
    assert report["in"] == {"resources": 6, "people": 600}
    assert report["out"]["counted"] + len(report["left_aside"]) == 6
    assert {row["row"]: row["reason"] for row in report["left_aside"]} == {
        6: "suspended, so not counted",
        9: "has no place (telephone, online)",
    }


@pytest.mark.parametrize("step", ["map", "list"])
def test_what_is_shown_has_consent(printed, project, step):
    report, released = printed(step), project.released(step)
    assert [row["name"] for row in report["data"]] == released.table["name"].tolist()
    assert report["in"]["resources"] == report["out"]["shown"] + len(report["left_aside"])
    assert [(row["row"], row["reason"]) for row in report["left_aside"]] == [(8, "no consent to publish")]
    assert not {"notes", "contact", "consent"} & set(report["data"][0])


def test_build_prints_what_each_command_prints(printed):
    reports = printed("build")
    steps = [step for step in STEPS if step != "rating"]  # the project promises nothing
    assert list(reports) == [*steps, "left_aside"]
    for step in steps:
        assert printed(step) == reports[step]
    rows = sum(len(reports[step]["left_aside"]) for step in steps)
    assert reports["left_aside"]["in"] == reports["left_aside"]["out"] == {"rows and cells": rows}


def test_a_kind_of_which_there_is_none_is_a_gap(printed, city):
    settings = city / "resourcemap.toml"
    text = settings.read_text(encoding="utf-8").replace('"kids_cafeteria"]', '"pantry"]')
    settings.write_text(text, encoding="utf-8")
    beyond = {row["area"]: row["beyond"] for row in printed("gaps")["data"] if row["kind"] == "pantry"}
    assert beyond == {"東圏域": 300, "西圏域": 300, "南小学校": 400, "北小学校": 200}


def test_without_people_there_are_no_figures_and_that_is_said(printed, city):
    settings = city / "resourcemap.toml"
    text = settings.read_text(encoding="utf-8").replace('[people]\nfile = "data/人口.csv"\n', "")
    settings.write_text(text, encoding="utf-8")
    reports = printed("build")
    assert list(reports) == ["check", "locate", "map", "list", "left_aside"]
    assert (
        "Without both [people] and [[areas]] there are no figures. Add people and areas." in reports["check"]["notes"]
    )
