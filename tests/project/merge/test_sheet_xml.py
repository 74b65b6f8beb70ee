"""Where cells are in the XML of a worksheet, however a program writes it."""

from __future__ import annotations

import pytest

from resourcemap.errors import InputError
from resourcemap.project.merge.sheet_xml import column_name, find_cells, read_range

HEAD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="m"><dimension ref="A1:B2"/><sheetData>'
)
TAIL = b'</sheetData><mergeCells count="1"><mergeCell ref="A3:A4"/></mergeCells></worksheet>'


def found(inside, tail=TAIL):
    content = HEAD + inside + tail
    return content, find_cells(content, where="a.xlsx")


def test_every_piece_is_where_it_is_said_to_be():
    content, sheet = found(
        b'<row r="1" spans="1:2"><c r="A1" t="s"><v>0</v></c><c r="B1" s="3"/></row>\n<row r="3" ht="9>8"/>'
        b'<row r="4"><c r="C4" t="inlineStr"><is><t>&gt;&#x3042;</t></is></c></row>'
    )
    cells = {
        (number, place): content[cell.start : cell.end]
        for number, row in sheet.rows.items()
        for place, cell in row.cells.items()
    }
    assert cells == {
        (1, 0): b'<c r="A1" t="s"><v>0</v></c>',
        (1, 1): b'<c r="B1" s="3"/>',
        (4, 2): b'<c r="C4" t="inlineStr"><is><t>&gt;&#x3042;</t></is></c>',
    }
    assert content[sheet.rows[3].start : sheet.rows[3].end] == b'<row r="3" ht="9>8"/>'
    assert sheet.rows[1].end == content.index(b"</row>") + len(b"</row>")
    assert (sheet.prefix, sheet.merged, sheet.formulas) == ("", [(3, 0, 4, 0)], False)
    assert content[sheet.dimension.start : sheet.dimension.end] == b'<dimension ref="A1:B2"/>'


def test_cells_without_references_are_counted():
    _, sheet = found(b'<row><c><v>1</v></c><c r="D1"><v>2</v></c><c/></row><row r="7"/><row/>')
    assert {number: list(row.cells) for number, row in sheet.rows.items()} == {1: [0, 3, 4], 7: [], 8: []}
    assert [cell.value for cell in sheet.rows[1].cells.values()] == ["1", "2", ""]


def test_prefixes_comments_and_formulas():
    content = (
        b'<x:worksheet xmlns:x="m"><!-- <x:row r="1"> --><x:sheetData><x:row r="2"><x:c r="A2">'
        b'<x:f t="array" ref="A2:B3">'
        b"1&lt;2</x:f><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    sheet = find_cells(content, where="a.xlsx")
    assert (sheet.prefix, sheet.formulas, sheet.arrays) == ("x:", True, [(2, 0, 3, 1)])
    assert sheet.rows[2].cells[0].formula
    assert not sheet.dimension


@pytest.mark.parametrize(
    "content",
    [
        b"<worksheet><sheetData>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><worksheet><sheetData/></worksheet>',
        '<?xml version="1.0" encoding="utf-16"?><worksheet/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="Shift_JIS"?><worksheet/>',
        b'<worksheet><sheetData><row r="1"/><row r="1"/></sheetData></worksheet>',
        b'<worksheet><sheetData><row r="1"><c r="A1"/><c r="A1"/></row></sheetData></worksheet>',
        b'<worksheet><sheetData><row r="1"><c r="1A"/></row></sheetData></worksheet>',
        b'<worksheet><sheetData><row r="x"/></sheetData></worksheet>',
    ],
)
def test_what_cannot_be_written_back_is_refused(content):
    with pytest.raises(InputError, match=r"a\.xlsx: this sheet is written in a way that cannot be written back"):
        find_cells(content, where="a.xlsx")


def test_columns_have_names_up_to_the_last():
    assert [read_range(f"{column_name(place)}1")[1] for place in range(16384)] == list(range(16384))
    assert column_name(16383) == "XFD"
