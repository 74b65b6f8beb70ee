"""Workbooks for paper."""

from __future__ import annotations

import re
import zipfile
from datetime import date

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.publish.workbook import as_text, lay_on_a4, open_workbook, row_height, sheet_names


@given(st.lists(st.text(max_size=50), max_size=20))
def test_any_names_become_legal_names_each_once(names):
    made = sheet_names(names)
    assert len(made) == len(names)
    assert len({name.casefold() for name in made}) == len(made)
    for name in made:
        assert 1 <= len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_excel_accepts_awkward_names(tmp_path):
    with open_workbook(tmp_path / "a.xlsx", title="", author="", as_of=None) as book:
        for name in sheet_names(["History", "history", "東/西", "'引用'", " ", "[a]:*?"]):
            book.add_worksheet(name)
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[2] == "東／西"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        (pd.Timestamp("2026-04-01"), "2026/4/1"),
        (date(2026, 4, 1), "2026/4/1"),
        (20.0, "20"),
        (2.5, "2.5"),
        (" a\r\nb\x07 ", "a\nb"),
        ("あ" * 5000, "あ" * 4000 + "…"),
    ],
)
def test_a_value_is_written_as_a_person_would(value, text):
    assert as_text(value) == text


def test_a_row_grows_with_its_longest_cell():
    one = row_height(["短い", "x"], [20, 5], points=10)
    three = row_height(["長い名前の会場" * 5, "x"], [20, 5], points=10)
    assert three > 2 * one
    assert row_height(["あ" * 4000], [10], points=10) == 409
    assert row_height([], [], points=10) > 0


def test_an_ampersand_in_the_title_is_not_a_command(tmp_path):
    with open_workbook(tmp_path / "a.xlsx", title="", author="", as_of=None) as book:
        sheet = book.add_worksheet("a")
        lay_on_a4(sheet, title="お茶&D" + "長" * 200, section="2026", publisher="", day="")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        page = package.read("xl/worksheets/sheet1.xml").decode()
    assert "&amp;L&amp;9 お茶&amp;&amp;D長" in page
    assert len(re.search("<oddHeader>(.*)</oddHeader>", page)[1].replace("&amp;", "&")) <= 255


def test_a_failure_leaves_the_older_file(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"older")

    def fail():
        with open_workbook(path, title="", author="", as_of=None):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_bytes() == b"older"
    assert [item.name for item in tmp_path.iterdir()] == ["a.xlsx"]
