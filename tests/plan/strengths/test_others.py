"""Figures beside those of the other areas: quartiles, ranks and margins, against plain loops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.plan.strengths.others import beside, margin, standing

FIGURES = st.lists(st.one_of(st.just(float("nan")), st.integers(0, 6).map(float)), min_size=1, max_size=12)


@given(FIGURES)
def test_every_area_is_held_beside_all_others(values):
    values = np.array(values)
    found = beside(values)
    known = np.flatnonzero(np.isfinite(values))
    assert found.of == len(known)
    for at in range(len(values)):
        others = values[[other for other in known if other != at]]
        if at not in known or len(others) < 2:
            assert np.isnan(found.median[at])
        else:
            wanted = np.quantile(others, [0.25, 0.5, 0.75])
            assert [found.low[at], found.median[at], found.high[at]] == pytest.approx(wanted)
        if at in known:
            assert found.rank[at] == 1 + (others > values[at]).sum()
            assert found.tied[at] == (values[at] in others)
        else:
            assert found.rank[at] == 0


@given(FIGURES)
def test_what_stands_out_is_outside_the_middle_half_and_the_margin(values):
    values = np.array(values)
    others = beside(values)
    signs = standing(values, others, np.full(len(values), 1.0))
    for at, sign in enumerate(signs):
        if sign > 0:
            assert values[at] >= others.median[at] + 1
            assert values[at] > others.high[at]
        if sign < 0:
            assert values[at] <= others.median[at] - 1
            assert values[at] < others.low[at]


def test_exactly_at_the_margin_stands_out():
    values = np.array([0.3, 0.2, 0.2, 0.2])
    assert standing(values, beside(values), np.full(4, 0.1)).tolist() == [1, 0, 0, 0]
    assert standing(values, beside(values), np.full(4, 0.11)).tolist() == [0, 0, 0, 0]


def test_margins_are_points_parts_and_at_least_something():
    middle = np.array([2.0, 2.0])
    people = np.array([50, 4000])
    assert margin("share_within", middle, people).tolist() == [0.2, 0.1]
    assert margin("per_1000", middle, people).tolist() == [20.0, 0.5]
    assert margin("days_per_month", np.array([40.0, 2.0]), people).tolist() == [10.0, 4.0]
