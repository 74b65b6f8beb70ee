"""How many there are in an area: activities, those placed only roughly, and visiting services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.model.tables import EXACT

if TYPE_CHECKING:
    import geopandas as gpd


def count_activities(resources: gpd.GeoDataFrame, area: np.ndarray, areas: int) -> pd.DataFrame:
    """Count the activities with a place in each area.

    An activity with several places (two halls, the stops of a van) counts once in each area where it has one, so
    the areas can add up to more than there are.

    Parameters
    ----------
    resources
        The resources that count (``activity_id``, ``located``).
    area
        The number of each one's area, in the same order; below zero counts as the last.
    areas
        How many areas there are, with the one for "outside" last.

    Returns
    -------
    pandas.DataFrame
        ``resources`` and ``approximate`` (those whose every place there is known to the block only), one row per
        area.

    Examples
    --------
    >>> table = pd.DataFrame({"activity_id": ["van", "van", "hall"], "located": ["lot", "block", "block"]})
    >>> count_activities(table, np.array([0, 0, 1]), 3).values.tolist()
    [[1, 0], [1, 1], [0, 0]]
    """
    places = pd.DataFrame(
        {
            "area": np.where(area < 0, areas - 1, area),
            "activity": resources["activity_id"].to_numpy(),
            "exact": resources["located"].isin(EXACT).to_numpy(),
        }
    )
    exact = places.groupby(["area", "activity"])["exact"].any().groupby(level="area")
    counted = pd.DataFrame({"resources": exact.size(), "approximate": (exact.size() - exact.sum())})
    return counted.reindex(range(areas), fill_value=0).astype(int)


def count_visiting(activity: np.ndarray, area: np.ndarray, areas: int) -> np.ndarray:
    """Count the visiting activities that serve somebody in each area.

    Parameters
    ----------
    activity, area
        One entry per activity and person point it serves.
    areas
        How many areas there are, with the one for "outside" last.

    Examples
    --------
    >>> count_visiting(np.array(["a", "a", "b"]), np.array([0, 0, -1]), 2).tolist()
    [1, 1]
    """
    pairs = pd.DataFrame({"area": np.where(area < 0, areas - 1, area), "activity": activity}).drop_duplicates()
    return np.bincount(pairs["area"].to_numpy(dtype=int), minlength=areas)
