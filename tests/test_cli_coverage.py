"""The command `coverage`: its options stand in for the settings this once, and what is wrong ends with 2."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    assert CliRunner().invoke(app, ["init", str(folder / "city"), "--sample"]).exit_code == 0
    return folder / "city"


def run(folder, *arguments):
    return CliRunner().invoke(app, ["coverage", "-p", str(folder), *map(str, arguments)])


def whole(done, measure, **wanted):
    """The values of a measure for everyone together."""
    figures = json.loads(done.stdout)[0]["figures"]
    chosen = [row for row in figures if row["system"] == "全体" and row["measure"] == measure]
    return [row["value"] for row in chosen if all(row[name] == value for name, value in wanted.items())]


def test_options_are_answered_on_the_terminal_and_leave_the_table_of_the_project(sample):
    done = run(sample, "--kind", "サロン", "--slot", "日 12:00", "--lacking", "サロン,食糧支援", "--distance", 400)
    assert done.exit_code == 0, done.stderr
    assert "within 400 m" in done.stdout
    assert "open at" in done.stdout
    assert "Have Salon" in done.stdout
    assert not (sample / "maps" / "coverage.csv").exists()


def test_within_reach_at_a_time_is_never_more_than_within_reach(sample):
    done = run(sample, "--kind", "salon", "--slot", "水 14:00-16:00", "--distance", 500, "--json")
    (at_all,) = whole(done, "within", slot="", distance_m=500)
    slot = next(row["slot"] for row in json.loads(done.stdout)[0]["figures"] if row["slot"])
    (then,) = whole(done, "within", slot=slot, distance_m=500)
    (perhaps,) = whole(done, "within_or_unknown", slot=slot, distance_m=500)
    assert 0 < then <= perhaps <= at_all


def test_a_detour_and_streets_bring_fewer_people_within_reach(sample):
    near = {}
    for name, options in {
        "straight": [],
        "detour": ["--detour", 1.3],
        "streets": ["--streets", sample / "layers" / "streets.geojson"],
    }.items():
        done = run(sample, "--kind", "salon", "--audience", "children", "--distance", 500, *options, "--json")
        assert done.exit_code == 0, done.stderr
        (near[name],) = whole(done, "within", distance_m=500, audience="older")
    assert near["detour"] < near["straight"]
    assert near["streets"] < near["straight"]


def test_every_figure_and_the_week_are_written_where_asked(sample, tmp_path):
    before = run(sample, "--json").stdout
    done = run(sample, "--figures", tmp_path / "all.csv", "--week", tmp_path / "week.csv", "-o", tmp_path / "t.csv")
    assert done.exit_code == 0, done.stderr
    rows = read(tmp_path / "all.csv")
    assert {"届く人", "席の不平等（ジニ係数）", "区域の外でだけ届く人"} <= {row["数字"] for row in rows}
    week = read(tmp_path / "week.csv")
    assert {row["曜日（500m以内に、その曜日の15%以上の日に開く所のある人・％）"] for row in week} == set(
        "月火水木金土日"
    )
    assert any("〜" in row["14:00"] for row in week)
    assert {row["測り方"] for row in read(tmp_path / "t.csv")} == {"直線"}
    assert run(sample, "--json").stdout == before


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--kind", "サロソ"], "サロン"),
        (["--audience", "ねこ"], "older"),
        (["--slot", "いつか"], "2026-12-06"),
        (["--lacking", "サロン"], "salon,pantry"),
        (["--profile", "oldr"], "older"),
        (["--detour", "0.5"], "--detour"),
        (["--distance", "0"], "--distance"),
        (["--streets", "nowhere.gpkg"], "nowhere"),
        (["-o", "t.xlsx"], ".csv"),
        (["--profile", "older"], "--streets"),
        (["--at-least", "0.5"], "--slot"),
        (["--streets", str(ROOT / "layers" / "streets.geojson"), "--detour", "1.3"], "--streets"),
    ],
)
def test_wrong_usage_ends_with_2_and_names_what_will_do(sample, options, word):
    done = run(sample, *options)
    assert done.exit_code == 2
    assert word in done.stderr


def test_streets_that_cannot_be_read_are_a_fault_of_the_data(sample, tmp_path):
    (tmp_path / "empty.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    done = run(sample, "--streets", tmp_path / "empty.geojson")
    assert done.exit_code == 1
    assert "empty.geojson" in done.stderr
