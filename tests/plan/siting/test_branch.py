"""Branching ends with the best choice, and a bound that is true whenever it is stopped."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.plan.siting.branch import better_by, branched
from resourcemap.plan.siting.greedy import Limits
from resourcemap.plan.siting.trips import trips_of
from tests.plan.siting.drawn import choices, towns


@given(town=towns(), count=st.integers(1, 3), limited=st.booleans(), nodes=st.integers(0, 6))
def test_it_finds_the_best_and_never_claims_more_than_is_true(town, count, limited, nodes):
    limits = Limits(count, town.areas if limited else None)
    person, candidate, metres = town.all_pairs()
    trips = trips_of(person, candidate, metres, weights=town.people, ceiling=town.stays, candidates=town.candidates)
    best = min(trips.total(np.array(some, dtype=int)) for some in choices(town, count, limits.areas))
    begin = {"chosen": np.empty(0, dtype=np.int64), "kept": np.ones(town.candidates, dtype=bool)}
    for most in (nodes, 1000):
        found = branched(trips, limits, **begin, prices=trips.ceiling, step=0.0, nodes=most, out_of_time=lambda: False)
        assert found.bound <= best * (1 + 1e-6)
        assert found.total == trips.total(found.chosen)
        assert found.total >= best * (1 - 1e-9)
    assert found.total <= best * (1 + 1e-9)
    assert found.bound >= best * (1 - 1e-6)


def test_whole_costs_differ_by_a_step():
    assert 0.99 < better_by(1.0, 500.0) < 1
    assert better_by(0.0, 500.0) == pytest.approx(5e-7)
