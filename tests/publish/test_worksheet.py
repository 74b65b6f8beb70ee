"""The worksheet as a file: what Excel finds in it, and what a merge goes by."""

from __future__ import annotations

import zipfile
from datetime import date

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from resourcemap.errors import ReleaseError
from resourcemap.model import worksheet as form
from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import release
from resourcemap.publish.worksheet import columns_of, write_worksheet

HOSTILE = ["=cmd|'/c calc'!A1", "</t><script>", "=1+1\n２行目", "@SUM(A1)", " 前後に空白 ", "い" * 5000]


@pytest.fixture
def rows():
    count = len(HOSTILE)
    ids = [f"r{number}" for number in range(count)]
    resources = gpd.GeoDataFrame({"resource_id": ids, "name": HOSTILE}, geometry=[None] * count, crs="EPSG:4326")
    columns = columns_of(["name", "kind", "status", "phone", "days"])
    texts = pd.DataFrame("", index=resources.index, columns=columns)
    texts[form.ID], texts["name"], texts[form.WHY] = ids, HOSTILE, "！確認の記録なし。"
    texts["verified_on"] = "R7.6.26"
    is_open = pd.DataFrame(True, index=resources.index, columns=columns)
    is_open[[form.ID, form.WHY]] = False
    is_open.loc[0, "days"] = False
    where = pd.DataFrame([["data/a.xlsx", "一覧", str(n)] for n in range(count)], columns=list(form.WHERE))
    return {"texts": texts, "is_open": is_open, "where": where, "resources": resources}


def write(rows, path, **more):
    usual = {
        "catalog": load_catalog(),
        "title": "みほん市",
        "in_charge": "担当: 佐藤 & 鈴木",
        "as_of": date(2026, 11, 1),
    }
    tables = {name: rows[name] for name in ("texts", "is_open", "where")}
    return write_worksheet(release(rows["resources"], "internal"), path, **tables, **usual | more)


def texts_of(sheet, first, columns):
    return [[cell.value or "" for cell in row[:columns]] for row in sheet.iter_rows(min_row=first)]


def test_columns_come_in_the_order_of_the_form_each_once():
    columns = columns_of([*form.ANSWERS, *form.FIELDS])
    assert len(set(columns)) == len(columns)
    assert set(columns) == {form.ID, form.WHY, form.NOTE, *form.FIELDS, *form.ANSWERS}
    assert columns[:3] == (form.ID, "name", form.WHY)
    assert {*form.ALWAYS, form.NOTE} <= set(columns_of([]))


def test_both_sheets_hold_the_same_cells_and_the_second_says_where_they_stood(rows, tmp_path):
    book = openpyxl.load_workbook(write(rows, tmp_path / "a.xlsx"))
    assert {sheet.title: sheet.sheet_state for sheet in book} == {
        form.SHEET: "visible",
        form.ORIGINALS: "veryHidden",
        form.CHOICES: "veryHidden",
    }
    shown, hidden = book[form.SHEET], book[form.ORIGINALS]
    assert hidden["A1"].value == f"{form.VERSION} みほん市"
    width = len(rows["texts"].columns)
    table = texts_of(shown, form.HEADING_ROW, width)
    assert table == [row[3:] for row in texts_of(hidden, 2, width + 3)]
    assert [row[:3] for row in texts_of(hidden, 2, 3)][:2] == [list(form.WHERE), ["data/a.xlsx", "一覧", "0"]]
    assert table[0][:3] == ["番号", "名称", form.WHY]
    assert [row[1] for row in table[1:]] == HOSTILE


def test_no_cell_is_a_formula_a_link_or_a_number(rows, tmp_path):
    path = write(rows, tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3
    assert not [
        sheet for sheet in sheets if "<f>" in sheet or "hyperlink" in sheet or "<v>" in sheet.replace('t="s"><v>', "")
    ]


def test_what_cannot_be_merged_back_is_locked(rows, tmp_path):
    sheet = openpyxl.load_workbook(write(rows, tmp_path / "a.xlsx"))[form.SHEET]
    assert sheet.protection.sheet
    columns = list(rows["texts"].columns)
    line = sheet[form.HEADING_ROW + 1]
    shut = {columns[place] for place, cell in enumerate(line[: len(columns)]) if cell.protection.locked}
    assert shut == {form.ID, form.WHY, "days"}
    greys = {cell.fill.fgColor.rgb for place, cell in enumerate(line) if columns[place] in shut}
    assert greys <= {"FFE4E4E4", "FFF2F2F2"}
    assert not sheet[form.HEADING_ROW + 2][columns.index("days")].protection.locked


def test_words_are_offered_and_dates_asked_for(rows, tmp_path):
    book = openpyxl.load_workbook(write(rows, tmp_path / "a.xlsx"))
    found = {str(each.sqref): each for each in book[form.SHEET].data_validations.dataValidation}
    columns = list(rows["texts"].columns)

    def asked(column):
        letter = openpyxl.utils.get_column_letter(columns.index(column) + 1)
        return found[f"{letter}5:{letter}{4 + len(HOSTILE)}"]

    assert asked("consent").formula1 == f'"{",".join(form.CONSENTS)}"'
    assert asked("status").formula1 == '"活動中,休止中,終了"'
    assert asked("verified_on").type == "date"
    kinds = [cell.value for cell in book[form.CHOICES]["A"]]
    assert kinds == [kind.label("ja") for kind in load_catalog().kinds.values()]
    assert asked("kind").formula1 == f"'{form.CHOICES}'!$A$1:$A${len(kinds)}"
    assert {each.errorStyle for each in found.values()} == {"warning"}


def test_every_page_says_that_it_is_internal_and_hangs_together(rows, tmp_path):
    sheet = openpyxl.load_workbook(write(rows, tmp_path / "a.xlsx", publisher="みほん市社協"))[form.SHEET]
    assert "【内部用】みほん市" in sheet.oddHeader.left.text
    assert "佐藤 && 鈴木" in sheet.oddHeader.center.text or "佐藤 & 鈴木" in sheet.oddHeader.center.text
    assert "内部用" in sheet.oddFooter.left.text
    assert sheet["C1"].value == "【内部用】地域資源の確認表　担当: 佐藤 & 鈴木"
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert sheet.print_title_rows == f"${form.HEADING_ROW}:${form.HEADING_ROW}"
    assert sheet.print_title_cols == "$A:$B"
    assert sheet.freeze_panes == f"C{form.HEADING_ROW + 1}"
    assert sheet.auto_filter.ref.startswith(f"A{form.HEADING_ROW}:")


def test_the_same_tables_give_the_same_bytes(rows, tmp_path):
    assert write(rows, tmp_path / "a.xlsx").read_bytes() == write(rows, tmp_path / "b.xlsx").read_bytes()


def test_a_worksheet_without_rows_is_one(rows, tmp_path):
    none = {name: table.iloc[:0] for name, table in rows.items()}
    book = openpyxl.load_workbook(write(none, tmp_path / "a.xlsx"))
    assert book[form.SHEET].max_row == form.HEADING_ROW


def test_only_what_passed_the_gate_for_the_office(rows, tmp_path):
    tables = {name: rows[name] for name in ("texts", "is_open", "where")}
    usual = {"catalog": load_catalog(), "title": "市", "in_charge": "佐藤", **tables}
    for given in (rows["resources"], release(rows["resources"].assign(channels="list", status="active"), "list")):
        with pytest.raises(ReleaseError, match='takes the result of release\\(resources, "internal"\\)'):
            write_worksheet(given, tmp_path / "a.xlsx", **usual)
    assert not (tmp_path / "a.xlsx").exists()
