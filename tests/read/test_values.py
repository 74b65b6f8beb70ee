import pytest

from resourcemap.read.values import (
    join_address,
    join_schedule,
    likely_place,
    read_capacity,
    read_place,
    read_status,
    status_in_name,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("４０人", 40),
        ("20名程度", 20),
        ("先着10名", 10),
        ("約１，０００人", 1000),
        ("15〜20名", 20),
        ("238.0", 238),
        ("0", 0),
    ],
)
def test_capacity_is_a_number_of_people(text, number):
    assert read_capacity(text) == (number, True)


@pytest.mark.parametrize("text", ["", "なし", "定員なし", "制限なし", "応相談"])
def test_no_limit_is_understood_as_no_number(text):
    assert read_capacity(text) == (None, True)


@pytest.mark.parametrize("text", ["大会議室：120名、研修室：24名", "多数", "十人"])
def test_a_capacity_that_is_unclear_is_not_guessed(text):
    assert read_capacity(text) == (None, False)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", "active"),
        ("活動中", "active"),
        ("実施中", "active"),
        ("○", "active"),
        ("休止中", "suspended"),
        ("休止中（4月再開）", "suspended"),
        ("コロナのため中止", "suspended"),
        ("再開未定", "suspended"),
        ("令和5年に再開", "active"),
        ("終了", "ended"),
        ("閉店", "ended"),
        ("令和9年3月終了予定", "active"),
        ("suspended", "suspended"),
        ("？？", None),
        ("開催見合わせ中", "suspended"),
        ("当面の間、活動自粛", "suspended"),
        ("未実施", "suspended"),
        ("活動していない", "suspended"),
        ("実施していません", "suspended"),
        ("活動なし", "suspended"),
        ("開催せず", "suspended"),
        ("非活動", "suspended"),
        ("開催延期", "suspended"),
        ("実施未定", "suspended"),
        ("準備中", "suspended"),
        ("令和8年12月開設予定", "suspended"),
        ("活動中（現在休止中）", "suspended"),
        ("休園中", "suspended"),
        ("活動実績不明", None),
        ("活動中（休みなし）", "active"),
        ("毎月実施（1月は休み）", "active"),
        ("祝日は休み", "active"),
        ("通常開催（変更なし）", "active"),
        ("参加者募集なし", None),
        ("不定期開催", "active"),
        ("終了時期未定", "active"),
    ],
)
def test_status_words(text, status):
    assert read_status(text) == status


def test_a_mark_below_a_heading_that_asks_for_suspension_means_suspended():
    assert read_status("○", heading="休止") == "suspended"
    assert read_status("×", heading="休止") == "active"
    assert read_status("○", heading="終了") == "ended"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("会場", "venue"),
        ("停留所", "stop"),
        ("訪問", "served_area"),
        ("電話", "none"),
        ("オンライン", "none"),
        ("none", "none"),
        ("月", None),
    ],
)
def test_place_words(text, place):
    assert read_place(text) == place


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({"serves": "市内全域"}, "served_area"),
        ({"serves": "市内全域", "address": "本町1"}, "venue"),
        ({"serves": "市内全域", "address": "本町1", "kind": "visit"}, "served_area"),
        ({"said": "Zoomで開催"}, "none"),
        ({"said": "オンライン併用", "address": "本町1"}, "venue"),
        ({"said": "予約は電話で"}, "venue"),
        ({"kind": "mobile_vendor", "where": "団地前"}, "stop"),
        ({}, "venue"),
    ],
)
def test_a_blank_form_of_place_follows_from_the_rest(known, place):
    assert likely_place(**{"kind": "salon", "where": "", "address": "", "serves": "", "said": "", **known}) == place


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"days": "水曜", "start": "14:00", "end": "16:00", "note": "8月休み"}, "水曜 14:00～16:00（8月休み）"),
        ({"schedule": "第2火曜", "start": "10:00"}, "第2火曜 10:00～"),
        ({"note": "24時間対応"}, "24時間対応"),
        ({"start": "00:00", "end": "24:00", "note": "なし"}, "00:00～24:00"),
        ({"start": "0.375", "end": "0.458333333333333"}, "09:00～11:00"),
        ({}, ""),
    ],
)
def test_a_schedule_in_parts_becomes_one_text(parts, text):
    assert join_schedule(**{"schedule": "", "days": "", "start": "", "end": "", "note": "", **parts}) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"address": "札幌市中央区", "rest": "南11条西10丁目1番3号"}, "札幌市中央区南11条西10丁目1番3号"),
        ({"city": "みほん市", "prefecture": "見本県", "address": "本町1"}, "見本県みほん市本町1"),
        ({"city": "みほん市", "prefecture": "見本県", "address": "見本県みほん市本町1"}, "見本県みほん市本町1"),
        ({"city": "みほん市", "prefecture": "見本県"}, ""),
        ({"address": "本町1 会館", "building": "会館"}, "本町1 会館"),
    ],
)
def test_an_address_in_parts_becomes_one_text(parts, text):
    blank = {"prefecture": "", "city": "", "address": "", "rest": "", "building": ""}
    assert join_address(**{**blank, **parts}) == text


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("本町学園（休園中）", "suspended"),
        ("みどり会 [現在休止中]", "suspended"),
        ("ひろば【開設予定】", "suspended"),
        ("サロン（R6終了）", None),
        ("サロン（終了しました）", "ended"),
        ("サロン（コロナのため休止中）", "suspended"),
        ("サロン（月曜休み）", None),
        ("お休み処（本町）", None),
        ("休止中の店を使うサロン", None),
    ],
)
def test_a_status_in_brackets_of_a_name(name, status):
    assert status_in_name(name) == status
