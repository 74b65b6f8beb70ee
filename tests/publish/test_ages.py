"""How old rows are said to be, whoever looks at them."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from resourcemap.language import speaking
from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import Policy, release
from resourcemap.publish.ages import ages
from resourcemap.publish.lists import write_list

ON = date(2026, 11, 1)
CATALOG = load_catalog()


@pytest.fixture
def rows():
    return gpd.GeoDataFrame(
        {
            "resource_id": list("abcd"),
            "activity_id": list("abcd"),
            "name": list("ABCD"),
            "kind": ["salon", "pantry", "salon", "salon"],
            "status": "active",
            "place": "venue",
            "channels": ["list", "list", "list", ""],
            "verified_on": ["2026-02-01", "2026-02-01", None, "2026-10-01"],
            "verified_by": "田中花子",
        },
        geometry=gpd.points_from_xy([0.1, 0.2, 0.3, 0.4], [0.5] * 4),
        crs="EPSG:4326",
        index=[9, 8, 7, 6],
    )


def test_the_kind_says_when_a_row_is_stale(rows):
    found = ages(release(rows, "list"), CATALOG, ON)
    assert found.index.tolist() == [9, 8, 7]
    assert found["stale"].tolist() == [False, True, True]
    assert found["age"].tolist() == ["9 months ago", "9 months ago", ""]


def test_the_days_of_groups_count_in_public_and_who_checked_does_not_come_along(rows):
    rows["verified_schedule"] = rows["verified_place"] = rows["verified_contact"] = "2026-10-01"
    rows.loc[7, "verified_contact"] = None
    released = release(rows, "list")
    assert "verified_by" not in released.table
    found = ages(released, CATALOG, ON)
    assert found["age"].tolist() == ["1 month ago", "1 month ago", ""]
    assert found["partly"].tolist() == [False, False, True]


def test_nothing_is_told_without_a_day_or_of_rows_that_show_their_kind_alone(rows):
    assert not ages(release(rows, "list"), CATALOG, None)["told"].any()
    blocks = gpd.GeoDataFrame({"block": ["本町"]}, geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:4326")
    released = release(rows, "list", policy=Policy("block", "out"), blocks=blocks)
    found = ages(released, CATALOG, ON)
    assert found["told"].tolist() == [True, True, True, False]
    assert not found.loc[6, "stale"]
    assert pd.isna(found.loc[6, "checked_on"])


def cells(path):
    book = openpyxl.load_workbook(path)
    return [[str(cell.value or "") for cell in row] for sheet in book for row in sheet.iter_rows()]


def test_the_list_says_it_in_its_column_and_explains_the_sign(rows, tmp_path):
    released = release(rows, "list")
    with speaking("ja"):
        shown = {"catalog": CATALOG, "title": "一覧", "as_of": ON}
        path = write_list(released, tmp_path / "a.xlsx", **shown)
        again = write_list(released, tmp_path / "b.xlsx", **shown)
        plain = write_list(released, tmp_path / "c.xlsx", catalog=CATALOG, title="一覧")
    assert path.read_bytes() == again.read_bytes()
    table = cells(path)
    assert {row[-1] for row in table if row[1] in {"A", "B", "C"}} == {
        "2026/2/1\n9か月前",
        "！2026/2/1\n9か月前",
        "！記録なし",
    }
    explained = "・ 最終確認日に「！」のあるものは"
    assert sum(explained in row[0] for row in table) == 1
    assert not any(explained in row[0] for row in cells(plain))
