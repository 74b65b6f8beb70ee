"""Most within reach: the value of brute force and of spopt, with and without limits."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pulp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spopt.locate import MCLP

from resourcemap.plan.siting.greedy import Limits, greedy
from resourcemap.plan.siting.maximal import cover_trips, most_within, whole_numbers
from tests.plan.siting.drawn import choices, small_town, towns, within

# spopt uses pulp in a way that pulp will drop.
OLD = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def asked(town, metres, count, areas=None, already=None, capacity=None):
    person, candidate = town.pairs(metres)
    return most_within(
        person,
        candidate,
        people=town.people,
        candidates=town.candidates,
        limits=Limits(count, areas),
        already=already,
        capacity=capacity,
    )


def value(found):
    return found.totals[-1] if len(found.totals) else found.before


@given(town=towns(), count=st.integers(1, 4), metres=st.integers(0, 9), limited=st.booleans(), stays=st.booleans())
def test_it_is_the_best_of_all_choices(town, count, metres, limited, stays):
    areas, already = town.areas if limited else None, town.stays <= metres if stays else None
    found = asked(town, metres, count, areas, already)
    best = max(within(town, chosen, metres, already) for chosen in choices(town, count, areas))
    assert value(found) == best == found.bound
    assert found.proven
    assert within(town, list(found.chosen), metres, already) == best
    assert (found.adds > 0).all()
    assert np.cumsum(found.adds).tolist() == (found.totals - found.before).tolist()
    if limited:
        assert len(set(town.areas[found.chosen])) == len(found.chosen)


@OLD
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("count", [2, 5])
def test_it_is_as_good_as_spopt(seed, count):
    town = small_town(seed, 300, 40, 3000)
    model = MCLP.from_cost_matrix(town.far, town.people, service_radius=400, p_facilities=count)
    model = model.solve(pulp.PULP_CBC_CMD(msg=False))
    assert value(asked(town, 400, count)) == pytest.approx(pulp.value(model.problem.objective))


def room_for(town, chosen, metres, capacity, already):
    """The most people who find room, by the largest flow."""
    flow = nx.DiGraph()
    flow.add_nodes_from(["from", "to"])
    for person, number in enumerate(town.people):
        if not already[person]:
            flow.add_edge("from", person, capacity=number)
            flow.add_edges_from((person, f"c{place}") for place in chosen if town.far[person, place] <= metres)
    for place in chosen:
        flow.add_edge(f"c{place}", "to", capacity=capacity[place])
    return nx.maximum_flow_value(flow, "from", "to") + float(town.people[already].sum())


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("limited", [False, True])
def test_with_room_for_so_many_it_is_the_best_of_all_choices(seed, limited):
    town = small_town(seed, 25, 7)
    capacity = np.random.default_rng(seed).integers(20, 200, 7).astype(float)
    areas, already = town.areas if limited else None, town.stays < 300
    found = asked(town, 400, 3, areas, already, capacity)
    best = max(room_for(town, chosen, 400, capacity, already) for chosen in choices(town, 3, areas))
    assert value(found) == best == found.bound
    for number, (instead, loses) in enumerate(zip(found.instead, found.loses, strict=True)):
        if instead < 0:
            assert limited
            continue
        swapped = [*np.delete(found.chosen, number), instead]
        assert room_for(town, swapped, 400, capacity, already) == pytest.approx(best - loses)


@given(town=towns(), count=st.integers(1, 3), metres=st.integers(0, 9), shift=st.integers(0, 8))
def test_the_order_of_rows_changes_nothing(town, count, metres, shift):
    order = np.roll(np.arange(len(town.people)), shift)
    turned = type(town)(town.people[order], town.far[order], town.areas, town.stays[order])
    one, other = asked(town, metres, count), asked(turned, metres, count)
    assert one.chosen.tolist() == other.chosen.tolist()
    assert one.totals.tolist() == other.totals.tolist()
    backwards = type(town)(town.people, town.far[:, ::-1], town.areas[::-1], town.stays)
    assert value(asked(backwards, metres, count)) == value(one)


@given(town=towns(), count=st.integers(1, 3), metres=st.integers(0, 9))
def test_another_candidate_never_worsens_it_and_greedy_is_never_better(town, count, metres):
    fewer = type(town)(town.people, town.far[:, :-1], town.areas[:-1], town.stays)
    found = value(asked(town, metres, count))
    assert value(asked(fewer, metres, count)) <= found
    person, candidate = town.pairs(metres)
    trips = cover_trips(person, candidate, people=town.people, already=None, candidates=town.candidates)
    assert within(town, greedy(trips, Limits(count)).tolist(), metres) <= found


@given(town=towns(), count=st.integers(1, 3), metres=st.integers(0, 9))
def test_the_runner_up_is_the_best_in_its_stead(town, count, metres):
    found = asked(town, metres, count)
    for number, (instead, loses) in enumerate(zip(found.instead, found.loses, strict=True)):
        others = np.delete(found.chosen, number).tolist()
        rest = [place for place in range(town.candidates) if place not in set(found.chosen)]
        if not rest:
            assert instead == -1
            continue
        best = max(within(town, [*others, place], metres) for place in rest)
        assert within(town, [*others, instead], metres) == best == value(found) - loses


def test_of_equal_candidates_the_first_is_taken_and_order_is_by_what_each_adds():
    people, person = np.array([5.0, 9.0]), np.array([0, 0, 1, 1])
    found = most_within(person, np.array([0, 1, 2, 3]), people=people, candidates=4, limits=Limits(2))
    assert found.chosen.tolist() == [2, 0]
    assert found.adds.tolist() == [9.0, 5.0]
    assert found.instead.tolist() == [3, 1]
    assert found.loses.tolist() == [0.0, 0.0]


def test_out_of_time_it_still_answers_and_says_how_far_off_it_may_be():
    town = small_town(3, 1500, 150, 6000)
    person, candidate = town.pairs(500)
    given_ = {"people": town.people, "candidates": 150, "limits": Limits(8)}
    hasty = most_within(person, candidate, seconds=0.001, **given_)
    sure = most_within(person, candidate, **given_)
    assert sure.proven
    assert value(hasty) <= value(sure) <= hasty.bound
    assert hasty.proven or hasty.stopped == "time"
    assert hasty.gap == pytest.approx((hasty.bound - value(hasty)) / value(hasty))


def test_nobody_and_nothing_near():
    none = np.array([], dtype=int)
    found = most_within(none, none, people=np.array([4.0]), candidates=2, limits=Limits(1))
    assert found.chosen.tolist() == []
    assert (found.before, found.bound, found.gap, found.proven) == (0.0, 0.0, 0.0, True)
    nobody = most_within(np.array([0]), np.array([0]), people=np.array([0.0]), candidates=1, limits=Limits(1))
    assert nobody.chosen.tolist() == []


def test_shares_of_people_are_no_whole_numbers():
    assert not whole_numbers(np.array([1.5]))
    found = most_within(
        np.array([0, 1]), np.array([0, 1]), people=np.array([1.5, 1.25]), candidates=2, limits=Limits(1)
    )
    assert found.adds.tolist() == [1.5]
    assert found.proven
