"""What a cell of 公開する項目 covers."""

from __future__ import annotations

import pytest

from resourcemap.model.consent.fields import GROUPS, Permit, permit_of

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


@pytest.mark.parametrize("text", ["要相談", "写真", "名称と顔写真", "本人に確認", "一部"])
def test_other_words_are_not_understood_at_all(text):
    assert permit_of(text) is None
