"""The whole page in each of its languages: everything is said again, and nothing of the language before is left."""

import re

import pytest

from resourcemap.model.catalog import LANGUAGES
from resourcemap.publish.webmap.words import tag_of

pytestmark = pytest.mark.browser

# Every text and every name for the ear, but what somebody wrote (names of areas too), and languages by themselves.
OWN = """() => {
  const written = ".rm-given, [data-given], #rm-system, #rm-area, .leaflet-control-attribution";
  const given = `${written}, script, style, noscript, #rm-language`;
  const said = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.data.trim() && !node.parentElement.closest(given)) said.push(node.data.trim());
  }
  for (const name of ["aria-label", "title", "placeholder"]) {
    const named = [...document.querySelectorAll(`[${name}]`)].filter((each) => !each.closest(given));
    said.push(...named.map((each) => each.getAttribute(name)));
  }
  return [document.documentElement.lang, said];
}"""
STRANGE = {
    "ja": re.compile("[가-힣]|[A-Za-z]{4}"),
    "ja-easy": re.compile("[가-힣]|[A-Za-z]{4}"),
    "en": re.compile("[ぁ-ゖァ-ヺ㐀-鿿가-힣]"),
    "zh": re.compile("[ぁ-ゖァ-ヺ가-힣]|[A-Za-z]{4}"),
    "ko": re.compile("[ぁ-ゖァ-ヺ㐀-鿿]|[A-Za-z]{4}"),
}
SHARED = re.compile(r"Language|AED|Wi-Fi|Leaflet")


def choose(page, language):
    page.locator("#rm-language").select_option(language)


def assert_speaks(page, language):
    lang, said = page.evaluate(OWN)
    assert lang == tag_of(language)
    assert [text for text in said if STRANGE[language].search(SHARED.sub("", text))] == []
    return said


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_again(open_map, file, language):
    page = open_map(file)
    before = set(page.evaluate(OWN)[1])
    page.locator(".rm-entry").first.click()
    choose(page, language)
    page.locator("#rm-more summary").click()
    said = assert_speaks(page, language)
    same = {text for text in before & set(said) if re.search("[ぁ-ゖァ-ヺ㐀-鿿]", text)}
    if language in ("en", "ko"):
        assert same == set()
    page.locator("#rm-words").fill("ない名前")
    assert_speaks(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_opens_the_language(open_map, file, language):
    page = open_map(file)
    page.goto(f"{file.as_uri()}#lang={language}")
    page.reload()
    assert page.locator("#rm-language").input_value() == language
    assert_speaks(page, language)


def test_the_choice_keeps_the_focus_and_what_was_chosen(open_map, file):
    page = open_map(file)
    page.locator("#rm-words").fill("サロン")
    count = page.locator(".rm-entry").count()
    page.locator("#rm-language").focus()
    choose(page, "en")
    assert page.evaluate("document.activeElement.id") == "rm-language"
    assert page.locator(".rm-entry").count() == count
    assert page.locator("#rm-words").input_value() == "サロン"


def test_cards_stay_open_and_are_said_again(open_map, file):
    page = open_map(file)
    page.locator(".rm-entry").first.click()
    assert "日時" in page.locator("#rm-card").inner_text()
    choose(page, "ko")
    assert "일시" in page.locator("#rm-card").inner_text()


UNREAD = """() => {
  const given = ".rm-given, [data-given], ruby, option, script, style, noscript, svg, .leaflet-control-attribution";
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (/[\\u3400-\\u9fff]/.test(node.data) && !node.parentElement.closest(given)) found.push(node.data.trim());
  }
  return found;
}"""


@pytest.mark.parametrize("language", ["ja", "ja-easy"])
def test_readings_come_and_go_and_every_word_of_ours_has_them(open_map, file, language):
    page = open_map(file)
    choose(page, language)
    page.locator("#rm-more summary").click()
    page.locator(".rm-entry").first.click()
    before = page.locator(".rm-app").text_content()
    page.get_by_role("button", name="ふりがな").click()
    assert page.locator("ruby.rm-ruby").count() > 20
    assert page.evaluate(UNREAD) == []
    page.locator("#rm-words").fill("サロン")
    assert page.evaluate(UNREAD) == []
    page.locator("#rm-words").fill("")
    page.get_by_role("button", name="ふりがな").click()
    assert page.locator("ruby").count() == 0
    assert page.locator(".rm-app").text_content() == before


def test_readings_end_with_japanese(open_map, file):
    page = open_map(file)
    page.get_by_role("button", name="ふりがな").click()
    choose(page, "en")
    assert page.locator("ruby").count() == 0
    assert page.locator("#rm-ruby").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_may_open_in_any_language_and_have_that_one_alone(town, resources, tmp_path, open_map, language):
    path = town.write(resources, tmp_path / "one.html", language=language, languages=[language])
    assert f'<html lang="{tag_of(language)}">' in path.read_text(encoding="utf-8")
    page = open_map(path)
    assert page.locator("#rm-language").count() == 0
    assert_speaks(page, language)
