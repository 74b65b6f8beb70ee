"""Two sides hold a month of many activities, with every row; what they cannot hold goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resourcemap.publish.newsletter.column import read_column
from resourcemap.publish.newsletter.fitting import fitted_newsletter
from resourcemap.publish.newsletter.pdf import AS_USUAL
from tests.publish.newsletter.conftest import rows_of
from tests.publish.newsletter.test_sheet import text_of

TEXT = "寒い日が続きます。困りごとがあれば何でも話してください。" * 15


def sheet_with(make_sheet, count, **more):
    """An issue of some rows that can draw its map again."""
    sheet = make_sheet(rows_of([f"{number}番サロン" for number in range(count)]), **more)

    def draw(width_mm, height_mm):
        drawn = sheet.drawn
        cells = dict.fromkeys(drawn.cells, f"Z{height_mm:.0f}")
        return replace(drawn, width_mm=width_mm, height_mm=height_mm, cells=cells)

    return replace(sheet, draw=draw)


def test_few_rows_are_set_as_usual(make_sheet):
    fitted = fitted_newsletter(sheet_with(make_sheet, 6))
    assert (fitted.sides, fitted.tight, fitted.left_out) == (2, AS_USUAL, 0)


def test_many_rows_and_a_text_fit_two_sides_with_the_cells_of_the_lower_map(make_sheet):
    fitted = fitted_newsletter(sheet_with(make_sheet, 32, column=read_column(TEXT)))
    assert fitted.sides == 2
    assert fitted.tight.low_map
    printed = text_of(fitted.pdf)
    for item in fitted.sheet.data["list"]["items"]:
        assert f"{item['number']}Z86{item['name']}" in printed
    assert len(fitted.sheet.data["list"]["items"]) == 32
    assert fitted.sheet.data["map"]["height_mm"] == fitted.sheet.drawn.height_mm == 86


@pytest.mark.parametrize(("count", "large"), [(60, False), (20, True)])
def test_what_two_sides_cannot_hold_and_large_type_go_on_in_usual_size(make_sheet, count, large):
    fitted = fitted_newsletter(sheet_with(make_sheet, count, large=large))
    assert fitted.sides > 2
    assert fitted.tight == AS_USUAL or not large
    printed = text_of(fitted.pdf)
    assert [item["name"] for item in fitted.sheet.data["list"]["items"] if item["name"] not in printed] == []
