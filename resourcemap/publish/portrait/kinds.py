"""What there is in an area and who reaches it, for its portrait: a row per kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.publish.portrait.words import group_label, percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resourcemap.model.catalog import Catalog

_EVERYONE = "everyone"


def kind_rows(
    portrait: Mapping[str, Any],
    numbers: Mapping[tuple[str, str], Sequence[int]],
    catalog: Catalog,
    language: str,
    *,
    most: int,
) -> list[dict[str, Any]]:
    """Return a row per kind: how many there are, their names with their numbers on the map, and who reaches one.

    Parameters
    ----------
    portrait
        The tables of a portrait as plain values.
    numbers
        The numbers of places by kind and name.
    catalog, language
        The labels, and their language.
    most
        How many names a row has room for; those left out are counted.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> own = {"kind": "salon", "resources": 3, "visiting": 0, "names": ["いずみ"]}
    >>> reach = {"kind": "salon", "audience": "older", "audience_basis": "audience", "audience_label": "高齢者",
    ...     "people": 40, "within": 30, "beyond": 10, "share_within": 0.75, "share_within_whole": 0.5}
    >>> numbers = {("salon", "いずみ"): [2]}
    >>> [row] = kind_rows({"resources": [own], "reach": [reach]}, numbers, load_catalog(), "ja", most=5)
    >>> row["count"], row["names"], row["more"], row["within"], row["share"]
    ('3', [{'numbers': [2], 'name': 'いずみ'}], 'ほか2件', '30人', '75%')
    """
    reach = {row["kind"]: row for row in portrait["reach"]}
    return [_row(row, reach[row["kind"]], numbers, catalog, language, most) for row in portrait["resources"]]


def _row(
    own: Mapping[str, Any],
    reach: Mapping[str, Any],
    numbers: Mapping[tuple[str, str], Sequence[int]],
    catalog: Catalog,
    language: str,
    most: int,
) -> dict[str, Any]:
    said, kind = words(language), str(own["kind"])
    whom = _EVERYONE if reach["audience_basis"] == _EVERYONE else reach["audience"]
    shown = own["names"][:most]
    rest = own["resources"] - len(shown)
    share, whole = f"{percent(reach['share_within'])}%", f"{percent(reach['share_within_whole'])}%"
    label = catalog.kinds[kind].label(language)
    return {
        "kind": kind,
        "label": label,
        "who": group_label(whom, reach["audience_label"], catalog, language),
        "count": f"{own['resources']:,}",
        "visiting": said["visiting"].format(number=own["visiting"]) if own["visiting"] else "",
        "names": [{"numbers": list(numbers.get((kind, name), ())), "name": name} for name in shown],
        "more": said["more" if shown else "nameless"].format(number=rest) if rest > 0 else "",
        "within": said["number"].format(number=f"{reach['within']:,}"),
        "beyond": said["number"].format(number=f"{reach['beyond']:,}"),
        "share": share,
        "share_whole": whole,
        "bar": reach["share_within"] or 0.0,
        "whole": reach["share_within_whole"] or 0.0,
        "nobody": not reach["people"],
        "alt": said["bar_alt"].format(label=label, share=share, whole=whole),
    }
