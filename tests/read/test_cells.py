from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.read.cells import as_text, clean, fold, is_blank, number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (40.0, "40"),
        (7, "7"),
        (34.955425, "34.955425"),
        (True, "TRUE"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime.fromisoformat("2026-03-01"), "2026-03-01"),
        (datetime.fromisoformat("2026-03-01 09:30"), "2026-03-01 09:30"),
        (pd.Timestamp("2026-03-01"), "2026-03-01"),
        (time(9, 5), "09:05"),
        (timedelta(hours=24), "24:00"),
        (datetime(1899, 12, 30, 9, 30), "09:30"),  # noqa: DTZ001
        (datetime(1899, 12, 31, 9, 30), "09:30"),  # noqa: DTZ001
        ("そのまま", "そのまま"),
    ],
)
def test_values_become_the_text_that_the_sheet_shows(value, text):
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("１０：００～１６：００", "10:00～16:00"),
        ("3〜5歳", "3〜5歳"),
        ("コーヒー", "コーヒー"),
        ("ｻﾛﾝ（第①回）", "サロン（第①回）"),
        ("㈱みほん", "㈱みほん"),
        ("０３－１２３４－５６７８", "03-1234-5678"),
        ("\ufeffＡＢＣ\u200b\x07", "ABC"),
        ("  前\u3000 後  ", "前 後"),
        ("一\r\n二 \n 三", "一\n二\n三"),
        ("", ""),
    ],
)
def test_cleaning_changes_only_what_cannot_be_meant(written, cleaned):
    assert clean(written) == cleaned


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("１，２３４", 1234),
        ("1,426,674", 1426674),
        ("-3", -3),
        ("△5", -5),
        ("35.7", 35.7),
        ("20人", None),
        ("", None),
        ("1e5", None),
    ],
)
def test_numbers(text, value):
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "-", "ー", "―", "…", "---"])
def test_dashes_say_nothing(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["なし", "0", "×", "-1"])
def test_words_and_zero_say_something(text):
    assert not is_blank(text)


def test_headings_meet_whatever_their_width_and_spaces():
    assert fold(" ＴＥＬ\n（代表）") == fold("tel(代表)")


def test_lists_of_geojson_become_text():
    assert as_text(["火", None, 3.0]) == "火、3"
    assert as_text(np.array(["火", "木"])) == "火、木"
    assert as_text({"a": 1}) == '{"a": 1}'
