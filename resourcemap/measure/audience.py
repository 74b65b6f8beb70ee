"""Whom a kind of resource is for, counted from the ages of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resourcemap.model.tables import age_bounds

if TYPE_CHECKING:
    import pandas as pd

    from resourcemap.model.catalog import Audience

EVERYONE = "everyone"
AUDIENCE = "audience"


def people_of(people: pd.DataFrame, audience: Audience) -> tuple[np.ndarray, str]:
    """Count the people of an audience at every person point, and say what was counted.

    Returns
    -------
    tuple
        Whole numbers in the order of `people`, and ``"audience"``. Everyone is counted, and the word is
        ``"everyone"``, when the audience has no ages (foreigners, disabled people), `people` has none, or an age
        group of `people` is partly inside the ages of the audience.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> homes = gpd.GeoDataFrame({"total": [9], "age_0_64": [5], "age_65_over": [4]}, geometry=[None])
    >>> numbers, counted = people_of(homes, load_catalog().audiences["older"])
    >>> numbers.tolist(), counted
    ([4], 'audience')
    """
    ages = {column: bounds for column in people if (bounds := age_bounds(column))}
    unbounded = audience.age_from is None and audience.age_to is None
    if unbounded or not ages:
        return people["total"].to_numpy(dtype=int), AUDIENCE if audience.id == EVERYONE else EVERYONE
    first, last = audience.age_from or 0, np.inf if audience.age_to is None else audience.age_to
    inside, partly = [], []
    for column, (start, end) in ages.items():
        stop = np.inf if end is None else end
        if start >= first and stop <= last:
            inside.append(column)
        elif start <= last and stop >= first:
            partly.append(column)
    if partly or not inside:
        return people["total"].to_numpy(dtype=int), EVERYONE
    return people[inside].to_numpy(dtype=int).sum(axis=1), AUDIENCE


def unknown_ages(people: pd.DataFrame) -> np.ndarray:
    """Count the people at every point whose age is not known, who are in no audience with ages.

    Examples
    --------
    >>> import geopandas as gpd
    >>> unknown_ages(gpd.GeoDataFrame({"total": [9], "age_0_64": [5], "age_65_over": [3]}, geometry=[None])).tolist()
    [1]
    """
    ages = [column for column in people if age_bounds(column)]
    if not ages:
        return np.zeros(len(people), dtype=int)
    unknown: np.ndarray = people["total"].to_numpy(dtype=int) - people[ages].to_numpy(dtype=int).sum(axis=1)
    return unknown
