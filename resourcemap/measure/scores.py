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
    here = case.of_kind & case.supply.at_a_place
    unknown = len(np.unique(case.supply.activity[here & ~np.isfinite(case.supply.capacity)]))
    doubtful = np.full(division.areas, unknown > 0)
    yield Figure("capacity_unknown", np.full(division.areas, unknown))
    people, scores = division.sums(case.people), _scores_of(case)
    for measure, score in (("access_2sfca", scores["two_step"]), ("access_e2sfca", scores["enhanced"])):
        with np.errstate(invalid="ignore", divide="ignore"):
            yield Figure(measure, division.sums(score * case.people) / people, doubtful=doubtful)
    yield Figure("access_bfca", division.sums(scores["balanced"]), doubtful=doubtful)
    yield Figure("seats_available", division.sums(scores["enhanced"] * case.people), doubtful=doubtful)
    for name, of in (("gini", gini), ("palma", palma)):
        values = by_area(of, scores["enhanced"], case.people, division.home, division.areas)
        yield Figure(name, values, doubtful=doubtful)


def shortfall_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield how far people are beyond each distance, those visited counting as within."""
    for metres in case.question.distances:
        short = np.where(case.reached.visited, 0.0, shortfall(case.reached.nearest[:, 0], metres))
        for power in (0, 1, 2):
            yield Figure(f"fgt_{power}", fgt(short, case.people, division.home, division.areas, power), metres)


def _scores_of(case: Case) -> dict[str, np.ndarray]:
    """Return the scores of every person point; they are worked out once for all systems of areas."""
    if not case.scores:
        case.scores.update(_scored(case))
    return case.scores


def _scored(case: Case) -> dict[str, np.ndarray]:
    here, capacity = case.of_kind & case.supply.at_a_place, case.supply.capacity
    known = here & np.isfinite(capacity)
    if here.any() and not known.any():
        # No seats are known: that is not the same as no seats.
        return dict.fromkeys(("two_step", "enhanced", "balanced"), np.full(len(case.people), np.nan))
    seats = np.where(known, capacity, 0.0)
    plain, enhanced = (_around(case, decay) for decay in (case.question.plain, case.question.enhanced))
    return {
        "two_step": floating_catchment(case.people, seats, plain),
        "enhanced": floating_catchment(case.people, seats, enhanced),
        "balanced": floating_catchment(case.people, seats, enhanced, method="balanced"),
    }


def _around(case: Case, decay: Decay) -> Listed:
    reached, places = case.reached, len(case.supply.capacity)
    return Listed(reached.person, reached.resource, reached.metres, people=len(case.people), places=places, decay=decay)
