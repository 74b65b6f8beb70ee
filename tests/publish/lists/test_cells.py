"""Columns of the list."""

from __future__ import annotations

import pandas as pd
import pytest

from resourcemap.model.catalog import load_catalog
from resourcemap.publish.lists.cells import COLUMNS, labelled


def cell(heading, **row):
    [column] = [column for column in COLUMNS if column.en == heading]
    return column.cell({"place": "venue", "status": "active", "audience_label": "", **row})


@pytest.mark.parametrize("kind", load_catalog().kinds)
def test_every_kind_has_a_mark_that_a_monochrome_printer_keeps(kind):
    table = pd.DataFrame({"resource_id": ["1"], "name": ["A"], "kind": [kind]})
    mark, label = labelled(table, load_catalog(), "ja")["kind_label"][0].split(" ", 1)
    assert len(mark) == 1
    assert mark != "・"
    assert label == load_catalog().kinds[kind].label("ja")


def test_the_schedule_as_written_comes_before_its_dates():
    assert cell("when", schedule="毎週水曜", valid_from="2026-04-01") == "毎週水曜"
    assert cell("when", valid_from="2026-04-01", valid_to="2026-04-01") == "2026-04-01"
    assert cell("when", valid_from="2026-04-01", valid_to="2026-04-30") == "2026-04-01～2026-04-30"
    assert cell("when") == ""


def test_an_entry_that_nobody_checked_says_so():
    assert cell("checked on", verified_on=float("nan")) == "not recorded"
    assert cell("checked on", verified_on="2026-04-01") == "2026/04/01"


def test_the_audience_as_written_comes_before_its_label():
    assert cell("for whom", audience_text="65歳以上の方", audience_label="高齢者") == "65歳以上の方"
    assert cell("for whom", audience_label="高齢者") == "高齢者"


def test_the_index_and_the_rows_stay():
    table = pd.DataFrame({"resource_id": ["1", "2"], "name": ["B", "A"], "kind": "salon"}, index=[7, 3])
    assert labelled(table, load_catalog(), "ja").index.tolist() == [3, 7]
    assert "kind_label" not in table


def test_the_stops_of_a_van_come_as_it_drives():
    stops = pd.DataFrame(
        {"resource_id": ["1", "2"], "name": "かもめ号", "kind": "mobile_vendor", "venue": ["西", "東"]}
    )
    assert labelled(stops, load_catalog(), "ja")["venue"].tolist() == ["西", "東"]


@pytest.mark.parametrize(
    ("ages", "shown"),
    [
        ({"checked_on": pd.Timestamp("2026-05-01"), "age": "6 months ago"}, "2026/5/1\n6 months ago"),
        ({"checked_on": pd.Timestamp("2025-05-01"), "age": "1 year ago", "stale": True}, "！2025/5/1\n1 year ago"),
        ({"stale": True}, "！not recorded"),
        ({"stale": True, "partly": True}, "！not recorded in part"),
        ({"told": False}, "not recorded"),
    ],
)
def test_what_is_due_to_be_checked_has_a_sign_and_its_age(ages, shown):
    usual = {"told": True, "checked_on": pd.NaT, "age": "", "partly": False, "stale": False}
    assert cell("checked on", **usual | ages) == shown
