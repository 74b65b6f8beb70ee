"""All paper of a month: what is there without areas, and what consent no longer covers by then."""

from __future__ import annotations

from datetime import date

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.language import speaking
from resourcemap.project.paper import write_paper
from resourcemap.project.project import open_project
from tests.office import text_of

DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))
SETTINGS = """
[project]
city = "みほん市"
date = 2026-11-01

[consent]
lacking = "町丁目"
places = "町丁目"

[[resources]]
file = "list.csv"
"""
DIVIDED = """
[blocks]
file = "blocks.geojson"
name = "block"

[[areas]]
system = "圏域"
each_block = true
"""
BLOCKS = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"block": "西町"}, "geometry": {"type": "Polygon",
 "coordinates": [[[139.70, 35.0], [139.72, 35.0], [139.72, 35.01], [139.70, 35.01], [139.70, 35.0]]]}}]}"""
LIST = (
    "名称,種類,場所の形,緯度,経度,開催日時,電話,承諾,承諾期限\n"
    "北の会,サロン,会場,35.009,139.705,毎週水曜 10:00〜12:00,03-0000-0001,有,\n"
    "秘密の会,サロン,会場,35.001,139.705,毎週金曜 10:00〜12:00,03-9999-9999,有,2026-11-20\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "resourcemap.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "blocks.geojson").write_text(BLOCKS, encoding="utf-8")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def divide(folder):
    (folder / "resourcemap.toml").write_text(SETTINGS + DIVIDED, encoding="utf-8")


def test_without_areas_there_are_lists_dates_and_a_map(folder):
    with speaking("ja"):
        write_paper(open_project(folder), DECEMBER, folder / "paper")
    written = {path.name for path in (folder / "paper").iterdir() if path.is_file()}
    assert written == {
        "booklet.pdf",
        "calendar-2026-12.pdf",
        "calendar.ics",
        "list.docx",
        "list.xlsx",
        "map.pdf",
    }


def test_what_consent_covers_no_more_by_then_is_on_no_sheet(folder):
    divide(folder)
    with speaking("ja"):
        write_paper(open_project(folder), DECEMBER, folder / "paper")
    files = [path for path in (folder / "paper").rglob("*") if path.is_file()]
    assert any(path.name.startswith("newsletter-") for path in files)
    for path in files:
        text = text_of(path) if path.suffix == ".pdf" else path.read_bytes().decode("utf-8", "ignore")
        assert "秘密の会" not in text, path.name
        assert "9999-9999" not in text, path.name
    assert "北の会" in text_of(folder / "paper" / "booklet.pdf")


def test_a_calendar_to_subscribe_to_ends_where_consent_does(folder):
    done = CliRunner().invoke(app, ["calendar", "-p", str(folder), "-o", str(folder / "a.ics")])
    assert done.exit_code == 0, done.output
    lines = (folder / "a.ics").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line.startswith("RRULE")]
    assert len(rules) == 2
    assert any("UNTIL=20261120" in line for line in rules)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["newsletter", "--month", "2026-12"], 1, "a newsletter is for an area"),
        (["paper", "--month", "2026-12", "--area", "西町"], 1, "a newsletter is for an area"),
        (["paper", "--month", "2026-13"], 2, "--month"),
        (["paper", "--month", "2026-12", "-o", "{folder}/list.csv"], 2, "is a file. Name a folder."),
        (["papermap", "--month", "x", "-o", "{folder}/a.pdf"], 2, "--month"),
        (["list", "--month", "2026-12"], 2, "Say with -o"),
    ],
)
def test_what_cannot_be_made_is_told(folder, words, code, said):
    command = [word.format(folder=folder) for word in words]
    with speaking("en"):
        done = CliRunner().invoke(app, [*command, "-p", str(folder)])
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert {path.name for path in folder.iterdir()} - {".resourcemap"} == {
        "blocks.geojson",
        "list.csv",
        "resourcemap.toml",
    }


def test_sheets_for_a_month_have_the_numbers_of_its_newsletter(folder):
    divide(folder)
    with speaking("en"):
        for month, names in (("2026-11", ["北の会", "秘密の会"]), ("2026-12", ["北の会"])):
            out = folder / f"{month}.pdf"
            done = CliRunner().invoke(app, ["papermap", "-p", str(folder), "--month", month, "-o", str(out)])
            assert done.exit_code == 0, done.output
            assert [name for name in ("北の会", "秘密の会") if name in text_of(out)] == names
