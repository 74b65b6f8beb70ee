"""Schedules in four languages: one walk, and a phrase for everything in each of them."""

import re
import tomllib
from pathlib import Path

import pytest

from resourcemap.model.schedule.wording import WORDED, worded
from resourcemap.read.schedules.parse import read_schedule

PHRASES = Path(__file__).parents[3] / "resourcemap" / "model" / "schedule" / "phrases.toml"
CORPUS = Path(__file__).parents[2] / "read" / "schedules" / "corpus.toml"
TABLES = tomllib.loads(PHRASES.read_text(encoding="utf-8"))
TEXTS = [entry["is"] for entry in tomllib.loads(CORPUS.read_text(encoding="utf-8"))["text"]]
# English alone says once and twice.
OWN = {"en": {"once", "twice"}}
STRANGE = {
    "en": re.compile("[^\\x00-\\x7f–]"),
    "zh": re.compile("[A-Za-zぁ-ゖァ-ヺ가-힣]"),
    "ko": re.compile("[A-Za-zぁ-ゖァ-ヺ一-鿿]"),
    "ja-easy": re.compile("[A-Za-z가-힣]"),
}


def test_every_language_has_the_same_phrases_of_the_same_kind():
    assert tuple(TABLES) == WORDED
    for language, phrases in TABLES.items():
        assert list(phrases) == [name for name in TABLES["en"] if name not in OWN["en"] or language == "en"]
        assert list(phrases["moves"]) == list(TABLES["en"]["moves"])
        assert list(phrases["nths"]) == list(TABLES["en"]["nths"])
        assert (len(set(phrases["weekdays"])), len(set(phrases["months"]))) == (7, 12)


@pytest.mark.parametrize("language", WORDED)
def test_blanks_of_a_phrase_are_those_of_the_walk(language):
    for name, phrase in TABLES[language].items():
        if not isinstance(phrase, str) or name == "fortnightly":
            continue
        blanks = set(re.findall(r"\{(\w+)\}", phrase))
        assert blanks == set(re.findall(r"\{(\w+)\}", TABLES["en"][name])), name
    assert "{weekdays}" in TABLES[language]["fortnightly"]


@pytest.mark.parametrize("language", WORDED)
def test_nothing_of_another_language_is_in_a_schedule(language):
    for text in TEXTS:
        schedule = read_schedule(text)
        if schedule.understood != "all" or schedule.remarks:
            continue
        words = worded(schedule, language)
        assert not STRANGE[language].search(words), text
        assert not re.search(r"[{}]|None", words), text


@pytest.mark.parametrize("language", WORDED)
def test_schedules_that_mean_the_same_are_said_the_same_and_others_are_not(language):
    said = {}
    for text in TEXTS:
        schedule = read_schedule(text)
        rules = [*schedule.rules, *schedule.remarks]
        said.setdefault(worded(schedule, language), set()).add(str(rules))
    assert max(map(len, said.values())) <= 2


@pytest.mark.parametrize(
    ("text", "zh", "ko", "easy"),
    [
        ("毎日", "每天", "매일", "毎日"),
        (
            "毎週水曜 14時〜16時",
            "每周三 14:00–16:00",
            "매주 수요일 14:00~16:00",
            "毎週 水曜日 14:00から 16:00まで",
        ),
        (
            "第1・第3火曜 10:00〜12:00、8月は休み",
            "每月第1个、第3个周二 10:00–12:00，8月除外",
            "매월 첫째·셋째 화요일 10:00~12:00, 8월 제외",
            "毎月 1回目と 3回目の 火曜日 10:00から 12:00まで。 8月は 休み",
        ),
        (
            "毎月最終土曜日 13時から",
            "每月最后一个周六 13:00起",
            "매월 마지막 토요일 13:00부터",
            "毎月 さいごの 土曜日 13:00から",
        ),
        ("毎月10日・25日", "每月10日、25日", "매월 10일·25일", "毎月 10日と 25日"),
        (
            "月曜休館（祝日の場合は翌日休館）",
            "每天，周一（遇法定节假日改为次日）除外",
            "매일, 월요일(공휴일이면 다음 날) 제외",
            "毎日。 月曜日（祝日の ときは つぎの 日）は 休み",
        ),
        (
            "令和8年10月7日から隔週水曜 10時～12時",
            "自2026年10月7日起每两周的周三 10:00–12:00",
            "2026년 10월 7일부터 격주 수요일 10:00~12:00",
            "2026年10月7日から 2週間に 1回 水曜日 10:00から 12:00まで",
        ),
        ("月2回 1時間程度", "每月2次，每次60分钟", "월 2회, 1회 60분", "1か月に 2回（1回 60分）"),
        ("年中無休 24時間", "每天 全天", "매일 하루 종일", "毎日 一日中"),
        ("不定期", "不定期", "부정기", "日は 決まって いません"),
    ],
)
def test_what_offices_write_in_other_languages(text, zh, ko, easy):
    schedule = read_schedule(text)
    assert [worded(schedule, language) for language in ("zh", "ko", "ja-easy")] == [zh, ko, easy]
