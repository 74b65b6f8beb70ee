"""Where people and resources are, as coordinates in metres, and which rows are places of one activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import to_metres

if TYPE_CHECKING:
    import geopandas as gpd


def coordinates(table: gpd.GeoDataFrame, crs: object) -> np.ndarray:
    """Return x and y of every row in a metre system (rows x 2); of a shape its centroid, not numbers where none is.

    Examples
    --------
    >>> import geopandas as gpd
    >>> coordinates(gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 4, 2), None], crs=6677), 6677).tolist()
    [[2.0, 1.0], [nan, nan]]
    """
    shapes = to_metres(table, crs).geometry.to_numpy()
    if not (shapely.get_type_id(shapes) == 0).all():
        shapes = shapely.centroid(shapes)
    known = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    found = np.full((len(table), 2), np.nan)
    found[known] = shapely.get_coordinates(shapes[known])
    return found


def homes_of(people: gpd.GeoDataFrame, crs: object) -> np.ndarray:
    """Return x and y of every person point in a metre system.

    Raises
    ------
    InputError
        When a row has no point: its people would drop out of every figure.

    Examples
    --------
    >>> import geopandas as gpd
    >>> homes_of(gpd.GeoDataFrame(geometry=gpd.points_from_xy([5], [7]), crs=6677), 6677).tolist()
    [[5.0, 7.0]]
    """
    found = coordinates(people, crs)
    missing = ~np.isfinite(found).all(axis=1)
    if missing.any():
        rows = first_five(people.index[missing])
        raise InputError(
            either(
                ja=f"人口の表に、位置のない行があります（{rows}）。点を入れるか、その行を除いてください。",
                en=f"The table of people has rows without a point ({rows}). Give them one, or leave them out.",
            )
        )
    return found


def activities_of(resources: pd.DataFrame) -> np.ndarray:
    """Return the number of the activity that each row is a place of; its own where the table does not say.

    Examples
    --------
    >>> activities_of(pd.DataFrame({"activity_id": ["van", "hall", "van"]})).tolist()
    [0, 1, 0]
    """
    if "activity_id" not in resources:
        return np.arange(len(resources))
    return np.asarray(pd.factorize(resources["activity_id"], use_na_sentinel=False)[0])
