"""The plan of a project: its standards in its own words, judged as the library judges them, named through the gate."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.errors import ProjectError
from resourcemap.measure.tidy import WHOLE
from resourcemap.plan.patches.unserved import patches_of
from resourcemap.plan.standards.entries import read_standards
from resourcemap.plan.standards.judging import COLUMNS, judge, standard_figures
from resourcemap.project.project import open_project

STANDARDS = """
[[standards]]
name = "サロンが近い"
theme = "高齢者の居場所"
kinds = "サロン"
audience = "65歳以上"
distance = 400
threshold = 0.9

[[standards]]
name = "区域に子ども食堂"
kinds = ["子ども食堂"]
per = "区域"
threshold = 1
system = "圏域"

[[standards]]
preset = "safety"
"""


@pytest.fixture
def planned(city):
    with (city / "resourcemap.toml").open("a", encoding="utf-8") as file:
        file.write(STANDARDS)
    return city


def run(folder):
    done = CliRunner().invoke(app, ["gaps", "--json", "-p", str(folder)])
    assert (done.exit_code, done.stderr) == (0, "")
    (report,) = json.loads(done.stdout)
    return report


def plain(table):
    """A table as JSON holds it."""
    return json.loads(pd.DataFrame(table).to_json(orient="records", force_ascii=False, double_precision=6))


def test_the_plan_of_a_project_is_that_of_the_library(planned):
    project = open_project(planned)
    systems = ["圏域", "学区"]
    standards = read_standards(project.settings.standards, project.catalog, systems)
    assert project.standards == standards
    assert [standard.name for standard in standards][:2] == ["サロンが近い", "区域に子ども食堂"]
    pd.testing.assert_frame_equal(project.judged, judge(project.situation, standards))
    pd.testing.assert_frame_equal(project.standard_figures, standard_figures(project.situation, standards))
    assert project.patches.equals(patches_of(project.situation, standards, project.blocks))
    assert set(project.asked_metres) == {400, 800, 300}
    assert project.reach.limit >= 800


def test_what_the_command_prints_is_what_the_library_returns(planned):
    report, project = run(planned), open_project(planned)
    assert report["standards"] == plain(project.judged)
    assert report["patches"] == plain(project.patches.drop(columns="geometry"))
    assert report["in"]["standard x area"] == len(project.judged) > 0
    assert report["out"]["not met"] == (project.judged["met"] == "unmet").sum() > 0
    inside = project.judged[(project.judged["system"] == "圏域") & (project.judged["rank"] > 0)]
    assert report["notes"][:5] == inside.sort_values("rank")["sentence"].head(5).tolist()


def test_files_hold_what_was_judged(planned):
    run(planned)
    project, maps = open_project(planned), planned / "maps"
    table = pd.read_csv(maps / "standards.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert len(table) == len(project.judged)
    assert table["説明"].tolist() == project.judged["sentence"].tolist()
    assert table["届かない人・ない区域の人"].astype(int).tolist() == project.judged["without"].tolist()
    assert "NA" not in (maps / "standards.csv").read_text(encoding="utf-8-sig")
    found = gpd.read_file(maps / "patches.geojson")
    assert found["届かない人"].tolist() == project.patches["people"].tolist()
    page = (maps / "gaps.html").read_text(encoding="utf-8")
    signs = project.judged["met"].map({"met": "○", "unmet": "×", "unknown": "？", "no_data": "－"})
    for sign, number in signs.value_counts().items():
        assert page.count(f">{sign}</td>") == number


def test_patches_and_those_left_out_of_them_are_all_who_are_without(planned):
    project = open_project(planned)
    whole = project.judged[(project.judged["system"] == WHOLE) & project.judged["distance_m"].notna()]
    for row in whole.to_dict("records"):
        inside = project.patches.loc[project.patches["standard"] == row["standard"], "people"].sum()
        assert row["met"] in ("unmet", "met")
        if row["met"] == "unmet":
            assert inside + project.patches.attrs["fewer"][row["standard"]]["people"] == row["without"]


def test_a_row_without_consent_counts_but_is_named_nowhere(planned):
    """西町 has one salon that is open: ないしょの会, without consent."""
    report, project = run(planned), open_project(planned)
    judged = project.judged[project.judged["standard"] == "サロンが近い"]
    hidden = project.located.index[project.located["name"] == "ないしょの会"][0]
    position = project.located.index.get_loc(hidden)
    assert position in judged["nearest_position"].tolist()
    assert judged.loc[judged["nearest_position"] == position, "nearest"].isna().all()
    assert "名前を出していない所" in "".join(judged["sentence"])
    assert "ないしょ" not in json.dumps(report, ensure_ascii=False)
    assert not [path for path in (planned / "maps").iterdir() if "ないしょ".encode() in path.read_bytes()]


def test_a_project_without_standards_judges_none_and_finds_patches_of_its_kinds(city):
    report, project = run(city), open_project(city)
    assert project.standards == []
    assert report["standards"] == []
    assert list(project.judged.columns) == list(COLUMNS)
    assert set(project.patches["standard"]) <= {"サロン", "子ども食堂"}
    assert not (city / "maps" / "standards.csv").exists()
    assert 'id="standards"' not in (city / "maps" / "gaps.html").read_text(encoding="utf-8")


def test_without_people_nothing_is_judged(planned):
    toml = planned / "resourcemap.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('[people]\nfile = "data/人口.csv"\n', ""), encoding="utf-8"
    )
    project = open_project(planned)
    assert (project.situation, project.judged, project.patches, project.standard_figures) == (None, None, None, None)


def test_faults_name_the_file(planned):
    with (planned / "resourcemap.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[standards]]\nname = "だめ"\nkinds = "サロソ"\nthreshold = 80\n')
    with pytest.raises(ProjectError) as error:
        _ = open_project(planned).standards
    assert [fault.split(":")[0] for fault in error.value.faults] == ["resourcemap.toml"] * 2
