"""The part of the page of gaps about standards: every sign counted, nothing that runs."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from resourcemap.language import speaking
from resourcemap.publish.standardpart import numbered, patches_section, standards_section

HOSTILE = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", '"><img src=x onerror=alert(1)>', "a\u202eb", "\x00"]


def judged(rows):
    """One row per standard, system, area and verdict."""
    table = pd.DataFrame(rows, columns=["standard", "system", "area", "met", "rank"])
    return table.assign(
        promise="約束", kind_label="サロン", distance_m=500.0, sentence=[f"文{number}。" for number in range(len(rows))]
    )


TABLE = judged(
    [
        ("近い", "全体", "全体", "unmet", 1),
        ("近い", "圏域", "東", "met", 0),
        ("近い", "圏域", "西", "unmet", 1),
        ("近い", "圏域", "西", "unknown", 3),
        ("近い", "圏域", None, "no_data", 0),
        ("ある", "圏域", "東", "met", 0),
        ("ある", "圏域", "西", "met", 0),
        ("ある", "圏域", "西", "unmet", 2),
    ]
)


@pytest.fixture
def page():
    with speaking("ja"):
        return "\n".join(standards_section(TABLE, "ja"))


def tables_of(page):
    cells = r"<td[^>]*>(.*?)</td>"
    return [
        [re.findall(cells, row) for row in re.findall(r"<tr.*?</tr>", table)[1:]]
        for table in re.findall(r"<table>.*?</table>", page, re.DOTALL)
    ]


def test_every_verdict_is_one_sign_and_areas_of_one_name_stay_two(page):
    whole, areas = tables_of(page)
    assert whole == [["×"]]
    assert areas == [["○", "○"], ["×", "○"], ["？", "×"], ["－", ""], ["1／3", "2／3"]]
    assert "どの区域にも入らない所" in page
    assert "満たす区域" in page


def test_sentences_stand_by_rank_and_standards_by_their_number(page):
    inside = page.split("<h3>圏域</h3>")[1]
    assert re.findall(r"<li>(文\d。)</li>", inside) == ["文2。", "文7。", "文3。"]
    assert "<li>近い（約束）</li><li>ある（約束）</li>" in page
    heads = re.findall(
        r'<th scope="col"><span>(\d)</span><span class="who">(.*?)</span><span class="who">(.*?)</span>', page
    )
    assert heads == [("1", "サロン", "500m"), ("1", "サロン", "500m"), ("2", "サロン", "500m")]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_text(text):
    table = TABLE.assign(standard=text, area=text, system=text, promise=text, kind_label=text, sentence=text)
    patches = pd.DataFrame({"standard": [text], "sentence": [text]})
    for language in ("ja", "en"):
        with speaking(language):
            page = "\n".join([*standards_section(table, language), *patches_section(patches, language)])
        assert "<script" not in page
        assert "<img" not in page
        assert "\x00" not in page
        assert set(re.findall(r"<(/?[a-z0-9]+)", page)) <= {
            *("section", "/section", "h2", "/h2", "h3", "/h3", "ol", "/ol", "li", "/li", "p", "/p", "div", "/div"),
            *("table", "/table", "thead", "/thead", "tbody", "/tbody", "tr", "/tr", "th", "/th", "td", "/td", "span"),
            *("/span", "details", "/details", "summary", "/summary"),
        }


def test_where_everything_is_met_that_is_said():
    with speaking("ja"):
        page = "\n".join(standards_section(TABLE[TABLE["met"] == "met"], "ja"))
    assert "満たしていない基準はありません。" in page
    with speaking("en"):
        assert "Every standard is met." in "\n".join(standards_section(TABLE[TABLE["met"] == "met"], "en"))


def test_without_standards_or_patches_there_is_no_part():
    assert standards_section(None, "ja") == standards_section(TABLE.iloc[:0], "ja") == []
    assert patches_section(None, "ja") == patches_section(pd.DataFrame({"standard": [], "sentence": []}), "ja") == []


def test_long_lists_are_folded_and_go_on_with_their_numbers():
    with speaking("ja"):
        assert "<details>" not in numbered(["一", "二"], "ja", 2)
        assert "続き（3番）" in numbered(["一", "二", "三"], "ja", 2)
        folded = numbered(["一", "二", "三", "四"], "ja", 2)
    assert "続き（3〜4番）" in folded
    assert '<ol start="3">' in folded
    with speaking("en"):
        assert '<ol lang="ja">' in numbered(["一"], "en", 2)
