"""Where is it, on paper? A map with numbered pins that a copier keeps, and a sheet of it with its list."""

from __future__ import annotations

from resourcemap.publish.papermap.ground import Ground, ground_of
from resourcemap.publish.papermap.maps import PaperMap, paper_map

__all__ = ["Ground", "PaperMap", "ground_of", "paper_map"]
