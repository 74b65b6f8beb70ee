"""Every file of a list has the same names in the same order, whatever they are made of, and nobody is missing."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date
from html.parser import HTMLParser

import docx
import geopandas as gpd
import openpyxl
import pandas as pd
import pypdfium2
import pytest

from resourcemap.errors import ReleaseError
from resourcemap.model.catalog import LANGUAGES, load_catalog
from resourcemap.model.consent import release
from resourcemap.plain import from_csv, visible
from resourcemap.publish.lists import write_list
from resourcemap.publish.lists.booklet import AreaMap, write_booklet
from resourcemap.publish.lists.csvlist import write_csv_list
from resourcemap.publish.lists.fragment import write_html_list, write_markdown_list
from resourcemap.publish.lists.listing import listed
from resourcemap.publish.lists.wordlist import write_word_list
from resourcemap.publish.lists.words import words_in
from resourcemap.publish.paper.glyphs import printable
from resourcemap.publish.paper.places import number_places
from resourcemap.publish.papermap import paper_map
from resourcemap.read.schedules.parse import read_schedule

NAMES = (
    "あさがおサロン",
    "上下\n二段の会",
    "甲|乙",
    "<b>太字</b>",
    "\"引用\" & 'かっこ'",
    "=cmd|' /C calc'!A0",
    "カフェ😀",
    "*強調* _下線_ `コード` [x](y)",
    '#import "x": *',
    "</script><script>x",
    "円\\の会 $x$ @y ~z~",
    "\u202e逆さ",
    "1. 番号の会",
    "とても長い名前の" * 8,
    "髙﨑ひろば 〜みんなの居場所〜",
)
KINDS = ("salon", "cafe", "hiroba")
PLACES = ("venue", "venue", "venue", "venue", "none", "served_area")


@pytest.fixture(scope="module")
def told():
    """Hostile names in three areas, in none, and without a place, with what every file is told."""
    count = len(NAMES) * 2
    rows = pd.DataFrame(
        {
            "resource_id": [f"r{at}" for at in range(count)],
            "activity_id": [f"a{at}" for at in range(count)],
            "name": [NAMES[at % len(NAMES)] for at in range(count)],
            "kana": [None if at % 3 else "とうほく" for at in range(count)],
            "kind": [KINDS[at % len(KINDS)] for at in range(count)],
            "place": [PLACES[at % len(PLACES)] for at in range(count)],
            "status": ["suspended" if at == 5 else "active" for at in range(count)],
            "venue": [f"会場{at // 2}|" for at in range(count)],
            "address": "みほん1-1\n2階",
            "serves": "東1丁目",
            "schedule": ["毎週水曜 14時〜16時" if at % 2 else "随時" for at in range(count)],
            "phone": "03-0000-1234（平日）",
            "url": ["javascript:alert(1)", "https://example.org/a(b)|c"] * (count // 2),
            "verified_on": "2026-04-01",
            "channels": "list;map;paper",
        }
    )
    x = [139.70 + 0.001 * at if rows["place"][at] == "venue" else float("nan") for at in range(count)]
    table = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(x, [34.95] * count), crs="EPSG:4326")
    area = [("西圏域", "東圏域", None)[at % 3] if rows["place"][at] == "venue" else None for at in range(count)]
    placements = pd.DataFrame({"resource_id": rows["resource_id"], "system": "圏域", "area_id": area, "area": area})
    areas = pd.DataFrame({"system": "圏域", "area_id": ["北", "西圏域", "東圏域"], "area": ["北", "西圏域", "東圏域"]})
    return table, {
        "catalog": load_catalog(),
        "title": "みほん市 <一覧>",
        "publisher": "みほん市社協",
        "as_of": date(2026, 11, 1),
        "note": "サロンだけの一覧です。",
        "placements": placements,
        "areas": areas.assign(approximate=[False, True, False]),
    }


def plain(name):
    return re.sub(r"\s", "", visible(name))


@pytest.fixture(scope="module")
def order(told):
    """The names in the order of all lists."""
    table, usual = told
    made = listed(release(table, "list"), ("list",), usual)
    names = [plain(entry.name) for entry in made.entries]
    assert sorted(names) == sorted(map(plain, table["name"]))
    assert [chapter.name for chapter in made.chapters][:3] == ["北", "西圏域", "東圏域"]
    assert [chapter.of for chapter in made.chapters][3:] == ["no_area", "no_place"]
    return names


def in_workbook(told, path):
    table, usual = told
    book = openpyxl.load_workbook(write_list(release(table, "list"), path, **usual))
    for sheet in book.worksheets[1:]:
        assert "サロンだけの一覧です。" in sheet["A2"].value
    return [row[1].value for sheet in book.worksheets[1:] for row in sheet.iter_rows(min_row=4)]


def in_csv(told, path):
    table, usual = told
    assert write_csv_list(release(table, "list"), path, **usual) == []
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+@" and cell]
    return [from_csv(row["名称"]) for row in rows]


def in_word(told, path):
    table, usual = told
    document = docx.Document(str(write_word_list(release(table, "paper"), path, **usual)))
    assert "サロンだけの一覧です。" in [paragraph.text for paragraph in document.paragraphs]
    cells = [row.cells[1].paragraphs[0].runs[0].text for table in document.tables for row in table.rows]
    return [cell for cell in cells if cell != "名称"]


def in_markdown(told, path):
    table, usual = told
    text = write_markdown_list(release(table, "map"), path, **usual).read_text(encoding="utf-8")
    assert "javascript:" not in re.sub(r"\\", "", "".join(re.findall(r"\]\(([^)]*)\)", text)))
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    rows = [row for row in rows if row[1] not in ("名称", "---")]
    assert {len(row) for row in rows} == {6}
    assert not re.search(r"<(?!br>)", text)
    cells = [row[1].removesuffix("<br>休止中").replace("<br>", "\n") for row in rows]
    return [html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cell)) for cell in cells]


class Rows(HTMLParser):
    """Read the heads of rows and the addresses of links; every tag must be closed."""

    def __init__(self):
        super().__init__()
        self.open, self.names, self.links = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            if self.open[-1] == "th":
                self.names[-1] += "\n"
            return
        assert tag in ("section", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "a")
        self.open.append(tag)
        if ("scope", "row") in attrs:
            self.names.append("")
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "th" and self.names:
            self.names[-1] += data


def in_html(told, path):
    table, usual = told
    reader = Rows()
    text = write_html_list(release(table, "map"), path, **usual).read_text(encoding="utf-8")
    assert "サロンだけの一覧です。" in text
    reader.feed(re.sub(r"<thead>.*?</thead>", "", text))
    assert reader.open == []
    assert {link.partition(":")[0] for link in reader.links} == {"tel", "https"}
    return [name.removesuffix("\n休止中") for name in reader.names]


@pytest.mark.parametrize("read", [in_workbook, in_csv, in_word, in_markdown, in_html])
def test_names_and_order_are_the_same(told, order, tmp_path, read):
    suffix = {in_workbook: ".xlsx", in_csv: ".csv", in_word: ".docx", in_markdown: ".md", in_html: ".html"}[read]
    assert [plain(name) for name in read(told, tmp_path / f"list{suffix}")] == order


@pytest.fixture(scope="module")
def booklet(told, tmp_path_factory):
    """The pages of the booklet, without blanks, and the maps of its areas."""
    table, usual = told
    released = release(table, "paper")
    maps = {}
    for name in ("西圏域", "東圏域"):
        here = usual["placements"]["area"] == name
        places = number_places(released, catalog=usual["catalog"], rows=table.index[here])
        drawn = paper_map(released, places, catalog=usual["catalog"], width_mm=180, height_mm=100)
        maps[name] = AreaMap(places, drawn.svg, drawn.cells, drawn.alt, "")
    asked = usual | {"schedules": released.table["schedule"].map(read_schedule)}
    path = tmp_path_factory.mktemp("booklet") / "list.pdf"
    write_booklet(released, path, maps=maps, **asked)
    first = path.read_bytes()
    write_booklet(released, path, maps=maps, **asked)
    assert path.read_bytes() == first
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
    return [re.sub(r"\s", "", page) for page in pages], maps, asked, released


def test_the_booklet_has_the_same_names_in_the_same_order(booklet, order):
    pages, *_ = booklet
    assert "載せているものがありません:北" in pages[0]
    start = next(at for at, page in enumerate(pages) if at and page.startswith("西圏域"))
    text, at = "".join(pages[start:]), 0
    for name in order:
        found = text.find(re.sub(r"\s", "", printable(name)), at)
        assert found >= 0, name
        at = found + 1


def test_contents_and_registers_point_to_the_pages_where_things_stand(booklet):
    pages = booklet[0]
    cover = pages[0]
    for heading in (
        "西圏域",
        "東圏域",
        "どの区域にも入らないもの",
        "種類からさがす",
        "曜日からさがす",
        "名前からさがす",
    ):
        number = int(re.search(rf"{heading}\.*(\d+)", cover)[1])
        assert heading in pages[number - 1]
    by_name = next(at for at, page in enumerate(pages) if at and page.startswith("名前からさがす"))
    index = "".join(pages[by_name:])
    listed_on = [int(number) for number in re.search(r"あさがおサロン([\d,]+)", index)[1].split(",")]
    assert listed_on
    assert all("あさがおサロン" in pages[number - 1] for number in listed_on)


def test_numbers_in_the_list_are_those_of_the_map(booklet):
    pages, maps, asked, released = booklet
    checked = 0
    for chapter in listed(released, ("paper",), asked).chapters:
        for entry in chapter.entries:
            found = maps.get(chapter.area_id)
            if found is None or entry.name != "あさがおサロン":
                continue
            number = int(found.places.numbers[entry.row])
            assert any(f"{number}{found.cells[number]}あさがおサロン" in page for page in pages)
            assert any(f"{number}{found.cells[number]}{entry.venue}" in page for page in pages)  # the key of the map
            checked += 1
    assert checked == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_and_a_list_without_rows_is_whole(told, tmp_path, language):
    table, usual = told
    assert set(words_in(language)) == set(words_in("ja"))
    nothing = release(table.assign(channels=""), "paper")
    asked = usual | {"language": language}
    write_booklet(nothing, tmp_path / "list.pdf", **asked)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "list.pdf"))
    assert words_in(language)["nothing"] in text.replace("\r\n", " ").replace("\ufffe", "")
    document = docx.Document(str(write_word_list(nothing, tmp_path / "list.docx", **asked)))
    assert words_in(language)["nothing"] in [paragraph.text for paragraph in document.paragraphs]


def test_word_gives_the_same_bytes_and_each_file_asks_for_its_own_consent(told, tmp_path):
    table, usual = told
    paths = [write_word_list(release(table, "paper"), tmp_path / name, **usual) for name in ("1.docx", "2.docx")]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    for write, channel in ((write_word_list, "list"), (write_booklet, "map"), (write_html_list, "list")):
        with pytest.raises(ReleaseError, match=f"not '{channel}'"):
            write(release(table, channel), tmp_path / "none", **usual)
    assert not (tmp_path / "none").exists()


def test_cp932_has_a_sign_for_what_it_cannot_write_and_says_where(told, tmp_path):
    table, usual = told
    lost = write_csv_list(release(table, "list"), tmp_path / "list.csv", encoding="cp932", **usual)
    text = (tmp_path / "list.csv").read_bytes().decode("cp932")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert {(each.column, each.character) for each in lost} == {("名称", "😀")}
    assert all(rows[each.row - 1][2] == "カフェ〓" for each in lost)
    assert "髙﨑ひろば ～みんなの居場所～" in text
