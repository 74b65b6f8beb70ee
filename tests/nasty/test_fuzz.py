"""A few hundred changed inputs from fixed seeds; `make fuzz` tries as many as there is time for."""

from __future__ import annotations

import pytest

from tests.nasty import town
from tests.nasty.building import require_refused
from tests.nasty.fuzz import attempt


@pytest.mark.parametrize(("target", "count"), [("readers", 150), ("texts", 30), ("settings", 40), ("builds", 3)])
def test_nothing_but_a_message_comes_out(target, count):
    assert [found for number in range(count) if (found := attempt(target, 20261101, number))] == []


# What fuzzing found.


@pytest.mark.parametrize("name", ["x" * 500, "data/" + "あ" * 100 + ".csv", "a/" * 600])
def test_a_name_too_long_for_any_disk_is_refused(tmp_path, name):
    folder = town.write_town(tmp_path / "town")
    town.swap(folder, town.TOML, "data/people.csv", name)
    require_refused(folder, "too long to be the name of a file")


@pytest.mark.parametrize("setting", ['polygons = "layers/schools.geojson"', 'file = "data/people.csv"'])
def test_an_empty_list_of_files_is_refused(tmp_path, setting):
    folder = town.write_town(tmp_path / "town")
    town.swap(folder, town.TOML, setting, f"{setting.partition(' ')[0]} = []")
    require_refused(folder, "a file is asked for and none is named")
