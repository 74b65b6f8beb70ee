"""A bare list: nothing of it is lost, and every row says where it is."""

import csv

import openpyxl
import pandas as pd
import pytest

from resourcemap.errors import InputError
from resourcemap.project.barelist import ADDED, locate_list, prepare_gazetteer
from resourcemap.read.delimited import read_delimited

TOWNS = "町丁目,緯度,経度\n本町一丁目,34.95,139.70\n本町二丁目,34.96,139.71\n西町,34.97,139.72\n"
LIST = "番号,名称,住所,備考\n1,№①,みほん市本町１－２－３　みほんビル2階,=1+1\n2,,よその町5,\n3,,,あと\n4,A,みほん市\n"


@pytest.fixture
def towns(tmp_path):
    path = tmp_path / "towns.csv"
    path.write_text(TOWNS, encoding="utf-8")
    return path


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_every_row_and_column_stays(tmp_path, towns, encoding):
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding=encoding)
    report = locate_list(path, tmp_path / "out.csv", gazetteer=[towns], city="みほん市")
    rows = read_delimited(tmp_path / "out.csv")[0].rows
    assert cells(tmp_path / "out.csv")[1][3] == "'=1+1"
    with path.open(encoding=encoding, newline="") as file:
        before = list(csv.reader(file))
    assert [row[:4] for row in rows] == [[*row, *[""] * (4 - len(row))] for row in before]
    assert rows[0][4:] == list(ADDED)
    assert rows[1][4:9] == ["34.95", "139.7", "block", "みほん市本町１", "２－３　みほんビル2階"]
    assert [row[6] for row in rows[1:]] == ["block", "none", "none", "city"]
    assert report.went_in == {"rows": 4}
    assert report.came_out == {"to the block": 1, "to the city": 1, "not located": 2}
    assert [(row.row, row.value) for row in report.left_aside] == [(3, "Not in the gazetteer."), (4, "")]


def test_titles_above_the_headings_stay(tmp_path, towns):
    path = tmp_path / "list.csv"
    path.write_text("一覧,,\n2026年\n番号,所 在 地,x\n1,西町5,y\n", encoding="utf-8")
    locate_list(path, tmp_path / "out.csv", gazetteer=[towns])
    rows = cells(tmp_path / "out.csv")
    assert [row[:3] for row in rows[:2]] == [["一覧", "", ""], ["2026年", "", ""]]
    assert rows[2][3:] == list(ADDED)
    assert rows[3][5] == "block"


def test_the_heading_may_be_named(tmp_path, towns):
    path = tmp_path / "list.csv"
    path.write_text("どこ,住所\n西町5,あちら\n", encoding="utf-8")
    locate_list(path, tmp_path / "out.csv", gazetteer=[towns], address="どこ")
    assert cells(tmp_path / "out.csv")[1][4] == "block"
    with pytest.raises(InputError, match=r"no column 'どれ' \(どこ, 住所\)"):
        locate_list(path, tmp_path / "out.csv", gazetteer=[towns], address="どれ")


def test_a_list_without_addresses_is_refused(tmp_path, towns):
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="Name the heading with --address"):
        locate_list(path, tmp_path / "out.csv", gazetteer=[towns])
    path.write_text("", encoding="utf-8")
    with pytest.raises(InputError):
        locate_list(path, tmp_path / "out.csv", gazetteer=[towns])


def test_columns_of_our_names_are_kept(tmp_path, towns):
    path = tmp_path / "list.csv"
    path.write_text("住所,lat,lon,source\n西町5,1,2,役所\n", encoding="utf-8")
    locate_list(path, tmp_path / "out.csv", gazetteer=[towns])
    heading, row = cells(tmp_path / "out.csv")
    assert heading[1:6] == ["lat", "lon", "source", "lat_2", "lon_2"]
    assert row[1:6] == ["1", "2", "役所", "34.97", "139.72"]
    assert "source_2" in heading


def test_workbooks_go_in_and_out_as_text(tmp_path, towns):
    book = openpyxl.Workbook()
    book.active.append(["番号", "住所"])
    book.active.append(["007", "西町5"])
    book.active.append(["=1+1", "=HYPERLINK(1)"])
    book.save(tmp_path / "list.xlsx")
    locate_list(tmp_path / "list.xlsx", tmp_path / "out.xlsx", gazetteer=[towns])
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert [cell.value for cell in sheet[2]][:5] == ["007", "西町5", 34.97, 139.72, "block"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_same_list_makes_the_same_bytes(tmp_path, towns):
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    for suffix in ("csv", "xlsx"):
        for name in "ab":
            locate_list(path, tmp_path / f"{name}.{suffix}", gazetteer=[towns])
        assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_a_prepared_gazetteer_and_places_serve_too(tmp_path, towns):
    places = tmp_path / "places.csv"
    places.write_text("名称,緯度,経度\nみほん会館,34.9,139.8\n", encoding="utf-8")
    report = prepare_gazetteer([towns], tmp_path / "index.npz")
    assert report.came_out == {"towns": 3, "numbers": 0}
    path = tmp_path / "list.csv"
    path.write_text("名称,住所\nみほん会館,\nx,西町5\n", encoding="utf-8")
    locate_list(path, tmp_path / "out.csv", gazetteer=[tmp_path / "index.npz", places])
    assert pd.read_csv(tmp_path / "out.csv")["level"].tolist() == ["exact", "block"]
