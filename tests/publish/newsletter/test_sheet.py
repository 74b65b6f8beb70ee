"""What stands in an issue, in both files: every row by name and number, whatever is written in it."""

from __future__ import annotations

import io

import docx
import pypdfium2
import pytest
import zxingcpp

from resourcemap.errors import InputError
from resourcemap.plain import visible
from resourcemap.publish.newsletter.column import read_column
from resourcemap.publish.newsletter.furigana import without_readings
from resourcemap.publish.newsletter.office import newsletter_docx
from resourcemap.publish.newsletter.pdf import newsletter_document, newsletter_pdf
from resourcemap.publish.paper.glyphs import printable
from resourcemap.publish.paper.typeset import page_count
from tests.publish.newsletter.conftest import ADDRESS, rows_of

HOSTILE = [
    '=cmd|"/c calc"!A1',
    "</script><b>",
    '#import "x.typ"',
    "*太* _字_ `a` $x$",
    "\\ #let @a <b>",
    "\u202eサ\u200fロ",
    "会😀",
]
LONG = "いつまでも元気で暮らすための支え合いと助け合いの輪を広げる" * 2
SPOKEN = {"ja-easy": "水曜日", "en": "everyWednesday", "zh": "每周三", "ko": "매주수요일"}


def text_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range() for page in pages).split())


def words_of(content):
    document = docx.Document(io.BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join("\n".join([*lines, *cells]).split())


def test_forty_activities_with_long_and_hostile_names_are_all_there(make_sheet):
    names = [*HOSTILE, LONG, *(f"{number}番サロン" for number in range(32))]
    sheet = make_sheet(rows_of(names))
    pdf, word = newsletter_pdf(sheet), words_of(newsletter_docx(sheet))
    text = text_of(pdf)
    shown = ["".join(printable(item["name"]).split()) for item in sheet.data["list"]["items"]]
    assert len(shown) == 40
    assert [name for name in shown if name not in text] == []
    assert [name for name in names if "".join(visible(name).split()) not in word] == []
    assert page_count(pdf) == len(pypdfium2.PdfDocument(pdf)) <= 4
    assert newsletter_pdf(sheet) == pdf
    assert newsletter_docx(sheet) == newsletter_docx(sheet)


def test_numbers_in_list_dates_map_and_word_are_the_same(make_sheet):
    sheet = make_sheet(rows_of([f"{number}番サロン" for number in range(9)]))
    listed = {without_readings(item["name"]): item["number"] for item in sheet.data["list"]["items"]}
    dated = {
        without_readings(item["name"]): item["number"]
        for group in sheet.data["dates"]["groups"]
        for part in group["parts"]
        for item in part["items"]
    }
    assert dated == listed
    assert set(listed.values()) == set(sheet.drawn.cells)
    assert all(item["cell"] == sheet.drawn.cells[item["number"]] for item in sheet.data["list"]["items"])
    table = docx.Document(io.BytesIO(newsletter_docx(sheet))).tables[-1]
    cells = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert {row[2].split("\n")[0]: int(row[0]) for row in cells} == listed


def test_what_has_no_place_and_what_rests_stand_apart_and_are_said_to(make_sheet):
    table = rows_of(["会場", "訪問", "電話", "休み"], place=["venue", "served_area", "none", "venue"])
    table["status"] = ["active", "active", "active", "suspended"]
    table.loc[[1, 2], "geometry"] = None
    table["schedule"] = ["毎週水曜 14:00〜16:00", "随時", None, "毎週木曜"]
    data = make_sheet(table).data
    assert [item["name"] for item in data["list"]["apart"]] == ["訪問", "電話"]
    assert [item["how"] for item in data["list"]["apart"]] == ["お宅に来ます", "電話・オンライン"]
    assert {item["name"]: item["suspended"] for item in data["list"]["items"]} == {"会場": "", "休み": "休止中"}
    assert [(item["name"], item["reason"]) for item in data["dates"]["undated"]["items"]] == [
        ("訪問", "irregular"),
        ("電話", "no_schedule"),
    ]


def test_an_area_without_any_row_still_has_an_issue(make_sheet):
    sheet = make_sheet(rows_of([]))
    assert "のせられる活動は、まだありません。" in text_of(newsletter_pdf(sheet))
    assert "お知らせ" in words_of(newsletter_docx(sheet))


@pytest.mark.parametrize("language", ["ja-easy", "en", "zh", "ko"])
def test_other_languages_say_days_in_their_words_and_names_as_written(make_sheet, language):
    sheet = make_sheet(rows_of(["きんぎょサロン", "会"], schedule=["毎週水曜 14:00〜16:00", "雨の日以外"]), language)
    text = text_of(newsletter_pdf(sheet))
    assert "きんぎょサロン" in text
    assert "雨の日以外" in text
    assert SPOKEN[language] in text


def test_readings_stand_above_our_words_and_above_names_with_kana(make_sheet):
    sheet = make_sheet(rows_of(["茶話会"], kana=["さわかい"]), ruby=True, large=True)
    text = text_of(newsletter_pdf(sheet))
    assert "さわかい" in text
    assert "まいしゅう" in text
    assert "さわかい" in newsletter_docx_xml(sheet)


def newsletter_docx_xml(sheet):
    return docx.Document(io.BytesIO(newsletter_docx(sheet))).element.xml


def test_the_code_on_the_page_opens_the_map_on_the_area(make_sheet):
    sheet = make_sheet(rows_of(["会"]))
    page = pypdfium2.PdfDocument(newsletter_pdf(sheet))[0].render(scale=3).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [ADDRESS]
    assert make_sheet(rows_of(["会"]), address="").data["qr"] is None


def test_the_csw_writes_text_and_never_markup(make_sheet):
    written = '# 冬の会\n\n**太字** と #import "x" と <b>タグ</b>\n\n1. 一つ\n2. 二つ\n\n- 三つ'
    sheet = make_sheet(rows_of(["会"]), column=read_column(written))
    for text in (text_of(newsletter_pdf(sheet)), words_of(newsletter_docx(sheet))):
        assert "冬の会" in text
        assert '太字と#import"x"と<b>タグ</b>' in text
        assert "三つ" in text


def test_a_template_of_the_project_has_the_same_data_and_its_faults_are_said(make_sheet):
    sheet = make_sheet(rows_of(["きんぎょサロン"]))
    own = '#import "style.typ": *\n#show: sheet\n= #data.masthead.name\n#for item in data.list.items [#item.name]'
    assert "きんぎょサロン" in text_of(newsletter_pdf(sheet, template=own))
    with pytest.raises(InputError, match=r"data/own\.typ.*3"):
        newsletter_pdf(sheet, template="= a\n\n#nothing-of-that-name", name="data/own.typ")


def test_the_document_is_tagged_and_says_what_it_is(make_sheet):
    document = newsletter_document(make_sheet(rows_of(["会"])))
    pdf = document.pdf()
    assert pypdfium2.PdfDocument(pdf).get_metadata_dict()["Title"] == "さくら通信 第9号 2026年12月 さくら台"
    assert b"/StructTreeRoot" in pdf
