"""Calendar files say exactly the days and hours of the schedules, as other libraries read them."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from icalendar import Calendar

from resourcemap.errors import ReleaseError
from resourcemap.model.catalog import LANGUAGES, load_catalog
from resourcemap.model.consent import release
from resourcemap.model.schedule.schedule import Schedule
from resourcemap.publish.calendar.ics import DAYS, calendar_of
from resourcemap.publish.calendar.words import words
from resourcemap.publish.paper.occasions import REASONS
from resourcemap.read.schedules.parse import read_schedule
from tests.publish.calendar.rereading import day_of, events_in, expected, reread

AS_OF = date(2026, 11, 1)
LAST = AS_OF + timedelta(days=DAYS)
CORPUS = Path(__file__).parents[2] / "read" / "schedules" / "corpus.toml"
HARD = [
    "第2・第4火曜 10:00〜12:00",
    "毎月15日 14時〜16時",
    "毎月最終金曜 18:00〜20:00",
    "毎週月曜 10:00〜12:00（祝日を除く）",
    "毎週水曜 14:00〜16:00（8月は休み）",
    "毎週木曜 9:00〜17:00（年末年始を除く）",
    "12/25 11:00〜14:00",
    "毎週土曜 22:00〜26:00",
    "毎週土曜 22:00〜翌2:00",
    "不定期",
    "毎週月曜 10:00〜12:00（祝日の場合は翌日）",
    "第3月曜（祝日の場合は翌週）13:30〜",
    "毎週日曜 〜12:00",
    "毎日 終日",
    "平日 9:00〜17:00",
    "毎月31日 10:00〜11:00",
    "毎月末日 10:00〜11:00",
    "第5土曜 10:00〜11:00",
    "4月〜9月の毎週水曜 10:00〜12:00",
    "火・木曜 10:00〜12:00、13:00〜15:00",
    "毎週火曜。毎月第2火曜 10:00〜12:00",
    "毎月第1・第3水曜 10:00〜12:00、毎週水曜 10:00〜12:00",
    "2026年11月4日から隔週水曜 10:00〜12:00",
    "2026年12月1日〜2027年1月31日の毎週火曜 10:00〜12:00",
    "土日祝 10:00〜16:00",
    "祝日 10:00〜16:00",
    "第1日曜の翌日 10:00〜12:00",
    "月1回 10:00〜12:00",
]


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


def table_of(texts, **columns):
    rows = {
        "resource_id": [str(number) for number in range(len(texts))],
        "name": [f"{number}番" for number in range(len(texts))],
        "kind": "salon",
        "place": "venue",
        "status": "active",
        "schedule": texts,
        "channels": "map",
    }
    spots = columns.pop("geometry", [None] * len(texts))
    return gpd.GeoDataFrame(rows | columns, geometry=spots, crs="EPSG:4326")


def made_of(texts, catalog, **columns):
    released = release(table_of(texts, **columns), "map")
    schedules = pd.Series([read_schedule(text) if text else Schedule() for text in texts], dtype=object)
    made = calendar_of(released, schedules=schedules, catalog=catalog, title="みほん市", as_of=AS_OF)
    return made, schedules


def one(made):
    (event,) = events_in(made.ics)
    return event


def test_every_schedule_comes_back_day_for_day_with_its_hours(catalog):
    texts = [*HARD, *(entry["is"] for entry in tomllib.loads(CORPUS.read_text("utf-8"))["text"][::3])]
    made, schedules = made_of(texts, catalog)
    found = reread(made.ics)
    for number, schedule in schedules.items():
        here = found.pop(f"{number}番", set())
        # Where one rule does not know its hours, what another rule knows of the same day is told besides.
        unknown = {day_of(each) for each in here if each[1] == "unknown"}
        here = {each for each in here if each[1] == "unknown" or day_of(each) not in unknown}
        assert here == expected(schedule, AS_OF, LAST), texts[number]
        assert bool(here) == (number not in set(made.undated["row"])), texts[number]
    assert not found


def test_no_day_lies_beyond_the_horizon_or_the_days_of_the_row(catalog):
    texts = ["毎週水曜 10:00〜12:00", "毎週水曜 10:00〜12:00", "毎日", "毎週水曜"]
    limits = {"valid_from": [None, "2026-12-01", date(2026, 11, 5), "2028-01-01"]}
    limits |= {"valid_to": [None, "2026-12-31", pd.Timestamp(2026, 11, 7), None]}
    made, _ = made_of(texts, catalog, **limits)
    found = {name: sorted(map(day_of, days)) for name, days in reread(made.ics).items()}
    assert (found["0番"][0], found["0番"][-1]) == (date(2026, 11, 4), date(2027, 12, 1))
    assert (found["1番"][0], found["1番"][-1]) == (date(2026, 12, 2), date(2026, 12, 30))
    assert found["2番"] == [date(2026, 11, 5), date(2026, 11, 6), date(2026, 11, 7)]
    assert made.undated.to_dict("records") == [{"row": 3, "reason": "none_in_period"}]


def test_what_has_no_day_is_told_with_the_reason(catalog):
    texts = ["毎週水曜", None, "春のみ", "不定期", "2020年1月5日"]
    made, _ = made_of(texts, catalog, status=["suspended", *["active"] * 4])
    assert made.undated["row"].tolist() == [0, 1, 2, 3, 4]
    assert made.undated["reason"].tolist() == list(REASONS)


def test_what_is_partly_understood_is_tentative_and_says_so(catalog):
    text = "毎週水曜 10:00〜12:00 ただし講師の都合による"
    made, schedules = made_of([text], catalog)
    assert schedules[0].understood == "part"
    assert made.partly.tolist() == [0]
    assert one(made)["status"] == "TENTATIVE"
    assert words("ja")["partly"] in one(made)["description"]


def test_hours_that_are_not_known_are_never_guessed(catalog):
    made, _ = made_of(["毎週水曜", "毎週水曜 13:30〜", "毎週水曜 〜12:00"], catalog)
    whole, begins, ends = events_in(made.ics)
    assert whole.decoded("dtstart") == date(2026, 11, 4)
    assert words("ja")["no_hours"] in whole["description"]
    assert "dtend" not in begins
    assert words("ja")["no_end"] in begins["description"]
    assert ends.decoded("dtstart") == date(2026, 11, 4)
    assert "12:00まで" in ends["description"]


def test_only_exact_places_have_a_position(catalog):
    spots = gpd.points_from_xy([139.71234567, 139.7, 139.7], [35.7, 35.7, 35.7])
    made, _ = made_of(["毎週水曜"] * 3, catalog, located=["given", "block", "lot"], geometry=[*spots[:2], None])
    exact, block, nowhere = events_in(made.ics)
    assert exact["geo"].to_ical() == "35.7;139.712346"
    assert "geo" not in block
    assert "geo" not in nowhere


HOSTILE = "=cmd|'/c calc'!A0, a;b\\n\r\nBEGIN:VEVENT\u202e</script>😀" + "あ" * 60


def test_texts_of_people_stay_texts_and_lines_are_folded(catalog):
    columns = {name: [HOSTILE] for name in ("name", "venue", "address", "cost", "description", "audience_text")}
    made, _ = made_of(["毎週水曜 10:00〜12:00"], catalog, **columns, url=["javascript:alert(1)"])
    lines = made.ics.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    assert lines.count(b"BEGIN:VEVENT") == 1
    event = one(made)
    assert event["summary"].startswith("=cmd|'/c calc'!A0, a;b\\n BEGIN:VEVENT</script>😀ああ")
    assert "url" not in event
    assert "費用：=cmd|'/c calc'!A0, a;b\\n\nBEGIN:VEVENT</script>" in event["description"]


def test_ids_stay_with_their_rule_and_are_never_shared(catalog):
    texts = ["毎週水曜 10:00〜12:00。毎月第1月曜（祝日の場合は翌日）13:00〜15:00", "毎週水曜 10:00〜12:00"]
    made, _ = made_of(texts, catalog)
    turned, _ = made_of(texts[::-1], catalog, resource_id=["1", "0"], name=["1番", "0番"])
    ids = [str(event["uid"]) for event in events_in(made.ics)]
    assert len(set(ids)) == len(ids) > 3
    assert {str(event["uid"]) for event in events_in(turned.ics)} == set(ids)
    assert made.ics == turned.ics == made_of(texts, catalog)[0].ics


def test_a_calendar_without_events_is_one(catalog):
    made, _ = made_of([], catalog)
    calendar = Calendar.from_ical(made.ics)
    assert [each.name for each in calendar.walk()] == ["VCALENDAR", "VTIMEZONE", "STANDARD"]
    assert (calendar["x-wr-calname"], calendar["refresh-interval"].to_ical()) == ("みほん市", b"P1D")
    assert made.events == 0


def test_it_takes_what_may_stand_on_the_web_alone(catalog):
    released = release(table_of(["毎週水曜"]).assign(channels="paper"), "paper")
    with pytest.raises(ReleaseError, match="release\\(resources, \"map\"\\), not 'paper'"):
        calendar_of(released, schedules=pd.Series([Schedule()]), catalog=catalog, title="", as_of=AS_OF)


def test_every_language_has_the_same_words():
    assert {frozenset(words(language)) for language in LANGUAGES} == {frozenset(words("ja"))}
