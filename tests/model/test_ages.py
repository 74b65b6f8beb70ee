"""Ages as people write them."""

from __future__ import annotations

import pytest

from resourcemap.model.ages import audience_named, audience_of_ages
from resourcemap.model.catalog import load_catalog

CATALOG = load_catalog()


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("75歳以上", (75, None)),
        ("７５才以上", (75, None)),
        (" 75 以上 ", (75, None)),
        ("75+", (75, None)),
        ("75 and over", (75, None)),
        ("0〜14歳", (0, 14)),
        ("0～14歳", (0, 14)),
        ("6歳から11歳まで", (6, 11)),
        ("6-11", (6, 11)),
        ("6 to 11", (6, 11)),
        ("18歳未満", (0, 17)),
        ("under 18", (0, 17)),
        ("14歳以下", (0, 14)),
        ("14歳まで", (0, 14)),
        ("7歳〜7歳", (7, 7)),
    ],
)
def test_ages_are_read(text, bounds):
    found = audience_of_ages(text)
    assert (found.age_from, found.age_to) == bounds


@pytest.mark.parametrize(
    "text", ["", "75", "75歳", "14〜3歳", "0歳未満", "75歳以上の女性", "高齢者", "-5歳以上", "1000歳以上"]
)
def test_what_says_more_or_something_else_is_not_ages(text):
    assert audience_of_ages(text) is None


def test_ages_have_an_id_and_labels_of_their_own():
    found = audience_of_ages("75歳以上")
    assert found.id == "age_75_over"
    assert (found.label("ja"), found.label("en")) == ("75歳以上", "75 and over")
    assert audience_of_ages("6〜11歳").id == "age_6_11"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("older", "older"),
        ("65歳以上", "older"),
        ("子ども", "children"),
        ("75歳以上", "age_75_over"),
        ("誰でも", "everyone"),
    ],
)
def test_an_audience_is_named_by_id_by_ages_or_by_a_word(text, id_):
    assert audience_named(text, CATALOG).id == id_


def test_a_word_that_is_not_known_is_no_audience():
    assert audience_named("oldies", CATALOG) is None
