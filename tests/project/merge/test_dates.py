"""Dates in the writing of their column."""

from __future__ import annotations

import pytest

from resourcemap.project.merge.dates import written_like
from resourcemap.read.dates import read_date

WRITINGS = [
    *(
        "2025/04/01",
        "2025/4/1",
        "2025.4.1",
        "2025年4月1日",
        "20250401",
        "令和7年4月1日",
        "平成31年4月1日",
        "令和元年5月1日",
    ),
    *("R7.4.1", "R7/4/1", "R7年4月1日", "Ｒ７．４．１", "2025-04-01", "", "春", "H30.4.1"),
]


@pytest.mark.parametrize("model", WRITINGS)
@pytest.mark.parametrize("day", ["2026-11-20", "2019-05-01", "2030-01-09"])
def test_the_day_is_the_same_in_every_writing(model, day):
    assert read_date(written_like([model], day)).isoformat() == day


def test_the_first_writing_that_is_known_counts():
    assert written_like(["", "春", "R7.4.1", "2025/4/1"], "2026-11-20") == "R8.11.20"
    assert written_like(["R7.4.1"], "2019-04-30") == "2019-04-30"
    assert written_like(["R7.4.1"], "2026-02-30") == "2026-02-30"
