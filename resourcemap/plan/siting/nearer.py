"""Pairs of people and candidates that may shorten somebody's way: nearer than the nearest place there is."""

from __future__ import annotations

import numpy as np

from resourcemap.reach.near import Pairs, pairs_within

# People whose nearest place is about as far are looked at together; farther ones have so many times as far to go.
_BAND = 1.2


def pairs_nearer(homes: np.ndarray, spots: np.ndarray, below: np.ndarray) -> Pairs:
    """List every home and spot that are less than so many metres apart, which is another number for every home.

    To list all pairs as far as the farthest home has to go would take many times the memory.

    Parameters
    ----------
    homes, spots
        x and y in metres (points x 2), of one system; every number finite.
    below
        Metres per home, finite; a pair exactly at it is out.

    Examples
    --------
    >>> homes, spots = np.array([[0.0, 0.0], [5000.0, 0.0]]), np.array([[300.0, 0.0], [4000.0, 0.0]])
    >>> found = pairs_nearer(homes, spots, np.array([300.5, 4700.0]))
    >>> found.home.tolist(), found.spot.tolist(), found.metres.tolist()
    ([0, 1], [0, 1], [300.0, 1000.0])
    """
    band = np.ceil(np.log(np.maximum(below, 1.0)) / np.log(_BAND))
    found = []
    for each in np.unique(band[below > 0]):
        some = np.flatnonzero((band == each) & (below > 0))
        pairs = pairs_within(homes[some], spots, float(below[some].max()))
        near = pairs.metres < below[some[pairs.home]]
        found.append((some[pairs.home[near]].astype(np.int32), pairs.spot[near], pairs.metres[near]))
    if not found:
        return pairs_within(homes[:0], spots, 0.0)
    return Pairs(*(np.concatenate(column) for column in zip(*found, strict=True)))
