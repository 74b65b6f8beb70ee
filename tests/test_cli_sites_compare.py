"""Sites, compare and portrait from the command line: exit codes, files, and JSON as Python gives it."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.language import speaking
from resourcemap.project.comparing import compare
from resourcemap.project.portraying import portrait_report
from resourcemap.project.project import open_project
from resourcemap.project.snapshot import open_snapshot


def run(*words):
    with speaking("en"):
        return CliRunner().invoke(app, [str(word) for word in words])


def in_english(report):
    with speaking("en"):
        return json.loads(json.dumps(report().as_data()))


@pytest.fixture
def older(city, tmp_path):
    """The city of before: with one row less."""
    before = tmp_path / "before"
    shutil.copytree(city, before)
    settings = before / "resourcemap.toml"
    listed = before / open_project(before).settings.resources[0]["file"]
    book = openpyxl.load_workbook(listed)
    book.active.delete_rows(book.active.max_row)
    book.save(listed)
    assert settings.is_file()
    return before


def test_json_of_compare_is_what_python_gives(city, older):
    done = run("compare", older, city, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)[0] == in_english(
        lambda: compare(open_snapshot(str(older)), open_snapshot(str(city)))
    )
    assert json.loads(done.stdout)[0]["data"]


def test_the_project_of_p_is_that_of_today(city, older):
    assert run("compare", older, "-p", city).stdout == run("compare", older, city).stdout


def test_a_revision_that_is_not_there_is_said(city):
    done = run("compare", "no-such-revision", "-p", city)
    assert done.exit_code == 1
    assert "no-such-revision" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["compare", "."], ["sites", "--kind", "salon"]])
def test_no_command_writes_over_an_input(city, command):
    inputs = {path: path.read_bytes() for path in city.rglob("*") if path.is_file()}
    listed = city / open_project(city).settings.resources[0]["file"]
    words = [str(city) if word == "." else word for word in command]
    done = run(*words, "-p", city, "-o", listed)
    assert done.exit_code == 2
    assert "the project reads this file" in done.stderr
    assert {path: path.read_bytes() for path in city.rglob("*") if path.is_file()} == inputs


def test_json_of_a_portrait_is_what_python_gives(city):
    areas = open_project(city).areas
    area, system = areas["area"].iloc[0], areas["system"].iloc[0]
    done = run("portrait", area, "--system", system, "-p", city, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)[0] == in_english(lambda: portrait_report(open_project(city), area, system))


def test_a_portrait_since_another_date_has_the_changes_of_its_area(city, older):
    changes = json.loads(run("compare", older, city, "--json").stdout)[0]["data"]
    areas = open_project(city).areas
    system = areas["system"].iloc[0]
    found = []
    for area in areas.loc[areas["system"] == system, "area"]:
        done = run("portrait", area, "--system", system, "-p", city, "--since", older, "--json")
        assert done.exit_code == 0, done.output
        found += [row["sentence"] for row in json.loads(done.stdout)[0]["data"][0]["changes"]]
    assert set(found) <= {row["sentence"] for row in changes}
    assert len(found) == sum(row["block"] is not None for row in changes)


def test_an_area_that_is_not_there_is_said_with_the_nearest_one(city):
    done = run("portrait", "東圏", "-p", city)
    assert done.exit_code == 2
    assert "東圏域" in done.stderr
    assert "Traceback" not in done.stderr
