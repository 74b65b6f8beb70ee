"""The mark of each kind as a drawing: its shape filled with its hatch, so that a copier keeps kinds apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resourcemap.model.catalog import Catalog

BOX = 24
_TILE = 8
# What is not in the catalogue is a plain ring.
_PLAIN = "M12 1.5A10.5 10.5 0 1 1 12 22.5A10.5 10.5 0 1 1 12 1.5Z"
# As a hatch, one colour would show the seams of its tiles.
_ONE_COLOUR = re.compile(r'<rect width="8" height="8" fill="(#[0-9a-f]{3})"/>')


def mark(kind: str, catalog: Catalog, *, prefix: str = "") -> str:
    """Draw the mark of a kind as SVG markup in a box of 24 by 24, without the ``svg`` element around it.

    Parameters
    ----------
    kind
        The kind; one that the catalogue does not have is a ring.
    catalog
        The kinds with their shapes and hatches.
    prefix
        Before the id of the hatch, which has to be the only one of its name in a drawing.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> mark("salon", load_catalog()).count("<path")
    1
    """
    known = catalog.kinds.get(kind)
    if known is None:
        return f'<path d="{_PLAIN}" fill="#fff" stroke="#000" stroke-width="1.8"/>'
    if one := _ONE_COLOUR.fullmatch(catalog.patterns[known.pattern]):
        return _outline(catalog.shapes[known.shape], one[1])
    id_ = f"{prefix}hatch-{kind}"
    return (
        f'<defs><pattern id="{id_}" width="{_TILE}" height="{_TILE}" patternUnits="userSpaceOnUse">'
        f"{catalog.patterns[known.pattern]}</pattern></defs>" + _outline(catalog.shapes[known.shape], f"url(#{id_})")
    )


def marks(catalog: Catalog, kinds: Iterable[str]) -> dict[str, bytes]:
    """Draw the marks of some kinds, under the names by which ``mark`` of style.typ knows them.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> list(marks(load_catalog(), ["salon", "hiroba", "salon"]))
    ['marks/salon.svg', 'marks/hiroba.svg']
    """
    return {f"marks/{kind}.svg": _drawing(mark(kind, catalog)) for kind in dict.fromkeys(kinds)}


def _outline(shape: str, fill: str) -> str:
    return f'<path d="{shape}" fill="{fill}" stroke="#000" stroke-width="1.8" stroke-linejoin="round"/>'


def _drawing(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {BOX + 2} {BOX + 2}">{inside}</svg>'.encode()
