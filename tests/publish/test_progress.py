"""The progress sheet as a workbook: every standard, every area, room to write, and nothing that runs."""

from __future__ import annotations

import zipfile

import openpyxl
import pandas as pd
import pypdfium2
import pytest

from resourcemap.plan.standards.progress import progress
from resourcemap.plan.standards.rating import GRADES, LOWEST, rate
from resourcemap.publish.progress import write_progress
from resourcemap.publish.progress.paper import write_progress_pdf

STANDARDS = [("サロンが近い", "居場所"), ("食堂がある", "子ども"), ("=HYPERLINK(1)", "居場所")]
VERDICTS = {"東": ["met", "unmet", "met"], "西": ["unmet", "unknown", "no_data"], None: ["unmet", "met", "met"]}


@pytest.fixture
def judged():
    rows = [
        {
            "standard": standard,
            "theme": theme,
            "weight": 1.0,
            "system": system,
            "area_id": area,
            "area": area,
            "met": verdicts[at],
            "value": 0.5,
            "measure": "share_within",
            "without": 0 if verdicts[at] == "met" else 10 + at,
            "people": 20,
            "audience": "older",
            "audience_basis": "audience",
            "audience_label": "65歳以上",
            "resources": 1,
            "uncounted": 0,
            "kind_label": "サロン",
            "promise": "65歳以上の80％以上が、サロンから500m以内",
            "way": "straight",
            "sentence": f"{area}では届いていません。",
        }
        for at, (standard, theme) in enumerate(STANDARDS)
        for system, areas in (("全体", {"全体": ["unmet"] * 3}), ("圏域", VERDICTS))
        for area, verdicts in areas.items()
    ]
    return pd.DataFrame(rows)


def book_of(judged, path, **options):
    written = write_progress(
        progress(judged), path, judged=judged, rated=rate(judged), grades=GRADES, lowest=LOWEST, title="市", **options
    )
    return openpyxl.load_workbook(written)


def texts(sheet):
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


def test_sheets_and_their_order(judged, tmp_path):
    assert book_of(judged, tmp_path / "p.xlsx").sheetnames == ["進捗", "区域別", "文章", "読み方"]
    twice = pd.concat([judged, judged[judged["system"] == "圏域"].assign(system="学区")])
    names = book_of(twice, tmp_path / "q.xlsx").sheetnames
    assert names == ["進捗 圏域", "区域別 圏域", "進捗 学区", "区域別 学区", "文章", "読み方"]


def test_every_standard_has_a_row_with_room_to_write_in(judged, tmp_path):
    sheet = book_of(judged, tmp_path / "p.xlsx")["進捗"]
    rows = [(number, row) for number, row in enumerate(texts(sheet), start=1) if "はかり方" in str(row[0])]
    assert [row[0].split("\n")[0] for _, row in rows] == ["サロンが近い", "=HYPERLINK(1)", "食堂がある"]
    for number, row in rows:
        assert row[5] == ""
        assert sheet.cell(number, 6).border.bottom.style == "thin"
        assert sheet.row_dimensions[number].height >= 66
    assert rows[0][1][3] == "B"


def test_areas_by_standards_with_their_grades(judged, tmp_path):
    rows = {row[0]: row[1:] for row in texts(book_of(judged, tmp_path / "p.xlsx")["区域別"])}
    assert rows["全体（住民みんな）"] == ["×", "×", "D", "×", "D", "D"]
    assert rows["東"] == ["○", "○", "A", "×", "D", "B"]
    assert rows["西"] == ["×", "－", "D", "？", "D〜A", "D〜B"]
    assert rows["どの区域にも入らない所"] == ["×", "○", "－", "○", "－", "－"]
    assert rows["基準・テーマの評価"] == ["B", "A", "B", "D〜B", "D〜B", "B"]


def test_sentences_stand_by_people_and_stop_with_a_count(judged, tmp_path):
    rows = [row for row in texts(book_of(judged, tmp_path / "p.xlsx")["文章"]) if "届いていません" in str(row[5])]
    assert [row[:2] + row[4:5] for row in rows] == [
        ["全体", "1", "12人"],
        ["全体", "2", "11人"],
        ["全体", "3", "10人"],
        ["圏域", "1", "11人"],
        ["圏域", "2", "11人"],
        ["圏域", "3", "10人"],
        ["圏域", "4", "10人"],
    ]
    many = pd.concat([judged] + [judged[judged["system"] == "圏域"].assign(area_id=n, area=str(n)) for n in range(20)])
    sheet = texts(book_of(many, tmp_path / "q.xlsx")["文章"])
    assert [row[0] for row in sheet if "ほかに" in str(row[0])]


def test_no_text_is_a_formula_or_a_link(judged, tmp_path):
    hostile = judged.assign(area=judged["area"].where(judged["area"] != "東", "=cmd|' /C calc'!A0"))
    hostile = hostile.assign(sentence="+1\x00" + "長" * 5000, promise="@SUM(A1)", theme="http://example.org/[x]")
    path = tmp_path / "p.xlsx"
    book = book_of(hostile, path, publisher="=1&P")
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "rels" in name and b"hyperlink" in archive.read(name)]


def test_paper_is_a4_across_with_headings_on_every_page(judged, tmp_path):
    for sheet in book_of(judged, tmp_path / "p.xlsx"):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes, each one sheet wide
        if sheet.title != "読み方":
            assert sheet.print_title_rows


def test_how_to_read_names_the_bounds_and_the_way(judged, tmp_path):
    words = "".join(str(cell) for row in texts(book_of(judged, tmp_path / "p.xlsx")["読み方"]) for cell in row)
    assert "70％以上はA、40％以上はB、20％以上はC、それより低ければD" in words
    assert "距離は直線ではかりました" in words


def test_the_same_figures_give_the_same_bytes(judged, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        book_of(judged, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def text_of(path):
    document = pypdfium2.PdfDocument(path)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_the_pdf_has_the_texts_and_grades_of_the_workbook(judged, tmp_path):
    head = {"grades": GRADES, "lowest": LOWEST, "title": "#市*", "publisher": "$社協$"}
    path = write_progress_pdf(progress(judged), tmp_path / "p.pdf", judged=judged, rated=rate(judged), **head)
    text = text_of(path)
    for sheet in book_of(judged, tmp_path / "p.xlsx"):
        for row in texts(sheet):
            assert all("".join(str(cell).split()) in text for cell in row if cell not in ("市", "区域の\n評価"))
    for row in texts(book_of(judged, tmp_path / "p.xlsx")["区域別"])[4:]:
        assert "".join(map(str, row)) in text
    assert "#市*" in text
    again = write_progress_pdf(progress(judged), tmp_path / "q.pdf", judged=judged, rated=rate(judged), **head)
    assert again.read_bytes() == path.read_bytes()


def test_many_standards_go_on_further_pages(judged, tmp_path):
    inside = judged.assign(standard=judged["standard"].where(judged["standard"] == "食堂がある", "サロンが近い"))
    own = inside[inside["standard"] == "サロンが近い"].drop_duplicates(["system", "area_id"])
    many = pd.concat([own.assign(standard=f"基準{at:02}", theme=f"題{at // 4}") for at in range(20)])
    head = {"grades": GRADES, "lowest": LOWEST, "title": "市"}
    text = text_of(write_progress_pdf(progress(many), tmp_path / "p.pdf", judged=many, rated=rate(many), **head))
    assert text.count("区域別の達成（圏域）") == 3
    assert all(f"基準{at:02}" in text for at in range(20))
