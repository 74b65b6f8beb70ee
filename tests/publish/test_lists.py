"""The list: who may be in it, in which order, on which sheet, and every cell as text."""

from __future__ import annotations

import zipfile
from datetime import date

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from resourcemap.errors import InputError, ReleaseError
from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import release
from resourcemap.publish.lists import write_list


@pytest.fixture
def resources():
    rows = [
        ("r1", "a1", "わらび体操", "わらびたいそう", "kayoinoba", "venue", "active", "list;map;paper"),
        ("r2", "a2", "=cmd|' /C calc'!A0", None, "salon", "venue", "suspended", "list"),
        ("r3", "a3", "あおばサロン", "あおばさろん", "salon", "venue", "active", "list"),
        ("r4", "a3", "あおばサロン", "あおばさろん", "salon", "venue", "active", "list"),
        ("r5", "a5", "学生出前便", None, "visit", "served_area", "active", "list"),
        ("r6", "a6", "秘密の会", None, "salon", "venue", "active", ""),
        ("r7", "a7", "どこかの会", None, "salon", "venue", "active", "list"),
    ]
    columns = ["resource_id", "activity_id", "name", "kana", "kind", "place", "status", "channels"]
    table = pd.DataFrame(rows, columns=columns).assign(
        venue=["西会館", "西会館", "西会館", "東会館", None, "西会館", None],
        address="みほん1-1",
        serves=[None] * 4 + ["東1丁目"] + [None] * 2,
        phone="000-0000-0001",
        notes="職員だけのメモ",
        verified_on=["2026-04-01", None, "2026-04-01", "2026-04-01", None, None, None],
    )
    x = [139.70, 139.70, 139.70, 139.72, float("nan"), 139.70, float("nan")]
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(x, [34.95] * 7), crs="EPSG:4326")


@pytest.fixture
def placements():
    area = ["西/1", "西/1", "西/1", "東", None, "西/1", None]
    ids = [f"r{n}" for n in range(1, 8)]
    return pd.DataFrame({"resource_id": ids, "system": "圏域", "area_id": area, "area": area})


def written(released, path, **options):
    usual = {"catalog": load_catalog(), "title": "みほん市 一覧", "as_of": date(2026, 11, 1)}
    return openpyxl.load_workbook(write_list(released, path, **(usual | options)))


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]


def everything_in(path):
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_every_area_has_a_sheet_and_so_have_those_in_none(resources, placements, tmp_path):
    book = written(release(resources, "list"), tmp_path / "list.xlsx", placements=placements)
    assert book.sheetnames == ["はじめに", "東", "西／1", "どの区域にも入らないもの", "訪問・電話・オンライン"]


def test_an_area_without_resources_has_a_sheet_too(resources, placements, tmp_path):
    areas = pd.DataFrame({"system": ["圏域", "学区", "圏域", "圏域"], "area": ["北", "別", "西/1", "東"]})
    areas["approximate"] = [False, False, False, True]
    book = written(release(resources, "list"), tmp_path / "list.xlsx", placements=placements, areas=areas)
    assert book.sheetnames[1:4] == ["北", "西／1", "東"]
    assert rows_of(book["北"]) == []
    assert "載せているものはありません" in book["北"]["A2"].value
    assert ["およその形" in book[sheet]["A2"].value for sheet in ("北", "東")] == [False, True]


def test_an_activity_stands_in_each_area_where_it_has_a_place(resources, placements, tmp_path):
    book = written(release(resources, "list"), tmp_path / "list.xlsx", placements=placements)
    for sheet in ("西／1", "東"):
        assert "あおばサロン" in [row[1] for row in rows_of(book[sheet])]


def test_rows_follow_the_kinds_of_the_catalogue_then_kana(resources, placements, tmp_path):
    book = written(release(resources, "list"), tmp_path / "list.xlsx", placements=placements)
    assert [row[0].split()[1] for row in rows_of(book["西／1"])] == ["サロン", "サロン", "通いの場"]
    assert [row[1] for row in rows_of(book["西／1"])][1:] == ["あおばサロン", "わらび体操"]


def test_a_formula_in_a_cell_is_text(resources, placements, tmp_path):
    book = written(release(resources, "list"), tmp_path / "list.xlsx", placements=placements)
    cell = next(row[1] for row in book["西／1"].iter_rows(min_row=4) if row[1].value.startswith("="))
    assert cell.data_type == "s"
    assert "<f>" not in everything_in(tmp_path / "list.xlsx")


def test_suspended_ones_are_said_to_be_suspended(resources, placements, tmp_path):
    book = written(release(resources, "list"), tmp_path / "list.xlsx", placements=placements)
    states = {row[1]: row[-2] for row in rows_of(book["西／1"])}
    assert states["=cmd|' /C calc'!A0"] == "休止中"
    assert "うち休止中 1件" in book["西／1"]["A2"].value


def test_a_visit_says_where_it_comes_to(resources, placements, tmp_path):
    book = written(release(resources, "list"), tmp_path / "list.xlsx", placements=placements)
    [row] = rows_of(book["訪問・電話・オンライン"])
    assert row[2:4] == ["お宅へ訪問", "東1丁目"]


def test_the_overview_adds_up_and_names_nobody_withheld(resources, placements, tmp_path):
    book = written(release(resources, "list"), tmp_path / "list.xlsx", placements=placements)
    overview = book["はじめに"]
    lines = [[cell.value for cell in row] for row in overview.iter_rows()]
    heading = next(line for line in lines if line[0] == "区域")
    total = next(line for line in lines if line[0] == "計")
    assert total[heading.index("計")] == 6
    text = everything_in(tmp_path / "list.xlsx")
    assert "公開の承諾をいただいていないもの　1件" in text
    assert "秘密の会" not in text
    assert "職員だけのメモ" not in text


def test_columns_that_nobody_filled_are_left_out(resources, tmp_path):
    book = written(release(resources, "list"), tmp_path / "list.xlsx")
    heading = [cell.value for cell in book["一覧"][3]]
    assert heading == ["種類", "名称", "会場", "所在地", "開催日時", "対象", "電話", "状態", "最終確認日"]


def test_the_same_input_gives_the_same_bytes(resources, placements, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        written(release(resources, "list"), tmp_path / name, placements=placements)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_the_paper_is_a4_one_page_wide_with_the_heading_on_each_page(resources, placements, tmp_path):
    book = written(release(resources, "list"), tmp_path / "list.xlsx", placements=placements)
    sheet = book["西／1"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "C4"


def test_nothing_released_is_a_list_that_says_so(resources, tmp_path):
    book = written(release(resources.assign(channels=""), "list"), tmp_path / "list.xlsx")
    assert book.sheetnames == ["はじめに", "一覧"]


@pytest.mark.parametrize("channel", ["paper", "internal"])
def test_paper_and_the_office_may_have_the_list(resources, placements, tmp_path, channel):
    book = written(release(resources, channel), tmp_path / "list.xlsx", placements=placements)
    assert ("内部用" in book["はじめに"]["A1"].value) == (channel == "internal")


def test_a_table_that_did_not_pass_the_gate_is_refused(resources, tmp_path):
    with pytest.raises(ReleaseError, match="takes the result of release"):
        write_list(resources, tmp_path / "list.xlsx", catalog=load_catalog(), title="")
    with pytest.raises(ReleaseError, match="'map'"):
        write_list(release(resources, "map"), tmp_path / "list.xlsx", catalog=load_catalog(), title="")
    assert not list(tmp_path.iterdir())


def test_a_list_in_english_has_english_headings(resources, placements, tmp_path):
    book = written(release(resources, "list"), tmp_path / "list.xlsx", placements=placements, language="en")
    assert book.sheetnames[0] == "Overview"
    assert rows_of(book["東"])[0][0] == "● Salon (get-together)"


def test_an_unknown_system_is_refused_with_the_known_ones(resources, placements, tmp_path):
    with pytest.raises(InputError, match=r"no system of areas '学区' to divide the list by\. Known: 圏域\."):
        written(release(resources, "list"), tmp_path / "list.xlsx", placements=placements, system="学区")
    assert not list(tmp_path.iterdir())
