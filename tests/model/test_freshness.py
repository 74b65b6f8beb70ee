"""When somebody last looked, and when the next look is due, against what a calendar says."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.model.catalog import load_catalog
from resourcemap.model.freshness import (
    GROUPS,
    STATES,
    age_in_words,
    freshness,
    groups_in_words,
    last_checked,
    months_between,
    odd_dates,
    span_in_words,
)

ON = date(2026, 11, 1)
CATALOG = load_catalog()
DATES = ("verified_on", *GROUPS.values())


def rows(**columns):
    usual = {"kind": "salon", "status": "active", "place": "venue"}
    return pd.DataFrame(usual | columns, index=pd.Index(columns.pop("index", None) or range(_length(columns))))


def _length(columns):
    return max(len(values) for values in columns.values() if isinstance(values, list))


def one(**cells):
    return freshness(rows(**{name: [value] for name, value in cells.items()}), CATALOG, on=ON).iloc[0]


def test_a_check_of_the_row_lasts_as_long_as_its_kind_says():
    table = freshness(rows(kind=["salon", "pantry", "mobile_vendor"], verified_on=["2026-03-01"] * 3), CATALOG, on=ON)
    assert table["every"].tolist() == [12, 6, 6]
    assert table["due_on"].dt.date.tolist() == [date(2027, 3, 1), date(2026, 9, 1), date(2026, 9, 1)]
    assert table["state"].tolist() == ["fresh", "due", "due"]
    assert table["days_overdue"].tolist() == [0, 61, 61]


@pytest.mark.parametrize(("day", "state", "days"), [("2025-11-02", "fresh", 0), ("2025-11-01", "due", 0)])
def test_it_is_due_on_the_day_itself(day, state, days):
    found = one(verified_on=day)
    assert (found["state"], found["days_overdue"]) == (state, days)


def test_what_was_never_checked_is_due_at_once_and_says_so():
    found = one(verified_on=None)
    assert found["state"] == "never"
    assert found["due_on"].date() == ON
    assert pd.isna(found["checked_on"])
    assert pd.isna(found["months"])
    assert found["oldest"] == ""


def test_the_newer_of_a_whole_check_and_a_partial_one_counts_for_its_group():
    found = one(verified_on="2025-06-01", verified_schedule="2026-10-01", verified_contact="2024-01-01")
    assert [found[group].date() for group in GROUPS] == [date(2025, 6, 1), date(2026, 10, 1), date(2025, 6, 1)]
    assert (found["checked_on"].date(), found["oldest"], found["state"]) == (date(2025, 6, 1), "place;contact", "due")


def test_the_row_is_as_old_as_its_oldest_group():
    found = one(verified_place="2024-08-01", verified_schedule="2026-10-01", verified_contact="2026-09-01")
    assert (found["months"], found["oldest"], found["state"]) == (27, "place", "due")


def test_a_group_that_was_never_checked_is_due_at_once_beside_fresh_ones():
    found = one(verified_place="2026-08-01", verified_schedule="2026-10-01", verified_contact=None)
    assert (found["state"], found["oldest"]) == ("due", "contact")
    assert pd.isna(found["checked_on"])
    assert found["due_on"].date() == ON


def test_what_has_no_place_needs_none_checked():
    cells = {"verified_schedule": "2026-10-01", "verified_contact": "2026-09-01"}
    assert one(place="none", **cells)["state"] == "fresh"
    assert one(place="served_area", **cells)["state"] == "due"
    assert one(place="none", verified_on="2026-05-01")["oldest"] == ""


def test_nobody_checks_what_has_ended_and_everybody_what_is_suspended():
    table = freshness(rows(status=["ended", "suspended"], verified_on=[None, None]), CATALOG, on=ON)
    assert table["state"].tolist() == ["ended", "never"]


@pytest.mark.parametrize(
    ("cell", "checked", "what"),
    [
        (date(2026, 11, 5), ON, "ahead"),
        (date(2027, 11, 1), ON, "ahead"),
        (date(2027, 11, 2), None, "impossible"),
        (date(2062, 5, 1), None, "impossible"),
        (date(9999, 12, 31), None, "impossible"),
        (date(1900, 1, 5), None, "impossible"),
        (date(1990, 1, 1), date(1990, 1, 1), None),
        ("last spring", None, None),
    ],
)
def test_days_that_cannot_be_make_nothing_fresher_than_today(cell, checked, what):
    found = one(verified_on=cell)
    assert (None if pd.isna(found["checked_on"]) else found["checked_on"].date()) == checked
    listed = odd_dates(rows(verified_on=[cell]), on=ON)
    assert listed["what"].tolist() == ([what] if what else [])


def test_an_impossible_day_leaves_the_possible_one_of_a_group():
    found = one(verified_on="2026-10-01", verified_place="2062-10-01")
    assert found["place"].date() == date(2026, 10, 1)
    listed = odd_dates(rows(verified_on=["2026-10-01"], verified_place=["2062-10-01"]), on=ON)
    assert listed.to_numpy().tolist() == [[0, "verified_place", date(2062, 10, 1), "impossible"]]


def test_the_table_has_the_rows_and_the_index_given_and_nothing_is_changed():
    given_ = rows(kind=["salon", "none of ours"], verified_on=["2026-01-01", None], index=["b", "a"])
    before = given_.copy(deep=True)
    table = freshness(given_, CATALOG, on=ON)
    assert table.index.tolist() == ["b", "a"]
    assert table["every"].tolist() == [12, 12]
    pd.testing.assert_frame_equal(given_, before)


def test_a_table_without_any_day_and_one_without_rows():
    bare = rows(kind=["salon"])
    assert freshness(bare, CATALOG, on=ON)["state"].tolist() == ["never"]
    assert freshness(bare.iloc[:0], CATALOG, on=ON).empty
    assert odd_dates(bare.iloc[:0], on=ON).empty


DAYS = st.dates(date(1990, 1, 1), date(2027, 11, 1))


@given(st.lists(st.tuples(*[st.none() | DAYS] * 4), max_size=6), st.sampled_from(["salon", "pantry"]))
def test_every_row_against_the_plainest_way_there_is(cells, kind):
    table = rows(kind=[kind] * len(cells), **{name: [row[at] for row in cells] for at, name in enumerate(DATES)})
    found = freshness(table, CATALOG, on=ON)
    for row, (whole, *groups) in zip(found.to_dict("records"), cells, strict=True):
        newest = [max((min(day, ON) for day in (whole, group) if day), default=None) for group in groups]
        assert row["state"] in STATES
        if not any(newest):
            assert row["state"] == "never"
        if None in newest:
            assert pd.isna(row["checked_on"])
            assert row["due_on"].date() == ON
            continue
        oldest = min(newest)
        assert row["checked_on"].date() == oldest
        due = plus_months(oldest, CATALOG.kinds[kind].check_months)
        assert (row["due_on"].date(), row["state"] == "due") == (due, due <= ON)
        assert row["days_overdue"] == max((ON - due).days, 0)


def plus_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@given(DAYS, st.integers(0, 4000))
def test_whole_months_are_those_that_fit(day, days):
    on = day + timedelta(days=days)
    months = months_between(pd.Series([pd.Timestamp(day)]), on).iloc[0]
    assert plus_months(day, months) <= on < plus_months(day, months + 1)


def test_words():
    assert [span_in_words(months) for months in (1, 11, 12, 13, 24)] == [
        *("1 month", "11 months", "1 year", "1 year and 1 month", "2 years"),
    ]
    assert age_in_words(13) == "1 year and 1 month ago"
    assert groups_in_words("place;contact") == "place and telephone"


def test_the_last_check_is_that_of_freshness_and_without_a_day_none_is_too_late():
    table = rows(verified_on=["2026-02-01", "2062-02-01", "1900-01-05"], verified_place=["2026-10-01", None, None])
    assert last_checked(table, on=ON).equals(freshness(table, CATALOG, on=ON)["checked_on"])
    assert last_checked(table).dt.year.tolist()[:2] == [2026, 2062]
    assert pd.isna(last_checked(table).iloc[2])
