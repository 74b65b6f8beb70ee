"""What is open when: the same answers as one schedule on one date gives, and places that need nothing special."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.model.schedule.days import Day, Period, Sometimes, Weekly
from resourcemap.model.schedule.schedule import Rule, Schedule, open_in
from resourcemap.model.schedule.spans import Span
from resourcemap.reach.slot_words import Slot, read_slot, week_slots
from resourcemap.reach.slots import CLOSED, OPEN, UNKNOWN, open_at, open_in_slots
from resourcemap.read.schedules.parse import read_schedule
from tests.model.schedule.strategies import chosen, rules, some_weekdays

YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
WORDS = {OPEN: True, CLOSED: False, UNKNOWN: None}

half_known = st.sampled_from([Span(600), Span(None, 720), Span(22 * 60, 26 * 60), Span(1300, 1440)])
sometimes = st.builds(Sometimes, st.just(1), st.just("month"), st.one_of(st.just(()), some_weekdays))
vague = st.one_of(
    st.builds(Rule, sometimes),
    st.builds(lambda days, span: Rule(Weekly(days), (span,)), some_weekdays, half_known),
    st.builds(lambda rule, span: Rule(rule.days, (*rule.spans, span), rule.within, rule.without), rules(), half_known),
)
schedules = st.builds(
    lambda found, left: Schedule(tuple(found), leftover=left),
    st.lists(st.one_of(rules(), vague), max_size=3),
    st.sampled_from(["", "", "", "雨天中止?"]),
)
windows = st.builds(
    lambda first, days: {"first": first, "last": first + timedelta(days=days)},
    st.dates(date(2026, 1, 1), date(2028, 6, 30)),
    st.integers(0, 120),
)
slots = st.builds(
    lambda weekdays, start, minutes: Slot(weekdays, start, min(start + minutes, 1440)),
    chosen(range(7)),
    st.integers(0, 1439),
    st.integers(1, 600),
)


def dates_of(slot, first, last):
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return [day for day in days if day.weekday() in slot.weekdays and slot.date in (None, day)]


def one_by_one(schedule, slot, first, last):
    """Ask one schedule of every date of a slot alone."""
    found = [
        open_in(schedule, day.weekday(), slot.start, slot.end, first=day, last=day)
        for day in dates_of(slot, first, last)
    ]
    sure = [answer is True for answer in found]
    return np.mean(sure or [0]), np.mean([answer is not False for answer in found] or [0]), len(found)


def table_of(texts, asked, **more):
    found = [read_schedule(text) for text in texts]
    return open_in_slots(pd.Series(found), [read_slot(slot) for slot in asked], **(YEAR | more))


@given(st.lists(schedules, min_size=1, max_size=3), st.lists(slots, min_size=1, max_size=3), windows)
@settings(max_examples=60)
def test_every_cell_says_what_its_schedule_says(found, asked, window):
    table = open_in_slots(pd.Series(found), asked, **window)
    for row, schedule in enumerate(found):
        for column, slot in enumerate(asked):
            least, most, dates = one_by_one(schedule, slot, **window)
            assert table.dates[column] == dates
            assert (table.least[row, column], table.most[row, column]) == pytest.approx((least, most))
            each = [open_in(schedule, day, slot.start, slot.end, **window) for day in slot.weekdays]
            answer = True if True in each else None if None in each else False
            assert WORDS[table.state[row, column]] is answer


@given(schedules, windows, st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 400))
@settings(max_examples=60)
def test_days_out_of_validity_are_taken_out_as_if_the_schedule_said_so(schedule, window, begins, days):
    ends = begins + timedelta(days=days)
    period = Period(*(Day(day.month, day.day, day.year) for day in (begins, ends)))
    clipped = Schedule(
        tuple(
            Rule(rule.days, rule.spans, (*rule.within, period), rule.without, rule.minutes) for rule in schedule.rules
        )
    )
    dated = not any(isinstance(rule.days, Sometimes) for rule in schedule.rules)
    asked = week_slots(range(0, 24, 3))
    columns = {"valid_from": pd.Series([begins]), "valid_to": pd.Series([ends])}
    table = open_in_slots(pd.Series([schedule]), asked, **window, **columns)
    alone = open_in_slots(pd.Series([clipped]), asked, **window)
    assert table.least.tolist() == alone.least.tolist()
    if dated and schedule.rules and schedule.understood == "all":
        assert table.most.tolist() == alone.most.tolist()
    outside = [not any(begins <= day <= ends for day in dates_of(slot, **window)) for slot in asked]
    known = not any(span.end and span.end > 1440 for rule in schedule.rules for span in rule.spans)
    assert not known or not table.most[0, outside].any()


def test_a_monthly_salon_is_not_a_hall_open_every_day():
    """Of the 52 Sundays of 2026 twelve are the second of their month, and four are in January."""
    texts = ["毎日 9:00〜17:00", "第2日曜 10:00〜12:00", "毎週日曜 10:00〜12:00（1月を除く）", "毎週日曜", "月1回 日曜"]
    table = table_of(texts, ["日 10:00-12:00", "日 13:00-14:00", "月 10:00-12:00"])
    assert table.state.tolist() == [[1, 1, 1], [1, 0, 0], [1, 0, 0], [-1, -1, 0], [-1, -1, 0]]
    assert table.dates.tolist() == [52, 52, 52]
    share = table.share * 52
    assert share[:3].round(9).tolist() == [[52, 52, 52], [12, 0, 0], [48, 0, 0]]
    assert np.isnan(share[3:, :2]).all()
    assert table.surely(0.9)[:, 0].tolist() == [True, False, True, False, False]
    assert table.possibly(0.9)[:, 0].tolist() == [True, False, True, True, True]


def test_public_holidays_and_nights():
    """Seven of the 52 Mondays of 2026 are holidays: 12 Jan, 23 Feb, 4 May, 20 July, 21 Sept, 12 Oct, 23 Nov."""
    table = table_of(
        ["毎週月曜 10:00〜12:00（祝日を除く）", "毎週土曜 22:00〜26:00"], ["月 11:00", "日 1:00", "日 2:00"]
    )
    assert (table.share * 52).round(9).tolist() == [[45, 0, 0], [0, 52, 0]]


def test_suspended_and_ended_are_closed_even_where_nothing_is_known():
    status = pd.Series(["active", "suspended", "ended"])
    table = table_of(["", "", "毎日 9:00〜17:00"], ["日 10:00"], status=status)
    assert table.state[:, 0].tolist() == [UNKNOWN, CLOSED, CLOSED]


def test_single_dates_are_slots_like_any_other():
    """A pantry on 6 and 20 December 2026: two of the four Sundays of December, one of them the date asked for."""
    pantry = "2026年12月6日・20日 10:00〜12:00"
    december = {"first": date(2026, 12, 1), "last": date(2026, 12, 31)}
    table = table_of(
        [pantry, ""], ["日 10:00-12:00", "2026-12-06 11:00", "2026-12-13 11:00", "2027-01-03 11:00"], **december
    )
    assert table.share[0].tolist()[:3] == [0.5, 1.0, 0.0]
    assert table.dates.tolist() == [4, 1, 1, 0]
    assert table.state.tolist() == [[1, 1, 0, 0], [-1, -1, -1, 0]]
    assert np.isnan(table.share[:, 3]).all()


def test_stops_of_a_route_are_open_at_their_own_times():
    table = table_of(["毎週水曜 10:00〜10:30", "毎週水曜 11:00〜11:30"], ["水 10:00-11:00", "水 11:00-12:00"])
    assert table.state.tolist() == [[1, 0], [0, 1]]


def test_open_at_a_moment_with_the_index_of_the_table():
    found = pd.Series([read_schedule("毎週日曜 10:00〜12:00"), None, read_schedule("毎週土曜")], index=["a", "b", "c"])
    answer = open_at(found, date(2026, 12, 6), 12 * 60 - 1)
    assert answer.index.tolist() == ["a", "b", "c"]
    assert answer.astype(object).tolist() == [True, pd.NA, False]
    assert open_at(found, date(2026, 12, 6), 12 * 60)["a"] is np.False_


def test_dates_of_validity_in_any_form():
    weekly = pd.Series([read_schedule("毎週日曜 10:00〜12:00")] * 3)
    begins = pd.Series([None, date(2026, 7, 1), pd.Timestamp(2027, 1, 1)], dtype=object)
    table = open_in_slots(weekly, [read_slot("日 10:00")], **YEAR, valid_from=begins)
    assert (table.share[:, 0] * 52).round(9).tolist() == [52, 26, 0]


def test_order_of_rows_changes_nothing():
    texts = ["毎日 9:00〜17:00", "第2日曜 10:00〜12:00", "", "毎日 9:00〜17:00"]
    one, other = table_of(texts, ["日 10:00"]), table_of(texts[::-1], ["日 10:00"])
    assert one.least.tolist() == other.least.tolist()[::-1]
    assert one.most.tolist() == other.most.tolist()[::-1]


def test_no_resources_at_all():
    table = open_in_slots(pd.Series([], dtype=object), week_slots(), **YEAR)
    assert (len(table), table.state.shape) == (0, (0, 84))


def test_bad_questions():
    schedule = pd.Series([Schedule()])
    with pytest.raises(InputError, match="no slot"):
        open_in_slots(schedule, [], **YEAR)
    with pytest.raises(InputError, match="status has 2 rows and the schedules have 1"):
        open_in_slots(schedule, week_slots(), **YEAR, status=pd.Series(["active"] * 2))
    with pytest.raises(InputError, match="not after the last"):
        open_in_slots(schedule, week_slots(), first=date(2026, 2, 1), last=date(2026, 1, 1))
