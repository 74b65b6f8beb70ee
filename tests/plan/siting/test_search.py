"""The parts of the search that small towns do not need: HiGHS where many candidates are left, and giving up."""

from __future__ import annotations

import numpy as np
import pytest

from resourcemap.plan.siting import search as module
from resourcemap.plan.siting.greedy import Limits
from resourcemap.plan.siting.maximal import cover_trips
from resourcemap.plan.siting.search import search
from resourcemap.plan.siting.trips import trips_of
from tests.plan.siting.drawn import small_town


def cover(town, metres):
    person, candidate = town.pairs(metres)
    return cover_trips(person, candidate, people=town.people, already=None, candidates=town.candidates)


def walks(town):
    person, candidate, metres = town.all_pairs()
    return trips_of(person, candidate, metres, weights=town.people, ceiling=town.stays * 2, candidates=town.candidates)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("limited", [False, True])
@pytest.mark.parametrize("kind", ["cover", "walks"])
def test_highs_and_branching_find_the_same(monkeypatch, seed, limited, kind):
    town = small_town(seed, 200, 40, 3000)
    trips, step = (cover(town, 400), 1.0) if kind == "cover" else (walks(town), 0.0)
    limits = Limits(4, np.random.default_rng(seed).integers(0, 6, 40) if limited else None)
    branched = search(trips, limits, step=step)
    monkeypatch.setattr(module, "_MANY", -1)
    monkeypatch.setattr(module, "_ROUNDS", 1)
    exact = search(trips, limits, step=step)
    assert exact.total == pytest.approx(branched.total)
    assert exact.bound == pytest.approx(exact.total, rel=1e-6)
    assert branched.bound == pytest.approx(branched.total, rel=1e-6)


def test_the_same_question_has_the_same_answer_twice():
    town = small_town(5, 300, 60, 4000)
    one, other = (search(cover(town, 500), Limits(6), step=1.0) for _ in range(2))
    assert one.chosen.tolist() == other.chosen.tolist()
    assert one.bound == other.bound


@pytest.mark.parametrize("seed", range(3))
def test_a_model_too_large_is_never_made_and_branching_goes_on_alone(monkeypatch, seed):
    trips = walks(small_town(seed, 200, 40, 3000))
    exact = search(trips, Limits(4))

    def refuse(*_, **__):
        raise AssertionError

    monkeypatch.setattr(module, "_ENTRIES", 0)
    monkeypatch.setattr(module, "probed", refuse)
    monkeypatch.setattr(module, "solve", refuse)
    alone = search(trips, Limits(4))
    assert alone.total == pytest.approx(exact.total)
    assert alone.bound == pytest.approx(exact.bound)
