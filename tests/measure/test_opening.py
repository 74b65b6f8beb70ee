"""How much is offered: against the days of the model, minutes counted one by one, and sums made by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.measure.opening import opening
from resourcemap.model.schedule.schedule import Schedule, dates_between, hours_on, per_month
from resourcemap.model.schedule.spans import Span
from resourcemap.read.schedules.parse import read_schedule
from tests.model.schedule.strategies import schedules

YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def read(*texts):
    return pd.Series([read_schedule(text) for text in texts], dtype=object)


@given(schedules, st.integers(0, 50))
@settings(max_examples=50)
def test_days_and_minutes_counted_one_by_one(schedule, places):
    found = opening(pd.Series([schedule]), pd.Series([places]), **YEAR).iloc[0]
    assert found["days_per_month"] == pytest.approx(per_month(schedule, **YEAR), abs=0.0051)
    days = dates_between(schedule, **YEAR)
    hours = [hours_on(schedule, day) for day in days]
    if not days:
        assert (found["seat_hours"], found["unknown"]) == (0, "")
        assert np.isnan(found["hours_per_day"])
    elif None in hours:
        assert np.isnan([found["hours_per_day"], found["seat_hours"]]).all()
        assert found["unknown"] == "hours"
    else:
        minutes = sum(len({minute for span in spans for minute in range(span.start, span.end)}) for spans in hours)
        assert found["hours_per_day"] == pytest.approx(minutes / len(days) / 60)
        assert found["seat_hours"] == pytest.approx(minutes / 60 / 12 * places)


def test_sums_made_by_hand():
    """In 2026 there are 52 Wednesdays and 12 second Sundays; 365 days, 9 to 17 o'clock.

    Wednesday: 52 / 12 days x 2 h x 20 places = 173.3. Second Sunday: 1 x 1.5 x 10 = 15. Every day: 30.4 x 8 x 30 =
    7,300. Twice a month without dates: 2 x 2 x 5 = 20. Two single dates: 2 / 12 x 3 x 60 = 30.
    """
    found = opening(
        read(
            "毎週水曜 14:00〜16:00",
            "第2日曜 10:00〜11:30",
            "毎日 9:00〜17:00",
            "月2回 10:00〜12:00",
            "2026年12月6日・20日 10:00〜13:00",
        ),
        pd.Series([20, 10, 30, 5, 60]),
        **YEAR,
    )
    assert found["seat_hours"].round(1).tolist() == [173.3, 15.0, 7300.0, 20.0, 30.0]
    assert found["days_per_month"].round(2).tolist() == [4.33, 1.0, 30.42, 2.0, 0.17]
    assert found["hours_per_day"].tolist() == [2.0, 1.5, 8.0, 2.0, 3.0]
    assert found["unknown"].tolist() == [""] * 5


def test_hours_of_an_average_day():
    """Wednesdays two hours, Saturdays four, 52 each: three hours on average; the lunch break does not count."""
    assert opening(read("毎週水曜 10:00〜12:00、毎週土曜 10:00〜12:00・13:00〜15:00"), **YEAR)[
        "hours_per_day"
    ].tolist() == [3.0]
    night = read("毎週土曜 22:00〜26:00")
    assert opening(night, **YEAR)["hours_per_day"].tolist() == [4.0]


def test_two_groups_at_the_same_time_count_once():
    """10 to 12 and 11 to 13 on the same day are three hours."""
    rule = read_schedule("毎週水曜 10:00〜12:00").rules[0]
    both = Schedule((rule, type(rule)(rule.days, (Span(660, 780),))))
    assert opening(pd.Series([both]), **YEAR)["hours_per_day"].tolist() == [3.0]


@pytest.mark.parametrize(
    ("text", "places", "part"),
    [
        ("", 10, "schedule"),
        ("毎週水曜 夏休み期間中を除く", 10, "schedule"),
        ("不定期 10:00〜12:00", 10, "schedule"),
        ("毎週水曜", 10, "hours"),
        ("毎週水曜 10:00〜", 10, "hours"),
        ("月1回", 10, "hours"),
        ("毎週水曜", None, "hours"),
        ("毎週水曜 10:00〜12:00", None, "capacity"),
        ("毎週水曜 10:00〜12:00", 10, ""),
        ("毎週水曜 10:00〜12:00", 0, ""),
    ],
)
def test_what_is_not_known_is_named_and_stays_unknown(text, places, part):
    found = opening(read(text), pd.Series([places], dtype=object), **YEAR).iloc[0]
    assert found["unknown"] == part
    assert np.isnan(found["seat_hours"]) == bool(part)


def test_how_long_is_enough_where_the_hours_are_not_known():
    """The day is every Wednesday and it lasts 90 minutes, whenever it begins."""
    assert opening(read("毎週水曜 90分間"), **YEAR)["hours_per_day"].tolist() == [1.5]


def test_who_does_not_meet_offers_nothing():
    texts = read("", "毎週水曜 10:00〜12:00", "毎週水曜 10:00〜12:00")
    given_columns = {
        "status": pd.Series(["suspended", "ended", "active"]),
        "valid_to": pd.Series([None, None, date(2025, 3, 31)], dtype=object),
    }
    found = opening(texts, **YEAR, **given_columns)
    assert found["days_per_month"].tolist() == [0.0, 0.0, 0.0]
    assert found["seat_hours"].tolist() == [0.0, 0.0, 0.0]
    assert found["unknown"].tolist() == ["", "", ""]


def test_half_a_year_offers_half_as_much():
    """27 of the 52 Wednesdays of 2026 come from 1 July on; twice a month for 184 of 365 days is 1.01."""
    texts = read("毎週水曜 10:00〜12:00", "月2回 10:00〜12:00")
    begins = pd.Series([date(2026, 7, 1)] * 2, dtype=object)
    assert opening(texts, **YEAR, valid_from=begins)["days_per_month"].round(2).tolist() == [2.25, 1.01]


def test_the_index_stays():
    texts = read("毎週水曜", "")
    texts.index = pd.Index(["b", "a"])
    assert opening(texts, **YEAR).index.tolist() == ["b", "a"]
    nothing = opening(pd.Series([], dtype=object), pd.Series([], dtype=float), **YEAR)
    assert nothing.shape == (0, 4)


def test_bad_capacities():
    with pytest.raises(InputError, match="capacity has 2 rows and the schedules have 1"):
        opening(read(""), pd.Series([1, 2]), **YEAR)
    with pytest.raises(InputError, match=r"capacity is negative \(rows 1\)"):
        opening(read("", ""), pd.Series([1, -2]), **YEAR)
