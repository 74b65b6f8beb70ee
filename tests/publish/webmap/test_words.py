"""The words of the page: the same in five languages, none left blank, every kanji with its reading."""

import re
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.model.catalog import LANGUAGES, load_catalog
from resourcemap.publish.webmap.planning import planning_words
from resourcemap.publish.webmap.words import (
    day_in,
    languages_in_order,
    readings,
    readings_of,
    tag_of,
    terms_of,
    words_in,
    words_of,
)

FOLDER = Path(__file__).parents[3] / "resourcemap" / "publish" / "webmap"
PHRASES = FOLDER.parents[1] / "model" / "schedule" / "phrases.toml"
SCRIPTS = sorted((FOLDER / "static").rglob("*.js"))
BLANK = re.compile(r"\{(\w+)(?::([^|}]+)\|([^}]+))?\}")
HANGUL, KANA, KANJI = re.compile("[가-힣]"), re.compile("[ぁ-ゖァ-ヺ]"), re.compile("[㐀-鿿々]")
LATIN = re.compile("JavaScript|Language|km|m(?![a-z])")
# Traditional or Japanese forms of letters that stand in these words.
NOT_SIMPLIFIED = re.compile("[図気時間対電話語営団駅歳広個関門開閉見設備場報運動項認確変発経読書訪問続頁検種類條據]")
PASSIVE = re.compile("され|られ")
LONGEST = 30


def blanks_of(word):
    return {name for name, _, _ in BLANK.findall(word)}


def said_in(language):
    """All words, those of the planning layers too."""
    return words_in(language) | planning_words(language)


def plain(word):
    """The words of a sentence without its blanks and the names that all languages share."""
    return LATIN.sub("", BLANK.sub("", word))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words(language):
    assert list(said_in(language)) == list(said_in("ja"))
    assert {key: blanks_of(word) for key, word in said_in(language).items()} == {
        key: blanks_of(word) for key, word in said_in("ja").items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_blank_or_malformed(language):
    for key, word in said_in(language).items():
        assert word.strip(), key
        assert "{" not in BLANK.sub("", word), key
        assert not re.search(r"[<>&]|\s{2}(?!$)", word.replace("\n", "")), key


@pytest.mark.parametrize("language", ["ja", "ja-easy", "zh", "ko"])
def test_only_english_tells_one_from_several(language):
    assert not [key for key, word in said_in(language).items() if any(several for _, _, several in BLANK.findall(word))]


def test_english_is_english():
    for key, word in said_in("en").items():
        assert not HANGUL.search(word), key
        assert not KANA.search(word), key
        assert not KANJI.search(word), key


def test_chinese_is_chinese_and_simplified():
    for key, word in said_in("zh").items():
        assert not KANA.search(word), key
        assert not HANGUL.search(word), key
        assert not NOT_SIMPLIFIED.search(word), key
        assert not re.search("[A-Za-z]", plain(word)), key
        assert not re.search(r"[,?!;:()](?!\d)|\.$", plain(word)), key


def test_korean_is_korean():
    for key, word in said_in("ko").items():
        assert not KANA.search(word), key
        assert not KANJI.search(word), key
        assert not re.search("[A-Za-z]", plain(word)), key
        assert not re.search("[、。（）：]", word), key


def test_easy_japanese_is_easy():
    for key, word in said_in("ja-easy").items():
        assert not PASSIVE.search(word), key
        for sentence in re.split(r"[。\n]", word):
            assert len(plain(sentence)) <= LONGEST * 2, key
            assert all(len(part) <= LONGEST for part in re.split("[ 、：]", plain(sentence))), key
            assert len(KANJI.findall(sentence)) <= 10, key
        assert not any(len(run) > 3 for run in re.findall("[㐀-鿿々]+", word)), key


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_word_that_a_script_says_is_there(script):
    said = set(re.findall(r"""\bsay\(\s*"(\w+)\"""", script.read_text(encoding="utf-8")))
    assert said <= set(said_in("ja"))


def test_every_word_is_said_somewhere():
    """By its whole name, or as one of a family: since_${n}."""
    frame = (FOLDER / "static" / "page.html").read_text(encoding="utf-8")
    code = "\n".join([frame, *(script.read_text(encoding="utf-8") for script in SCRIPTS)])
    families = tuple(set(re.findall(r"`((?:[a-z]+_)+)\$\{", code)))
    named = set(re.findall(r"""["'$](\w+)""", code))
    assert [word for word in said_in("ja") if word not in named and not word.startswith(families)] == []


def test_every_word_of_the_frame_is_there():
    frame = (FOLDER / "static" / "page.html").read_text(encoding="utf-8")
    said = set(re.findall(r'data-say(?:-\w+)?="(\w+)"', frame))
    assert said
    assert said <= set(said_in("ja"))


def test_words_and_terms_of_some_languages():
    assert set(words_of(["ja", "en"])) == {"ja", "en"}
    catalog = load_catalog()
    for language, terms in terms_of(catalog, LANGUAGES).items():
        assert [len(terms[group]) for group in ("kinds", "themes", "audiences", "facilities")] == [
            len(group) for group in (catalog.kinds, catalog.themes, catalog.audiences, catalog.facilities)
        ], language
        assert not [label for label in terms["audiences"] if re.search("[（(]", label)], language
    assert terms_of(catalog, ["ko"])["ko"]["audiences"][1] == "어르신"


def test_the_first_language_is_shown_first():
    assert languages_in_order("ja") == LANGUAGES
    assert languages_in_order("ko")[:2] == ("ko", "ja")
    assert languages_in_order("ja", ["en", "ja", "en"]) == ("ja", "en")
    assert languages_in_order("ja-easy", []) == ("ja-easy",)


@pytest.mark.parametrize(("first", "asked"), [("fr", None), ("ja", ["ja", "fr"])])
def test_a_language_that_is_not_spoken_is_refused(first, asked):
    with speaking("en"), pytest.raises(InputError, match=r"no page in language 'fr'. Known: ja, ja-easy, en, zh, ko"):
        languages_in_order(first, asked)


def test_days_are_written_as_the_language_does():
    day = date(2026, 4, 1)
    assert {language: day_in(day, language) for language in LANGUAGES} == {
        **dict.fromkeys(("ja", "ja-easy", "zh"), "2026年4月1日"),
        "en": "1 April 2026",
        "ko": "2026년 4월 1일",
    }
    assert [tag_of(language) for language in LANGUAGES] == ["ja", "ja", "en", "zh-Hans", "ko"]


def test_readings_come_with_japanese_alone():
    assert readings_of(["zh", "en"]) is None
    assert readings_of(["en", "ja"]) == readings()


def test_readings_are_hiragana_in_their_order():
    for group, table in readings().items():
        assert all(re.fullmatch("[ぁ-ゖー]+", reading) for reading in table.values()), group
        assert all(KANJI.search(word) for word in table), group
    text = (FOLDER / "words" / "readings.toml").read_text(encoding="utf-8").split("\n\n")[1]
    written = list(tomllib.loads(text)["words"].items())
    assert all((one[1], one[0]) < (two[1], two[0]) for one, two in pairwise(written))


@pytest.mark.parametrize("group", ["numbers", "alone"])
def test_behind_a_figure_and_alone_stand_single_letters(group):
    assert {len(word) for word in readings()[group]} == {1}


def test_kana_of_a_word_stand_in_its_reading():
    for word, reading in readings()["words"].items():
        pattern = re.sub("[㐀-鿿々0-9]+", ".+", word)
        assert re.fullmatch(pattern, reading), word


def test_no_reading_is_there_for_nothing():
    catalog = load_catalog()
    groups = (catalog.kinds, catalog.themes, catalog.audiences, catalog.facilities)
    labels = [entry.label(language) for group in groups for entry in group.values() for language in ("ja", "ja-easy")]
    said = "\n".join([*said_in("ja").values(), *said_in("ja-easy").values(), *labels, PHRASES.read_text("utf-8")])
    words = [word for word in readings()["words"] if not re.match(r"\d", word)]
    assert [word for word in words if word not in said] == []
