"""Who would lose reach if a resource were gone: those for whom it is the only one of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.measure.audience import people_of
from resourcemap.reach.supply import lacks_position, not_counted

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from resourcemap.model.catalog import Catalog
    from resourcemap.reach.table import Reach


def lost_without(
    people: gpd.GeoDataFrame,
    resources: gpd.GeoDataFrame,
    reach: Reach,
    catalog: Catalog,
    *,
    metres: float,
    on: date | None = None,
) -> pd.DataFrame:
    """Count for every resource the people who would have none of its kind within reach if it were gone.

    Each row is taken out alone. Counted are the people of the kind's audience who have exactly this one within
    `metres`, exactly at the limit too; in a block that a visiting service goes to, the visit counts as one. Two of
    one kind at one place stand in for each other: without either of them nobody would lose. Opening hours and seats
    are not looked at.

    Parameters
    ----------
    people
        Person points with ``total`` and age columns.
    resources
        Located resources.
    reach
        Who reaches which resource, with the positions of `people` and `resources`, at least as far as `metres`. One
        who is visited at home is at 0 metres; the way to the office of a visiting service is passed over.
    catalog
        The kinds with their audiences.
    metres
        What is within reach.
    on
        The day to look at, for resources with dates.

    Returns
    -------
    pandas.DataFrame
        On the index of `resources`: ``people``, whole numbers, 0 for what does not count anyway and missing where
        nobody knows where it is; ``basis``, ``audience``, or ``everyone`` where the ages of the audience are not known;
        ``reason``, why it does not count (a word of `resourcemap.reach.supply.not_counted`), or blank.

    Raises
    ------
    InputError
        When reach was listed up to less than `metres`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.reach.straight import reach
    >>> homes = gpd.GeoDataFrame({"total": [30, 50, 20]}, geometry=gpd.points_from_xy([0, 400, 900], [0] * 3), crs=6677)
    >>> halls = gpd.GeoDataFrame({"kind": "hiroba", "activity_id": ["a", "b"], "status": "active", "place": "venue"},
    ...     geometry=gpd.points_from_xy([100, 700], [0, 0]), crs=6677)
    >>> lost_without(homes, halls, reach(homes, halls, metres=300), load_catalog(), metres=300)["people"].tolist()
    [30, 20]
    """
    if reach.limit < metres:
        raise InputError(
            either(
                ja=f"到達の表は{reach.limit:.10g}mまでですが、{metres:.10g}mまで要ります。"
                f"metres={metres:.10g} で作り直してください。",
                en=f"Reach was listed up to {reach.limit:.10g} m, and {metres:.10g} m are needed. "
                f"Make it with metres={metres:.10g}.",
            )
        )
    reasons = not_counted(resources, on=on)
    person, resource = _only_ones(resources, reach, (reasons == "").to_numpy(), metres, len(people))
    ages = pd.DataFrame(people.drop(columns=people.geometry.name))
    kinds = resources["kind"].to_numpy(dtype=object)
    lost, basis = np.zeros(len(resources), dtype=np.int64), np.full(len(resources), "", dtype=object)
    for kind in pd.unique(kinds):
        counted, word = people_of(ages, catalog.audiences[catalog.kinds[kind].audience])
        of_kind = kinds[resource] == kind
        counts = np.bincount(resource[of_kind], weights=counted[person[of_kind]], minlength=len(resources))
        lost += counts.astype(np.int64)
        basis[kinds == kind] = word
    table = pd.DataFrame({"people": lost, "basis": basis, "reason": reasons}, index=resources.index)
    table["people"] = table["people"].astype("Int64").mask(lacks_position(reasons))
    return table


def _only_ones(
    resources: gpd.GeoDataFrame, reach: Reach, counts: np.ndarray, metres: float, people: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of a person point and the only resource of its kind within reach."""
    person, resource, far = (reach.pairs[name].to_numpy() for name in ("person", "resource", "metres"))
    comes = (resources["place"] == "served_area").to_numpy()
    near = counts[resource] & np.where(comes[resource], far == 0, far <= metres)
    person, resource = person[near].astype(np.int64), resource[near].astype(np.int64)
    kind = pd.factorize(resources["kind"])[0].astype(np.int64)
    _, first, times = np.unique(kind[resource] * people + person, return_index=True, return_counts=True)
    only = first[times == 1]
    return person[only], resource[only]
