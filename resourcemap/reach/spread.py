"""Where people live: the people of a block on several points, so that a large block is not one dot."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.metres import metre_crs, to_lonlat, to_metres
from resourcemap.model.tables import age_bounds

_FEWEST = 4  # grid points that a block should have room for
_HALVINGS = 4


def spread_people(people: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame, *, metres: float = 150.0) -> gpd.GeoDataFrame:
    """Spread the people of each block evenly over a square grid of points inside it.

    The grid is the same for all blocks that have room for four of its points. For a smaller block it is halved, up to
    four times: one grid point somewhere in a block says less than the middle of it. A block that holds no grid point
    even then keeps one point inside it; a block that is ``approximate`` keeps the point it came with. Where people
    live inside a block is not known: the grid says "evenly", which is wrong for a block that is half park (see
    `resourcemap.reach.dasymetric`).

    Parameters
    ----------
    people
        One row per block (``block_id``, ``total``, age columns, a point).
    blocks
        The polygons of the blocks.
    metres
        Distance between grid points; 0 leaves the people of every block on their one point.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of `people`, one row per point, blocks in the order given, points from south-west to
        north-east. Every column of people keeps its sum for every block, to the person.

    Examples
    --------
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1"], "approximate": False},
    ...     geometry=[shapely.box(139.700, 35.700, 139.704, 35.704)], crs="EPSG:4326")
    >>> people = gpd.GeoDataFrame({"block_id": ["1"], "total": [7]},
    ...     geometry=gpd.points_from_xy([139.702], [35.702]), crs="EPSG:4326")
    >>> spread = spread_people(people, blocks, metres=200)
    >>> spread["total"].tolist(), sum(spread["total"])
    ([2, 2, 2, 1], 7)
    """
    if not len(people) or metres <= 0:
        return people
    crs = metre_crs(blocks)
    shapes = to_metres(blocks, crs).geometry.to_numpy()
    position = pd.Series(np.arange(len(blocks)), index=blocks["block_id"].to_numpy())
    homes = to_metres(people, crs).geometry.to_numpy()
    points = []
    for block_id, home in zip(people["block_id"], homes, strict=True):
        at = position.get(block_id)
        inside = at is not None and not blocks["approximate"].iloc[at]
        points.append(_grid_inside(shapes[at], metres, home) if inside else np.array([home]))
    counts = np.array([len(group) for group in points])
    row = np.repeat(np.arange(len(people)), counts)
    made = people.iloc[row].reset_index(drop=True)
    for column, numbers in _shares(people, counts).items():
        made[column] = numbers
    return to_lonlat(made.set_geometry(gpd.GeoSeries(np.concatenate(points), crs=crs)))


def _grid_inside(shape: shapely.Geometry, metres: float, home: shapely.Point) -> np.ndarray:
    """Return the grid points inside a polygon, or `home` when there are none."""
    west, south, east, north = shape.bounds
    metres = _step(shape.area, metres)
    xs = np.arange(np.ceil(west / metres), np.floor(east / metres) + 1) * metres
    ys = np.arange(np.ceil(south / metres), np.floor(north / metres) + 1) * metres
    y, x = np.meshgrid(ys, xs, indexing="ij")
    inside = shapely.contains_xy(shape, x.ravel(), y.ravel())
    if not inside.any():
        return np.array([home])
    found: np.ndarray = shapely.points(x.ravel()[inside], y.ravel()[inside])
    return found


def _step(square_metres: float, metres: float) -> float:
    """Return the distance between grid points at which a block has room for a few, halving the one wanted."""
    for _ in range(_HALVINGS):
        if square_metres >= _FEWEST * metres**2:
            break
        metres /= 2
    return metres


def _shares(people: gpd.GeoDataFrame, counts: np.ndarray) -> dict[str, np.ndarray]:
    """Divide every column of people over the points of its block, in whole people.

    What does not divide goes to one point after another; each column goes on where the one before it stopped, so
    that the first points do not gather all the remainders. The total of a point is the sum of its ages and of
    those without a known age.
    """
    ages = [column for column in people if age_bounds(column)]
    unknown = people["total"] - people[ages].sum(axis=1)
    order = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    size = np.repeat(counts, counts)
    start = np.zeros(len(people), dtype=int)
    shares = {}
    for name, numbers in [*((age, people[age]) for age in ages), ("total", unknown)]:
        whole, rest = np.divmod(numbers.to_numpy(dtype=int), counts)
        turn = (order - np.repeat(start, counts)) % size
        shares[name] = np.repeat(whole, counts) + (turn < np.repeat(rest, counts))
        start = (start + rest) % counts
    shares["total"] = np.sum(list(shares.values()), axis=0)
    return shares
