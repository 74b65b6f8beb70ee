import pytest

from resourcemap.read.hsds_words import schedule_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"freq": "WEEKLY", "byday": "MO,WE"}, "毎週月・水曜日 10:00〜12:00"),
        (
            {"freq": "WEEKLY", "interval": "2", "byday": "FR", "dtstart": "2026-04-03"},
            "隔週金曜日 10:00〜12:00（2026-04-03から）",
        ),
        ({"freq": "MONTHLY", "byday": "-1FR"}, "最終金曜日 10:00〜12:00"),
        ({"freq": "MONTHLY", "byday": "1MO,3WE"}, "第1月曜日、第3水曜日 10:00〜12:00"),
        ({"freq": "MONTHLY", "bymonthday": "10,20"}, "毎月10日・20日 10:00〜12:00"),
        ({"freq": "MONTHLY", "bymonthday": "-1"}, "毎月末日 10:00〜12:00"),
        ({"freq": "DAILY"}, "毎日 10:00〜12:00"),
        ({"freq": "WEEKLY", "byday": "TU", "description": "8月休み"}, "毎週火曜日 10:00〜12:00（8月休み）"),
        ({"byday": "TU,TH"}, "火・木曜日 10:00〜12:00"),
        ({"dtstart": "2026-05-10"}, "2026-05-10 10:00〜12:00"),
        ({}, "10:00〜12:00"),
    ],
)
def test_rules_are_said_in_words(rule, words):
    assert schedule_words([rule | {"opens_at": "10:00:00", "closes_at": "12:00:00"}]) == words


@pytest.mark.parametrize(
    "rule",
    [
        {"freq": "YEARLY", "byday": "MO"},
        {"freq": "WEEKLY", "byday": "MO", "bymonthday": "1"},
        {"freq": "WEEKLY", "byday": "MO", "byweekno": "41"},
        {"freq": "MONTHLY", "byday": "-2FR"},
        {"freq": "MONTHLY", "interval": "2", "byday": "1MO"},
        {"freq": "WEEKLY", "byday": "XX"},
        {"freq": "HOURLY"},
    ],
)
def test_what_words_would_lose_stays_a_rule_or_its_description(rule):
    assert schedule_words([rule]).startswith("RRULE:FREQ=")
    assert schedule_words([rule | {"description": "くわしくは電話で"}]) == "くわしくは電話で"
