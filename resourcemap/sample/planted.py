"""The gap that is planted in the sample city: many children, venues enough, and nowhere to eat together.

Nothing outside of this folder and the tests knows of it; who looks for gaps and sites must find it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Planted(NamedTuple):
    """A gap: what is missing, for whom, and in which area of which system."""

    kind: str
    label: str
    system: str
    area: str
    blocks: tuple[str, ...]


# The new housing of 若葉 and what lies around it: over a tenth of the children of the city.
_BLOCKS = ("若葉1丁目", "若葉2丁目", "川東1丁目", "宮前", "東野2丁目", "川端町2丁目", "柳沢", "東原")
GAP = Planted("kids_cafeteria", "子ども食堂", "地区社協", "川東若葉地区社協", _BLOCKS)


def require_gap(venues: Iterable[tuple[str, str]], blocks: Mapping[str, str]) -> None:
    """Raise `ValueError` when an activity of the missing kind takes place where there must be none.

    Parameters
    ----------
    venues
        The kind and the venue of every activity, as written.
    blocks
        The block of every venue.

    Examples
    --------
    >>> require_gap([("サロン", "若葉集会室")], {"若葉集会室": "若葉2丁目"})
    >>> require_gap([("子ども食堂", "若葉集会室")], {"若葉集会室": "若葉2丁目"})
    Traceback (most recent call last):
    ValueError: 若葉集会室 is in the planted gap: no 子ども食堂 there
    """
    for label, venue in venues:
        if label == GAP.label and blocks.get(venue) in GAP.blocks:
            raise ValueError(f"{venue} is in the planted gap: no {label} there")
