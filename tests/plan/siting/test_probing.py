"""Probing drops nothing that a better choice holds, as brute force tells, and mostly proves the best one by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.plan.siting.greedy import Limits
from resourcemap.plan.siting.maximal import cover_trips
from resourcemap.plan.siting.probing import probed
from resourcemap.plan.siting.search import search, watch
from resourcemap.plan.siting.trips import trips_of
from tests.plan.siting.drawn import choices, small_town, towns


def tables(town, metres):
    person, candidate = town.pairs(metres)
    cover = cover_trips(person, candidate, people=town.people, already=None, candidates=town.candidates)
    person, candidate, far = town.all_pairs()
    walks = trips_of(person, candidate, far, weights=town.people, ceiling=town.stays, candidates=town.candidates)
    return [(cover, 1.0), (walks, 0.0)]


@given(town=towns(), count=st.integers(1, 3), metres=st.integers(0, 9), limited=st.booleans(), poor=st.booleans())
def test_every_better_choice_is_still_there(town, count, metres, limited, poor):
    limits = Limits(count, town.areas if limited else None)
    for trips, step in tables(town, metres):
        chosen = np.empty(0, dtype=np.int64) if poor else np.array([0])
        kept = np.ones(town.candidates, dtype=bool)
        found = probed(trips, limits, chosen=chosen, kept=kept, step=step, time=watch(None))
        totals = {tuple(some): trips.total(np.array(some, dtype=int)) for some in choices(town, count, limits.areas)}
        best = min(totals.values())
        assert found.total == trips.total(found.chosen)
        assert found.least <= best * (1 + 1e-9) <= found.total * (1 + 2e-9)
        better = [some for some, total in totals.items() if total < found.total - max(step / 2, 1e-6)]
        assert all(found.kept[list(some)].all() for some in better)


def test_a_town_where_parts_of_places_seem_better_is_proven_by_probing_alone():
    town = small_town(3, 600, 60, 3000)
    trips = tables(town, 600)[0][0]
    kept = np.ones(60, dtype=bool)
    found = probed(trips, Limits(6), chosen=np.array([0]), kept=kept, step=1.0, time=watch(None))
    assert found.kept.sum() < 60
    assert found.least == found.total == search(trips, Limits(6), step=1.0).total


def test_without_time_nothing_is_claimed():
    town = small_town(1)
    trips = tables(town, 400)[0][0]
    kept = np.ones(town.candidates, dtype=bool)
    found = probed(trips, Limits(2), chosen=np.array([0]), kept=kept, step=1.0, time=watch(0))
    assert (found.least, found.kept.all()) == (-np.inf, True)
