"""The command that merges worksheets: shows first, asks on a terminal, and changes nothing without a yes."""

from __future__ import annotations

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from resourcemap.cli import app, keeping
from resourcemap.language import speaking
from resourcemap.model import worksheet as form
from resourcemap.project.project import open_project
from resourcemap.project.worksheet import write_worksheets


@pytest.fixture
def folder(tmp_path):
    """A project of two salons and the worksheet of both, filled in for one of them."""
    (tmp_path / "a.csv").write_text(
        "種類,名称,電話,承諾\nサロン,ひだまり,1,有\nサロン,きんぎょ,2,有\n", encoding="utf-8"
    )
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "a.csv"\n', encoding="utf-8")
    fill(tmp_path, "ひだまり", "phone", "9")
    return tmp_path


def fill(folder, name, column, text):
    for old in folder.glob("internal/worksheets/*"):
        old.unlink()
    [path] = write_worksheets(open_project(folder)).files
    book = openpyxl.load_workbook(path)
    sheet = book[form.SHEET]
    headings = [cell.value for cell in sheet[form.HEADING_ROW]]
    names = headings.index(form.heading("name"))
    row = next(row for row in sheet.iter_rows(min_row=form.HEADING_ROW + 1) if row[names].value == name)
    row[headings.index(form.heading(column))].value = text
    book.save(folder / "w.xlsx")


def run(folder, *words, answer=None):
    return CliRunner().invoke(app, ["merge", str(folder / "w.xlsx"), "-p", str(folder), *words], input=answer)


def bytes_of(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_without_a_terminal_nothing_is_changed_and_it_is_said_how_to_go_on(folder):
    before = bytes_of(folder)
    done = run(folder)
    assert (done.exit_code, bytes_of(folder)) == (0, before)
    assert done.output.splitlines() == [
        "■ Merge of worksheets",
        "  in:  rows of worksheets 2",
        "  out: changed fields 1, changed rows 1",
        "  a.csv 2 ひだまり",
        "    電話: 「1」 → 「9」",
        'Nothing has been changed yet. To do it, run it again with --yes (resourcemap merge "w.xlsx" --yes).',
    ]


def test_with_yes_it_is_done(folder):
    done = run(folder, "--yes")
    assert done.exit_code == 0
    assert (folder / "a.csv").read_text(
        encoding="utf-8"
    ) == "種類,名称,電話,承諾\nサロン,ひだまり,9,有\nサロン,きんぎょ,2,有\n"
    assert f"→ {folder / 'a.csv'}" in done.output
    again = run(folder, "--yes")
    assert (again.exit_code, "It has been merged already." in again.output) == (0, True)


@pytest.mark.parametrize(("answer", "phone"), [("y\n", "9"), ("n\n", "1"), ("\n", "1")])
def test_on_a_terminal_it_asks(folder, monkeypatch, answer, phone):
    monkeypatch.setattr(keeping, "_on_a_terminal", lambda: True)
    done = run(folder, answer=answer)
    assert done.exit_code == 0
    assert done.output.count("電話: 「1」 → 「9」") == 1
    assert "Write this into the sources? [y/N]:" in done.output
    assert open_project(folder).resources["phone"].tolist() == [phone, "2"]


def test_what_conflicts_ends_with_1_unless_it_is_skipped(folder):
    (folder / "a.csv").write_text("種類,名称,電話,承諾\nサロン,ひだまり,5,有\nサロン,きんぎょ,2,有\n", encoding="utf-8")
    done = run(folder, "--yes")
    assert (done.exit_code, "has changed since from '1' to '5'" in done.output) == (1, True)
    assert not (folder / "data").exists()
    skipped = run(folder, "--yes", "--skip-conflicts")
    assert (skipped.exit_code, "There is nothing else to take." in skipped.output) == (0, True)
    assert not (folder / "data").exists()


def test_json_never_asks(folder, monkeypatch):
    monkeypatch.setattr(keeping, "_on_a_terminal", lambda: True)
    [planned] = json.loads(run(folder, "--json").output)
    assert planned["files"] == []
    [change] = planned["data"]
    assert {name: change[name] for name in ("file", "row", "field", "heading", "old", "new", "name")} == {
        "file": "a.csv",
        "row": 2,
        "field": "phone",
        "heading": "電話",
        "old": "1",
        "new": "9",
        "name": "ひだまり",
    }
    [done] = json.loads(run(folder, "--json", "--yes").output)
    assert [path.rsplit("/", 1)[-1].split(".")[0] for path in done["files"]] == ["a", "a", "history"]


def test_a_file_that_is_no_worksheet_is_refused_in_japanese_too(folder):
    openpyxl.Workbook().save(folder / "w.xlsx")
    with speaking("ja"):
        done = run(folder)
    assert (done.exit_code, "w.xlsx: 確認表ではありません" in done.output) == (1, True)


def test_a_note_alone_is_kept_in_the_history(folder):
    for old in folder.glob("internal/worksheets/*"):
        old.unlink()
    [path] = write_worksheets(open_project(folder)).files
    book = openpyxl.load_workbook(path)
    sheet = book[form.SHEET]
    place = [cell.value for cell in sheet[form.HEADING_ROW]].index(form.NOTE) + 1
    sheet.cell(form.HEADING_ROW + 1, place).value = "来月から休む"
    book.save(folder / "w.xlsx")
    before = (folder / "a.csv").read_bytes()
    done = run(folder, "--yes")
    assert (done.exit_code, (folder / "a.csv").read_bytes()) == (0, before)
    assert "来月から休む" in (folder / "data/history.csv").read_text("utf-8-sig")
    assert not (folder / "internal/backup").exists()
