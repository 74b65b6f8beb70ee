"""Reach in a straight line: one sparse table "person point x resource -> metres"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import metre_crs, to_metres

if TYPE_CHECKING:
    import geopandas as gpd

# GEOS and we may round the last digit differently at the limit itself; we ask for a hair more, then decide.
_HAIR = 1 + 1e-9


def reach(
    people: gpd.GeoDataFrame,
    resources: gpd.GeoDataFrame,
    *,
    metres: float,
    served: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List who reaches which resource, and the nearest of each kind for everyone.

    Distances are straight lines on the map; real walks are longer, and a river or a railway between is not seen.
    Somebody exactly at the limit reaches it. Which resources count is for the caller to say: all given ones do.

    Parameters
    ----------
    people
        Points where people live (``block_id`` when `served` is given); a shape counts as its centroid.
    resources
        Resources (``kind``), with points; rows without one reach nobody, unless `served` lists them.
    metres
        The farthest distance of interest.
    served
        Who is visited at home: ``resource`` (position in `resources`) and ``block_id``. Everyone in such a block
        is reached at 0 metres.

    Returns
    -------
    pandas.DataFrame
        ``person`` and ``resource`` (positions in the two tables), ``metres``; sorted by person, then resource. Holds
        every pair within `metres`, and beyond that only the nearest resource of each kind (the first one given,
        when several are equally near). ``attrs["crs"]`` names the system the metres were measured in.

    Raises
    ------
    InputError
        When people have no point.

    Examples
    --------
    >>> import geopandas as gpd
    >>> homes = gpd.GeoDataFrame(geometry=gpd.points_from_xy([0, 1000], [0, 0]), crs="EPSG:6677")
    >>> salons = gpd.GeoDataFrame({"kind": ["salon", "salon"]},
    ...     geometry=gpd.points_from_xy([300, 400], [0, 0]), crs="EPSG:6677")
    >>> reach(homes, salons, metres=500).values.tolist()
    [[0.0, 0.0, 300.0], [0.0, 1.0, 400.0], [1.0, 1.0, 600.0]]
    """
    crs = metre_crs(people)
    home = _points(to_metres(people, crs))
    if np.isnan(home).any():
        missing = first_five(people.index[np.isnan(home).any(axis=1)])
        raise InputError(
            either(
                ja=f"人口の表に、位置のない行があります（{missing}）。点を入れるか、その行を除いてください。",
                en=f"The table of people has rows without a point ({missing}). Give them one, or leave them out.",
            )
        )
    spots = _points(to_metres(resources, crs))
    located = np.flatnonzero(~np.isnan(spots).any(axis=1))
    spot = spots[located]
    kinds = resources["kind"].to_numpy()[located]
    found = [_pairs_within(home, spot, metres)]
    found += [_nearest(home, spot, np.flatnonzero(kinds == kind)) for kind in pd.unique(kinds)]
    person, nth = np.concatenate(found, axis=1)
    distance = np.hypot(*(home[person] - spot[nth]).T)
    pairs = pd.DataFrame({"person": person, "resource": located[nth], "metres": distance})
    if served is not None and len(served):
        pairs = pd.concat([_at_home(people, served), pairs], ignore_index=True)
    pairs = pairs.sort_values(["person", "resource", "metres"], kind="stable")
    pairs = pairs.drop_duplicates(["person", "resource"], ignore_index=True)
    pairs.attrs["crs"] = crs.to_string()
    return pairs


def _points(table: gpd.GeoDataFrame) -> np.ndarray:
    """Return x and y of every row, of a shape its centroid; not numbers where there is none."""
    points = shapely.centroid(table.geometry.to_numpy())
    return np.column_stack([shapely.get_x(points), shapely.get_y(points)])


def _pairs_within(home: np.ndarray, spot: np.ndarray, metres: float) -> np.ndarray:
    """Return positions (2 x pairs) of homes and spots at most `metres` apart."""
    tree = shapely.STRtree(shapely.points(spot))
    person, nth = tree.query(shapely.points(home), predicate="dwithin", distance=metres * _HAIR)
    near = np.hypot(*(home[person] - spot[nth]).T) <= metres
    return np.array([person[near], nth[near]])


def _nearest(home: np.ndarray, spot: np.ndarray, of_kind: np.ndarray) -> np.ndarray:
    """Return positions (2 x homes) of every home and the nearest of some spots, the first one of equals."""
    tree = shapely.STRtree(shapely.points(spot[of_kind]))
    person, nth = tree.query_nearest(shapely.points(home), all_matches=True)
    first = np.lexsort((nth, person))
    person, nth = person[first], nth[first]
    once = np.append(True, np.diff(person) != 0)[: len(person)]
    return np.array([person[once], of_kind[nth[once]]])


def _at_home(people: gpd.GeoDataFrame, served: pd.DataFrame) -> pd.DataFrame:
    homes = pd.DataFrame({"person": np.arange(len(people)), "block_id": people["block_id"].to_numpy()})
    pairs = homes.merge(served, on="block_id")[["person", "resource"]]
    return pairs.assign(metres=0.0)
