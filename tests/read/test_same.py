"""Merging by the user's word: the first row wins, empty cells are filled, and nothing gets out by it."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.model.consent import release
from resourcemap.read.same import merge_same, row_names

ROWS = [
    ("r1", "ひだまり", None, "本町1-2", "内", "list;map;paper", "active", None, "a.xlsx", "一覧", 5),
    ("r2", "ひだまりサロン", "000-0000-0001", "本町1-3", "外", "list;map;paper", "active", "赤", "b.csv", None, 3),
    ("r3", "別の会", "000-0000-0009", None, None, "", "active", None, "b.csv", None, 4),
]
COLUMNS = ["resource_id", "name", "phone", "address", "notes", "channels", "status", "own:色"]
SAME = [{"rows": ["a.xlsx 一覧!5", "b.csv 3"]}]


@pytest.fixture
def table():
    frame = pd.DataFrame(ROWS, columns=[*COLUMNS, "source_file", "source_sheet", "source_row"])
    points = [None, shapely.Point(139.7, 35.7), None]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, crs=4326))


def test_rows_are_named_as_reports_name_them(table):
    assert row_names(table) == ["a.xlsx 一覧!5", "b.csv 3", "b.csv 4"]


def test_the_first_wins_and_only_empty_cells_are_filled(table):
    merged, aside = merge_same(table, SAME)
    assert merged["resource_id"].tolist() == ["r1", "r3"]
    first = merged.iloc[0]
    assert (first["name"], first["address"], first["notes"]) == ("ひだまり", "本町1-2", "内")
    assert (first["phone"], first["own:色"], first.geometry) == ("000-0000-0001", "赤", shapely.Point(139.7, 35.7))
    assert [(entry["file"], entry["row"], entry["column"], entry["reason"]) for entry in aside] == [
        ("b.csv", 3, None, "merged into a.xlsx 一覧!5")
    ]


def test_the_table_given_is_not_changed(table):
    before = table.copy(deep=True)
    merge_same(table, SAME)
    pd.testing.assert_frame_equal(pd.DataFrame(table), pd.DataFrame(before))


def test_nothing_to_merge_is_the_same_table(table):
    assert merge_same(table, []) == (table, [])


@pytest.mark.parametrize(
    "change", [{"channels": ""}, {"channels": "paper"}, {"status": "ended"}, {"address": "見本様方"}]
)
def test_a_row_that_may_not_be_shown_fills_nothing_public(table, change):
    for column, value in change.items():
        table.loc[1, column] = value
    merged, aside = merge_same(table, SAME)
    released = release(merged, "map").table
    assert "000-0000-0001" not in released.to_string()
    assert released.geometry.isna().all()
    assert merged["own:色"][0] == "赤"
    assert [entry["column"] for entry in aside if entry["column"]] == ["phone"]


def test_consent_is_never_taken_over(table):
    table.loc[0, "channels"] = ""
    merged, _ = merge_same(table, SAME)
    assert merged["channels"][0] == ""
    assert release(merged, "map").table.empty


def test_three_rows_become_one_in_the_order_written(table):
    merged, aside = merge_same(table, [{"rows": ["b.csv 4", "a.xlsx 一覧!5", "b.csv 3"]}])
    assert merged["resource_id"].tolist() == ["r3"]
    assert merged["address"][0] == "本町1-2"
    assert sum(entry["column"] is None for entry in aside) == 2


def test_all_wrong_rows_are_told_at_once(table):
    same = [{"rows": ["a.xlsx 一覧!6", "b.csv 3"]}, {"rows": ["b.csv 3", "b.csv 4"]}, {"rows": ["b.csv 4"]}]
    with pytest.raises(InputError) as caught:
        merge_same(table, same)
    text = str(caught.value)
    assert "there is no row 'a.xlsx 一覧!6'. Did you mean 'a.xlsx 一覧!5'?" in text
    assert "'b.csv 3' stands there twice" in text
    assert "name two rows or more" in text


def test_rows_that_moved_since_are_noticed_by_their_names(table):
    names = ["ひだまり", "ひだまり サロン"]
    assert len(merge_same(table, [SAME[0] | {"names": names}])[0]) == 2
    with pytest.raises(InputError, match="Rows may have moved"):
        merge_same(table, [SAME[0] | {"names": ["ひだまり", "そらまめ"]}])


@pytest.mark.parametrize(
    ("kept", "other"),
    [
        ({}, {"consent_fields": "電話以外"}),
        ({}, {"consent_fields": "要相談"}),
        ({"consent_fields": "全部、携帯も可"}, {}),
        ({}, {"consent_until": date(2027, 3, 31)}),
        ({"consent_until": date(2028, 3, 31)}, {"consent_until": date(2027, 3, 31)}),
        ({}, {"consent_on": date(2026, 4, 1)}),
    ],
)
def test_what_the_other_row_does_not_consent_to_is_not_taken_over(table, kept, other):
    for column in ("consent_fields", "consent_until", "consent_on"):
        table[column] = pd.Series([kept.get(column), other.get(column), None], dtype=object)
    merged, aside = merge_same(table, SAME)
    assert pd.isna(merged.iloc[0]["phone"])
    assert [entry["column"] for entry in aside][1:] == ["phone"]
    assert merged.iloc[0]["consent_fields"] == kept.get("consent_fields")
    assert merged.iloc[0]["own:色"] == "赤"


def test_consent_that_lasts_as_long_and_covers_the_field_fills(table):
    table["consent_until"] = [date(2027, 3, 31), date(2027, 3, 31), None]
    table["consent_fields"] = [None, "名称・電話のみ", None]
    assert merge_same(table, SAME)[0].iloc[0]["phone"] == "000-0000-0001"
    assert merge_same(table, SAME)[0].geometry.iloc[0] is None
