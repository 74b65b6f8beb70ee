"""What the README promises."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from resourcemap.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def sample(tmp_path, monkeypatch):
    """A copy of the sample project as the working folder."""
    for name in ("data", "layers"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "resourcemap.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_python_example_runs(sample, capsys):
    [example] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102
    assert "500m" in capsys.readouterr().out
    assert (sample / "maps" / "map.html").is_file()


def test_every_command_is_in_the_table():
    described = set(re.findall(r"^\| `resourcemap (\w+)", README, re.MULTILINE))
    assert described == {command.name or command.callback.__name__ for command in app.registered_commands}


def test_every_link_and_picture_within_the_repository_is_there():
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
