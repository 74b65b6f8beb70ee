"""Reach in a straight line, or in one times a detour factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.metres import metre_crs
from resourcemap.reach.near import nearest, pairs_within
from resourcemap.reach.points import activities_of, coordinates, homes_of
from resourcemap.reach.table import NEAREST, Reach, Way, table_of

if TYPE_CHECKING:
    import geopandas as gpd

# Metres a minute: what Japan's rules for advertising real estate count a walk with, road distance to minutes
# (不動産の表示に関する公正競争規約施行規則第9条).
SPEED = 80.0


def reach(
    people: gpd.GeoDataFrame,
    resources: gpd.GeoDataFrame,
    *,
    metres: float,
    served: pd.DataFrame | None = None,
    factor: float = 1.0,
    speed: float = SPEED,
    most: int = NEAREST,
) -> Reach:
    """List who reaches which resource in a straight line, and the nearest of each kind for everyone.

    A real walk is longer than a straight line, and a river or a railway between is not seen. A `factor` above 1
    lengthens every line alike; for real ways see `resourcemap.reach.streets.reach_streets`. Somebody exactly at the
    limit reaches it. Which resources count is for the caller to say: all given ones do.

    Parameters
    ----------
    people
        Points where people live (``block_id`` when `served` is given); a shape counts as its centroid.
    resources
        Resources (``kind``), with points; rows without one reach nobody, unless `served` lists them. Rows of one
        ``activity_id`` are the places of one activity: of them only the nearest counts among the nearest.
    metres
        The farthest distance of interest.
    served
        Who is visited at home: ``resource`` (position in `resources`) and ``block_id``. Everyone in such a block
        is reached at 0 metres.
    factor
        What straight lines are multiplied by, 1 or more. 1.2 to 1.4 is usual for towns; measure it where streets
        are known.
    speed
        Metres a minute.
    most
        How many of the nearest of each kind to list beyond `metres`.

    Returns
    -------
    Reach
        Its pairs hold every one within `metres`, and beyond that the `most` nearest activities of each kind (of
        equals the ones given first).

    Raises
    ------
    InputError
        When people have no point, or the factor is below 1.

    Examples
    --------
    >>> import geopandas as gpd
    >>> homes = gpd.GeoDataFrame(geometry=gpd.points_from_xy([0, 1000], [0, 0]), crs="EPSG:6677")
    >>> salons = gpd.GeoDataFrame({"kind": ["salon", "salon"]},
    ...     geometry=gpd.points_from_xy([300, 400], [0, 0]), crs="EPSG:6677")
    >>> reach(homes, salons, metres=500, most=1).pairs[["person", "resource", "metres"]].values.tolist()
    [[0.0, 0.0, 300.0], [0.0, 1.0, 400.0], [1.0, 1.0, 600.0]]
    """
    if not 1 <= factor < np.inf:
        raise InputError(
            either(
                ja=f"まわり道の係数 {factor:g} は使えません。1以上の数（たとえば 1.3）にしてください。",
                en=f"A detour factor of {factor:g} makes no sense. Give a number of 1 or more, such as 1.3.",
            )
        )
    crs = metre_crs(people)
    home, spot = homes_of(people, crs), coordinates(resources, crs)
    located = np.flatnonzero(np.isfinite(spot).all(axis=1))
    kinds = resources["kind"].to_numpy()[located]
    activity = activities_of(resources)[located]
    found = [_within(home, spot[located], metres, factor)]
    for kind in pd.unique(kinds):
        of_kind = np.flatnonzero(kinds == kind)
        position, far = nearest(home, spot[located[of_kind]], groups=activity[of_kind], most=most)
        person, rank = np.nonzero((position >= 0) & (far * factor > metres))
        found.append((person, of_kind[position[person, rank]], far[person, rank]))
    person, nth, far = (np.concatenate(each) for each in zip(*found, strict=True))
    way: Way = "straight" if factor == 1 else "detour"
    pairs = table_of(person, located[nth], far * factor, far * factor / speed, people=people, served=served)
    return Reach(pairs, metres, crs.to_string(), way, factor)


def _within(home: np.ndarray, spot: np.ndarray, metres: float, factor: float) -> tuple[np.ndarray, ...]:
    """List the pairs whose lengthened line is at most `metres`; dividing may lose one at the limit itself."""
    pairs = pairs_within(home, spot, metres / factor * (1 + 1e-12))
    near = pairs.metres * factor <= metres
    return tuple(column[near] for column in pairs)
