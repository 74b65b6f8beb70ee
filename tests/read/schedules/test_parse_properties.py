"""What holds for every text and every schedule."""

import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.model.schedule.words import in_words
from resourcemap.read.schedules.parse import read_schedule
from tests.model.schedule.strategies import schedules

CORPUS = tomllib.loads(Path(__file__).with_name("corpus.toml").read_text(encoding="utf-8"))["text"]
TEXTS = [entry["is"] for entry in CORPUS]
PIECES = sorted({piece for text in TEXTS for piece in (text[:4], text[-5:], text[3:9])})
NEGATIONS = ("なし", "中止", "または", "夏休み", "見合わせ")


@given(schedules)
@settings(max_examples=300, deadline=None)
def test_the_words_of_a_schedule_are_read_as_that_schedule(schedule):
    assert read_schedule(in_words(schedule)) == schedule


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_read_is_said_and_read_again(text):
    schedule = replace(read_schedule(text), leftover="", conflicts=())
    assert read_schedule(in_words(schedule)) == schedule


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_left(text):
    schedule = read_schedule(text)
    assert schedule.understood in ("all", "part", "none")
    again = replace(schedule, leftover="", conflicts=())
    in_words(again)
    in_words(again, language="en")


@given(st.sampled_from(TEXTS), st.sampled_from(NEGATIONS))
@settings(deadline=None)
def test_a_doubt_behind_a_text_is_never_lost(text, doubt):
    schedule = read_schedule(f"{text}。{doubt}")
    assert doubt in schedule.leftover or doubt[0] in schedule.leftover or schedule.understood == "none"


@pytest.mark.parametrize(
    "text",
    [
        "毎週水曜10時〜" * 20000,
        "(" * 100_000,
        "第1・" * 30000,
        "1" * 100_000,
        "月火水" * 30000,
        "1日・" * 250,
        "(水)" * 300,
    ],
    ids=lambda text: text[:5],
)
def test_hostile_texts_are_answered_at_once(text):
    started = time.process_time()
    read_schedule(text)
    assert time.process_time() - started < 1
