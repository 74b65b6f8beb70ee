"""The days and hours in the page, decoded again, are those of the schedules."""

import base64
import json
import tomllib
from datetime import date, timedelta
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.model.consent import release
from resourcemap.model.schedule.days import Dates, Day, Nth, Sometimes, Weekly
from resourcemap.model.schedule.schedule import Rule, Schedule, dates_between, hours_on, next_dates
from resourcemap.model.schedule.spans import Span
from resourcemap.publish.webmap.timetable import schedules_shown, timetable
from resourcemap.read.schedules.parse import read_schedule
from tests.model.schedule.strategies import schedules

CORPUS = Path(__file__).parents[2] / "read" / "schedules" / "corpus.toml"
TEXTS = [entry["is"] for entry in tomllib.loads(CORPUS.read_text(encoding="utf-8"))["text"]]
AS_OF = date(2026, 11, 1)
WEDNESDAY = Schedule((Rule(Weekly((2,)), (Span(840, 960),)),))


def schedule_of(page, row):
    """Return what the page has on a row."""
    width = page["width"]
    of = np.frombuffer(base64.b64decode(page["of"]), dtype=f"<u{width}")
    return page["schedules"][of[row]]


def days_of(page, number):
    bits = np.unpackbits(np.frombuffer(base64.b64decode(page["sets"][number]), dtype=np.uint8), bitorder="little")
    first = date.fromisoformat(page["first"])
    return {first + timedelta(days=int(at)) for at in np.flatnonzero(bits[: page["days"]])}


def told(page, row):
    """Return the hours of every day of a row, ``None`` where they are not known."""
    found = {}
    rules = schedule_of(page, row).get("rules", [])
    for set_, hours in zip(rules[::2], rules[1::2], strict=True):
        spans = [tuple(span) for span in page["hours"][hours]]
        for day in days_of(page, set_):
            known = found.get(day, [])
            found[day] = None if known is None or not spans else [*known, *spans]
    return {day: None if spans is None else set(spans) for day, spans in found.items()}


def meant(schedule, first, last):
    """Say the same from the schedule itself, day by day."""
    found = {}
    for day in dates_between(schedule, first, last):
        spans = hours_on(schedule, day)
        found[day] = None if spans is None else {(span.start, span.end) for span in spans}
    return found


@pytest.mark.parametrize("as_of", [AS_OF, date(2027, 12, 20)])
def test_every_text_of_the_corpus_has_its_days_and_hours(as_of):
    rows = pd.Series([read_schedule(text) for text in TEXTS])
    page = timetable(rows, as_of, days=120)
    for row, schedule in enumerate(rows):
        assert told(page, row) == meant(schedule, as_of - timedelta(days=1), as_of + timedelta(days=120)), TEXTS[row]
        assert bool(schedule_of(page, row).get("unsure")) == (not schedule.rules or schedule.understood != "all")


@given(schedules, st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_any_schedule_has_its_days_and_hours(schedule, as_of):
    page = timetable(pd.Series([schedule]), as_of, days=100)
    last = as_of + timedelta(days=100)
    assert told(page, 0) == meant(schedule, as_of - timedelta(days=1), last)
    if schedule_of(page, 0).get("ends"):
        assert next_dates(schedule, last + timedelta(days=1), most=1) == []


def test_the_leap_day_the_year_end_and_a_holiday_are_in_it():
    rows = pd.Series([read_schedule(text) for text in ("毎月29日", "毎日（年末年始を除く）", "毎週月曜（祝日を除く）")])
    page = timetable(rows, date(2027, 12, 1), days=120)
    assert date(2028, 2, 29) in told(page, 0)
    assert date(2027, 12, 28) in told(page, 1)
    assert date(2027, 12, 29) not in told(page, 1)
    assert date(2028, 1, 10) not in told(page, 2)
    assert [schedule_of(page, row).get("assumed") for row in range(3)] == [None, 1, None]


def test_days_that_come_sometimes_are_weekdays_alone():
    rows = pd.Series([Schedule((Rule(Sometimes(1, "month", (1, 6))),)), Schedule((Rule(Sometimes(word="ask")),))])
    page = timetable(rows, AS_OF)
    assert [schedule_of(page, row) for row in (0, 1)] == [{"vague": 0b1000010}, {"vague": 0b1111111}]


def test_what_is_over_after_its_last_date_says_so():
    once = Schedule((Rule(Dates((Day(12, 5, 2026),))),))
    every_year = Schedule((Rule(Dates((Day(12, 5),))),))
    page = timetable(pd.Series([once, every_year, WEDNESDAY]), AS_OF)
    assert [schedule_of(page, row).get("ends") for row in range(3)] == [1, None, None]


def test_nothing_known_is_the_first_schedule_and_never_closed():
    page = timetable(pd.Series([None, float("nan"), Schedule(), WEDNESDAY], dtype=object), AS_OF)
    assert [schedule_of(page, row) for row in range(3)] == [{"unsure": 1}] * 3


def test_the_day_before_is_there_for_the_hours_past_midnight():
    page = timetable(pd.Series([Schedule((Rule(Weekly((5,)), (Span(1320, 1560),)),))]), AS_OF)
    assert date(2026, 10, 31) in told(page, 0)


def test_words_of_other_languages_stand_beside_what_was_wholly_understood():
    rows = pd.Series([read_schedule("毎月第2火曜 10:00〜12:00"), read_schedule("毎週水曜 春のみ"), WEDNESDAY])
    assert "written" not in timetable(rows, AS_OF, languages=["ja"])
    assert timetable(rows, AS_OF, languages=["ja", "en", "ko"])["written"] == {
        "en": [None, "2nd Tuesday of each month 10:00–12:00", None, "every Wednesday 14:00–16:00"],
        "ko": [None, "매월 둘째 화요일 10:00~12:00", None, "매주 수요일 14:00~16:00"],
    }


def test_without_a_day_there_is_no_timetable():
    assert timetable(pd.Series([WEDNESDAY]), None) is None


def test_without_anything_known_there_is_no_timetable():
    assert timetable(pd.Series([None, read_schedule("春のみ")], dtype=object), AS_OF) is None
    assert timetable(pd.Series([], dtype=object), AS_OF) is None


def test_equal_schedules_are_written_once_and_many_stay_small():
    assert len(json.dumps(timetable(pd.Series([WEDNESDAY] * 20_000), AS_OF))) < 30_000
    nths = [Nth((nth,), (weekday,)) for nth in range(1, 6) for weekday in range(7)]
    many = [Schedule((Rule(days, (Span(start, start + 90),)),)) for days in nths for start in range(480, 910, 5)]
    assert len(many) == 3010
    page = timetable(pd.Series([many[row % len(many)] for row in range(20_000)]), AS_OF)
    assert len(json.dumps(page, separators=(",", ":"))) < 200_000
    assert (len(page["sets"]), len(page["hours"]), page["width"]) == (35, 86, 2)


def released(texts):
    rows = {
        "resource_id": [str(row) for row in range(len(texts))],
        "activity_id": [str(row) for row in range(len(texts))],
        "name": "サロン",
        "kind": "salon",
        "place": "none",
        "status": "active",
        "schedule": texts,
        "consent": "yes",
        "channels": "map",
    }
    return release(gpd.GeoDataFrame(rows, geometry=[None] * len(texts), crs="EPSG:4326"), "map")


def test_a_schedule_whose_text_is_not_shown_is_not_told():
    shown = schedules_shown(pd.Series([WEDNESDAY, WEDNESDAY]), released(["毎週水曜", None]))
    assert [isinstance(each, Schedule) for each in shown] == [True, False]


def test_schedules_of_other_rows_are_refused():
    with pytest.raises(InputError, match=r"on the index of released\.table"):
        schedules_shown(pd.Series([WEDNESDAY]), released(["毎週水曜", None]))


def test_the_project_reads_the_text_that_is_shown(sample_town):
    project = sample_town
    shown = project.released("map")
    schedules = project.schedules_of(shown)
    assert schedules.index.equals(shown.table.index)
    assert list(schedules) == [read_schedule(text or "") for text in shown.table["schedule"]]
    page = timetable(schedules, project.as_of)
    first, last = project.as_of - timedelta(days=1), project.as_of + timedelta(days=400)
    assert all(told(page, row) == meant(schedule, first, last) for row, schedule in enumerate(schedules))
