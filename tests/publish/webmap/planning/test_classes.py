"""Bounds of classes: few and round, held against those of mapclassify."""

from __future__ import annotations

import numpy as np
import pytest

from resourcemap.publish.webmap.planning.classes import SHARES, breaks, breaks_both_ways

mapclassify = pytest.importorskip("mapclassify", reason="mapclassify is not installed")
SKEWED = np.random.default_rng(7).lognormal(7, 1.2, 400)
EVEN = np.random.default_rng(7).uniform(120, 980, 400)


def deviation(values, bounds):
    """Sum how far values are from the median of their class, as `mapclassify` does (ADCM)."""
    which = np.searchsorted(bounds, values, side="right")
    return sum(np.abs(values[which == at] - np.median(values[which == at])).sum() for at in np.unique(which))


def test_even_values_have_the_bounds_of_pretty_breaks():
    assert breaks(EVEN) == mapclassify.PrettyBreaks(EVEN, k=5).bins[:-1].tolist()


def test_bounds_of_skewed_values_are_nearly_as_good_as_fifths_and_far_better_than_equal_steps():
    ours, fifths, pretty = (
        deviation(SKEWED, bounds)
        for bounds in (
            breaks(SKEWED),
            mapclassify.Quantiles(SKEWED, k=5).bins[:-1],
            mapclassify.PrettyBreaks(SKEWED, k=5).bins[:-1],
        )
    )
    assert ours < 1.1 * fifths
    assert ours < 0.75 * pretty


@pytest.mark.parametrize("values", [SKEWED, EVEN, SKEWED / 1000, np.round(SKEWED)])
def test_bounds_are_few_rising_and_round(values):
    found = breaks(values)
    assert 2 <= len(found) <= 4
    assert found == sorted(set(found))
    assert all(float(f"{bound:.2g}") == bound for bound in found)
    counts = np.bincount(np.searchsorted(found, values, side="right"), minlength=len(found) + 1)
    assert counts.max() <= 0.5 * len(values)
    assert counts.min() > 0


def test_what_is_zero_or_unknown_makes_no_class():
    assert breaks(np.array([0.0, np.nan, np.inf])) == []
    assert breaks(np.array([5.0, 5.0, 0.0])) == []
    assert breaks(np.array([])) == []


def test_both_ways_has_the_same_bounds_for_more_and_less():
    values = np.array([-100.0, -20, 0, 5, 40, 300, 7, -8, 12])
    assert breaks_both_ways(values) == breaks_both_ways(-values)
    assert 1 <= len(breaks_both_ways(values)) <= 2
    assert min(breaks_both_ways(values)) > 0


def test_shares_are_read_in_fifths():
    assert SHARES == [0.2, 0.4, 0.6, 0.8]
