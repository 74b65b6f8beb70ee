"""The planning map of a project: what it is given, where it goes, and what it does not tell."""

from __future__ import annotations

import json
import shutil

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.errors import ProjectError
from resourcemap.project.planningmap import FILE, outlines_of, planning_asked
from resourcemap.project.project import open_project
from resourcemap.project.steps import run
from resourcemap.publish.webmap.planning import planning_data


def write(city, text, name="resourcemap.toml"):
    path = city / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return city


def data_of(path):
    text = path.read_text(encoding="utf-8")
    return json.loads(text.split('id="rm-data">')[1].split("</script>")[0])


def test_it_has_the_tables_of_the_project(city):
    project = open_project(city)
    planning = project.planning
    assert planning.coverage is project.measures
    assert (planning.gaps is project.gaps, planning.patches is project.patches) == (True, True)
    assert planning.metres == project.distance
    assert set(planning.portraits) == {
        (system, area)
        for system, area in zip(project.areas["system"], project.areas["area_id"].astype(str), strict=True)
    }
    assert planning.comparison is planning.since is planning.sites is None


def test_a_build_writes_it_beside_the_public_map_which_has_no_figures(city):
    project = open_project(write(city, '\n[map]\nplanning = "maps/planning.html"\n'))
    steps = {report.step: report for report in project.build()}
    assert [path.name for path in steps["planning"].files] == ["planning.html"]
    assert "planning" in data_of(city / "maps" / "planning.html")
    public = (city / "maps" / "index.html").read_text(encoding="utf-8")
    assert "planning" not in data_of(city / "maps" / "index.html")
    assert "share_within" not in public
    told = json.loads((city / "maps" / "released.json").read_text(encoding="utf-8"))["maps/planning.html"]
    assert {"shown", "withheld", "figures"} <= set(told)


def test_without_being_asked_for_there_is_none(city):
    steps = [report.step for report in open_project(city).build()]
    assert "planning" not in steps
    assert not (city / FILE).exists()


def test_the_command_writes_it_into_the_internal_folder(city):
    done = CliRunner().invoke(app, ["map", "-p", str(city), "--planning"])
    assert done.exit_code == 0, done.output
    assert "planning" in data_of(city / FILE)


def test_one_file_cannot_be_both_maps(city):
    project = open_project(write(city, '\n[map]\nplanning = "maps/index.html"\n'))
    with pytest.raises(ProjectError, match=r"\[map\] planning"):
        run(project, ["map"])


def test_without_people_a_build_makes_the_public_map_alone_and_the_command_says_why(city):
    settings = city / "resourcemap.toml"
    text = settings.read_text(encoding="utf-8").replace('[people]\nfile = "data/人口.csv"\n', "")
    settings.write_text(text + '\n[map]\nplanning = "maps/planning.html"\n', encoding="utf-8")
    assert not planning_asked(open_project(city))
    open_project(city).build()
    assert not (city / "maps" / "planning.html").exists()
    done = CliRunner().invoke(app, ["map", "-p", str(city), "--planning"])
    assert done.exit_code == 1
    assert "[people]" in done.output


def test_since_shows_what_changed_and_asks_for_the_planning_map(city, tmp_path):
    old = tmp_path / "old"
    shutil.copytree(city, old)
    settings = old / "resourcemap.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("2026-11-01", "2025-11-01"), encoding="utf-8")
    alone = CliRunner().invoke(app, ["map", "-p", str(city), "--since", str(old)])
    assert alone.exit_code == 2
    done = CliRunner().invoke(app, ["map", "-p", str(city), "--planning", "--since", str(old)])
    assert done.exit_code == 0, done.output
    planning = data_of(city / FILE)["planning"]
    assert planning["since"] == "2025-11-01"
    figures = planning["figures"]
    names = [measure["id"] for measure in figures["measures"]]
    cases = {(names[measure], *case): at for at, (measure, *case, _) in enumerate(figures["list"])}
    changed = {case: at for (name, *case), at in cases.items() if name == "difference" for case in [tuple(case)]}
    assert changed
    sure = figures["systems"][0]["sure"]
    assert all(sure[at] == sure[cases["within", *case]] for case, at in changed.items())
    assert any(sure[at] for at in changed.values())


def test_candidates_of_the_settings_are_shown_with_those_to_open_first(city):
    (city / "data" / "会場.csv").write_text(
        "名称,緯度,経度\n東会館,34.955,139.715\n西会館,34.955,139.705\n", encoding="utf-8"
    )
    project = open_project(write(city, '\n[sites]\ncandidates = "data/会場.csv"\n'))
    sites = planning_data(project.planning, project.areas, catalog=project.catalog)["sites"]
    assert [sorted(each["name"]) for each in sites] == [["東会館", "西会館"]] * 2
    assert all(1 in each["order"] for each in sites)


def test_hidden_places_are_in_the_middle_of_their_block_or_have_no_outline(city):
    (city / "data" / "増.csv").write_text(
        "種類,名称,緯度,経度,承諾\nサロン,ひみつの会,34.9533,139.7122,\n", encoding="utf-8"
    )
    project = open_project(write(city, '\n[[resources]]\nfile = "data/増.csv"\n'))
    assert project.planning.hidden == {"salon": 1}
    assert set(outlines_of(project)["kind"]) == {"salon", "kids_cafeteria"}
    exact = open_project(write(city, '\n[consent]\nfigures = "正確"\n'))
    assert (exact.planning.exactly, exact.planning.outlines) == (True, None)
    [report] = run(exact, ["planning"])
    assert any("office" in note or "外に出さない" in note for note in report.notes)


def test_outlines_are_those_of_straight_lines(city):
    outlines = outlines_of(open_project(city))
    assert sorted(outlines["distance_m"].unique()) == sorted(open_project(city).distances)
    longer = outlines_of(open_project(write(city, "\n[reach]\ndetour = 2\n")))
    salon = [table.to_crs(6677).loc[table["kind"] == "salon"].geometry.iloc[0] for table in (outlines, longer)]
    assert salon[1].area < salon[0].area / 3
