"""The catalogue of measures: whole in both languages, and the page in docs says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resourcemap.measure.catalogue import as_markdown, load_measures

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"


@pytest.mark.parametrize("measure", load_measures().values(), ids=lambda each: each.id)
def test_every_measure_says_what_it_is_in_both_languages(measure):
    for text in (measure.ja, measure.formula_ja, measure.silent_ja, measure.unit_ja):
        assert text.strip()
    assert re.search("[ぁ-んァ-ン一-龥]", measure.ja + measure.formula_ja)
    assert not re.search("[ぁ-んァ-ン一-龥]", measure.en + measure.formula + measure.silent)


def test_the_page_of_measures_holds_the_table_of_the_catalogue():
    table = as_markdown(load_measures().values())
    assert table in PAGE.read_text(encoding="utf-8"), "put the output of as_markdown(load_measures().values()) into it"
