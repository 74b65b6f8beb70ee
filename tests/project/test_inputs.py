"""What no pattern takes for an input: files that programs keep beside others, and what resourcemap itself keeps."""

from __future__ import annotations

import pytest

from resourcemap.errors import ProjectError
from resourcemap.project.project import open_project


def project_of(folder, pattern):
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data/a.csv").write_text("種類,名称\nサロン,A\n", encoding="utf-8")
    (folder / "resourcemap.toml").write_text(f'[[resources]]\nfile = "{pattern}"\n', encoding="utf-8")
    return open_project(folder)


@pytest.mark.parametrize("pattern", ["data/*", "data/*.csv", "*/*.csv", "**/*.csv"])
def test_no_pattern_takes_the_history_or_a_backup(tmp_path, pattern):
    project = project_of(tmp_path, pattern)
    for name in ("data/history.csv", "internal/backup/data/a.20261121-200000.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("種類,名称\nサロン,むかしの名\n", encoding="utf-8")
    assert project.resources["name"].tolist() == ["A"]
    told = {entry["file"]: entry["reason"] for entry in project.left_aside}
    assert told["history.csv"] == "a history or a backup of resourcemap, never an input"
    assert ("a.20261121-200000.csv" in told) == (pattern == "**/*.csv")


def test_the_history_cannot_be_named_either(tmp_path):
    project = project_of(tmp_path, "data/../data/history.csv")
    with pytest.raises(ProjectError, match=r"data/history\.csv is the history of merges and no input"):
        _ = project.resources


def test_a_list_of_that_name_elsewhere_is_an_input(tmp_path):
    project = project_of(tmp_path, "lists/*.csv")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists/history.csv").write_text("種類,名称\nサロン,B\n", encoding="utf-8")
    assert project.resources["name"].tolist() == ["B"]
