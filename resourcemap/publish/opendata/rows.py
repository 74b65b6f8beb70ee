"""The released rows as plain cells, from which every format is written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from resourcemap.errors import ReleaseError
from resourcemap.language import either
from resourcemap.metres import to_lonlat
from resourcemap.model.tables import EXACT, RESOURCES
from resourcemap.plain import visible
from resourcemap.publish.cells import column

if TYPE_CHECKING:
    import geopandas as gpd

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released

    Cell = str | int | float | None

CHANNEL: Final = "open_data"
_DIGITS = 6  # a tenth of a metre
_PUBLIC: Final = tuple(each.name for each in RESOURCES if each.public)
# ``audience`` is what people wrote, as a file calls it; ``audience_ids`` is what was understood of it.
_CALLED: Final = {"audience": "audience_ids", "audience_text": "audience"}
NAMES: Final = tuple(
    name
    for public in _PUBLIC
    for name in ((public, "kind_label") if public == "kind" else (_CALLED.get(public, public),))
)


def rows_of(released: Released, catalog: Catalog) -> pd.DataFrame:
    """Return the cells of released rows: texts, whole numbers, days in ISO 8601, and ``None``.

    Parameters
    ----------
    released
        Rows released for open data.
    catalog
        The kinds and audiences there are.

    Returns
    -------
    pandas.DataFrame
        The columns `NAMES` on the index of the rows. ``audience`` is as written; where nothing was written but ids are
        known, their labels.

    Raises
    ------
    ReleaseError
        When the rows were released for another channel: who agrees to a map does not yet agree to open data.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["A"], "kind": "salon", "status": "active",
    ...     "audience": "older", "channels": "open_data"}, geometry=[None], crs="EPSG:4326")
    >>> rows_of(release(salons, "open_data"), load_catalog())[["kind", "kind_label", "audience"]].values.tolist()
    [['salon', 'サロン', '高齢者']]
    """
    require_open(released)
    table = released.table
    cells = {name: [_plain(value) for value in column(table, name).tolist()] for name in _PUBLIC}
    labels = {id_: each.label("ja") for id_, each in catalog.audiences.items()}
    written = [
        text or "、".join(labels.get(id_, id_) for id_ in str(ids or "").split(";") if id_) or None
        for text, ids in zip(cells["audience_text"], cells["audience"], strict=True)
    ]
    kinds = [catalog.kinds[str(id_)].label("ja") if id_ in catalog.kinds else id_ for id_ in cells["kind"]]
    made = cells | {"audience_ids": cells["audience"], "audience": written, "kind_label": kinds}
    return pd.DataFrame({name: pd.Series(made[name], index=table.index, dtype=object) for name in NAMES})


def require_open(released: Released) -> None:
    """Raise `ReleaseError` unless rows were released for open data."""
    if released.channel != CHANNEL:
        raise ReleaseError(
            either(
                ja=f"オープンデータには release(resources, {CHANNEL!r}) の表だけを渡せます"
                f"（渡されたのは {released.channel!r} の表）。",
                en=f"Open data takes rows released for {CHANNEL!r} alone, not for {released.channel!r}.",
            )
        )


def positions(table: gpd.GeoDataFrame, *, exact: bool = False) -> list[tuple[float, float] | None]:
    """Return longitude and latitude of each row with six decimals, or ``None``.

    With `exact` also for rows that stand at their block or town, so that nobody takes the middle of it for the place.

    Examples
    --------
    >>> import geopandas as gpd
    >>> table = gpd.GeoDataFrame({"located": ["block", "given"]},
    ...     geometry=gpd.points_from_xy([139.7, 139.71234567], [35.7, 35.7]), crs=4326)
    >>> positions(table), positions(table, exact=True)
    ([(139.7, 35.7), (139.712346, 35.7)], [None, (139.712346, 35.7)])
    """
    spots = to_lonlat(table).geometry.to_numpy()
    there = ~(shapely.is_missing(spots) | shapely.is_empty(spots))
    if exact:
        there &= ~is_rough(table)
    x, y = shapely.get_x(spots).round(_DIGITS).tolist(), shapely.get_y(spots).round(_DIGITS).tolist()
    return [(lon, lat) if here else None for lon, lat, here in zip(x, y, there.tolist(), strict=True)]


def is_rough(table: gpd.GeoDataFrame) -> np.ndarray:
    """Tell which rows have a point that stands for a block or a town and not for the place itself.

    Examples
    --------
    >>> import geopandas as gpd
    >>> is_rough(gpd.GeoDataFrame({"located": ["town", "lot", None]}, geometry=[None] * 3, crs=4326)).tolist()
    [True, False, False]
    """
    located = column(table, "located")
    return np.array([isinstance(word, str) and word not in EXACT for word in located], dtype=bool)


def _plain(value: object) -> Cell:
    if isinstance(value, str):
        return visible(value).strip() or None
    if value is None or value is pd.NaT or value is pd.NA or value != value:  # noqa: PLR0124 (not a number)
        return None
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, (int, float, np.number)):
        number = float(value)
        return int(number) if number.is_integer() else number
    return visible(str(value)).strip() or None
