"""The figures of gaps as columns for the page, from the tables that every other output uses."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.model.way import Way, way_of
from resourcemap.publish.webmap.page import words_in

if TYPE_CHECKING:
    import geopandas as gpd

    from resourcemap.model.catalog import Audience, Catalog

# More would outweigh the rest of the page; it then says the figures without the sentence.
_MOST_SENTENCES = 4000
_NOTHING = (0, 0, 0, 0, False)


def figures(
    coverage: pd.DataFrame,
    gaps: pd.DataFrame | None,
    areas: gpd.GeoDataFrame,
    *,
    metres: float,
    catalog: Catalog,
    language: str,
) -> dict[str, Any]:
    """Write for every system and kind the people counted, those beyond `metres`, and what is there.

    The people of an area without any data of people are ``None``: they are not nobody.

    Raises
    ------
    InputError
        When `coverage` was not measured at `metres`.
    """
    beyond = f"beyond_{metres:g}m"
    way = way_of(coverage["way"].iloc[0]) if "way" in coverage else Way()
    if beyond not in coverage:
        measured = ", ".join(str(name)[7:-1] for name in coverage if str(name).startswith("beyond_"))
        raise InputError(
            either(
                ja=f"{metres:g}mの数字がありません（あるのは {measured}）。その距離でも数えてください。",
                en=f"Coverage was not measured at {metres:g} m (it has {measured}). Measure it at that distance too.",
            )
        )
    kinds = [kind for kind in catalog.kinds if kind in set(coverage["kind"])]
    names = ["people", beyond, "resources", "visiting", "no_data"]
    cells = dict(
        zip(
            zip(coverage["system"], [_key(area_id) for area_id in coverage["area_id"]], coverage["kind"], strict=True),
            coverage[names].itertuples(index=False, name=None),
            strict=True,
        )
    )
    said = _sentences(gaps, metres) if language == "ja" else {}
    systems = {
        str(system): [_key(area_id) for area_id in areas.loc[areas["system"] == system, "area_id"]]
        for system in pd.unique(areas["system"])
    }
    return {
        "metres": metres,
        "way": way.form,
        "times": way.detail,
        "kinds": [_kind(kind, coverage, catalog, language) for kind in kinds],
        "systems": [
            [_columns(cells, said, system, ids, kind) for kind in kinds] if _measured(coverage, system) else None
            for system, ids in systems.items()
        ],
    }


def _measured(coverage: pd.DataFrame, system: str) -> bool:
    return bool((coverage["system"] == system).any())


def _kind(kind: str, coverage: pd.DataFrame, catalog: Catalog, language: str) -> dict[str, Any]:
    row = coverage[coverage["kind"] == kind].iloc[0]
    everyone = row["audience_basis"] == "everyone"
    return {
        "kind": list(catalog.kinds).index(kind),
        "audience": None if row["audience"] == "everyone" else _counted(catalog.audiences[row["audience"]], language),
        "everyone": bool(everyone and row["audience"] != "everyone"),
    }


def _counted(audience: Audience, language: str) -> str:
    """Name an audience with the ages that are counted, unless its label says them."""
    label = audience.label(language)
    if audience.age_from is None or re.search(r"\d", label):
        return label
    pattern = words_in(language)["ages_over" if audience.age_to is None else "ages"]
    return pattern.format_map({"label": label, "from": audience.age_from, "to": audience.age_to})


def _columns(
    cells: dict[Any, tuple[Any, ...]], said: dict[Any, str], system: str, ids: list[str | None], kind: str
) -> dict[str, Any]:
    rows = [cells.get((system, area_id, kind), _NOTHING) for area_id in ids]
    people, beyond, there, visiting = ([int(row[at]) for row in rows] for at in range(4))
    known = [None if row[4] else counted for row, counted in zip(rows, people, strict=True)]
    columns: dict[str, Any] = {"people": known, "beyond": beyond, "resources": there, "visiting": visiting}
    sentences = [said.get((system, area_id, kind)) for area_id in ids]
    if any(sentences):
        columns["sentences"] = sentences
    outside = cells.get((system, None, kind))
    if outside and not outside[4]:
        columns["outside"] = int(outside[0])
    return columns


def _sentences(gaps: pd.DataFrame | None, metres: float) -> dict[Any, str]:
    if gaps is None or len(gaps) > _MOST_SENTENCES or not (gaps["metres"] == metres).all():
        return {}
    keys = zip(gaps["system"], [_key(area_id) for area_id in gaps["area_id"]], gaps["kind"], strict=True)
    return dict(zip(keys, gaps["sentence"], strict=True))


def _key(area_id: object) -> str | None:
    """Return the id as text; the row of what is outside all areas has none."""
    return None if area_id is None or (isinstance(area_id, float) and math.isnan(area_id)) else str(area_id)
