"""Whose area is it in? Blocks to areas by a membership table, points to cells, points to areas.

Tables come and go in longitude and latitude (EPSG:4326).
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import metre_crs, to_lonlat, to_metres
from resourcemap.model.names import fold_name

EVERYWHERE = ("市内全域", "区内全域", "町内全域", "村内全域", "全域", "全市", "全区", "全町")


def areas_from_blocks(
    blocks: gpd.GeoDataFrame,
    membership: pd.DataFrame,
    *,
    system: str,
    column: str | None = None,
    where: str = "",
) -> gpd.GeoDataFrame:
    """Join town blocks to the areas that a membership table puts them in.

    Parameters
    ----------
    blocks
        Town blocks (``block_id``, ``block``, ``approximate``, polygons).
    membership
        One row per block: ``block`` (its name or its id) and a column with the name of the area. Names are
        compared folded, so 一丁目 and １丁目 are the same.
    system
        What this system of areas is called, such as 日常生活圏域.
    column
        The column of `membership` with the areas; `system` when not given.
    where
        What to call the membership table in messages, usually its file.

    Returns
    -------
    geopandas.GeoDataFrame
        One row per area in the order of its first block in `membership`: ``system``, ``area_id`` (the area's
        name, its only name), ``area``, ``approximate`` (any of its blocks is), the polygon.

    Raises
    ------
    InputError
        For blocks of the table that do not exist, blocks in two areas and blocks in none: all at once.

    Examples
    --------
    >>> two = gpd.GeoDataFrame({"block_id": ["1", "2"], "block": ["本町一丁目", "本町二丁目"], "approximate": False},
    ...     geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs="EPSG:4326")
    >>> table = pd.DataFrame({"block": ["本町１丁目", "本町２丁目"], "圏域": ["中央", "中央"]})
    >>> areas_from_blocks(two, table, system="圏域")[["system", "area_id", "area"]].values.tolist()
    [['圏域', '中央', '中央']]
    """
    area_of = _area_of_each_block(blocks, membership, column or system, where or system)
    order = pd.unique(membership[column or system].dropna())
    rows = []
    for area in order:
        members = blocks[area_of == area]
        if len(members):
            rows.append((system, area, area, bool(members["approximate"].any()), shapely.union_all(members.geometry)))
    columns = ["system", "area_id", "area", "approximate", "geometry"]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry="geometry", crs=blocks.crs)


def cells(points: gpd.GeoDataFrame, outline: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give each block point the part of the outline that is nearest to it (Voronoi cells).

    For places where the polygons of the town blocks are not to be had. The cells are not the blocks: they are
    marked ``approximate``, and every output must say so.

    Parameters
    ----------
    points
        Blocks with points (``block_id``, ``block``).
    outline
        The outline of the municipality; all its rows together.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows and index with polygons and ``approximate`` set.

    Raises
    ------
    InputError
        When two blocks have the same point, or a point is so far outside that its cell misses the outline.

    Examples
    --------
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1", "2"], "block": ["A", "B"]},
    ...     geometry=gpd.points_from_xy([139.70, 139.71], [35.7, 35.7]), crs="EPSG:4326")
    >>> town = gpd.GeoDataFrame(geometry=[shapely.box(139.69, 35.69, 139.72, 35.71)], crs="EPSG:4326")
    >>> cells(blocks, town)["approximate"].tolist()
    [True, True]
    """
    crs = metre_crs(points, outline)
    seeds = to_metres(points, crs)
    town = shapely.union_all(to_metres(outline, crs).geometry)
    twice = seeds.geometry.duplicated()
    if twice.any():
        raise InputError(
            either(
                ja=f"町丁目の点が重なっています（{first_five(points['block'][twice])}）。点をひとつずつにしてください。",
                en=f"Blocks share a point ({first_five(points['block'][twice])}). Give each block its own.",
            )
        )
    found = shapely.voronoi_polygons(shapely.MultiPoint(list(seeds.geometry)), extend_to=town, ordered=True)
    clipped = shapely.intersection(np.array(shapely.get_parts(found)), town)
    missed = shapely.is_empty(clipped)
    if missed.any():
        names = first_five(points["block"][missed])
        raise InputError(
            either(
                ja=f"外形から遠く離れた町丁目の点があります（{names}）。点か外形のファイルを確かめてください。",
                en=f"Block points lie far outside the outline ({names}). Check the points or the outline.",
            )
        )
    made = points.assign(approximate=True).set_geometry(gpd.GeoSeries(clipped, index=points.index, crs=crs))
    return to_lonlat(made)


def place(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the area of each point, in every system.

    A point on a shared border belongs to the area that comes first in `areas`. A row whose geometry is missing
    or not inside any area of a system has missing values there; none is dropped.

    Returns
    -------
    pandas.DataFrame
        One column per system, in order of appearance, holding positions in `areas` (-1 where there is none),
        on the index of `points`.

    Examples
    --------
    >>> areas = gpd.GeoDataFrame({"system": "圏域", "area_id": ["西", "東"], "area": ["西", "東"]},
    ...     geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs="EPSG:4326")
    >>> homes = gpd.GeoDataFrame(geometry=gpd.points_from_xy([0.5, 1.0, 9.0], [0.5, 0.5, 0.5]), crs="EPSG:4326")
    >>> place(homes, areas)["圏域"].tolist()
    [0, 0, -1]
    """
    shapes = to_lonlat(areas).geometry.to_numpy()
    homes = to_lonlat(points).geometry.to_numpy()
    found = {}
    for system in pd.unique(areas["system"]):
        positions = np.flatnonzero((areas["system"] == system).to_numpy())
        home, area = shapely.STRtree(shapes[positions]).query(homes, predicate="intersects")
        first = np.full(len(homes), len(shapes))
        np.minimum.at(first, home, positions[area])
        found[system] = np.where(first == len(shapes), -1, first)
    return pd.DataFrame(found, index=points.index)


def placements(resources: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """List the area of every resource in every system, one row each.

    Returns
    -------
    pandas.DataFrame
        ``resource_id``, ``system``, ``area_id``, ``area``: for each resource (in order) each system (in order);
        missing area where a resource has no position or lies in no area.

    Examples
    --------
    >>> areas = gpd.GeoDataFrame({"system": ["圏域"], "area_id": ["西"], "area": ["西"]},
    ...     geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:4326")
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a", "b"]},
    ...     geometry=[shapely.Point(0.5, 0.5), None], crs="EPSG:4326")
    >>> placements(salons, areas)["area"].isna().tolist()
    [False, True]
    """
    found = place(resources, areas)
    systems = list(found.columns)
    position = found.to_numpy().reshape(-1)
    known = areas[["area_id", "area"]].astype(object).to_numpy()
    filled = np.full((len(position), 2), None, dtype=object)
    filled[position >= 0] = known[position[position >= 0]]
    return pd.DataFrame(
        {
            "resource_id": np.repeat(resources["resource_id"].to_numpy(), len(systems)),
            "system": systems * len(resources),
            "area_id": filled[:, 0],
            "area": filled[:, 1],
        }
    )


def served_blocks(
    resources: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, *, where: str = ""
) -> pd.DataFrame:
    """Read which blocks each visiting service goes to.

    The column ``serves`` lists names of blocks or areas, or says 市内全域 (or 全域). An area means the blocks
    whose inner point lies in it; a block name without 丁目 means all its 丁目.

    Returns
    -------
    pandas.DataFrame
        ``resource`` (position in `resources`) and ``block_id``, ordered.

    Raises
    ------
    InputError
        When a name is neither a block nor an area.

    Examples
    --------
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1", "2"], "block": ["本町1丁目", "本町2丁目"]},
    ...     geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs="EPSG:4326")
    >>> areas = blocks.iloc[:0].assign(system=None, area_id=None, area=None)
    >>> visits = gpd.GeoDataFrame({"place": ["served_area"], "serves": ["本町１丁目"]},
    ...     geometry=[None], crs="EPSG:4326")
    >>> served_blocks(visits, blocks, areas).values.tolist()
    [[0, '1']]
    """
    known = _blocks_of_each_name(blocks, areas)
    pairs, unknown = [], []
    for position in np.flatnonzero((resources["place"] == "served_area").to_numpy()):
        for name in _names_in(resources["serves"].iloc[position]):
            folded = fold_name(name)
            if folded not in known:
                unknown.append(name)
            pairs += [(position, block) for block in known.get(folded, ())]
    if unknown:
        raise InputError(
            either(
                ja=f"{where or '対象地域'}: 町丁目にも区域にもない名前があります（{first_five(unknown)}）。"
                "町丁目か圏域の名前、または「市内全域」にしてください。",
                en=f"{where or 'served area'}: neither a block nor an area ({first_five(unknown)}). "
                "Use their names, or 市内全域.",
            )
        )
    return pd.DataFrame(sorted(set(pairs)), columns=["resource", "block_id"])


def _names_in(text: object) -> list[str]:
    if not isinstance(text, str):
        return []
    marks = str.maketrans(dict.fromkeys("、，,;；・／/\n", " "))
    return [name for name in text.translate(marks).split() if name]


def _blocks_of_each_name(blocks: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {fold_name(word): list(blocks["block_id"]) for word in EVERYWHERE}
    inner = blocks.set_geometry(blocks.representative_point())
    if len(areas):
        found = place(inner, areas)
        for system in found:
            for position, block in zip(found[system], blocks["block_id"], strict=True):
                if position >= 0:
                    known.setdefault(fold_name(areas["area"].iloc[position]), []).append(block)
    for name, block in zip(blocks["block"], blocks["block_id"], strict=True):
        town = fold_name(name).rsplit("丁目", 1)[0].rstrip("0123456789")
        known.setdefault(town, []).append(block)
    known.update({fold_name(name): [block] for name, block in zip(blocks["block"], blocks["block_id"], strict=True)})
    return known


def _area_of_each_block(blocks: gpd.GeoDataFrame, membership: pd.DataFrame, column: str, where: str) -> pd.Series:
    """Return the area's name for every block, on the index of `blocks`."""
    if column not in membership:
        seen = ", ".join(map(str, membership.columns))
        raise InputError(
            either(
                ja=f"{where}: 「{column}」の列がありません（ある列: {seen}）。列名を直してください。",
                en=f"{where}: there is no column {column!r} (found: {seen}). Rename one.",
            )
        )
    folded = blocks["block"].map(fold_name)
    by_key = {name: index for index, name in folded[~folded.duplicated(keep=False)].items()}
    by_key |= {str(block_id): index for index, block_id in blocks["block_id"].items()}
    index = membership["block"].map(lambda key: by_key.get(str(key), by_key.get(fold_name(str(key)))))
    listed = pd.DataFrame({"index": index, "block": membership["block"], "area": membership[column]})
    areas_of = listed.dropna().groupby("index")["area"].unique()
    faults = _membership_faults(blocks, listed, areas_of, column, where)
    if faults:
        raise InputError(faults)
    return areas_of.map(lambda names: names[0]).reindex(blocks.index)


def _membership_faults(
    blocks: gpd.GeoDataFrame, listed: pd.DataFrame, areas_of: pd.Series, column: str, where: str
) -> list[str]:
    faults = []
    unknown = listed["block"][listed["index"].isna()]
    if len(unknown):
        faults.append(
            either(
                ja=f"{where}: 地図にないか、同じ名前が2つ以上ある町丁目があります（{first_five(unknown)}）。"
                "名前を直すか、町丁目コードで書いてください。",
                en=f"{where}: blocks that the layer does not have, or has twice ({first_five(unknown)}). "
                "Correct their names, or write block ids.",
            )
        )
    for index, names in areas_of[areas_of.map(len) > 1].items():
        block = blocks["block"].at[index]
        faults.append(
            either(
                ja=f"{where}: {block} が「{column}」の2つ以上に入っています（{first_five(names)}）。"
                "ひとつにしてください。",
                en=f"{where}: {block} is in two areas of {column} ({first_five(names)}). Keep one.",
            )
        )
    without = blocks["block"][~blocks.index.isin(areas_of.index)]
    if len(without):
        faults.append(
            either(
                ja=f"{where}: どの「{column}」にも入っていない町丁目があります（{first_five(without)}）。"
                "表に書き足してください。",
                en=f"{where}: blocks in no area of {column} ({first_five(without)}). Add them to the table.",
            )
        )
    return faults


def blocks_as_areas(blocks: gpd.GeoDataFrame, *, system: str) -> gpd.GeoDataFrame:
    """Take every block as an area of its own.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows and index in the columns of areas.

    Examples
    --------
    >>> one = gpd.GeoDataFrame({"block_id": ["1"], "block": ["本町"], "approximate": False},
    ...     geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:4326")
    >>> blocks_as_areas(one, system="町丁目")["area"].tolist()
    ['本町']
    """
    named = blocks.rename(columns={"block_id": "area_id", "block": "area"}).assign(system=system)
    return named[["system", "area_id", "area", "approximate", "geometry"]]
