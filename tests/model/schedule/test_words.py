"""Schedules in words."""

from datetime import date

import pytest

from resourcemap.model.schedule.days import (
    EVERY_DAY,
    After,
    Dates,
    Day,
    Holidays,
    MonthDays,
    Months,
    Moved,
    Nth,
    Obon,
    Period,
    Sometimes,
    Weekly,
    YearEnd,
)
from resourcemap.model.schedule.schedule import Rule, Schedule
from resourcemap.model.schedule.spans import ALL_DAY, Span
from resourcemap.model.schedule.words import in_words

WEEKDAYS = Weekly((0, 1, 2, 3, 4))


@pytest.mark.parametrize(
    ("rule", "japanese", "english"),
    [
        (Rule(Weekly((2,)), (Span(840, 960),)), "毎週水曜 14:00〜16:00", "every Wednesday 14:00–16:00"),
        (Rule(Weekly(EVERY_DAY), (ALL_DAY,)), "毎日 終日", "every day all day"),
        (Rule(WEEKDAYS), "毎週月〜金曜", "every Monday, Tuesday, Wednesday, Thursday and Friday"),
        (
            Rule(WEEKDAYS, without=(Holidays(), YearEnd())),
            "平日（年末年始を除く）",
            (
                "every Monday, Tuesday, Wednesday, Thursday and Friday"
                " (except public holidays and 29 December to 3 January)"
            ),
        ),
        (
            Rule(Weekly((2,), 2, date(2026, 4, 1))),
            "2026年04月01日から隔週水曜",
            "every other Wednesday from 2026-04-01",
        ),
        (
            Rule(Nth((2, -1), (1,)), (Span(600),)),
            "毎月第2・最終火曜 10:00〜",
            "2nd and last Tuesday of each month from 10:00",
        ),
        (Rule(Nth((1,), (0,)), within=(Months((1, 3, 5, 7, 9, 11)),)), "奇数月の第1月曜", None),
        (Rule(MonthDays((1, -1))), "毎月1日・末日", "day 1 and the last day of each month"),
        (Rule(Weekly((6,)), within=(Months((4, 5, 6)),)), "4月〜6月の日曜", "every Sunday, in April, May and June"),
        (Rule(Holidays(), (Span(None, 720),)), "祝日 〜12:00", "public holidays until 12:00"),
        (Rule(Dates((Day(4, 5, weekday=6),))), "4月5日(日)", "5 April"),
        (
            Rule(Weekly(EVERY_DAY), within=(Period(Day(8, 1, 2026), Day(8, 5, 2026)),)),
            "2026年8月1日〜2026年8月5日の毎日",
            None,
        ),
        (
            Rule(Weekly((1,)), within=(Period(Day(4, 1, 2026)),)),
            "2026年4月1日からの毎週火曜",
            "every Tuesday, from 1 April 2026",
        ),
        (Rule(After(Nth((3,), (5,)), 1)), "毎月第3土曜の翌日", "the day after 3rd Saturday of each month"),
        (
            Rule(Moved(Nth((3,), (0,)), "next")),
            "毎月第3月曜（祝日の場合は翌日）",
            "3rd Monday of each month, the next day when it is a public holiday",
        ),
        (
            Rule(Weekly(EVERY_DAY), without=(Moved(Weekly((0,)), "nowhere"), Obon())),
            "毎日（月曜を除く（祝日の場合は開催））（お盆を除く）",
            "every day (except Monday, but open on public holidays and 13 to 15 August)",
        ),
        (Rule(Weekly((2,)), without=(Nth((5,), EVERY_DAY),)), "毎週水曜（第5週を除く）", None),
        (Rule(Sometimes(1, "month", (5,)), minutes=90), "月1回土曜 90分間", "once a month on Saturday for 90 minutes"),
        (Rule(Sometimes(1, "fortnight", (3,))), "隔週木曜", "every other week on Thursday"),
        (Rule(Sometimes(1, "2 months")), "隔月", "every other month"),
        (Rule(Sometimes(0, "month", (3,))), "毎月の木曜", "monthly on Thursday"),
        (Rule(Sometimes(word="irregular")), "不定期", "at irregular times"),
        (Rule(Weekly((1,)), (Span(60, 300), Span(1320, 1560))), "毎週火曜 午前1:00〜5:00、22:00〜26:00", None),
    ],
)
def test_a_rule_in_words(rule, japanese, english):
    schedule = Schedule((rule,))
    assert in_words(schedule) == japanese
    if english:
        assert in_words(schedule, language="en") == english


def test_rules_and_remarks_are_sentences():
    schedule = Schedule((Rule(Weekly((1,))), Rule(Weekly((2,)))), remarks=("要予約",), leftover="春")
    assert in_words(schedule) == "毎週火曜。毎週水曜。要予約"
    assert in_words(schedule, language="en") == "every Tuesday; every Wednesday; 要予約"


def test_nothing_known_is_said_in_no_words():
    assert in_words(Schedule()) == in_words(Schedule(), language="en") == ""
