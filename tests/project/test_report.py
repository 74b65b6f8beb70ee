"""Reports: nothing is left out without a count."""

from __future__ import annotations

from resourcemap.project.report import LeftAside, Report


def aside(number, reason="total"):
    return LeftAside("check", "list.xlsx", "一覧", number, "", "", reason)


def test_the_first_five_rows_of_each_reason_then_a_count():
    text = Report("check", "Read", {"rows": 9}, {"resources": 1}, tuple(aside(n) for n in range(8))).as_text()
    assert "total (8)" in text
    assert "一覧!4" in text
    assert "一覧!5" not in text
    assert "and 3 more" in text


def test_data_holds_every_row():
    data = Report("check", "Read", {}, {}, tuple(aside(n) for n in range(8))).as_data()
    assert [row["row"] for row in data["left_aside"]] == list(range(8))


def test_a_cell_is_shown_as_it_was_written():
    row = LeftAside("check", "list.xlsx", "", 3, "定員", "たくさん", "not a number")
    assert "list.xlsx 3  定員: 'たくさん'" in Report("check", "Read", {}, {}, (row,)).as_text()
