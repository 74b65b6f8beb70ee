"""A new project is there whole or not at all, and a start that was cut short can be made again."""

from __future__ import annotations

import pytest

from resourcemap.errors import InputError
from resourcemap.files.desk import NAME as DESK
from resourcemap.project.start import start_project


@pytest.mark.parametrize("sample", [False, True])
def test_a_start_that_fails_leaves_nothing(tmp_path, monkeypatch, sample):
    renamed = type(tmp_path).replace

    def full(path, target):
        if target.name == "resourcemap.toml":
            raise OSError(28, "No space left on device", str(target))
        return renamed(path, target)

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", full)
        with pytest.raises(InputError, match=r"resourcemap\.toml: the disk is full"):
            start_project(tmp_path / "city", sample=sample)
    assert list(tmp_path.iterdir()) == []
    assert all(path.is_file() for path in start_project(tmp_path / "city", sample=sample))


def test_a_start_that_was_killed_can_be_made_again(tmp_path):
    for name in ("data", "layers"):
        (tmp_path / name / DESK).mkdir(parents=True)
        (tmp_path / name / DESK / "new-1.csv").write_text("half", encoding="utf-8")
    start_project(tmp_path, sample=True)
    assert not (tmp_path / "data" / DESK).exists()
    assert not (tmp_path / "layers" / DESK).exists()
