"""What belongs to persons is found in every writing, and what belongs to offices stays."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

from resourcemap.model.consent import private_home, release
from resourcemap.model.consent.persons import (
    is_person,
    with_first_zero,
    without_email,
    without_mobile_numbers,
    without_names,
)
from resourcemap.model.consent.remarks import refused_in_remarks

MOBILE = [
    "9000000001",
    "0900-000-0001",
    "090-00-000001",
    "090.0000.0001",
    "090・0000・0001",
    "060-0000-0001",
    "+81 90-0000-0001",
    "+819000000001",
    "090~0000~0001",
    "090〜0000〜0001",
    "080/0000/0001",
    "070_0000_0001",
    "〇九〇-〇〇〇〇-〇〇〇一",
    "(090)0000-0001",
    "（090-0000-0001）",
    "０９０００００００１１",
    "90-0000-0001",
    "9000000001.0",
    "819000000001",
    "090-0000-001",
    "090000000011",
    "090−0000−0001",
    "+81(0)90-0000-0001",
]


@pytest.mark.parametrize("number", MOBILE)
def test_mobile_numbers_are_found_in_every_writing(number):
    assert without_mobile_numbers(number) is None
    assert without_mobile_numbers(f"申込は{number}まで") == "申込はまで"


@pytest.mark.parametrize(
    "text",
    [
        "0800-000-0001",
        "08000000001",
        "0120-000-001",
        "03-0000-0001",
        "0790-00-0001",
        "050-0000-0001",
        "07:00-09:00 10:00~12:30",
        "2008.09.01-2009.03.31",
        "2026/09/01~2026/09/30",
        "0900-1200 1300-1700",
        "〒060-0001",
        "042-070-0001",
        "法人番号 9010000000001",
    ],
)
def test_other_numbers_stay(text):
    assert without_mobile_numbers(text) == text


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("山田花子03-0000-0001", "03-0000-0001"),
        ("山田花子", None),
        ("03-0000-0001（山田）", "03-0000-0001"),
        ("服部 03-0000-0001", "03-0000-0001"),
        ("03-0000-0001（代表） 内線12", "03-0000-0001（代表） 内線12"),
        ("みほん市役所高齢課 03-0000-0001", "みほん市役所高齢課 03-0000-0001"),
        ("03-0000-0001（月〜金 9時～17時）", "03-0000-0001（月〜金 9時～17時）"),
    ],
)
def test_names_do_not_leave_beside_a_telephone_number(cell, shown):
    assert without_names(cell) == shown


@pytest.mark.parametrize(
    ("number", "full"),
    [
        ("300000001", "0300000001"),
        ("5000000001", "05000000001"),
        ("9000000001", "09000000001"),
        ("12345678", "12345678"),
        ("1234567890", "1234567890"),
        ("03-0000-0001", "03-0000-0001"),
    ],
)
def test_the_lost_zero_comes_back_only_where_it_is_certain(number, full):
    assert with_first_zero(number) == full


@pytest.mark.parametrize(
    ("name", "person"), [("山田 花子", True), ("山田さん", True), ("本町 町会", False), ("花の会", False)]
)
def test_a_person_as_provider_is_seen(name, person):
    assert is_person(name) is person


@pytest.mark.parametrize(
    ("column", "text"),
    [
        *(
            ("venue", text)
            for text in ("鈴木方", "井上方", "鈴木邸", "鈴木さんの家", "民家", "三宅方", "鳥居宅", "自宅", "個人宅")
        ),
        *(("address", f"本町一丁目{text}") for text in ("1-2 鈴木方", "1-2鈴木方", "2番地鈴木方", "1-2 村上方")),
        ("notes", "個人宅のため住所は出せない"),
        ("own:会場種別", "個人宅"),
        ("own:場所の形", "自宅"),
    ],
)
def test_homes_are_seen_however_they_are_written(column, text):
    assert private_home(pd.DataFrame({column: [text]})).tolist() == [True]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        *(
            ("name", text)
            for text in ("居宅介護支援センターみほん", "三宅町社会福祉協議会", "高齢者宅見守り事業", "宅老所みほん")
        ),
        *(("venue", text) for text in ("三宅町公民館", "古民家ひだまり", "旧鈴木邸", "枚方", "北方公民館")),
        *(("address", text) for text in ("枚方市岡本町1-1", "市川市北方", "行方市麻生1")),
        *(("description", text) for text in ("ご自宅にお届けします", "一人暮らし高齢者宅を見守る", "個人宅への配達")),
    ],
)
def test_organisations_and_visits_are_no_homes(column, text):
    assert private_home(pd.DataFrame({column: [text]})).tolist() == [False]


def test_a_visiting_service_goes_to_homes_and_tells_of_none():
    table = pd.DataFrame({"place": ["served_area", "venue"], "own:場所の形": "自宅"})
    assert private_home(table).tolist() == [False, True]


@pytest.mark.parametrize("text", ["公開不可。本人の希望", "HPには載せないこと", "掲載を希望しない", "非公開"])
def test_a_remark_that_refuses_is_heard(text):
    assert refused_in_remarks(pd.DataFrame({"notes": [text]})).tolist() == [True]


@pytest.fixture
def row():
    """Make a released table of one row with these cells."""

    def make(channel="list", on=None, **cells):
        cells = {"resource_id": "a", "name": "A", "status": "active", "channels": "list;map"} | cells
        table = gpd.GeoDataFrame({name: [cell] for name, cell in cells.items()}, geometry=[None], crs="EPSG:4326")
        return release(table, channel, on=on)

    return make


def reasons(released):
    return released.withheld["reason"].tolist()


def test_what_is_over_on_the_day_stays_inside(row):
    day = pd.Timestamp("2026-11-01").date()
    assert reasons(row(on=day, valid_to=pd.Timestamp("2026-10-31").date())) == ["over"]
    assert reasons(row(on=day, valid_to=day)) == []
    assert reasons(row(on=day, valid_to=None)) == []
    assert reasons(row(valid_to=pd.Timestamp("2020-01-01").date())) == []


def test_a_word_of_consent_that_is_not_understood_has_its_own_reason(row):
    assert reasons(row(channels="", consent="△")) == ["unclear_consent"]
    assert reasons(row(channels="", consent="無")) == ["no_consent"]
    assert reasons(row(channels="", consent=None)) == ["no_consent"]


def test_a_refusal_in_a_remark_goes_before_consent(row):
    assert reasons(row(notes="公開不可。本人の希望")) == ["refused"]


def test_a_name_that_is_a_number_is_no_name(row):
    assert reasons(row(name="090-0000-0001")) == ["no_name"]


def test_addresses_and_names_of_people_are_blanked_and_counted(row):
    passed = row(phone="山田花子03-0000-0001", provider="山田 花子", description="hanako@example.jp へ")
    assert passed.table["provider"].isna().all()
    assert [*passed.table["phone"], *passed.table["description"]] == ["03-0000-0001", "へ"]
    assert (passed.phones_withheld, passed.persons_withheld) == (0, 3)


@pytest.mark.parametrize(
    "name", ["見本花子", "見本はなこ", "見本一", "佐々本花子", "見本髙子", "\ufffd本花子", "\ufffd本 花子"]
)
def test_a_name_without_a_space_is_a_person(name):
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "昭和湯",
        "北地区社協",
        "民生委員有志",
        "本町体操",
        "歌声広場",
        "健康麻雀部",
        "喫茶店",
        "大本学園",
        "むぎ",
        "本町",
    ],
)
def test_an_organisation_of_few_kanji_is_none(name):
    assert not is_person(name)


@pytest.mark.parametrize("name", ["ヤマダ ハナコ", "見本花子（代表）", "見本 花子(会長)"])
def test_names_in_katakana_and_with_a_title_behind_are_people(name):
    assert is_person(name)


@pytest.mark.parametrize("name", ["カフェ ツムギ", "ハッピー ライフ", "本町会（代表）"])
def test_organisations_in_katakana_are_none(name):
    assert not is_person(name)


@pytest.mark.parametrize(
    "number", ["090:0000:0001", "090＝0000＝0001", "090•0000•0001", "O9O-0000-0001", "090─0000─0001"]
)
def test_a_mobile_number_is_found_between_any_signs(number):
    assert without_mobile_numbers(number) is None


@pytest.mark.parametrize(
    "address",
    [
        "花子@example.jp",
        "hanako(アット)example.jp",
        "hanako■example.jp",
        "hanako@example。jp",
        "hanako＠gmail",
        "hanako@docomo",
    ],
)
def test_an_email_address_is_found_however_it_is_spelled(address):
    assert "hanako" not in (without_email(f"申込 {address}") or "")
    assert "花子" not in (without_email(f"申込 {address}") or "")
