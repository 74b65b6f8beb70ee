"""The gap sheet: the same rows in the workbook and on paper, to be sorted, printed, and not to be run."""

from __future__ import annotations

import math

import openpyxl
import pandas as pd
import pypdfium2
import pytest

from resourcemap.publish.gaplist import write_gaps_pdf, write_gaps_xlsx
from tests.office import needs_office, texts_in_office

EMPTY = pd.DataFrame(columns=["system", "met", "rank"])


@pytest.fixture
def judged():
    rows = [
        ("圏域", "東", "met", 0, 0, "確", math.nan, None, math.nan, -1),
        ("圏域", "西", "unmet", 2, 1200, "share_within", 300, None, math.nan, 3),
        ("圏域", "=cmd|' /C calc'!A0", "unmet", 1, 2200, "resources", 1, "いずみ", 611.0, 4),
        ("圏域", None, "unknown", 0, 7, "share_within", math.nan, None, math.nan, -1),
        ("全体", "全体", "unmet", 1, 3500, "share_within", 9, None, math.nan, 3),
    ]
    names = ["system", "area", "met", "rank", "without", "measure", "short", "nearest", "nearest_m", "nearest_position"]
    table = pd.DataFrame(rows, columns=names)
    people = {"people": 4000, "audience": "older", "audience_basis": "audience", "audience_label": "65歳以上"}
    return table.assign(**people, standard="サロンが近い", sureness="rough", approximate_area=False, sentence="遠い。")


@pytest.fixture
def gaps():
    row = {"rank": 1, "area": "東", "kind_label": "ひろば", "metres": 500.0, "audience_label": "住民", "beyond": 30}
    row |= {"audience": "everyone", "audience_basis": "audience", "share_beyond": 0.75, "resources": 0}
    row |= {"nearest_median_m": math.nan, "uncounted": 0, "approximate": 0, "approximate_area": True, "sentence": "遠"}
    return pd.DataFrame([{"system": system, **row} for system in ("圏域", "学区")])


WHERE = {"standard": "サロンが近い", "system": "圏域", "area": "西"}
PATCHES = pd.DataFrame({**WHERE, "name": list("甲乙丙"), "people": [9, 80, 7]})


def book_of(path, gaps, judged):
    written = write_gaps_xlsx(gaps, path, judged=judged, patches=PATCHES, title="市", publisher="=1&P")
    return openpyxl.load_workbook(written)


def text_of(path):
    document = pypdfium2.PdfDocument(path)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_rows_stand_by_rank_with_numbers_to_sort_by(tmp_path, gaps, judged):
    book = book_of(tmp_path / "g.xlsx", gaps, judged)
    assert book.sheetnames == ["基準 圏域", "種類 圏域", "種類 学区", "読み方"]
    rows = [[cell.value for cell in row] for row in book["基準 圏域"].iter_rows(min_row=4)]
    assert [row[:2] for row in rows] == [[1, "=cmd|' /C calc'!A0"], [2, "西"], ["－", "どの区域にも入らない所"]]
    assert rows[0][4:8] == [2200, 0.55, "あと1件", "いずみ（半数の人が620m以内）"]
    assert rows[1][6:9] == ["あと300人", "名前を出していない所", "乙（80人）、甲（9人）、ほか1か所"]
    assert rows[1][9] == "およその位置・境界を含む"
    assert rows[2][6:8] == ["日時しだい", "分かっている所はありません"]
    (kind,) = ([cell.value for cell in row] for row in book["種類 学区"].iter_rows(min_row=4))
    assert kind == [1, "東", "ひろば（500m以内）", "住民", 30, 0.75, "区域に0件", "境界はおよその形"]


def test_paper_is_a4_across_with_headings_that_stay_and_filters(tmp_path, gaps, judged):
    book = book_of(tmp_path / "g.xlsx", gaps, judged)
    for sheet in book.worksheets[:-1]:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.freeze_panes == "C4"
        assert sheet.auto_filter.ref.startswith("A3:")
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_pdf_says_what_the_workbook_says(tmp_path, gaps, judged):
    path = write_gaps_pdf(gaps, tmp_path / "g.pdf", judged=judged, patches=PATCHES, title="#市*")
    text = text_of(path)
    for row in book_of(tmp_path / "g.xlsx", gaps, judged)["基準 圏域"].iter_rows(min_row=3, values_only=True):
        assert all("".join(cell.split()) in text for cell in row if isinstance(cell, str))
    assert "2,200人" in text
    assert "55%" in text
    assert "#市*" in text


def test_what_has_no_room_on_paper_is_counted(tmp_path, gaps):
    many = pd.concat([gaps[gaps["system"] == "圏域"].assign(rank=at + 1, area=f"{at}区") for at in range(60)])
    text = text_of(write_gaps_pdf(many, tmp_path / "g.pdf", judged=EMPTY, patches=EMPTY, title="市"))
    assert "ほかに20件あります" in text
    assert "39区" in text
    assert "40区" not in text


def test_nothing_missing_is_said_and_the_same_rows_give_the_same_bytes(tmp_path, gaps, judged):
    text = text_of(write_gaps_pdf(EMPTY, tmp_path / "none.pdf", judged=EMPTY, patches=EMPTY, title="市"))
    assert "満たしていない基準も、近くにない種類もありません。" in text
    for write, name in ((write_gaps_pdf, "a.pdf"), (write_gaps_xlsx, "a.xlsx")):
        one = write(gaps, tmp_path / name, judged=judged, patches=PATCHES, title="市").read_bytes()
        assert write(gaps, tmp_path / name, judged=judged, patches=PATCHES, title="市").read_bytes() == one


@needs_office
def test_another_office_prints_all_of_it(tmp_path, gaps, judged):
    book = book_of(tmp_path / "g.xlsx", gaps, judged)
    (text,) = texts_in_office([tmp_path / "g.xlsx"], tmp_path).values()
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            assert all("".join(cell.split()) in text for cell in row if isinstance(cell, str))
    assert "2,200" in text
    assert "55.0%" in text
