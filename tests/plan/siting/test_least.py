"""Fewest places for everyone: as many as brute force and spopt find."""

from __future__ import annotations

import numpy as np
import pulp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spopt.locate import LSCP

from resourcemap.plan.siting.least import fewest_places
from tests.plan.siting.drawn import choices, small_town, towns, within

# spopt uses pulp in a way that pulp will drop.
OLD = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def asked(town, metres, areas=None, already=None):
    person, candidate = town.pairs(metres)
    return fewest_places(
        person, candidate, people=town.people, candidates=town.candidates, areas=areas, already=already
    )


@given(town=towns(), metres=st.integers(0, 9), limited=st.booleans(), stays=st.booleans())
def test_no_choice_of_fewer_reaches_everyone(town, metres, limited, stays):
    areas, already = town.areas if limited else None, town.stays <= metres if stays else None
    most = within(town, list(range(town.candidates)), metres, already)
    enough = [
        chosen for chosen in choices(town, town.candidates, areas) if within(town, chosen, metres, already) == most
    ]
    found = asked(town, metres, areas, already)
    if not enough:
        assert found is None
        return
    assert len(found.chosen) == min(map(len, enough)) == found.bound
    assert within(town, found.chosen.tolist(), metres, already) == most
    assert found.proven


@OLD
@pytest.mark.parametrize("seed", range(4))
def test_it_is_as_few_as_spopt_finds(seed):
    town = small_town(seed, 200, 60, 3000)
    coverable = (town.far <= 700).any(axis=1) & (town.people > 0)
    town = type(town)(town.people[coverable], town.far[coverable], town.areas, town.stays[coverable])
    model = LSCP.from_cost_matrix(town.far, service_radius=700).solve(pulp.PULP_CBC_CMD(msg=False))
    found = asked(town, 700)
    assert len(found.chosen) == pulp.value(model.problem.objective)
    assert found.totals[-1] == town.people.sum()


def test_everyone_reached_already_needs_no_place():
    town = small_town(1)
    found = asked(town, 300, already=np.ones(len(town.people), dtype=bool))
    assert found.chosen.tolist() == []
    assert found.proven
