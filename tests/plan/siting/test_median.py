"""Fewest metres: the value of brute force and of spopt, with and without limits."""

from __future__ import annotations

import numpy as np
import pulp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from spopt.locate import PMedian

from resourcemap.plan.siting.greedy import Limits, greedy
from resourcemap.plan.siting.median import fewest_metres
from resourcemap.plan.siting.trips import trips_of
from tests.plan.siting.drawn import choices, small_town, towns, walked

# spopt uses pulp in a way that pulp will drop.
OLD = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def asked(town, ceiling, count, areas=None, capacity=None, seconds=None):
    return fewest_metres(
        *town.all_pairs(),
        people=town.people,
        ceiling=ceiling,
        candidates=town.candidates,
        limits=Limits(count, areas),
        capacity=capacity,
        seconds=seconds,
    )


def value(found):
    return found.totals[-1] if len(found.totals) else found.before


@given(town=towns(), count=st.integers(1, 4), limited=st.booleans(), stays=st.booleans())
def test_it_is_the_best_of_all_choices(town, count, limited, stays):
    areas, ceiling = town.areas if limited else None, town.stays if stays else np.full(len(town.people), 20.0)
    found = asked(town, ceiling, count, areas)
    best = min(walked(town, chosen, ceiling) for chosen in choices(town, count, areas))
    assert value(found) == pytest.approx(best)
    assert walked(town, found.chosen.tolist(), ceiling) == pytest.approx(best)
    assert found.bound == pytest.approx(best)
    assert found.proven
    assert (found.adds > 0).all()


@OLD
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("count", [2, 5])
def test_it_is_as_good_as_spopt(seed, count):
    town = small_town(seed, 120, 30, 3000)
    model = PMedian.from_cost_matrix(town.far, town.people, p_facilities=count).solve(pulp.PULP_CBC_CMD(msg=False))
    found = asked(town, town.far.max(axis=1), count)
    assert value(found) == pytest.approx(pulp.value(model.problem.objective))
    assert found.proven


def walked_with_room(town, chosen, ceiling, capacity):
    """The fewest metres with room for so many, as a transport problem of scipy."""
    length = np.column_stack([np.minimum(town.far[:, chosen], 1e6), ceiling])
    people, places = length.shape
    each = np.kron(np.eye(people), np.ones((1, places)))
    room = np.kron(np.ones((1, people)), np.eye(places))[:-1]
    found = linprog(length.ravel(), room, capacity[chosen], each, town.people)
    return found.fun


@pytest.mark.parametrize("seed", range(5))
def test_with_room_for_so_many_it_is_the_best_of_all_choices(seed):
    town = small_town(seed, 15, 6)
    capacity = np.random.default_rng(seed).integers(20, 200, 6).astype(float)
    found = asked(town, town.stays, 2, capacity=capacity)
    best = min(walked_with_room(town, chosen, town.stays, capacity) for chosen in choices(town, 2) if chosen)
    assert value(found) == pytest.approx(best)
    assert found.proven


@given(town=towns(), count=st.integers(1, 3))
def test_another_candidate_never_worsens_it_and_greedy_is_never_better(town, count):
    fewer = type(town)(town.people, town.far[:, :-1], town.areas[:-1], town.stays)
    found = value(asked(town, town.stays, count))
    assert value(asked(fewer, town.stays, count)) >= found - 1e-9
    person, candidate, metres = town.all_pairs()
    trips = trips_of(person, candidate, metres, weights=town.people, ceiling=town.stays, candidates=town.candidates)
    assert walked(town, greedy(trips, Limits(count)).tolist(), town.stays) >= found - 1e-9


@given(town=towns(), count=st.integers(1, 3), shift=st.integers(0, 8))
def test_the_order_of_rows_changes_nothing(town, count, shift):
    order = np.roll(np.arange(len(town.people)), shift)
    turned = type(town)(town.people[order], town.far[order], town.areas, town.stays[order])
    assert value(asked(turned, turned.stays, count)) == pytest.approx(value(asked(town, town.stays, count)))


def test_a_larger_town_is_proven_and_a_hasty_answer_says_how_far_off_it_may_be():
    town = small_town(8, 500, 80, 5000)
    ceiling = np.full(500, 1500.0)
    sure, hasty = asked(town, ceiling, 6), asked(town, ceiling, 6, seconds=0.001)
    assert sure.proven
    assert hasty.bound <= value(sure) * (1 + 1e-9) <= value(hasty) * (1 + 2e-9)
    assert hasty.gap == pytest.approx((value(hasty) - hasty.bound) / value(hasty))
