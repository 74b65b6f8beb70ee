"""Text of users becomes HTML, scripts and links in one place, and stays text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.plain import visible
from resourcemap.publish.escape import html_text, inline_script, inline_style, script_data, telephone, web_address


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_data_in_a_script_reads_back_and_cannot_end_it(text):
    written = script_data({"text": text})
    assert visible(json.loads(written)["text"]) == visible(text)
    assert not set(written) & {"<", "\u2028", "\u2029", "\x00", "\r"}


def test_half_a_character_does_not_stop_the_writing():
    assert json.loads(script_data("a\ud800b")) == "a\ufffdb"


def test_a_number_without_json_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_data(float("nan"))


@pytest.mark.parametrize("code", ["x = '</SCRIPT >'", "y = '<!-- <script>'", "</script/x"])
def test_a_script_cannot_end_or_comment_out_its_element(code):
    lowered = inline_script(code).lower()
    assert "</script" not in lowered
    assert "<!--" not in lowered


def test_a_style_cannot_end_its_element():
    assert "</style" not in inline_style("a{}</Style><script>").lower()


@given(st.text())
def test_html_has_no_tags_and_no_open_quotes(text):
    assert not set(html_text(text)) & {"<", ">", '"', "'"}


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "http:///path",
        "http://[bad",
        "なし",
        None,
        3,
    ],
)
def test_only_web_addresses_become_links(text):
    assert web_address(text) is None


def test_hidden_characters_leave_an_address():
    assert web_address(" https://example.org/\u202ea\u200b ") == "https://example.org/a"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("03-0000-1234", "0300001234"),
        ("０３（００００）１２３４", "0300001234"),
        ("電話 03‐0000‐1234 内線 5", "0300001234"),
        ("+81 3 0000 1234", "+81300001234"),
        ("0120-000-000", "0120000000"),
        ("月〜金 9:00-17:00", None),
        ("110", None),
        (None, None),
    ],
)
def test_the_first_telephone_number_is_dialled(text, number):
    assert telephone(text) == number
