"""Pairs below a limit of each home's own, against all distances."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.plan.siting.nearer import pairs_nearer


@given(seed=st.integers(0, 99), homes=st.integers(0, 30), spots=st.integers(0, 9))
def test_it_lists_what_is_nearer_than_each_limit(seed, homes, spots):
    rng = np.random.default_rng(seed)
    here, there = rng.integers(0, 40, (homes, 2)) * 100.0, rng.integers(0, 40, (spots, 2)) * 100.0
    below = rng.integers(0, 30, homes) * 100.0
    apart = np.sqrt(((here[:, None] - there[None]) ** 2).sum(axis=2))
    found = pairs_nearer(here, there, below)
    wanted = np.argwhere(apart < below[:, None]).tolist()
    assert sorted(zip(found.home.tolist(), found.spot.tolist(), strict=True)) == sorted(map(tuple, wanted))
    assert np.allclose(found.metres, apart[found.home, found.spot])
