"""When places must be open: how often, and in each of several slots."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from resourcemap.errors import InputError
from resourcemap.measure.conditions import Every, Often, open_under, slots_in
from resourcemap.reach.slot_words import Slot
from resourcemap.read.schedules.parse import read_schedule

YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def opened(condition, *texts, at_least=0.0, **limits):
    schedules = pd.Series([read_schedule(text) if text else None for text in texts])
    found = open_under([condition], schedules, at_least=at_least, days={**YEAR, **limits})[condition.label]
    return [part.tolist() for part in found.surely], [part.tolist() for part in found.possibly]


def test_once_a_week_bears_holidays_and_the_new_year():
    texts = ["毎週月曜 10:00〜12:00（祝日休み、年末年始休み）", "第1・3月曜 10:00〜12:00", "平日 9:00〜17:00"]
    assert opened(Often(1), *texts) == ([[True, False, True]], [[True, False, True]])
    assert opened(Often(5), *texts)[0] == [[False, False, True]]


def test_twice_a_month_bears_a_summer_break():
    assert opened(Often(2, "month"), "第2・4火曜 10:00〜12:00（8月休み）", "第2火曜 10:00〜12:00")[0] == [[True, False]]


def test_what_is_not_known_may_be_open_often():
    assert opened(Often(1), "", "要問合せ") == ([[False, False]], [[True, True]])


def test_what_is_suspended_is_never_open_often():
    found = opened(Often(1), "毎週水曜 10:00〜12:00", "", status=pd.Series(["suspended", "suspended"]))
    assert found == ([[False, False]], [[False, False]])


def test_every_keeps_one_part_for_each_slot_in_the_order_given():
    monday, tuesday = Slot((0,), 600, 720), Slot((1,), 600, 720)
    surely, _ = opened(Every((tuesday, monday)), "毎週月曜 10:00〜12:00", "毎週火曜 10:00〜12:00")
    assert surely == [[False, True], [True, False]]


def test_slots_are_listed_once():
    noon = Slot((6,), 720, 780)
    assert slots_in([noon, Every((noon, noon)), Often(2)]) == [noon]


@pytest.mark.parametrize(("times", "per"), [(0, "week"), (8, "week"), (-1, "month"), (32, "month"), (1, "year")])
def test_a_frequency_that_makes_no_sense_is_refused(times, per):
    with pytest.raises(InputError, match=r"1 to 7 a week"):
        Often(times, per)


def test_every_of_nothing_is_refused():
    with pytest.raises(InputError, match="no slot"):
        Every(())
