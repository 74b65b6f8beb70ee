"""What each candidate would save whom: the sparse table that the search for sites works on.

To be within reach is a trip of 0 metres where it is 1 otherwise, so that the most people within reach and the fewest
metres are one question: choose places so that the people's trips to the nearest of them are shortest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class Trips:
    """Trips of people to candidates, as far as they are shorter than what people have without them.

    Parameters
    ----------
    weights
        How many people each row stands for.
    ceiling
        The length of each row's trip without any candidate.
    row, candidate, length
        Every trip below its ceiling, sorted by row, then length, then candidate.
    candidates
        How many candidates there are.
    """

    weights: np.ndarray
    ceiling: np.ndarray
    row: np.ndarray
    candidate: np.ndarray
    length: np.ndarray
    candidates: int

    @cached_property
    def begin(self) -> np.ndarray:
        """Where the trips of every row begin, and the end."""
        return np.searchsorted(self.row, np.arange(len(self.weights) + 1))

    @cached_property
    def of_candidate(self) -> tuple[np.ndarray, np.ndarray]:
        """The order of trips by candidate, and where each candidate's begin."""
        order = np.argsort(self.candidate, kind="stable")
        return order, np.searchsorted(self.candidate[order], np.arange(self.candidates + 1))

    def to(self, candidate: int) -> tuple[np.ndarray, np.ndarray]:
        """Return rows and lengths of the trips to one candidate."""
        order, begin = self.of_candidate
        at = order[begin[candidate] : begin[candidate + 1]]
        return self.row[at], self.length[at]

    def saved(self, now: np.ndarray) -> np.ndarray:
        """Return how much each candidate alone would save, when people's trips are as long as `now`."""
        shorter = now[self.row] - self.length
        np.maximum(shorter, 0, out=shorter)
        shorter *= self.weights[self.row]
        return np.bincount(self.candidate, shorter, self.candidates)

    def shortest(self, chosen: np.ndarray) -> np.ndarray:
        """Return the length of every row's trip when some candidates are open."""
        lengths = self.ceiling.copy()
        for candidate in chosen:
            row, length = self.to(int(candidate))
            lengths[row] = np.minimum(lengths[row], length)
        return lengths

    def sum_of(self, lengths: np.ndarray) -> float:
        """Return the sum of all people's trips of some lengths (not by BLAS, whose threads wait for each other)."""
        return float(np.sum(self.weights * lengths))

    def total(self, chosen: np.ndarray) -> float:
        """Return the sum of all people's trips when some candidates are open."""
        return self.sum_of(self.shortest(chosen))

    def only(self, kept: np.ndarray, below: np.ndarray | None = None) -> tuple[Trips, np.ndarray]:
        """Return the trips to some candidates alone, those that save something below other ceilings, and their rows.

        Candidates keep their numbers; rows without any trip are left out, so that totals are of the others.
        """
        ceiling = self.ceiling if below is None else below
        stays = kept[self.candidate] & (self.length < ceiling[self.row])
        row = self.row[stays]
        some = np.zeros(len(ceiling), dtype=bool)
        some[row] = True
        rows = np.flatnonzero(some)
        number = np.cumsum(some) - 1
        part = Trips(
            self.weights[rows], ceiling[rows], number[row], self.candidate[stays], self.length[stays], self.candidates
        )
        return part, rows


def trips_of(
    row: np.ndarray,
    candidate: np.ndarray,
    length: np.ndarray,
    *,
    weights: np.ndarray,
    ceiling: np.ndarray,
    candidates: int,
) -> Trips:
    """Sort trips and leave out those that save nothing, of people of weight 0 too.

    Examples
    --------
    >>> trips = trips_of(np.array([0, 0, 1]), np.array([1, 0, 0]), np.array([5.0, 9.0, 2.0]),
    ...     weights=np.array([10.0, 1.0]), ceiling=np.array([8.0, 8.0]), candidates=2)
    >>> trips.saved(trips.ceiling).tolist(), trips.total(np.array([1]))
    ([6.0, 30.0], 58.0)
    """
    saves = (length < ceiling[row]) & (weights[row] > 0)
    row, candidate, length = row[saves], candidate[saves], length[saves]
    order = np.lexsort((candidate, length, row))
    return Trips(
        np.asarray(weights, dtype=float),
        np.asarray(ceiling, dtype=float),
        row[order].astype(np.int64),
        candidate[order].astype(np.int64),
        np.asarray(length[order], dtype=float),
        candidates,
    )


def merged(trips: Trips) -> Trips:
    """Put rows together that have the same trips, so that the search has fewer; those without any trip are left out.

    The order of the rows that come out depends on their trips alone, not on the order in which people were given.

    Examples
    --------
    >>> trips = trips_of(np.array([0, 1, 2]), np.array([0, 0, 1]), np.zeros(3), weights=np.array([3.0, 4.0, 5.0]),
    ...     ceiling=np.ones(3), candidates=2)
    >>> sorted(merged(trips).weights.tolist())
    [5.0, 7.0]
    """
    begin = trips.begin
    some = np.flatnonzero(np.diff(begin))
    if not len(some):
        return Trips(np.empty(0), np.empty(0), trips.row, trips.candidate, trips.length, trips.candidates)
    mixed = spread_bits(trips.candidate.astype(np.uint64) + np.uint64(1)) ^ spread_bits(trips.length.view(np.uint64))
    key = np.add.reduceat(spread_bits(mixed), begin[some]) ^ spread_bits(trips.ceiling[some].view(np.uint64))
    order = np.lexsort((np.diff(begin)[some], key))
    ordered = some[order]
    same = np.append(False, (key[order][1:] == key[order][:-1]) & _alike(trips, ordered[1:], ordered[:-1]))
    group = np.cumsum(~same) - 1
    first = ordered[~same]
    weights = np.bincount(group, trips.weights[ordered])
    count = np.diff(begin)[first]
    at = np.repeat(begin[first] - np.append(0, np.cumsum(count)[:-1]), count) + np.arange(count.sum())
    row = np.repeat(np.arange(len(first)), count)
    return Trips(weights, trips.ceiling[first], row, trips.candidate[at], trips.length[at], trips.candidates)


def spread_bits(words: np.ndarray) -> np.ndarray:
    """Spread the bits of 64-bit words, so that their sums tell sets apart (SplitMix64: Steele, Lea and Flood 2014).

    Examples
    --------
    >>> len(set(spread_bits(np.arange(9, dtype=np.uint64)).tolist()))
    9
    """
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(words ^ (words >> np.uint64(31)))


def _alike(trips: Trips, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Tell which pairs of rows have the same trips and ceiling, trip by trip."""
    begin = trips.begin
    count = np.diff(begin)
    alike = (count[one] == count[other]) & (trips.ceiling[one] == trips.ceiling[other])
    pair = np.repeat(np.arange(len(one)), np.where(alike, count[one], 0))
    step = np.arange(len(pair)) - np.searchsorted(pair, pair)
    here, there = begin[one[pair]] + step, begin[other[pair]] + step
    differ = (trips.candidate[here] != trips.candidate[there]) | (trips.length[here] != trips.length[there])
    alike[pair[differ]] = False
    return np.asarray(alike)
