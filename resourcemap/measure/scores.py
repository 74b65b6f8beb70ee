"""Seats per person by floating catchments, how unequal they are, and how deep the shortfall of nearness is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resourcemap.measure.catchment import Listed, floating_catchment
from resourcemap.measure.equity import by_area, fgt, gini, palma, shortfall
from resourcemap.measure.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.measure.figures import Case, Division
    from resourcemap.reach.decay import Decay

SCORES = ("access_2sfca", "access_e2sfca", "access_bfca", "seats_available", "gini", "palma", "capacity_unknown")


def score_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield seats per person and their inequality; places alone, those who are visited are not considered.

    An activity with several places offers its seats at each of them.
    """
    if not case.question.asks(*SCORES):
        return
    here = case.of_kind & case.supply.at_a_place
    known = here & np.isfinite(case.supply.capacity)
    unknown = len(np.unique(case.supply.activity[here & ~known]))
    doubtful = np.full(division.areas, unknown > 0)
    yield Figure("capacity_unknown", np.full(division.areas, unknown))
    seats = np.where(known, case.supply.capacity, 0.0)
    if here.any() and not known.any():
        # No seats are known: that is not the same as no seats.
        seats = np.full(len(seats), np.nan)
    people = division.sums(case.people)
    two_step = _score(case, seats, case.question.plain, "two_step")
    enhanced = _score(case, seats, case.question.enhanced, "two_step")
    for measure, score in (("access_2sfca", two_step), ("access_e2sfca", enhanced)):
        with np.errstate(invalid="ignore", divide="ignore"):
            yield Figure(measure, division.sums(score * case.people) / people, doubtful=doubtful)
    balanced = _score(case, seats, case.question.enhanced, "balanced")
    available = enhanced * case.people
    yield Figure("access_bfca", division.sums(balanced), doubtful=doubtful)
    yield Figure("seats_available", division.sums(available), doubtful=doubtful)
    for name, of in (("gini", gini), ("palma", palma)):
        values = by_area(of, enhanced, case.people, division.home, division.areas)
        yield Figure(name, values, doubtful=doubtful)


def shortfall_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield how far people are beyond each distance, those visited counting as within."""
    for metres in case.question.distances:
        short = np.where(case.reached.visited, 0.0, shortfall(case.reached.nearest[:, 0], metres))
        for power in (0, 1, 2):
            yield Figure(f"fgt_{power}", fgt(short, case.people, division.home, division.areas, power), metres)


def _score(case: Case, seats: np.ndarray, decay: Decay, method: str) -> np.ndarray:
    if not np.isfinite(seats).all():
        return np.full(len(case.people), np.nan)
    reached = case.reached
    around = Listed(
        reached.person,
        reached.resource,
        reached.metres,
        people=len(case.people),
        places=len(seats),
        decay=decay,
    )
    return floating_catchment(case.people, seats, around, method=method)  # type: ignore[arg-type]
