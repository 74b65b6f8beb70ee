"""The figures of a project: reach, coverage, the week and the gaps, each made when it is first asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from resourcemap.areas.placement import place
from resourcemap.errors import ProjectError
from resourcemap.language import either
from resourcemap.measure.audience import people_of
from resourcemap.measure.coverage import coverage
from resourcemap.measure.supply import Supply, only_places, supply_of
from resourcemap.measure.tidy import by_area
from resourcemap.plan.gaps import gaps
from resourcemap.project.asking import profile_of, question_of
from resourcemap.project.shown import Shown
from resourcemap.reach.slot_words import week_slots
from resourcemap.reach.slots import open_in_slots
from resourcemap.reach.straight import reach as straight

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from resourcemap.measure.question import Question
    from resourcemap.reach.table import Reach

_YEAR = 365
# The week shows what comes back about monthly (12 of 52, some months off), not what is on one date of the year.
MONTHLY = 0.15


class Measured(Shown):
    """The tables of a project with its figures; a project without people or areas has none."""

    def asking(self, *, coverage: dict[str, Any], reach: dict[str, Any]) -> Self:
        """Return the project with other settings of coverage and reach; those not given stay as they are.

        Gaps are those of the kinds, and of the first distance, that are given.

        Parameters
        ----------
        coverage, reach
            Keys of the sections of that name in resourcemap.toml.
        """
        settings, gaps = self.settings, dict(self.settings.gaps)
        if "kinds" in coverage:
            gaps["kinds"] = coverage["kinds"]
        if "distances" in coverage:
            gaps["distance"] = coverage["distances"][0]
        known = {name: value for name, value in settings.reach.items() if name != "streets" or "detour" not in reach}
        changed = replace(settings, coverage={**settings.coverage, **coverage}, reach={**known, **reach}, gaps=gaps)
        return type(self)(self.folder, changed)

    @cached_property
    def question(self) -> Question:
        """What the settings ask of coverage."""
        asked = self.settings.coverage
        return question_of(
            asked,
            distances=self.distances,
            kinds=self.kinds,
            catalog=self.catalog,
            every=self.every_figure,
        )

    @property
    def every_figure(self) -> bool:
        """Whether more is asked for than the printed table holds."""
        asked = {"figures", "slots", "audiences", "combinations", "verified_within", "decay", "catchment"}
        return any(self.settings.coverage.get(name) for name in asked)

    @cached_property
    def reach(self) -> Reach | None:
        """Who reaches which resource that counts: along streets, or in straight lines where there are none."""
        if self.homes is None:
            return None
        places = only_places(self.counted, self._supply)
        metres = max(self.question.farthest, self.distance, *self.asked_metres)
        return self.reach_of(self.homes, places, metres, served=self._served_by(self._supply))

    def reach_of(
        self,
        homes: gpd.GeoDataFrame,
        places: gpd.GeoDataFrame,
        metres: float,
        *,
        served: pd.DataFrame | None = None,
    ) -> Reach:
        """Return who reaches which of some places, measured as the settings say."""
        asked = self.settings.reach
        profile = profile_of(asked)
        if self.streets is None:
            speed, factor = profile.metres_a_minute, float(asked.get("detour", 1.0))
            return straight(homes, places, metres=metres, served=served, factor=factor, speed=speed)
        from resourcemap.reach.streets import SNAP, reach_streets  # noqa: PLC0415 (scipy's graphs are slow to load)

        snap = float(asked.get("snap", SNAP))
        found = reach_streets(homes, places, self.streets, metres=metres, profile=profile, snap=snap, served=served)
        if len(homes) and (found.far["table"] == "people").sum() == len(homes):
            raise ProjectError(_elsewhere(snap))
        return found

    @property
    def asked_metres(self) -> list[float]:
        """Distances that others than coverage and gaps ask for."""
        return []

    @cached_property
    def measures(self) -> pd.DataFrame | None:
        """Every figure, one a row, or nothing when the project has no people or no areas."""
        if self.homes is None or self.areas is None:
            return None
        return coverage(
            self.homes,
            self.counted,
            self.areas,
            self.question,
            reach=self.reach,
            schedules=self.schedules,
            served=self.served,
            on=self.as_of,
            catalog=self.catalog,
        )

    @cached_property
    def coverage(self) -> pd.DataFrame | None:
        """The figures per area and kind, of the people whom each kind serves, for printing."""
        if self.measures is None:
            return None
        own = self.measures["kind"].astype(object).map(lambda kind: self.catalog.kinds[kind].audience)
        return by_area(self.measures[self.measures["audience"].astype(object) == own])

    @property
    def week_at_least(self) -> float:
        """On what share of its dates a slot of the week must be open; once a month when the settings do not say."""
        return float(self.settings.coverage.get("at_least", MONTHLY))

    @cached_property
    def week(self) -> pd.DataFrame | None:
        """How many people of each area reach something open, for every kind and hour of the week."""
        if self.homes is None or self.areas is None or self.reach is None:
            return None
        from resourcemap.measure.week import count_week, week_table  # noqa: PLC0415 (scipy's matrices are slow to load)

        opening = open_in_slots(self.schedules, week_slots(), **self._year)
        people = {
            kind: people_of(self.homes, self.catalog.audiences[self.catalog.kinds[kind].audience])[0]
            for kind in self.kinds
        }
        counts = count_week(
            self.reach.pairs,
            opening,
            self.counted["kind"],
            pd.DataFrame(people),
            place(self.homes, self.areas),
            areas=len(self.areas),
            metres=self.distance,
            at_least=self.week_at_least,
        )
        return week_table(counts, self.areas)

    @cached_property
    def gaps(self) -> pd.DataFrame | None:
        """The gaps, ranked, or nothing where there is no coverage."""
        if self.coverage is None:
            return None
        kinds = self.settings.gaps.get("kinds")
        return gaps(self.coverage, metres=self.distance, kinds=kinds, catalog=self.catalog)

    @cached_property
    def _supply(self) -> Supply:
        return supply_of(self.counted, on=self.as_of)

    def _served_by(self, supply: Supply) -> pd.DataFrame | None:
        """Return the visits of services that count."""
        if self.served is None:
            return None
        return self.served[supply.counts[self.served["resource"].to_numpy(dtype=int)]]

    @property
    def _year(self) -> dict[str, Any]:
        """The days that opening is looked at: a year from the day the figures are for."""
        counted: gpd.GeoDataFrame = self.counted
        last: date = self.as_of.fromordinal(self.as_of.toordinal() + _YEAR - 1)
        limits = {name: counted[name] for name in ("status", "valid_from", "valid_to") if name in counted}
        return {"first": self.as_of, "last": last, **limits}


def _elsewhere(snap: float) -> str:
    return either(
        ja=f"道のファイルには、{snap:g}m以内に人の住む所がひとつもありません。別の地域のファイルか、座標系の誤りです。"
        "ファイルを確かめてください。",
        en=f"Nobody lives within {snap:g} m of the streets. They are of another place, or in a wrong CRS: "
        "look at the file.",
    )
