"""Who lives in an area, for its portrait: the figures at the head, and the ages from the oldest down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.model.tables import age_bounds
from resourcemap.publish.portrait.words import group_label, percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resourcemap.model.catalog import Catalog

_EVERYONE, _UNKNOWN = "everyone", "unknown_age"
_SEXES = ("men", "women")


def people_part(people: Sequence[Mapping[str, Any]], catalog: Catalog, language: str) -> dict[str, Any]:
    """Return what stands at the head, and the rows of ages, each with its share here and of everyone together.

    Parameters
    ----------
    people
        The rows of a portrait: everyone first, then generations, then other age groups.
    catalog, language
        The labels, and their language.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> rows = [{"group": "everyone", "label": "全世代", "generation": True, "people": 40, "share": 1.0,
    ...     "share_whole": 1.0}]
    >>> part = people_part(rows, load_catalog(), "ja")
    >>> part["figures"], part["ages"]
    ([{'label': '全世代', 'number': '40人', 'share': '', 'whole': ''}], [])
    """
    said = words(language)
    bands = _bands(people, catalog)
    return {
        "sexes": bool(bands) and all(row.get("men") is not None for row in bands),
        "figures": [_figure(row, catalog, language) for row in people if row["generation"]],
        "unknown": [
            said["week_of"].format(label=said["unknown_age"], people=f"{row['people']:,}")
            for row in people
            if row["group"] == _UNKNOWN and row["people"]
        ],
        "ages": [_band(row, catalog, language) for row in reversed(bands)],
        "most": _most(bands, "share", "share_whole"),
        "most_of_sex": _most(bands, *(f"share_{sex}{of}" for sex in _SEXES for of in ("", "_whole"))),
        "nobody": not people[0]["people"],
    }


def _most(rows: Sequence[Mapping[str, Any]], *names: str) -> float:
    return max((row.get(name) or 0.0 for row in rows for name in names), default=0.0)


def _figure(row: Mapping[str, Any], catalog: Catalog, language: str) -> dict[str, str]:
    said, own = words(language), row["group"] != _EVERYONE
    return {
        "label": group_label(row["group"], row["label"], catalog, language),
        "number": said["number"].format(number=f"{row['people']:,}"),
        "share": f"{percent(row['share'])}%" if own else "",
        "whole": said["in_whole"].format(share=f"{percent(row['share_whole'])}%") if own else "",
    }


def _bands(people: Sequence[Mapping[str, Any]], catalog: Catalog) -> list[Mapping[str, Any]]:
    """Return the narrowest age groups that have everybody once, youngest first; else the generations."""
    by_first: dict[int, list[tuple[float, Mapping[str, Any]]]] = {}
    for row in people:
        first, last = _ages(row["group"], catalog)
        if first is not None:
            by_first.setdefault(first, []).append((float("inf") if last is None else last, row))
    found: list[Mapping[str, Any]] = []
    begin: float = 0
    while begin in by_first:
        end, narrowest = min(by_first[int(begin)], key=lambda each: each[0])
        found.append(narrowest)
        begin = end + 1
    if begin == float("inf"):
        return found
    return [row for row in people if row["generation"] and row["group"] != _EVERYONE]


def _ages(group: str, catalog: Catalog) -> tuple[int | None, int | None]:
    if group in catalog.audiences:
        audience = catalog.audiences[group]
        return audience.age_from, audience.age_to
    return age_bounds(group) or (None, None)


def _band(row: Mapping[str, Any], catalog: Catalog, language: str) -> dict[str, Any]:
    said = words(language)
    first, last = _ages(row["group"], catalog)
    label = said["band_over" if last is None else "band"].format(first=first, last=last)
    people, share, whole = f"{row['people']:,}", f"{percent(row['share'])}%", f"{percent(row['share_whole'])}%"
    band = {
        "label": label,
        "number": people,
        "share": share,
        "bar": row["share"] or 0.0,
        "whole": row["share_whole"] or 0.0,
        "alt": said["ages_row"].format(label=label, people=people, share=share, whole=whole),
    }
    if row.get("men") is None:
        return band
    for sex in _SEXES:
        band[sex] = {
            "number": f"{row[sex]:,}",
            "bar": row[f"share_{sex}"] or 0.0,
            "whole": row[f"share_{sex}_whole"] or 0.0,
        }
    beside = said["sexes_row"].format(men=f"{row['men']:,}", women=f"{row['women']:,}")
    return band | {"alt": f"{band['alt']} {beside}"}
