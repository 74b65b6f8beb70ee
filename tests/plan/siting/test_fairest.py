"""The fairest choice: the smallest share as large as can be, then most people, as brute force finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.plan.siting.fairest import fairest
from resourcemap.plan.siting.greedy import Limits
from tests.plan.siting.drawn import choices, towns, within


def shares(town, chosen, metres, area, already):
    near = (town.far[:, chosen] <= metres).any(axis=1) | already
    return {
        one: town.people[near & (area == one)].sum() / town.people[area == one].sum()
        for one in range(area.max() + 1)
        if town.people[area == one].sum()
    }


def out_of_reach(town, metres, area, already):
    """Areas that stay as they are, short of everybody, when every candidate opens; none when no area is bettered."""
    before, all_open = (shares(town, some, metres, area, already) for some in ([], list(range(town.candidates))))
    if before == all_open:
        return []
    return [one for one in before if before[one] == all_open[one] < 1]


def smallest(town, chosen, metres, area, already):
    left_out = out_of_reach(town, metres, area, already)
    compared = shares(town, chosen, metres, area, already)
    return min((share for one, share in compared.items() if one not in left_out), default=1.0)


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
    assert found.out_of_reach.tolist() == out_of_reach(town, metres, area, already)


def test_an_area_that_nothing_reaches_does_not_hold_the_others_down():
    people, area = np.array([50.0, 10.0, 90.0, 30.0]), np.array([0, 1, 1, 2])
    person, candidate = np.array([0, 1]), np.array([0, 1])
    found = fairest(person, candidate, people=people, area=area, candidates=2, limits=Limits(2))
    assert found.out_of_reach.tolist() == [2]
    assert (found.share_before, found.share) == (0.0, 0.1)
    assert found.answer.chosen.tolist() == [0, 1]
    nothing = fairest(person[:0], candidate[:0], people=people, area=area, candidates=2, limits=Limits(2))
    assert nothing.out_of_reach.tolist() == []
    assert (nothing.share, nothing.answer.proven) == (0.0, True)


def test_the_worst_served_area_comes_before_more_people():
    people, area = np.array([100.0, 100.0, 10.0, 90.0]), np.array([0, 0, 1, 1])
    given_ = {"people": people, "area": area, "candidates": 3, "limits": Limits(2)}
    found = fairest(np.array([0, 1, 2]), np.array([0, 1, 2]), **given_)
    assert found.answer.chosen.tolist() == [0, 2]
    assert (found.share_before, found.share, found.share_bound) == (0.0, 0.1, 0.1)
    assert found.answer.instead.tolist() == [1, 1]
    assert found.answer.loses.tolist() == [0.0, -90.0]
