"""Which side of a block a part of it is, and what to call a piece of ground that goes over several blocks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from resourcemap.metres import to_lonlat

if TYPE_CHECKING:
    import geopandas as gpd

    from resourcemap.plan.patches.ground import Ground

NAMED = 3  # blocks
WHOLE = 0.9  # of the cells of a block
_NEAR = 0.2  # of the radius of a circle as large as the block
_HALF = 0.5
_MENTIONED = 0.1  # of the people of the first block named
_DIRECTIONS = ("東", "北東", "北", "北西", "西", "南西", "南", "南東")


def side(east: float, north: float, *, radius: float, share: float, middle: bool) -> str:
    """Say which part of a block a piece of it is, in Japanese; nothing for the whole of it.

    Parameters
    ----------
    east, north
        Metres from the centre of the block to that of the piece. North is that of the metre system, up to about one
        degree off.
    radius
        Of a circle as large as the block, in metres.
    share
        The share of the cells of the block that are in the piece: 0.9 and more is the whole.
    middle
        Whether the cell nearest to the centre of the block is in the piece.

    Returns
    -------
    str
        One of eight directions where the centres are farther apart than a fifth of `radius`. Nearer ones are most of
        the block (more than half of its cells), its middle, or some part of it (a ring, two ends).

    Examples
    --------
    >>> side(50, 10, radius=100, share=0.4, middle=True), side(-40, -40, radius=100, share=0.2, middle=False)
    ('の東側', 'の南西側')
    >>> [side(5, 0, radius=100, share=share, middle=True) for share in (0.95, 0.8, 0.3)]
    ['', 'の大部分', 'の中央']
    """
    if share >= WHOLE:
        return ""
    if math.hypot(east, north) > _NEAR * radius:
        turn = round(math.degrees(math.atan2(north, east)) / 45)
        return f"の{_DIRECTIONS[turn % len(_DIRECTIONS)]}側"
    if share > _HALF:
        return "の大部分"
    return "の中央" if middle else "の一部"


def sides(ground: Ground, patch: np.ndarray) -> pd.DataFrame:
    """Name the part of every block that is in every patch.

    Centres and sizes are those of the ground (the cells), whoever lives on it.

    Parameters
    ----------
    ground
        The cells.
    patch
        The patch that each cell is in; -1 for none.

    Returns
    -------
    pandas.DataFrame
        ``patch``, ``block`` (its position) and ``name``, one row per pair, sorted.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.plan.patches.ground import ground_of
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1"], "block": ["東町"], "approximate": False},
    ...     geometry=[shapely.box(0, 0, 100, 100)], crs="EPSG:6677")
    >>> homes = gpd.GeoDataFrame({"block_id": ["1", "1"], "total": [4, 5]},
    ...     geometry=gpd.points_from_xy([25, 75], [50, 50]), crs="EPSG:6677")
    >>> sides(ground_of(homes, blocks), np.array([0, -1])).values.tolist()
    [[0, 0, '東町の西側']]
    """
    table = ground.cells_of_blocks.assign(patch=lambda cells: patch[cells["cell"]])
    sums = table.groupby("block")[["area", "east", "north", "one"]].sum()
    centre = sums[["east", "north"]].div(sums["area"], axis=0)
    away = np.hypot(*(table[name] / table["area"] - table["block"].map(centre[name]) for name in ("east", "north")))
    central = table.loc[away.groupby(table["block"]).idxmin()].set_index("block")["patch"]
    parts = table[table["patch"] >= 0].groupby(["patch", "block"])[["area", "east", "north", "one"]].sum().reset_index()
    block = parts["block"]
    east, north = (parts[name] / parts["area"] - block.map(centre[name]) for name in ("east", "north"))
    radius, share = np.sqrt(block.map(sums["area"]) / np.pi), parts["one"] / block.map(sums["one"])
    middle = block.map(central) == parts["patch"]
    words = [
        side(*off, radius=metres, share=part, middle=central)
        for off, metres, part, central in zip(zip(east, north, strict=True), radius, share, middle, strict=True)
    ]
    names = pd.Series(ground.names[block.to_numpy()], dtype=object) + pd.Series(words, dtype=object)
    return parts[["patch", "block"]].assign(name=names.to_numpy(dtype=object))


def together(names: list[str], people: list[float]) -> str:
    """Name a patch by its parts, most people first: three at most, none with less than a tenth of those of the first.

    Examples
    --------
    >>> together(["東町の西側", "西町", "南町", "北町"], [60, 30, 20, 9]), together(["東町", "西町"], [99, 1])
    ('東町の西側・西町・南町ほか1町丁目', '東町ほか1町丁目')
    """
    named = [name for name, number in zip(names, people, strict=True) if number >= _MENTIONED * people[0]][:NAMED]
    rest = len(names) - len(named)
    return "・".join(named) + (f"ほか{rest}町丁目" if rest else "")


def near(ground: Ground, spots: gpd.GeoSeries) -> list[str]:
    """Name spots outside of every block by the nearest one, or by longitude and latitude where there are none.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.plan.patches.ground import ground_of
    >>> homes = gpd.GeoDataFrame({"total": [4]}, geometry=gpd.points_from_xy([139.7], [35.7]), crs="EPSG:4326")
    >>> near(ground_of(homes), homes.geometry)
    ['北緯35.700度・東経139.700度のあたり']
    """
    if not shapely.is_missing(ground.whole).all():
        found = shapely.STRtree(ground.whole).nearest(spots.to_crs(ground.crs).to_numpy())
        return [f"{name}の近く" for name in ground.names[found]]
    places = to_lonlat(spots)
    return [f"北緯{lat:.3f}度・東経{lon:.3f}度のあたり" for lon, lat in zip(places.x, places.y, strict=True)]
