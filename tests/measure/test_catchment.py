"""Floating catchments against PySAL access, published figures, loops, and the sums that must hold."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from access import fca, weights
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.measure.catchment import Listed, StraightLines, floating_catchment
from resourcemap.reach import near, near_compiled, near_tree
from resourcemap.reach.decay import Decay
from resourcemap.reach.near import pairs_within

METHODS = ("two_step", "balanced", "availability")
DECAYS = (
    Decay(700),
    Decay(900, steps=((300, 1.0), (600, 0.68), (900, 0.22))),
    Decay(900, "gaussian"),
    Decay(900, "linear"),
    Decay(900, "exponential", parameter=0.004),
    Decay(900, "power", parameter=1.2),
)
EVERY_DECAY = pytest.mark.parametrize("decay", DECAYS, ids=lambda decay: f"{decay.form}-{len(decay.steps)}")


def drawn(people=300, places=40, seed=3):
    """People and places on a square, a few of them far away from all others."""
    rng = np.random.default_rng(seed)
    homes, spots = rng.uniform(0, 5000, (people, 2)), rng.uniform(0, 5000, (places, 2))
    homes[:7] += 20_000
    spots[:3] -= 20_000
    return homes, spots, rng.integers(0, 50, people), rng.integers(0, 30, places).astype(float)


def listed(homes, spots, decay):
    pairs = pairs_within(homes, spots, 2 * decay.metres)
    return Listed(*pairs, people=len(homes), places=len(spots), decay=decay)


def by_loops(people, supply, far, weight, method):
    """Work the definition out pair by pair."""
    persons, places = range(len(people)), range(len(supply))
    w = {(i, j): weight(far[i][j]) for i in persons for j in places}
    of_person = [sum(w[i, j] for j in places) for i in persons]
    of_place = [sum(w[i, j] for i in persons) for j in places]
    found = [0.0 for _ in persons]
    for j in places:
        part = [w[i, j] / of_person[i] if method == "balanced" and of_person[i] else w[i, j] for i in persons]
        demand = sum(people[i] * part[i] for i in persons)
        if not demand:
            continue
        for i in persons:
            share = w[i, j] / of_place[j] if method == "balanced" else w[i, j]
            found[i] += supply[j] / demand * share * (people[i] if method == "availability" else 1)
    return found


@pytest.mark.parametrize("steps", [((1000.0, 1.0),), ((300.0, 1.0), (600.0, 0.68), (1000.0, 0.22))])
def test_two_steps_equal_pysal_access_where_it_answers_and_are_0_where_it_leaves_people_out(steps):
    homes, spots, people, supply = drawn()
    people = people + 1  # access divides by a demand of 0 where only empty points are near
    far = np.linalg.norm(homes[:, None] - spots[None], axis=2)
    origin, dest = np.nonzero(far <= 5000)
    cost = pd.DataFrame({"origin": origin, "dest": dest, "cost": far[origin, dest]})
    demand = pd.DataFrame({"geoid": range(len(homes)), "demand": people}).set_index("geoid")
    offer = pd.DataFrame({"geoid": range(len(spots)), "supply": supply}).set_index("geoid")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = fca.two_stage_fca(
            demand,
            offer,
            cost,
            max_cost=1000,
            demand_index=True,
            demand_name="demand",
            supply_name="supply",
            weight_fn=weights.step_fn(dict(steps)),
        )
    ours = floating_catchment(people, supply, StraightLines(homes, spots, Decay(1000, steps=steps)))
    assert 100 < len(theirs) < len(homes), "some have nothing near, and are left out there"
    assert ours[theirs.index] == pytest.approx(theirs.to_numpy(), rel=1e-9, abs=1e-12)
    left_out = np.setdiff1d(np.arange(len(homes)), theirs.index)
    assert ours[left_out].tolist() == [0.0] * len(left_out)
    assert set(range(7)) <= set(left_out)


@EVERY_DECAY
@pytest.mark.parametrize("method", METHODS)
def test_every_method_and_decay_is_that_of_loops(method, decay):
    homes, spots, people, supply = drawn(people=60, places=12)
    far = [[math.hypot(*(home - spot)) for spot in spots] for home in homes]

    def weight(metres):
        if metres > decay.metres:
            return 0.0
        if decay.form == "steps":
            return next(w for limit, w in decay.steps or ((decay.metres, 1.0),) if metres <= limit)
        share = metres / decay.metres
        return {
            "gaussian": (math.exp(-(share**2) / 2) - math.exp(-0.5)) / (1 - math.exp(-0.5)),
            "linear": 1 - share,
            "exponential": math.exp(-decay.parameter * metres),
            "power": max(metres, 1) ** -decay.parameter,
        }[decay.form]

    expected = by_loops(people, supply, far, weight, method)
    for around in (StraightLines(homes, spots, decay), listed(homes, spots, decay)):
        assert floating_catchment(people, supply, around, method=method) == pytest.approx(expected, rel=1e-9, abs=1e-15)


@EVERY_DECAY
@pytest.mark.parametrize("method", METHODS)
def test_the_compiled_twin_gives_what_the_other_gives(monkeypatch, method, decay):
    homes, spots, people, supply = drawn()
    found = []
    for twin in (near_compiled, near_tree):
        monkeypatch.setattr(near, "_quickest", lambda _, twin=twin: twin)
        found.append(floating_catchment(people, supply, StraightLines(homes, spots, decay), method=method))
    assert found[0].tolist() == pytest.approx(found[1].tolist(), rel=1e-12, abs=0)


MINUTES = np.array([[15.0, 30, 100], [30, 15, 100], [100, 100, 15]])
CENTRES, JOBS = np.array([50_000, 150_000, 10_000]), np.array([100_000.0, 100_000, 10_000])


def three_centres():
    """Shen (1998), as worked out again by Soukhov, Paez, Higgins and Mohamed (2023), table 2: exp(-0.1 x minutes)."""
    person, place = np.indices((3, 3)).reshape(2, -1)
    decay = Decay(1000, "exponential", parameter=0.1)
    return Listed(person, place, MINUTES.ravel(), people=3, places=3, decay=decay)


def test_the_published_example_of_three_centres():
    available = floating_catchment(CENTRES, JOBS, three_centres(), method="availability")
    assert available.round().tolist() == [66_833, 133_203, 9_963]
    assert (available / CENTRES).round(3).tolist() == [1.337, 0.888, 0.996]
    assert available.sum() == pytest.approx(210_000)
    assert floating_catchment(CENTRES, JOBS, three_centres()).round(3).tolist() == [1.337, 0.888, 0.996]


@EVERY_DECAY
def test_what_is_available_adds_up_to_the_supply_that_anybody_reaches(decay):
    homes, spots, people, supply = drawn()
    around = listed(homes, spots, decay)
    available = floating_catchment(people, supply, around, method="availability")
    reached = around.to_places(people.astype(float)) > 0
    assert not reached[:3].any()
    assert available.sum() == pytest.approx(supply[reached].sum(), rel=1e-12)
    two_step = floating_catchment(people, supply, around)
    assert available == pytest.approx(two_step * people, rel=1e-12)


@EVERY_DECAY
def test_balanced_scores_add_up_to_the_levels_of_service(decay):
    """Paez, Higgins and Vivona (2019): people and levels of service are conserved by their weights."""
    homes, spots, people, supply = drawn(people=80, places=10)
    far = np.linalg.norm(homes[:, None] - spots[None], axis=2)
    weight = decay.weights(far)
    of_person = weight.sum(axis=1, keepdims=True)
    share = np.divide(weight, of_person, out=np.zeros_like(weight), where=of_person > 0)
    assert (share.T @ people).sum() == pytest.approx(people[of_person[:, 0] > 0].sum())
    demand = share.T @ people
    service = np.divide(supply, demand, out=np.zeros_like(supply), where=demand > 0)
    scores = floating_catchment(people, supply, StraightLines(homes, spots, decay), method="balanced")
    assert scores.sum() == pytest.approx(service.sum(), rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
@given(data=st.data())
def test_more_seats_are_never_less_for_anybody(method, data):
    homes, spots, people, supply = drawn(people=40, places=8)
    more = supply.copy()
    more[data.draw(st.integers(0, 7))] += data.draw(st.integers(0, 100))
    around = listed(homes, spots, Decay(1500, "linear"))
    before, after = (floating_catchment(people, seats, around, method=method) for seats in (supply, more))
    assert (after >= before - 1e-12).all()


@pytest.mark.parametrize("method", METHODS)
def test_nobody_nothing_and_nothing_near_are_zeros(method):
    homes, spots = np.array([[0.0, 0], [100, 0], [9000, 0]]), np.array([[50.0, 0], [8000, 0]])
    decay = Decay(500, "gaussian")
    for around in (StraightLines(homes, spots, decay), listed(homes, spots, decay)):
        nobody = floating_catchment(np.zeros(3), np.array([10.0, 10]), around, method=method)
        nothing = floating_catchment(np.array([5, 5, 5]), np.zeros(2), around, method=method)
        assert (nobody.tolist(), nothing.tolist()) == ([0.0] * 3, [0.0] * 3)
        found = floating_catchment(np.array([5, 0, 5]), np.array([10.0, 10]), around, method=method)
        assert found[2] == 0
        assert found[0] > 0
    for without in (StraightLines(homes, spots[:0], decay), listed(homes, spots[:0], decay)):
        assert floating_catchment(np.array([5, 5, 5]), np.zeros(0), without, method=method).tolist() == [0.0] * 3
    for without in (StraightLines(homes[:0], spots, decay), listed(homes[:0], spots, decay)):
        assert floating_catchment(np.zeros(0), np.array([10.0, 10]), without, method=method).tolist() == []


@pytest.mark.parametrize("wrong", [-1.0, math.nan, math.inf])
def test_numbers_that_cannot_be_are_refused(wrong):
    around = StraightLines(np.zeros((3, 2)), np.zeros((2, 2)), Decay(500))
    with pytest.raises(InputError, match=r"people: 1 are negative or not numbers \(positions 1\)"):
        floating_catchment(np.array([1, wrong, 1]), np.ones(2), around)
    with pytest.raises(InputError, match=r"supply: 2 are negative or not numbers \(positions 0, 1\)"):
        floating_catchment(np.ones(3), np.array([wrong, wrong]), around)


def test_an_unknown_method_is_refused():
    around = StraightLines(np.zeros((3, 2)), np.zeros((2, 2)), Decay(500))
    with pytest.raises(InputError, match=r"Unknown method 'e2sfca'\. Known: two_step, balanced, availability"):
        floating_catchment(np.ones(3), np.ones(2), around, method="e2sfca")
