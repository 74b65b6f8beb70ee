"""How many of the people of an area are men and how many women, by the age groups of its portrait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.model.tables import age_bounds

if TYPE_CHECKING:
    import geopandas as gpd


def men_among(people: gpd.GeoDataFrame, men: pd.DataFrame | None, inside: np.ndarray) -> pd.DataFrame | None:
    """Count the men among some of the people, by age; nothing where it is not known of a block of theirs.

    Where a block is only partly among them, so many of its men are as of its people of the same age.

    Parameters
    ----------
    people
        Person points with ``block_id``, ``total`` and age groups.
    men
        ``total`` and the same age groups of the men of each block, on its id; nothing where no table says so.
    inside
        Which points are meant.

    Returns
    -------
    pandas.DataFrame
        One row of whole numbers: ``total`` and the age groups.

    Examples
    --------
    >>> import geopandas as gpd
    >>> homes = gpd.GeoDataFrame({"block_id": "1", "total": [30, 10], "age_0_over": [30, 10]}, geometry=[None] * 2)
    >>> men = pd.DataFrame({"total": [20], "age_0_over": [20]}, index=["1"])
    >>> men_among(homes, men, np.array([True, False])).to_dict("records")
    [{'total': 15, 'age_0_over': 15}]
    """
    columns = ["total", *(str(name) for name in people if age_bounds(str(name)))]
    if men is None or "block_id" not in people or set(men.columns) != set(columns):
        return None
    table = pd.DataFrame(people[["block_id", *columns]])
    everywhere = table.groupby("block_id", sort=False)[columns].sum()
    here = table[inside].groupby("block_id", sort=False)[columns].sum()
    here = here[here["total"] > 0]
    known = men.reindex(here.index)[columns]
    if known.isna().any(axis=None):
        return None
    share = (here / everywhere.loc[here.index]).fillna(0.0)
    counted = np.floor((known * share).sum() + 0.5).astype(int)
    return pd.DataFrame([np.minimum(counted, table.loc[inside, columns].sum())])


def both(
    people: dict[str, Any], men: int | None, men_whole: int | None, *, here: int, everywhere: int
) -> dict[str, Any]:
    """Add to a row of people how many are men and women, and their shares of everyone in the area and of all.

    Examples
    --------
    >>> row = both({"people": 40, "share_whole": 0.5}, 10, 30, here=100, everywhere=200)
    >>> row["men"], row["women"], row["share_women"], row["share_women_whole"]
    (10, 30, 0.3, 0.35)
    """
    if men is None or men_whole is None:
        return people
    women = people["people"] - men
    nobody = np.nan
    of_men = men_whole / everywhere if everywhere else nobody
    return {
        **people,
        "men": men,
        "women": women,
        "share_men": men / here if here else nobody,
        "share_women": women / here if here else nobody,
        "share_men_whole": of_men,
        "share_women_whole": people["share_whole"] - of_men,
    }
