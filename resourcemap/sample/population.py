"""The people of the sample city: how many live in each town block, and how old they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from resourcemap.sample.blocks import Block
    from resourcemap.sample.streets import Cell

PEOPLE = 120_000
AGE_GROUPS = (*(f"{first}～{first + 4}歳" for first in range(0, 85, 5)), "85歳以上")

# People per hectare of house blocks, before everything is scaled to `PEOPLE`.
_DENSITY = {
    "tower": 165, "centre": 100, "old": 75, "suburb": 62, "new": 88, "estate": 140, "hill": 78, "farm": 20,
    "wood": 5,
}  # fmt: skip

# Shares of the age groups, youngest first; only their proportions count.
_AGES = {
    "tower": (70, 60, 42, 32, 50, 90, 112, 110, 92, 76, 62, 48, 38, 32, 31, 26, 17, 12),
    "centre": (34, 33, 33, 36, 66, 78, 76, 74, 72, 76, 74, 66, 56, 52, 56, 50, 38, 30),
    "old": (26, 30, 34, 38, 42, 42, 44, 50, 58, 72, 76, 68, 64, 64, 80, 78, 68, 66),
    "suburb": (36, 41, 45, 46, 48, 50, 53, 60, 66, 76, 79, 68, 60, 57, 65, 60, 48, 42),
    "new": (78, 92, 84, 60, 34, 38, 66, 98, 108, 92, 62, 42, 32, 28, 30, 26, 18, 12),
    "estate": (18, 20, 22, 26, 32, 30, 30, 34, 42, 56, 60, 58, 66, 82, 118, 124, 100, 82),
    "hill": (20, 24, 30, 36, 34, 26, 28, 34, 44, 60, 70, 72, 78, 88, 112, 112, 84, 48),
    "farm": (30, 34, 40, 44, 40, 38, 42, 50, 60, 70, 72, 70, 72, 74, 78, 68, 60, 58),
    "wood": (10, 14, 20, 26, 22, 18, 20, 28, 38, 56, 70, 82, 94, 104, 116, 112, 92, 78),
}


def settle(blocks: list[Block], cells: list[Cell], rng: np.random.Generator) -> pd.DataFrame:
    """Count the people of every town block by age.

    Returns
    -------
    pandas.DataFrame
        町丁目コード, 町丁目, 総数 and the 18 age groups; 総数 is their sum.

    Examples
    --------
    >>> from resourcemap.sample.blocks import draw_blocks
    >>> from resourcemap.sample.streets import draw_cells
    >>> draw = np.random.default_rng(1)
    >>> blocks = draw_blocks(draw)[:2]
    >>> table = settle(blocks, draw_cells(blocks, draw), draw)
    >>> bool((table[list(AGE_GROUPS)].sum(axis=1) == table["総数"]).all())
    True
    """
    hectares = {block.code: 0.0 for block in blocks}
    for cell in cells:
        if cell.use == "houses":
            hectares[cell.block] += cell.shape.area / 10_000
    uneven = 0.75 + 0.5 * rng.random(len(blocks))
    weight = np.array([hectares[block.code] * _DENSITY[block.character] for block in blocks]) * uneven
    people = weight * PEOPLE / weight.sum()
    ages = np.array([_AGES[block.character] for block in blocks]) * (0.85 + 0.3 * rng.random((len(blocks), 18)))
    counts = np.rint(ages / ages.sum(axis=1, keepdims=True) * people[:, None]).astype(int)
    table = pd.DataFrame({"町丁目コード": [block.code for block in blocks], "町丁目": [block.name for block in blocks]})
    table["総数"] = counts.sum(axis=1)
    table[list(AGE_GROUPS)] = counts
    return table
