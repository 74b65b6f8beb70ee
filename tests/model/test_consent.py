"""The gate: strict by default, and only it makes what may be published."""

from __future__ import annotations

import pandas as pd
import pytest

from resourcemap.errors import ReleaseError
from resourcemap.model.consent import PUBLIC, Released, channels_of, private_home, release


@pytest.mark.parametrize("word", ["有", "済", "○", "◯", "〇", "可", "同意", "ＹＥＳ", True])
def test_a_plain_yes_allows_the_public_channels(word):
    assert channels_of(word) == PUBLIC


@pytest.mark.parametrize(
    "word", ["", "×", "無", "確認中", "不可", "非公開", "?", None, float("nan"), False, "有（予定）"]
)
def test_whatever_is_not_a_yes_means_no(word):
    assert channels_of(word) == ()


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("紙面のみ", ("paper",)),
        ("一覧・地図", ("list", "map")),
        ("地図のみ可", ("map",)),
        ("一覧、紙面", ("list", "paper")),
    ],
)
def test_named_channels_are_those_alone(text, channels):
    assert channels_of(text) == channels


@pytest.mark.parametrize("text", ["見本様方", "見本　花子 様方", "みほん宅"])
def test_homes_are_seen(text):
    assert private_home(pd.DataFrame({"address": [text]})).tolist() == [True]


@pytest.mark.parametrize("text", ["みほん住宅集会所", "在宅支援センター", "宅配弁当", "お宅訪問サービス"])
def test_other_words_with_the_same_character_are_not_homes(text):
    assert private_home(pd.DataFrame({"name": [text]})).tolist() == [False]


def test_rows_without_consent_stay_inside_with_their_reason(town):
    resources = town[2].assign(notes="内緒")
    resources.loc[0, "channels"] = ""
    resources.loc[1, "channels"] = "paper"
    resources.loc[2, "name"] = "見本様方サロン"
    passed = release(resources, "map")
    reasons = dict(zip(passed.withheld["resource_id"], passed.withheld["reason"], strict=True))
    assert reasons == {"r0": "no_consent", "r1": "other_channel", "r2": "private_home", "r21": "ended"}
    assert len(passed.table) + len(passed.withheld) == len(resources)


def test_internal_and_unknown_columns_do_not_leave(town):
    resources = town[2].assign(notes="内緒", contact="担当", 独自の列="x")
    released = release(resources, "map").table
    assert not {"notes", "contact", "独自の列", "channels", "consent"} & set(released.columns)


@pytest.mark.parametrize("number", ["090-0000-0001", "０９０－００００－０００１", "07000000001", "080 0000 0001"])
def test_personal_mobile_numbers_are_blanked_wherever_they_stand(town, number):
    resources = town[2].assign(phone=number, how_to_join=f"電話 {number} へ")
    passed = release(resources, "map")
    assert passed.table["phone"].isna().all()
    assert not passed.table["how_to_join"].str.contains("0001").any()
    assert passed.phones_withheld == 2 * len(passed.table)


def test_an_office_number_stays(town):
    assert set(release(town[2].assign(phone="03-0000-0001"), "map").table["phone"]) == {"03-0000-0001"}


def test_no_mark_is_left_where_a_mobile_number_stood(town):
    released = release(town[2].assign(phone="03-0000-0001／090-0000-0001"), "map").table
    assert set(released["phone"]) == {"03-0000-0001"}


def test_inside_the_office_everything_passes(town):
    assert len(release(town[2], "internal").table) == len(town[2])


def test_nobody_else_can_make_a_released_table(town):
    with pytest.raises(ReleaseError):
        Released("map", town[2], pd.DataFrame(), pd.DataFrame(), object())


def test_an_unknown_channel_is_refused(town):
    with pytest.raises(ReleaseError, match="no channel 'fax'"):
        release(town[2], "fax")
