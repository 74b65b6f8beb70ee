"""Markdown of the CSW: a few forms, and nothing that runs."""

from __future__ import annotations

import pytest

from resourcemap.publish.newsletter.column import read_column


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("[ここ](javascript:alert)", "[ここ](javascript:alert)"),
        ("[ここ](/local)", "ここ"),
        ("<https://example.jp/>", "https://example.jp/"),
        ("`code` *斜め*", "code 斜め"),
        ("一\n二", "一\n二"),
        ("\ufeffはじめ\u202e", "はじめ"),
        ("    字下げ", "字下げ"),
        ("![絵](a.png)", "絵"),
    ],
)
def test_what_is_no_form_of_ours_is_text(written, text):
    assert [block.text for block in read_column(written)] == [text]


def test_lists_keep_their_numbers_and_depth():
    found = read_column("3. 三\n4. 四\n   - 中\n\n- 点")
    assert [(block.text, block.number, block.level) for block in found] == [
        ("三", 3, 1),
        ("四", 4, 1),
        ("中", 0, 2),
        ("点", 0, 1),
    ]


def test_nothing_gives_nothing():
    assert read_column(" \n\n ") == []
