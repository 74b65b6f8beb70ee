"""Duplicates across files, from the report to the line that merges them."""

from __future__ import annotations

import csv
import tomllib

import pytest

from resourcemap.project.project import open_project
from resourcemap.project.steps import build, run

ONE = "名称,種類,住所,電話,承諾,緯度,経度\nひだまりサロン,サロン,本町2丁目3番5号,,有,35.7,139.7\n"
ONE += "=別,サロン,中町1,,有,35.71,139.7\n"
TWO = "施設名,区分,所在地,TEL,承諾\nひだまり サロン,サロン,みほん市本町2-3-5,000-0000-0001,有\n"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "一.csv").write_text(ONE, encoding="utf-8")
    (tmp_path / "二.csv").write_text(TWO, encoding="utf-8")
    settings = '[project]\nlanguage = "en"\n[[resources]]\nfile = "一.csv"\n[[resources]]\nfile = "二.csv"\n'
    (tmp_path / "resourcemap.toml").write_text(settings, encoding="utf-8")
    return open_project(tmp_path)


def with_settings(project, text):
    path = project.folder / "resourcemap.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")
    return open_project(project.folder)


def snippet(report):
    lines = [line.strip() for line in report.as_text().splitlines()]
    start = lines.index("[[same]]")
    return "\n".join(lines[start : start + 3])


def test_check_says_how_many_and_why_and_writes_a_sheet(project):
    [report] = run(project, ["check"])
    text = report.as_text()
    assert "pairs of rows that may be one: 1 (all of them in internal/duplicates.csv)" in text
    assert "一.csv 2 'ひだまりサロン' / 二.csv 2 'ひだまり サロン': same name, same address" in text
    assert report.as_data()["duplicates"][0]["first_row"] == "一.csv 2"
    assert report.files == (project.folder / "internal" / "duplicates.csv",)
    [row] = csv.DictReader(report.files[0].read_text(encoding="utf-8-sig").splitlines(keepends=True))
    assert (row["行1"], row["行2"], row["電話2"]) == ("一.csv 2", "二.csv 2", "000-0000-0001")
    assert tomllib.loads(row["同じなら書く行"])["same"][0]["rows"] == ["一.csv 2", "二.csv 2"]


def test_what_check_says_to_write_merges_the_rows(project):
    merged = with_settings(project, snippet(run(project, ["check"])[0]))
    assert merged.resources["name"].tolist() == ["ひだまりサロン", "=別"]
    assert merged.resources["phone"][0] == "000-0000-0001"
    assert merged.duplicates.empty
    [report] = run(merged, ["check"])
    assert report.went_in["rows"] == 3
    assert report.came_out["resources"] == 2
    assert [row.reason for row in report.left_aside] == ["merged into 一.csv 2"]


def test_a_merged_row_is_counted_once_and_listed_without_its_name(project):
    merged = with_settings(project, snippet(run(project, ["check"])[0]))
    reports = build(merged)
    [shown] = [report.came_out["shown"] for report in reports if report.step == "map"]
    assert shown == 2
    left = (project.folder / "maps" / "left_aside.csv").read_text(encoding="utf-8-sig")
    assert "merged into 一.csv 2" in left
    assert "ひだまり" not in left


def test_what_is_said_to_be_two_is_shown_no_more(project):
    run(project, ["check"])
    two = with_settings(project, '[[different]]\nrows = ["二.csv 2", "一.csv 2"]')
    [report] = run(two, ["check"])
    assert "may be one" not in report.as_text()
    assert len(two.resources) == 3
    assert len(report.files[0].read_text(encoding="utf-8-sig").splitlines()) == 1


def test_no_pairs_write_no_file(tmp_path):
    (tmp_path / "a.csv").write_text("名称,種類,緯度,経度\nA,サロン,35.7,139.7\n", encoding="utf-8")
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "a.csv"\n', encoding="utf-8")
    [report] = run(open_project(tmp_path), ["check"])
    assert report.files == ()
    assert not (tmp_path / "internal").exists()


def test_cells_that_a_spreadsheet_would_run_are_harmless(tmp_path):
    row = "=HYPERLINK(1)サロン,サロン,本町2-3-5,000-0000-0001\n"
    (tmp_path / "a.csv").write_text(f"名称,種類,住所,電話\n{row}{row}", encoding="utf-8")
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "a.csv"\n', encoding="utf-8")
    [report] = run(open_project(tmp_path), ["check"])
    [pair] = csv.DictReader(report.files[0].read_text(encoding="utf-8-sig").splitlines(keepends=True))
    assert pair["名称1"] == "'=HYPERLINK(1)サロン"
