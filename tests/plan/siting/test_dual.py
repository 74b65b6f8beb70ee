"""Prices never prove more than is true: their bounds against the best of all choices."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.plan.siting.dual import Search, priced
from resourcemap.plan.siting.greedy import Limits
from resourcemap.plan.siting.trips import trips_of
from tests.plan.siting.drawn import choices, towns


@given(town=towns(), count=st.integers(1, 3), limited=st.booleans(), steps=st.integers(1, 40))
def test_no_bound_is_above_the_best_choice_it_speaks_of(town, count, limited, steps):
    limits = Limits(count, town.areas if limited else None)
    person, candidate, metres = town.all_pairs()
    trips = trips_of(person, candidate, metres, weights=town.people, ceiling=town.stays, candidates=town.candidates)
    totals = {frozenset(some): trips.total(np.array(some, dtype=int)) for some in choices(town, count, limits.areas)}
    best = min(totals.values())
    found = priced(trips, limits, trips.ceiling, target=best, search=Search(steps, 5, 0.6, 1e-3))
    assert found.least <= best + 1e-9 * best
    for place, bound in enumerate(found.with_each(limits)):
        assert bound <= min(total for some, total in totals.items() if place in some) * (1 + 1e-9)
    for place, bound in zip(found.open, found.without_each(), strict=True):
        assert bound <= min(total for some, total in totals.items() if place not in some) * (1 + 1e-9)
