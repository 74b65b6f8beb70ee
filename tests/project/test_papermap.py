"""The printed map of a project, and its command."""

from __future__ import annotations

import pypdf
import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.errors import QuestionError
from resourcemap.project.papermap import MapAsked, write_map_sheet
from resourcemap.project.project import open_project


def text_of(path):
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)


def test_an_area_has_its_places_with_the_numbers_of_all_paper(city, tmp_path):
    project = open_project(city)
    report = write_map_sheet(project, tmp_path / "east.pdf", MapAsked(area="東圏域"))
    places = project.on_paper().places_of(project.areas[project.areas["area"] == "東圏域"])
    assert report.came_out == {"on the map": int(places.numbers.notna().sum()), "places": len(places)}
    text = text_of(tmp_path / "east.pdf")
    assert "にじ食堂" in text
    assert "西のサロン" not in text
    assert "ないしょの会" not in text


def test_kinds_and_the_whole(city, tmp_path):
    project = open_project(city)
    report = write_map_sheet(project, tmp_path / "a.pdf", MapAsked(kinds=("子ども食堂",), language="en"))
    assert report.came_out["places"] == 1
    assert "Children'scafeteria" in text_of(tmp_path / "a.pdf")
    assert write_map_sheet(project, tmp_path / "b.pdf").came_out["places"] > 1


@pytest.mark.parametrize(
    ("asked", "name", "said"),
    [
        (MapAsked(size="b5"), "a.pdf", "--size: there is no b5"),
        (MapAsked(area="北圏域"), "a.pdf", "--area: there is no 北圏域"),
        (MapAsked(system="区"), "a.pdf", "--system: there is no 区"),
        (MapAsked(kinds=("宇宙",)), "a.pdf", "--kind: there is no 宇宙"),
        (MapAsked(language="fr"), "a.pdf", "--lang: there is no fr"),
        (MapAsked(), "a.docx", "a.docx: the map is written as"),
    ],
)
def test_what_is_not_known_is_a_question_of_usage(city, tmp_path, asked, name, said):
    with pytest.raises(QuestionError) as raised:
        write_map_sheet(open_project(city), tmp_path / name, asked)
    assert said in str(raised.value)


def test_the_command(city, tmp_path):
    run = CliRunner().invoke
    path = tmp_path / "map.pdf"
    done = run(app, ["papermap", "-p", str(city), "--area", "西圏域", "--landscape", "-o", str(path)])
    assert (done.exit_code, path.read_bytes()[:5]) == (0, b"%PDF-")
    assert run(app, ["papermap", "-p", str(city), "--size", "b5", "-o", str(path)]).exit_code == 2
