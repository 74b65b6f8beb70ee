"""The command `locate`: a list, a project, a review; and its exit codes."""

import json

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app


def run(*arguments):
    return CliRunner().invoke(app, ["locate", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "towns.csv").write_text("町丁目,緯度,経度\n本町,34.95,139.7\n", encoding="utf-8")
    (tmp_path / "list.csv").write_text("番号,住所\n1,本町2-3\n2,よそ1\n", encoding="cp932")
    return tmp_path


def test_a_list_is_located_without_a_project(folder):
    done = run("list.csv", "--address", "住所", "--gazetteer", "towns.csv", "-o", "out.csv", "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)[0]["out"] == {"to the block": 1, "not located": 1}
    assert (
        (folder / "out.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("1,本町2-3,34.95,139.7,block")
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments",
    [
        ["list.csv", "--gazetteer", "towns.csv"],
        ["list.csv", "--gazetteer", "towns.csv", "-o", "out.pdf"],
        ["list.csv", "--gazetteer", "towns.csv", "-o", "list.csv"],
        ["list.csv", "-o", "out.csv"],
        ["list.csv", "towns.csv", "-o", "out.csv"],
        ["--address", "住所"],
        ["list.csv", "--review", "r.xlsx"],
        ["--prepare", "index.npz"],
        ["--nothing"],
    ],
)
def test_wrong_usage_ends_with_2(arguments):
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["none.csv", "--gazetteer", "towns.csv", "-o", "out.csv"],
        ["list.csv", "--gazetteer", "none.csv", "-o", "out.csv"],
        ["list.csv", "--gazetteer", "towns.csv", "--address", "どこ", "-o", "out.csv"],
        ["--prepare", "index.csv", "--gazetteer", "towns.csv"],
    ],
)
def test_faults_in_the_data_end_with_1(arguments):
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr


def test_an_index_is_prepared_and_used(folder):
    assert run("--prepare", "index.npz", "--gazetteer", "towns.csv").exit_code == 0
    assert run("list.csv", "--gazetteer", "index.npz", "-o", "out.xlsx").exit_code == 0
    assert (folder / "out.xlsx").is_file()


def test_several_gazetteers_may_follow_one_option(folder):
    (folder / "more.csv").write_text("町丁目,緯度,経度\nよそ,34.9,139.8\n", encoding="utf-8")
    done = run("list.csv", "--gazetteer", "towns.csv", "more.csv", "-o", "out.csv", "--json")
    assert json.loads(done.stdout)[0]["out"] == {"to the block": 2}
    assert run("--prepare", "index.npz", "--gazetteer", "towns.csv", "more.csv").exit_code == 0
    assert run("list.csv", "--gazetteer", "index.npz", "-o", "out.csv").exit_code == 0


def test_the_gazetteer_of_a_project_serves_a_list(folder):
    settings = '[project]\ncity = "みほん市"\n[[resources]]\nfile = "list.csv"\n[locate]\ngazetteer = "towns.csv"\n'
    (folder / "resourcemap.toml").write_text(settings, encoding="utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "places.csv").write_text("住所,緯度,経度\nよそ1,34.9,139.8\n", encoding="utf-8")
    done = run("list.csv", "-o", "out.csv", "--json")
    assert json.loads(done.stdout)[0]["out"] == {"exact": 1, "to the block": 1}
