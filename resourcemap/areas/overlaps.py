"""Which areas of one system lie over each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from resourcemap.metres import metre_crs, to_metres

if TYPE_CHECKING:
    import geopandas as gpd

SLIVER = 20.0


def overlaps(areas: gpd.GeoDataFrame, *, sliver: float = SLIVER) -> pd.DataFrame:
    """List the pairs of areas of one system that lie over each other by more than a sliver.

    Borders that were drawn twice never meet exactly: strips that are nowhere wider than `sliver` do not count. Whoever
    is in an overlap belongs to the area that comes first. Systems made of blocks are not looked at: whose block is
    known belongs where the block does.

    Parameters
    ----------
    areas
        Areas of one or several systems; invalid polygons are made valid first.
    sliver
        The width in metres up to which a strip does not count.

    Returns
    -------
    pandas.DataFrame
        ``system``, ``area``, ``other`` (the area that comes later) and ``square_metres``, in the order of systems, the
        largest overlap first; empty when there is none.

    Examples
    --------
    >>> import geopandas as gpd
    >>> areas = gpd.GeoDataFrame({"system": "学区", "area": ["北", "南", "東"]}, crs="EPSG:6677",
    ...     geometry=[shapely.box(0, 90, 100, 200), shapely.box(0, 0, 100, 200), shapely.box(95, 0, 200, 200)])
    >>> overlaps(areas).values.tolist()
    [['学区', '北', '南', 11000.0]]
    """
    drawn = areas[~_made_of_blocks(areas)]
    found = [_pairs_of(drawn[drawn["system"] == system], sliver) for system in pd.unique(drawn["system"])]
    columns = ["system", "area", "other", "square_metres"]
    return pd.DataFrame([pair for pairs in found for pair in pairs], columns=columns)


def _made_of_blocks(areas: gpd.GeoDataFrame) -> np.ndarray:
    if "blocks" not in areas:
        return np.zeros(len(areas), dtype=bool)
    return np.array([isinstance(blocks, tuple) for blocks in areas["blocks"]], dtype=bool)


def _pairs_of(areas: gpd.GeoDataFrame, sliver: float) -> list[tuple[str, str, str, float]]:
    """List the overlaps of one system, the largest first."""
    given = areas.geometry.to_numpy()
    known = areas[~(shapely.is_missing(given) | shapely.is_empty(given))]
    if known.empty:
        return []
    shapes = shapely.make_valid(to_metres(known, metre_crs(known)).geometry.to_numpy())
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    shared = shapely.intersection(shapes[one], shapes[other])
    wide = ~shapely.is_empty(shapely.buffer(shared, -sliver / 2, quad_segs=1))
    size = shapely.area(shared)
    names = known["area"].to_numpy()
    pairs = [(at, names[one[at]], names[other[at]], float(size[at])) for at in np.flatnonzero(wide)]
    system = str(known["system"].iloc[0])
    return [(system, first, second, metres) for _, first, second, metres in sorted(pairs, key=lambda pair: -pair[3])]
