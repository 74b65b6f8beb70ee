"""Every language says the same things, and every kanji of ours has a reading."""

from __future__ import annotations

import re
import string
from datetime import date

import pytest

from resourcemap.model.catalog import LANGUAGES
from resourcemap.publish.newsletter.furigana import with_readings
from resourcemap.publish.newsletter.words import Words, words_in


def blanks(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name} - {"name", "month"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_keys_and_blanks(language):
    japanese, words = words_in("ja"), words_in(language)
    assert set(words) == set(japanese)
    texts = [key for key, text in words.items() if isinstance(text, str)]
    assert [key for key in texts if blanks(words[key]) != blanks(japanese[key])] == []
    assert [len(words[key]) for key in ("months", "weekdays")] == [12, 7]


@pytest.mark.parametrize("language", ["ja", "ja-easy"])
def test_every_kanji_of_ours_has_a_reading(language):
    words = Words(language)
    ours = [text for text in words_in(language).values() if isinstance(text, str)]
    ours = [re.sub(r"\{\w+\}", "1", text) for text in ours]
    ours += [words.day(date(2026, 11, 23)), words.month_of(date(2026, 12, 1)), words.day_with_year(date(2026, 12, 1))]
    ours += [words.weekly(number) for number in range(7)]
    ours += [words.weekdays(days) for days in ([0, 1, 2, 3, 4], [0, 1, 3, 5], [1, 2, 3, 4, 5, 6], range(7))]
    left = {
        part
        for text in ours
        for part in (with_readings(text) if isinstance(with_readings(text), list) else [with_readings(text)])
        if isinstance(part, str) and re.search(r"[\u3400-\u9fff々]", part)
    }
    assert left == set()
