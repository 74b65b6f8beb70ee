"""Which released rows share a venue, and where each venue is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from resourcemap.metres import to_lonlat
from resourcemap.model.tables import AT_A_PLACE, EXACT
from resourcemap.publish.cells import objects, texts

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True)
class Venues:
    """The venue of every row, as a number (-1: none), and of every venue what is shown of it.

    Longitudes and latitudes are whole numbers of 0.000001 degree; ``rough`` is true where only the block or less is
    known.
    """

    of: np.ndarray
    names: list[str | None]
    addresses: list[str | None]
    lon: np.ndarray
    lat: np.ndarray
    rough: np.ndarray


def venues_of(table: gpd.GeoDataFrame) -> Venues:
    """Gather the venues with a position.

    A venue is what shares a ``venue_id``; rows without one are together when they are on the same spot. Where several
    rows of a venue were located, the most exact one gives the position; one whose own address was found gives the
    address. A venue without a name goes by its address, or else by what happens there.
    """
    number = _venue_numbers(table)
    here = np.flatnonzero(number >= 0)
    rough = ~table["located"].isin(EXACT).to_numpy() if "located" in table else np.zeros(len(table), dtype=bool)
    borrowed = (table["located"] == "venue").to_numpy() if "located" in table else rough
    order = here[np.lexsort((borrowed[here], rough[here], number[here]))]
    first = order[np.unique(number[order], return_index=True)[1]]
    spots = to_lonlat(table).geometry.to_numpy()[first]
    venue, address, title = (_first_texts(texts(table, name), number, order) for name in ("venue", "address", "name"))
    return Venues(
        number,
        [one or two or three for one, two, three in zip(venue, address, title, strict=True)],
        address,
        np.rint(shapely.get_x(spots) * 1e6).astype(np.int64),
        np.rint(shapely.get_y(spots) * 1e6).astype(np.int64),
        rough[first],
    )


def _venue_numbers(table: gpd.GeoDataFrame) -> np.ndarray:
    """Give the venue of every row a number, in order of appearance; -1 where there is none."""
    spots = to_lonlat(table).geometry.to_numpy()
    there = table["place"].isin(AT_A_PLACE).to_numpy() & ~(shapely.is_missing(spots) | shapely.is_empty(spots))
    x, y = np.round(shapely.get_x(spots), 6).tolist(), np.round(shapely.get_y(spots), 6).tolist()
    ids = table["venue_id"].to_numpy(dtype=object) if "venue_id" in table else np.full(len(table), None)
    keys = [
        None if not here else venue if isinstance(venue, str) and venue else (lon, lat)
        for here, venue, lon, lat in zip(there, ids, x, y, strict=True)
    ]
    numbers: np.ndarray = pd.factorize(objects(keys), use_na_sentinel=True)[0]
    return numbers


def _first_texts(cells: np.ndarray, number: np.ndarray, order: np.ndarray) -> list[str | None]:
    """Give every venue the text of its first row that has one, in the order given."""
    found: list[str | None] = [None] * (int(number.max(initial=-1)) + 1)
    texts, venue_of = cells.tolist(), number.tolist()
    for row in reversed(order.tolist()):
        if texts[row] is not None:
            found[venue_of[row]] = texts[row]
    return found
