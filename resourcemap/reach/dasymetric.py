"""Where people live inside their block, by what is known of it: its buildings, or the people of 地域メッシュ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import metre_crs, to_lonlat, to_metres
from resourcemap.model.tables import age_bounds
from resourcemap.reach.spread import spread_people

if TYPE_CHECKING:
    from collections.abc import Iterable

METRES_PER_FLOOR = 3.0
_ROW = "_row"
# Whole numbers that rounding has made a hair too large must not be rounded down to themselves.
_HAIR = 1 - 1e-12


def people_in_buildings(
    people: gpd.GeoDataFrame,
    blocks: gpd.GeoDataFrame,
    buildings: gpd.GeoDataFrame,
    *,
    floors: str | None = None,
    height: str | None = None,
    dwelling: str | None = None,
    metres: float = 150.0,
) -> gpd.GeoDataFrame:
    """Divide the people of each block over its buildings, in proportion to their floor space.

    The floor space of a building is its footprint in square metres times its floors; of a building given as a
    point, its floors alone. A building belongs to the block that holds an inner point of it. People are divided by
    the largest remainder, age by age; what one age leaves a building short of, or gives it too much, counts when the
    next is divided, so that the totals are in proportion, too. Who lives in which building is not known by this: an
    office with ten floors counts like ten floors of flats, unless `dwelling` says which buildings are lived in.

    Parameters
    ----------
    people
        One row per block (``block_id``, ``total``, age columns, a point).
    blocks
        The polygons of the blocks (``block_id``, ``approximate``).
    buildings
        Polygons or points, in any CRS and order; rows without a shape are passed over.
    floors, height
        The columns of `buildings` with the number of floors or, where that is missing, the height in metres
        (3 m a floor). Where neither is known, there is one floor.
    dwelling
        The column of `buildings` that is true where people live; missing is false. All buildings when not given.
    metres
        The grid of `spread_people` for blocks of which no building is known.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of `people`, one row per building with anybody in it, blocks in the order of `people`, buildings
        from south to north. Every column of people keeps its sum for every block. Blocks without a building, those
        without people, those with approximate borders and people of no block are spread as `spread_people` does;
        ``attrs["without_buildings"]`` lists the ids of those blocks that have people and borders but no building.

    Raises
    ------
    InputError
        When a column named is not there.

    Examples
    --------
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1"], "approximate": False}, geometry=[shapely.box(0, 0, 100, 100)],
    ...     crs="EPSG:6677")
    >>> people = gpd.GeoDataFrame({"block_id": ["1"], "total": [10]}, geometry=[shapely.Point(50, 50)],
    ...     crs="EPSG:6677")
    >>> houses = gpd.GeoDataFrame({"storeys": [1, 4]}, geometry=[shapely.box(0, 0, 9, 9), shapely.box(20, 20, 29, 29)],
    ...     crs="EPSG:6677")
    >>> people_in_buildings(people, blocks, houses, floors="storeys")["total"].tolist()
    [2, 8]
    """
    _require_columns(buildings, (floors, height, dwelling))
    crs = metre_crs(blocks)
    shapes = to_metres(buildings, crs).geometry.to_numpy()
    weights = np.where(shapely.get_dimensions(shapes) == 2, shapely.area(shapes), 1.0)
    weights = weights * _floors(buildings, floors, height)
    weights[shapely.is_missing(shapes) | shapely.is_empty(shapes)] = 0
    if dwelling is not None:
        weights[~buildings[dwelling].eq(True).to_numpy(dtype=bool)] = 0
    points = shapely.point_on_surface(shapes)
    areas = to_metres(blocks, crs).geometry.to_numpy()
    building, block = _first_of_each(*shapely.STRtree(areas).query(points, predicate="intersects"))
    return _divide(people, blocks, block, weights[building], points[building], crs, metres, "without_buildings")


def people_on_meshes(
    people: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame, meshes: gpd.GeoDataFrame, *, metres: float = 150.0
) -> gpd.GeoDataFrame:
    """Divide the people of each block over the meshes it lies on, in proportion to the people of those.

    A mesh counts with its people times the share of it that lies in the block: inside a mesh people are taken to live
    evenly. Each part of a block is then covered with the grid of `spread_people`. A mesh with nobody on it (a park, a
    mountain) gets nobody.

    Parameters
    ----------
    people
        One row per block (``block_id``, ``total``, age columns, a point).
    blocks
        The polygons of the blocks (``block_id``, ``approximate``).
    meshes
        The rectangles of the meshes with their ``total``, in any CRS and order.
    metres
        Distance between grid points inside a part; 0 gives each part one point inside it.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of `people`, one row per point, blocks in the order of `people`. Every column of people keeps
        its sum for every block. Blocks that no mesh with people touches are spread as `spread_people` does;
        ``attrs["without_meshes"]`` lists their ids.

    Examples
    --------
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1"], "approximate": False}, geometry=[shapely.box(0, 0, 200, 100)],
    ...     crs="EPSG:6677")
    >>> people = gpd.GeoDataFrame({"block_id": ["1"], "total": [10]}, geometry=[shapely.Point(100, 50)],
    ...     crs="EPSG:6677")
    >>> meshes = gpd.GeoDataFrame({"total": [300, 100, 0]}, crs="EPSG:6677",
    ...     geometry=[shapely.box(0, 0, 100, 100), shapely.box(100, -100, 200, 100), shapely.box(0, -100, 100, 0)])
    >>> people_on_meshes(people, blocks, meshes, metres=0)["total"].tolist()
    [9, 1]
    """
    crs = metre_crs(blocks)
    areas = shapely.make_valid(to_metres(blocks, crs).geometry.to_numpy())
    cells = to_metres(meshes, crs).geometry.to_numpy()
    mesh, block = shapely.STRtree(areas).query(cells, predicate="intersects")
    parts = shapely.intersection(cells[mesh], areas[block])
    share = shapely.area(parts) / shapely.area(cells[mesh])
    weights = meshes["total"].to_numpy(dtype=float)[mesh] * share
    points = shapely.point_on_surface(parts)
    return _divide(people, blocks, block, weights, points, crs, metres, "without_meshes", parts=parts)


def _require_columns(buildings: gpd.GeoDataFrame, columns: Iterable[str | None]) -> None:
    missing = [column for column in columns if column is not None and column not in buildings]
    if missing:
        known = first_five(str(name) for name in buildings.columns)
        raise InputError(
            either(
                ja=f"建物の表に {'、'.join(missing)} の列がありません（ある列: {known}）。列名を直してください。",
                en=f"Buildings have no column {', '.join(missing)} (found: {known}). Correct the name.",
            )
        )


def _floors(buildings: gpd.GeoDataFrame, floors: str | None, height: str | None) -> np.ndarray:
    """Return the floors of each building, one where nothing is known of them."""
    known = pd.Series(np.nan, index=buildings.index)
    if floors is not None:
        counted = pd.to_numeric(buildings[floors], errors="coerce")
        known = counted.where(counted > 0)
    if height is not None:
        measured = pd.to_numeric(buildings[height], errors="coerce")
        known = known.fillna((measured / METRES_PER_FLOOR).round().clip(lower=1).where(measured > 0))
    numbers: np.ndarray = known.where(np.isfinite(known), 1.0).to_numpy(dtype=float)
    return numbers


def _first_of_each(thing: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keep one pair of every thing: that with the first of the others."""
    order = np.lexsort((other, thing))
    thing, other = thing[order], other[order]
    first = np.append(True, np.diff(thing) > 0)[: len(thing)]
    return thing[first], other[first]


def _divide(
    people: gpd.GeoDataFrame,
    blocks: gpd.GeoDataFrame,
    block: np.ndarray,
    weights: np.ndarray,
    points: np.ndarray,
    crs: object,
    metres: float,
    told: str,
    *,
    parts: np.ndarray | None = None,
) -> gpd.GeoDataFrame:
    """Divide the people of blocks over points with weights, and spread the others.

    Parameters
    ----------
    block
        The position in `blocks` of every point.
    told
        The attribute in which blocks without a point are listed.
    parts
        Polygons around the points, over which their people are spread in turn.
    """
    at = pd.Index(blocks["block_id"]).get_indexer(people["block_id"])
    inhabited = (at >= 0) & (people["total"] > 0).to_numpy()
    sure = inhabited & ~blocks["approximate"].to_numpy(dtype=bool)[at]
    row_of = np.full(len(blocks), -1)
    row_of[at[sure]] = np.flatnonzero(sure)
    kept = np.flatnonzero((row_of[block] >= 0) & (weights > 0))
    row, weights, points = row_of[block[kept]], weights[kept], points[kept]
    # By place, so that the order in which they were given changes nothing.
    order = np.lexsort((weights, shapely.get_x(points), shapely.get_y(points), row))
    row, weights, points = row[order], weights[order], points[order]
    divided = people.iloc[row].reset_index(drop=True)
    for column, numbers in _in_proportion(people, row, weights).items():
        divided[column] = numbers
    divided = to_lonlat(divided.set_geometry(gpd.GeoSeries(points, crs=crs)))
    anybody = (divided["total"] > 0).to_numpy()
    divided, row = divided[anybody], row[anybody]
    if parts is not None and len(divided):
        divided, row = _over_parts(divided, row, parts[kept[order][anybody]], crs, metres)
    others = np.setdiff1d(np.arange(len(people)), row)
    rest = people.iloc[others].copy()
    rest[_ROW] = others
    spread = spread_people(rest, blocks, metres=metres) if len(rest) else rest
    whole = pd.concat([divided.assign(**{_ROW: row}), to_lonlat(spread)] if len(divided) else [to_lonlat(spread)])
    whole = whole.sort_values(_ROW, kind="stable", ignore_index=True).drop(columns=_ROW)
    whole.attrs = {told: people["block_id"].iloc[np.intersect1d(others, np.flatnonzero(sure))].tolist()}
    return whole


def _over_parts(
    divided: gpd.GeoDataFrame, row: np.ndarray, parts: np.ndarray, crs: object, metres: float
) -> tuple[gpd.GeoDataFrame, np.ndarray]:
    """Spread the people of each part of a block over a grid in it; a part that is no polygon keeps its point."""
    polygons = np.isin(shapely.get_type_id(parts), (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    number = np.arange(len(parts))
    pieces = gpd.GeoDataFrame({"block_id": number, "approximate": ~polygons}, geometry=parts, crs=crs)
    spread = spread_people(divided.assign(block_id=number), pieces, metres=metres)
    row = row[spread["block_id"].to_numpy(dtype=int)]
    return spread.assign(block_id=divided["block_id"].to_numpy()[spread["block_id"].to_numpy(dtype=int)]), row


def _in_proportion(people: gpd.GeoDataFrame, row: np.ndarray, weights: np.ndarray) -> dict[str, np.ndarray]:
    """Divide every column of people over points with weights, by the largest remainder, in whole people.

    What a column gives a point above or below its share is remembered for the next. Of equal remainders the first
    point comes first. The total of a point is the sum of its ages and of those without a known age.
    """
    ages = [column for column in people if age_bounds(column)]
    unknown = people["total"] - people[ages].sum(axis=1)
    share = weights / np.bincount(row, weights=weights, minlength=len(people))[row]
    owed = np.zeros(len(row))
    shares = {}
    for name, numbers in [*((age, people[age]) for age in ages), ("total", unknown)]:
        wanted = numbers.to_numpy(dtype=float)[row] * share
        whole = np.floor(wanted * _HAIR).astype(int)
        owed += wanted - whole
        left = numbers.to_numpy(dtype=int) - np.bincount(row, weights=whole, minlength=len(people)).astype(int)
        order = np.lexsort((np.round(-owed, 9), row))
        turn = np.empty(len(row), dtype=int)
        turn[order] = np.arange(len(row)) - np.searchsorted(row, row)
        more = turn < left[row]
        shares[name] = whole + more
        owed -= more
    shares["total"] = np.sum(list(shares.values()), axis=0)
    return shares
