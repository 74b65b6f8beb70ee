"""The situation that a plan looks at: people, resources and areas, and who reaches what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.clock import today
from resourcemap.measure.basis import basis_of
from resourcemap.measure.coverage import coverage_on
from resourcemap.measure.reached import reached_by_kind
from resourcemap.model.catalog import load_catalog
from resourcemap.reach.slot_words import slots_each_day
from resourcemap.reach.slots import OpenTable, open_in_slots
from resourcemap.reach.straight import reach as straight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import geopandas as gpd

    from resourcemap.measure.basis import Basis
    from resourcemap.measure.question import Question
    from resourcemap.measure.reached import Reached
    from resourcemap.measure.supply import Supply
    from resourcemap.model.catalog import Audience, Catalog
    from resourcemap.model.consent import Released
    from resourcemap.reach.table import Reach

_NO_KIND = "-"
# About once a month (12 of 52, some months off); what is on one date of the year is not regular.
REGULARLY = 0.15


@dataclass(frozen=True)
class Situation:
    """What there is on one day, for whom, and in which areas; nothing in it is changed.

    Parameters
    ----------
    people
        Person points with ``total`` and age columns, in whole people, and ``block_id`` when `served` is given.
    resources
        Located resources.
    areas
        Areas of one or several systems.
    schedules
        The `Schedule` of every resource, on the index of `resources`.
    served
        Visiting services, as `resourcemap.areas.served_blocks` lists them.
    reach
        Who reaches which resource that counts; in straight lines when not given.
    on
        The day; today when not given.
    catalog
        The kinds and audiences; the built-in catalogue when not given.
    released
        The resources that may be named, as `resourcemap.release` lets them through; none is named when not given.
    """

    people: gpd.GeoDataFrame = field(repr=False)
    resources: gpd.GeoDataFrame = field(repr=False)
    areas: gpd.GeoDataFrame = field(repr=False)
    schedules: pd.Series | None = field(default=None, repr=False)
    served: pd.DataFrame | None = field(default=None, repr=False)
    reach: Reach | None = field(default=None, repr=False)
    on: date = field(default_factory=today)
    catalog: Catalog = field(default_factory=load_catalog, repr=False)
    released: Released | None = field(default=None, repr=False)

    @cached_property
    def basis(self) -> Basis:
        """The tables as figures are measured over them."""
        return basis_of(
            self.people,
            self.resources,
            self.areas,
            schedules=self.schedules,
            served=self.served,
            reach=self.reach,
            on=self.on,
        )

    @property
    def days(self) -> dict[str, Any]:
        """The year looked at, and what limits the days on which resources take place."""
        return self.basis.days

    @property
    def homes(self) -> dict[str, np.ndarray]:
        """The position in `areas` of the area in which each person point lies, by system; -1 outside."""
        return self.basis.homes

    @property
    def spots(self) -> dict[str, np.ndarray]:
        """The position in `areas` of the area in which each resource lies, by system; -1 outside."""
        return self.basis.spots

    @property
    def supply(self) -> Supply:
        """What is known of every resource on that day."""
        return self.basis.supply

    @property
    def ages(self) -> pd.DataFrame:
        """The people without their points."""
        return self.basis.ages

    @cached_property
    def week(self) -> OpenTable:
        """On what share of the dates of each weekday each resource opens, from Monday on."""
        schedules = pd.Series([None] * len(self.resources)) if self.schedules is None else self.schedules
        return open_in_slots(schedules, slots_each_day("毎日"), **self.days)

    @cached_property
    def nameable(self) -> np.ndarray:
        """Which resources may be named, where some are released; all of them where none are given."""
        if self.released is None:
            return np.ones(len(self.resources), dtype=bool)
        named = self.released.table.index.difference(self.released.nameless)
        return np.asarray(self.resources.index.isin(named))

    def reach_to(self, metres: float) -> Reach:
        """Return who reaches what, at least up to a distance."""
        return self.reach or self.basis.reach_to(metres)

    def coverage(
        self, question: Question, *, kinds: np.ndarray | None = None, catalog: Catalog | None = None
    ) -> pd.DataFrame:
        """Measure coverage; of other kinds than theirs where `kinds` says so for every resource."""
        return coverage_on(self.basis, question, catalog=catalog or self.catalog, kinds=kinds)

    def as_one(self, kinds: Sequence[str], audience: Audience) -> np.ndarray:
        """Return the kind of every resource, several kinds as if they were one; of none those for other ages alone."""
        own = self.supply.kind
        one = np.where(pd.Index(own).isin(list(kinds)), "+".join(kinds), own)
        return np.where(self.unsuited(kinds, audience), _NO_KIND, one)

    def unsuited(self, kinds: Iterable[str], audience: Audience) -> np.ndarray:
        """Tell which resources of some kinds are for people of other ages alone, as their rows say.

        One that says nothing, or names people without ages (disabled people, everyone), suits everybody.
        """
        found = np.zeros(len(self.resources), dtype=bool)
        if "audience" not in self.resources or (audience.age_from is None and audience.age_to is None):
            return found
        texts = self.resources["audience"]
        for text in texts[self.resources["kind"].isin(list(kinds))].dropna().unique():
            named = [self.catalog.audiences[word] for word in str(text).split(";") if word in self.catalog.audiences]
            if named and not any(_meet(each, audience) for each in named):
                found |= (texts == text).to_numpy()
        return np.asarray(found & self.resources["kind"].isin(list(kinds)).to_numpy())

    def reached(self, kinds: Sequence[str], audience: Audience, metres: float) -> tuple[Reached, Supply]:
        """Return who reaches any of some kinds that suit an audience, and all resources with those kinds as one."""
        supply = replace(self.supply, kind=self.as_one(kinds, audience))
        kind = "+".join(kinds)
        return reached_by_kind(self.basis.reach_to(metres), supply, len(self.people), [kind])[kind], supply

    def nearest_open(self, reached: Reached, opened: np.ndarray) -> Reached:
        """Return who reaches what, with everyone's nearest among what is open (one truth per resource).

        A table of reach lists the nearest few of each kind whether they are open or not, so that the nearest open one
        may be missing. Along streets it stays so: nobody walks them again here.
        """
        reach = self.reach_to(1.0)
        if reach.way == "streets":
            return reached
        places = self.resources.set_geometry(self.resources.geometry.where(opened)).assign(kind="open")
        pairs = straight(self.people, places, metres=1.0, factor=reach.factor, most=1).pairs
        person, resource, metres = (pairs[name].to_numpy() for name in ("person", "resource", "metres"))
        return replace(reached, person=person, resource=resource, metres=metres)

    def shown(self, positions: np.ndarray) -> np.ndarray:
        """Return the names of resources by position; none for those that were not released, and for -1."""
        names: dict[Any, str] = {} if self.released is None else dict(self.released.table["name"])
        index, nameable = self.resources.index, self.nameable
        return np.array([names.get(index[at]) if at >= 0 and nameable[at] else None for at in positions], dtype=object)


def _meet(one: Audience, other: Audience) -> bool:
    """Tell whether somebody may be of both audiences."""
    if one.age_from is None and one.age_to is None:
        return True
    (first, last), (begin, end) = (
        (each.age_from or 0, np.inf if each.age_to is None else each.age_to) for each in (one, other)
    )
    return bool(first <= end and begin <= last)
