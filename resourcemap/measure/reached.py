"""Who reaches a kind of resource: its pairs, its nearest places, and those it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.reach.table import NEAREST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resourcemap.measure.supply import Supply
    from resourcemap.reach.table import Reach


@dataclass(frozen=True)
class Reached:
    """What reach found for one kind.

    Parameters
    ----------
    person, resource, metres
        Every pair of a person point and a place, sorted by person.
    visit_person, visit_resource
        Every pair of a person point and a service that comes there.
    nearest
        Metres to the nearest, second and third nearest activity (people x 3); without end where there is none.
    """

    person: np.ndarray = field(repr=False)
    resource: np.ndarray = field(repr=False)
    metres: np.ndarray = field(repr=False)
    visit_person: np.ndarray = field(repr=False)
    visit_resource: np.ndarray = field(repr=False)
    nearest: np.ndarray = field(repr=False)

    @property
    def visited(self) -> np.ndarray:
        """Whether somebody comes to each person point."""
        return self.flag(self.visit_person)

    def within(self, metres: float, among: np.ndarray | None = None) -> np.ndarray:
        """Tell which person points have a place within `metres`, or are visited.

        Parameters
        ----------
        metres
            The limit; somebody exactly at it is within.
        among
            Which resources count (one truth per resource); all when not given.
        """
        if among is None:
            return np.asarray((self.nearest[:, 0] <= metres) | self.visited)
        near, comes = (self.metres <= metres) & among[self.resource], among[self.visit_resource]
        return self.flag(np.concatenate([self.person[near], self.visit_person[comes]]))

    def within_all(self, metres: float, parts: Iterable[np.ndarray]) -> np.ndarray:
        """Tell which person points have a place within `metres` of each part: sets of resources, one truth each."""
        return np.asarray(np.logical_and.reduce([self.within(metres, among) for among in parts]))

    def flag(self, persons: np.ndarray) -> np.ndarray:
        """Mark some person points among all."""
        flags = np.zeros(len(self.nearest), dtype=bool)
        flags[persons] = True
        return flags


def reached_by_kind(reach: Reach, supply: Supply, people: int, kinds: Iterable[str]) -> dict[str, Reached]:
    """Divide what reach found by kind.

    Parameters
    ----------
    reach
        Who reaches which resource; positions are those of `supply`.
    supply
        The resources; those that do not count reach nobody.
    people
        How many person points there are.
    kinds
        Ids of the kinds wanted.
    """
    pairs = reach.pairs if reach.pairs["person"].is_monotonic_increasing else reach.pairs.sort_values("person")
    person, resource = (pairs[name].to_numpy() for name in ("person", "resource"))
    metres = pairs["metres"].to_numpy()
    wanted = list(dict.fromkeys(kinds))
    kind_of = np.where(supply.counts, pd.Index(wanted).get_indexer(pd.Index(supply.kind)), -1).astype(np.int16)
    codes, comes = kind_of[resource], supply.visits[resource]
    found = {}
    for code, kind in enumerate(wanted):
        of_kind = codes == code
        # Who is visited is at 0 metres; the way to the office of a visiting service is no visit.
        walk, visit = np.flatnonzero(of_kind & ~comes), np.flatnonzero(of_kind & comes & (metres == 0))
        who, what, far = person[walk], resource[walk], metres[walk]
        nearest = _nearest(who, supply.activity[what], far, people)
        found[kind] = Reached(who, what, far, person[visit], resource[visit], nearest)
    return found


def _nearest(person: np.ndarray, activity: np.ndarray, metres: np.ndarray, people: int) -> np.ndarray:
    """Return metres to the nearest few activities of every person; pairs come sorted by person."""
    nearest = np.full((people, NEAREST), np.inf)
    for nth in range(NEAREST):
        if not len(person):
            break
        begin = np.flatnonzero(np.diff(person, prepend=-1))
        pairs = np.diff(np.append(begin, len(person)))
        least = np.minimum.reduceat(metres, begin)
        nearest[person[begin], nth] = least
        # Of equals any will do: the other is the next, just as far. All its places go with an activity.
        at_least = np.flatnonzero(metres == np.repeat(least, pairs))
        taken = activity[at_least[np.diff(person[at_least], prepend=-1) != 0]]
        left = activity != np.repeat(taken, pairs)
        person, activity, metres = person[left], activity[left], metres[left]
    return nearest
