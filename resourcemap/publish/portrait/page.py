"""All that stands on the portrait of an area, as plain values for its template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from resourcemap.publish.portrait.findings import compared, patch_rows, standard_rows, standards_counted
from resourcemap.publish.portrait.kinds import kind_rows
from resourcemap.publish.portrait.people import people_part
from resourcemap.publish.portrait.week import week_tables
from resourcemap.publish.portrait.words import way_in_words, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.paper.places import Places


class Room(NamedTuple):
    """How many of everything a portrait says: names of a kind, other places, standards, strengths, changes, doubts."""

    names: int
    places: int
    standards: int
    findings: int
    changes: int
    doubts: int


def page_data(
    released: Released,
    portrait: Mapping[str, Any],
    *,
    places: Places | None,
    catalog: Catalog,
    language: str,
    room: Room,
) -> dict[str, Any]:
    """Return what the template reads; names are those of released rows alone.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["A"], "kind": "salon", "status": "active",
    ...     "channels": "paper"}, geometry=[None], crs="EPSG:4326")
    >>> everyone = {"group": "everyone", "label": "全世代", "generation": True, "people": 9, "share": 1.0,
    ...     "share_whole": 1.0}
    >>> known = {"system": "圏域", "area": "東", "metres": 500.0, "people": [everyone], "doubts": ["一", "二"]}
    >>> known |= dict.fromkeys(["resources", "reach", "standards", "strengths", "patches", "changes", "week"], [])
    >>> page_data(release(salons, "paper"), known, places=None, catalog=load_catalog(), language="ja",
    ...     room=Room(1, 1, 1, 1, 1, 1))["doubts"]
    ['一', 'ほか1件']
    """
    said = words(language)
    metres = said["metres"].format(number=f"{portrait['metres']:g}")
    way = way_in_words(portrait["reach"][0]["way"] if portrait["reach"] else "", language)
    own = dict(portrait) | {"resources": _that_may_be_named(portrait, released)}
    kinds = kind_rows(own, _numbers(released, places), catalog, language, most=room.names)
    elsewhere = _elsewhere(places, kinds)
    standards = standard_rows(portrait, language, most=room.standards)
    failing = sum(row["met"] in ("unmet", "unknown") for row in portrait["standards"])
    patches = patch_rows(portrait, language)
    strengths, more_strengths = compared(portrait, "strength", most=room.findings)
    weaknesses, more_weaknesses = compared(portrait, "weakness", most=room.findings)
    sentences = [row["sentence"] for row in portrait["changes"]]
    return {
        "words": said
        | {
            "kinds_key": said["kinds_key"].format(metres=metres, way=way),
            "week_key": said["week_key"].format(metres=metres),
            "no_gaps": said["no_gaps"].format(metres=metres),
            "compared": said["compared"].format(system=portrait["system"]),
        },
        "area": portrait["area"],
        "system": portrait["system"],
        "people": people_part(portrait["people"], catalog, language),
        "kinds": kinds,
        "elsewhere": elsewhere[: room.places],
        "more_elsewhere": "".join(_more(len(elsewhere) - room.places, language)),
        "week": week_tables(portrait["week"], catalog, language),
        "counted": standards_counted(portrait, language),
        "gaps": standards or patches[: room.standards],
        "more_gaps": "".join(_more(max(failing, len(patches)) - room.standards, language)),
        "comparable": any(row["against"] == "others" for row in portrait["strengths"]),
        "strengths": [*strengths, *_more(more_strengths, language)],
        "weaknesses": [*weaknesses, *_more(more_weaknesses, language)],
        "changes": [*sentences[: room.changes], *_more(len(sentences) - room.changes, language)],
        "doubts": [*portrait["doubts"][: room.doubts], *_more(len(portrait["doubts"]) - room.doubts, language)],
    }


def _that_may_be_named(portrait: Mapping[str, Any], released: Released) -> list[dict[str, Any]]:
    """Keep of every kind the names that may be on paper."""
    nameable = released.table.drop(index=released.nameless)
    known = set(zip(nameable["kind"], nameable["name"], strict=True)) if len(nameable) else set()
    return [
        {**row, "names": [name for name in row["names"] if (row["kind"], name) in known]}
        for row in portrait["resources"]
    ]


def _numbers(released: Released, places: Places | None) -> dict[tuple[str, str], list[int]]:
    """Return the numbers of places by kind and name."""
    found: dict[tuple[str, str], set[int]] = {}
    if places is None:
        return {}
    table = released.table.loc[places.numbers.index]
    for kind, name, number in zip(table["kind"], table["name"], places.numbers, strict=True):
        if not pd.isna(number):
            found.setdefault((kind, name), set()).add(int(number))
    return {key: sorted(numbers) for key, numbers in found.items()}


def _elsewhere(places: Places | None, kinds: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Name the places of the map that no name in the table has the number of."""
    if places is None:
        return []
    told = {number for row in kinds for each in row["names"] for number in each["numbers"]}
    names = places.table["name"]
    return [{"number": int(number), "name": name} for number, name in names.items() if number not in told]


def _more(number: int, language: str) -> list[str]:
    return [str(words(language)["more"].format(number=number))] if number > 0 else []
