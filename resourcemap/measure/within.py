"""How many people are within reach: of anything, in a slot, in their own area, of what was checked, of two kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resourcemap.measure.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.measure.figures import Case, Division


def people_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield who lives in each area, who is visited there, and who is too far from any street to be asked."""
    unknown = division.sums(case.unknown)
    yield Figure("people", division.sums(case.people), doubtful=unknown > 0)
    yield Figure("unknown_age", unknown)
    yield Figure("visited", division.sums(case.people * case.reached.visited))
    yield Figure("off_streets", division.sums(case.people * case.off_streets))


def within_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield who is within each distance, who is not, and whose answer hangs on a little more or less."""
    people = division.sums(case.people)
    for metres in case.question.distances:
        within = division.sums(case.people * case.reached.within(metres))
        with np.errstate(invalid="ignore"):
            share = within / people
        yield Figure("within", within, metres)
        yield Figure("share_within", share, metres)
        yield Figure("beyond", people - within, metres)
        margin = case.question.borderline * metres
        near, far = case.reached.within(metres - margin), case.reached.within(metres + margin)
        yield Figure("borderline", division.sums(case.people * (far & ~near)), metres)


def border_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield who has a place within reach in the own area, and who across its border only."""
    reached, supply = case.reached, case.supply
    same = division.spot[reached.resource] == division.home[reached.person]
    area, activity = division.home[reached.person], supply.activity[reached.resource]
    pair = area.astype(np.int64) << 32 | activity
    inside = case.of_kind & supply.at_a_place
    here = np.unique(division.spot[inside].astype(np.int64) << 32 | supply.activity[inside])
    lived_in = case.people[reached.person] > 0
    for metres in case.question.distances:
        near = reached.metres <= metres
        own = reached.flag(np.concatenate([reached.person[near & same], reached.visit_person]))
        across = reached.within(metres) & ~own
        yield Figure("within_own", division.sums(case.people * own), metres)
        yield Figure("within_across", division.sums(case.people * across), metres)
        reaching = np.unique(pair[near & lived_in])
        beyond = reaching[~np.isin(reaching, here)]
        yield Figure("reaching", np.bincount(reaching >> 32, minlength=division.areas), metres)
        yield Figure("reaching_across", np.bincount(beyond >> 32, minlength=division.areas), metres)


def verified_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield who is within reach of what was checked of late; nothing where the question does not ask."""
    if case.verified is None:
        return
    for metres in case.question.distances:
        within = case.reached.within(metres, case.verified)
        yield Figure("within_verified", division.sums(case.people * within), metres)


def slot_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield who is within reach of something open in each slot: surely, and possibly."""
    people = division.sums(case.people)
    for slot, opened in case.open.items():
        for metres in case.question.distances:
            within = division.sums(case.people * case.reached.within_all(metres, opened.surely))
            perhaps = division.sums(case.people * case.reached.within_all(metres, opened.possibly))
            with np.errstate(invalid="ignore"):
                share = within / people
            yield Figure("within", within, metres, slot, doubtful=perhaps > within)
            yield Figure("share_within", share, metres, slot, doubtful=perhaps > within)
            yield Figure("beyond", people - within, metres, slot, doubtful=perhaps > within)
            yield Figure("within_or_unknown", perhaps, metres, slot)


def combined_figures(case: Case, division: Division) -> Iterator[Figure]:
    """Yield who has this kind within reach and lacks another, for each combination that begins with it."""
    for kind, other in case.question.combinations:
        if kind != case.kind:
            continue
        for metres in case.question.distances:
            lacking = case.reached.within(metres) & ~case.others[other].within(metres)
            yield Figure("lacking", division.sums(case.people * lacking), metres, other=other)
