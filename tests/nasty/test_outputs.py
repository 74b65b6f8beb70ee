"""Outputs stay inside the project, whatever the settings name and wherever links lead."""

from __future__ import annotations

import pytest

from tests.nasty import town
from tests.nasty.building import build, require_refused, tree

OUTSIDE = ["../x.html", "../../x.html", "/x.html", "maps/../../x.html"]
UNSAFE = [
    "C:\\\\x.html",
    "maps/CON.html",
    "con",
    "maps/nul.txt",
    "maps/x.html.",
    "a:b",
    "maps/x|y.html",
    "maps/...",
]


@pytest.mark.parametrize(("section", "key"), [("map", "file"), ("list", "file"), ("gaps", "csv"), ("coverage", "csv")])
@pytest.mark.parametrize("name", OUTSIDE)
def test_an_output_outside_of_the_project_is_refused(tmp_path, section, key, name):
    folder = town.write_town(tmp_path / "a" / "town")
    add(folder, section, key, name)
    before = tree(tmp_path)
    require_refused(folder, f"[{section}] {key} {name} would be written outside of the project's folder")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", UNSAFE)
def test_a_name_that_windows_cannot_use_is_refused(tmp_path, name):
    folder = town.write_town(tmp_path / "town")
    add(folder, "map", "file", name)
    require_refused(folder, "is no name that Windows can use")


@pytest.mark.parametrize("name", ["maps", "internal"])
def test_a_link_that_leads_outside_is_refused(tmp_path, name):
    folder = town.write_town(tmp_path / "town")
    (tmp_path / "elsewhere").mkdir()
    (folder / name).symlink_to(tmp_path / "elsewhere")
    done = build(folder)
    assert done.exit_code == 1
    assert "would be written outside of the project's folder, perhaps by a link" in done.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_name_that_no_system_can_use_is_refused(tmp_path):
    folder = town.write_town(tmp_path / "town")
    add(folder, "map", "file", "maps/a\\u0000b")
    require_refused(folder, "[map] holds a character that no name can have")


def test_remembered_places_stay_inside(tmp_path):
    folder = town.write_town(tmp_path / "town")
    town.swap(folder, town.TOML, "[people]", '[locate]\nplaces = "../places.csv"\n[people]')
    require_refused(folder, "[locate] places ../places.csv would be written outside")


def test_a_project_behind_a_link_is_built(tmp_path):
    town.write_town(tmp_path / "town")
    (tmp_path / "link").symlink_to(tmp_path / "town")
    assert build(tmp_path / "link").exit_code == 0


def add(folder, section, key, name):
    text = (folder / town.TOML).read_text(encoding="utf-8")
    header = f"[{section}]\n"
    line = f'{key} = "{name}"\n'
    text = text.replace(header, header + line) if header in text else f"{text}\n{header}{line}"
    town.put(folder, town.TOML, text)
