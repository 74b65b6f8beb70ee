"""Write a map of 20,000 places with a popup each: folium's Marker and Popup, and webmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium

from benchmarks.case import Case
from benchmarks.map_town import compared, places_of_markers, town, write_markers, write_ours

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 20_000


def agree(peer: Path, ours: Path) -> bool:
    expected = places_of_markers(peer)
    return len(expected) == SIZE and compared(expected, peer, ours)


CASE = Case(
    work=f"write a map of {SIZE} places with a popup each",
    peer=f"folium {folium.__version__}: Marker + Popup",
    prepare=lambda: town(SIZE),
    run_peer=write_markers,
    run_ours=write_ours,
    agree=agree,
    rounds=3,
)
