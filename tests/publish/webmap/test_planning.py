"""A planning map says what it was given and nothing else, in every language; a public map has nothing of it."""

from __future__ import annotations

import json

import pytest

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.publish.webmap.planning import Planning, planning_data, planning_words
from resourcemap.publish.webmap.words import LANGUAGES


def test_a_measure_without_a_name_is_refused(areas, catalog, coverage):
    with speaking("en"), pytest.raises(InputError, match=r"measures have no name \(people, within"):
        planning_data(Planning(coverage=coverage), areas, catalog=catalog)
    with speaking("ja"), pytest.raises(InputError, match="数字の名前がありません"):
        planning_data(Planning(coverage=coverage), areas, catalog=catalog)


def test_a_planning_map_needs_areas(catalog):
    with speaking("en"), pytest.raises(InputError, match="needs areas"):
        planning_data(Planning(), None, catalog=catalog)
    with speaking("ja"), pytest.raises(InputError, match="区域が要ります"):
        planning_data(Planning(), None, catalog=catalog)


def test_nothing_is_written_that_was_not_given(written):
    assert written(Planning()) == {"metres": 500}


def test_the_words_are_the_same_in_every_language():
    words = {language: planning_words(language) for language in LANGUAGES}
    assert len({frozenset(each) for each in words.values()}) == 1
    assert all(text.strip() for each in words.values() for text in each.values())


def test_a_public_map_has_nothing_of_it(town, resources):
    page = town.page(resources)
    assert "planning" not in json.loads(page.data)
    assert "PlanningLayers" not in page.code
    assert "rm-planning" not in page.style
