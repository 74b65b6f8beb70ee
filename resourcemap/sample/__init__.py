"""みほん市, a city that does not exist: written from a fixed seed, the same bytes each time.

It is drawn in the order of a real town: land, town blocks, streets, people, areas, addresses, activities.
Only uniform draws are taken from the generator, because their stream stays the same between versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resourcemap.files import write_text
from resourcemap.sample import layers
from resourcemap.sample.activities import list_activities, place_venues
from resourcemap.sample.addresses import gazetteer, lots
from resourcemap.sample.blocks import draw_blocks
from resourcemap.sample.population import settle
from resourcemap.sample.sheets import write_main_list, write_second_list
from resourcemap.sample.streets import draw_cells, draw_streets
from resourcemap.sample.systems import membership, school_districts

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

SEED = 20260401


def write_sample(folder: Path) -> list[Path]:
    """Write the map layers and the office files of みほん市 into ``layers/`` and ``data/`` of a folder.

    Nobody and nothing in it is real: it lies in the open sea, and its telephone numbers cannot be dialled.

    Parameters
    ----------
    folder
        Where to write; missing folders are made, files of the same name are replaced.

    Returns
    -------
    list of Path
        The files written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> written = write_sample(Path(tempfile.mkdtemp()))
    >>> [path.name for path in written[:2]]
    ['blocks.geojson', 'school_districts.geojson']
    """
    rng = np.random.default_rng(SEED)
    blocks = draw_blocks(rng)
    cells = draw_cells(blocks, rng)
    people = settle(blocks, cells, rng)
    drawn = {
        "blocks": layers.block_features(blocks),
        "school_districts": layers.school_features(school_districts(cells)),
        "streets": layers.street_features(draw_streets(cells)),
        "parks": layers.park_features(blocks, cells),
        **layers.ground_features(),
    }
    places = lots(blocks, cells)
    main, second = list_activities(place_venues(places, rng), rng)
    tables = {"圏域表": membership(blocks), "人口": people, "住所一覧": gazetteer(places)}
    return [
        *(layers.write_layer(folder / "layers" / f"{name}.geojson", found) for name, found in drawn.items()),
        *(_write_table(folder / "data" / f"{name}.csv", table) for name, table in tables.items()),
        write_main_list(folder / "data" / "地域資源一覧.xlsx", main),
        write_second_list(folder / "data" / "食糧支援と居場所.csv", second),
    ]


def _write_table(path: Path, table: pd.DataFrame) -> Path:
    """Write a CSV as Excel saves it in UTF-8: with a byte order mark."""
    return write_text(path, table.to_csv(index=False, lineterminator="\n"), encoding="utf-8-sig")
