"""Nothing is lost: every filled cell of every file is in the internal list, or left aside with a reason."""

from __future__ import annotations

import csv
import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from resourcemap.project.project import open_project
from resourcemap.project.steps import build, run
from resourcemap.read.delimited import decode

ROOT = Path(__file__).parents[2]
DASHES = set("-‐–—―−－ー─・*＊…")
DITTO = {"〃", "″", "同上", "仝"}
FIRST = ["ファイル", "シート", "行"]


def folded(value):
    """Fold width, spaces and the two ways in which a spreadsheet writes a time or a whole number."""
    text = value if isinstance(value, str) else value.isoformat() if hasattr(value, "isoformat") else str(value)
    text = text.removesuffix("T00:00:00").removesuffix(".0")
    if len(text) == 8 and text.count(":") == 2:
        text = text.removesuffix(":00")
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("\u200b", "")


def writings(text):
    """Give the ways in which the list may write a cell: a date of the spreadsheet, or its day number, as a day."""
    yield text
    if text.isdecimal() and len(text) == 5:
        text = (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        yield "/".join(str(int(part)) for part in text.split("-"))


def cells_of(path):
    """Read a file with plain tools: sheet, row and text of every filled cell."""
    if path.suffix == ".csv":
        sheets = {"": csv.reader(decode(path.read_bytes(), where=path.name).lstrip("?").splitlines(keepends=True))}
    else:
        book = openpyxl.load_workbook(path, data_only=True)
        sheets = {sheet.title: sheet.iter_rows(values_only=True) for sheet in book if sheet.sheet_state == "visible"}
    return [
        (sheet, row, column, folded(value))
        for sheet, rows in sheets.items()
        for row, cells in enumerate(rows, start=1)
        for column, value in enumerate(cells)
        if value is not None and folded(value) and not set(folded(value)) <= DASHES
    ]


def lost(project, path):
    """List the filled cells of a file that are neither in the internal list nor left aside."""
    [report] = run(project, ["internal"])
    book = openpyxl.load_workbook(report.files[0])
    rows = list(book["全項目（内部用）"].iter_rows(min_row=2, values_only=True))
    heading = list(rows[0])
    place = [heading.index(name) if name in heading else None for name in FIRST]
    listed = {}
    for row in rows[1:]:
        file, sheet, number = (row[at] or "" if at is not None else "" for at in place)
        if file == path.name:
            listed[sheet, int(number)] = "\x1f".join(folded(text) for text in row if text is not None)
    aside = [entry for entry in project.resources.attrs["left_aside"] if entry["file"] == path.name]
    assert all(entry["reason"] for entry in aside)
    sheets = {entry["sheet"] or "" for entry in aside if entry["row"] is None}
    gone = {(entry["sheet"] or "", entry["row"]) for entry in aside if entry["row"] and not entry["column"]}
    single = {(entry["sheet"] or "", entry["row"], folded(entry["value"])) for entry in aside if entry["column"]}
    headings = {folded(c["heading"]) for c in project.resources.attrs["mapping"].get(path.name, [])}
    last = min((number for _, number in listed), default=0)
    missing = []
    for sheet, number, _, text in cells_of(path):
        if sheet in sheets or (sheet, number) in gone or (sheet, number, text) in single or text in DITTO:
            continue
        if number < last and text in headings | {heading.split("(")[0] for heading in headings}:
            continue
        if not any(way in listed.get((sheet, number), "") for way in writings(text)):
            missing.append((sheet, number, text))
    return missing


def project_of(folder, path, settings=""):
    (folder / "resourcemap.toml").write_text(f"[[resources]]\nfile = '{path}'\n{settings}", encoding="utf-8")
    return open_project(folder)


@pytest.mark.parametrize("name", ["地域資源一覧.xlsx", "食糧支援と居場所.csv"])
def test_no_cell_of_the_sample_is_lost(tmp_path, name):
    path = ROOT / "data" / name
    project = project_of(tmp_path, path)
    assert len(cells_of(path)) > 500
    assert lost(project, path) == []


def test_no_cell_of_a_messy_sheet_is_lost(tmp_path):
    text = "一覧,,\n,連絡先,,,\n名称,種類,電話,色,定員\n"
    text += "A,サロン,#N/A,赤,約20名（椅子10）\nB,サロン,なし,〃,多数\n合計,,,,2件\n※注,,,,\n"
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert lost(project_of(tmp_path, path), path) == []


REAL = [
    *(f"takamatsu/{name}" for name in ("aed_location", "children_club", "childrens_hall", "citizen_activity_facility")),
    *(f"takamatsu/{name}" for name in ("community_center", "disabled_welfare_facility", "elderly_welfare_center")),
    *(f"takamatsu/{name}" for name in ("elderly_welfare_facility", "evacuation_space", "exchange_center", "library")),
    *(f"takamatsu/{name}" for name in ("lifelong_learning_facility", "market", "other_welfare_facilities")),
    *(f"takamatsu/{name}" for name in ("public_toilet", "regional_child_rearing_support_base", "welfare_hall")),
    *(f"takamatsu/{name}" for name in ("regional_comprehensive_support_center", "regional_exchange_center")),
    *("sheets/ninsyouichiran171201", "sheets/0001.csv", "sheets/0005.csv"),
]


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_no_cell_of_a_real_list_is_lost(real, tmp_path, name):
    path = real / (name if name.endswith(".csv") else f"{name}.xlsx")
    project = project_of(tmp_path, path, 'kind = "hub"\n')
    assert lost(project, path) == []


def test_the_internal_list_is_beside_the_outputs_and_says_what_it_is(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("名称,種類,色\nA,サロン,CANARY\n", encoding="utf-8")
    [report] = run(project_of(tmp_path, path), ["internal"])
    assert report.files == (tmp_path / "internal" / "resources_internal.xlsx",)
    book = openpyxl.load_workbook(report.files[0])
    for sheet in book:
        assert "内部用" in sheet.oddHeader.left.text
    assert "CANARY" in [cell.value for cell in book.worksheets[-1][3]]


def test_a_build_makes_no_internal_list_and_shows_no_column_of_the_files(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("名称,種類,承諾,色,緯度,経度\nA,サロン,有,CANARY,35.7,139.7\n", encoding="utf-8")
    files = [file for report in build(project_of(tmp_path, path)) for file in report.files]
    assert sorted(path.name for path in (tmp_path / "internal").glob("[!.]*")) == ["left_aside.csv"]
    assert not [file for file in files if b"CANARY" in file.read_bytes()]
