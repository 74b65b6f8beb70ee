"""Which resources count towards reach, and why the others do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.model.tables import LOCATED

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd


def not_counted(resources: gpd.GeoDataFrame, *, on: date | None = None) -> pd.Series:
    """Say for every resource why it does not count, or ``""`` when it does.

    Reasons, the first that holds: ``"ended"``, ``"suspended"``, ``"over"`` and ``"not_yet"`` (only when `on` is
    given: its dates do not include that day), ``"no_place"`` (telephone, online), ``"serves_nowhere"`` (a visiting
    service that does not say whom it visits), and the words of ``located`` for a row without a position
    (``"not_found"``, ``"ambiguous"``, ``"city"``, ``"no_address"``). Any other visiting service counts without a
    position: it comes to the people it serves.

    Returns
    -------
    pandas.Series
        Words, on the index of `resources`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> table = gpd.GeoDataFrame({"status": ["active", "suspended"], "place": "venue", "located": "given"},
    ...     geometry=gpd.points_from_xy([139.7, 139.7], [35.7, 35.7]), crs="EPSG:4326")
    >>> not_counted(table).tolist()
    ['', 'suspended']
    """
    reasons = pd.Series("", index=resources.index, dtype=object)
    at_a_place = resources["place"].isin(["venue", "stop"])
    nowhere = at_a_place & resources.geometry.isna()
    reasons[nowhere] = resources["located"][nowhere].fillna("not_found") if "located" in resources else "not_found"
    reasons[resources["place"] == "none"] = "no_place"
    if "serves" in resources:
        reasons[(resources["place"] == "served_area") & resources["serves"].isna()] = "serves_nowhere"
    if on is not None:
        reasons[_dates(resources, "valid_from") > pd.Timestamp(on)] = "not_yet"
        reasons[_dates(resources, "valid_to") < pd.Timestamp(on)] = "over"
    for status in ("suspended", "ended"):
        reasons[resources["status"] == status] = status
    return reasons


def lacks_position(reasons: pd.Series) -> pd.Series:
    """Tell which reasons of `not_counted` mean that a resource should count, if only its place were known.

    Examples
    --------
    >>> lacks_position(pd.Series(["", "not_found", "ended", "no_place"])).tolist()
    [False, True, False, False]
    """
    return reasons.isin(set(LOCATED) - {"no_place"}) | (reasons == "serves_nowhere")


def _dates(resources: gpd.GeoDataFrame, column: str) -> pd.Series:
    values = resources[column] if column in resources else pd.Series(None, index=resources.index)
    return pd.to_datetime(values)
