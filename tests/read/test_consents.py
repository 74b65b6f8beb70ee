"""Columns of consent in sheets: the strictest counts, and what cannot be read is no consent."""

from __future__ import annotations

import pytest

from resourcemap.model.consent.fields import permit_of
from resourcemap.read.resources import read_resources

PLAIN = ["list;map;paper"]


def read(tmp_path, headings, cells):
    path = tmp_path / "list.csv"
    path.write_text(f"名称,種類,{','.join(headings)}\n本町,サロン,{','.join(cells)}\n", encoding="utf-8")
    return read_resources(path)


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(("公開しない項目", "電話"), ("非公開項目", "電話"), ("公開不可項目", "住所"), ("除外項目", "電話")),
        *(("承諾取消日", "2026-04-01"), ("同意撤回", "○"), ("承諾取下げ", "R8.4.1"), ("公開停止日", "2026/4/1")),
        *(
            ("掲載を希望しない", "○"),
            ("承諾しない", "○"),
            ("公開しないでほしい", "○"),
            ("承諾拒否", "○"),
            ("不同意", "○"),
        ),
        *(
            ("公開についての意向", "×"),
            ("公開についての意向", "撤回"),
            ("掲載の希望について", "保留"),
            ("地図の可否", "×"),
        ),
        *(("承諾日", "来年4月"), ("承諾日", "未"), ("承諾期限", "次年度まで"), ("公開期限", "当分の間")),
    ],
)
def test_a_column_that_takes_consent_back_is_heard(tmp_path, heading, cell):
    channels = read(tmp_path, ["承諾", heading], ["有", cell])["channels"].iloc[0]
    assert channels is None or (heading == "地図の可否" and "map" not in channels)


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("承諾撤回", "なし"),
        ("非公開項目", ""),
        ("承諾日", "令和8年4月1日"),
        ("承諾期限", "取り下げまで"),
        ("公開講座", "なし"),
    ],
)
def test_what_takes_nothing_back_changes_nothing(tmp_path, heading, cell):
    assert read(tmp_path, ["承諾", heading], ["有", cell])["channels"].tolist() == PLAIN


@pytest.mark.parametrize("heading", ["電話の公開可否", "電話番号（公開可否）", "電話公開可否", "電話の掲載"])
@pytest.mark.parametrize(("cell", "withheld"), [("×", ("phone",)), ("", ("phone",)), ("○", ())])
def test_a_column_may_ask_of_one_field(tmp_path, heading, cell, withheld):
    table = read(tmp_path, ["承諾", "電話", heading], ["有", "03-0000-0001", cell])
    assert table["channels"].tolist() == PLAIN
    assert table["phone"].tolist() == ["03-0000-0001"]
    assert permit_of(table["consent_fields"].iloc[0]).withheld == withheld


def test_of_two_limits_the_first_counts_and_of_two_lists_of_fields_what_both_cover(tmp_path):
    table = read(
        tmp_path,
        ["承諾", "承諾期限", "公開期限", "公開する項目", "掲載項目"],
        ["有", "2027-03-31", "2026-12-31", "電話以外", "名称・電話・日時のみ"],
    )
    assert table["consent_until"].iloc[0].isoformat() == "2026-12-31"
    assert permit_of(table["consent_fields"].iloc[0]).groups == {"name", "schedule"}


def test_fields_that_leave_nothing_or_cannot_be_read_stay_unread(tmp_path):
    nothing = read(tmp_path, ["承諾", "公開する項目", "電話の公開可否"], ["有", "電話のみ", "×"])
    assert permit_of(nothing["consent_fields"].iloc[0]) is None
    unread = read(tmp_path, ["承諾", "公開する項目", "掲載項目"], ["有", "要相談", "名称のみ"])
    assert permit_of(unread["consent_fields"].iloc[0]) is None


def test_what_is_not_understood_is_listed_with_its_row(tmp_path):
    table = read(tmp_path, ["承諾", "承諾期限"], ["有", "次年度まで"])
    entry = next(entry for entry in table.attrs["left_aside"] if entry["column"] == "承諾期限")
    assert (entry["row"], entry["value"]) == (2, "次年度まで")
