"""New cells in workbooks of several programs: nothing else in the file changes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, time
from datetime import datetime as moment

import openpyxl
import openpyxl.worksheet.formula
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.project.merge.new_cell import NewCell
from resourcemap.project.merge.workbook import set_in_workbook
from resourcemap.read.sheets import read_sheets


def at_midnight(*day):
    return moment.combine(date(*day), time())


def of_openpyxl(rows=(), change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def of_xlsxwriter(change):
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        change(book)
    return held.getvalue()


def written(content, *cells, sheet="Sheet"):
    return set_in_workbook(content, sheet, [NewCell(*cell) for cell in cells], where="a.xlsx")


def members(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            entry.filename: (archive.read(entry), entry.date_time, entry.compress_type) for entry in archive.infolist()
        }


def values(content, sheet=0):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[sheet]]


def rich(book):
    sheet, other = book.add_worksheet("一覧"), book.add_worksheet("集計")
    day = book.add_format({"num_format": 'ggge"年"m"月"d"日"', "bg_color": "#FFF2CC"})
    sheet.write_row(0, 0, ["名称", "定員", "確認日", "備考"])
    for row in range(1, 5):
        sheet.write_row(row, 0, [f"サロン{row}", row * 10])
        sheet.write_datetime(row, 2, at_midnight(2026, 4, row), day)
        sheet.write_rich_string(row, 3, "太字 ", book.add_format({"bold": True}), "の備考")
    sheet.write_comment("A2", "確認済み")
    sheet.data_validation("B2:B9", {"validate": "integer", "criteria": ">", "value": 0})
    sheet.conditional_format("B2:B9", {"type": "data_bar"})
    sheet.merge_range("A6:D6", "以上")
    sheet.freeze_panes(1, 1)
    sheet.autofilter("A1:D5")
    sheet.write_url("A8", "https://example.org/")
    other.write_formula("A1", "=SUM(一覧!B2:B5)", None, 100)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=一覧!$B$2:$B$5"})
    other.insert_chart("C3", chart)
    book.define_name("定員", "=一覧!$B$2:$B$5")


def test_every_other_member_stays_byte_for_byte():
    content = of_xlsxwriter(rich)
    made = written(content, (2, 1, "25"), (3, 2, "2026-11-20"), (4, 3, "A & <B>\n次"), (5, 0, ""), sheet="一覧")
    before, after = members(content), members(made.content)
    assert list(before) == list(after)
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["xl/worksheets/sheet1.xml"]
    cells = values(made.content)
    assert cells[1][:2] == ["サロン1", 25]
    assert cells[2][2] == at_midnight(2026, 11, 20)
    assert cells[3][3] == "A & <B>\n次"
    assert cells[4][0] is None
    assert made.refused == {}


def test_around_a_cell_every_byte_of_the_sheet_stays():
    content = of_xlsxwriter(rich)
    old, new = (
        members(each)["xl/worksheets/sheet1.xml"][0]
        for each in (content, written(content, (3, 1, "7"), sheet="一覧").content)
    )
    start = old.index(b'<c r="B3"')
    end = old.index(b"</c>", start) + 4
    assert (new[:start], new[start:][-len(old) + end :]) == (old[:start], old[end:])
    assert new[start : len(new) - len(old) + end] == b'<c r="B3"><v>7</v></c>'


def test_nothing_to_write_is_the_same_file():
    content = of_openpyxl([["名称"]])
    assert written(content).content is content


def test_styles_widths_and_pictures_of_openpyxl_stay():
    def dress(book):
        book.active["A1"].font = openpyxl.styles.Font(bold=True)
        book.active["A2"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFF2CC")
        book.active.column_dimensions["A"].width = 40
        book.active.row_dimensions[2].height = 30

    made = written(of_openpyxl([["名称", "電話"], ["A", "1"]], dress), (2, 0, "B"))
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert (sheet["A2"].value, sheet["A2"].fill.fgColor.rgb) == ("B", "00FFF2CC")
    assert (sheet.column_dimensions["A"].width, sheet.row_dimensions[2].height) == (40, 30)


def test_dates_numbers_times_and_texts_stay_what_they_are():
    def dress(book):
        for row in (2, 3):
            book.active.cell(row, 1).number_format = "yyyy/m/d"
            book.active.cell(row, 2).number_format = "h:mm"

    rows = [["日", "時刻", "定員", "電話", "文"], [date(2026, 4, 1), time(9, 30), 20, "031", "R8.4.1"], [None] * 5]
    content = of_openpyxl(rows, dress)
    made = written(
        content, (2, 0, "令和8年11月20日"), (2, 1, "13:00"), (2, 2, "25"), (2, 3, "32"), (2, 4, "2026-11-20")
    )
    assert values(made.content)[1] == [at_midnight(2026, 11, 20), time(13, 0), 25, "32", "2026-11-20"]
    made = written(content, (2, 0, "未定"), (2, 1, "昼ごろ"), (2, 2, "20名"), (2, 3, ""))
    assert values(made.content)[1] == ["未定", "昼ごろ", "20名", None, "R8.4.1"]
    made = written(content, (3, 0, "2026-11-20"), (3, 1, "13:00"), (3, 2, "30"), (3, 3, "30"), (3, 4, "2026-11-20"))
    assert values(made.content)[2] == [at_midnight(2026, 11, 20), time(13, 0), 30, "30", "2026-11-20"]


def test_leading_zeros_are_text():
    content = of_openpyxl([["電話"], [312345678]])
    for text in ("0312345678", "1e3", "1.50", "-0", "１２", "1,000", "9" * 20):
        assert values(written(content, (2, 0, text)).content)[1] == [text]
    assert values(written(content, (2, 0, "1.25")).content)[1] == [1.25]


def test_the_days_of_a_mac():
    def dress(book):
        book.epoch = openpyxl.utils.datetime.MAC_EPOCH
        book.active["A2"].number_format = "yyyy/m/d"

    made = written(of_openpyxl([["日"], [date(2026, 4, 1)]], dress), (2, 0, "2026-11-20"))
    assert values(made.content)[1] == [at_midnight(2026, 11, 20)]


def test_a_formula_is_refused():
    rows = [["名称", "計"], ["A", "=1+1"], ["B", 2]]

    def array(book):
        book.active["C2"] = openpyxl.worksheet.formula.ArrayFormula("C2:C3", "=B2:B3*2")

    made = written(of_openpyxl(rows, array), (2, 1, "3"), (3, 1, "4"), (3, 2, "5"))
    assert list(made.refused) == [(2, 1), (3, 2)]
    assert made.refused[2, 1] == "the cell holds a formula, which would be lost. Change it in Excel."
    assert values(made.content)[2][1] == 4


def test_formulas_are_calculated_when_it_is_opened():
    content = of_openpyxl([["=1+1", 2]])
    book = members(content)["xl/workbook.xml"][0].replace(b' fullCalcOnLoad="1"', b"")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as copy:
            for name in archive.namelist():
                copy.writestr(name, book if name == "xl/workbook.xml" else archive.read(name))
    made = written(held.getvalue(), (1, 1, "3"))
    assert b'fullCalcOnLoad="1"' in members(made.content)["xl/workbook.xml"][0]
    assert openpyxl.load_workbook(io.BytesIO(made.content)).calculation.fullCalcOnLoad


def test_what_looks_like_a_formula_is_text():
    made = written(of_openpyxl([["名称"], ["A"]]), (2, 0, "=cmd|' /C calc'!A0"))
    assert b"<f>" not in members(made.content)["xl/worksheets/sheet1.xml"][0]
    assert values(made.content)[1] == ["=cmd|' /C calc'!A0"]


def test_merged_cells_are_written_where_their_text_stands():
    content = of_openpyxl(
        [["種類", "名称"], ["サロン", "A"], [None, "B"]], lambda book: book.active.merge_cells("A2:A3")
    )
    assert values(written(content, (3, 0, "カフェ")).content)[1][0] == "カフェ"
    made = written(content, (2, 0, "カフェ"), (3, 0, "居場所"))
    assert made.refused == {(3, 0): "the cell is merged over several rows, which cannot have values of their own."}


def test_a_new_column_gets_the_style_beside_it_and_the_sheet_reaches_farther():
    def dress(book):
        book.active["B1"].font = openpyxl.styles.Font(bold=True)

    made = written(of_openpyxl([["名称", "電話"], ["A", "1"]], dress), (1, 2, "確認者"), (2, 2, "山田"))
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert [cell.value for cell in sheet["C"]] == ["確認者", "山田"]
    assert sheet["C1"].font.bold
    assert b'<dimension ref="A1:C2"' in members(made.content)["xl/worksheets/sheet1.xml"][0]
    rows = of_xlsxwriter(lambda book: book.add_worksheet("Sheet").write_row(0, 0, ["名称", "電話"]))
    xml = members(written(rows, (1, 3, "確認者")).content)["xl/worksheets/sheet1.xml"][0]
    assert b'spans="1:4"' in xml


def test_cells_that_were_never_written_are_put_in_their_order(tmp_path):
    content = of_xlsxwriter(lambda book: sparse(book.add_worksheet("Sheet"), book.add_format({"bold": True})))
    made = written(content, (1, 3, "d"), (1, 0, "a"), (1, 1, "b"), (2, 1, "x"))
    xml = members(made.content)["xl/worksheets/sheet1.xml"][0].decode()
    assert re.findall(r'<c r="([A-Z]+1)"', xml) == ["A1", "B1", "C1", "D1", "E1"]
    (tmp_path / "a.xlsx").write_bytes(made.content)
    assert read_sheets(tmp_path / "a.xlsx")[0].rows == [["a", "b", "C", "d", "E"], ["", "x", "", "", ""]]


def sparse(sheet, bold):
    sheet.write(0, 2, "C")
    sheet.write(0, 4, "E")
    sheet.set_row(1, 30, bold)


@pytest.mark.parametrize(("text", "why"), [("a\x0bb", "U\\+000B"), ("\ufffe", "U\\+FFFE"), ("あ" * 32_768, "32767")])
def test_what_a_workbook_cannot_hold_is_refused(text, why):
    made = written(of_openpyxl([["名称"], ["A"]]), (2, 0, text))
    assert re.search(why, made.refused[2, 0])


def test_rows_and_sheets_that_are_not_there():
    content = of_openpyxl([["名称"]])
    assert written(content, (9, 0, "x")).refused == {(9, 0): "the sheet has no such row."}
    with pytest.raises(InputError, match=r"a\.xlsx: there is no sheet '別'\."):
        written(content, (1, 0, "x"), sheet="別")


def test_a_workbook_without_styles_or_with_prefixes_is_written():
    content = of_openpyxl([["名称"], ["A"]])
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(held, "w") as copy:
        for name in archive.namelist():
            text = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(rb"<(/?)(?=\w)", rb"<\1x:", text).replace(b"xmlns=", b"xmlns:x=")
            if name != "xl/styles.xml":
                copy.writestr(name, text)
    made = written(held.getvalue(), (2, 0, "B"), (1, 1, "電話"))
    xml = members(made.content)["xl/worksheets/sheet1.xml"][0].decode()
    assert '<x:c r="A2" t="inlineStr"><x:is><x:t xml:space="preserve">B</x:t></x:is></x:c>' in xml
    assert made.refused == {}


def test_macros_stay():
    content = of_openpyxl([["名称"], ["A"]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as copy:
            copy.comment = b"kept"
            for name in archive.namelist():
                copy.writestr(name, archive.read(name))
            copy.writestr(zipfile.ZipInfo("xl/vbaProject.bin", (2020, 1, 2, 3, 4, 6)), b"\0macro")
    made = written(held.getvalue(), (2, 0, "B"))
    assert members(made.content)["xl/vbaProject.bin"] == (b"\0macro", (2020, 1, 2, 3, 4, 6), zipfile.ZIP_STORED)
    assert zipfile.ZipFile(io.BytesIO(made.content)).comment == b"kept"


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")) | st.sampled_from("<&>\"'\n_x0041"), max_size=8
)
places = st.tuples(st.integers(1, 5), st.integers(0, 6))


@given(st.dictionaries(places, texts | st.sampled_from(["_x0041_", "7", "2026-11-20", " a ", "]]>"]), max_size=6))
def test_exactly_the_cells_that_were_set_differ(tmp_path_factory, cells):
    content = of_openpyxl([[f"{row}{place}" for place in range(4)] for row in range(5)])
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    path.write_bytes(written(content, *((row, place, text) for (row, place), text in cells.items())).content)
    rows = read_sheets(path)[0].rows
    for row in range(1, 6):
        for place in range(7):
            said = rows[row - 1][place] if place < len(rows[row - 1]) else ""
            before = f"{row - 1}{place}" if place < 4 else ""
            assert said == cells.get((row, place), before)
