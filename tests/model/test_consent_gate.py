"""What consent covers: its days, its fields, and what is shown of rows that lack it."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from resourcemap.errors import ReleaseError
from resourcemap.language import speaking
from resourcemap.model.consent import Policy, coarse_places, release

ON = date(2026, 11, 1)
BLOCKS = gpd.GeoDataFrame(
    {"block": ["本町1丁目", "本町2丁目"]},
    geometry=[shapely.box(139.70, 35.70, 139.703, 35.703), shapely.box(139.703, 35.70, 139.706, 35.703)],
    crs="EPSG:4326",
)
ROW = {
    "resource_id": "r1",
    "activity_id": "a1",
    "venue_id": "v1",
    "name": "ひだまり",
    "kana": "ひだまり",
    "kind": "salon",
    "provider": "ひだまりの会",
    "venue": "本町会館",
    "address": "本町1-2-3",
    "place": "venue",
    "status": "active",
    "schedule": "毎週水曜 10:00-12:00",
    "phone": "03-0000-0001",
    "description": "お茶の会",
    "located": "lot",
    "how_to_join": "申込不要",
    "channels": "list;map;paper",
    "consent": "有",
    "audience": "older",
    "consent_on": None,
    "consent_until": None,
    "consent_fields": None,
    "notes": None,
    "valid_to": None,
}
BLOCK_POINT = BLOCKS.geometry.iloc[0].point_on_surface()


@pytest.fixture(autouse=True)
def _japanese():
    with speaking("ja"):
        yield


def one(**changes):
    return table({**ROW, **changes})


def table(*rows, at=(139.7012, 35.7013)):
    spots = [shapely.Point(at[0], at[1])] * len(rows)
    return gpd.GeoDataFrame(pd.DataFrame(rows, dtype=object), geometry=spots, crs="EPSG:4326")


def reason(resources, **asked):
    return release(resources, "map", on=ON, **asked).withheld["reason"].tolist()


def test_consent_holds_to_the_last_day_of_its_limit():
    assert reason(one(consent_until=ON)) == []
    assert reason(one(consent_until=date(2026, 10, 31))) == ["consent_over"]
    assert release(one(consent_until=date(2026, 10, 31)), "map").withheld.empty


def test_consent_of_a_day_to_come_is_none_yet():
    assert reason(one(consent_on=date(2026, 11, 2))) == ["consent_not_yet"]
    assert reason(one(consent_on=ON)) == []


def test_fields_that_are_not_understood_keep_the_row_inside():
    assert reason(one(consent_fields="要相談")) == ["unclear_fields"]


def test_a_field_without_consent_is_blank_and_no_text_tells_it():
    told = one(consent_fields="電話以外", how_to_join="電話（03-0000-0001）で申込", description="毎回20人")
    released = release(told, "map", on=ON)
    shown = released.table.iloc[0]
    assert shown["phone"] is None
    assert "0001" not in shown["how_to_join"]
    assert (shown["description"], shown["schedule"], shown["address"]) == ("毎回20人", ROW["schedule"], "本町1-2-3")
    assert set(zip(released.blanked["column"], released.blanked["reason"], strict=True)) == {
        ("phone", "not_agreed"),
        ("how_to_join", "in_text"),
    }


def test_a_name_without_consent_is_said_to_be_so():
    assert release(one(consent_fields="場所、日時"), "map", on=ON).table["name"].iloc[0].endswith("公開していません）")


def test_a_home_is_released_by_its_own_word_alone():
    home = {"venue": "見本様方"}
    assert reason(one(**home)) == ["private_home"]
    assert reason(one(**home, consent_fields="全部")) == ["private_home"]
    assert reason(one(**home, consent_fields="全部、個人宅も可")) == []
    assert reason(one(**home, consent_fields="個人宅も可", channels="", consent="")) == ["private_home"]
    assert reason(one(**home), policy=Policy("block", "block"), blocks=BLOCKS) == ["private_home"]


def test_mobile_numbers_and_addresses_of_mail_need_their_own_words():
    text = "090-0000-0001 hanako@example.jp"
    assert release(one(how_to_join=text), "map").table["how_to_join"].iloc[0] is None
    both = release(one(how_to_join=text, consent_fields="全部、携帯も可、メールも可"), "map")
    assert both.table["how_to_join"].iloc[0] == text
    assert both.blanked.empty


def test_without_consent_for_the_place_the_row_is_left_out():
    assert reason(one(consent_fields="住所以外")) == ["place_withheld"]
    assert reason(one(consent_fields="住所以外"), policy=Policy(places="block")) == ["place_withheld"]  # no blocks


def test_a_place_without_consent_stands_at_its_block_where_the_project_says_so():
    resources = one(consent_fields="住所以外", description="本町会館の2階で", how_to_join="本町1-2-3へ直接")
    released = release(resources, "map", on=ON, policy=Policy(places="block"), blocks=BLOCKS)
    row = released.table.iloc[0]
    assert (row["name"], row["venue"], row["address"], row["located"]) == ("ひだまり", "本町1丁目内", None, "block")
    assert row["venue_id"] is None
    assert (row["description"], row["how_to_join"]) == (None, None)
    assert row["schedule"] == ROW["schedule"]
    assert row.geometry.equals(BLOCK_POINT)
    assert released.coarse.tolist() == [0]
    assert released.nameless.tolist() == []
    assert released.counts()["without_place"] == 1


def test_its_id_does_not_depend_on_the_address():
    here, there = (
        one(consent_fields="住所以外"),
        one(consent_fields="住所以外", address="本町1-9-9", resource_id="r9", activity_id="a9"),
    )
    asked = {"policy": Policy(places="block"), "blocks": BLOCKS}
    shown = [release(each, "map", **asked).table for each in (here, there)]
    assert shown[0].equals(shown[1])
    assert "r1" not in shown[0]["resource_id"].tolist()


@pytest.mark.parametrize(
    "consent", [{"channels": "", "consent": ""}, {"channels": "paper"}, {"consent_until": date(2025, 1, 1)}]
)
def test_without_consent_the_kind_and_the_block_alone_are_shown_where_the_project_says_so(consent):
    released = release(one(**consent), "map", on=ON, policy=Policy(lacking="block"), blocks=BLOCKS)
    row = released.table.iloc[0]
    kept = {"kind", "place", "status", "audience", "located", "geometry", "venue", "name", "resource_id", "activity_id"}
    assert [column for column in released.table if row[column] is not None and column not in kept] == []
    assert row["name"] == "（名称は公開していません）"
    assert released.nameless.tolist() == [0]
    assert "ひだまり" not in released.table.to_json()
    assert released.withheld.empty


@pytest.mark.parametrize("other", [{"notes": "公開不可"}, {"status": "ended"}, {"venue": "見本様方"}])
def test_refusals_homes_and_ended_ones_are_never_shown_with_their_block(other):
    resources = one(channels="", consent="", **other)
    assert release(resources, "map", on=ON, policy=Policy("block", "block"), blocks=BLOCKS).table.empty


def test_outside_all_blocks_nothing_is_shown():
    far = table({**ROW, "channels": ""}, at=(140, 36))
    assert reason(far, policy=Policy(lacking="block"), blocks=BLOCKS) == ["no_consent"]


def test_two_of_one_block_have_ids_of_their_own():
    rows = table({**ROW, "channels": ""}, {**ROW, "channels": "", "resource_id": "r2"})
    shown = release(rows, "map", policy=Policy(lacking="block"), blocks=BLOCKS).table
    assert shown["resource_id"].is_unique
    assert coarse_places(rows, BLOCKS).geometry.iloc[0].equals(shown.geometry.iloc[1])


def test_partners_see_contact_persons_and_no_remarks():
    resources = one(channels="partners", contact="担当者", notes="内緒")
    shown = release(resources, "partners").table
    assert "contact" in shown
    assert "notes" not in shown
    assert "contact" not in release(one(contact="担当者"), "list").table


def test_a_visiting_service_keeps_its_row_and_loses_its_office():
    resources = one(place="served_area", serves="本町全域", consent_fields="住所以外")
    row = release(resources, "map").table.iloc[0]
    assert (row["serves"], row["address"], row.geometry) == ("本町全域", None, None)


def test_a_label_that_is_twice_in_the_index_is_refused():
    rows = pd.concat([one(), one()])
    with pytest.raises(ReleaseError, match="index"):
        release(rows, "map")


def test_the_table_given_is_not_changed():
    resources = one(consent_fields="住所以外", how_to_join="本町1-2-3へ")
    before = resources.copy()
    release(resources, "map", policy=Policy("block", "block"), blocks=BLOCKS)
    assert resources.equals(before)


def test_no_id_is_made_of_what_was_taken_out():
    asked = [
        one(provider=name, activity_id=f"a-{name}", resource_id=f"r-{name}") for name in ("見本 花子", "見本 太郎")
    ]
    shown = [release(each, "map").table for each in asked]
    assert shown[0]["provider"].isna().all()
    assert shown[0].equals(shown[1])
    assert "venue_id" not in shown[0] or shown[0]["venue_id"].isna().all()


def test_rows_of_one_activity_stay_one_and_others_apart():
    rows = [
        {**ROW, "provider": "見本 花子", "resource_id": "r1", "activity_id": "a1"},
        {**ROW, "provider": "見本 花子", "resource_id": "r2", "activity_id": "a1", "venue": "南町会館"},
        {**ROW, "provider": "見本 太郎", "resource_id": "r3", "activity_id": "a2"},
        {**ROW, "resource_id": "r4", "activity_id": "a4"},
    ]
    shown = release(table(*rows), "map").table
    ids = shown["activity_id"].tolist()
    assert ids[0] == ids[1] != ids[2]
    assert ids[3] == "a4"
    assert shown["resource_id"].is_unique


def test_a_spot_borrowed_from_a_row_that_is_not_shown_is_given_back():
    inside = {**ROW, "resource_id": "r2", "name": "内輪の会", "channels": "", "consent": "", "located": "lot"}
    shown = {**ROW, "address": None, "located": "venue"}
    passed = release(table(shown, inside), "map", blocks=BLOCKS).table
    assert passed["located"].tolist() == ["block"]
    assert passed.geometry.iloc[0].equals(BLOCK_POINT)
    assert release(table(shown, inside), "map").table.geometry.isna().all()
    lender = {**inside, "channels": "map"}
    assert release(table(shown, lender), "map", blocks=BLOCKS).table["located"].tolist() == ["venue", "lot"]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("url", "https://maps.example.org/@35.7012,139.7013"),
        ("description", "本町会館2階の和室"),
        ("how_to_join", "本町1-2へ"),
        ("description", "本町一丁目二番です"),
    ],
)
def test_no_other_text_tells_a_place_that_is_not_covered(column, text):
    resources = one(consent_fields="住所以外", venue="本町会館 大広間", **{column: text})
    assert release(resources, "map", policy=Policy(places="block"), blocks=BLOCKS).table[column].iloc[0] is None


@pytest.mark.parametrize("text", ["TEL-03-0000-0001", "+81-3-0000-0001", "03─0000─0001", "０３（００００）０００１"])
def test_no_writing_of_a_number_tells_what_is_not_covered(text):
    shown = release(one(consent_fields="電話以外", description=f"申込は{text}"), "map").table["description"].iloc[0]
    assert "0001" not in (shown or "")


@pytest.mark.parametrize("text", ["03-0000-0001（非公開）", "自宅03-0000-0001", "03-0000-0001（代表者自宅）"])
def test_a_number_that_says_it_is_private_is_not_shown(text):
    assert release(one(phone=text), "map").table["phone"].iloc[0] is None


@pytest.mark.parametrize(
    "text", ["承諾撤回", "公開を取り下げ", "掲載を断られた", "公開停止", "非掲載", "公開　不可", "㊙", "マル秘"]
)
def test_a_remark_that_takes_consent_back_keeps_the_row_inside(text):
    assert reason(one(notes=text)) == ["refused"]


@pytest.mark.parametrize("word", ["不可", "×", "無", "公開不可"])
def test_a_refusal_is_not_shown_with_its_block(word):
    resources = one(channels="", consent=word)
    assert release(resources, "map", policy=Policy("block", "block"), blocks=BLOCKS).table.empty
    pending = one(channels="", consent="確認中")
    assert len(release(pending, "map", policy=Policy("block", "block"), blocks=BLOCKS).table) == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"consent_until": "令和5年3月31日"}, "unclear_consent"),
        ({"consent_until": "失効"}, "unclear_consent"),
        ({"consent_until": "2025-03-31"}, "consent_over"),
        ({"consent_on": "来年"}, "unclear_consent"),
        ({"consent_fields": 1}, "unclear_fields"),
        ({"status": "終了"}, "ended"),
    ],
)
def test_what_an_analyst_s_table_says_otherwise_keeps_the_row_inside(changes, why):
    assert reason(one(**changes)) == [why]


@pytest.mark.parametrize("phone", [9000000001, 9000000001.0, b"090-0000-0001", "090─0000─0001", "090＝0000＝0001"])
def test_no_type_or_dash_carries_a_mobile_number_through(phone):
    assert release(one(phone=phone), "map").table["phone"].iloc[0] is None


def test_what_hangs_on_the_table_does_not_go_out():
    resources = one()
    resources.attrs["left_aside"] = [{"value": "内緒"}]
    assert release(resources, "map").table.attrs == {}


@pytest.mark.parametrize("id_", ["hanako@example.jp", "090-0000-0001"])
def test_an_id_that_is_an_address_or_a_number_of_a_person_is_not_shown(id_):
    assert release(one(resource_id=id_), "map").table["resource_id"].iloc[0] != id_
