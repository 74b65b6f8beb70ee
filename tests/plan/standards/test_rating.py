"""Grades: shares counted by hand, ties, what is not known, and what is left out."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.plan.standards.rating import BY, grade_of, rate

VERDICTS = ["met", "unmet", "unknown", "no_data"]


def judged(verdicts, *, weights=None, themes=None, system="圏域", outside=()):
    """Lay out verdicts: a row per standard, a column per area."""
    rows = [
        {
            "standard": f"基準{at}",
            "theme": (themes or ["居場所"] * len(verdicts))[at],
            "weight": (weights or [1.0] * len(verdicts))[at],
            "system": system,
            "area_id": str(column),
            "area": f"区域{column}",
            "met": verdict,
        }
        for at, line in enumerate(verdicts)
        for column, verdict in enumerate(line)
    ]
    rows += [{**rows[0], "area_id": None, "area": None, "met": verdict} for verdict in outside]
    return pd.DataFrame(rows)


def only(table, of, **where):
    chosen = table[table["of"] == of]
    for column, value in where.items():
        chosen = chosen[chosen[column] == value]
    [row] = chosen.to_dict("records")
    return row


@pytest.mark.parametrize(
    ("met", "of", "grade"),
    [(7, 10, "A"), (69, 100, "B"), (4, 10, "B"), (39, 100, "C"), (1, 5, "C"), (19, 100, "D"), (0, 4, "D"), (4, 4, "A")],
)
def test_a_share_exactly_at_a_bound_has_its_grade(met, of, grade):
    table = rate(judged([["met"] * met + ["unmet"] * (of - met)]), by=["standard"])
    assert only(table, "standard")["grade"] == grade


def test_every_tenth_of_thirty_gets_the_grade_of_its_fraction():
    for met in range(31):
        share = sum([0.1] * met) / 3  # as far from exact as floating point gets
        want = "A" if met >= 21 else "B" if met >= 12 else "C" if met >= 6 else "D"
        assert grade_of(share) == want


def test_grades_of_a_table_counted_by_hand():
    table = rate(
        judged(
            [["met", "met", "unmet"], ["unmet", "met", "no_data"], ["unknown", "met", "met"]],
            weights=[2, 1, 1],
            themes=["甲", "甲", "乙"],
        )
    )
    assert [(row["met"], row["unmet"]) for row in table[table["of"] == "standard"].to_dict("records")] == [
        (2, 1),
        (1, 1),
        (2, 0),
    ]
    first = only(table, "area", area="区域0")
    assert (first["met"], first["unmet"], first["unknown"], first["no_data"]) == (1, 1, 1, 0)
    assert first["share"] == pytest.approx(2 / 3)
    assert (first["share_at_least"], first["share_at_most"]) == (2 / 4, 3 / 4)
    assert (first["grade_at_least"], first["grade"], first["grade_at_most"]) == ("B", "B", "A")
    assert "評価はB〜Aのどこか" in first["sentence"]
    last = only(table, "area", area="区域2")
    assert last["share"] == pytest.approx(1 / 3)
    assert last["no_data"] == 1
    assert only(table, "theme", theme="甲")["share"] == pytest.approx(5 / 8)
    assert only(table, "theme_area", theme="甲", area="区域1")["share"] == 1
    assert only(table, "system")["share"] == pytest.approx(7 / 10)
    assert only(table, "system")["grade"] == "A"


def test_unknown_ones_that_cannot_change_the_grade_are_said_to():
    row = only(rate(judged([["unmet"] * 9 + ["unknown"]]), by=["standard"]), "standard")
    assert row["grade"] == row["grade_at_least"] == row["grade_at_most"] == "D"
    assert "どちらでも評価はD" in row["sentence"]


def test_nothing_judged_has_no_grade_but_both_ends():
    row = only(rate(judged([["unknown", "no_data"]]), by=["standard"]), "standard")
    assert row["grade"] is None
    assert np.isnan(row["share"])
    assert (row["grade_at_least"], row["grade_at_most"]) == ("D", "A")
    assert "判定できたものがない" in row["sentence"]
    empty = only(rate(judged([["no_data"]]), by=["standard"]), "standard")
    assert (empty["grade_at_least"], empty["grade_at_most"]) == (None, None)


def test_outside_is_in_no_share_and_is_told():
    row = only(rate(judged([["met", "met"]], outside=["unmet"]), by=["standard"]), "standard")
    assert (row["met"], row["unmet"], row["outside"], row["grade"]) == (2, 0, 1, "A")
    assert "どの区域にも入らない所で満たされていない1件" in row["sentence"]
    areas = rate(judged([["met", "met"]], outside=["unmet"]), by=["area"])
    assert areas["area"].tolist() == ["区域0", "区域1"]


def test_everyone_together_is_graded_by_area_and_theme_alone():
    both = pd.concat([judged([["met"]], system="全体"), judged([["met", "unmet"]])])
    table = rate(both)
    assert table.loc[table["system"] == "全体", "of"].tolist() == ["area", "theme"]
    assert only(table, "system")["system"] == "圏域"
    assert table[table["of"] == "area"]["system"].tolist() == ["全体", "圏域", "圏域"]


def test_other_bounds_and_names_can_be_chosen():
    table = rate(judged([["met", "unmet"]]), by=["standard"], grades=[(0.5, "良")], lowest="不良")
    assert only(table, "standard")["grade"] == "良"


def test_a_percentage_is_never_rounded_up_to_a_bound_it_misses():
    row = only(rate(judged([["met"] * 699 + ["unmet"] * 301]), by=["standard"]), "standard")
    assert row["grade"] == "B"
    assert "69.9％、評価B" in row["sentence"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": ["aera"]}, "Did you mean area"),
        ({"grades": [(0.4, "A"), (0.7, "B")]}, "highest first"),
        ({"grades": [(0.4, "A"), (0.4, "B")]}, "highest first"),
        ({"grades": [(70, "A")]}, "from 0 to 1"),
        ({"grades": [(float("nan"), "A")]}, "from 0 to 1"),
        ({"grades": []}, "make no grades"),
        ({"grades": [(0.7, "D")]}, "a name of its own"),
    ],
)
def test_what_cannot_be_graded_is_refused(options, message):
    with pytest.raises(InputError, match=message):
        rate(judged([["met"]]), **options)


def test_no_standards_are_no_grades_and_the_callers_table_stays():
    table = judged([["met", "unmet"]])
    before = table.copy(deep=True)
    assert rate(table.iloc[:0]).empty
    rate(table)
    pd.testing.assert_frame_equal(table, before)


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from(VERDICTS), min_size=3, max_size=3), min_size=1, max_size=4))
def test_grades_equal_those_of_plain_loops(verdicts):
    weights = [float(at + 1) for at in range(len(verdicts))]
    table = rate(judged(verdicts, weights=weights))
    for column, of in product(range(3), ["area"]):
        won = sum(w for w, line in zip(weights, verdicts, strict=True) if line[column] == "met")
        lost = sum(w for w, line in zip(weights, verdicts, strict=True) if line[column] == "unmet")
        row = only(table, of, area=f"区域{column}")
        assert np.isnan(row["share"]) if won + lost == 0 else row["share"] == pytest.approx(won / (won + lost))
    for at, line in enumerate(verdicts):
        row = only(table, "standard", standard=f"基準{at}")
        assert [row[verdict] for verdict in VERDICTS] == [line.count(verdict) for verdict in VERDICTS]
        if row["grade"]:
            assert row["share_at_least"] - 1e-9 <= row["share"] <= row["share_at_most"] + 1e-9
            assert row["grade_at_most"] <= row["grade"] <= row["grade_at_least"]
    assert len(set(table.groupby("of")["met"].sum())) == 1
    assert set(table["of"]) == set(BY)
