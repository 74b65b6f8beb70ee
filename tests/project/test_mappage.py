"""The map of a project: its languages and the address for changes, as resourcemap.toml says."""

import json

import pytest

from resourcemap.errors import ProjectError
from resourcemap.language import speaking
from resourcemap.project.mappage import map_page
from resourcemap.project.project import open_project


def page_of(city, settings="", language=None):
    path = city / "resourcemap.toml"
    text = path.read_text(encoding="utf-8")
    if language:
        text = text.replace("[project]\n", f'[project]\nlanguage = "{language}"\n')
    path.write_text(f"{text}\n[map]\n{settings}\n", encoding="utf-8")
    return json.loads(map_page(open_project(city)).data)


def test_a_page_speaks_five_languages_unless_told(city):
    page = page_of(city)
    assert page["languages"] == ["ja", "ja-easy", "en", "zh", "ko"]
    assert set(page["terms"]) == set(page["languages"])
    assert page["contact"] is None


@pytest.mark.parametrize(
    ("settings", "language", "found"),
    [
        ('languages = ["ja", "en"]', None, ["ja", "en"]),
        ('languages = ["en", "ja"]', "ja", ["ja", "en"]),
        ('languages = ["zh", "ko"]', "ja", ["zh", "ko"]),
        ('languages = ["ja-easy"]', "en", ["ja-easy"]),
        ("", "en", ["en", "ja", "ja-easy", "zh", "ko"]),
    ],
)
def test_a_project_chooses_languages_and_the_page_opens_in_its_own(city, settings, language, found):
    page = page_of(city, settings, language)
    assert (page["languages"], page["language"]) == (found, found[0])


def test_changes_are_told_to_the_office(city):
    assert page_of(city, 'contact = "chiiki@example.or.jp"')["contact"] == "chiiki@example.or.jp"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('languages = ["fr"]', "a list of languages such as"),
        ("languages = []", "a list of languages such as"),
        ('languages = "ja"', "languages"),
        ('contact = "chiiki"', "a mail address such as"),
        ('contact = "a@b.jp?cc=c@d.jp"', "a mail address such as"),
    ],
)
def test_settings_that_mean_nothing_are_refused(city, settings, message):
    with speaking("en"), pytest.raises(ProjectError, match=message):
        page_of(city, settings)
