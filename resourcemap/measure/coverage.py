"""The table of coverage: one row per area system, area, kind, audience, slot, distance and measure."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.clock import today
from resourcemap.measure.audience import AUDIENCE, EVERYONE, people_of, unknown_ages
from resourcemap.measure.basis import basis_of
from resourcemap.measure.conditions import open_under
from resourcemap.measure.counts import count_figures, open_figures, opening_figures
from resourcemap.measure.figures import Case, Division
from resourcemap.measure.inputs import refuse_inputs, refuse_reach
from resourcemap.measure.nearest import NEAREST_FIGURES, nearest_figures
from resourcemap.measure.opening import opening
from resourcemap.measure.question import Question
from resourcemap.measure.reached import reached_by_kind
from resourcemap.measure.scores import SCORES, score_figures, shortfall_figures
from resourcemap.measure.tidy import Rows
from resourcemap.measure.within import (
    border_figures,
    combined_figures,
    people_figures,
    slot_figures,
    verified_figures,
    within_figures,
)
from resourcemap.model.catalog import load_catalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    import geopandas as gpd

    from resourcemap.measure.basis import Basis
    from resourcemap.measure.conditions import Open
    from resourcemap.measure.figures import Figure
    from resourcemap.measure.supply import Supply
    from resourcemap.model.catalog import Catalog
    from resourcemap.reach.table import Reach

# Every family with the measures that it yields.
_FAMILIES: dict[Callable[[Case, Division], Iterator[Figure]], tuple[str, ...]] = {
    people_figures: ("people", "unknown_age", "visited", "off_streets"),
    within_figures: ("within", "share_within", "beyond", "borderline"),
    slot_figures: ("within", "share_within", "beyond", "within_or_unknown"),
    combined_figures: ("lacking",),
    verified_figures: ("within_verified",),
    border_figures: ("within_own", "within_across", "reaching", "reaching_across"),
    nearest_figures: NEAREST_FIGURES,
    shortfall_figures: ("fgt_0", "fgt_1", "fgt_2"),
    count_figures: ("resources", "approximate", "visiting", "uncounted", "per_1000", "resources_verified"),
    open_figures: ("resources_open", "resources_open_or_unknown"),
    opening_figures: ("days_per_month", "days_unknown", "seat_hours", "seat_hours_unknown"),
    score_figures: SCORES,
}
# Those other than the kind's own audience have the figures that are about people.
_OF_PEOPLE = {people_figures, within_figures, slot_figures, combined_figures, verified_figures, nearest_figures}


def coverage(
    people: gpd.GeoDataFrame,
    resources: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    question: Question | None = None,
    *,
    reach: Reach | None = None,
    schedules: pd.Series | None = None,
    served: pd.DataFrame | None = None,
    on: date | None = None,
    catalog: Catalog | None = None,
) -> pd.DataFrame:
    """Measure how well the people of each area are served by each kind of resource, in every system of areas at once.

    People are counted where they live, whichever area the place that serves them is in. Nobody drops out: a person
    whom nothing reaches is beyond, and one who lives in no area is in the row for outside. Everyone in a block that a
    visiting service goes to is within every distance; figures of distance are over places alone.

    Parameters
    ----------
    people
        Person points with ``total`` and age columns, in whole people, and ``block_id`` when `served` is given.
    resources
        Located resources.
    areas
        Areas of one or several systems.
    question
        What is asked; the usual distances and every kind when not given.
    reach
        Who reaches which resource, with the positions of `people` and `resources`, at least as far as the question
        asks; in straight lines when not given. A resource that does not count is passed over, and so is the way
        to the office of one that visits: who is visited is at 0 metres. Beyond its limit reach knows the nearest few
        alone: make it of `resourcemap.measure.supply.only_places`, so that they are not closed ones.
    schedules
        The `Schedule` of every resource, on the index of `resources`; without it, and no slots, there are no
        figures of opening.
    served
        Visiting services, as `resourcemap.areas.served_blocks` lists them.
    on
        The day to look at; today when not given. Slots and opening days are those of the year from that day.
    catalog
        The catalogue with the audience of each kind; the built-in one when not given.

    Returns
    -------
    pandas.DataFrame
        One row per figure, zeros included. Systems and areas in the order of `areas`; before them, as system 全体, one
        area that holds everyone. A row with ``area_id`` missing, last of its area system, is for people and
        resources in none of its areas, where there are any. Columns:

        ``system``, ``area_id``, ``area``, ``approximate_area``, ``no_data``
            The area, whether its borders are approximate (cells around points), and whether not a single person
            point lies in it, whoever is counted: its people are then not nobody but unknown.
        ``kind``, ``audience``, ``audience_basis``
            What, and who is counted: ``audience``, or ``everyone`` when their ages are not known.
        ``other``, ``slot``, ``distance_m``
            The kind that is lacking, the time, the limit; blank and not a number where a figure has none.
        ``measure``, ``value``
            The id of the measure (`resourcemap.measure.catalogue.load_measures` says its unit and formula) and its
            value; not a number where it has none.
        ``sureness``
            The first that holds: ``no_data``; ``few`` (fewer people, or for rates places, than the question's
            bounds); ``unknown`` (a place, schedule, capacity or age that is not known could change it); ``rough``
            (places or borders known only roughly); ``sure``.

        ``way``
            How metres were measured: ``straight``, ``detour 1.3``, ``streets older``.

        ``attrs["crs"]`` names the system they were measured in.

    Raises
    ------
    InputError
        When columns are missing, there are no people, some are below 0 or not whole, a kind, audience or measure is
        unknown, slots come without schedules or lie on other days, or `reach` is too short or of other tables.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> homes = gpd.GeoDataFrame({"total": [30, 70]}, geometry=gpd.points_from_xy([0, 900], [0, 0]), crs=6677)
    >>> halls = gpd.GeoDataFrame({"kind": ["hiroba"], "activity_id": ["a"], "status": ["active"],
    ...     "place": ["venue"], "located": ["given"]}, geometry=gpd.points_from_xy([200], [0]), crs=6677)
    >>> town = gpd.GeoDataFrame({"system": ["市"], "area_id": ["1"], "area": ["みほん市"]},
    ...     geometry=[shapely.box(-1000, -1000, 1000, 1000)], crs=6677)
    >>> table = coverage(homes, halls, town, Question(distances=[500]))
    >>> chosen = table[(table["system"] == "市") & table["measure"].isin(["people", "within", "beyond"])]
    >>> chosen[["measure", "value"]].values.tolist()
    [['people', 100.0], ['within', 30.0], ['beyond', 70.0]]
    """
    basis = basis_of(people, resources, areas, schedules=schedules, served=served, reach=reach, on=on or today())
    return coverage_on(basis, question or Question(), catalog=catalog or load_catalog())


def coverage_on(basis: Basis, question: Question, *, catalog: Catalog, kinds: np.ndarray | None = None) -> pd.DataFrame:
    """Measure coverage as `coverage` does, of tables that several questions share.

    Parameters
    ----------
    basis
        The tables.
    question
        What is asked.
    catalog
        The catalogue with the audience of each kind.
    kinds
        The kind of every resource, where this question takes some of them for another kind than they are.

    Examples
    --------
    >>> coverage_on.__name__
    'coverage_on'
    """
    people, resources, schedules = basis.people, basis.resources, basis.schedules
    days = basis.on, basis.last
    refuse_inputs(people, resources, basis.areas, question, schedules=schedules, catalog=catalog, days=days)
    supply = basis.supply if kinds is None else replace(basis.supply, kind=kinds)
    reach = basis.reach_to(question.farthest)
    refuse_reach(reach, question, people=len(people), resources=len(resources))
    cases = list(_cases(basis, supply, reach, _kinds(supply, question, catalog), question, catalog))
    rows = Rows(basis.names, len(people), question)
    for system, division in basis.divisions:
        for case in cases:
            rows.add(system, division, case, _figures(case, division, catalog))
    table = rows.table()
    table["way"] = pd.Categorical.from_codes(np.zeros(len(table), dtype=int), [reach.how])
    table.attrs = {"crs": reach.crs}
    return table


def _figures(case: Case, division: Division, catalog: Catalog) -> Iterator[Figure]:
    own = case.audience == catalog.kinds[case.kind].audience
    for family, measures in _FAMILIES.items():
        if (own or family in _OF_PEOPLE) and case.question.asks(*measures):
            yield from (figure for figure in family(case, division) if case.question.asks(figure.measure))


def _cases(
    basis: Basis, supply: Supply, reach: Reach, kinds: list[str], question: Question, catalog: Catalog
) -> Iterator[Case]:
    """Make a case of every kind and audience."""
    combined = [kind for pair in question.combinations for kind in pair]
    reached = reached_by_kind(reach, supply, len(basis.people), [*kinds, *combined])
    off_streets = np.zeros(len(basis.people), dtype=bool)
    for table in (reach.far, reach.apart):
        off_streets[table.loc[table["table"] == "people", "position"].to_numpy(dtype=int)] = True
    opened = _open(basis, question)
    verified = None if question.verified_within is None else supply.since(basis.on, question.verified_within)
    offered: dict[str, np.ndarray] = {}
    if basis.schedules is not None and question.asks(*_FAMILIES[opening_figures]):
        offered = _opening(basis.schedules, supply, basis.days)
    audiences = {kind: dict.fromkeys([catalog.kinds[kind].audience, *question.audiences]) for kind in kinds}
    everyone = {name: _counted(basis.ages, name, catalog) for name in dict.fromkeys(chain(*audiences.values()))}
    for kind in kinds:
        for audience in audiences[kind]:
            counted, whom, unknown = everyone[audience]
            yield Case(
                kind=kind,
                audience=audience,
                basis=whom,
                people=counted,
                unknown=unknown,
                off_streets=off_streets,
                reached=reached[kind],
                others=reached,
                supply=supply,
                open=opened,
                verified=verified,
                opening=offered,
                question=question,
            )


def _counted(people: pd.DataFrame, audience: str, catalog: Catalog) -> tuple[np.ndarray, str, np.ndarray]:
    counted, basis = people_of(people, catalog.audiences[audience])
    counts_ages = basis == AUDIENCE and audience != EVERYONE
    return counted, basis, unknown_ages(people) if counts_ages else np.zeros(len(people), dtype=int)


def _open(basis: Basis, question: Question) -> dict[str, Open]:
    if not question.slots or basis.schedules is None:
        return {}
    return open_under(question.slots, basis.schedules, at_least=question.at_least, days=basis.days)


def _opening(schedules: pd.Series, supply: Supply, days: dict[str, Any]) -> dict[str, np.ndarray]:
    offered = opening(schedules, pd.Series(supply.capacity, index=schedules.index), **days)
    return {name: offered[name].to_numpy(dtype=float) for name in ("days_per_month", "seat_hours")}


def _kinds(supply: Supply, question: Question, catalog: Catalog) -> list[str]:
    if question.kinds is not None:
        return list(dict.fromkeys(question.kinds))
    found = {*supply.kind, *(kind for kind, _ in question.combinations)}
    return [kind for kind in catalog.kinds if kind in found]
