"""Errors and formulas that nobody calculated are seen, and take consent back rather than give it."""

from __future__ import annotations

import openpyxl
import pytest

from resourcemap.read.resources import read_resources
from resourcemap.read.sheets import read_sheets

HEADINGS = ["名称", "種類", "承諾", "承諾期限", "公開する項目", "電話"]


@pytest.fixture
def sheet(tmp_path):
    def write(**cells):
        book = openpyxl.Workbook()
        book.active.append(HEADINGS)
        book.active.append(["本町", "サロン", "有", None, None, None])
        for name, value in cells.items():
            book.active[name] = value
            if value.startswith("#"):
                book.active[name].data_type = "e"
        book.save(tmp_path / "list.xlsx")
        return tmp_path / "list.xlsx"

    return write


@pytest.mark.parametrize("value", ["#VALUE!", "#REF!", "#N/A", "=EDATE(A1,12)"])
def test_an_error_is_read_as_its_sign(sheet, value):
    rows = read_sheets(sheet(D2=value))[0].rows
    assert rows[1][3] == ("#N/A" if value.startswith("=") else value)
    assert rows[1][:3] == ["本町", "サロン", "有"]


def test_a_limit_that_is_an_error_is_no_consent(sheet):
    table = read_resources(sheet(D2="#VALUE!"))
    assert table["channels"].tolist() == [None]
    assert [entry["value"] for entry in table.attrs["left_aside"]] == ["#VALUE!"]


def test_fields_that_are_an_error_are_not_all_fields(sheet):
    assert read_resources(sheet(E2='=IF(1,"名称のみ","")'))["consent_fields"].tolist() == ["#N/A"]


def test_an_error_in_another_cell_is_left_aside_with_its_row(sheet):
    table = read_resources(sheet(F2="#REF!"))
    assert table["phone"].tolist() == [None]
    assert [(entry["row"], entry["column"]) for entry in table.attrs["left_aside"]] == [(2, "電話")]


def test_saved_values_of_formulas_stay_as_they_are(tmp_path):
    import xlsxwriter

    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        made = book.add_worksheet()
        made.write_row(0, 0, HEADINGS)
        made.write_row(1, 0, ["本町", "サロン", "有"])
        made.write_formula(1, 5, '="03-0000-0001"', None, "03-0000-0001")
    assert read_resources(path)["phone"].tolist() == ["03-0000-0001"]
