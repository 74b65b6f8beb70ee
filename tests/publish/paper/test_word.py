"""What people edit in Word: our own styles and fonts, tables that go over pages, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest
import segno
from docx.oxml.ns import qn

from resourcemap.publish.paper.word import (
    add_heading,
    add_link,
    add_picture,
    add_row,
    add_table,
    blank_document,
    document_bytes,
    number_from_one,
    number_pages,
    write,
)

HOSTILE = '=cmd|"/c calc"!A1 </w:t> &amp; \u202e\x07\x00 #import \\ *太字* 😀'


def whole(language: str = "ja") -> bytes:
    document = blank_document(title="さくら通信", author="社協", as_of=date(2026, 11, 1), language=language, points=14)
    add_heading(document, "さくら通信", 0)
    add_heading(document, "地図")
    drawn = io.BytesIO()
    segno.make("https://example.or.jp/").save(drawn, kind="png")
    add_picture(document.add_paragraph(), drawn.getvalue(), width_mm=25, alt="地図へのQRコード")
    table = add_table(document, [20, 100], ["番号", "名称"])
    for number in range(60):
        add_row(table, [str(number), HOSTILE])
    line = document.add_paragraph()
    write(line, "毎週", reading="まいしゅう")
    write(line, "水曜", bold=True, language="ja")
    add_link(line, "地図", "https://example.or.jp/")
    number_from_one(document, [document.add_paragraph("はじめに", style="List Number")])
    number_pages(document.sections[0], "さくら通信")
    return document_bytes(document)


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(("xml", "rels"))}


def test_a_document_has_the_same_bytes_twice_and_the_day_it_is_for():
    assert whole() == whole()
    said = docx.Document(io.BytesIO(whole())).core_properties
    assert (said.title, said.author, said.language) == ("さくら通信", "社協", "ja-JP")
    assert said.created.date() == said.modified.date() == date(2026, 11, 1)


def test_only_our_own_styles_and_japanese_fonts_show():
    found = parts(whole())
    assert not [name for name in found if "theme" in name or "customXml" in name]
    assert "Theme=" not in found["word/styles.xml"]
    assert "游ゴシック" in found["word/styles.xml"]
    assert len(docx.Document(io.BytesIO(whole())).styles) < 20


def test_text_of_people_is_text_and_what_is_unseen_goes():
    table = docx.Document(io.BytesIO(whole())).tables[0]
    assert table.cell(1, 1).text == '=cmd|"/c calc"!A1 </w:t> &amp;  #import \\ *太字* 😀'


def test_headings_of_tables_come_again_and_rows_do_not_break():
    rows = docx.Document(io.BytesIO(whole())).tables[0].rows
    assert rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_pictures_say_what_they_show_and_words_their_language():
    body = parts(whole("ko"))["word/document.xml"]
    assert 'descr="地図へのQRコード"' in body
    assert '<w:lang w:val="ja-JP" w:eastAsia="ja-JP"/>' in body
    assert "まいしゅう" in body
    assert "Malgun Gothic" in parts(whole("ko"))["word/styles.xml"]


@pytest.mark.parametrize(("landscape", "size"), [(False, (210, 297)), (True, (297, 210))])
def test_pages_are_a4(landscape, size):
    page = blank_document(title="一覧", landscape=landscape).sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == size
