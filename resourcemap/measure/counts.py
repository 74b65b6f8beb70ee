"""How many there are in an area, per 1,000 people, how many days and how many seat-hours a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resourcemap.measure.figures import Figure
from resourcemap.measure.supply import count_activities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.measure.figures import Case, Division


def count_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield how many activities are in each area, and what is known of them."""
    supply, reached = case.supply, case.reached
    here = case.of_kind & supply.at_a_place
    number = _count(case, division, here)
    yield Figure("resources", number)
    yield Figure("approximate", number - _count(case, division, here & supply.exact))
    comes = supply.activity[reached.visit_resource]
    yield Figure("visiting", count_activities(comes, division.home[reached.visit_person], division.areas))
    yield Figure("uncounted", np.full(division.areas, case.uncounted))
    people = division.sums(case.people)
    each = np.divide(number, people, out=np.full(division.areas, np.nan), where=people > 0)
    yield Figure("per_1000", each * 1000)
    if case.verified is not None:
        yield Figure("resources_verified", _count(case, division, here & case.verified))


def open_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield how many activities of each area are open in each slot; of several slots, in the one with fewest."""
    here = case.of_kind & case.supply.at_a_place
    for slot, opened in case.open.items():
        surely = np.min([_count(case, division, here & part) for part in opened.surely], axis=0)
        perhaps = np.min([_count(case, division, here & part) for part in opened.possibly], axis=0)
        yield Figure("resources_open", surely, slot=slot, doubtful=perhaps > surely)
        yield Figure("resources_open_or_unknown", perhaps, slot=slot)


def opening_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield opening days and seat-hours per month of what is known of them; nothing where no activity's are."""
    here = case.of_kind & case.supply.at_a_place
    for measure, missing in (("days_per_month", "days_unknown"), ("seat_hours", "seat_hours_unknown")):
        amount = case.opening.get(measure)
        if amount is None:
            continue
        known = here & np.isfinite(amount)
        counted = _count(case, division, known)
        unknown = _count(case, division, here) - counted
        total = np.where((unknown > 0) & (counted == 0), np.nan, _total(case, division, known, amount))
        yield Figure(measure, total, doubtful=unknown > 0)
        yield Figure(missing, unknown)


def _count(case: Case, division: Division, rows: np.ndarray) -> np.ndarray:
    return count_activities(case.supply.activity[rows], division.spot[rows], division.areas)


def _total(case: Case, division: Division, rows: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """Sum amounts per area; the places of one activity that share a schedule take turns: the largest counts, once."""
    at, largest = np.flatnonzero(rows), -amount[rows]
    area, activity, schedule = division.spot[at], case.supply.activity[at], case.supply.schedule[at]
    order = np.lexsort((largest, schedule, activity, area))
    keys = np.column_stack([area, activity, schedule])[order]
    first = np.append(True, (np.diff(keys, axis=0) != 0).any(axis=1))[: len(order)]
    once = order[first]
    return np.bincount(area[once], weights=amount[at[once]], minlength=division.areas)
