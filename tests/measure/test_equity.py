"""Inequality and shortfall against every person one by one, known values, and what must not matter."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from resourcemap.measure.equity import by_area, fgt, gini, palma, shortfall

# Values and how many people have each.
groups = st.lists(st.tuples(st.integers(0, 20).map(lambda n: n / 4), st.integers(0, 12)), min_size=1, max_size=12)


def arrays(pairs):
    values, people = zip(*pairs, strict=True)
    return np.array(values, dtype=float), np.array(people)


def gini_of_everyone(values):
    """Half the mean difference between two people, over the mean."""
    return np.abs(values[:, None] - values[None, :]).mean() / (2 * values.mean())


def palma_of_everyone(values):
    """With everyone ten times there are whole tenths to cut."""
    ranked = np.sort(np.repeat(values, 10))
    return ranked[9 * len(values) :].mean() / ranked[: 4 * len(values)].mean()


@given(groups)
def test_gini_is_that_of_everyone_one_by_one(pairs):
    values, people = arrays(pairs)
    everyone = np.repeat(values, people)
    found = gini(values, people)
    if not everyone.sum():
        assert math.isnan(found)
    else:
        assert found == pytest.approx(gini_of_everyone(everyone), abs=1e-12)
        assert 0 <= found < 1


@given(groups)
def test_palma_is_that_of_everyone_one_by_one(pairs):
    values, people = arrays(pairs)
    everyone = np.repeat(values, people)
    found = palma(values, people)
    if not len(everyone) or not np.sort(np.repeat(everyone, 10))[: 4 * len(everyone)].sum():
        assert math.isnan(found)
    else:
        assert found == pytest.approx(palma_of_everyone(everyone), rel=1e-9)
        assert found >= 1 - 1e-12


@pytest.mark.parametrize(
    ("values", "people", "expected"),
    [
        ([1, 2, 3, 4, 5], [1, 1, 1, 1, 1], 4 / 15),  # (n - 1) / (3 n) for 1 to n
        ([0, 1], [9, 1], 0.9),
        ([7], [3], 0.0),
        ([1, 3], [1, 1], 0.25),
        ([0, 0], [4, 4], math.nan),
        ([5], [0], math.nan),
    ],
)
def test_known_values_of_gini(values, people, expected):
    assert gini(np.array(values, dtype=float), np.array(people)) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("values", "people", "expected"),
    [
        ([1, 2, 8], [40, 50, 10], 8.0),
        ([1, 2, 8], [4, 5, 1], 8.0),
        ([6], [5], 1.0),  # half a person is the best tenth, two are the worst four tenths
        ([1, 2, 3, 4, 5], [1, 1, 1, 1, 1], 5 / 1.5),
        ([1, 2, 3], [1, 1, 1], 3 / ((1 + 0.2 * 2) / 1.2)),  # 1.2 people: the first, and a fifth of the second
        ([0, 9], [4, 6], math.nan),
        ([0, 9], [3, 7], 9 / (9 / 4)),
        ([1], [0], math.nan),
    ],
)
def test_known_values_of_palma_also_where_a_tenth_cuts_a_group(values, people, expected):
    assert palma(np.array(values, dtype=float), np.array(people)) == pytest.approx(expected, nan_ok=True)


@given(groups, st.randoms(use_true_random=False))
def test_order_and_splitting_of_groups_do_not_matter(pairs, chance):
    values, people = arrays(pairs)
    half = people // 2
    mixed = list(zip([*values, *values], [*half, *(people - half)], strict=True))
    chance.shuffle(mixed)
    for measure in (gini, palma):
        assert measure(*arrays(mixed)) == pytest.approx(measure(values, people), rel=1e-9, abs=1e-12, nan_ok=True)


@given(groups, st.floats(0.01, 1000))
def test_it_does_not_matter_in_what_unit_seats_are_counted(pairs, times):
    values, people = arrays(pairs)
    for measure in (gini, palma):
        assert measure(values * times, people) == pytest.approx(
            measure(values, people), rel=1e-9, abs=1e-12, nan_ok=True
        )


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 9), st.integers(0, 2)), min_size=1, max_size=20),
    st.sampled_from([300, 500]),
)
def test_fgt_is_the_mean_over_everyone(rows, limit):
    metres, people, area = (np.array(column) for column in zip(*rows, strict=True))
    far = np.where(metres == 3000, np.inf, metres.astype(float))
    short = shortfall(far, limit)
    for power in (0, 1, 2):
        found = fgt(short, people, area, 4, power)
        assert math.isnan(found[3])
        for number in range(3):
            each = [
                0.0 if m <= limit else (1 - limit / m) ** power
                for m, n, a in zip(far, people, area, strict=True)
                if a == number
                for _ in range(n)
            ]
            assert found[number] == pytest.approx(sum(each) / len(each) if each else math.nan, nan_ok=True)


@given(groups)
def test_fgt_falls_with_its_power(pairs):
    metres, people = arrays(pairs)
    assume(people.sum())
    short = shortfall(metres * 300, 500)
    zero, one, two = (fgt(short, people, np.zeros(len(people), dtype=int), 1, power)[0] for power in (0, 1, 2))
    assert 1 >= zero >= one >= two >= 0


def test_somebody_exactly_at_the_limit_falls_short_of_nothing():
    short = shortfall(np.array([500.0, np.nextafter(500, 501)]), 500)
    assert (short[0], short[1] > 0) == (0, True)
    assert fgt(short, np.array([1, 1]), np.array([0, 0]), 1, 0).tolist() == [0.5]


def test_areas_have_their_own_people_in_any_order():
    values, people = np.array([1.0, 4, 2, 4, 3]), np.array([2, 0, 1, 5, 3])
    area = np.array([3, 0, 1, 1, 3])
    for measure in (gini, palma):
        found = by_area(measure, values, people, area, 5)
        assert [math.isnan(each) for each in found] == [True, False, True, False, True]
        assert found[1] == measure(values[[2, 3]], people[[2, 3]])
        assert found[3] == measure(values[[0, 4]], people[[0, 4]])
