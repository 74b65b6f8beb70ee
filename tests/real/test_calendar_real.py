"""Calendars of real lists say exactly the days and hours that are read from their schedules."""

from datetime import timedelta
from pathlib import Path

import pytest

from resourcemap.project.calendar import CalendarAsked, write_calendar
from resourcemap.project.months import month_of
from resourcemap.project.project import open_project
from resourcemap.publish.calendar.ics import DAYS
from tests.publish.calendar.rereading import by_name, expected_by_name

pytestmark = pytest.mark.real

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", ["toshima", "takamatsu"])
def test_every_schedule_comes_back(real, tmp_path, name):  # noqa: ARG001 (skips where there is no data)
    project = open_project(HERE / name)
    report = write_calendar(project, tmp_path / "a.ics")
    released, last = project.released("map"), project.as_of + timedelta(days=DAYS)
    found = by_name((tmp_path / "a.ics").read_bytes())
    assert found == expected_by_name(released, project.schedules_of(released), project.as_of, last)
    assert report.came_out["in the calendar"] > 10
    month = write_calendar(project, tmp_path / "a.pdf", CalendarAsked(month=month_of("2026-12")))
    assert month.came_out["shown"] == len(project.released("paper").table)
