"""Which resources count towards reach, and why the others do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.model.tables import LOCATED

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd


TOO_ROUGH = 500.0  # metres


def not_counted(resources: gpd.GeoDataFrame, *, on: date | None = None) -> pd.Series:
    """Say for every resource why it does not count, or ``""`` when it does.

    Reasons, the first that holds: ``"ended"``, ``"suspended"``, ``"over"`` and ``"not_yet"`` (only when `on` is
    given: its dates do not include that day), ``"no_place"`` (telephone, online), ``"serves_nowhere"`` (a visiting
    service that does not say whom it visits), the words of ``located`` for a row without a position (``"not_found"``,
    ``"ambiguous"``, ``"city"``, ``"no_address"``), and ``"too_rough"`` for a place somewhere in a town of several
    blocks that may be more than 500 m away, or nobody knows how far (``bound_m``). Any other visiting service counts
    without a position: it comes to the people it serves.

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
    place, status = resources["place"], resources["status"]
    at_a_place = place.isin(["venue", "stop"])
    nowhere = at_a_place & resources.geometry.isna()
    reasons[nowhere] = resources["located"][nowhere].fillna("not_found") if "located" in resources else "not_found"
    reasons[at_a_place & ~nowhere & _is_too_rough(resources)] = "too_rough"
    reasons[place == "none"] = "no_place"
    if "serves" in resources:
        reasons[(place == "served_area") & resources["serves"].isna()] = "serves_nowhere"
    if on is not None and _has_any(resources, "valid_from"):
        reasons[pd.to_datetime(resources["valid_from"]) > pd.Timestamp(on)] = "not_yet"
    if on is not None and _has_any(resources, "valid_to"):
        reasons[pd.to_datetime(resources["valid_to"]) < pd.Timestamp(on)] = "over"
    for word in ("suspended", "ended"):
        reasons[status == word] = word
    return reasons


def lacks_position(reasons: pd.Series) -> pd.Series:
    """Tell which reasons of `not_counted` mean that a resource should count, if only its place were known.

    Examples
    --------
    >>> lacks_position(pd.Series(["", "not_found", "too_rough", "ended", "no_place"])).tolist()
    [False, True, True, False, False]
    """
    return reasons.isin({*LOCATED, "too_rough", "serves_nowhere"} - {"no_place"})


def _is_too_rough(resources: gpd.GeoDataFrame) -> pd.Series:
    """Tell which places may be anywhere in a town, farther away than anybody walks."""
    if "located" not in resources:
        return pd.Series(False, index=resources.index)
    bound = resources["bound_m"] if "bound_m" in resources else pd.Series(float("nan"), index=resources.index)
    return (resources["located"] == "town") & ~(bound.astype(float) <= TOO_ROUGH)


def _has_any(resources: gpd.GeoDataFrame, column: str) -> bool:
    return column in resources and bool(resources[column].notna().any())
