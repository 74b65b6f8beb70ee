"""Town blocks that tile a plane with crooked borders which neighbours share, always the same for one seed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from scipy.spatial import Voronoi

from benchmarks.workloads import CRS

_PIECES = 8  # of every border
_VERSION = 1


def tessellation(seeds: np.ndarray, metres: float, *, seed: int, name: str) -> gpd.GeoDataFrame:
    """Return a block around each seed, valid and without overlaps, from a file of an earlier run where there is one.

    Parameters
    ----------
    seeds
        Points inside a square that begins at 0, 0.
    metres
        How wide the square is.
    seed
        For the crookedness of the borders.
    name
        Of the file in the folder of temporary files; another one for other seeds.
    """
    path = Path(tempfile.gettempdir()) / f"resourcemap-blocks-{name}-{len(seeds)}-{seed}-{_VERSION}.npz"
    if not path.is_file():
        beside = path.with_suffix(f".{os.getpid()}.npz")
        xy, count = _crooked(seeds, metres, seed)
        np.savez(beside, xy=xy, count=count)
        beside.replace(path)
    with np.load(path) as file:
        xy, count = file["xy"], file["count"]
    rings = shapely.linearrings(xy, indices=np.repeat(np.arange(len(count)), count))
    names = {"area_id": np.arange(len(count)), "area": [f"みほん{number}丁目" for number in range(len(count))]}
    return gpd.GeoDataFrame({**names, "system": "町丁目"}, geometry=shapely.polygons(rings), crs=CRS)


def _crooked(seeds: np.ndarray, metres: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the corners of the Voronoi cell of every seed, and how many; borders bend, each the same on both sides."""
    cells = Voronoi(np.vstack([seeds, _frame(metres)]))
    whole = (np.array(cells.ridge_vertices) >= 0).all(axis=1)
    ends, between = np.array(cells.ridge_vertices)[whole], cells.ridge_points[whole]
    a, b = cells.vertices[ends[:, 0]], cells.vertices[ends[:, 1]]
    share = np.linspace(0, 1, _PIECES + 1)
    bend = np.random.default_rng(seed).uniform(-0.12, 0.12, (len(a), _PIECES + 1)) * np.minimum(share, 1 - share)
    edge, cell = _edges_around(seeds, (a + b) / 2, between)
    turned = _left_of(a[edge] - seeds[cell], b[edge] - seeds[cell])
    count = np.bincount(cell, minlength=len(seeds)) * _PIECES
    while True:
        across = np.stack([a[:, 1] - b[:, 1], b[:, 0] - a[:, 0]], axis=1)
        lines = a[:, None] + (b - a)[:, None] * share[:, None] + across[:, None] * bend[:, :, None]
        sides = np.where(turned[:, None, None], lines[edge], lines[edge][:, ::-1])
        xy = sides[:, :-1].reshape(-1, 2)
        rings = shapely.linearrings(xy, indices=np.repeat(np.arange(len(seeds)), count))
        wrong = ~shapely.is_valid(shapely.polygons(rings))
        if not wrong.any():
            return xy, count
        bend[edge[wrong[cell]]] = 0  # straight borders never cross


def _frame(metres: float) -> np.ndarray:
    """Return points around the square, so that every cell inside it is closed."""
    line = np.linspace(-0.2 * metres, 1.2 * metres, 60)
    x, y = (axis.ravel() for axis in np.meshgrid(line, line))
    outside = (np.minimum(x, y) < -0.02 * metres) | (np.maximum(x, y) > 1.02 * metres)
    return np.column_stack([x[outside], y[outside]])


def _edges_around(seeds: np.ndarray, middle: np.ndarray, between: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges of every cell in the order of a walk around it, and the cell of each."""
    edge, cell = np.tile(np.arange(len(middle)), 2), between.T.ravel()
    edge, cell = edge[cell < len(seeds)], cell[cell < len(seeds)]
    east, north = (middle[edge] - seeds[cell]).T
    order = np.lexsort((np.arctan2(north, east), cell))
    return edge[order], cell[order]


def _left_of(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    turned: np.ndarray = a[:, 0] * b[:, 1] > a[:, 1] * b[:, 0]
    return turned
