"""The figures of gaps are those of the tables."""

from __future__ import annotations

import json

import pytest

from resourcemap.errors import InputError
from resourcemap.language import speaking


def test_a_distance_that_was_not_measured_is_refused(town, resources):
    with pytest.raises(InputError, match=r"not measured at 700 m .it has 500."):
        town.page(resources, metres=700)


def test_messages_are_japanese_for_japanese_users(town, resources):
    with speaking("ja"), pytest.raises(InputError, match="700mの数字がありません"):
        town.page(resources, metres=700)


def test_the_people_of_an_area_without_data_are_not_zero(town, resources, coverage):
    unknown = coverage.assign(no_data=coverage["area_id"] == "e")
    found = json.loads(town.page(resources, coverage=unknown).data)["gaps"]["systems"][0]
    assert [kind["people"] for kind in found] == [[400, None], [900, None]]


def test_figures_are_those_of_coverage(data):
    salon = data["gaps"]["systems"][0][0]
    assert (salon["people"], salon["beyond"], salon["outside"]) == ([400, 300], [100, 300], 7)
    assert salon["sentences"] == ["西圏域の文。", "東圏域の文。"]
