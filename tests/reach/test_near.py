"""All three ways against a loop over every pair, and against each other, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from resourcemap.reach import near, near_all, near_compiled, near_tree
from resourcemap.reach.decay import FORMS, Decay

WAYS = [near_all, near_compiled, near_tree]
EVERY_WAY = pytest.mark.parametrize("way", WAYS, ids=["all", "compiled", "tree"])
# Whole metres on a small square: many equal points, many pairs exactly at a limit.
points = hnp.arrays(float, st.tuples(st.integers(1, 25), st.just(2)), elements=st.integers(-20, 20).map(float))


def brute(homes, spots):
    return np.array([[np.sqrt((a - c) * (a - c) + (b - d) * (b - d)) for c, d in spots] for a, b in homes])


def town(people=400, resources=90, seed=5):
    rng = np.random.default_rng(seed)
    return rng.uniform(0, 3000, (people, 2)), rng.uniform(-500, 3500, (resources, 2)), rng.integers(0, 4, resources)


@EVERY_WAY
@given(homes=points, spots=points, metres=st.sampled_from([0.5, 1.0, 5.0, 13.0, 100.0]))
def test_pairs_are_those_of_a_loop(way, homes, spots, metres):
    far = brute(homes, spots)
    expected = np.argwhere(far <= metres)
    home, spot, found = way.pairs_within(homes, spots, metres)
    assert np.column_stack([home, spot]).tolist() == expected.tolist()
    assert found.tolist() == far[far <= metres].tolist()


@EVERY_WAY
@given(homes=points, spots=points, most=st.integers(1, 4), metres=st.sampled_from([1.0, 5.0, 13.0]), data=st.data())
def test_tally_and_nearest_are_those_of_a_loop(way, homes, spots, most, metres, data):
    kinds = np.array(data.draw(st.lists(st.integers(0, 2), min_size=len(spots), max_size=len(spots))))
    far = brute(homes, spots)
    near_by, counts, nearest = way.tally(homes, spots, kinds, 3, metres / 2, metres)
    position, distance = way.nearest_groups(homes, spots, kinds, most)
    for home, row in enumerate(far):
        near_ones = [row[(kinds == kind) & (row <= metres)] for kind in range(3)]
        assert counts[home].tolist() == [len(each) for each in near_ones]
        least = [min(each, default=np.inf) for each in near_ones]
        assert nearest[home].tolist() == np.array(least, dtype=np.float32).tolist()
        assert near_by[home].tolist() == [metre <= metres / 2 for metre in least]
        best = {}
        for metre, spot in sorted((metre, spot) for spot, metre in enumerate(row)):
            best.setdefault(kinds[spot], (metre, spot))
        expected = sorted(best.values())[:most] + [(np.inf, -1)] * max(most - len(best), 0)
        assert list(zip(distance[home], position[home], strict=True)) == expected


def test_every_way_gives_the_same_bits_on_a_town():
    homes, spots, kinds = town()
    for name, more in (
        ("pairs_within", (spots, 800.0)),
        ("tally", (spots, kinds, 4, 300.0, 500.0)),
        ("nearest_groups", (spots, kinds, 3)),
        ("nearest_groups", (spots, np.arange(len(spots)), 2)),
    ):
        every, *others = [getattr(way, name)(homes, *more) for way in WAYS]
        for one, *rest in zip(every, *others, strict=True):
            assert all(one.dtype == other.dtype for other in rest)
            assert all(one.tolist() == other.tolist() for other in rest), name


@EVERY_WAY
@pytest.mark.parametrize("form", FORMS)
def test_weighted_sums_are_those_of_a_loop(way, form):
    homes, spots, kinds = town()
    decay = Decay(600, form, {"exponential": 0.004, "power": 1.5}.get(form, 0.0))
    expected = (decay.weights(brute(homes, spots)) * (kinds + 1.0)).sum(axis=1)
    assert way.weighted_sums(homes, spots, kinds + 1.0, decay) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@EVERY_WAY
def test_steps_weigh_what_they_say(way):
    homes, spots, _ = town()
    decay = Decay(900, steps=((300, 1.0), (600, 0.68), (900, 0.22)))
    expected = decay.weights(brute(homes, spots)).sum(axis=1)
    assert way.weighted_sums(homes, spots, np.ones(len(spots)), decay) == pytest.approx(expected, rel=1e-12)


def test_many_points_are_shared_out_between_threads_and_stay_the_same(monkeypatch):
    homes, spots, kinds = town()
    alone = near_compiled.tally(homes, spots, kinds, 4, 300.0, 700.0)
    monkeypatch.setattr(near_compiled, "ONE_THREAD", 10)
    shared = near_compiled.tally(homes, spots, kinds, 4, 300.0, 700.0)
    assert all(one.tolist() == other.tolist() for one, other in zip(alone, shared, strict=True))


@EVERY_WAY
def test_points_far_from_all_spots_and_all_at_one_place(way):
    homes = np.array([[0.0, 0.0], [1e6, -1e6], [500.0, 500.0]])
    spots = np.full((40, 2), 500.0)
    home, spot, _ = way.pairs_within(homes, spots, 100.0)
    assert home.tolist() == [2] * 40
    assert spot.tolist() == list(range(40))
    position, metres = way.nearest_groups(homes, spots, np.arange(40), 2)
    assert position.tolist() == [[0, 1]] * 3
    assert metres[1].tolist() == [brute(homes, spots)[1, 0]] * 2


def test_the_largest_square_within_a_limit_is_found():
    for metres in (1.0, 499.999, 500.0, 0.1, 1e7):
        limit = near_compiled.squared_limit(metres)
        assert np.sqrt(limit) <= metres < np.sqrt(np.nextafter(limit, np.inf))


def test_nobody_and_nothing():
    none, some = np.empty((0, 2)), np.zeros((2, 2))
    assert len(near.pairs_within(none, some, 5).home) == len(near.pairs_within(some, none, 5).home) == 0
    assert near.tally(some, none, np.array([]), number=3, within=1, metres=5).nearest.tolist() == [[np.inf] * 3] * 2
    assert near.nearest(some, none, most=2)[0].tolist() == [[-1, -1]] * 2
    assert near.weighted_sums(some, none, np.array([]), Decay(5)).tolist() == [0, 0]


def test_without_numba_the_tree_does_the_work(monkeypatch):
    monkeypatch.setattr(near, "find_spec", lambda _: None)
    assert near._quickest(10**9) is near_tree


def test_a_town_waits_neither_for_numba_nor_for_scipy():
    assert near._quickest(1_000 * 200) is near_all
    assert near._quickest(200_000 * 20_000) is near_compiled
