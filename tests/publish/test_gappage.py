"""The page of gaps: the figures of the tables, nothing that runs, nothing that loads."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

from resourcemap.model.catalog import load_catalog
from resourcemap.plan.gaps import gaps
from resourcemap.publish.gapsheet import write_gaps_html


def coverage_of(areas, *, beyond=100, people=400):
    kinds = {
        "salon": ("older", "audience"),
        "pantry": ("everyone", "audience"),
        "multicultural": ("foreigners", "everyone"),
    }
    rows = [("圏域", area, area, kind, *who) for area in areas for kind, who in kinds.items()]
    table = pd.DataFrame(rows, columns=["system", "area_id", "area", "kind", "audience", "audience_basis"])
    return table.assign(
        people=people,
        resources=1,
        approximate=0,
        approximate_area=False,
        no_data=False,
        visiting=0,
        visited=0,
        unknown_age=0,
        uncounted=0,
        within_500m=people - beyond,
        beyond_500m=beyond,
        nearest_median_m=210.0,
        nearest_p90_m=640.0,
    )


def page_of(coverage, path, **options):
    table = gaps(coverage, metres=500)
    usual = {"coverage": coverage, "catalog": load_catalog(), "title": "みほん市"}
    return write_gaps_html(table, path, **(usual | options)).read_text(encoding="utf-8")


def test_the_table_holds_the_shares_and_people_of_every_area(tmp_path):
    page = page_of(coverage_of(["東", "西"]), tmp_path / "gaps.html", as_of=date(2026, 11, 1), publisher="社協")
    assert page.count("<b>25%</b><small>100人</small>") == 6
    assert page.count("<b>25%</b><small>200人</small>") == 3
    assert "2026年11月1日現在" in page
    assert '<html lang="ja">' in page


def test_who_is_counted_stands_under_each_kind(tmp_path):
    page = page_of(coverage_of(["東"]), tmp_path / "gaps.html")
    assert re.findall(r'class="who">([^<]+)<', page) == ["65歳以上", "住民全員", "住民全員"]


@pytest.mark.parametrize(("beyond", "shown"), [(2387, 's3"><b>60%'), (2379, 's2"><b>59%'), (3980, 's4"><b>&gt;99%')])
def test_a_share_has_the_colour_of_the_percent_that_is_written(tmp_path, beyond, shown):
    page = page_of(coverage_of(["東"], people=4000, beyond=beyond), tmp_path / "gaps.html")
    assert page.count(f'<td class="{shown}</b>') == 3


@pytest.mark.parametrize(("beyond", "shown"), [(1, "&lt;1%"), (399, "&gt;99%"), (0, "0%"), (400, "100%")])
def test_a_share_is_never_rounded_to_nobody_or_everybody(tmp_path, beyond, shown):
    assert f"<b>{shown}</b>" in page_of(coverage_of(["東"], beyond=beyond), tmp_path / "gaps.html")


def test_an_area_without_people_says_so(tmp_path):
    assert "対象なし" in page_of(coverage_of(["東"], beyond=0, people=0), tmp_path / "gaps.html")


def test_an_area_without_data_is_neither_nobody_nor_all_within_reach(tmp_path):
    coverage = coverage_of(["東", "西"])
    unknown = coverage["area"] == "西"
    coverage.loc[unknown, ["people", "within_500m", "beyond_500m"]] = 0
    page = page_of(coverage.assign(no_data=unknown), tmp_path / "gaps.html")
    west = re.search(r"<tr><th scope=\"row\">西</th>(.*?)</tr>", page)[1]
    assert west == '<td class="unknown" colspan="3">人口の資料なし</td>'
    assert page.count("<b>25%</b><small>100人</small>") == 6, "the east, and all areas together"
    assert "人がいないという意味ではなく" in page
    assert "対象なし" not in page
    assert "資料なし" not in page_of(coverage_of(["東"]), tmp_path / "b.html")


def test_a_single_area_has_no_row_of_all_areas(tmp_path):
    assert "全体" not in page_of(coverage_of(["東"]), tmp_path / "a.html")
    assert '<th scope="row">全体</th>' in page_of(coverage_of(["東", "西"]), tmp_path / "b.html")


@pytest.mark.parametrize(("areas", "look"), [(12, "scroll short"), (13, "scroll few k3")])
def test_a_long_table_of_few_kinds_is_set_in_columns(tmp_path, areas, look):
    page = page_of(coverage_of([f"第{number}地区" for number in range(areas)]), tmp_path / "gaps.html")
    assert f'<div class="{look}" role="region"' in page


def test_the_name_of_the_page_stays_together(tmp_path):
    page = page_of(coverage_of(["東"]), tmp_path / "gaps.html")
    assert "<title>みほん市 空白の表</title>" in page
    assert '<h1>みほん市 <span class="whole">空白の表</span></h1>' in page


def test_the_first_twenty_stand_open_and_the_rest_is_folded(tmp_path):
    coverage = coverage_of([f"第{number}地区" for number in range(10)])
    page = page_of(coverage, tmp_path / "gaps.html")
    before, after = page.split("<details>")
    assert before.count("いちばん近い") - before.count("種類ごとに、いちばん近い") >= 20
    assert '<ol start="21">' in after
    assert after.count("<li>") == 10


def test_text_of_the_user_stays_text(tmp_path):
    bad = '<img src=x onerror=alert(1)>"&'
    page = page_of(coverage_of([bad]), tmp_path / "gaps.html", title="</title><script>1</script>", publisher=bad)
    assert "<img" not in page
    assert "<script" not in page
    assert "&lt;img src=x" in page


def test_nothing_can_run_or_load(tmp_path):
    page = page_of(coverage_of(["東"]), tmp_path / "gaps.html")
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "url(" not in page
    assert " style=" not in page


def test_without_any_gap_the_page_says_so(tmp_path):
    assert "空白はありませんでした" in page_of(coverage_of(["東"], beyond=0), tmp_path / "gaps.html")


def test_the_same_tables_give_the_same_bytes(tmp_path):
    coverage = coverage_of(["東"])
    assert page_of(coverage, tmp_path / "a.html") == page_of(coverage, tmp_path / "b.html")


def test_an_english_page_marks_its_japanese_sentences(tmp_path):
    page = page_of(coverage_of(["東"]), tmp_path / "gaps.html", language="en")
    assert '<html lang="en">' in page
    assert '<ol lang="ja">' in page


def test_approximate_borders_are_said_above_their_table(tmp_path):
    rough = page_of(coverage_of(["中央"]).assign(approximate_area=True), tmp_path / "a.html", language="ja")
    exact = page_of(coverage_of(["中央"]), tmp_path / "b.html", language="ja")
    assert "およその形です。境の近くの人は" in rough
    assert "およその形" not in exact


@pytest.mark.parametrize(
    ("way", "words"),
    [("straight", "地図の上の直線です"), ("detour 1.3", "直線を1.3倍"), ("streets older", "距離は道のりです")],
)
def test_the_page_says_how_metres_were_measured(tmp_path, way, words):
    figures = coverage_of(["中央"]).assign(way=way)
    path = write_gaps_html(gaps(figures), tmp_path / "gaps.html", coverage=figures, catalog=load_catalog(), title="市")
    page = path.read_text(encoding="utf-8")
    assert words in page
    assert ("直線で500m" in page) == (way == "straight")
