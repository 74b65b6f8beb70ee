"""The workbook of strengths and weaknesses: a page per area, and nothing that runs."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from resourcemap.publish.strengths import write_strengths


def row(area, verdict, **changes):
    usual = {
        "system": "圏域",
        "area_id": area,
        "area": area,
        "kind": "salon",
        "kind_label": "サロン",
        "audience": "older",
        "generation": "older",
        "generation_label": "高齢者（65歳以上）",
        "against": "others",
        "standard": "",
        "measure": "share_within",
        "value": 0.9,
        "others_median": 0.6,
        "verdict": verdict,
        "distance_m": 500.0,
        "way": "straight",
        "doubts": "",
        "brief": "サロン: 90％が500m以内",
    }
    return {**usual, **changes}


EVERYONE = {"generation": "everyone", "generation_label": "全世代", "audience": "everyone", "kind": "cafe"}
OLDEST = {"generation": "age_75_over", "generation_label": "75歳以上", "audience": "age_75_over"}
STANDARD = {"against": "standard", "standard": "近い", "others_median": float("nan"), "brief": "基準「近い」: 達成"}


@pytest.fixture
def rows():
    return pd.DataFrame(
        [
            row("東", "strength", **EVERYONE, kind_label="カフェ", brief="カフェ: 90％"),
            row("東", "strength", doubts="境界はおよその形です。"),
            row("東", "strength", **STANDARD),
            row("東", "weakness", measure="per_1000", brief="サロン: 区域に1件", doubts="境界はおよその形です。"),
            row("東", "strength", **OLDEST, brief="同じこと"),
            row("東", "unknown", measure="days_per_month", brief="サロン: 開催日", doubts="日が分かりません。"),
            row("西", "usual", brief="ふつう"),
        ]
    )


def book_of(rows, path, **options):
    return openpyxl.load_workbook(write_strengths(rows, path, title="市", **options))


def texts(sheet):
    return [[cell.value or "" for cell in line] for line in sheet.iter_rows()]


def test_a_page_has_strengths_left_weaknesses_right_and_doubts_below(rows, tmp_path):
    lines = [line for line in texts(book_of(rows, tmp_path / "s.xlsx")["東"]) if any(line)]
    assert lines[2:] == [
        ["強み", "弱み"],
        ["全世代", ""],
        ["・ カフェ: 90％", "（とくにありません）"],
        ["高齢者（65歳以上）", ""],
        ["・ 基準「近い」: 達成", "・ サロン: 区域に1件 ※1"],
        ["・ サロン: 90％が500m以内 ※1", ""],
        ["強みとも弱みとも言い切れないこと", ""],
        ["・ サロン: 開催日 ※2", ""],
        ["※ 注", ""],
        ["※1 境界はおよその形です。", ""],
        ["※2 日が分かりません。", ""],
    ]


def test_the_overview_has_a_sign_per_kind(rows, tmp_path):
    book = book_of(rows, tmp_path / "s.xlsx")
    assert book.sheetnames == ["全体の見取り図", "東", "西"]
    lines = texts(book["全体の見取り図"])
    assert lines[2][:6] == ["区域", "強み", "弱み", "達成した\n基準", "カフェ", "サロン"]
    assert lines[3][:6] == ["東", 3, 1, "1／1", "＋", "±"]
    assert lines[4][:6] == ["西", "", "", "－", "", ""]


def test_many_are_counted_and_every_page_is_one_page(tmp_path):
    many = pd.DataFrame([row("東", "weakness", brief=f"{at}つめ", value=at / 10) for at in range(9)])
    many["kind"] = [f"kind{at}" for at in range(9)]
    sheet = book_of(many, tmp_path / "s.xlsx")["東"]
    right = [line[1] for line in texts(sheet) if line[1]]
    assert right[1:] == ["・ 0つめ", "・ 1つめ", "・ 2つめ", "・ 3つめ", "・ 4つめ", "ほか4件"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")


def test_no_text_is_a_formula(rows, tmp_path):
    hostile = rows.assign(area="=cmd|' /C calc'!A0", brief="+1\x00", doubts="=1。", kind_label="@SUM(A1)")
    book = book_of(hostile, tmp_path / "s.xlsx", publisher="=1&P")
    assert not [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


def test_nothing_to_compare_is_a_book_too(rows, tmp_path):
    assert book_of(rows.iloc[:0], tmp_path / "s.xlsx").sheetnames == ["全体の見取り図"]


def test_the_same_rows_give_the_same_bytes(rows, tmp_path):
    written = [write_strengths(rows, tmp_path / name, title="市").read_bytes() for name in ("a.xlsx", "b.xlsx")]
    assert written[0] == written[1]
