from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from resourcemap.model.schedule.schedule import dates_between, hours_on
from resourcemap.publish.opendata.about import About
from resourcemap.publish.opendata.days import hours_of
from resourcemap.publish.opendata.forms import forms, is_municipal, listed, write_form
from resourcemap.read.resources import read_resources
from resourcemap.read.schedules.parse import read_schedule
from resourcemap.read.values import join_schedule

# What the forms say in other words, and what they have no place for, as docs/open-data.md lists it.
IN_OTHER_WORDS = ("schedule", "kana", "venue", "address")
NO_PLACE = (
    *("activity_id", "place", "serves", "facilities", "languages", "valid_to"),
    *("verified_on", "verified_place", "verified_schedule", "verified_contact"),
)
NOT_OF_FACILITIES = ("audience", "audience_text", "capacity", "cost", "how_to_join", "valid_from")


@pytest.fixture
def write(hard, schedules, catalog, about, tmp_path):
    def written(form, released=hard, **options):
        more = {"schedules": schedules, "catalog": catalog, "about": about} | options
        return write_form(released, tmp_path / f"{form}.csv", form=form, **more)

    return written


def test_the_headings_are_those_of_the_standards_in_their_order(write):
    for form, count in (("kids_cafeteria", 49), ("public_facility", 56)):
        content = write(form).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        headings = content.decode("utf-8-sig").splitlines()[0].split(",")
        assert headings == forms()[form]["headings"]
        assert len(set(headings)) == count
        assert set(forms()[form]["columns"]) <= set(headings)


def test_a_list_has_the_rows_of_its_kinds_that_meet(hard, about):
    def kept(form, **options):
        return listed(hard, form, about=about, **options).rename(hard.table["resource_id"]).to_dict()

    assert kept("kids_cafeteria") == {"S-full cafeteria": "", "S-emoji": "", "S-suspended": "suspended"}
    assert kept("public_facility") == {"S-full hall": "", "S-hall": "", "S-house": "not_public"}
    more = kept("public_facility", public_kinds=["hiroba", "consultation"])
    assert more == {
        "S-full hall": "",
        "S-hall": "",
        "S-house": "",
        "S-visit from": "no_place",
        "S-telephone": "no_place",
    }


@pytest.mark.parametrize(
    ("provider", "is_it"),
    [
        *(
            ("みほん市", True),
            ("見本県みほん市役所", True),
            ("みほん市教育委員会", True),
            ("みほん市 福祉部 高齢課", True),
        ),
        *(("みほん市社会福祉協議会", False), ("みほん市民の会", False), ("みほん市シルバー人材センター", False)),
        *(("となり市", False), ("社会福祉法人みほん市会福祉課", False), ("みほん市老人会事務局", False), (None, False)),
    ],
)
def test_a_provider_is_the_municipality_or_only_named_after_it(provider, is_it):
    assert is_municipal(provider, About(prefecture="見本県", city="みほん市")) is is_it


def test_reading_gives_back_what_the_forms_have_a_place_for(write, hard, about, same):
    for form, but in (("kids_cafeteria", NO_PLACE), ("public_facility", (*NO_PLACE, *NOT_OF_FACILITIES))):
        reasons = listed(hard, form, about=about)
        read = read_resources(write(form), kind="hiroba" if form == "public_facility" else None)
        same(hard.only(reasons.index[reasons == ""]), read, but=(*IN_OTHER_WORDS, *but))
        full = read.iloc[0]
        assert (full["kana"], full["venue"]) == ("キンギョサロン", None)
        assert full["address"] == "見本県みほん市北町2-13-18 北町ひろば"
        assert full["schedule"] == "水 14:00～16:00"


def test_what_is_known_stands_where_the_standard_wants_it(write):
    full, hall = pd.read_csv(write("public_facility"), dtype=str).to_dict("records")
    assert (full["建物名等(方書)"], full["車椅子可"]) == ("北町ひろば", "有")
    assert {heading: cell for heading, cell in hall.items() if not pd.isna(cell)} == {
        "全国地方公共団体コード": "131164",
        "ID": "S-hall",
        "地方公共団体名": "見本県みほん市",
        "名称": "北町ひろば",
        "所在地_連結表記": "北町2-13-18",
        "所在地_都道府県": "見本県",
        "所在地_市区町村": "みほん市",
        "緯度": "35.712346",
        "経度": "139.7",
        "団体名": "みほん市",
        "利用可能曜日": "月火水木金",
        "開始時間": "09:00",
        "終了時間": "17:00",
        "利用可能日時特記事項": "祝日を除く",
    }


def test_a_rough_position_is_none_of_a_facility(write, hard):
    rough = replace(hard, table=hard.table.assign(located="block"))
    table = pd.read_csv(write("public_facility", rough), dtype=str)
    assert table[["緯度", "経度"]].isna().all(axis=None)
    assert len(table) == 2


@pytest.mark.parametrize(
    "text",
    [
        *(
            "毎週水曜 14:00～16:00",
            "第2・第4土曜 11:30～13:30",
            "毎月10日 10時～12時",
            "平日 9:00～17:00",
            "毎月最終金曜 13時～",
        ),
        *(
            "毎日 9時～24時（年末年始休み）",
            "月・水 10:00～12:00 要予約",
            "12/6、12/20 13時～",
            "7月の毎週金曜 10時～12時",
        ),
        *(
            "火曜 9:00～12:00、13:00～17:00",
            "第1月曜 10時～12時、第3金曜 13時～15時",
            "毎週水曜（8月を除く） 14～16時",
            "第3日曜",
        ),
    ],
)
def test_cells_of_days_and_hours_say_the_same_when_they_are_read(text):
    asked = hours_of(read_schedule(text), text)
    joined = join_schedule(schedule="", days=asked.days, start=asked.start, end=asked.end, note=asked.note)
    first, last = date(2026, 11, 1), date(2027, 10, 31)
    read, written = read_schedule(joined), read_schedule(text)
    days = dates_between(written, first, last)
    assert dates_between(read, first, last) == days
    assert [hours_on(read, day) for day in days] == [hours_on(written, day) for day in days]
