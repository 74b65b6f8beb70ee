import shutil
import subprocess
import zipfile
from datetime import date, time

import openpyxl
import pytest

from resourcemap.errors import InputError
from resourcemap.read.grid import Span
from resourcemap.read.resources import read_resources
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


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """One workbook as LibreOffice saves it in several formats."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice to make the files with")
    folder = tmp_path_factory.mktemp("office")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "一覧"
    for row in (
        ["サロン一覧（令和8年）"],
        ["種類", "名称", "定員", "最終確認日", "開始時間", "日時", None],
        [None, None, None, None, None, "曜日", "時間"],
        ["サロン", "髙﨑サロン①", 20, date(2026, 3, 1), time(9, 30), "水", "10:00～"],
        [None, '="ひだ"&"まり"', "=10*3", date(2026, 4, 1), time(10), "木", "13:00～"],
    ):
        sheet.append(row)
    for cells in ("A1:G1", "F2:G2", "A4:A5"):
        sheet.merge_cells(cells)
    book.create_sheet("隠").sheet_state = "hidden"
    book.save(folder / "a.xlsx")
    for suffix in ("xls", "ods"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", folder, folder / "a.xlsx"]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_old_and_open_formats_say_the_same_as_xlsx(office, suffix):
    [grid] = read_sheets(office / f"a.{suffix}")
    [xlsx] = read_sheets(office / "a.xlsx")
    assert grid.rows[:4] == xlsx.rows[:4]
    # The value that was saved with a formula; openpyxl saves none.
    assert grid.rows[4] == ["", "ひだまり", "30", "2026-04-01", "10:00", "木", "13:00～"]
    assert sorted(map(str, grid.spans)) == sorted(map(str, xlsx.spans))


def test_formulas_are_never_run(workbook):
    path = workbook(
        {"一": [["名称", "住所"], ["A", "=cmd|' /C calc'!A0"], ["B", '=HYPERLINK("https://x.example")'], ["C", "本町"]]}
    )
    assert read_sheets(path)[0].rows == [["名称", "住所"], ["A", "#N/A"], ["B", "#N/A"], ["C", "本町"]]


def test_a_cell_far_out_is_refused_and_a_long_sheet_is_not(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "名称"
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(InputError, match=r"far\.xlsx: spans more than 20 million cells"):
        read_sheets(tmp_path / "far.xlsx")
    del book.active["XFD1048576"]
    book.active["C200000"] = "x"
    book.save(tmp_path / "long.xlsx")
    assert len(read_sheets(tmp_path / "long.xlsx")[0].rows) == 200_000


def test_repeated_cells_of_an_ods_are_counted_before_they_are_made(tmp_path):
    name = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    content = (
        f'<office:document-content xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0" '
        f'xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet><table:table table:name="a">{row}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    with pytest.raises(InputError, match=r"a\.ods: spans more than 20 million cells"):
        read_sheets(tmp_path / "a.ods")


def test_entities_in_a_workbook_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    with pytest.raises(InputError, match="has entities or a document type of its own"):
        read_sheets(tmp_path / "a.ods")


def test_a_broken_old_workbook_is_told(tmp_path):
    """The library panics on it."""
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(30))
    with pytest.raises(InputError, match=r"a\.xls: cannot be read as a spreadsheet"):
        read_sheets(tmp_path / "a.xls")


def test_hidden_and_filtered_rows_are_told(tmp_path):
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("二")):
        for row in (["一覧"], ["種類", "名称"], ["サロン", "甲"], ["サロン", "乙"], ["サロン", "〃"]):
            sheet.append(row)
    book["二"].row_dimensions[4].hidden = True
    book["二"].row_dimensions.group(3, 3, hidden=True)
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert [grid.hidden for grid in read_sheets(path)] == [frozenset(), frozenset({3, 4})]
    salons = read_resources(path, sheet="二")
    assert salons["name"].tolist() == ["乙"]
    assert [(row["row"], row["reason"]) for row in salons.attrs["left_aside"]] == [
        (1, "above the headings"),
        (3, "a hidden row (unhide it to have it read)"),
        (4, "a hidden row (unhide it to have it read)"),
    ]


def test_hidden_rows_of_libreoffice_are_told(tmp_path):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice to make the files with")
    book = openpyxl.Workbook()
    for name in ("甲", "乙", "丙"):
        book.active.append([name])
    book.active.row_dimensions[2].hidden = True
    book.save(tmp_path / "a.xlsx")
    command = [program, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    [grid] = read_sheets(tmp_path / "a.ods")
    assert grid.hidden == {2}
