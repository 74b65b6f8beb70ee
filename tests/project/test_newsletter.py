"""The newsletters of the sample city: files, numbers that agree, and what a user may ask wrongly."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pypdfium2
import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.project.issues import Issues, NewsletterAsked
from resourcemap.project.months import month_of
from resourcemap.project.newsletter import write_newsletters
from resourcemap.project.project import open_project
from resourcemap.publish.newsletter.fitting import fitted_newsletter
from resourcemap.publish.newsletter.furigana import without_readings
from tests.conftest import copy_sample

ROOT = Path(__file__).parents[2]
MONTH = month_of("2026-12")
AREA = "さくら台圏域"
SETTINGS = """
[newsletter]
name = "{area}だより"
first = "2026-04"
phone = "000-0000-0001"
text = "data/通信/{area}.md"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of the sample project, with a newsletter in its settings and an area's text."""
    made = tmp_path_factory.mktemp("newsletter") / "sample"
    copy_sample(made)
    settings = (ROOT / "resourcemap.toml").read_text(encoding="utf-8")
    settings = settings.replace("[map]\n", '[map]\naddress = "https://www.example.or.jp/map/"\n')
    settings = re.sub(r"\n\[newsletter\][^\[]*", "\n", settings) + SETTINGS
    (made / "resourcemap.toml").write_text(settings, encoding="utf-8")
    (made / "data" / "通信").mkdir()
    (made / "data" / "通信" / "さくら台圏域.md").write_text("# 寒くなりました\n\nお元気ですか。\n", encoding="cp932")
    return made


@pytest.fixture(scope="module")
def project(folder):
    return open_project(folder)


@pytest.fixture(scope="module")
def report(project, folder):
    since = NewsletterAsked(areas=("さくら台",), since=str(folder))
    return write_newsletters(project, MONTH, folder / "paper", since)


@pytest.fixture(scope="module")
def sheet(project, folder):
    """The issue with the map of its PDF, which may be lower than usual."""
    issues = Issues(project, MONTH, NewsletterAsked(areas=(AREA,), since=str(folder)))
    return fitted_newsletter(issues.sheet(issues.chosen[0])).sheet


def text_of(path):
    pages = pypdfium2.PdfDocument(path)
    return "".join("".join(page.get_textpage().get_text_range() for page in pages).split())


def test_both_files_have_every_released_row_of_the_area(report, project, sheet):
    pdf, word = report.files
    assert (pdf.name, word.name) == (f"newsletter-{AREA}-2026-12.pdf", f"newsletter-{AREA}-2026-12.docx")
    released = project.released("paper")
    placed = project.placements_of(released)
    ids = set(placed.loc[(placed["system"] == "日常生活圏域") & (placed["area"] == AREA), "resource_id"])
    names = set(released.table.loc[released.table["resource_id"].isin(ids), "name"])
    cells = [cell.text for table in docx.Document(word).tables for row in table.rows for cell in row.cells]
    printed, written = text_of(pdf), "".join("".join(cells).split())
    assert names
    assert [name for name in names if "".join(name.split()) not in printed] == []
    assert [name for name in names if "".join(name.split()) not in written] == []
    listed = [*sheet.data["list"]["items"], *sheet.data["list"]["apart"]]
    assert len(listed) == report.data[0]["rows"] >= len(names)


def test_numbers_read_back_from_page_and_word_are_those_of_the_map(report, sheet):
    pdf, word = report.files
    listed = sheet.data["list"]["items"]
    known = {(without_readings(item["name"]), item["number"], item["cell"]) for item in listed}
    assert {(number, cell) for _, number, cell in known} == set(sheet.drawn.cells.items())
    printed = text_of(pdf)
    for name, number, cell in known:
        assert f"{number}{cell}{''.join(name.split())}" in printed
    rows = [[cell.text for cell in row.cells] for table in docx.Document(word).tables for row in table.rows]
    read = {(row[2].split("\n")[0].removesuffix("（休止中）"), int(row[0]), row[1]) for row in rows if row[0].isdigit()}
    assert read == known


def test_the_masthead_counts_issues_and_the_text_of_the_area_is_there(report):
    printed = text_of(report.files[0])
    assert f"{AREA}だより" in printed
    assert "第9号" in printed
    assert "お元気ですか。" in printed
    assert "新しくできたもの、日時や場所が変わったものはありません。" in printed


def test_the_same_project_gives_the_same_bytes(report, folder, tmp_path):
    again = write_newsletters(open_project(folder), MONTH, tmp_path, NewsletterAsked(areas=(AREA,), since=str(folder)))
    assert [path.read_bytes() for path in again.files] == [path.read_bytes() for path in report.files]
    assert docx.Document(io.BytesIO(report.files[1].read_bytes())).core_properties.title.startswith(AREA)


def asked(folder, *words):
    done = CliRunner().invoke(app, ["newsletter", "-p", str(folder), "--month", "2026-12", "--pdf-only", *words])
    return done.exit_code, done.output


def test_an_unknown_area_or_system_is_a_question_and_the_known_ones_are_named(city):
    code, said = asked(city, "--area", "きた")
    assert (code, "東圏域" in said) == (2, True)
    code, said = asked(city, "--system", "町内会")
    assert (code, "学区" in said) == (2, True)
    assert asked(city, "--lang", "fr")[0] == 2
    assert asked(city, "--month", "2026-13")[0] == 2


def test_a_fault_in_the_own_template_is_a_sentence_with_its_line(city):
    with (city / "resourcemap.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[newsletter]\ntemplate = "data/own.typ"\ntext = "data/{area}.md"\n')
    code, said = asked(city)
    assert (code, "data" in said) == (1, True)
    (city / "data" / "own.typ").write_text("= a\n\n#nothing\n", encoding="utf-8")
    code, said = asked(city)
    assert (code, "Traceback" in said) == (1, False)
    assert re.search(r"data/own\.typ: line 3", said)
    assert not (city / "paper").exists()


def test_texts_and_the_template_are_inputs(folder):
    assert "さくら台圏域.md" in [path.name for path in open_project(folder).inputs]
