"""The resources that count, and how many there are in an area."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.model.freshness import last_checked
from resourcemap.model.tables import AT_A_PLACE, EXACT
from resourcemap.reach.supply import lacks_position, not_counted

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd


@dataclass(frozen=True)
class Supply:
    """What is known of every resource, one entry per row of the resources, in their order.

    Parameters
    ----------
    kind
        Ids of kinds.
    activity
        The number of the activity that a row is a place of.
    counts
        Whether it counts towards reach.
    at_a_place
        Whether it counts and has a point that people go to.
    visits
        Whether it comes to people instead.
    lost
        Whether it should count and does not, since nobody knows where it is.
    exact
        Whether its place is known better than to the block.
    capacity
        Seats; not a number where it is not known.
    schedule
        The number of its schedule: rows of one activity with one schedule take turns.
    verified
        The day on which all of it was last checked (`resourcemap.model.freshness.last_checked`); missing where some
        of it never was.
    """

    kind: np.ndarray = field(repr=False)
    activity: np.ndarray = field(repr=False)
    counts: np.ndarray = field(repr=False)
    at_a_place: np.ndarray = field(repr=False)
    visits: np.ndarray = field(repr=False)
    lost: np.ndarray = field(repr=False)
    exact: np.ndarray = field(repr=False)
    capacity: np.ndarray = field(repr=False)
    schedule: np.ndarray = field(repr=False)
    verified: pd.Series = field(repr=False)

    def since(self, day: date, months: int) -> np.ndarray:
        """Tell what was checked in the months before a day; what was never checked was not."""
        return np.asarray(self.verified >= pd.Timestamp(day) - pd.DateOffset(months=months))


def supply_of(resources: gpd.GeoDataFrame, *, on: date | None = None, schedules: pd.Series | None = None) -> Supply:
    """Say of every resource whether it counts, and what it offers.

    Parameters
    ----------
    resources
        Located resources.
    on
        The day to look at, for resources with dates.
    schedules
        The `Schedule` of every resource, in the order of `resources`; their texts tell schedules apart when not given.

    Examples
    --------
    >>> import geopandas as gpd
    >>> table = gpd.GeoDataFrame({"kind": "salon", "activity_id": ["a", "b"], "status": ["active", "ended"],
    ...     "place": "venue", "located": "given"}, geometry=gpd.points_from_xy([0, 0], [0, 0]), crs=6677)
    >>> supply_of(table).counts.tolist()
    [True, False]
    """
    reasons = not_counted(resources, on=on)
    counts = (reasons == "").to_numpy()
    goes_there = resources["place"].isin(AT_A_PLACE).to_numpy()
    return Supply(
        kind=resources["kind"].to_numpy(),
        activity=_codes(resources["activity_id"]),
        counts=counts,
        at_a_place=counts & goes_there & resources.geometry.notna().to_numpy(),
        visits=(resources["place"] == "served_area").to_numpy(),
        lost=lacks_position(reasons).to_numpy(dtype=bool),
        exact=resources["located"].isin(EXACT).to_numpy() if "located" in resources else np.ones(len(resources), bool),
        capacity=_numbers(resources, "capacity"),
        schedule=_codes(_column(resources, "schedule") if schedules is None else schedules),
        verified=last_checked(resources, on=on),
    )


def only_places(resources: gpd.GeoDataFrame, supply: Supply) -> gpd.GeoDataFrame:
    """Return all resources, with a point for those alone that count and that people go to.

    Examples
    --------
    >>> import geopandas as gpd
    >>> table = gpd.GeoDataFrame({"kind": "visit", "activity_id": ["a"], "status": ["active"], "serves": ["本町"],
    ...     "place": "served_area", "located": "given"}, geometry=gpd.points_from_xy([0], [0]), crs=6677)
    >>> only_places(table, supply_of(table)).geometry.isna().tolist()
    [True]
    """
    return resources.set_geometry(resources.geometry.where(supply.at_a_place))


def _codes(values: pd.Series) -> np.ndarray:
    return np.asarray(pd.factorize(values, use_na_sentinel=False)[0])


def _column(resources: gpd.GeoDataFrame, name: str) -> pd.Series:
    return resources[name] if name in resources else pd.Series(None, index=resources.index, dtype=object)


def _numbers(resources: gpd.GeoDataFrame, name: str) -> np.ndarray:
    numbers: np.ndarray = pd.to_numeric(_column(resources, name), errors="coerce").to_numpy(dtype=float)
    return numbers


def count_activities(activity: np.ndarray, area: np.ndarray, areas: int) -> np.ndarray:
    """Count the activities in each area.

    An activity with several places (two halls, the stops of a van) counts once in each area where it has one, so
    the areas can add up to more than there are.

    Parameters
    ----------
    activity, area
        The number of the activity and of the area, one entry per place, or per activity and person point.
    areas
        How many areas there are.

    Examples
    --------
    >>> count_activities(np.array([7, 7, 8]), np.array([0, 1, 1]), 3).tolist()
    [1, 2, 0]
    """
    pairs = np.unique(area.astype(np.int64) << 32 | activity.astype(np.int64))
    return np.bincount(pairs >> 32, minlength=areas)
