"""The names of towns, cut from addresses: what a map without any ground can say of where things are."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from resourcemap.metres import to_lonlat
from resourcemap.model.tables import AT_A_PLACE

# Prefecture, county and city are passed over; ``番町二丁目3-5`` is cut before its numbers.
_TOWN = (
    r"^(?:東京都|北海道|(?:京都|大阪)府|[^\d]{2,3}県)?+(?:[^\d市区]{1,6}郡)?+(?:[^\d]{1,6}?市(?![市場]))?+(?:[^\d区]{1,4}区)?+"
    r"((?:(?![一二三四五六七八九十]+(?:丁目|番))[々〆ヶ\u3041-\u9fff]){2,9}?)(?:大?字)?"
    r"(?=$|\d|[一二三四五六七八九十]+(?:丁目|番)|[-ー－])"
)


def towns_of(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the towns of released rows: ``name``, ``venues``, and a point in longitude and latitude.

    A town stands at the mean of the rows at a place that have it in their address, towns of many rows first.

    Examples
    --------
    >>> addresses = ["高松市番町二丁目3-5", "高松市番町1-1", "高松市扇町2-8-7"]
    >>> halls = gpd.GeoDataFrame({"place": "venue", "address": addresses},
    ...     geometry=gpd.points_from_xy([134, 134.002, 134.1], [34, 34, 34]), crs="EPSG:4326")
    >>> towns_of(halls)[["name", "venues"]].values.tolist()
    [['番町', 2], ['扇町', 1]]
    """
    there = table[table["place"].isin(AT_A_PLACE) & ~(table.geometry.isna() | table.geometry.is_empty)]
    spots = to_lonlat(there)
    addresses = spots["address"] if "address" in spots else pd.Series(pd.NA, index=spots.index, dtype=object)
    towns = pd.DataFrame({"x": spots.geometry.x, "y": spots.geometry.y}).groupby(_towns(addresses))
    found = towns.agg(x=("x", "mean"), y=("y", "mean"), venues=("x", "size"))
    found = found.sort_values("venues", ascending=False, kind="stable")
    return gpd.GeoDataFrame(
        {"name": list(found.index), "venues": found["venues"].to_numpy()},
        geometry=gpd.points_from_xy(found["x"], found["y"]),
        crs=spots.crs,
    )


def _towns(addresses: pd.Series) -> pd.Series:
    """Cut addresses to what stands between the city and the first number; missing where nothing is left."""
    position, distinct = pd.factorize(addresses.fillna("").astype(str))
    text = pd.Series(distinct, dtype=str).str.normalize("NFKC").str.replace(r"\s", "", regex=True)
    return text.str.extract(_TOWN, expand=False).take(position).set_axis(addresses.index)
