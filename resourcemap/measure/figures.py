"""What every family of figures is given, and what it yields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resourcemap.measure.conditions import Open
    from resourcemap.measure.question import Question
    from resourcemap.measure.reached import Reached
    from resourcemap.measure.supply import Supply


@dataclass(frozen=True)
class Division:
    """One system of areas: the number of the area of every person point and resource; the last one is "outside"."""

    home: np.ndarray = field(repr=False)
    spot: np.ndarray = field(repr=False)
    areas: int

    def sums(self, values: np.ndarray) -> np.ndarray:
        """Sum values of person points per area."""
        return np.bincount(self.home, weights=values, minlength=self.areas)


@dataclass(frozen=True)
class Case:
    """One kind of resource and one audience.

    Parameters
    ----------
    kind
        The id of the kind.
    audience, basis
        Who is counted, and whether those or everyone.
    people, unknown
        People at every person point, and those who may belong to them.
    off_streets
        Which person points are too far from any street, where metres are along streets: what they reach is not known.
    reached
        Who reaches the kind.
    others
        Who reaches every kind that the question combines with others.
    supply
        All resources.
    open
        What is open, and what may be, by the label of a slot or of another condition.
    verified
        What was checked of late, where the question asks.
    opening
        Days per month and seat-hours per month of every resource, not numbers where they are not known.
    question
        What is asked.
    scores
        Seats per person by the name of the way to share them out, kept once they are worked out.
    """

    kind: str
    audience: str
    basis: str
    people: np.ndarray = field(repr=False)
    unknown: np.ndarray = field(repr=False)
    off_streets: np.ndarray = field(repr=False)
    reached: Reached = field(repr=False)
    others: Mapping[str, Reached] = field(repr=False)
    supply: Supply = field(repr=False)
    open: Mapping[str, Open] = field(repr=False)
    verified: np.ndarray | None = field(repr=False)
    opening: Mapping[str, np.ndarray] = field(repr=False)
    question: Question = field(repr=False)
    scores: dict[str, np.ndarray] = field(default_factory=dict, repr=False)

    @property
    def of_kind(self) -> np.ndarray:
        """Which resources are of the kind and count."""
        return np.asarray(self.supply.counts & (self.supply.kind == self.kind))

    @property
    def uncounted(self) -> int:
        """How many of the kind should count and do not, since nobody knows where they are."""
        return int((self.supply.lost & (self.supply.kind == self.kind)).sum())


class Figure(NamedTuple):
    """One measure of one case in every area of a division.

    ``doubtful`` marks areas where something that is not known could change the figure, besides what holds for the
    whole kind.
    """

    measure: str
    values: np.ndarray
    distance: float = float("nan")
    slot: str = ""
    other: str = ""
    doubtful: np.ndarray | None = None
