"""All paper of a month for an area of the sample city: one set of numbers, and files that other programs can read."""

from __future__ import annotations

from collections import Counter
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from resourcemap.language import speaking
from resourcemap.project.paper import PaperAsked, write_paper
from tests.office import needs_office, text_of, texts_in_office

AREA = "さくら台圏域"
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


@pytest.fixture(scope="module")
def paper(sample_project, tmp_path_factory):
    folder = tmp_path_factory.mktemp("paper")
    with speaking("ja"):
        reports = write_paper(sample_project.project, DECEMBER, folder, PaperAsked(areas=(AREA,)))
    return folder, reports


@pytest.fixture(scope="module")
def places(sample_project):
    """The numbered places of the area, and the numbers and names of what happens there."""
    shown = sample_project.project.on_paper(DECEMBER[0])
    areas = sample_project.project.areas
    area = areas[areas["area"] == AREA]
    numbered = shown.places_of(area)
    names = shown.of_area(area).table["name"]
    return numbered.table["name"].to_dict(), [
        (int(number), names[row]) for row, number in numbered.numbers.dropna().items()
    ]


def squeezed(text):
    return "".join(text.split())


def test_every_kind_of_paper_is_there(paper):
    folder, reports = paper
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert written == {
        f"newsletter-{AREA}-2026-12.pdf",
        f"newsletter-{AREA}-2026-12.docx",
        f"calendar-{AREA}-2026-12.pdf",
        "calendar.ics",
        f"list-{AREA}.xlsx",
        f"list-{AREA}.docx",
        f"map-{AREA}.pdf",
        f"committee/portrait-{AREA}.pdf",
        "committee/progress.pdf",
        "committee/gaps.pdf",
    }
    assert {path for report in reports for path in report.files} == {folder / name for name in written}


def test_a_place_has_the_same_number_on_every_sheet(paper, places):
    folder, _ = paper
    of_places, of_rows = places
    assert len(of_places) > 5
    month = text_of(folder / f"calendar-{AREA}-2026-12.pdf").partition("場所1")[2]
    key = text_of(folder / f"map-{AREA}.pdf")
    assert [name for number, name in of_places.items() if f"{number}{squeezed(name)}" not in f"1{month}"] == []
    assert [name for number, name in of_places.items() if f"{number}{squeezed(name)}" not in key] == []
    news = text_of(folder / f"newsletter-{AREA}-2026-12.pdf")
    cells = sorted_cells(news, of_rows)
    assert len(cells) == len(of_rows)


def sorted_cells(news, rows):
    """Return the rows that stand in the list of the newsletter with their number and a cell of the grid before them."""
    letters = "ABCDEFGH"
    return [
        (number, name)
        for number, name in rows
        if any(f"{number}{letter}{line}{squeezed(name)}" in news for letter in letters for line in range(1, 9))
    ]


def test_the_portrait_names_places_by_their_numbers(paper, places):
    folder, _ = paper
    of_places, of_rows = places
    text = text_of(folder / "committee" / f"portrait-{AREA}.pdf")
    told = {number for number, name in [*of_places.items(), *of_rows] if f"{number}{squeezed(name)}" in text}
    assert told == set(of_places)


@needs_office
def test_word_and_excel_files_lose_no_letter_in_libreoffice(paper, tmp_path):
    folder, _ = paper
    files = sorted([*folder.glob("*.docx"), *folder.glob("*.xlsx")])
    read = texts_in_office(files, tmp_path)
    for file in files:
        # Cells that wrap stand beside each other in the text of a page: letters are counted, not searched for.
        written = Counter(squeezed(words_in(file) if file.suffix == ".docx" else cells_in(file)))
        assert written.total() > 1000
        assert written - Counter(read[file.name]) == Counter()


def words_in(file):
    return "".join(text.text for text in docx.Document(file).element.iter(qn("w:t")))


def cells_in(file):
    rows = [row for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows(values_only=True)]
    return "".join(str(cell) for row in rows for cell in row if cell)
