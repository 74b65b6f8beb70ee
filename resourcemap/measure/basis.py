"""What every figure is measured over: people, resources and areas, and what all questions about them share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.areas.placement import place
from resourcemap.measure.figures import Division
from resourcemap.measure.supply import Supply, only_places, supply_of
from resourcemap.measure.tidy import names_of
from resourcemap.reach.straight import reach as straight
from resourcemap.reach.table import table_of

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from resourcemap.reach.table import Reach

_YEAR = 365


@dataclass(frozen=True)
class Basis:
    """Tables as `resourcemap.measure.coverage.coverage` takes them; each thing they share is worked out once.

    Nothing of it is changed. Which kind a resource is of may differ from question to question, everything else about
    it does not.

    Parameters
    ----------
    people, resources, areas, schedules, served, reach, on
        As `resourcemap.measure.coverage.coverage` takes them; `schedules` in the order of `resources`.

    Examples
    --------
    >>> from datetime import date
    >>> import geopandas as gpd, shapely
    >>> homes = gpd.GeoDataFrame({"total": [30, 70]}, geometry=gpd.points_from_xy([0, 900], [0, 0]), crs=6677)
    >>> halls = gpd.GeoDataFrame({"kind": ["hiroba"], "activity_id": ["a"], "status": ["active"],
    ...     "place": ["venue"], "located": ["given"]}, geometry=gpd.points_from_xy([200], [0]), crs=6677)
    >>> town = gpd.GeoDataFrame({"system": ["市"], "area_id": ["1"], "area": ["本町"]},
    ...     geometry=[shapely.box(-50, -50, 500, 50)], crs=6677)
    >>> basis = Basis(homes, halls, town, on=date(2026, 11, 1))
    >>> basis.homes["市"].tolist(), basis.spots["市"].tolist()
    ([0, -1], [0])
    >>> basis.reach_to(500).pairs[["person", "metres"]].values.tolist()
    [[0.0, 200.0], [1.0, 700.0]]
    """

    people: gpd.GeoDataFrame = field(repr=False)
    resources: gpd.GeoDataFrame = field(repr=False)
    areas: gpd.GeoDataFrame = field(repr=False)
    schedules: pd.Series | None = field(default=None, repr=False)
    served: pd.DataFrame | None = field(default=None, repr=False)
    reach: Reach | None = field(default=None, repr=False)
    on: date = field(kw_only=True)

    @property
    def last(self) -> date:
        """The last day of the year looked at."""
        return self.on.fromordinal(self.on.toordinal() + _YEAR - 1)

    @property
    def days(self) -> dict[str, Any]:
        """The year looked at, and what limits the days on which resources take place."""
        limits = {name: self.resources[name] for name in ("status", "valid_from", "valid_to") if name in self.resources}
        return {"first": self.on, "last": self.last, **limits}

    @cached_property
    def homes(self) -> dict[str, np.ndarray]:
        """The position in `areas` of the area in which each person point lies, by system; -1 outside."""
        return _by_system(self.people, self.areas)

    @cached_property
    def spots(self) -> dict[str, np.ndarray]:
        """The position in `areas` of the area in which each resource lies, by system; -1 outside."""
        return _by_system(self.resources, self.areas)

    @cached_property
    def names(self) -> dict[str | None, dict[str, np.ndarray]]:
        """The ids and names of the areas of every system, and whether they are rough; "outside" comes last."""
        return names_of(self.areas)

    @cached_property
    def ages(self) -> pd.DataFrame:
        """The people without their points."""
        return pd.DataFrame(self.people.drop(columns=self.people.geometry.name))

    @cached_property
    def supply(self) -> Supply:
        """What is known of every resource on that day."""
        return supply_of(self.resources, on=self.on, schedules=self.schedules)

    @cached_property
    def divisions(self) -> list[tuple[str | None, Division]]:
        """The whole as one area, then every system of areas."""
        nowhere = np.where(self.supply.at_a_place, 0, 1)
        found: list[tuple[str | None, Division]] = [(None, Division(np.zeros(len(self.people), int), nowhere, 2))]
        for system in self.homes:
            inside = np.flatnonzero((self.areas["system"] == system).to_numpy())
            number = np.full(len(self.areas) + 1, len(inside))
            number[inside] = np.arange(len(inside))
            found.append((system, Division(number[self.homes[system]], number[self.spots[system]], len(inside) + 1)))
        return found

    @cached_property
    def visits(self) -> pd.DataFrame | None:
        """The visits of services that count."""
        if self.served is None:
            return None
        return self.served[self.supply.counts[self.served["resource"].to_numpy(dtype=int)]]

    def reach_to(self, metres: float) -> Reach:
        """Return who reaches what, visits included: the reach given, or else up to a distance in straight lines."""
        if self._visited is not None:
            return self._visited
        places = only_places(self.resources, self.supply)
        return straight(self.people, places, metres=metres, served=self.visits)

    @cached_property
    def _visited(self) -> Reach | None:
        """The reach that was given, with those who are visited."""
        if self.reach is None or self.visits is None:
            return self.reach
        columns = (self.reach.pairs[name].to_numpy() for name in ("person", "resource", "metres", "minutes"))
        return replace(self.reach, pairs=table_of(*columns, people=self.people, served=self.visits))


def basis_of(
    people: gpd.GeoDataFrame,
    resources: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    schedules: pd.Series | None = None,
    served: pd.DataFrame | None = None,
    reach: Reach | None = None,
    on: date,
) -> Basis:
    """Put tables together, with the schedules in the order of the resources where their indexes say which is whose.

    Examples
    --------
    >>> from datetime import date
    >>> rows = pd.DataFrame(index=["a", "b"])
    >>> made = basis_of(rows, rows, rows, schedules=pd.Series([2, 1], index=["b", "a"]), on=date(2026, 11, 1))
    >>> made.schedules.tolist()
    [1, 2]
    """
    return Basis(people, resources, areas, _on_index_of(resources, schedules), served, reach, on=on)


def _on_index_of(resources: gpd.GeoDataFrame, schedules: pd.Series | None) -> pd.Series | None:
    """Return schedules in the order of the resources; those of other rows are for `refuse_inputs` to refuse."""
    if schedules is None or schedules.index.equals(resources.index) or len(schedules) != len(resources):
        return schedules
    same = resources.index.is_unique and schedules.index.is_unique and schedules.index.isin(resources.index).all()
    return schedules.reindex(resources.index) if same else schedules


def _by_system(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> dict[str, np.ndarray]:
    table = place(points, areas)
    return {str(system): table[system].to_numpy() for system in table}
