"""Open a map of 20,000 places in Chromium until it is drawn and can be used: folium's Marker and Popup, and ours.

The peer takes minutes: it runs once to compare and once for the time.
"""

from __future__ import annotations

from typing import Any

import folium

from benchmarks.browser import look, open_ours, open_peer, opening
from benchmarks.case import Case
from benchmarks.map_town import write_markers

SIZE = 20_000


def agree(peer: Any, ours: Any) -> bool:
    markers = int(peer.locator("img.leaflet-marker-icon").count())
    return look(ours) == markers == SIZE


CASE = Case(
    work=f"open a map of {SIZE} places with a popup each in Chromium, drawn and ready",
    peer=f"folium {folium.__version__}: Marker + Popup",
    prepare=lambda: opening(SIZE, write_markers),
    run_peer=open_peer,
    run_ours=open_ours,
    agree=agree,
    rounds=1,
)
