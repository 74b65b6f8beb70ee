"""The page reads back what Python wrote: columns, the texts of venues, activities, telephone numbers."""

from __future__ import annotations

from importlib.resources import files

import pytest

pytestmark = pytest.mark.browser

STORE = (files("resourcemap.publish.webmap") / "static" / "store.js").read_text(encoding="utf-8")


@pytest.fixture
def store(chromium):
    """Make a store of columns and evaluate an expression with it."""
    page = chromium.new_page()

    def evaluate(expression, count, resources, venues=None):
        given = {"count": count, "resources": resources, "venues": venues or {"from": [0, 0], "lon": [], "lat": []}}
        return page.evaluate(f"(data) => {{ {STORE}\nconst store = new Store(data); return {expression}; }}", given)

    yield evaluate
    page.close()


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (["a", None, "b"], ["a", None, "b"]),
        ({"t": ["a", "b"], "i": [1, -1, 0]}, ["b", None, "a"]),
        ({"t": ["a"]}, ["a", "a", "a"]),
        ({"r": [2], "v": ["a"]}, [None, None, "a"]),
        (None, [None, None, None]),
    ],
)
def test_every_form_is_read(store, column, values):
    columns = {} if column is None else {"name": column}
    assert store("[0, 1, 2].map((row) => store.get('name', row))", 3, columns) == values
    pairs = "(({ values, at }) => [...at].map((position) => values[position] ?? null))(distinct(store.columns.name, 3))"
    assert store(pairs, 3, columns) == values


def test_rows_have_the_texts_of_their_venues_unless_they_have_their_own(store):
    venues = {
        "from": [0, 0],
        "lon": [0, 0],
        "lat": [0, 0],
        "name": ["ひろば", "会館"],
        "address": {"r": [1], "v": ["北1"]},
    }
    rows = {"at": [0, 0, 0, 1, None], "venue": [None, "", "別館", None, "どこか"]}
    assert store("[0, 1, 2, 3, 4].map((row) => store.get('venue', row))", 5, rows, venues) == [
        *("ひろば", None, "別館", "会館", "どこか")
    ]
    assert store("[0, 1, 2, 3, 4].map((row) => store.get('address', row))", 5, rows, venues) == [None] * 3 + [
        "北1",
        None,
    ]


def test_places_are_counted_from_a_corner(store):
    venues = {"from": [139_700_000, 34_950_000], "lon": [0, 3_001], "lat": [5, 0]}
    assert store("[...store.venues.lon, ...store.venues.lat]", 0, {}, venues) == [139.7, 139.703001, 34.950005, 34.95]


def test_activities_know_their_rows(store):
    rows = {"activity": {"r": [2, 4], "v": [0, 0]}}
    assert store("[0, 1, 2, 3, 4].map((row) => store.siblings(row))", 5, rows) == [
        [0, 2, 4],
        [1],
        [0, 2, 4],
        [3],
        [0, 2, 4],
    ]
    assert store("store.siblings(1)", 3, {}) == [1]


def test_plain_telephone_numbers_can_be_called(store):
    phones = ["03-0000-1234", "０３－００００－１２３４", "12-345", "03-1234-5678-9012-3456", None]
    rows = {"phone": phones, "call": {"r": [1], "v": ["0300001234"]}}
    found = store("[0, 1, 2, 3, 4].map((row) => store.call(row))", 5, rows)
    assert found == ["0300001234", "0300001234", None, None, None]
