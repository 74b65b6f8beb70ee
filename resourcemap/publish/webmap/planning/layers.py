"""What lies over the areas or is said of them: standards, patches, outlines, sites, portraits, sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from resourcemap.metres import metre_crs, to_lonlat, to_metres
from resourcemap.publish.webmap.digits import points
from resourcemap.publish.webmap.shapes import filled, shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    import pandas as pd

    from resourcemap.model.catalog import Audience

# More would outweigh the rest of the page; it then says the figures without the sentence.
_MOST_SENTENCES = 4000
_BEND = 5.0
_JUDGED = ["met", "value", "without", "sentence"]
_MET = {"met": "m", "unmet": "u", "unknown": "?"}
_TOLD = ("doubts", "strengths", "weaknesses", "changes")
_METRES = 10
_AGES = re.compile(r"age_(\d+)_(\d+|over)")


def sentences(
    gaps: pd.DataFrame | None, ids: Mapping[str, list[str]], kinds: Mapping[str, int], metres: float
) -> list[dict[str, list[str | None]]]:
    """Write the sentences of the gaps per system and kind, one per area; none where they were made for other metres.

    Examples
    --------
    >>> import pandas as pd
    >>> gaps = pd.DataFrame({"system": ["市"], "area_id": ["2"], "kind": ["salon"], "metres": [500],
    ...     "sentence": ["文。"]})
    >>> sentences(gaps, {"市": ["1", "2"]}, {"salon": 0}, 500)
    [{'0': [None, '文。']}]
    """
    if gaps is None or not 0 < len(gaps) <= _MOST_SENTENCES or not (gaps["metres"] == metres).all():
        return []
    made = []
    for system, own in ids.items():
        found: dict[str, list[str | None]] = {}
        rows = gaps[(gaps["system"] == system) & gaps["area_id"].notna()]
        at = {area: position for position, area in enumerate(own)}
        for area, kind, text in zip(rows["area_id"].astype(str), rows["kind"], rows["sentence"], strict=True):
            if area in at:
                found.setdefault(str(kinds[kind]), [None] * len(own))[at[area]] = text
        made.append(found)
    return made


def standards(judged: pd.DataFrame | None, ids: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """Write every standard, and per system how it stands in each area.

    ``met`` has a letter per area: ``m`` met, ``u`` unmet, ``?`` cannot be said, ``-`` nobody or no data to judge.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"standard": "近い", "theme": "居場所", "system": "市", "area_id": ["1", "2"],
    ...     "met": ["met", "unmet"], "measure": "share_within", "value": [0.9, 0.5], "threshold": 0.8,
    ...     "people": [10, 20], "without": [1, 10], "sentence": ["a", "b"], "sureness": "sure", "promise": "約束"})
    >>> standards(rows, {"市": ["1", "2", "3"]})[0]["systems"]
    [{'met': 'mu-', 'value': [0.9, 0.5, None], 'without': [1, 10, None], 'said': ['a', 'b', None]}]
    """
    if judged is None or judged.empty:
        return []
    found: dict[str, dict[str, dict[str, list[Any]]]] = {}
    columns = zip(
        judged["standard"], judged["system"], judged["area_id"], *(judged[name] for name in _JUDGED), strict=True
    )
    for name, system, area, *told in columns:
        found.setdefault(str(name), {}).setdefault(str(system), {}).setdefault(str(area), told)
    first = judged.drop_duplicates("standard")
    return [
        _promised(row)
        | {"systems": [_standing(found[str(row["standard"])].get(system), own, row) for system, own in ids.items()]}
        for row in first.to_dict("records")
    ]


def _promised(row: Mapping[str, Any]) -> dict[str, Any]:
    written = {"name": str(row["standard"]), "measure": str(row["measure"]), "threshold": _number(row["threshold"])}
    return written | {key: row[key] for key in ("theme", "promise") if isinstance(row.get(key), str) and row[key]}


def _standing(
    known: Mapping[str, list[Any]] | None, ids: Sequence[str], row: Mapping[str, Any]
) -> dict[str, Any] | None:
    if known is None:
        return None
    own = [known.get(area, [None] * len(_JUDGED)) for area in ids]
    metres = str(row["measure"]).endswith("_m")
    return {
        "met": "".join(_MET.get(str(met), "-") for met, *_ in own),
        "value": [_number(value, metres=metres) for _, value, _, _ in own],
        "without": [_number(without) for _, _, without, _ in own],
        "said": _texts(sentence for *_, sentence in own),
    }


def patches(table: gpd.GeoDataFrame | None, kinds: Mapping[str, int]) -> list[dict[str, Any]]:
    """Write the patches of each standard: places, people, sentences, areas and shapes; ages are not written.

    Those of a single kind say of which one (by its position), for whom and how far: they stand with its figures.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> table = gpd.GeoDataFrame({"standard": ["近い"], "name": ["本町1丁目"], "people": [40], "sentence": ["文。"],
    ...     "system": ["市"], "area": ["東"]}, geometry=[shapely.box(139.7, 35, 139.71, 35.01)], crs=4326)
    >>> [(each["standard"], each["people"], each["area"]) for each in patches(table, {})]
    [('近い', [40], ['東'])]
    """
    if table is None or table.empty:
        return []
    made = []
    smooth = _smooth(table)
    for name, rows in table.assign(at=np.arange(len(table))).groupby("standard", sort=False, observed=True):
        written = {
            "standard": str(name),
            **_asked(rows.iloc[0], kinds),
            "system": str(rows["system"].iloc[0]),
            "area": _texts(rows["area"]),
            "name": _texts(rows["name"]),
            "people": [round(float(count)) for count in rows["people"]],
            "said": _texts(rows["sentence"]),
            **shapes(smooth[rows["at"]]),
        }
        made.append(written)
    return made


def _asked(row: pd.Series, kinds: Mapping[str, int]) -> dict[str, Any]:
    """Say which figures a patch belongs to, where its standard asks for one kind."""
    if row.get("kinds") not in kinds:
        return {}
    asked = {"kind": kinds[str(row["kinds"])], "who": str(row["audience"]), "slot": str(row["slot"])}
    everyone = row["audience_basis"] == "everyone" != row["audience"]
    return asked | {"everyone": int(everyone), "metres": _number(row["distance_m"])}


def outlines(table: gpd.GeoDataFrame | None, kinds: Mapping[str, int]) -> list[dict[str, Any]]:
    """Write how far the places of a kind reach, per kind and distance.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> table = gpd.GeoDataFrame({"kind": ["salon"], "distance_m": [500.0]},
    ...     geometry=[shapely.box(139.7, 35, 139.71, 35.01)], crs=4326)
    >>> [(each["kind"], each["metres"]) for each in outlines(table, {"salon": 0})]
    [(0, 500)]
    """
    if table is None:
        return []
    rows = filled(table)
    return [
        {"kind": kinds[kind], "metres": _number(metres), **shapes(np.array([shape]))}
        for kind, metres, shape in zip(rows["kind"], rows["distance_m"], _smooth(rows), strict=True)
    ]


def sites(table: gpd.GeoDataFrame | None, kinds: Mapping[str, int]) -> list[dict[str, Any]]:
    """Write candidates and chosen sites per kind; chosen ones have an order, from 1.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> table = gpd.GeoDataFrame({"kind": "salon", "name": ["甲館", "乙館"], "order": [1, None],
    ...     "sentence": ["文。", None]}, geometry=gpd.points_from_xy([139.7, 139.71], [35, 35.01]), crs=4326)
    >>> sites(table, {"salon": 0})[0]["order"]
    [1, None]
    """
    if table is None:
        return []
    spots = to_lonlat(filled(table))
    made = []
    for kind, rows in spots.groupby("kind", sort=False, observed=True):
        missing = [None] * len(rows)
        written = {
            "kind": kinds[str(kind)],
            "name": _texts(rows["name"]),
            "order": [_number(value) for value in rows["order"]] if "order" in rows else missing,
            "said": _texts(rows["sentence"]) if "sentence" in rows else missing,
            "points": points(rows.geometry.to_numpy()),
        }
        made.append(written)
    return made


def portraits(
    known: Mapping[tuple[str, str], Mapping[str, Any]], ids: Mapping[str, list[str]], audiences: Mapping[str, Audience]
) -> list[list[dict[str, Any] | None]]:
    """Write what is known of each area, per system and area; ``None`` where there is no portrait.

    Examples
    --------
    >>> age = {"group": "age_65_over", "label": "65歳以上", "people": 40, "share": 0.4, "share_whole": 0.3}
    >>> portraits({("市", "1"): {"people": [age], "doubts": ["ひとつ。"]}}, {"市": ["1", "2"]}, {})
    [[{'people': [['65歳以上', 40, 0.4, 0.3, [65, None]]], 'doubts': ['ひとつ。']}, None]]
    """
    if not known:
        return []
    return [[_portrait(known.get((system, area)), audiences) for area in own] for system, own in ids.items()]


def _portrait(known: Mapping[str, Any] | None, audiences: Mapping[str, Audience]) -> dict[str, Any] | None:
    if known is None:
        return None
    people = [
        [
            *(row["label"], int(row["people"]), _number(row["share"]), _number(row["share_whole"])),
            _ages(str(row.get("group", "")), audiences),
        ]
        for row in known.get("people", ())
    ]
    told = {name: list(known.get(name, ())) for name in _TOLD}
    return {name: value for name, value in {"people": people, **told}.items() if value}


def _ages(group: str, audiences: Mapping[str, Audience]) -> list[int | None] | None:
    """Return from and up to which age a generation is; None where it is not told by ages."""
    if group == "everyone":
        return [0, None]
    if group in audiences:
        return [audiences[group].age_from, audiences[group].age_to] if audiences[group].age_from is not None else None
    found = _AGES.fullmatch(group)
    return [int(found[1]), None if found[2] == "over" else int(found[2])] if found else None


def _smooth(table: gpd.GeoDataFrame) -> np.ndarray:
    """Return the shapes in degrees without small bends, each for itself: they may lie over one another."""
    measured = to_metres(table, metre_crs(table))
    geometries = shapely.simplify(measured.geometry.to_numpy(), _BEND)
    return np.asarray(to_lonlat(measured.set_geometry(geometries, crs=measured.crs)).geometry.to_numpy())


def _texts(values: Iterable[object]) -> list[str | None]:
    return [value if isinstance(value, str) else None for value in values]


def _number(value: object, *, metres: bool = False) -> float | int | None:
    """Return a number as JSON writes it shortest, metres rounded to ten; None where there is none."""
    number = float(value) if isinstance(value, (int, float, np.integer, np.floating)) else float("nan")
    if np.isnan(number):
        return None
    shown = round(number / _METRES) * _METRES if metres else round(number, 4)
    return int(shown) if float(shown).is_integer() else float(shown)
