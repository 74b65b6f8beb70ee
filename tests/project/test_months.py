"""Months as people write them, and what is no month."""

from datetime import date

import pytest

from resourcemap.errors import QuestionError
from resourcemap.language import speaking
from resourcemap.project.months import month_of

DECEMBER = date(2026, 12, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    "text", ["2026-12", "2026/12", " 2026.12 ", "２０２６年１２月", "令和8年12月", "R8.12", "r8-12"]
)
def test_a_month_has_a_first_and_a_last_day(text):
    assert month_of(text) == DECEMBER


def test_february_of_a_leap_year():
    assert month_of("2028-02") == (date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.parametrize(
    "text", ["", "12", "12月", "2026", "2026-0", "2026-13", "2026-12-01", "1850-12", "9999-12", "x"]
)
def test_anything_else_is_wrong_usage(text):
    with pytest.raises(QuestionError, match="--month"):
        month_of(text)


def test_it_is_said_in_japanese():
    with speaking("ja"), pytest.raises(QuestionError, match="月として読めません。2026-12 のように"):
        month_of("来月")
