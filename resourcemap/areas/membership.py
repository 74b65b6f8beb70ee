"""Areas from town blocks and the table that says which block belongs to which.

Tables come and go in longitude and latitude (EPSG:4326).
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.model.names import fold_name
from resourcemap.model.tables import rows_as_written


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
        name, its only name), ``area``, ``approximate`` (any of its blocks is), ``blocks`` (the ids of its blocks: whose
        block is known belongs there, wherever a point of theirs may lie), the polygon.

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
    area_of = _area_of_each_block(blocks, membership, column or system, where or system).to_numpy(dtype=object)
    order = pd.unique(membership[column or system].dropna())
    rough, ids, shapes = (blocks[name].to_numpy() for name in ("approximate", "block_id", blocks.geometry.name))
    rows = []
    for area in order:
        here = area_of == area
        if here.any():
            rows.append(
                (system, area, area, bool(rough[here].any()), tuple(ids[here]), shapely.union_all(shapes[here]))
            )
    columns = ["system", "area_id", "area", "approximate", "blocks", "geometry"]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry="geometry", crs=blocks.crs)


def blocks_as_areas(blocks: gpd.GeoDataFrame, *, system: str) -> gpd.GeoDataFrame:
    """Take every block as an area of its own.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows and index in the columns of areas, with ``blocks`` as of `areas_from_blocks`.

    Examples
    --------
    >>> one = gpd.GeoDataFrame({"block_id": ["1"], "block": ["本町"], "approximate": False},
    ...     geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:4326")
    >>> blocks_as_areas(one, system="町丁目")["area"].tolist()
    ['本町']
    """
    named = blocks.rename(columns={"block_id": "area_id", "block": "area"})
    made = named.assign(system=system, blocks=[(block,) for block in blocks["block_id"]])
    return made[["system", "area_id", "area", "approximate", "blocks", "geometry"]]


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
    if "source_row" in membership:
        listed["source_row"] = membership["source_row"]
    areas_of = listed.dropna().groupby("index")["area"].unique()
    faults = _membership_faults(blocks, listed, areas_of, column, where)
    if faults:
        raise InputError(faults)
    return areas_of.map(lambda names: names[0]).reindex(blocks.index)


def _membership_faults(
    blocks: gpd.GeoDataFrame, listed: pd.DataFrame, areas_of: pd.Series, column: str, where: str
) -> list[str]:
    faults = []
    unknown = listed[listed["index"].isna()]
    if len(unknown):
        shown = first_five(
            either(ja=f"{row}行「{block}」", en=f"row {row}: {block}")
            for row, block in zip(rows_as_written(unknown), unknown["block"], strict=True)
        )
        faults.append(
            either(
                ja=f"{where}: 地図にないか、同じ名前が2つ以上ある町丁目があります（{shown}）。"
                "名前を直すか、町丁目コードで書いてください。",
                en=f"{where}: blocks that the layer does not have, or has twice ({shown}). "
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
