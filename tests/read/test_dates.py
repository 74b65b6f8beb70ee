from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.read.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "令和8年3月1日",
        "令和８年３月１日",
        "R8.3.1",
        "R8/3/1",
        "ｒ8.3.1",
        "2026/3/1",
        "2026-03-01",
        "2026-03-01 00:00",
        "2026.3.1",
        "2026年3月1日",
        "２０２６年３月１日",
        "20260301",
        "46082",
        "46082.0",
        "3/1/2026",
        "2026/3/1現在",
        "令和 8 年 3 月 1 日",
        "R8. 3. 1",
        "R.8.3.1",
        "令8.3.1",
        "R8・3・1",
        "R8,3,1",
        "令和八年三月一日",
        "二〇二六年三月一日",
        "㋿8年3月1日",
        "R08.03.01",
        "R8-3-1",
        "令和8年3月1日（日）",
        "令和8年3月1日から",
        "2026-03-01T00:00:00",
        "2026/03/01 10:00",
        "46082.5",
    ],
)
def test_one_day_in_all_its_spellings(text):
    assert read_date(text) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("H30/4/1", date(2018, 4, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("S63.1.7", date(1988, 1, 7)),
        ("H18. 4. 1", date(2006, 4, 1)),
        ("平18.4.1", date(2006, 4, 1)),
        ("㍻30年4月1日", date(2018, 4, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("昭和五十九年十二月二十九日", date(1984, 12, 29)),
        ("平成十年十月十日", date(1998, 10, 10)),
    ],
)
def test_eras(text, day):
    assert read_date(text) == day


def test_a_month_is_its_first_or_its_last_day():
    assert read_date("令和8年2月") == date(2026, 2, 1)
    assert read_date("2028年2月", end=True) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "3/1",
        "令和8年",
        "R8.13.1",
        "2026/2/30",
        "春ごろ",
        "毎週水曜",
        "令和五年度",
        "平日",
        "大正琴",
        "",
        "12345678901",
        "0",
    ],
)
def test_what_is_no_whole_date_is_none(text):
    assert read_date(text) is None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)))
def test_every_day_comes_back_from_its_spellings(day):
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert read_date(str((day - date(1899, 12, 30)) // timedelta(days=1))) == day


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("令和7年4月1日～令和9年3月31日", date(2027, 3, 31)),
        ("R7.4.1〜R9.3", date(2027, 3, 31)),
        ("2025/4/1-2027/3/31", date(2027, 3, 31)),
        ("2025-04-01 ~ 2027-03-31", date(2027, 3, 31)),
        ("令和7年4月1日から令和9年3月31日まで", date(2027, 3, 31)),
        ("令和7年4月1日～5月31日", date(2025, 5, 31)),
        ("～令和9年3月31日", date(2027, 3, 31)),
        ("令和9年3月31日（予定）", date(2027, 3, 31)),
        ("令和7年4月1日～", None),
        ("令和7年4月1日～未定", None),
        ("2025/4/1、2027/3/31", None),
    ],
)
def test_a_period_ends_on_its_last_day(text, last):
    assert read_date(text, end=True) == last


def test_a_period_begins_on_its_first_day():
    assert read_date("令和7年4月1日～令和9年3月31日") == date(2025, 4, 1)
    assert read_date("～令和9年3月31日") is None
