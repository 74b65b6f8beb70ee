"""The two lists are as messy as real ones, and hold what they must for the later steps."""

import re
from collections import Counter
from datetime import datetime

import pytest

YES = {"有", "済", "○"}
KINDS = {
    "サロン", "ひろば", "コミュニティカフェ", "通いの場", "相談窓口", "移動販売", "訪問・見守り", "移動支援",
    "多文化共生", "多機能拠点", "催し", "診療所", "AED", "避難所", "トイレ", "店舗",
}  # fmt: skip
SECOND_KINDS = {"子ども食堂", "フードパントリー", "居場所", "学習支援"}


def _column(rows, header):
    return [row[header] for row in rows if row[header] not in (None, "")]


def test_titles_stand_above_the_header_and_a_sum_below(book):
    sheet = book["一覧"]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {"A1:Z1", "A2:Z2"} <= merged
    assert "現在" in sheet["A2"].value
    assert sheet["A4"].value == "№"
    assert sheet.cell(sheet.max_row, 1).value == "合計"
    assert book.sheetnames == ["一覧", "メモ"]


def test_blank_rows_stand_between_kinds(book):
    rows = list(book["一覧"].iter_rows(min_row=5, values_only=True))
    assert sum(all(cell is None for cell in row) for row in rows) >= 10


def test_about_180_activities_of_all_kinds_meet_at_about_110_venues(main_list, second_list):
    activities = {(row["名称"], row["運営団体"]) for row in main_list}
    activities |= {(row["施設名"], row["団体名"]) for row in second_list}
    places = {row["所在地"] for row in main_list if row["場所の形"] in ("会場", "停留所", None)}
    assert 175 <= len(activities) <= 200
    assert len(places - {None}) > 90
    assert set(_column(main_list, "種類")) >= KINDS
    assert set(_column(second_list, "区分")) >= SECOND_KINDS
    assert 40 <= len(second_list) <= 50


def test_kinds_are_sometimes_spelt_otherwise(main_list, second_list):
    assert "ふれあいサロン" in _column(main_list, "種類")
    assert "こども食堂" in _column(second_list, "区分")


def test_venues_are_shared_and_activities_have_several_places(main_list):
    venues = Counter(_column(main_list, "会場名"))
    assert venues["みほん市総合福祉会館"] >= 3
    places = {row["会場名"] for row in main_list if row["名称"] == "けやき体操教室"}
    assert places == {"栄町3丁目会館", "仲町コミュニティルーム"}


def test_a_van_has_stops_with_times(main_list):
    stops = [row for row in main_list if row["名称"] == "かもめ号"]
    assert 5 <= len(stops) <= 6
    assert {row["場所の形"] for row in stops} == {"停留所"}
    assert len({row["開催日時"] for row in stops}) == len(stops)


def test_visits_have_an_area_and_calls_have_no_place(main_list):
    visits = [row for row in main_list if row["場所の形"] == "訪問"]
    calls = [row for row in main_list if row["場所の形"] == "電話"]
    assert len(visits) >= 5
    assert len(calls) == 2
    assert all(row["対象地域"] and not row["所在地"] for row in visits)
    assert not any(row["所在地"] or row["会場名"] for row in calls)


@pytest.mark.parametrize("pattern", [r"[０-９]", r"R\d+\.", r"令和\d", r"令和[０-９]", r"\d{4}/", r"\d{4}年"])
def test_dates_of_the_last_check_have_many_spellings(main_list, pattern):
    texts = [value for value in _column(main_list, "最終確認日") if isinstance(value, str)]
    assert any(re.search(pattern, text) for text in texts)


def test_some_dates_are_real_ones_and_some_are_missing(main_list):
    dates = [row["最終確認日"] for row in main_list]
    assert any(isinstance(value, datetime) for value in dates)
    assert None in dates


@pytest.mark.parametrize(
    "text",
    ["毎週水曜 14時～16時", "第２・第４火曜日10:00-12:00（8月休み）", "毎月10日", "不定期（お問い合わせください）"],
)
def test_schedules_are_prose(main_list, text):
    assert text in _column(main_list, "開催日時")


def test_some_events_are_single_dates(main_list):
    events = [row["開催日時"] for row in main_list if row["種類"] == "催し"]
    assert any(re.match(r"令和\d年\d+月\d+日", text) for text in events)
    assert any(text.startswith("R9.") for text in events)


def test_most_rows_have_no_coordinates(main_list):
    given = [row for row in main_list if row["緯度"]]
    assert 5 < len(given) < 0.25 * len(main_list)
    assert all(34.9 < row["緯度"] < 35.0 and 139.6 < row["経度"] < 139.8 for row in given)


def test_one_address_is_mistyped_and_one_place_is_spelt_in_two_ways(main_list):
    assert sum("みはん" in address for address in _column(main_list, "所在地")) == 1
    assert {"さくら台集会所", "さくら台　集会所"} <= set(_column(main_list, "会場名"))


def test_one_address_stops_at_the_block_and_one_leads_nowhere(main_list):
    addresses = {row["名称"]: row["所在地"] for row in main_list}
    assert addresses["川南農産物直売所"] == "川南2丁目"
    assert addresses["まるよし商店"] == "旧街道沿い（昭和湯のとなり）"


def test_addresses_have_many_spellings(main_list):
    addresses = " ".join(_column(main_list, "所在地"))
    for pattern in (r"[０-９]－[０-９]", r"\d番\d+号", r"\d-\d", r"[一二三四五六]丁目", r"番地", "見本県"):
        assert re.search(pattern, addresses)


def test_some_are_suspended_and_some_have_ended(main_list, second_list):
    states = _column(main_list, "状態") + _column(second_list, "状況")
    assert sum(state.startswith("休止") for state in states) >= 4
    assert sum(state == "終了" for state in states) >= 4


def test_about_four_in_five_agreed_to_be_published(main_list, second_list):
    consents = [row["承諾"] for row in main_list] + [row["承諾書"] or None for row in second_list]
    assert 0.75 < sum(consent in YES for consent in consents) / len(consents) < 0.87
    assert {"×", "確認中", "紙面のみ", None} <= set(consents)


def test_one_meets_in_a_private_home_with_a_private_number(main_list):
    (home,) = [row for row in main_list if row["会場名"] and "様方" in row["会場名"]]
    assert home["承諾"] in YES
    assert home["電話番号"].startswith("090-0000-")


def test_what_must_not_leave_can_be_recognised(main_list):
    for header in ("担当者", "メール"):
        assert all("canary-" in value.lower() for value in _column(main_list, header))
    assert all("CANARY-" in value for value in _column(main_list, "備考"))
    hidden = [row for row in main_list if row["承諾"] in ("×", "確認中", None) or row["状態"] == "終了"]
    assert len(hidden) > 10
    assert all("CANARY-NO-" in row["内容"] and "CANARY-NO-" in row["運営団体"] for row in hidden)


def test_no_other_cell_carries_the_mark(main_list):
    shown = [
        row for row in main_list if row["承諾"] in YES and row["状態"] != "終了" and "様方" not in str(row["会場名"])
    ]
    for row in shown:
        public = {header: text for header, text in row.items() if header not in ("担当者", "備考", "メール")}
        assert "CANARY" not in str(public).upper(), row["名称"]


def test_telephone_numbers_cannot_be_dialled(main_list, second_list):
    for text in _column(main_list, "電話番号") + _column(second_list, "電話番号"):
        digits = re.sub(r"\D", "", text.translate(str.maketrans("０１２３４５６７８９", "0123456789")))
        assert digits.startswith(("0000000", "0900000"))


def test_the_second_list_has_signs_that_only_cp932_knows(second_list):
    assert next(iter(second_list[0])) == "№"
    assert second_list[0]["№"] == "①"
    assert any("ｯ" in row["ﾌﾘｶﾞﾅ"] for row in second_list)
    assert any(re.search("[ｦ-ﾟ]", row["会場"]) for row in second_list)


def test_there_is_no_kids_cafeteria_across_the_river(second_list):
    east = (
        "上川原",
        "東野",
        "柳沢",
        "川端",
        "若葉",
        "東原",
        "川東",
        "宮前",
        "東みほん",
        "あさひ",
        "ひので",
        "大島",
        "川南",
    )
    kids = [row["住所"] for row in second_list if row["区分"] in ("子ども食堂", "こども食堂")]
    assert len(kids) >= 10
    assert not [address for address in kids if any(town in address for town in east)]
