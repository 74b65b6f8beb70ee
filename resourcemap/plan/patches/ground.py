"""The ground of person points: the cell of each one, inside its block, and which cells lie side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from resourcemap.metres import metre_crs, to_metres
from resourcemap.plan.patches.side_by_side import neighbours

if TYPE_CHECKING:
    import geopandas as gpd
    from pyproj import CRS

_SAME = 0.05  # metres between corners that are one
_ALONE = 250.0  # metres of spacing where there is only one point of no block
_REACH = 0.75  # of the spacing: the corners of a square are at 0.71
_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True)
class Ground:
    """The ground divided among person points.

    Parameters
    ----------
    people
        The person points, as given.
    crs
        The metre system of `shapes`.
    cell
        The cell of each person point; -1 where it has no place.
    shapes
        The polygon of each cell.
    block
        The block that each cell was cut from (its position in the table of blocks); -1 where there is none.
    whole
        The polygon of each block that was divided; missing for the others.
    lives
        The block that each person point belongs to: that of its id, else the one it lies in; -1 where there is none.
    first, second
        The pairs of cells that lie side by side.
    names, approximate
        Of each block: what it is called, and whether its borders are approximate.
    """

    people: gpd.GeoDataFrame = field(repr=False)
    crs: CRS
    cell: np.ndarray = field(repr=False)
    shapes: np.ndarray = field(repr=False)
    block: np.ndarray = field(repr=False)
    whole: np.ndarray = field(repr=False)
    lives: np.ndarray = field(repr=False)
    first: np.ndarray = field(repr=False)
    second: np.ndarray = field(repr=False)
    names: np.ndarray = field(repr=False)
    approximate: np.ndarray = field(repr=False)

    @cached_property
    def cells_of_blocks(self) -> pd.DataFrame:
        """List the cells of every block that people live in: their area and, times that, where their centres are."""
        known = (self.lives >= 0) & (self.cell >= 0)
        pairs = pd.DataFrame({"block": self.lives[known], "cell": self.cell[known]})
        pairs = pairs.drop_duplicates().sort_values(["block", "cell"], ignore_index=True)
        shapes = self.shapes[pairs["cell"]]
        area, centres = shapely.area(shapes), shapely.centroid(shapes)
        return pairs.assign(area=area, east=shapely.get_x(centres) * area, north=shapely.get_y(centres) * area, one=1)


def ground_of(
    people: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame | None = None, *, spacing: float | None = None
) -> Ground:
    """Divide the ground among person points, and find which of their cells lie side by side.

    A block is divided among its own points: each has the part of the block that is nearest to it (Voronoi cells).
    What a cell has beyond a bend of its block, away from its point, goes to the cell of the block that it touches
    most. Points at the same place of a block share one cell. A block without any point is nobody's ground. Points
    of no block, or where there are no blocks, have the ground nearest to them up to three quarters of `spacing`,
    outside of the blocks that were divided.

    Two cells lie side by side when they share a border of at least a tenth of the root of the smaller one's area (3 m
    to 10 m), so that a mere corner does not count; blocks whose borders lie up to 1 m apart, or that much over each
    other, touch. A part of a block that lies apart and has no point of its own joins nothing.

    Nothing of this depends on who is counted or reached: make it once for all kinds.

    Parameters
    ----------
    people
        The person points (``block_id`` where there are `blocks`), in any CRS. Those without a point have no cell.
    blocks
        The blocks (``block_id``, ``block``, ``approximate``; ``city`` tells those of one name apart), in any CRS. Of
        those that are points, only the names are used.
    spacing
        Metres between neighbouring points of no block. When not given, the distance to the next point that nine of
        ten such points do not exceed.

    Examples
    --------
    >>> import geopandas as gpd
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1", "2"], "block": ["東町", "西町"], "approximate": False},
    ...     geometry=[shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)], crs="EPSG:6677")
    >>> people = gpd.GeoDataFrame({"block_id": ["1", "1", "2"], "total": [4, 5, 6]},
    ...     geometry=gpd.points_from_xy([20, 60, 150], [50, 50, 50]), crs="EPSG:6677")
    >>> ground = ground_of(people, blocks)
    >>> shapely.area(ground.shapes).round().tolist(), list(zip(ground.first.tolist(), ground.second.tolist()))
    ([4000.0, 6000.0, 10000.0], [(0, 1), (1, 2)])
    """
    crs = metre_crs(*([people] if blocks is None else [people, blocks]))
    points = to_metres(people, crs).geometry.to_numpy()
    borders = _borders(blocks, crs)
    lives = _known(people, blocks)
    divided = np.zeros(len(borders), dtype=bool)
    divided[lives[lives >= 0]] = True
    whole = borders.copy()
    whole[~divided] = None
    home = np.where(_at(~shapely.is_missing(whole), lives), lives, -1)
    away = np.flatnonzero(home < 0)
    home[away] = _inside(points[away], whole)
    unknown = np.flatnonzero(lives < 0)
    lives[unknown] = _inside(points[unknown], borders)
    cell, sites, block = _sites(points, home)
    parts = np.full(len(sites), None, dtype=object)
    _divide_blocks(parts, sites, block, whole)
    cell, kept = _with_the_next(cell, sites, block, parts)
    sites, block, parts = sites[kept], block[kept], parts[kept]
    loose = block < 0
    parts[loose] = _around(sites[loose], whole, spacing)
    main, rest, owner = _main_parts(parts, sites)
    first, second = neighbours(main, block)
    return Ground(
        people=people,
        crs=crs,
        cell=cell,
        shapes=_with_rests(main, rest, owner, block),
        block=block,
        whole=whole,
        lives=lives,
        first=first,
        second=second,
        names=_names(blocks),
        approximate=np.zeros(0, dtype=bool) if blocks is None else blocks["approximate"].to_numpy(dtype=bool),
    )


def _borders(blocks: gpd.GeoDataFrame | None, crs: CRS) -> np.ndarray:
    """Return the polygons of the blocks in metres; missing for those that have none."""
    if blocks is None:
        return np.array([], dtype=object)
    shapes = to_metres(blocks, crs).geometry.to_numpy()
    drawn = np.isin(shapely.get_type_id(shapes), _POLYGONS) & ~shapely.is_empty(shapes)
    borders: np.ndarray = shapes.copy()
    borders[~drawn] = None
    bad = drawn & ~shapely.is_valid(borders)
    borders[bad] = shapely.make_valid(borders[bad])
    return borders


def _known(people: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame | None) -> np.ndarray:
    """Return the block of every person point by its id, or -1."""
    if blocks is None or "block_id" not in people:
        return np.full(len(people), -1)
    ids = pd.Series(np.arange(len(blocks)), index=blocks["block_id"].to_numpy())
    return np.array(people["block_id"].map(ids[~ids.index.isna()]).fillna(-1), dtype=int)


def _at(truths: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Look up truths by position; false at -1."""
    return np.asarray(np.append(truths, False)[positions])


def _inside(points: np.ndarray, polygons: np.ndarray) -> np.ndarray:
    """Return the first polygon that holds each point, or -1."""
    found = np.full(len(points), len(polygons))
    point, polygon = shapely.STRtree(polygons).query(points, predicate="intersects")
    np.minimum.at(found, point, polygon)
    return np.where(found == len(polygons), -1, found)


def _sites(points: np.ndarray, home: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Put points at the same place of a block together: the site of each point, the sites, and their blocks."""
    placed = ~(shapely.is_missing(points) | shapely.is_empty(points))
    spots = pd.DataFrame(np.round(shapely.get_coordinates(points[placed]), 3), columns=["x", "y"])
    spots["home"] = home[placed]
    cell = np.full(len(points), -1)
    cell[placed] = spots.groupby(["home", "x", "y"], sort=False).ngroup()
    once = spots.drop_duplicates()
    return cell, shapely.points(once["x"], once["y"]), once["home"].to_numpy()


def _divide_blocks(parts: np.ndarray, sites: np.ndarray, block: np.ndarray, whole: np.ndarray) -> None:
    """Give each site of a block the part of the block nearest to it; missing where there is none."""
    order = np.flatnonzero(block >= 0)
    order = order[np.argsort(block[order], kind="stable")]
    of, group, size = np.unique(block[order], return_inverse=True, return_counts=True)
    alone = size[group] == 1
    parts[order[alone]] = whole[of[group[alone]]]
    shared = order[~alone]
    if not len(shared):
        return
    of = of[size > 1]
    together = shapely.multipoints(sites[shared], indices=np.searchsorted(of, block[shared]))
    found = shapely.voronoi_polygons(together, extend_to=whole[of], ordered=True)
    cells, border = shapely.get_parts(found), whole[block[shared]]
    shapely.prepare(border)
    over = ~shapely.contains_properly(border, cells)
    cells[over] = shapely.intersection(cells[over], border[over])
    parts[shared] = np.where(shapely.area(cells) > 0, cells, None)


def _with_the_next(
    cell: np.ndarray, sites: np.ndarray, block: np.ndarray, parts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Join sites that lie so far from their block that they have no part of it with the next site that has one."""
    lost = np.flatnonzero((block >= 0) & shapely.is_missing(parts))
    kept = np.ones(len(sites), dtype=bool)
    kept[lost] = False
    joined = np.cumsum(kept) - 1
    for site in lost:
        same = np.flatnonzero((block == block[site]) & kept)
        joined[site] = joined[same[np.argmin(shapely.distance(sites[same], sites[site]))]]
    return np.where(cell >= 0, np.append(joined, -1)[cell], -1), kept


def _around(sites: np.ndarray, whole: np.ndarray, spacing: float | None) -> np.ndarray:
    """Give each site of no block the ground nearest to it, outside of the blocks that were divided."""
    if not len(sites):
        return sites
    circles = shapely.buffer(sites, _REACH * (_spacing(sites) if spacing is None else spacing), quad_segs=16)
    parts = circles
    if len(sites) > 1:
        found = shapely.voronoi_polygons(
            shapely.multipoints(sites), extend_to=shapely.box(*_bounds(circles)), ordered=True
        )
        parts = shapely.intersection(shapely.get_parts(found), circles)
    part, polygon = shapely.STRtree(whole).query(parts, predicate="intersects")
    for at in np.unique(part):
        outside = shapely.difference(parts[at], shapely.union_all(whole[polygon[part == at]]))
        parts[at] = parts[at] if shapely.is_empty(outside) else outside
    return np.asarray(parts)


def _bounds(shapes: np.ndarray) -> np.ndarray:
    return np.asarray(shapely.total_bounds(shapes))


def _spacing(sites: np.ndarray) -> float:
    """Return the distance to the next site that nine of ten do not exceed."""
    if len(sites) < 2:
        return _ALONE
    (site, _), metres = shapely.STRtree(sites).query_nearest(sites, exclusive=True, return_distance=True)
    return float(np.quantile(metres[np.unique(site, return_index=True)[1]], 0.9))


def _main_parts(parts: np.ndarray, sites: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the piece of each cell that holds its site or is nearest to it, and the other pieces with their cells."""
    pieces, owner = shapely.get_parts(parts, return_index=True)
    pieces, inner = shapely.get_parts(pieces, return_index=True)
    owner = owner[inner]
    flat = shapely.get_dimensions(pieces) == 2
    pieces, owner = pieces[flat], owner[flat]
    several = np.bincount(owner, minlength=len(parts))[owner] > 1
    away = np.zeros(len(pieces))
    away[several] = shapely.distance(pieces[several], sites[owner[several]])
    order = np.lexsort((away, owner))
    chosen = order[np.append(True, np.diff(owner[order]) > 0)[: len(order)]]
    rest = np.setdiff1d(np.arange(len(pieces)), chosen)
    return pieces[chosen], pieces[rest], owner[rest]


def _with_rests(main: np.ndarray, rest: np.ndarray, owner: np.ndarray, block: np.ndarray) -> np.ndarray:
    """Give each other piece to the cell of its block that it shares most border with, else to its own."""
    shapes = main.copy()
    if not len(rest):
        return shapes
    piece, cell = shapely.STRtree(main).query(rest, predicate="dwithin", distance=_SAME)
    same = block[cell] == block[owner[piece]]
    piece, cell = piece[same], cell[same]
    border = shapely.length(shapely.intersection(shapely.buffer(main[cell], _SAME), shapely.boundary(rest[piece])))
    taker = owner.copy()
    order = np.lexsort((cell, -border, piece))
    best = order[np.append(True, np.diff(piece[order]) > 0)[: len(order)]]
    taker[piece[best]] = cell[best]
    for one in np.unique(taker):
        shapes[one] = shapely.union_all([shapes[one], *rest[taker == one]])
    return shapes


def _names(blocks: gpd.GeoDataFrame | None) -> np.ndarray:
    """Name the blocks; those of one name in several cities by their city, too."""
    if blocks is None:
        return np.array([], dtype=object)
    names = blocks["block"].astype(object)
    if "city" in blocks:
        names = names.where(~names.duplicated(keep=False), blocks["city"].fillna("").astype(object) + names)
    return np.asarray(names.to_numpy(dtype=object))
