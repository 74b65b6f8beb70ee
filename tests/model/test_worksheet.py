"""The form of the worksheet: every heading once, every word to choose understood."""

from __future__ import annotations

import pytest

from resourcemap.model import worksheet as form
from resourcemap.model.consent.answers import CHANNELS, channels_of, is_understood
from resourcemap.model.tables import RESOURCES
from resourcemap.read.headings import known_headings
from resourcemap.read.values import read_status

NAMES = (form.ID, *form.FIELDS, *form.ANSWERS)


def test_every_column_has_a_heading_of_its_own_and_is_found_by_it():
    headings = [form.heading(name) for name in (*NAMES, *form.PARTS)]
    others = [form.WHY, form.NOTE, *form.WHERE]
    assert len({*(form.heading(name) for name in NAMES), *others}) == len(NAMES) + len(others)
    assert [form.name_below(text) for text in headings] == [*NAMES, *form.PARTS]
    assert [form.name_below(text) for text in (form.WHY, form.NOTE, "")] == [None] * 3


def test_every_column_is_one_that_the_reader_knows():
    known = {column.name for column in RESOURCES} | set(form.PARTS)
    assert set(NAMES) <= known
    assert set(form.PARTS) <= set(known_headings("resources"))
    assert set(form.DATES) <= set(NAMES)


@pytest.mark.parametrize("word", form.CONSENTS)
def test_the_gate_understands_every_word_of_consent(word):
    assert is_understood(word)
    assert set(channels_of(word)) <= set(CHANNELS)


def test_the_words_of_consent_say_what_they_say():
    assert [channels_of(word) for word in form.CONSENTS] == [
        ("list", "map", "paper"),
        (),
        (),
        ("list",),
        ("map",),
        ("paper",),
    ]


def test_the_reader_understands_every_status():
    assert [read_status(word) for word in form.STATUSES] == ["active", "suspended", "ended"]


def test_what_a_spreadsheet_cannot_hold_is_left_out():
    assert form.carried("a\x00b\ud800c\r\nd\te\u202ef\u200b") == "ab\ufffdc\nd\tef"
    assert len(form.carried("あ" * 40_000)) == form.LONGEST
