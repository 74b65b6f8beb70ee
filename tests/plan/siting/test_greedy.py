"""A first answer keeps to the limits, and no single swap betters it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.plan.siting.greedy import Limits, greedy, swapped
from resourcemap.plan.siting.trips import trips_of
from tests.plan.siting.drawn import towns


@given(town=towns(), count=st.integers(1, 4), limited=st.booleans())
def test_no_swap_betters_the_answer(town, count, limited):
    limits = Limits(count, town.areas if limited else None)
    person, candidate, metres = town.all_pairs()
    trips = trips_of(person, candidate, metres, weights=town.people, ceiling=town.stays, candidates=town.candidates)
    first = greedy(trips, limits)
    found = swapped(trips, first, limits)
    assert len(set(found.tolist())) == len(found) <= count
    assert trips.total(found) <= trips.total(first)
    if limited:
        assert len(set(town.areas[found])) == len(found)
    for place in range(len(found)):
        others = np.delete(found, place)
        for other in np.flatnonzero(limits.allowed(others, town.candidates)):
            assert trips.total(np.append(others, other)) >= trips.total(found) * (1 - 1e-9)


def test_what_saves_nothing_stays_closed():
    trips = trips_of(
        np.array([0]), np.array([1]), np.zeros(1), weights=np.array([4.0]), ceiling=np.ones(1), candidates=3
    )
    assert greedy(trips, Limits(3)).tolist() == [1]
    assert Limits(2).best(np.array([0.0, -1.0, 3.0])).tolist() == [2]
