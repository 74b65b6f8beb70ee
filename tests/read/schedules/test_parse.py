"""The corpus: what people write, and the dates and hours that are meant."""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from resourcemap.model.schedule.days import weekdays_of
from resourcemap.model.schedule.schedule import Schedule, dates_between, hours_on, per_month
from resourcemap.read.schedules.parse import LONGEST, read_schedule

CORPUS = tomllib.loads(Path(__file__).with_name("corpus.toml").read_text(encoding="utf-8"))["text"]
NAMES = [entry["is"].replace("\n", "⏎") for entry in CORPUS]
WEEKDAYS = "月火水木金土日"


def quarter(entry):
    year, month = map(int, entry.get("quarter", "2026-10").split("-"))
    following = date(year + (month > 9), (month + 2) % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def day_in(entry, text):
    month, day = map(int, text.split("/"))
    return date(quarter(entry)[0].year, month, day)


def days_in(entry, text):
    for piece in text.split():
        first, step, last = re.fullmatch(r"([\d/]+)(?:\+(\d+))?(?:-([\d/]+))?", piece).groups()
        day = day_in(entry, first)
        while day <= day_in(entry, last or first):
            yield day
            day += timedelta(days=int(step or 1))


def expected(entry):
    found = {}
    for hours, days in entry.get("when", {}).items():
        found |= dict.fromkeys(days_in(entry, days), hours)
    return found


def clock(minutes):
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02d}"


def hours_in_words(spans):
    return "?" if spans is None else " ".join(f"{clock(span.start)}-{clock(span.end)}" for span in spans)


@pytest.mark.parametrize("entry", CORPUS, ids=NAMES)
def test_a_text_means_these_days_and_hours(entry):
    schedule = read_schedule(entry["is"])
    days = dates_between(schedule, *quarter(entry))
    assert {day: hours_in_words(hours_on(schedule, day)) for day in days} == expected(entry)
    assert schedule.understood == entry.get("understood", "all")
    if "leftover" in entry:
        assert schedule.leftover == entry["leftover"]
    if schedule.understood == "all":
        assert schedule.dated == entry.get("dated", True)


@pytest.mark.parametrize("entry", [entry for entry in CORPUS if "per_month" in entry], ids=lambda entry: entry["is"])
def test_how_often_is_known_where_the_days_are_not(entry):
    first, last = quarter(entry)
    assert per_month(read_schedule(entry["is"]), first=first, last=last) == entry["per_month"]


@pytest.mark.parametrize("entry", [entry for entry in CORPUS if "weekdays" in entry], ids=lambda entry: entry["is"])
def test_the_weekday_is_known_where_the_days_are_not(entry):
    [rule] = read_schedule(entry["is"]).rules
    assert [WEEKDAYS[weekday] for weekday in weekdays_of(rule.days)] == list(entry["weekdays"])


def test_the_corpus_is_large_and_mostly_understood():
    meant = [entry for entry in CORPUS if entry.get("understood") != "none"]
    assert len(meant) >= 300
    assert len({entry["is"] for entry in CORPUS}) == len(CORPUS)
    understood = sum(read_schedule(entry["is"]).understood == "all" for entry in meant)
    assert understood / len(meant) >= 0.95


def test_a_text_that_no_cell_would_hold_is_not_read():
    text = "毎週水曜 10時〜12時 " * 100
    assert len(text) > LONGEST
    assert read_schedule(text) == Schedule(leftover=text)


def test_a_blank_text_says_nothing():
    assert read_schedule("") == read_schedule(" \n　") == Schedule()
    assert read_schedule("").understood == "all"
