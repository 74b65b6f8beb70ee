"""Every language says everything."""

from __future__ import annotations

import pytest

from resourcemap.model.catalog import LANGUAGES
from resourcemap.publish.papermap.words import words_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_words(language):
    words = words_of(language)
    assert words.keys() == words_of("ja").keys()
    assert all(words.values())
    for word, text in words_of("ja").items():
        assert text.count("{") == words[word].count("{")
