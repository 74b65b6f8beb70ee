"""Text that hides nothing, turns nothing around, and is run by nothing."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.plain import TURNING, csv_text, from_csv, one_line, to_csv, visible
from tests.nasty.cells import EMPTY, FORMULAE, GENUINE, LONG, TEXTS, UNSEEN

LIVE = tuple("=+-@\t\r＝＋－＠")
MARKS = st.sampled_from(["'", '"', "=", "+", "-", "@", "＝", " ", "\t", "\r", "\u202e", "\u200b", "1", "A", "み"])
ANY = st.one_of(st.text(st.characters(), max_size=30), st.lists(MARKS, max_size=8).map("".join))


@pytest.mark.parametrize("name", GENUINE)
def test_letters_and_pictures_come_out_as_they_went_in(name):
    assert visible(GENUINE[name]) == GENUINE[name]


@pytest.mark.parametrize("name", UNSEEN)
def test_what_nobody_sees_goes(name):
    seen = visible(UNSEEN[name])
    assert seen.startswith("み") or not seen.strip()
    assert not TURNING.search(seen)
    assert len(seen) < 20
    assert seen.encode("utf-8").decode("utf-8") == seen


@pytest.mark.parametrize("name", EMPTY)
def test_a_text_that_says_nothing_is_empty(name):
    assert visible(EMPTY[name]).strip() == ""


@given(ANY)
def test_what_was_made_visible_stays_so(text):
    once = visible(text)
    assert visible(once) == once
    assert once.encode("utf-8").decode("utf-8") == once


@pytest.mark.parametrize("name", FORMULAE)
def test_a_formula_is_text_in_a_csv_file(name):
    assert to_csv(FORMULAE[name]).startswith("'")


@given(ANY)
def test_no_cell_of_a_csv_file_is_run_and_all_come_back(text):
    written = csv_text([[text, text]])
    [row] = csv.reader(io.StringIO(written, newline=""))
    assert [from_csv(cell) for cell in row] == [visible(text)] * 2
    for cell in row:
        assert not cell.strip(" \t\n\"'").startswith(LIVE) or cell.startswith("'") or is_harmless(cell)


def is_harmless(cell):
    try:
        float(cell.rstrip("%％").replace(",", ""))
    except ValueError:
        return cell in "=+-@＝＋－＠−"
    return not cell.startswith("+")


@pytest.mark.parametrize("number", ["-12", "-0.5", "-1,234", "-3%", "-1e-5", "-"])
def test_a_number_stays_a_number(number):
    assert to_csv(number) == number


@pytest.mark.parametrize("name", LONG)
def test_time_grows_with_the_length_alone(name):
    assert len(to_csv(LONG[name])) <= len(LONG[name]) + 1
    assert len(one_line(LONG[name])) <= 201


def test_texts_of_a_whole_table_are_harmless():
    rows = list(csv.reader(io.StringIO(csv_text([[text] for text in TEXTS.values()]), newline="")))
    assert len(rows) == len(TEXTS)
    assert json.dumps(rows).isascii()
