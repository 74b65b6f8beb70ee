"""How old what is shown of a resource is, said the same way in every output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.model.freshness import age_in_words, freshness

if TYPE_CHECKING:
    from datetime import date

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released

# Before the words of what has to be checked, so that nobody needs a colour to see it.
SIGN = "！"


def ages(released: Released, catalog: Catalog, as_of: date | None) -> pd.DataFrame:
    """Say how old what is known of every row is, and which rows are stale: never checked, or due to be.

    Of rows that show nothing but their kind nothing is said, and of none without a day to look from.

    Parameters
    ----------
    released
        What the gate let through.
    catalog
        The kinds, which say how many months a check lasts.
    as_of
        The day to look from.

    Returns
    -------
    pandas.DataFrame
        On the index of the table of `released`: ``told`` (whether anything is), ``checked_on`` (missing where not all
        of it was ever checked), ``age`` in words, ``partly`` (whether some of it was), ``stale``.

    Examples
    --------
    >>> from datetime import date
    >>> import geopandas as gpd
    >>> from resourcemap.language import speaking
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["A", "B"], "status": "active", "kind": "salon",
    ...     "place": "venue", "channels": "list", "verified_on": ["2026-05-01", "2025-05-01"]},
    ...     geometry=[None, None], crs="EPSG:4326")
    >>> with speaking("ja"):
    ...     ages(release(salons, "list"), load_catalog(), date(2026, 11, 1))[["age", "stale"]].values.tolist()
    [['6か月前', False], ['1年6か月前', True]]
    """
    table = pd.DataFrame(released.table)
    if as_of is None:
        nothing = pd.DataFrame(False, index=table.index, columns=["told", "partly", "stale"])
        return nothing.assign(checked_on=pd.NaT, age="")
    found = freshness(table, catalog, on=as_of)
    told = ~table.index.isin(released.nameless)
    known = found["checked_on"].notna() & told
    words = {months: age_in_words(int(months)) for months in found["months"].dropna().unique()}
    return pd.DataFrame(
        {
            "told": told,
            "checked_on": found["checked_on"].where(known),
            "age": found["months"].map(words).astype(object).where(known, ""),
            "partly": (found["checked_on"].isna() & (found["state"] != "never")) & told,
            "stale": found["state"].isin(["never", "due"]) & told,
        }
    )
