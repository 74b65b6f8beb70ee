"""The exact model: how much farther people must go when nothing among their nearest few candidates opens.

The radius form (Cornuejols, Nemhauser and Wolsey 1980; García, Labbé and Marín 2011), with the variables of people who
have the same nearest few candidates put together (Church 2003).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, hstack, identity, vstack

from resourcemap.plan.siting.solver import Model
from resourcemap.plan.siting.trips import spread_bits

if TYPE_CHECKING:
    from resourcemap.plan.siting.greedy import Limits
    from resourcemap.plan.siting.trips import Trips


def radius_model(trips: Trips, limits: Limits, candidates: np.ndarray, *, step: float) -> tuple[Model, float]:
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

    Returns
    -------
    tuple
        The model, and what it costs on top: everybody's trip to the nearest candidate.
    """
    column = np.full(trips.candidates, -1)
    column[candidates] = np.arange(len(candidates))
    sets, extra = _prefixes(trips, column)
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
    return model, float(trips.weights @ trips.length[first]) if len(first) else 0.0


def _prefixes(trips: Trips, column: np.ndarray) -> tuple[csr_matrix, np.ndarray]:
    """Return the sets of nearest few candidates, and what everybody who has that set pays when none of it opens."""
    begin, row = trips.begin, trips.row
    width = int(column.max(initial=-1)) + 1
    count = len(row)
    last = np.append(row[1:] != row[:-1], True)[:count]
    following = np.where(last, trips.ceiling[row], np.append(trips.length[1:], 0.0)[:count])
    extra = (following - trips.length) * trips.weights[row]
    words = [spread_bits(trips.candidate.astype(np.uint64) + np.uint64(salt)) for salt in (1, 1 << 40)]
    keys = [_running(each, begin, row) for each in words]
    ends = np.flatnonzero(extra > 0)
    if not len(ends):
        return csr_matrix((0, width)), np.empty(0)
    order = np.lexsort((keys[1][ends], keys[0][ends]))
    sorted_ends = ends[order]
    fresh = np.append(True, (np.diff(keys[0][sorted_ends]) != 0) | (np.diff(keys[1][sorted_ends]) != 0))
    paid = np.bincount(np.cumsum(fresh) - 1, extra[sorted_ends])
    ends = sorted_ends[fresh]
    size = ends - begin[row[ends]] + 1
    at = np.repeat(begin[row[ends]] - np.append(0, np.cumsum(size)[:-1]), size) + np.arange(size.sum())
    start = np.append(0, np.cumsum(size))
    return csr_matrix((np.ones(len(at)), column[trips.candidate[at]], start), shape=(len(ends), width)), paid


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
