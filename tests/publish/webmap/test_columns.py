"""Columns: whatever the form, every row has its value again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from resourcemap.publish.webmap.columns import coded


def read(column, count):
    """Return the values that a column stands for, as the page does."""
    if column is None:
        return [None] * count
    if isinstance(column, list):
        return column
    if "t" in column:
        return [None if at < 0 else column["t"][at] for at in column.get("i", [0] * count)]
    values = dict(zip(column["r"], column["v"], strict=True))
    return [values.get(row) for row in range(count)]


@given(some.lists(some.one_of(some.none(), some.sampled_from("abcdefgh"), some.text(max_size=3)), max_size=60))
def test_every_row_has_its_value_again(values):
    assert read(coded(values), len(values)) == values


@given(some.lists(some.one_of(some.none(), some.integers(0, 5)), max_size=40))
def test_what_is_written_as_nothing_is_missing(values):
    odd = coded(values, lambda value: value if value % 2 else None)
    assert read(odd, len(values)) == [value if value and value % 2 else None for value in values]


def test_equal_values_stand_once():
    assert coded(["区民ひろば"] * 50) == {"t": ["区民ひろば"]}
    assert coded(["あ", "い"] * 50)["t"] == ["あ", "い"]


def test_a_column_of_few_values_has_only_those():
    assert coded([None] * 90 + ["x"] * 10) == {"r": list(range(90, 100)), "v": ["x"] * 10}
