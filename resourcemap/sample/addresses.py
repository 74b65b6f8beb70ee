"""The addresses of the sample city: one point for every house block (街区), as the national file lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.sample.plane import DECIMALS, to_lonlat

if TYPE_CHECKING:
    from shapely import Point

    from resourcemap.sample.blocks import Block
    from resourcemap.sample.streets import Cell

PREFECTURE, CITY = "見本県", "みほん市"
_NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Lot:
    """One house block with its point.

    Parameters
    ----------
    block
        Name of the town block.
    number
        Its 番.
    point
        A point inside it, in metres.
    """

    block: str
    number: int
    point: Point


def lots(blocks: list[Block], cells: list[Cell]) -> list[Lot]:
    """List the house blocks that have an address; woods have none.

    Examples
    --------
    >>> import numpy as np
    >>> from resourcemap.sample.blocks import draw_blocks
    >>> from resourcemap.sample.streets import draw_cells
    >>> draw = np.random.default_rng(1)
    >>> blocks = draw_blocks(draw)[:1]
    >>> first = lots(blocks, draw_cells(blocks, draw))[0]
    >>> first.block, first.number
    ('みほん1丁目', 1)
    """
    names = {block.code: block.name for block in blocks}
    return [Lot(names[cell.block], cell.number, _inside(cell)) for cell in cells if cell.use != "wood"]


def _inside(cell: Cell) -> Point:
    centre = cell.shape.centroid
    return centre if cell.shape.contains(centre) else cell.shape.representative_point()


def gazetteer(found: list[Lot]) -> pd.DataFrame:
    """Write the addresses in the layout of 位置参照情報 (街区), with 丁目 in kanji numerals.

    Examples
    --------
    >>> from shapely import Point
    >>> gazetteer([Lot("みほん1丁目", 3, Point(0, 0))]).iloc[0].tolist()
    ['見本県', 'みほん市', 'みほん一丁目', '3', '34.950000', '139.700000']
    """
    points = [to_lonlat(lot.point) for lot in found]
    return pd.DataFrame(
        {
            "都道府県名": PREFECTURE,
            "市区町村名": CITY,
            "大字・丁目名": [_official(lot.block) for lot in found],
            "街区符号・地番": [str(lot.number) for lot in found],
            "緯度": [f"{point.y:.{DECIMALS}f}" for point in points],
            "経度": [f"{point.x:.{DECIMALS}f}" for point in points],
        }
    )


def _official(block: str) -> str:
    if not block.endswith("丁目"):
        return block
    return f"{block[:-3]}{_NUMERALS[int(block[-3])]}丁目"
