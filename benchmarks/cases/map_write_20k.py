"""Write a map of 20,000 places with a popup each: folium's Marker and Popup, and webmap."""

from __future__ import annotations

from benchmarks.map_town import case_of_markers

CASE = case_of_markers(20_000, rounds=3)
