"""The plan of a project: its standards, how they stand in every area, and the patches of ground they leave out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from resourcemap.errors import InputError, ProjectError, unknown
from resourcemap.plan.openweek import open_week
from resourcemap.plan.patches.unserved import patches_of
from resourcemap.plan.portrait import figures_of_portraits
from resourcemap.plan.situation import Situation
from resourcemap.plan.standards.entries import read_standards
from resourcemap.plan.standards.judging import judge, standard_figures
from resourcemap.plan.standards.rating import GRADES, rate
from resourcemap.plan.standards.standard import Standard
from resourcemap.plan.strengths.others import FEWEST
from resourcemap.plan.strengths.strengths import strengths
from resourcemap.project.measured import Measured
from resourcemap.project.settings import NAME
from resourcemap.read.men import read_men

if TYPE_CHECKING:
    from collections.abc import Iterator

    import folium
    import geopandas as gpd
    import pandas as pd

    from resourcemap.publish.webmap.planning import Planning


class Planned(Measured):
    """A project with its standards; one without people or areas judges none.

    ``before`` is the project of an earlier date, where a planning map is to show what has changed.
    """

    before: Planned | None = None

    @cached_property
    def standards(self) -> list[Standard]:
        """The standards that the settings ask for, presets spelled out."""
        systems = [] if self.areas is None else [str(system) for system in self.areas["system"].unique()]
        try:
            return read_standards(self.settings.standards, self.catalog, systems)
        except InputError as error:
            raise ProjectError([f"{NAME}: {fault}" for fault in error.faults]) from error

    @property
    def asked_metres(self) -> list[float]:
        """The distances of the standards."""
        return [standard.distance for standard in self.standards if standard.distance]

    @cached_property
    def situation(self) -> Situation | None:
        """What a plan looks at, or nothing where there are no people or areas; released rows alone are named."""
        if self.homes is None or self.areas is None:
            return None
        return Situation(
            self.homes,
            self.counted,
            self.areas,
            schedules=self.schedules,
            served=self.served,
            reach=self.reach,
            on=self.as_of,
            catalog=self.catalog,
            released=self.named_in_plans,
        )

    @cached_property
    def judged(self) -> pd.DataFrame | None:
        """Every standard in every area, or nothing where there are no figures."""
        return None if self.situation is None else judge(self.situation, self.standards)

    @property
    def grades(self) -> tuple[tuple[float, str], ...]:
        """The bounds of the grades, highest first."""
        bounds = self.settings.rating.get("grades")
        if not bounds:
            return GRADES
        return tuple((float(bound), name) for bound, (_, name) in zip(bounds, GRADES, strict=True))

    @cached_property
    def rated(self) -> pd.DataFrame | None:
        """The grades of standards, areas and themes, or nothing where there are no figures."""
        return None if self.judged is None else rate(self.judged, grades=self.grades)

    @property
    def planned_kinds(self) -> list[str]:
        """The kinds that a plan looks at: those of the gaps, else those of coverage."""
        return [str(kind) for kind in self.settings.gaps.get("kinds", self.kinds)]

    @property
    def compared_system(self) -> str:
        """The system of areas whose strengths are told.

        It is that of ``[strengths]``, else that of the list, else the first; of these two, one with at least three
        areas, since one or two cannot be compared with others.
        """
        systems = [] if self.areas is None else [str(system) for system in self.areas["system"].unique()]
        asked = self.settings.strengths.get("system")
        if asked and asked not in systems:
            raise ProjectError(unknown(f"{NAME}: [strengths] system", asked, systems))
        if asked or self.areas is None:
            return str(asked)
        counts = self.areas["system"].value_counts()
        first = self.settings.list.get("system")
        in_order = sorted(systems, key=lambda system: system != first)
        return next((system for system in in_order if counts[system] > FEWEST), in_order[0])

    @cached_property
    def strengths(self) -> pd.DataFrame | None:
        """What the areas of one system have more and less of, or nothing where there are no figures."""
        if self.situation is None:
            return None
        return strengths(
            self.situation,
            self.planned_kinds,
            metres=self.distance,
            judged=self.judged,
            system=self.compared_system,
        )

    @cached_property
    def open_week(self) -> pd.DataFrame | None:
        """How many people of each area have anything for them open, or nothing where there are no figures."""
        if self.situation is None:
            return None
        return open_week(self.situation, self.planned_kinds, metres=self.distance, at_least=self.week_at_least)

    @cached_property
    def men(self) -> pd.DataFrame | None:
        """How many men live in each block, or nothing where the files of people do not say it."""
        asked = self.settings.people
        if not asked or self._block_points is None:
            return None
        columns = {name: asked.get(name) for name in ("block_id", "block", "total", "city")}
        return read_men(self.paths(asked["file"]), blocks=self._block_points, **columns)

    @cached_property
    def portrait_figures(self) -> pd.DataFrame | None:
        """What the portraits of all areas say of each kind, or nothing where there are no figures."""
        if self.situation is None:
            return None
        return figures_of_portraits(self.situation, kinds=self.planned_kinds, metres=self.distance)

    @cached_property
    def patches(self) -> gpd.GeoDataFrame | None:
        """The patches of ground beyond reach of what each standard asks, or else of each kind of the gaps.

        Patches of fewer than `FEW` people are left out; ``attrs`` count them and their people.
        """
        if self.situation is None:
            return None
        asked = [standard for standard in self.standards if standard.distance] or [*self._as_standards()]
        return patches_of(self.situation, asked, self.blocks)

    @cached_property
    def map_page(self) -> folium.Map:
        """The public map, ready to be written."""
        from resourcemap.project.mappage import map_page  # noqa: PLC0415 (folium is slow to load)

        return map_page(self)

    @cached_property
    def planning(self) -> Planning:
        """The layers of the planning map."""
        from resourcemap.project.planningmap import planning_of  # noqa: PLC0415 (it needs all of this)

        return planning_of(self, since=self.before)

    def _as_standards(self) -> Iterator[Standard]:
        """Yield the kinds of the gaps as standards that nobody promised."""
        for kind in self.planned_kinds:
            label = self.catalog.kinds[kind].label("ja")
            yield Standard(label, (kind,), "share_within", 1.0, distance=self.distance)

    @cached_property
    def standard_figures(self) -> pd.DataFrame | None:
        """What the standards ask of coverage, as rows of its table."""
        return None if self.situation is None else standard_figures(self.situation, self.standards)
