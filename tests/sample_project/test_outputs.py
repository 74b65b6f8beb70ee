"""The sample project from init to its outputs: whole, and the same bytes whoever builds it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[2]
OUTPUTS = [
    *("coverage.csv", "embed.html", "gaps.csv", "gaps.html", "index.html", "left_aside.csv", "patches.geojson"),
    *("planning.html", "progress.xlsx", "released.json", "resources.xlsx", "standards.csv", "strengths.xlsx"),
]


@pytest.fixture(scope="module")
def again(sample_project, tmp_path_factory):
    """Another build, in another folder, by a process with other hashes, another clock and another time zone."""
    folder = tmp_path_factory.mktemp("again") / "another name"
    shutil.copytree(sample_project.folder, folder, ignore=shutil.ignore_patterns("maps"))
    command = [sys.executable, "-W", "error", "-m", "resourcemap", "build", "--json", "-p", str(folder)]
    more = {"RESOURCEMAP_LANG": "en", "PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=ROOT, env=os.environ | more, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return folder, {report["step"]: report for report in json.loads(done.stdout)}


def test_the_settings_of_the_repository_are_those_that_init_writes(sample_project):
    written = (sample_project.folder / "resourcemap.toml").read_bytes()
    assert written == (ROOT / "resourcemap.toml").read_bytes()
    assert written == files("resourcemap.sample").joinpath("resourcemap.toml").read_bytes()


def test_init_writes_what_the_repository_has(sample_project):
    for part in ("data", "layers"):
        names = {path.name for path in (sample_project.folder / part).iterdir()}
        assert names == {path.name for path in (ROOT / part).iterdir() if path.name != ".gitkeep"}


def test_a_build_makes_all_outputs_and_leaves_nothing_else(sample_project):
    assert sorted(path.name for path in (sample_project.folder / "maps").iterdir()) == OUTPUTS
    made = [file for report in sample_project.reports.values() for file in report.files]
    assert sorted(file.name for file in made if file.parent.name == "maps") == OUTPUTS
    assert {file.name for file in made if file.parent.name != "maps"} <= {"left_aside.csv", "duplicates.csv"}


def test_two_builds_give_the_same_bytes(sample_project, again):
    folder, _ = again
    first, second = (
        {path.name: path.read_bytes() for path in (each / "maps").iterdir()} for each in (sample_project.folder, folder)
    )
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_the_command_prints_what_the_library_returns(sample_project, again):
    _, printed = again
    for step, report in sample_project.reports.items():
        expected = json.loads(json.dumps(report.as_data()))
        assert [Path(file).name for file in printed[step].pop("files")] == [
            Path(file).name for file in expected.pop("files")
        ]
        assert printed[step] == expected


def test_no_output_names_a_folder_of_this_machine(sample_project):
    for path in (sample_project.folder / "maps").iterdir():
        assert str(sample_project.folder.parent).encode() not in path.read_bytes()


def test_nobody_drops_out(sample_project):
    reports = sample_project.reports
    rows, resources = reports["check"].went_in["rows"], len(sample_project.project.resources)
    asides = {step: len(report.left_aside) for step, report in reports.items()}
    whole_rows = sum(not row.column for row in reports["check"].left_aside)
    assert rows == resources + whole_rows
    located = reports["locate"].came_out
    assert resources == located["located"] + located["located to the block"] + asides["locate"]
    assert resources == reports["coverage"].came_out["counted"] + asides["coverage"]
    for step in ("map", "list"):
        assert resources == reports[step].went_in["resources"] == reports[step].came_out["shown"] + asides[step]
        assert len(reports[step].data) == reports[step].came_out["shown"]


def test_the_list_has_every_resource_that_the_map_has(sample_project):
    names = {row["name"] for row in sample_project.reports["map"].data}
    book = openpyxl.load_workbook(sample_project.folder / "maps" / "resources.xlsx")
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    text = "\n".join(cells)
    assert [name for name in names if name not in text] == []
