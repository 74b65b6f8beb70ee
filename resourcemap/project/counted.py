"""The resources as figures count them, so that no figure points at a door that may not be shown.

Whoever knows where people live could work a place out from the numbers of people within reach of it in several areas.
So figures take such a place to be at its town block, and nothing that is published depends on more than that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.model.consent import coarse_places
from resourcemap.model.tables import AT_A_PLACE, EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

    from resourcemap.model.consent import Released


# The channels of what is written; what may stand on paper alone is shown by none of it.
SHOWN = ("map", "list")


def hidden_places(located: gpd.GeoDataFrame, released: Iterable[Released]) -> pd.Series:
    """Tell which resources stand at a spot that is shown for them on no channel.

    That another one is shown at the spot does not help: then figures would tell that it is one of the spots shown.

    Parameters
    ----------
    located
        All resources. Those known to their block alone, or no better, are not hidden: there is nothing to hide.
    released
        What each channel of what is written lets through.

    Returns
    -------
    pandas.Series
        True or False, on the index of `located`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.consent import release
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["A", "B"], "status": "active", "place": "venue",
    ...     "located": "given", "channels": ["map", None]}, geometry=gpd.points_from_xy([0, 1], [0, 0]), crs=4326)
    >>> hidden_places(salons, [release(salons, "map")]).tolist()
    [False, True]
    """
    shown = pd.Series(False, index=located.index)
    for passed in released:
        table = passed.table
        spots = table.geometry.to_crs(located.crs)
        own = spots.geom_equals(located.geometry[table.index]) & ~table.index.isin(passed.coarse)
        shown.loc[table.index] |= own
    at_a_spot = located["place"].isin(AT_A_PLACE) & located["located"].isin(EXACT) & located.geometry.notna()
    return pd.Series(at_a_spot & ~shown, index=located.index, dtype=bool)


def at_their_blocks(
    located: gpd.GeoDataFrame,
    hidden: pd.Series,
    blocks: gpd.GeoDataFrame | None,
    areas: gpd.GeoDataFrame | None = None,
) -> gpd.GeoDataFrame:
    """Return the resources with the hidden ones at their blocks, as places that are known no better than that.

    Parameters
    ----------
    located
        All resources; the table is not changed.
    hidden
        True or False for each, on the same index.
    blocks, areas
        The town blocks, and the areas in which a place is to stay, so that it counts where it is (`coarse_places`).

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> blocks = gpd.GeoDataFrame({"block": ["本町"]}, geometry=[shapely.box(0.001, 0.001, 0.003, 0.003)], crs=4326)
    >>> salons = gpd.GeoDataFrame({"located": ["lot"]}, geometry=[shapely.Point(0.0011, 0.0029)], crs=4326)
    >>> counted = at_their_blocks(salons, pd.Series([True]), blocks)
    >>> counted["located"].tolist(), counted.geometry.to_wkt(rounding_precision=6).tolist()
    (['block'], ['POINT (0.002 0.002)'])
    """
    if not hidden.any():
        return located
    counted = located.copy()
    places = coarse_places(located[hidden], blocks, areas)
    counted.loc[hidden, counted.geometry.name] = places.geometry.to_crs(located.crs)
    counted.loc[hidden, "located"] = "block"
    return counted
