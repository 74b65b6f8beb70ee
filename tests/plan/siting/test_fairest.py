"""The fairest choice: the smallest share as large as can be, then most people, as brute force finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.plan.siting.fairest import fairest
from resourcemap.plan.siting.greedy import Limits
from tests.plan.siting.drawn import choices, towns, within


def smallest(town, chosen, metres, area, already):
    near = (town.far[:, chosen] <= metres).any(axis=1) | already
    shares = [
        town.people[near & (area == one)].sum() / town.people[area == one].sum()
        for one in range(area.max() + 1)
        if town.people[area == one].sum()
    ]
    return min(shares, default=1.0)


@given(town=towns(), count=st.integers(1, 3), metres=st.integers(0, 9), limited=st.booleans(), data=st.data())
def test_no_choice_is_fairer_and_none_as_fair_reaches_more(town, count, metres, limited, data):
    number = len(town.people)
    area = np.array(data.draw(st.lists(st.integers(-1, 2), min_size=number, max_size=number)))
    areas, already = town.areas if limited else None, town.stays <= metres
    person, candidate = town.pairs(metres)
    found = fairest(
        person,
        candidate,
        people=town.people,
        area=area,
        candidates=town.candidates,
        limits=Limits(count, areas),
        already=already,
    )
    best = max(
        (round(smallest(town, chosen, metres, area, already), 9), within(town, chosen, metres, already))
        for chosen in choices(town, count, areas)
    )
    chosen = found.answer.chosen.tolist()
    assert (round(found.share, 9), within(town, chosen, metres, already)) == best
    assert round(smallest(town, chosen, metres, area, already), 9) == best[0]
    assert found.answer.proven


def test_the_worst_served_area_comes_before_more_people():
    people, area = np.array([100.0, 100.0, 10.0, 90.0]), np.array([0, 0, 1, 1])
    given_ = {"people": people, "area": area, "candidates": 3, "limits": Limits(2)}
    found = fairest(np.array([0, 1, 2]), np.array([0, 1, 2]), **given_)
    assert found.answer.chosen.tolist() == [0, 2]
    assert (found.share_before, found.share, found.share_bound) == (0.0, 0.1, 0.1)
    assert found.answer.instead.tolist() == [1, 1]
    assert found.answer.loses.tolist() == [0.0, -90.0]
