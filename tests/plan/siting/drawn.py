"""Small towns for the search of sites, and the best choice found by trying every one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from hypothesis import strategies as st


@dataclass(frozen=True)
class Small:
    """People, candidates, and the metres between each of them (people x candidates)."""

    people: np.ndarray
    far: np.ndarray
    areas: np.ndarray
    stays: np.ndarray

    @property
    def candidates(self):
        return self.far.shape[1]

    def pairs(self, metres):
        person, candidate = np.nonzero(self.far <= metres)
        return person, candidate

    def all_pairs(self):
        person, candidate = np.nonzero(np.isfinite(self.far))
        return person, candidate, self.far[person, candidate]


def small_town(seed, people=40, candidates=12, side=1000):
    rng = np.random.default_rng(seed)
    homes, spots = rng.integers(0, side, (people, 2)), rng.integers(0, side, (candidates, 2))
    far = np.sqrt(((homes[:, None] - spots[None]) ** 2).sum(axis=2))
    return Small(
        rng.integers(0, 60, people).astype(float),
        far,
        rng.integers(0, 4, candidates),
        rng.uniform(100, 900, people),
    )


@st.composite
def towns(draw):
    people, candidates = draw(st.integers(1, 9)), draw(st.integers(1, 6))
    metres = st.integers(0, 9)
    numbers = st.lists(st.integers(0, 5), min_size=people, max_size=people)
    far = [draw(st.lists(metres, min_size=candidates, max_size=candidates)) for _ in range(people)]
    areas = draw(st.lists(st.integers(0, 2), min_size=candidates, max_size=candidates))
    stays = draw(st.lists(metres, min_size=people, max_size=people))
    return Small(
        np.array(draw(numbers), dtype=float),
        np.array(far, dtype=float),
        np.array(areas),
        np.array(stays, dtype=float),
    )


def choices(town, count, areas=None):
    """Every choice of at most so many candidates, one per area where areas are given."""
    for size in range(min(count, town.candidates) + 1):
        for chosen in combinations(range(town.candidates), size):
            if areas is None or len({areas[place] for place in chosen}) == size:
                yield list(chosen)


def within(town, chosen, metres, already=None):
    near = (town.far[:, chosen] <= metres).any(axis=1)
    if already is not None:
        near |= already
    return float(town.people[near].sum())


def walked(town, chosen, ceiling):
    return float(town.people @ np.column_stack([town.far[:, chosen], ceiling]).min(axis=1))
