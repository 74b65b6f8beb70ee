"""The area of every point and every resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from resourcemap.metres import to_lonlat
from resourcemap.model.tables import AT_A_PLACE

if TYPE_CHECKING:
    import geopandas as gpd


def place(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the area of each point, in every system.

    A point on a shared border belongs to the area that comes first in `areas`. A row whose geometry is missing
    or not inside any area of a system has missing values there; none is dropped.

    Returns
    -------
    pandas.DataFrame
        One column per system, in order of appearance, holding positions in `areas` (-1 where there is none),
        on the index of `points`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> areas = gpd.GeoDataFrame({"system": "圏域", "area_id": ["西", "東"], "area": ["西", "東"]},
    ...     geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs="EPSG:4326")
    >>> homes = gpd.GeoDataFrame(geometry=gpd.points_from_xy([0.5, 1.0, 9.0], [0.5, 0.5, 0.5]), crs="EPSG:4326")
    >>> place(homes, areas)["圏域"].tolist()
    [0, 0, -1]
    """
    shapes = to_lonlat(areas).geometry.to_numpy()
    homes = to_lonlat(points).geometry.to_numpy()
    found = {}
    for system in pd.unique(areas["system"]):
        positions = np.flatnonzero((areas["system"] == system).to_numpy())
        home, area = shapely.STRtree(shapes[positions]).query(homes, predicate="intersects")
        first = np.full(len(homes), len(shapes))
        np.minimum.at(first, home, positions[area])
        found[system] = np.where(first == len(shapes), -1, first)
    return pd.DataFrame(found, index=points.index)


def placements(
    resources: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    served: pd.DataFrame | None = None,
    blocks: gpd.GeoDataFrame | None = None,
) -> pd.DataFrame:
    """List the areas of every resource in every system.

    Parameters
    ----------
    resources
        Located resources (``resource_id``, ``place``).
    areas
        Areas of one or several systems.
    served
        Where visiting services go, as `resourcemap.areas.served.served_blocks` lists it.
    blocks
        The town blocks that `served` speaks of.

    Returns
    -------
    pandas.DataFrame
        ``resource_id``, ``system``, ``area_id``, ``area``: for each resource (in order) each system (in order).
        A visiting service has a row for each area that holds the inner point of a block it goes to, wherever its
        office is. The area is missing where a resource has no position or lies in no area.

    Examples
    --------
    >>> import geopandas as gpd
    >>> areas = gpd.GeoDataFrame({"system": ["圏域"], "area_id": ["西"], "area": ["西"]},
    ...     geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:4326")
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a", "b"], "place": "venue"},
    ...     geometry=[shapely.Point(0.5, 0.5), None], crs="EPSG:4326")
    >>> placements(salons, areas)["area"].isna().tolist()
    [False, True]
    """
    systems = pd.unique(areas["system"])
    at_a_place = resources["place"].isin(AT_A_PLACE).to_numpy()
    found = place(resources, areas)
    found.loc[~at_a_place] = -1
    rows = [
        (resource, number, position)
        for number, system in enumerate(systems)
        for resource, position in enumerate(found[system])
    ]
    if served is not None and blocks is not None:
        visited = _visited(served, blocks, areas)
        known = {visit[:2] for visit in visited}
        rows = [row for row in rows if row[:2] not in known] + visited
    rows.sort()
    names = areas[["area_id", "area"]].astype(object).to_numpy()
    nowhere = (None, None)
    columns = ["resource_id", "system", "area_id", "area"]
    ids = resources["resource_id"].to_numpy()
    made = [(ids[at], systems[number], *(names[area] if area >= 0 else nowhere)) for at, number, area in rows]
    return pd.DataFrame(made, columns=columns, dtype=object)


def _visited(served: pd.DataFrame, blocks: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> list[tuple[int, int, int]]:
    """List the resource, the number of the system and the position of the area, for every area visited."""
    inner = place(blocks.set_geometry(blocks.representative_point()), areas).set_axis(blocks["block_id"])
    visits = inner.reindex(served["block_id"])
    return sorted(
        {
            (int(resource), number, int(position))
            for number, system in enumerate(inner.columns)
            for resource, position in zip(served["resource"], visits[system], strict=True)
            if position >= 0
        }
    )
