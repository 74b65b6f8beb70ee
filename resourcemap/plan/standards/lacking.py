"""Who lacks what a standard promises, point by point."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from resourcemap.measure.audience import people_of
from resourcemap.measure.conditions import Open, open_under

if TYPE_CHECKING:
    from resourcemap.measure.reached import Reached
    from resourcemap.model.catalog import Catalog
    from resourcemap.plan.situation import Situation
    from resourcemap.plan.standards.standard import Standard


class Lacking(NamedTuple):
    """What one standard finds at every person point.

    ``people`` are those of the audience who reach nothing that is surely open when asked; all of them where the
    standard has no distance. ``served`` tells which points do reach it. ``counted`` are all of the audience.
    ``reached`` is who reaches its kinds, ``among`` which resources will do, ``of_kind`` which are places of its kinds.
    """

    people: np.ndarray
    served: np.ndarray
    counted: np.ndarray
    reached: Reached
    among: np.ndarray
    of_kind: np.ndarray


def lacking(situation: Situation, standard: Standard, catalog: Catalog) -> Lacking:
    """Find the people who lack what a standard promises; resources for people of other ages alone do not count.

    Parameters
    ----------
    situation
        People, resources, and who reaches what, at least as far as the standard asks.
    standard
        The promise.
    catalog
        A catalogue that knows its audience (see `resourcemap.plan.standards.standard.catalog_for`).

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.plan.situation import Situation
    >>> from resourcemap.plan.standards.standard import Standard
    >>> homes = gpd.GeoDataFrame({"total": [30, 70]}, geometry=gpd.points_from_xy([0, 900], [0, 0]), crs=6677)
    >>> halls = gpd.GeoDataFrame({"kind": "hiroba", "activity_id": "a", "status": "active", "place": "venue",
    ...     "located": "given"}, index=[0], geometry=gpd.points_from_xy([200], [0]), crs=6677)
    >>> near = Standard("ひろばが近い", ("hiroba",), "share_within", 0.8, audience="everyone")
    >>> lacking(Situation(homes, halls, halls), near, load_catalog()).people.tolist()
    [0, 70]
    """
    audience = catalog.audiences[standard.audience or catalog.kinds[standard.kind].audience]
    reached, supply = situation.reached(standard.kinds, audience, standard.distance or 1.0)
    counted, _ = people_of(situation.ages, audience)
    opened = _open(situation, standard)
    served = np.zeros(len(counted), dtype=bool)
    if standard.distance:
        served = reached.within_all(standard.distance, opened.surely)
    of_kind = supply.at_a_place & (supply.kind == standard.kind)
    among = np.logical_or.reduce(opened.surely)
    return Lacking(np.where(served, 0, counted), served, counted, reached, among, of_kind)


def _open(situation: Situation, standard: Standard) -> Open:
    if standard.when is None or situation.schedules is None:
        everything = np.ones(len(situation.resources), dtype=bool)
        return Open((everything,), (everything,))
    found = open_under([standard.when], situation.schedules, at_least=standard.at_least, days=situation.days)
    return found[standard.when.label]
