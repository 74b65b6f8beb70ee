"""Shapes written as text, read again by other means."""

from __future__ import annotations

import itertools
from collections import Counter

import geopandas as gpd
import numpy as np
import pytest
import shapely

from resourcemap.publish.webmap.shapes import shapes, simplified
from tests.publish.webmap.reading import polygons, rings


def honeycomb(side):
    """A coverage of crooked cells that share their borders, in metres."""
    rng = np.random.default_rng(7)
    x, y = np.meshgrid(np.arange(side + 1) * 400.0, np.arange(side + 1) * 400.0)
    x, y = x + rng.uniform(-120, 120, x.shape), y + rng.uniform(-120, 120, y.shape)
    across = np.dstack([x, y])

    def bent(a, b, seed):
        share = np.linspace(0, 1, 9)[:, None]
        sway = np.random.default_rng(seed).uniform(-20, 20, (9, 2)) * np.minimum(share, 1 - share)
        return a + (b - a) * share + sway

    cells = []
    for row in range(side):
        for column in range(side):
            corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
            ring = []
            for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
                low, high = sorted((one, other))
                edge = bent(across[low], across[high], hash((low, high)) % 2**32)
                ring += list(edge if (low, high) == (one, other) else edge[::-1])[:-1]
            cells.append(shapely.Polygon(ring))
    return gpd.GeoDataFrame(geometry=cells, crs="EPSG:6677")


def test_neighbours_share_their_borders_and_leave_no_gap():
    cells = honeycomb(12)
    smooth = simplified(cells, 2)
    found, used = rings(shapes(smooth.geometry.to_numpy()))
    inner, outer = 2 * 12 * 11, 4 * 12
    assert sum(times == 2 for times in used.values()) == inner
    assert sum(times == 1 for times in used.values()) <= outer
    edges = Counter(frozenset(edge) for shape in found for ring in shape for edge in itertools.pairwise(ring))
    assert set(edges.values()) == {1, 2}
    read = polygons(shapes(smooth.geometry.to_numpy()))
    whole = shapely.union_all(read)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    areas = gpd.GeoSeries(read, crs="EPSG:4326").to_crs(6677).area.to_numpy()
    # No bend of 2 m and no rounding of a metre moves a border of about 2 km by more.
    assert np.abs(areas - cells.area.to_numpy()).max() < 2 * 2000
    assert areas.sum() == pytest.approx(cells.area.sum(), rel=1e-3)


def test_holes_islands_and_parts_come_back():
    ring = shapely.box(0, 0, 0.01, 0.01).difference(shapely.box(0.002, 0.002, 0.004, 0.004))
    island = shapely.box(0.002, 0.002, 0.004, 0.004)
    parts = shapely.MultiPolygon([shapely.box(0.02, 0, 0.03, 0.01), shapely.box(0.04, 0, 0.05, 0.01)])
    given = np.array([ring, island, parts])
    layer = shapes(given)
    read = polygons(layer)
    assert shapely.equals_exact(shapely.normalize(read), shapely.normalize(given), 1e-9).all()
    assert rings(layer)[1][1] == 2  # the hole and the island are one border


def test_areas_that_overlap_are_each_whole():
    given = shapely.box([0, 0.001, 0.001], [0, 0.001, 0.001], [0.002, 0.003, 0.003], [0.002, 0.003, 0.003])
    layer = shapes(given)
    assert shapely.equals(polygons(layer), given).all()
    # The two that are the same have the same border.
    assert sorted(rings(layer)[1].values()) == [1, 2]


def test_overlapping_areas_keep_their_size_when_they_are_simplified():
    rng = np.random.default_rng(3)
    discs = shapely.buffer(shapely.points(rng.uniform(0, 5000, (40, 2))), 700)
    smooth = simplified(gpd.GeoDataFrame(geometry=discs, crs="EPSG:6677"), 2)
    read = gpd.GeoSeries(polygons(shapes(smooth.geometry.to_numpy())), crs="EPSG:4326").to_crs(6677)
    assert read.is_valid.all()
    assert read.area.to_numpy() == pytest.approx(shapely.area(discs), rel=0.01)


def test_what_is_too_small_or_no_polygon_stays_as_an_empty_shape():
    given = np.array([shapely.box(0, 0, 1e-7, 1e-7), shapely.Point(1, 1), None, shapely.box(0, 0, 1, 1)], dtype=object)
    assert [len(shape) for shape in rings(shapes(given))[0]] == [0, 0, 0, 1]


def test_a_hole_goes_with_the_ring_around_it():
    thin = shapely.Polygon(
        [(0, 0), (4e-6, 0), (4e-6, 4e-6), (0, 4e-6)], holes=[[(1e-6, 1e-6), (2e-6, 1e-6), (2e-6, 2e-6)]]
    )
    assert rings(shapes(np.array([thin])))[0] == [[]]


def test_a_wide_extent_is_simplified_more():
    wide, small = shapely.Point(0, 0).buffer(400_000, 2048), shapely.Point(0, 0).buffer(500)
    left = simplified(gpd.GeoDataFrame(geometry=[wide, small], crs="EPSG:6677"), 1).geometry.count_coordinates()
    assert left.tolist()[0] < 8192 / 3
    assert left.tolist()[1] < shapely.get_num_coordinates(small)
