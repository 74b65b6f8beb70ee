"""Which row of a source a row of a worksheet means, and what is a change of it."""

from __future__ import annotations

import pytest

from resourcemap.model.catalog import load_catalog
from resourcemap.project.merge.differences import compare
from resourcemap.project.merge.worksheet import Filled
from resourcemap.project.sources import SourceCell, SourceCells, SourceRow


def source(*rows):
    """Make sources of rows of id, number, and texts by column."""
    made = [
        SourceRow(
            id_,
            "a.csv",
            None,
            number,
            {name: SourceCell(name, text, at) for at, (name, text) in enumerate(texts.items())},
        )
        for id_, number, texts in rows
    ]
    return SourceCells({row.resource_id: row for row in made}, ())


def filled(id_, row, was, now, *, number=5, note=""):
    return Filled("w.xlsx", number, id_, "a.csv", None, row, was, {**was, **now}, "", note)


def found(rows, cells, renamed=()):
    return compare(rows, cells, dict(renamed), load_catalog())


A = {"name": "A", "phone": "1", "notes": ""}
B = {"name": "B", "phone": "2", "notes": ""}


def test_a_row_that_moved_is_found_by_its_id():
    cells = source(("b", 2, B), ("a", 3, A))
    [edit] = found([filled("a", 2, A, {"phone": "9"})], cells).edits
    assert (edit.row.row, edit.old, edit.new) == (3, "1", "9")


def test_a_row_whose_id_has_changed_is_found_where_it_stands():
    [edit] = found([filled("a", 2, A, {"phone": "9"})], source(("x", 2, A))).edits
    assert edit.row.resource_id == "x"
    cells = source(("x", 2, {**A, "phone": "7"}))  # another field of it has changed, too
    [conflict] = found([filled("a", 2, A, {"phone": "9"})], cells).conflicts
    assert "has changed since from '1' to '7'" in conflict.what
    [edit] = found([filled("a", 2, A, {"notes": "n"})], cells).edits
    assert edit.new == "n"


def test_another_resource_at_its_place_is_not_taken_for_it():
    [conflict] = found([filled("a", 2, A, {"phone": "9"})], source(("b", 2, B))).conflicts
    assert conflict.what.startswith("w.xlsx row 5 A: the source (a.csv 2) no longer has 'a'.")


def test_the_history_leads_to_the_id_of_now_and_never_round_in_a_circle():
    cells = source(("c", 9, {**A, "name": "C"}))
    assert found([filled("a", 2, A, {"phone": "9"})], cells, {"a": "b", "b": "c"}).edits[0].row.row == 9
    assert found([filled("a", 2, A, {"phone": "9"})], cells, {"a": "b", "b": "a"}).conflicts


@pytest.mark.parametrize(
    ("was", "now", "edits", "already"),
    [
        ({"phone": "1"}, {"phone": "１ "}, 0, 0),
        ({"verified_on": "R7.4.1"}, {"verified_on": "2025-04-01"}, 0, 0),
        ({"verified_on": "R7.4.1"}, {"verified_on": "2025-04-02"}, 1, 0),
        ({"phone": "x"}, {"phone": "1"}, 0, 1),
        ({"phone": "1"}, {"phone": ""}, 1, 0),
        ({"phone": "1"}, {"phone": "1\r\n2"}, 1, 0),
    ],
)
def test_what_is_a_change(was, now, edits, already):
    cells = source(("a", 2, {"name": "A", "phone": "1", "verified_on": "R7.4.1"}))
    result = found([filled("a", 2, {"name": "A", **was}, now)], cells)
    assert (len(result.edits), result.already, result.conflicts) == (edits, already, ())


def test_a_source_that_differs_in_width_alone_has_not_changed():
    cells = source(("a", 2, {"name": "A", "phone": "０３－１"}))
    [edit] = found([filled("a", 2, {"name": "A", "phone": "03-1"}, {"phone": "9"})], cells).edits
    assert edit.old == "０３－１"


def test_a_row_with_a_conflict_is_held_whole():
    cells = source(("a", 2, {**A, "phone": "7"}), ("b", 3, B))
    rows = [filled("a", 2, A, {"phone": "9", "notes": "n"}, note="!"), filled("b", 3, B, {"phone": "8"}, number=6)]
    result = found(rows, cells)
    assert [edit.new for edit in result.edits] == ["8"]
    assert ([edit.new for edit in result.held], result.notes) == (["n"], ())


def test_who_checked_a_row():
    cells = source(("a", 2, A), ("b", 3, B))
    was = {"verified_by": "", "csw": "佐藤"}
    rows = [
        filled("a", 2, {**A, **was}, {"phone": "9", "verified_by": " 山田　花子 "}),
        filled("b", 3, {**B, **was}, {"phone": "9"}),
    ]
    assert [edit.who for edit in found(rows, cells).edits] == ["山田 花子", "山田 花子", "佐藤"]


def test_rows_without_any_change_may_be_gone():
    assert found([filled("a", 2, A, {})], source(("b", 3, B))).conflicts == ()
