"""Values of our own columns in a package of Open Referral, where this program wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.hsds import HEADINGS, TAXONOMY

if TYPE_CHECKING:
    from collections.abc import Mapping

    Row = dict[str, str]


def take_own_values(package: dict[str, list[Row]]) -> Mapping[str, Row]:
    """Take the attributes that hold our own columns out of a package, and return them by what they hang on.

    An address as it was written goes before its parts. Attributes of others stay.

    Examples
    --------
    >>> package = {
    ...     "taxonomy_term": [{"id": "t", "taxonomy": "resourcemap", "code": "capacity"}],
    ...     "attribute": [{"link_id": "s", "taxonomy_term_id": "t", "value": "20"}, {"link_id": "s"}],
    ... }
    >>> take_own_values(package), len(package["attribute"])
    ({'s': {'定員': '20'}}, 1)
    """
    headings = {
        term.get("id", ""): HEADINGS[term["code"]]
        for term in package.get("taxonomy_term", [])
        if term.get("taxonomy") == TAXONOMY and term.get("code") in HEADINGS
    }
    found: dict[str, Row] = {}
    others = []
    for row in package.get("attribute", []):
        heading = headings.get(row.get("taxonomy_term_id", ""))
        if heading is None:
            others.append(row)
            continue
        parts = {"都道府県": "", "市区町村": "", "建物名": ""} if heading == HEADINGS["address"] else {}
        found.setdefault(row.get("link_id", ""), {}).update(parts | {heading: row.get("value", "")})
    if found:
        package["attribute"] = others
    return found
