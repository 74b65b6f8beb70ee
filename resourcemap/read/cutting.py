"""Cutting lines at the corners where they meet others, so that streets join there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from resourcemap.metres import metre_crs, to_metres

if TYPE_CHECKING:
    import pandas as pd

_DECIMALS = 7  # of degrees, about a centimetre


def cut_at_corners(streets: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, np.ndarray]:
    """Cut lines at each corner where another line, or the same one again, goes another way or ends.

    Corners are the same when their longitudes and latitudes are, rounded to 7 decimals (about 1 cm). Lines that cross
    without a common corner are not cut: one of them is a bridge. Nor are lines that run along each other in the same
    corners, there and back.

    Parameters
    ----------
    streets
        Lines in longitude and latitude, with ``length_m``.

    Returns
    -------
    geopandas.GeoDataFrame
        The pieces, in the order of the lines and along each line, numbered anew. The length of a line is divided in
        the proportions of the drawn pieces, in a metre system; the other columns are repeated. Lines without such a
        corner are as they were.
    numpy.ndarray
        The positions of the lines that were cut.

    Examples
    --------
    >>> lines = gpd.GeoSeries.from_wkt(["LINESTRING (139 35, 139.001 35, 139.004 35)",
    ...     "LINESTRING (139.001 35, 139.001 35.1)"], crs="EPSG:4326")
    >>> pieces, cut = cut_at_corners(gpd.GeoDataFrame({"length_m": [400.0, 11000.0]}, geometry=lines))
    >>> pieces["length_m"].round(3).tolist(), cut.tolist()
    ([100.0, 300.0, 11000.0], [0])
    """
    lines = streets.geometry.to_numpy()
    xy, line = shapely.get_coordinates(lines, return_index=True)
    places = _places_to_cut(_corners(xy), line)
    cut = np.unique(line[places])
    if not len(cut):
        return streets.reset_index(drop=True), cut
    # A corner that is cut ends one piece and begins the next.
    starts = np.zeros(len(xy), dtype=np.int64)
    starts[places] = 1
    starts[1:] += line[1:] != line[:-1]
    piece_of_corner = np.cumsum(starts)
    order = np.argsort(np.concatenate([np.arange(len(xy)), places - 0.5]), kind="stable")
    corner = np.concatenate([np.arange(len(xy)), places])[order]
    piece = np.concatenate([piece_of_corner, piece_of_corner[places] - 1])[order]
    row = line[np.append(True, starts[1:] > 0)]
    made: gpd.GeoDataFrame = streets.iloc[row].reset_index(drop=True)
    shapes = shapely.linestrings(xy[corner], indices=piece)
    unchanged = ~np.isin(row, cut)
    shapes[unchanged] = lines[row[unchanged]]
    made = made.set_geometry(gpd.GeoSeries(shapes, crs=streets.crs))
    made.loc[~unchanged, "length_m"] = _divided(made[~unchanged], row[~unchanged])
    return made, cut


def _corners(xy: np.ndarray) -> np.ndarray:
    """Return a number for every place; the same one for places that are the same when rounded."""
    whole = np.round(xy * 10**_DECIMALS).astype(np.int64)
    key = whole[:, 0] * (1 << 32) + whole[:, 1]
    number: np.ndarray = np.unique(key, return_inverse=True)[1].reshape(-1)
    return number


def _places_to_cut(corner: np.ndarray, line: np.ndarray) -> np.ndarray:
    """Return the places within lines, not at their ends, from which more than two ways lead or where a line ends."""
    last = np.append(line[1:] != line[:-1], True)
    first = np.append(True, last[:-1])
    junction = _ways_from(corner, line) > 2
    junction[corner[first | last]] = True
    # A place that is given twice in a row is one: it is cut once, and not at all when it is the end.
    moved = first | np.append(True, corner[1:] != corner[:-1])
    run = np.cumsum(moved)
    at_end = run == run[last][line]
    return np.flatnonzero(junction[corner] & moved & ~first & ~at_end)


def _ways_from(corner: np.ndarray, line: np.ndarray) -> np.ndarray:
    """Return from how many different corners each is the next one along a line."""
    count = int(corner.max()) + 1
    step = (line[1:] == line[:-1]) & (corner[1:] != corner[:-1])
    one, other = corner[:-1][step], corner[1:][step]
    ways = np.unique(np.concatenate([one * count + other, other * count + one]))
    number: np.ndarray = np.bincount(ways // count, minlength=count)
    return number


def _divided(pieces: gpd.GeoDataFrame, row: np.ndarray) -> pd.Series:
    drawn = to_metres(pieces, metre_crs(pieces)).length
    return pieces["length_m"] * drawn / drawn.groupby(row).transform("sum")
