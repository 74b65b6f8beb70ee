"""The unserved places of standards: patches of ground where people live beyond reach of what each one asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from resourcemap.measure.audience import people_of
from resourcemap.plan.patches.ground import ground_of
from resourcemap.plan.patches.patches import FEW, patch_sentence, patches
from resourcemap.plan.standards.judged_words import asked_kind
from resourcemap.plan.standards.lacking import lacking
from resourcemap.plan.standards.standard import catalog_for
from resourcemap.plan.wording import people_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.model.catalog import Catalog
    from resourcemap.plan.situation import Situation
    from resourcemap.plan.standards.standard import Standard


def patches_of(
    situation: Situation,
    standards: Sequence[Standard],
    blocks: gpd.GeoDataFrame | None = None,
    *,
    system: str | None = None,
    least: float = FEW,
) -> gpd.GeoDataFrame:
    """Find where the people live whom standards with a distance leave out.

    Parameters
    ----------
    situation
        People, resources and areas.
    standards
        Standards with a distance; the others say nothing of places.
    blocks
        The town blocks that people live in, which give patches their borders and names.
    system
        The system of areas whose borders no patch crosses; the first one when not given.
    least
        Patches with fewer people of the audience are not listed; ``attrs`` count them.

    Returns
    -------
    geopandas.GeoDataFrame
        The patches of `resourcemap.plan.patches.patches.patches` for each standard in their order, most people first,
        in the CRS of the people; before their columns ``standard``, ``kinds`` (ids, a semicolon between them),
        ``kind_label``, ``audience`` (its id), ``audience_basis`` (``everyone`` where ages are not known),
        ``audience_label``, ``distance_m``, ``slot``, ``system`` and ``area`` (missing outside), after them
        ``sentence``. ``attrs["fewer"]`` has the number of patches left out and their people, by standard.

    Examples
    --------
    >>> from shapely import box
    >>> from resourcemap.plan.situation import Situation
    >>> from resourcemap.plan.standards.standard import Standard
    >>> homes = gpd.GeoDataFrame({"total": [30, 70]}, geometry=gpd.points_from_xy([0, 900], [0, 0]), crs=6677)
    >>> halls = gpd.GeoDataFrame({"kind": "hiroba", "activity_id": "a", "status": "active", "place": "venue",
    ...     "located": "given"}, index=[0], geometry=gpd.points_from_xy([200], [0]), crs=6677)
    >>> near = Standard("ひろばが近い", ("hiroba",), "share_within", 0.8, audience="everyone")
    >>> town = gpd.GeoDataFrame({"system": ["市"], "area_id": ["1"], "area": ["本町"]},
    ...     geometry=[box(-50, -50, 1000, 50)], crs=6677)
    >>> patches_of(Situation(homes, halls, town), [near])[["area", "standard", "people"]].values.tolist()
    [['本町', 'ひろばが近い', 70]]
    """
    catalog = catalog_for(standards, situation.catalog)
    divided = system or str(situation.areas["system"].iloc[0])
    home = situation.homes[divided]
    ground = ground_of(situation.people, blocks)
    tables, fewer = [], {}
    for standard in standards:
        if not standard.distance:
            continue
        found = lacking(situation, standard, catalog)
        table = patches(ground, ~found.served, found.counted, least=least, apart=home)
        fewer[standard.name] = table.attrs["fewer"]
        tables.append(_told(_in_areas(table, situation.areas, divided), standard, situation, catalog))
    if not tables:
        return gpd.GeoDataFrame({"standard": []}, geometry=[], crs=situation.people.crs)
    whole = gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs=situation.people.crs)
    whole.attrs = {"fewer": fewer}
    return whole


def _in_areas(table: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, system: str) -> gpd.GeoDataFrame:
    """Say in which area the people of each patch live."""
    names = np.append(areas["area"].to_numpy(dtype=object), [None])
    return table.assign(system=system, area=names[table["apart"].to_numpy()]).drop(columns="apart")


def _told(table: gpd.GeoDataFrame, standard: Standard, situation: Situation, catalog: Catalog) -> gpd.GeoDataFrame:
    """Say of what the people of each patch are beyond reach."""
    audience = catalog.audiences[standard.audience or catalog.kinds[standard.kind].audience]
    _, basis = people_of(situation.ages, audience)
    who = people_label(audience.id, basis, catalog)
    what, metres = asked_kind(standard, catalog), float(standard.distance or 0)
    how = situation.reach_to(metres).how
    sentences = [patch_sentence(row, who=who, what=what, metres=metres, way=how) for row in table.to_dict("records")]
    front = {
        "standard": standard.name,
        "kinds": ";".join(standard.kinds),
        "kind_label": standard.label(catalog),
        "audience": audience.id,
        "audience_basis": basis,
        "audience_label": who,
        "distance_m": metres,
        "slot": standard.slot,
        "system": table["system"],
        "area": table["area"],
    }
    told = table.assign(**front, sentence=pd.Series(sentences, index=table.index, dtype=object))
    own = [name for name in table if name not in (*front, "geometry")]
    return told[[*front, *own, "sentence", "geometry"]]
