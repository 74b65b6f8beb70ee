"""What consent columns say: known words, unknown ones, and several columns of one row."""

from __future__ import annotations

import pytest

from resourcemap.model.consent.answers import PUBLIC, agreed, channels_of, is_consent_heading, is_understood


@pytest.mark.parametrize(
    "word", ["はい", "OK", "有り", "承諾あり", "承諾書あり", "同意あり", "許可", "◎", "✓", "レ", "公開", "有（R6.4.1）"]
)
def test_other_spellings_of_yes_are_known(word):
    assert channels_of(word) == PUBLIC


def test_channels_in_brackets_limit_a_yes():
    assert channels_of("有（HP・紙）") == ("map", "paper")


@pytest.mark.parametrize("word", ["無", "否", "×", "承諾書なし", "確認中", "有（予定）", "", None, "ー"])
def test_a_no_and_a_not_yet_are_understood(word):
    assert is_understood(word)
    assert channels_of(word) == ()


@pytest.mark.parametrize("word", ["△", "R6.4.1", "有（条件付き）", "たぶん"])
def test_other_words_allow_nothing_and_are_not_understood(word):
    assert not is_understood(word)
    assert channels_of(word) == ()


@pytest.mark.parametrize("heading", ["公表の可否", "同意書", "HP掲載", "承諾状況", "非公開", "掲載 可否", "公開（○×）"])
def test_headings_of_consent_are_seen(heading):
    assert is_consent_heading(heading)


@pytest.mark.parametrize("heading", ["公開講座", "公開日", "掲載開始日", "公開時間", "承諾日"])
def test_other_headings_with_the_same_words_are_not(heading):
    assert not is_consent_heading(heading)


@pytest.mark.parametrize(
    ("cells", "channels"),
    [
        ([("承諾書", "有"), ("公開可否", "否")], ()),
        ([("公開可否", "可"), ("承諾書", None)], ()),
        ([("承諾書", "有"), ("公開可否", "△")], ()),
        ([("承諾書", "有"), ("公開可否", "紙面のみ")], ("paper",)),
        ([("承諾書", "有"), ("非公開", "○")], ()),
        ([("承諾書", "有"), ("非公開", "非公開")], ()),
        ([("承諾書", "有"), ("非公開", None)], PUBLIC),
        ([("承諾", "有"), ("HP掲載", "否"), ("紙面掲載", "可")], ("paper",)),
        ([("HP掲載", "可"), ("紙面掲載", "否")], ("map",)),
    ],
)
def test_the_strictest_of_several_columns_wins(cells, channels):
    assert agreed(cells)[0] == channels


def test_a_clear_no_elsewhere_refuses():
    assert agreed([("", "有")], [("公開講座", "不可")]) == ((), "不可")
