"""A template with data as PDF, pictures and drawings: searchable, tagged, the same bytes, nothing from elsewhere."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.publish.paper.typeset import Document

LIST = """#import "style.typ": *
#show: sheet.with()
= #properties.title
#for row in data.rows [#badge(row.number) #strong(row.name) #row.when \\ ]
#said(data.words)
"""
HOSTILE = [
    '#import "x"',
    "*bold* _x_ $1$",
    "\\",
    "=cmd|' /C calc'!A0",
    "</script>",
    "\u202eabc\u202c",
    "髙橋﨑𠮷野",
    "@here",
    "<a>",
]


def document(rows, **changed):
    given = {"title": "さくら通信", "author": "みほん市社協", "as_of": date(2026, 11, 1)} | changed
    data = {"rows": rows, "words": [["開催", "かいさい"], "の日"]}
    return Document(LIST, data, **given)


def text_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_text_can_be_searched_in_japanese():
    text = text_of(document([{"number": 1, "name": "みほんサロン", "when": "毎週水曜日 14時30分〜16時"}]).pdf())
    assert "14時30分〜16時" in text
    assert "みほんサロン" in text


def test_texts_of_users_are_never_markup():
    rows = [{"number": number, "name": name, "when": ""} for number, name in enumerate(HOSTILE, start=1)]
    text = text_of(document(rows).pdf())
    assert all(name.strip("\u202e\u202c") in text for name in HOSTILE)


def test_what_no_font_has_is_seen_to_be_missing():
    assert "カフェ〓" in text_of(document([{"number": 1, "name": "カフェ😀", "when": ""}]).pdf())


def test_properties_are_those_of_the_document():
    pdf = pypdfium2.PdfDocument(document([]).pdf())
    known = pdf.get_metadata_dict()
    assert (known["Title"], known["Author"]) == ("さくら通信", "みほん市社協")
    assert known["CreationDate"].startswith("D:20261101")
    assert b"/StructTreeRoot" in document([]).pdf()


def test_the_same_document_has_the_same_bytes():
    rows = [{"number": 1, "name": "A", "when": "B"}]
    assert document(rows).pdf() == document(rows).pdf()
    assert document(rows).png(50) == document(rows).png(50)


def test_drawings_need_no_font():
    (page,) = document([{"number": 1, "name": "みほん", "when": ""}]).svg()
    assert b"<text" not in page


@pytest.mark.parametrize("language", ["zh", "ko"])
def test_other_languages_have_fonts_of_their_own(language):
    words = {"zh": "简体们", "ko": "한국어"}[language]
    assert words in text_of(document([{"number": 1, "name": words, "when": ""}], language=language).pdf())


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("= a\n#foo()", "data/letter.typ: line 2: the template has a fault (unknown variable: foo)"),
        ('#read("/etc/hostname")', "data/letter.typ: line 1"),
        ('#image("/etc/hostname")', "data/letter.typ: line 1"),
        ('#import "@preview/rubby:0.10.1": *', "data/letter.typ: @preview/rubby:0.10.1 would be fetched"),
    ],
)
def test_a_fault_in_a_template_is_a_sentence(template, said):
    with speaking("en"), pytest.raises(InputError) as caught:
        Document(template, {}, title="a", name="data/letter.typ").pdf()
    assert str(caught.value).startswith(said)
