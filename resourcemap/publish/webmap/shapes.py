"""Polygons as short text: borders that neighbours share are cut into arcs and written once.

Digits and arcs are those of `resourcemap.publish.webmap.digits`.

- Shapes: for each the number of its rings, for each ring the number of its arcs, for each arc twice the step of its
  number from that of the arc before, plus 1 where it runs backwards. What lies in an odd number of rings is inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from resourcemap.metres import metre_crs, to_lonlat, to_metres
from resourcemap.publish.webmap.digits import chains, digits, in_units

if TYPE_CHECKING:
    import geopandas as gpd

_POLYGONS = (3, 6)
_TRIANGLE = 3
# On a screen of 2,000 pixels that shows everything, a tenth of a pixel.
_FINENESS = 20_000


def shapes(geometries: np.ndarray) -> dict[str, str]:
    """Write polygons as ``arcs``, every border of two neighbours once, and as ``rings`` of arcs.

    Borders are shared where neighbours have the same corners along them; those that overlap otherwise, or share
    nothing, are written each for itself. Rings too small to have an inside at this precision are left out, with the
    holes in them; a geometry without any ring stays as an empty one, and so does one that is no polygon.

    Examples
    --------
    Two squares: the border between them, and the rest of each.

    >>> squares = shapely.box([0, 0.00001], 0, [0.00001, 0.00002], 0.00001)
    >>> shapes(squares)
    {'arcs': 'ECAACIAABAABCAIAACAACBA', 'rings': 'CEAECEBI'}
    """
    vertices, ring, owner = _rings(geometries)
    if not len(vertices):
        return {"arcs": "", "rings": digits(np.zeros(len(geometries), dtype=np.int64))}
    size = np.bincount(ring)
    start = (np.cumsum(size) - size)[ring]
    step = np.arange(len(ring)) - start
    ids = np.unique(vertices[:, 0] << 32 | vertices[:, 1] & 0xFFFFFFFF, return_inverse=True)[1]
    after, before = (ids[start + (step + way) % size[ring]] for way in (1, -1))
    cuts = np.flatnonzero(_junctions(ids, ring, after, before))
    end, length = _runs(cuts, ring, size)
    # An arc is known by its first step, or by its last one backwards: between cuts there is one way only.
    forward, backward = ids[cuts] * len(ids) + after[cuts], ids[end] * len(ids) + before[end]
    number, made = _numbered(np.minimum(forward, backward))
    uses = 2 * np.diff(number, prepend=0) + (forward != forward[made][number])
    counts = length[made] + 1
    along = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    at = np.repeat(cuts[made], counts)
    corners = start[at] + (step[at] + along) % size[ring[at]]
    return {"arcs": chains(vertices[corners], counts), "rings": _ring_list(uses, ring[cuts], owner, len(geometries))}


def simplified(table: gpd.GeoDataFrame, metres: float) -> gpd.GeoDataFrame:
    """Return the table in longitude and latitude without the bends smaller than `metres`.

    Where all of it is wider than 20,000 times that, bends of a 20,000th of its width go too. Polygons keep their
    shared borders shared.

    Examples
    --------
    >>> import geopandas as gpd
    >>> bent = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (50, 0.5), (100, 0)])], crs="EPSG:6677")
    >>> simplified(bent, 2).geometry.count_coordinates().tolist()
    [2]
    """
    if not len(table):
        return to_lonlat(table)
    measured = to_metres(table, metre_crs(table))
    geometries = measured.geometry.to_numpy()
    west, south, east, north = shapely.total_bounds(geometries)
    bend = max(metres, max(east - west, north - south) / _FINENESS)
    if np.isin(shapely.get_type_id(geometries), _POLYGONS).all():
        smooth = shapely.coverage_simplify(geometries, bend)
    else:
        smooth = shapely.simplify(geometries, bend)
    return to_lonlat(measured.set_geometry(smooth, crs=measured.crs))


def filled(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows that have a geometry.

    Examples
    --------
    >>> import geopandas as gpd
    >>> len(filled(gpd.GeoDataFrame(geometry=[None, shapely.Point(0, 0)], crs="EPSG:4326")))
    1
    """
    return table[~(table.geometry.isna() | table.geometry.is_empty)]


def _rings(geometries: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the corners of all rings without repeated ones, the ring of each corner, and the geometry of each ring."""
    parts, of_part = shapely.get_parts(geometries, return_index=True)
    polygon = shapely.get_type_id(parts) == _POLYGONS[0]
    parts, of_part = parts[polygon], of_part[polygon]
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    open_ = np.append(ring[1:] == ring[:-1], False)  # the last corner of a ring is the first again
    vertices, ring = in_units(coordinates[open_]), ring[open_]
    size = np.bincount(ring, minlength=len(rings))
    last = np.cumsum(size)[ring] - 1
    before = np.where(np.diff(ring, prepend=-1) != 0, last, np.arange(len(ring)) - 1)
    moved = (vertices != vertices[before]).any(axis=1)
    wide = np.bincount(ring[moved], minlength=len(rings)) >= _TRIANGLE
    outer = np.diff(of_ring, prepend=-1) != 0
    wide &= wide[np.flatnonzero(outer)[of_ring]] if len(rings) else wide
    kept = moved & wide[ring]
    return vertices[kept], (np.cumsum(wide) - 1)[ring[kept]], of_part[of_ring[wide]]


def _junctions(ids: np.ndarray, ring: np.ndarray, after: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Tell the corners where rings part, having other neighbours elsewhere; one corner of rings that never do."""
    pair = np.minimum(after, before) * len(ids) + np.maximum(after, before)
    order = np.argsort(ids, kind="stable")
    starts = np.flatnonzero(np.diff(ids[order], prepend=-1))
    least, most = (reduce.reduceat(pair[order], starts) for reduce in (np.minimum, np.maximum))
    parting: np.ndarray = (least != most)[ids]
    begins = np.flatnonzero(np.diff(ring, prepend=-1))
    alone = ~np.logical_or.reduceat(parting, begins)
    lowest = np.minimum.reduceat(ids, begins)
    parting |= alone[ring] & (ids == lowest[ring])
    return parting


def _runs(cuts: np.ndarray, ring: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where the arc from each cut ends, the next cut of its ring or around to the first, and its steps."""
    first = cuts[np.flatnonzero(np.diff(ring[cuts], prepend=-1))]
    last = np.append(np.diff(ring[cuts]) != 0, True)
    end = np.where(last, first[ring[cuts]], np.append(cuts[1:], 0))
    return end, end - cuts + np.where(last, size[ring[cuts]], 0)


def _numbered(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give keys numbers in the order in which they first appear, and return where each does."""
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[inverse], first[order]


def _ring_list(uses: np.ndarray, ring: np.ndarray, owner: np.ndarray, geometries: int) -> str:
    """Put the count of rings before those of a geometry, and the count of arcs before those of a ring."""
    arcs = np.bincount(ring, minlength=len(owner))
    rings = np.bincount(owner, minlength=geometries)
    head = np.arange(len(owner)) + np.cumsum(arcs) - arcs  # counts of rings and their arcs, without geometries
    body = np.empty(len(owner) + len(uses), dtype=np.int64)
    is_head = np.zeros(len(body), dtype=bool)
    is_head[head] = True
    body[is_head], body[~is_head] = arcs, uses
    begins = np.append(head, len(body))[np.cumsum(rings) - rings]
    return digits(np.insert(body, begins, rings))
