"""The exact model: how much farther people must go when nothing among their nearest few candidates opens.

The radius form (Cornuejols, Nemhauser and Wolsey 1980; García, Labbé and Marín 2011), with the variables of people who
have the same nearest few candidates put together (Church 2003).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, hstack, identity, vstack

from resourcemap.plan.siting.solver import Model
from resourcemap.plan.siting.trips import spread_bits

if TYPE_CHECKING:
    from resourcemap.plan.siting.greedy import Limits
    from resourcemap.plan.siting.trips import Trips


@dataclass(frozen=True)
class Radius:
    """The question as a model.

    Parameters
    ----------
    trips
        What it was made of.
    model
        For HiGHS; the first columns are candidates, the first rows sets of nearest few candidates.
    first
        What it costs on top: everybody's trip to the nearest candidate.
    of_trip
        Per trip the number of the set that ends with it; -1 when nobody pays for it.
    farther
        Per trip how much longer the next one is.
    paid
        Per set, what everybody who has it pays when none of it opens.
    """

    trips: Trips
    model: Model
    first: float
    of_trip: np.ndarray
    farther: np.ndarray
    paid: np.ndarray

    @property
    def without_whole(self) -> Model:
        """The model when parts of places may open."""
        return replace(self.model, whole=np.zeros(len(self.model.cost), dtype=bool))

    def prices(self, row_dual: np.ndarray) -> np.ndarray:
        """Turn the prices of sets into prices of rows that prove as much (see `resourcemap.plan.siting.dual`)."""
        share = np.clip(row_dual[: len(self.paid)] / self.paid, 0, 1)
        pays = self.of_trip >= 0
        more = np.zeros(len(self.of_trip))
        more[pays] = self.farther[pays] * share[self.of_trip[pays]]
        trips = self.trips
        nearest = trips.length[trips.begin[:-1]]
        return np.asarray(nearest + np.bincount(trips.row, more, len(trips.weights)))


def radius_model(trips: Trips, limits: Limits, candidates: np.ndarray, *, step: float) -> Radius:
    """Write down the question for HiGHS.

    Parameters
    ----------
    trips
        To `candidates` alone.
    limits
        How many may open, and where.
    candidates
        Positions of those that may open; the first columns of the model are theirs, in this order.
    step
        By how much two choices differ at least.

    Examples
    --------
    >>> from resourcemap.plan.siting.greedy import Limits
    >>> from resourcemap.plan.siting.trips import trips_of
    >>> trips = trips_of(np.array([0, 0]), np.array([0, 1]), np.array([1.0, 3.0]), weights=np.array([10.0]),
    ...     ceiling=np.array([8.0]), candidates=2)
    >>> found = radius_model(trips, Limits(1), np.array([0, 1]), step=0)
    >>> found.first, sorted(found.model.cost.tolist())
    (10.0, [0.0, 0.0, 20.0, 50.0])
    """
    column = np.full(trips.candidates, -1)
    column[candidates] = np.arange(len(candidates))
    sets, extra, of_trip, farther = _prefixes(trips, column)
    waits = len(extra)
    cost = np.concatenate([np.zeros(len(candidates)), extra])
    cover = hstack([sets, identity(waits, format="csr")])
    rules, most = limit_rows(limits, candidates)
    whole = np.arange(len(cost)) < len(candidates)
    model = Model(
        cost,
        np.zeros(len(cost)),
        np.ones(len(cost)),
        whole,
        vstack([cover, hstack([rules, csr_matrix((len(most), waits))])]).tocsr(),
        np.concatenate([np.ones(waits), np.full(len(most), -np.inf)]),
        np.concatenate([np.full(waits, np.inf), most]),
        step,
    )
    first = trips.begin[:-1]
    return Radius(trips, model, trips.sum_of(trips.length[first]), of_trip, farther, extra)


def entries(trips: Trips) -> int:
    """Return how many entries the sets of a model have at most, which decides on the memory that it takes.

    Examples
    --------
    >>> from resourcemap.plan.siting.trips import trips_of
    >>> entries(trips_of(np.array([0, 0]), np.array([0, 1]), np.array([1.0, 3.0]), weights=np.array([10.0]),
    ...     ceiling=np.array([8.0]), candidates=2))
    3
    """
    last = np.append(trips.row[1:] != trips.row[:-1], True)[: len(trips.row)]
    ends = last | (np.append(trips.length[1:], 0.0)[: len(trips.row)] > trips.length)
    size = np.arange(len(trips.row)) - trips.begin[trips.row] + 1
    return int(size[ends].sum())


def _prefixes(trips: Trips, column: np.ndarray) -> tuple[csr_matrix, np.ndarray, np.ndarray, np.ndarray]:
    """Return the sets of nearest few candidates, what they cost when none opens, and of each trip its set and step."""
    begin, row = trips.begin, trips.row
    width = int(column.max(initial=-1)) + 1
    count = len(row)
    last = np.append(row[1:] != row[:-1], True)[:count]
    following = np.where(last, trips.ceiling[row], np.append(trips.length[1:], 0.0)[:count])
    farther = following - trips.length
    extra = farther * trips.weights[row]
    of_trip = np.full(count, -1)
    words = [spread_bits(trips.candidate.astype(np.uint64) + np.uint64(salt)) for salt in (1, 1 << 40)]
    keys = [_running(each, begin, row) for each in words]
    ends = np.flatnonzero(extra > 0)
    if not len(ends):
        return csr_matrix((0, width)), np.empty(0), of_trip, farther
    order = np.lexsort((keys[1][ends], keys[0][ends]))
    sorted_ends = ends[order]
    fresh = np.append(True, (np.diff(keys[0][sorted_ends]) != 0) | (np.diff(keys[1][sorted_ends]) != 0))
    of_trip[sorted_ends] = np.cumsum(fresh) - 1
    paid = np.bincount(of_trip[sorted_ends], extra[sorted_ends])
    ends = sorted_ends[fresh]
    size = ends - begin[row[ends]] + 1
    at = np.repeat(begin[row[ends]] - np.append(0, np.cumsum(size)[:-1]), size) + np.arange(size.sum())
    start = np.append(0, np.cumsum(size))
    sets = csr_matrix((np.ones(len(at)), column[trips.candidate[at]], start), shape=(len(ends), width))
    return sets, paid, of_trip, farther


def _running(words: np.ndarray, begin: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Sum words within each row, as far as each place (modulo 2 to the 64)."""
    sums = np.cumsum(words, dtype=np.uint64)
    before = np.append(np.uint64(0), sums)[begin[:-1]]
    return np.asarray(sums - before[row])


def limit_rows(limits: Limits, candidates: np.ndarray) -> tuple[csr_matrix, np.ndarray]:
    """Return the left sides of the limits, all places together and those of each area, and the most of each.

    Examples
    --------
    >>> from resourcemap.plan.siting.greedy import Limits
    >>> rows, most = limit_rows(Limits(2, np.array([5, 7, 7])), np.array([0, 1, 2]))
    >>> rows.toarray().tolist(), most.tolist()
    ([[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 1.0]], [2.0, 1.0, 1.0])
    """
    every = csr_matrix(np.ones((1, len(candidates))))
    if limits.areas is None:
        return every, np.array([float(limits.count)])
    area = np.unique(limits.areas[candidates], return_inverse=True)[1]
    each = csr_matrix((np.ones(len(area)), (area, np.arange(len(area)))), shape=(area.max() + 1, len(area)))
    return vstack([every, each]).tocsr(), np.append(float(limits.count), np.ones(each.shape[0]))
