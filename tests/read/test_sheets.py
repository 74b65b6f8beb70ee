from datetime import date, time

import pytest

from resourcemap.errors import InputError
from resourcemap.read.grid import Span
from resourcemap.read.sheets import read_sheets


def test_every_visible_sheet_is_read_as_text(workbook):
    path = workbook({"一": [["名称", 3.0], [None, date(2026, 3, 1), time(9)]], "隠": [["x"]]}, hidden=["隠"])
    [grid] = read_sheets(path)
    assert grid.rows == [["名称", "3", ""], ["", "2026-03-01", "09:00"]]
    assert grid.where == "list.xlsx [一]"


def test_blank_rows_above_keep_their_numbers(workbook):
    [grid] = read_sheets(workbook({"一": [[], [], ["", "名称"]]}))
    assert grid.rows[2] == ["", "名称"]


def test_merged_cells_are_told(workbook):
    [grid] = read_sheets(workbook({"一": [["題", ""], ["名称", "住所"]]}, merged=["A1:B1"]))
    assert grid.spans == [Span(0, 0, 0, 1)]


def test_a_sheet_can_be_named_even_a_hidden_one(workbook):
    path = workbook({"一": [["a"]], "二": [["b"]]}, hidden=["二"])
    assert [grid.rows for grid in read_sheets(path, sheet="二")] == [[["b"]]]


def test_a_missing_sheet_is_told_with_what_was_meant(workbook):
    with pytest.raises(InputError, match=r"there is no sheet '一覧表'\. Did you mean '一覧'"):
        read_sheets(workbook({"一覧": [["a"]]}), sheet="一覧表")


def test_a_file_that_is_no_workbook_is_told(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"not a zip")
    with pytest.raises(InputError, match=r"a\.xlsx: cannot be read as a spreadsheet"):
        read_sheets(path)
