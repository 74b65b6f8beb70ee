"""The record counts what is shown and what is not, per output, and holds no name."""

from __future__ import annotations

import json

import pytest

from resourcemap.project.project import open_project
from resourcemap.project.record import RECORD


@pytest.fixture
def recorded(city):
    def build(settings=""):
        with (city / "resourcemap.toml").open("a", encoding="utf-8") as file:
            file.write(settings)
        project = open_project(city)
        reports = project.build()
        return project, reports, json.loads((city / RECORD).read_text(encoding="utf-8"))

    return build


def test_every_output_with_rows_or_figures_is_there_and_adds_up(recorded):
    project, reports, told = recorded()
    written = {path.name for report in reports for path in report.files}
    without_rows = {"released.json", "left_aside.csv", "embed.html"}
    assert {name.removeprefix("maps/") for name in told} == written - without_rows
    for name in ("maps/index.html", "maps/resources.xlsx"):
        counts = told[name]
        assert counts["shown"] + sum(counts["withheld"].values()) == len(project.located)
    assert told["maps/coverage.csv"]["names_from"] is None
    assert told["maps/gaps.csv"]["names_from"] == "list"


def test_it_holds_no_name(recorded):
    project, _, told = recorded()
    text = json.dumps(told, ensure_ascii=False)
    assert not [name for name in project.located["name"] if name in text]


def test_spots_that_may_not_be_told_are_counted_where_figures_rest_on_them(recorded):
    _, _, told = recorded('\n[consent]\nfigures = "exact"\n')
    figures = told["maps/coverage.csv"]["figures"]
    assert figures["at_their_block"] == 0
    assert figures["at_spots_not_to_be_told"] <= figures["not_shown_anywhere"] <= figures["counted"]
