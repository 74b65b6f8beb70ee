"""Whom a kind of resource is for, counted from the ages of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.model.tables import age_bounds

if TYPE_CHECKING:
    import geopandas as gpd

    from resourcemap.model.catalog import Audience

EVERYONE = "everyone"
AUDIENCE = "audience"


def people_of(people: gpd.GeoDataFrame, audience: Audience) -> tuple[np.ndarray, str]:
    """Count the people of an audience at every person point, and say what was counted.

    Returns
    -------
    tuple
        Whole numbers in the order of `people`, and ``"audience"``. Everyone is counted, and the word is
        ``"everyone"``, when the audience has no ages (foreigners, disabled people) or `people` has none.

    Raises
    ------
    InputError
        When an age group of `people` is partly inside the ages of the audience.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> homes = gpd.GeoDataFrame({"total": [9], "age_0_64": [5], "age_65_over": [4]}, geometry=[None])
    >>> numbers, counted = people_of(homes, load_catalog().audiences["older"])
    >>> numbers.tolist(), counted
    ([4], 'audience')
    """
    ages = {column: bounds for column in people if (bounds := age_bounds(column))}
    unbounded = audience.age_from is None and audience.age_to is None
    if unbounded or not ages:
        return people["total"].to_numpy(dtype=int), AUDIENCE if audience.id == EVERYONE else EVERYONE
    first, last = audience.age_from or 0, np.inf if audience.age_to is None else audience.age_to
    inside, partly = [], []
    for column, (start, end) in ages.items():
        stop = np.inf if end is None else end
        if start >= first and stop <= last:
            inside.append(column)
        elif start <= last and stop >= first:
            partly.append(column)
    if partly or not inside:
        raise InputError(_ages_do_not_fit(audience, partly))
    return people[inside].to_numpy(dtype=int).sum(axis=1), AUDIENCE


def _ages_do_not_fit(audience: Audience, partly: list[str]) -> str:
    ages = f"{audience.age_from or 0}〜{'' if audience.age_to is None else audience.age_to}"
    return either(
        ja=f"対象「{audience.label('ja')}」の年齢（{ages}歳）が人口表の年齢区分に合いません"
        f"（{', '.join(partly) or 'なし'}）。"
        "区切りの合う年齢にするか、年齢の細かい人口表を使ってください。",
        en=f"The ages of {audience.label('en')} ({ages}) do not fit the age groups of the people table "
        f"({', '.join(partly) or 'none'}). Use matching ages or finer groups.",
    )
