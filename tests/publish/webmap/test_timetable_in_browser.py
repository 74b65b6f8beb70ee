"""The page looks days and hours up as Python works them out, at many moments and wherever the browser is."""

import json
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from resourcemap.model.schedule.days import Sometimes, weekdays_of
from resourcemap.model.schedule.schedule import dates_between, hours_on
from resourcemap.publish.webmap.timetable import timetable
from resourcemap.reach.slot_words import Slot
from resourcemap.reach.slots import open_at, open_in_slots
from resourcemap.read.schedules.parse import read_schedule

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[3] / "resourcemap" / "publish" / "webmap" / "static"
CORPUS = Path(__file__).parents[2] / "read" / "schedules" / "corpus.toml"
TEXTS = [entry["is"] for entry in tomllib.loads(CORPUS.read_text(encoding="utf-8"))["text"]]
OTHERS = [
    "毎週金曜 22:00〜26:00",
    "毎週金曜 10時から",
    "毎日 17時まで",
    "2027年2月11日 10:00〜12:00",
    "毎月29日 9:00〜10:00",
]
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EIGHT_WEEKS = timedelta(days=55)
JAPAN = timedelta(hours=9)
MAKE = """([table, columns]) => {
  const count = columns.count;
  const store = {
    count,
    suspended: Uint8Array.from(columns.suspended),
    get: (name, row) => columns[name][row],
    has: (name) => name in columns,
  };
  window.days = new window.Days(table, store);
}"""
ASK = """([dates]) => {
  const all = Array.from({ length: days.store.count }, (_, row) => row);
  const mask = (found) => [...found].join("");
  const tokens = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "today", "now"];
  return JSON.stringify({
    today: days.today(),
    next: all.map((row) => days.next(row, 3)),
    now: all.map((row) => days.now(row)),
    masks: Object.fromEntries(tokens.map((token) => [token, mask(days.mask(token))])),
    afternoon: mask(days.maskTime(840, 960, ["wed"])),
    night: mask(days.maskTime(0, 90, ["sat"])),
    evening: mask(days.maskTime(1200, null, [])),
    both: mask(days.fits({ days: new Set(["tue", "today"]), from: 600, to: 720 })),
  });
}"""


# As of 1 November 2026: quarter hours around midnight, holidays, the year's end, the last weeks that are known.
FIRST = (
    *("2026-11-01T00:00", "2026-11-01T23:59", "2026-11-02T00:00", "2026-11-03T10:30", "2026-11-04T14:00"),
    *("2026-11-04T15:59", "2026-11-04T16:00", "2026-11-07T00:30", "2026-11-07T01:59", "2026-11-07T02:00"),
    *("2026-11-23T11:00", "2026-12-28T09:00", "2026-12-31T23:30", "2027-01-01T00:10", "2027-02-11T11:59"),
    *("2027-02-11T12:00", "2027-05-04T10:00", "2027-08-14T13:00", "2027-09-20T17:00", "2027-10-01T12:34"),
)
# As of 1 December 2027: the leap day of 2028.
SECOND = ("2027-12-31T12:00", "2028-02-28T23:59", "2028-02-29T09:30", "2028-03-01T00:00")


@pytest.fixture(scope="module")
def rows(sample_town):
    """The rows of the sample, a third of the corpus, some more, some with a first or last day, some suspended."""
    shown = sample_town.released("map").table
    texts = [*(text if isinstance(text, str) else "" for text in shown["schedule"]), *TEXTS[::3], *OTHERS]
    table = pd.DataFrame({"schedule": [read_schedule(text) for text in texts], "status": "active"})
    table.loc[: len(shown) - 1, "status"] = shown["status"].to_numpy()
    table["valid_from"], table["valid_to"] = None, None
    limited = table.iloc[::7].copy()
    limited.loc[::2, "valid_from"] = date(2026, 11, 7)
    limited.loc[::3, "valid_to"] = date(2027, 1, 1)
    paused = table.iloc[::40].assign(status="suspended")
    return pd.concat([table, limited, paused], ignore_index=True)


class Meant:
    """What Python says of the rows, day by day."""

    def __init__(self, rows, as_of, last):
        self.rows, self.as_of, self.last = rows, as_of, last
        self.columns = {name: rows[name] for name in ("status", "valid_from", "valid_to")}
        self.tuples = list(rows.itertuples(index=False, name=None))
        began = as_of - timedelta(days=1)
        distinct = {each: dates_between(each, began, last) for each in dict.fromkeys(rows["schedule"])}
        self.days = [
            [] if off == "suspended" else [day for day in distinct[each] if _within(day, begins, ends)]
            for each, off, begins, ends in self.tuples
        ]
        self.sets = [set(days) for days in self.days]

    def everything(self, now):
        """Answer all that the browser is asked at a moment."""
        today = now.date()
        ahead = {"first": today, "last": today + EIGHT_WEEKS}
        masks = {name: self.on(number, **ahead) for number, name in enumerate(WEEKDAYS)}
        tuesday, whatever = Slot((1,), 600, 720), Slot((today.weekday(),), 600, 720)
        return {
            "today": today.isoformat(),
            "next": [self._next(row, now) for row in range(len(self.rows))],
            "masks": {**masks, "today": self.not_over(now), "now": self.now(now)},
            "afternoon": self.slot(Slot((2,), 840, 960), **ahead),
            "night": self.slot(Slot((5,), 0, 90), **ahead),
            "evening": self.slot(Slot(tuple(range(7)), 1200, 1440), **ahead),
            "both": better(self.slot(tuesday, **ahead), self.slot(whatever, today, today)),
        }

    def _next(self, row, now):
        found, minute = [], now.hour * 60 + now.minute
        for day in self.days[row]:
            if day < max(now.date(), self.as_of):
                continue
            spans = hours_on(self.tuples[row][0], day)
            if day == now.date() and _over(spans, minute):
                continue
            hours = None if spans is None else [[span.start, span.end] for span in spans]
            found.append({"date": day.isoformat(), "spans": hours})
            if len(found) == 3:
                break
        return found

    def not_over(self, now):
        """Say of every row whether it takes place today and is not over yet; 2 where that is not known."""
        minute, today = now.hour * 60 + now.minute, now.date()
        over = [
            today in days and _over(hours_on(schedule, today), minute)
            for days, (schedule, *_) in zip(self.sets, self.tuples, strict=True)
        ]
        return "".join(str(self._on(row, [today], past=past)) for row, past in enumerate(over))

    def on(self, weekday, first, last):
        """Say of every row whether it takes place on a weekday in these days; 2 where that is not known."""
        count = (last - first).days + 1
        wanted = [
            day for day in (first + timedelta(days=by) for by in range(count)) if weekday in (None, day.weekday())
        ]
        return "".join(str(self._on(row, wanted)) for row in range(len(self.rows)))

    def _on(self, row, wanted, *, past=False):
        schedule, status, begins, ends = self.tuples[row]
        if status == "suspended":
            return 0
        if not past and not self.sets[row].isdisjoint(wanted):
            return 1
        vague = {day for rule in schedule.rules if isinstance(rule.days, Sometimes) for day in weekdays_of(rule.days)}
        if not schedule.rules or schedule.understood != "all":
            vague = set(range(7))
        return 2 if any(day.weekday() in vague and _within(day, begins, ends) for day in wanted) else 0

    def now(self, now):
        found = open_at(self.rows["schedule"], now.date(), now.hour * 60 + now.minute, **self.columns)
        return "".join("2" if pd.isna(each) else str(int(each)) for each in found)

    def slot(self, slot, first, last):
        state = open_in_slots(self.rows["schedule"], [slot], first=first, last=last, **self.columns).state[:, 0]
        return "".join({1: "1", 0: "0", -1: "2"}[each] for each in state)


def _over(spans, minute):
    return spans is not None and all(span.end and span.end <= minute for span in spans)


def _within(day, begins, ends):
    return (begins is None or begins <= day) and (ends is None or day <= ends)


def better(*answers):
    """One sure answer is enough; without any, one that is not known."""
    return "".join("1" if "1" in each else max(each) for each in zip(*answers, strict=True))


def instant(now):
    """Turn a moment in Japan into one that a browser anywhere is told."""
    return (datetime.fromisoformat(now) - JAPAN).replace(tzinfo=UTC)


@pytest.fixture
def ask(chromium):
    """Open a page with the days of some rows in a browser somewhere, and ask it at a moment in Japan."""
    contexts = []

    def _open(rows, as_of, zone="Asia/Tokyo", **more):
        context = chromium.new_context(timezone_id=zone, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.add_script_tag(content=f"(() => {{{(STATIC / 'days.js').read_text()}; window.Days = Days; }})()")
        columns = {
            "count": len(rows),
            "suspended": [int(status == "suspended") for status in rows["status"]],
            **{name: [day and str(day) for day in rows[name]] for name in ("valid_from", "valid_to")},
        }
        page.evaluate(MAKE, [json.loads(json.dumps(timetable(rows["schedule"], as_of, **more))), columns])

        def _ask(now, expression=ASK, *values):
            page.clock.set_fixed_time(instant(now))
            return page.evaluate(expression, list(values) or [None])

        return _ask

    yield _open
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def expected(rows):
    """What Python says at a moment, worked out once for all places where the browser may be."""
    meant, known = {}, {}

    def _expected(as_of, text):
        if as_of not in meant:
            meant[as_of] = Meant(rows, as_of, as_of + timedelta(days=400))
        if (as_of, text) not in known:
            known[as_of, text] = meant[as_of].everything(datetime.fromisoformat(text))
        return known[as_of, text]

    return _expected


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize(("as_of", "at"), [(date(2026, 11, 1), FIRST), (date(2027, 12, 1), SECOND)], ids=["1", "leap"])
def test_the_page_says_what_python_says(ask, rows, expected, zone, as_of, at):
    asked = ask(rows, as_of, zone)
    for text in at:
        found, wanted = json.loads(asked(text)), expected(as_of, text)
        words = found.pop("now")
        assert found == wanted
        for row, word in enumerate(words):
            assert word in said(rows.iloc[row], text, found["masks"]["now"][row], found["next"][row])


def said(row, text, open_now, following):
    """Say in which words a row may be described; `ends` of the timetable tells the two of the last line apart."""
    today = text[:10]
    if row["status"] == "suspended":
        return ["suspended"]
    if open_now == "1":
        return ["open"]
    if row["valid_to"] is not None and str(row["valid_to"]) < today:
        return ["over"]
    if following:
        return ["today" if following[0]["date"] == today else "later"]
    return ["over", "unknown"]


def only(text, **columns):
    """Make a table of one row."""
    return pd.DataFrame(
        [{"schedule": read_schedule(text), "status": "active", "valid_from": None, "valid_to": None, **columns}]
    )


ONE = "() => ({ next: days.next(0), now: days.now(0), until: days.until(), current: days.isCurrent(), "
ONE += "masks: ['mon', 'wed', 'today', 'now'].map((token) => days.mask(token)[0]) })"
AS_OF = date(2026, 11, 1)


def test_after_its_last_day_the_page_does_not_claim_to_know(ask):
    found = ask(only("毎週水曜 14:00〜16:00"), AS_OF, days=100)("2027-03-03T15:00", ONE)
    assert found == {"next": [], "now": "unknown", "until": "2027-02-09", "current": False, "masks": [0, 1, 2, 2]}


def test_in_its_last_weeks_the_weeks_before_say_what_may_come(ask):
    asked = ask(only("毎月第1水曜 14:00〜16:00"), AS_OF, days=100)
    assert asked("2027-02-03T09:00", ONE)["masks"] == [0, 1, 1, 0]
    assert asked("2027-02-05T09:00", ONE)["masks"] == [0, 2, 0, 0]


def test_before_its_first_day_only_the_days_from_then_on_are_told(ask):
    found = ask(only("毎週水曜 14:00〜16:00"), AS_OF)("2026-10-01T15:00", ONE)
    assert (found["now"], found["masks"]) == ("unknown", [0, 1, 2, 2])
    assert [each["date"] for each in found["next"]] == ["2026-11-04", "2026-11-11", "2026-11-18"]


def test_what_was_once_is_over(ask):
    asked = ask(only("2026年12月5日 10:00〜12:00"), AS_OF)
    assert [asked(f"2026-12-0{day}T11:00", ONE)["now"] for day in (4, 5, 6)] == ["later", "open", "over"]
    assert asked("2026-12-05T12:00", ONE)["now"] == "over"


def test_a_first_day_that_is_not_a_date_leaves_everything_unknown(ask):
    found = ask(only("毎週水曜 14:00〜16:00", valid_from="来春"), AS_OF)("2026-11-04T15:00", ONE)
    assert (found["next"], found["now"], found["masks"]) == ([], "unknown", [2, 2, 2, 2])


def test_twenty_thousand_rows_are_answered_at_once(ask):
    hours = [
        read_schedule(f"第{nth}{day}曜 {at}:00〜{at + 1}:30")
        for nth in range(1, 5)
        for day in "月火水木金土日"
        for at in range(8, 20)
    ]
    many = pd.DataFrame({"schedule": [hours[row % len(hours)] for row in range(20_000)], "status": "active"})
    many["valid_from"] = [date(2026, 11, 10) if row % 10 == 0 else None for row in range(20_000)]
    many["valid_to"] = None
    took = ask(many, AS_OF)(
        "2026-11-04T15:00",
        """() => ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((token) => {
            const began = performance.now();
            days.maskTime(840, 960, [token]);
            return performance.now() - began;
        })""",
    )
    assert np.median(took) < 20
