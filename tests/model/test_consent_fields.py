"""What a cell of 公開する項目 covers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.model.consent.fields import BY_WORD, GROUPS, Permit, permit_of, spelled

EVERY = frozenset(GROUPS)


@pytest.mark.parametrize("text", [None, float("nan"), "", "　", "-", "全部", "すべての項目", "全項目"])
def test_a_blank_cell_and_every_field_cover_all(text):
    assert permit_of(text) == Permit()


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("名称・日時のみ", {"name", "schedule"}),
        ("名称、電話番号", {"name", "phone"}),
        ("名称と場所と日時", {"name", "place", "schedule"}),
        ("名称\n内容", {"name", "description"}),
    ],
)
def test_named_fields_are_those_alone(text, groups):
    assert permit_of(text).groups == groups


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("電話以外", {"phone"}),
        ("電話と住所以外", {"phone", "place"}),
        ("住所は不可", {"place"}),
        ("電話番号を除く", {"phone"}),
        ("連絡先非公開", {"phone"}),
        ("全部、住所は公開しない", {"place"}),
        ("電話・住所以外の項目", {"phone", "place"}),
        ("電話以外すべて", {"phone"}),
    ],
)
def test_what_is_excepted_leaves_the_rest(text, without):
    assert permit_of(text).groups == EVERY - without


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("個人宅も可", {"home"}),
        ("携帯番号も公開可", {"mobile"}),
        ("全部、自宅も可、メールも可", {"home", "email"}),
        ("代表者名", {"person"}),
    ],
)
def test_what_belongs_to_people_must_be_named(text, words):
    covered = permit_of(text)
    assert covered.groups == EVERY
    assert covered.by_word == words


def test_what_belongs_to_people_is_not_covered_by_everything_or_by_a_no():
    assert permit_of("全部").by_word == frozenset()
    assert permit_of("自宅は不可").by_word == frozenset()
    assert permit_of("携帯以外").by_word == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "電話・住所は不可",
            "電話、住所は非公開",
            "電話と住所は不可",
            "名称・日時のみ、電話・住所は不可",
            "住所は不可、電話",
        ),
        *(
            "自宅・携帯は不可",
            "個人宅・氏名は伏せる",
            "電話を除き、住所は不可",
            "電話除き、住所も除き",
            "名称可、住所以外",
        ),
    ],
)
def test_a_word_that_may_belong_to_a_refusal_leaves_it_open(text):
    assert permit_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "全部不可",
        "すべて非公開",
        "全項目公開しない",
        "全部×",
        "すべて以外",
        "不可",
        "なし",
        "、",
        "。",
        "・",
        "+",
        "と",
    ],
)
def test_a_refusal_of_everything_and_a_cell_without_words_show_nothing(text):
    assert permit_of(text) is None


@pytest.mark.parametrize("text", ["携帯のみ", "メールのみ可", "氏名のみ", "自宅だけ可"])
def test_only_what_belongs_to_people_does_not_open_the_rest(text):
    assert permit_of(text) is None


@given(st.sets(st.sampled_from(sorted(EVERY)), min_size=1), st.sets(st.sampled_from(BY_WORD)))
def test_what_is_spelled_is_read_again(groups, by_word):
    covered = Permit(frozenset(groups), frozenset(by_word))
    assert permit_of(spelled(covered)) == covered


@pytest.mark.parametrize("text", ["要相談", "写真", "名称と顔写真", "本人に確認", "一部"])
def test_other_words_are_not_understood_at_all(text):
    assert permit_of(text) is None
