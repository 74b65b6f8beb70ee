"""How many of the people of each block are men, where a table of people tells: for the pyramid of a portrait."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.read.ages import age_column, is_of_men
from resourcemap.read.areas import Paths, as_paths
from resourcemap.read.block_index import BlockIndex
from resourcemap.read.formats import read_grids
from resourcemap.read.people import people_in_table
from resourcemap.read.sexes import named_in_each_row, rows_of_men, sex_column
from resourcemap.read.table import find_table

if TYPE_CHECKING:
    import geopandas as gpd

    from resourcemap.read.table import Table


def read_men(
    path: Paths,
    *,
    blocks: gpd.GeoDataFrame,
    block_id: str | None = None,
    block: str | None = None,
    total: str | None = None,
    city: str | None = None,
) -> pd.DataFrame | None:
    r"""Read how many men live in each block, by age; nothing where a file does not say it.

    Tables with rows for men, and tables with columns for them (男0～4歳), are read as `read_people` reads them; rows of
    blocks that are not known, and totals, are left out, as it has said.

    Parameters
    ----------
    path
        One table, or several.
    blocks
        The town blocks.
    block_id, block, total, city
        As in `read_people`.

    Returns
    -------
    pandas.DataFrame
        ``total`` and age groups, on the ids of the blocks that the tables have men of.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geopandas as gpd, shapely
    >>> path = Path(tempfile.mkdtemp()) / "people.csv"
    >>> _ = path.write_text("町丁目,性別,0～64歳,65歳以上\n本町,計,8,5\n本町,男,5,2\n本町,女,3,3\n", encoding="utf-8")
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1"], "block": ["本町"]}, geometry=[shapely.box(139, 35, 140, 36)],
    ...     crs="EPSG:4326")
    >>> read_men(path, blocks=blocks).reset_index().to_dict("records")
    [{'block_id': '1', 'total': 7, 'age_0_64': 5, 'age_65_over': 2}]
    """
    named = (("block_id", block_id), ("block", block), ("total", total), ("city", city))
    asked = {name: text for name, text in named if text}
    index, parts = BlockIndex(blocks), []
    for each in as_paths(path):
        table, _ = find_table(read_grids(each), "people", needs=("block_id", "block"), columns=asked)
        men = _men_alone(table)
        if men is None:
            return None
        part, _ = people_in_table(men, index, aside=True)
        parts.append(part)
    if len({tuple(part.columns) for part in parts}) != 1 or any(isinstance(key, str) for key in parts[0]["block"]):
        return None
    summed = pd.concat(parts, ignore_index=True).groupby("block", sort=False).sum()
    ids = blocks["block_id"].to_numpy()[summed.index.to_numpy(dtype=int)]
    return summed.set_axis(pd.Index(ids, name="block_id"))


def _men_alone(table: Table) -> Table | None:
    """Return the table with the figures of men alone, or nothing where it has none by age."""
    place = sex_column(table)
    if place is not None:
        if table.ours.get("block") == place:
            table = table.forgetting("block")
        kept = rows_of_men(table, place)
        return named_in_each_row(table, place).only(kept) if kept else None
    of_men = [is_of_men(heading) for heading in table.headings]
    ages = {age_column(heading) for heading, men in zip(table.headings, of_men, strict=True) if men} - {None}
    if not ages or ages != {age_column(heading) for heading in table.headings} - {None}:
        return None
    headings = tuple(
        heading if men or age_column(heading) is None else f"-{at}"
        for at, (heading, men) in enumerate(zip(table.headings, of_men, strict=True))
    )
    return replace(table.forgetting("total"), headings=headings)
