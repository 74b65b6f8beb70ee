"""Where a visiting service goes, from what its row says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.areas.placement import place
from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.model.names import fold_name
from resourcemap.model.tables import rows_as_written

if TYPE_CHECKING:
    import geopandas as gpd

_MUNICIPALITIES = ("市", "区", "町", "村")


def served_blocks(
    resources: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, *, city: str = ""
) -> pd.DataFrame:
    """Read which blocks each visiting service goes to.

    The column ``serves`` lists names of blocks or areas, or says that it goes everywhere (市内全域, 区内, 全域, or
    the name of the city alone). An area means the blocks whose inner point lies in it; a block name without 丁目
    means all its 丁目.

    Parameters
    ----------
    resources
        Resources (``place``, ``serves``); only those whose ``place`` is ``served_area`` are read.
    blocks
        Town blocks.
    areas
        Areas of one or several systems.
    city
        The municipality, so that みほん市内 is understood.

    Returns
    -------
    pandas.DataFrame
        ``resource`` (position in `resources`) and ``block_id``, ordered.

    Raises
    ------
    InputError
        When a name is neither a block nor an area: one fault per file, with the rows.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1", "2"], "block": ["本町1丁目", "本町2丁目"]},
    ...     geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs="EPSG:4326")
    >>> areas = blocks.iloc[:0].assign(system=None, area_id=None, area=None)
    >>> visits = gpd.GeoDataFrame({"place": ["served_area"], "serves": ["本町１丁目"]},
    ...     geometry=[None], crs="EPSG:4326")
    >>> served_blocks(visits, blocks, areas).values.tolist()
    [[0, '1']]
    """
    known = _everywhere(city, blocks) | _blocks_of_each_name(blocks, areas)
    pairs, unknown = [], []
    for position in np.flatnonzero((resources["place"] == "served_area").to_numpy()).tolist():
        for name in _names_in(resources["serves"].iloc[position]):
            folded = fold_name(name)
            if folded not in known:
                unknown.append((position, name))
            pairs += [(position, block) for block in known.get(folded, ())]
    if unknown:
        raise InputError(_unknown_names(resources, unknown))
    return pd.DataFrame(sorted(set(pairs)), columns=["resource", "block_id"])


def _unknown_names(resources: gpd.GeoDataFrame, unknown: list[tuple[int, str]]) -> list[str]:
    positions = [position for position, _ in unknown]
    rows = rows_as_written(resources.iloc[positions])
    files = resources["source_file"].iloc[positions] if "source_file" in resources else [""] * len(rows)
    of_file: dict[str, list[str]] = {}
    for file, row, (_, name) in zip(files, rows, unknown, strict=True):
        of_file.setdefault(str(file), []).append(either(ja=f"{row}行「{name}」", en=f"row {row}: {name}"))
    return [
        either(
            ja=f"{file}: 対象地域に、町丁目にも区域にもない名前があります（{first_five(rows)}）。"
            "町丁目か区域の名前、または「市内全域」にしてください。",
            en=f"{file}: the served area is neither a block nor an area ({first_five(rows)}). "
            "Use their names, or 市内全域.",
        ).removeprefix(": ")
        for file, rows in of_file.items()
    ]


def _everywhere(city: str, blocks: gpd.GeoDataFrame) -> dict[str, list[str]]:
    """Return the words that mean every block."""
    names = [*_MUNICIPALITIES, city] if city else list(_MUNICIPALITIES)
    words = [f"{name}{rest}" for name in names for rest in ("内", "内全域", "全域")]
    words += [f"全{name}" for name in _MUNICIPALITIES] + ["全域", city or "全域"]
    return {fold_name(word): list(blocks["block_id"]) for word in words}


def _names_in(text: object) -> list[str]:
    if not isinstance(text, str):
        return []
    marks = str.maketrans(dict.fromkeys("、，,;；・／/\n", " "))
    return [name for name in text.translate(marks).split() if name]


def _blocks_of_each_name(blocks: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    inner = blocks.set_geometry(blocks.representative_point())
    if len(areas):
        found, names = place(inner, areas), [fold_name(name) for name in areas["area"]]
        for system in found:
            for position, block in zip(found[system], blocks["block_id"], strict=True):
                if position >= 0:
                    known.setdefault(names[position], []).append(block)
    for name, block in zip(blocks["block"], blocks["block_id"], strict=True):
        town = fold_name(name).rsplit("丁目", 1)[0].rstrip("0123456789")
        known.setdefault(town, []).append(block)
    known.update({fold_name(name): [block] for name, block in zip(blocks["block"], blocks["block_id"], strict=True)})
    return known
