"""The lists of a project: which rows each file may hold, what was chosen, and what is said of it."""

from __future__ import annotations

import csv
import io

import docx
import openpyxl
import pypdfium2
import pytest

from resourcemap.errors import QuestionError
from resourcemap.project.listing import choice_in, write_lists
from resourcemap.project.project import open_project
from resourcemap.publish.choice import Choice

SUFFIXES = (".xlsx", ".csv", ".docx", ".md", ".html", ".pdf")


@pytest.fixture
def town(city):
    """The small city, with consent that names where each may go, and an address of its map."""
    settings = city / "resourcemap.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}\n[map]\naddress = "https://example.or.jp/map.html"\n', encoding="utf-8")
    book = openpyxl.load_workbook(city / "data" / "資源.xlsx")
    book.active["H5"] = "一覧・HP"  # にじ食堂: not on paper
    book.active["H6"] = "紙面のみ"  # 西のサロン: on paper alone
    book.active["B4"] = "きんぎょ😀サロン"
    book.save(city / "data" / "資源.xlsx")
    return open_project(city)


def test_each_file_holds_what_its_channel_may_show_and_nobody_is_missing(town, tmp_path):
    files = [tmp_path / f"list{suffix}" for suffix in SUFFIXES]
    report = write_lists(town, files)
    counts = {path.suffix: report.came_out[path.name] for path in files}
    shown = {channel: len(town.released(channel).table) for channel in ("list", "paper", "map")}
    assert counts == {
        ".xlsx": shown["list"],
        ".csv": shown["list"],
        ".docx": shown["paper"],
        ".pdf": shown["paper"],
        ".md": shown["map"],
        ".html": shown["map"],
    }
    assert report.files == tuple(files)
    document = docx.Document(str(tmp_path / "list.docx"))
    on_paper = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    printed = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "list.pdf"))
    for text in (on_paper, printed):
        assert "西のサロン" in text
        assert "にじ食堂" not in text
        assert "ないしょの会" not in text
    html = (tmp_path / "list.html").read_text(encoding="utf-8")
    assert "にじ食堂" in html
    assert "西のサロン" not in html


def test_what_was_chosen_stands_at_the_head_and_only_its_areas_have_a_sheet(town, tmp_path):
    choice = choice_in(town, kinds=["サロン"], area="東圏域", days=["水"])
    assert choice == Choice(kinds=("salon",), area=("圏域", "東圏域"), days=("wed",))
    report = write_lists(town, [tmp_path / "w.xlsx"], choice=choice)
    note = (
        "この一覧に載せたのは、次の条件に合うものです。東圏域、種類はサロン、水曜日。"
        "このほかに、日時の分からないものが1件あります。"
    )
    assert report.notes == (note,)
    assert report.came_out == {"w.xlsx": 0, "not chosen": len(town.released("list").table)}
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    assert book.sheetnames == ["はじめに", "東圏域"]
    assert note in book["東圏域"]["A2"].value
    by_link = choice_in(
        town, "https://example.or.jp/map.html#kind=salon&area=%E5%9C%8F%E5%9F%9F~%E6%9D%B1%E5%9C%8F%E5%9F%9F&day=wed"
    )
    assert by_link == choice


def test_the_workbook_links_to_the_map_where_the_map_shows_the_row(town, tmp_path):
    write_lists(town, [tmp_path / "w.xlsx"], choice=Choice(area=("圏域", "東圏域")))
    sheet = openpyxl.load_workbook(tmp_path / "w.xlsx")["東圏域"]
    links = {
        cell.coordinate: f"{link.target}#{link.location}" for row in sheet for cell in row if (link := cell.hyperlink)
    }
    assert all(link.startswith("https://example.or.jp/map.html#") for link in links.values())
    ids = set(town.released("map").table["resource_id"])
    assert {link.partition("at=")[2] for link in links.values() if "at=" in link} <= ids
    assert any("area=" in link for link in links.values())
    assert sheet.print_area.endswith(f"{openpyxl.utils.get_column_letter(sheet.max_column - 1)}$5")


def test_what_cp932_cannot_write_is_told_with_its_row_and_column(town, tmp_path):
    report = write_lists(town, [tmp_path / "w.csv"], encoding="cp932")
    [lost] = report.more["lost"]
    assert (lost["column"], lost["character"]) == ("名称", "😀")
    rows = list(csv.reader(io.StringIO((tmp_path / "w.csv").read_bytes().decode("cp932"), newline="")))
    assert rows[lost["row"] - 1][2] == "きんぎょ〓サロン"
    assert "😀" in report.notes[0]


@pytest.mark.parametrize(
    ("file", "options", "words"),
    [
        ("w.txt", {}, "there is no .txt"),
        ("w.csv", {"language": "fr"}, "--lang: there is no fr"),
        ("w.csv", {"encoding": "sjis"}, "--encoding: there is no sjis"),
        ("w.pdf", {"encoding": "cp932"}, "for CSV files alone"),
        ("w.pdf", {"choice": Choice(kinds=("x",))}, "kinds: there is no x"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_written(town, tmp_path, file, options, words):
    with pytest.raises(QuestionError, match=words):
        write_lists(town, [tmp_path / file], **options)
    assert not (tmp_path / file).exists()
    with pytest.raises(QuestionError, match="the project reads this file"):
        write_lists(town, [town.folder / "data" / "資源.xlsx"])


def test_an_area_with_too_many_places_says_so_instead_of_a_map_nobody_can_read(town, tmp_path, monkeypatch):
    monkeypatch.setattr("resourcemap.project.booklet.MOST_PLACES", 0)
    write_lists(town, [tmp_path / "list.pdf"])
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "list.pdf")]
    text = "".join("".join(pages).split())
    assert "1枚の地図に入らないため、地図と番号はありません" in text
    assert "地図の番号" not in text
