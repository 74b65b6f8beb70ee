"""The calendars of the sample project, and what the command says when it is asked wrongly."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.errors import QuestionError
from resourcemap.project.calendar import CalendarAsked, Calendars, write_calendar
from resourcemap.project.months import month_of
from resourcemap.publish.calendar.ics import DAYS
from tests.publish.calendar.rereading import by_name, events_in, expected_by_name


def test_every_schedule_of_the_sample_comes_back(sample_project, tmp_path):
    project = sample_project.project
    report = write_calendar(project, tmp_path / "all.ics")
    released, last = project.released("map"), project.as_of + timedelta(days=DAYS)
    found = by_name((tmp_path / "all.ics").read_bytes())
    assert found == expected_by_name(released, project.schedules_of(released), project.as_of, last)
    assert len(found) > 80
    assert report.went_in["resources that may be shown"] == len(released.table)
    assert report.came_out["in the calendar"] + len(report.left_aside) == len(released.table)
    assert {row.reason for row in report.left_aside} >= {"has no fixed days", "the days are not understood"}


def test_an_area_and_kinds_narrow_both_forms_down(sample_project, tmp_path):
    project = sample_project.project
    asked = CalendarAsked(area="駅南", system="日常生活圏域", kinds=("サロン", "kids_cafeteria"))
    web = write_calendar(project, tmp_path / "a.ics", asked)
    kinds = {str(event["categories"].cats[0]) for event in events_in((tmp_path / "a.ics").read_bytes())}
    assert kinds == {"サロン", "子ども食堂"}
    assert 0 < web.went_in["resources that may be shown"] < 30
    assert "X-WR-CALNAME:駅南圏域（サロン・子ども食堂）" in (tmp_path / "a.ics").read_text(encoding="utf-8")


def text_of(path):
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(path))


def test_numbers_of_a_month_are_those_of_the_map_of_the_area(sample_project, tmp_path):
    month = month_of("2026-12")
    every = Calendars(sample_project.project, CalendarAsked(month=month))
    report = every.write(tmp_path / "a.pdf", "さくら台圏域")
    Calendars(sample_project.project, CalendarAsked(month=month, kinds=("子ども食堂",))).write(
        tmp_path / "b.pdf", "さくら台"
    )
    assert "さくら台圏域2026年12月の予定" in text_of(tmp_path / "a.pdf")
    assert "さくら台圏域（子ども食堂）2026年12月の予定" in text_of(tmp_path / "b.pdf")
    assert all("16:30〜19:008そらまめ食堂" in text_of(tmp_path / name) for name in ("a.pdf", "b.pdf"))
    assert report.left_aside == ()


@pytest.mark.parametrize(
    ("file", "asked", "message"),
    [
        ("a.txt", {}, "ends with .ics"),
        ("a.pdf", {}, "Name it, as in --month 2026-12"),
        ("a.ics", {"month": month_of("2026-12")}, "--month is for paper"),
        ("a.ics", {"area": "月面"}, r"--area \(日常生活圏域\): there is no 月面"),
        ("a.ics", {"area": "みほん"}, r"--area \(日常生活圏域\): there is no みほん"),
        ("a.ics", {"system": "町会"}, "--system: there is no 町会"),
        ("a.ics", {"kinds": ("さぼてん",)}, "--kind: there is no さぼてん"),
        ("a.ics", {"language": "fr"}, "--lang: there is no fr"),
    ],
)
def test_what_makes_no_sense_is_said(sample_project, tmp_path, file, asked, message):
    with pytest.raises(QuestionError, match=message):
        write_calendar(sample_project.project, tmp_path / file, CalendarAsked(**asked))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("month", ["2026-13", "12", "来月"])
def test_a_wrong_month_is_wrong_usage(sample_project, tmp_path, month):
    asked = ["calendar", "-p", str(sample_project.folder), "-o", str(tmp_path / "a.pdf"), "--month", month]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 2
    assert "is no month. Write it as 2026-12." in done.output


def test_the_command_writes_a_calendar(city, tmp_path):
    done = CliRunner().invoke(app, ["calendar", "-p", str(city), "-o", str(tmp_path / "a.ics"), "--area", "東圏域"])
    assert done.exit_code == 0, done.output
    assert "left aside: no days are written" in done.output
    assert (tmp_path / "a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
