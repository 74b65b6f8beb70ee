"""Filled worksheets: what may have happened to them at other desks."""

from __future__ import annotations

import openpyxl
import pytest

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.model import worksheet as form
from resourcemap.project.merge.worksheet import read_worksheet


@pytest.fixture
def filled(town, worksheet, tmp_path, ids):
    return worksheet(town, tmp_path / "w.xlsx", {ids(town)["ひだまり"]: {"phone": "03-9"}})


def change(path, what):
    book = openpyxl.load_workbook(path)
    what(book[form.SHEET])
    book.save(path)


def test_rows_say_what_was_and_what_is(filled, town, ids):
    read = read_worksheet(filled)
    assert (read.name, read.project, read.faults, read.missing) == ("w.xlsx", "みほん市", (), 0)
    [first, *rest] = read.rows
    assert (first.resource_id, first.file, first.sheet, first.row) == (ids(town)["ひだまり"], "a.xlsx", "一覧", 3)
    assert (first.number, first.where) == (5, "w.xlsx row 5")
    assert (first.was["phone"], first.now["phone"]) == ("03-1", "03-9")
    assert {name for name in first.was if first.was[name] != first.now[name]} == {"phone"}
    assert all(row.was == row.now for row in rest)
    assert [(row.file, row.sheet) for row in rest[2:]] == [("b.csv", None)] * 2


def test_sorted_rows_and_rows_moved_down_are_found(filled):
    def sort(sheet):
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        for at, row in enumerate(reversed(rows)):
            for place, value in enumerate(row, start=1):
                sheet.cell(5 + at, place).value = value
        sheet.insert_rows(1)

    before = read_worksheet(filled)
    change(filled, sort)
    after = read_worksheet(filled)
    assert [row.resource_id for row in after.rows] == [row.resource_id for row in reversed(before.rows)]
    assert after.rows[0].number == 6


def test_rows_taken_out_are_counted(filled):
    change(filled, lambda sheet: sheet.delete_rows(6, 2))
    assert (len(read_worksheet(filled).rows), read_worksheet(filled).missing) == (3, 2)


def test_rows_that_were_added_or_doubled_are_faults(filled):
    def add(sheet):
        sheet.append(["r000", "新しいサロン"])
        sheet.append([None, "もうひとつ"])
        sheet.append([cell.value for cell in sheet[5]])

    change(filled, add)
    read = read_worksheet(filled)
    first = openpyxl.load_workbook(filled)[form.SHEET]["A5"].value
    assert read.faults == (
        "w.xlsx row 10: the id 'r000' was not there when the worksheet was made. Add new resources to the source.",
        "w.xlsx row 11: a row without id was not there when the worksheet was made. Add new resources to the source.",
        f"w.xlsx rows 5, 12: the id '{first}' stands in several rows. Leave one of them.",
    )
    assert len(read.rows) == 4


def test_what_is_written_right_of_the_table_is_a_fault(filled):
    def scribble(sheet):
        sheet.cell(5, sheet.max_column + 2).value = "電話した"

    change(filled, scribble)
    assert read_worksheet(filled).faults == (
        "w.xlsx row 5: something is written right of the table. Move it below '変わったこと・メモ'.",
    )


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (lambda sheet: sheet.delete_cols(3), r"gone: 種類; new: none"),
        (lambda sheet: sheet.insert_cols(3), r"gone: none; new: \(no heading\)"),
        (lambda sheet: setattr(sheet.cell(4, 2), "value", "なまえ"), r"gone: 名称; new: なまえ"),
        (lambda sheet: setattr(sheet.cell(4, 1), "value", "No"), "gone: 番号"),
    ],
)
def test_other_columns_are_refused(filled, what, message):
    change(filled, what)
    with pytest.raises(InputError, match=rf"^w\.xlsx: its columns have changed .*{message}"):
        read_worksheet(filled)


def test_columns_in_another_order_are_refused(filled):
    def swap(sheet):
        for row in sheet.iter_rows(min_row=4, min_col=2, max_col=3):
            row[0].value, row[1].value = row[1].value, row[0].value

    change(filled, swap)
    with pytest.raises(
        InputError, match=r"w\.xlsx: the columns stand in another order\. Put columns and headings back"
    ):
        read_worksheet(filled)


def test_other_files_are_no_worksheets(tmp_path, filled):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match=r"a\.xlsx: is no worksheet \(it needs the sheet '確認' and the hidden one"):
        read_worksheet(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match=r"none\.xlsx: there is no such file"):
        read_worksheet(tmp_path / "none.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError, match=r"broken\.xlsx"):
        read_worksheet(tmp_path / "broken.xlsx")
    (tmp_path / "w.csv").write_text("番号,名称\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"w\.csv: cannot read \.csv\. Known: \.xlsx, \.xlsm\."):
        read_worksheet(tmp_path / "w.csv")
    book = openpyxl.load_workbook(filled)
    book[form.ORIGINALS]["A1"] = "resourcemap-worksheet-0 みほん市"
    book.save(filled)
    with speaking("ja"), pytest.raises(InputError, match=r"w\.xlsx: 別の版の resourcemap で作った表です。"):
        read_worksheet(filled)
