"""The area of every point and every resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from resourcemap.areas.inside import first_holding, first_touching
from resourcemap.metres import in_crs_of
from resourcemap.model.tables import AT_A_PLACE

if TYPE_CHECKING:
    import geopandas as gpd


def place(points: gpd.GeoDataFrame | np.ndarray, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the area of each point, in every system.

    A row with a ``block_id`` belongs where its block does in a system that is made of blocks (``blocks`` of
    `resourcemap.areas.membership`), wherever its point lies: near a border the two may differ. Every other row
    belongs to the area that its point lies in or on, and on a shared border to the one that comes first in `areas`,
    as `shapely.intersects` tells. A row whose geometry is missing or not inside any area of a system has missing
    values there; none is dropped.

    Parameters
    ----------
    points
        A table of points (other shapes belong to the first area that they touch), in any CRS, or an array of x and
        y, one row per point, in the CRS of `areas`.
    areas
        Areas of one or several systems; missing and empty polygons hold nothing.

    Returns
    -------
    pandas.DataFrame
        One column per system, in order of appearance, holding positions in `areas` (-1 where there is none),
        on the index of `points`.

    Raises
    ------
    CRSError
        When a table has no CRS.

    Examples
    --------
    >>> import geopandas as gpd
    >>> areas = gpd.GeoDataFrame({"system": "圏域", "area_id": ["西", "東"], "area": ["西", "東"]},
    ...     geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs="EPSG:4326")
    >>> homes = gpd.GeoDataFrame(geometry=gpd.points_from_xy([0.5, 1.0, 9.0], [0.5, 0.5, 0.5]), crs="EPSG:4326")
    >>> place(homes, areas)["圏域"].tolist()
    [0, 0, -1]
    """
    x, y, shapes = _coordinates(points, areas)
    polygons = areas.geometry.to_numpy()
    number, systems = pd.factorize(areas["system"])
    index = pd.RangeIndex(len(x)) if isinstance(points, np.ndarray) else points.index
    found = {}
    for nth, system in enumerate(systems):
        of_system = np.flatnonzero(number == nth)
        first = first_holding(x, y, polygons[of_system])
        if len(shapes):
            row = shapes.index.to_numpy()
            first[row] = first_touching(shapes.to_numpy(), polygons[of_system])
        found[system] = np.where(first < 0, -1, of_system[first])
    placed = pd.DataFrame(found, index=index)
    if "blocks" in areas and not isinstance(points, np.ndarray) and "block_id" in points:
        return _with_their_block(placed, points["block_id"], areas)
    return placed


def _coordinates(
    points: gpd.GeoDataFrame | np.ndarray, areas: gpd.GeoDataFrame
) -> tuple[np.ndarray, np.ndarray, pd.Series]:
    """Return x and y of every row, and by position the shapes that are no points: those have no x and y."""
    nothing = pd.Series(dtype=object)
    if isinstance(points, np.ndarray):
        x, y = np.ascontiguousarray(points.T, dtype=float)
        return x, y, nothing
    shapes = in_crs_of(points, areas).geometry.to_numpy()
    corners = shapely.get_coordinates(shapes) if (shapely.get_type_id(shapes) == 0).all() else shapes[:0]
    if len(corners) == len(shapes):  # all of them points, and none empty
        x, y = np.ascontiguousarray(corners.T)
        return x, y, nothing
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)
    other = np.flatnonzero(np.isnan(x))
    other = other[~shapely.is_missing(shapes[other]) & ~shapely.is_empty(shapes[other])]
    return x, y, pd.Series(shapes[other], index=other) if len(other) else nothing


def _with_their_block(placed: pd.DataFrame, block_ids: pd.Series, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Move the rows whose block is a member of an area to that area."""
    number, known = pd.factorize(block_ids)
    made_of_blocks = areas["blocks"].map(lambda blocks: isinstance(blocks, tuple))
    moved = {}
    for system in placed:
        of_system = np.flatnonzero(made_of_blocks & (areas["system"] == system))
        area_of = {block: at for at in of_system[::-1] for block in areas["blocks"].iloc[at]}
        area = np.array([*(area_of.get(block, -1) for block in known), -1])[number]  # the last one is for no block
        moved[system] = np.where(area >= 0, area, placed[system])
    return pd.DataFrame(moved, index=placed.index)


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
