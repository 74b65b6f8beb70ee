"""Both ways to find the polygon of a point give what GEOS gives, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate, scale, translate

from resourcemap.areas import inside
from resourcemap.areas.inside import by_rays, by_tree, first_holding

BOW_TIE = shapely.Polygon([(0, 0), (4, 4), (4, 0), (0, 4)])
HOLED = shapely.Polygon(shapely.box(0, 0, 9, 9).exterior.coords, [shapely.box(2, 2, 5, 5).exterior.coords])
CROSSING_HOLES = shapely.Polygon(
    shapely.box(0, 0, 9, 9).exterior.coords,
    [shapely.box(2, 2, 5, 5).exterior.coords, shapely.box(4, 4, 7, 7).exterior.coords],
)
HOLE_OUTSIDE = shapely.Polygon(shapely.box(0, 0, 3, 3).exterior.coords, [shapely.box(2, 2, 6, 6).exterior.coords])
OVERLAPPING_PARTS = shapely.MultiPolygon([shapely.box(0, 0, 4, 4), shapely.box(2, 2, 6, 6)])
ISLANDS = shapely.MultiPolygon([HOLED, shapely.box(3, 3, 4, 4), shapely.box(11, 0, 12, 1)])
SPIKE = shapely.Polygon([(0, 0), (5, 0), (5, 5), (8, 8), (5, 5), (0, 5)])
FLAT = shapely.Polygon([(0, 1), (5, 1), (9, 1)])
NOTHING = shapely.Polygon()
STAR = shapely.Polygon(
    [(np.sin(a) * r, np.cos(a) * r) for a, r in zip(np.arange(700) * 2.4, [3, 8] * 350, strict=True)]
)
SHAPES = [BOW_TIE, HOLED, CROSSING_HOLES, HOLE_OUTSIDE, OVERLAPPING_PARTS, ISLANDS, SPIKE, FLAT, NOTHING, None, STAR]


def first_by_pairs(x, y, shapes):
    """The first shape of each point, every pair asked alone."""
    pairs = shapely.intersects(np.array(shapes, dtype=object)[None, :], shapely.points(x, y)[:, None])
    return np.where(pairs.any(axis=1), pairs.argmax(axis=1), -1)


def around(shapes, *, seed=1, size=300):
    """Points anywhere, on corners, in the middle of edges, a hair beside both, and in line with corners."""
    rng = np.random.default_rng(seed)
    corners = shapely.get_coordinates([shape for shape in shapes if shape is not None])
    middles = (corners[1:] + corners[:-1]) / 2
    shares = rng.random((len(middles), 1))
    along = corners[1:] * shares + corners[:-1] * (1 - shares)
    known = np.vstack([corners, middles, along])
    beside = np.nextafter(known, known + rng.choice([-1, 0, 1], known.shape))
    crossed = np.column_stack([rng.permutation(corners[:, 0]), rng.permutation(corners[:, 1])])
    low, high = corners.min(axis=0) - 1, corners.max(axis=0) + 1
    anywhere = rng.uniform(low, high, (size, 2))
    return np.vstack([known, beside, crossed, anywhere, [[np.nan, 1], [np.inf, 1], [1, -np.inf]]]).T.copy()


@pytest.mark.parametrize("find", [by_tree, by_rays])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: "None" if shape is None else shape.wkt[:30])
def test_one_shape_of_any_form(find, shape):
    x, y = around([shape, BOW_TIE])
    assert (find(x, y, np.array([shape], dtype=object)) == first_by_pairs(x, y, [shape])).all()


@pytest.mark.parametrize("find", [by_tree, by_rays])
@pytest.mark.parametrize("seed", range(4))
def test_the_first_of_overlapping_shapes(find, seed):
    rng = np.random.default_rng(seed)
    moved = [
        None if shape is None else translate(rotate(shape, rng.uniform(0, 360)), *rng.uniform(-5, 5, 2))
        for shape in SHAPES * 3
    ]
    shapes = [moved[at] for at in rng.permutation(len(moved))]
    x, y = around(shapes, seed=seed)
    assert (find(x, y, np.array(shapes, dtype=object)) == first_by_pairs(x, y, shapes)).all()


@pytest.mark.parametrize("find", [by_tree, by_rays])
def test_lines_points_and_collections_beside_polygons(find):
    mixed = shapely.GeometryCollection([shapely.box(20, 20, 22, 22), shapely.Point(0.5, 0.5)])
    shapes = [mixed, shapely.LineString([(0, 0), (9, 9)]), shapely.Point(3, 1), HOLED, shapely.box(0, 0, 1, 1)]
    x, y = around(shapes)
    assert (find(x, y, np.array(shapes)) == first_by_pairs(x, y, shapes)).all()


@pytest.mark.parametrize("find", [by_tree, by_rays])
def test_a_polygon_with_a_corner_nowhere_is_left_to_geos(find):
    with np.errstate(invalid="ignore"):
        broken = shapely.Polygon([(0, 0), (4, 0), (np.nan, 4), (0, 4)])
        shapes = [broken, shapely.box(0, 0, 9, 9)]
        x, y = around([HOLED])
        assert (find(x, y, np.array(shapes)) == first_by_pairs(x, y, shapes)).all()


@pytest.mark.parametrize("factor", [1e-160, 1e-12, 1e9, 1e100])
def test_very_small_and_very_large_shapes(factor):
    shapes = [scale(shape, factor, factor, origin=(0, 0)) for shape in (BOW_TIE, HOLED, ISLANDS, SPIKE)]
    x, y = around([BOW_TIE, HOLED, ISLANDS, SPIKE]) * factor
    assert (by_rays(x, y, np.array(shapes)) == first_by_pairs(x, y, shapes)).all()


def test_nothing_at_all():
    none = np.array([], dtype=object)
    assert first_holding(np.array([1.0]), np.array([1.0]), none).tolist() == [-1]
    assert first_holding(np.array([]), np.array([]), np.array([HOLED])).tolist() == []
    assert by_rays(np.array([1.0]), np.array([1.0]), np.array([NOTHING, None])).tolist() == [-1]
    assert by_rays(np.array([]), np.array([]), np.array([HOLED])).tolist() == []


coordinate = st.integers(0, 6).map(float)
corner = st.tuples(coordinate, coordinate)


@given(st.lists(st.lists(corner, min_size=3, max_size=7), min_size=1, max_size=5), st.lists(corner, min_size=1))
@settings(max_examples=100, deadline=None)
def test_small_crooked_polygons_on_a_lattice(rings, points):
    shapes = [shapely.Polygon(ring) for ring in rings]
    x, y = np.array(points).T
    expected = first_by_pairs(x, y, shapes)
    assert (by_rays(x, y, np.array(shapes)) == expected).all()
    assert (by_tree(x, y, np.array(shapes)) == expected).all()


def test_many_points_go_the_compiled_way_in_threads_with_the_same_answer(monkeypatch):
    rng = np.random.default_rng(3)
    x, y = rng.uniform(-1, 21, (2, 60_000))
    squares = shapely.box(*np.indices((20, 20)).reshape(2, -1), *(np.indices((20, 20)).reshape(2, -1) + 1))
    shapes = np.array([shapely.segmentize(square, 0.02) for square in squares])
    called = []
    monkeypatch.setattr(inside, "by_rays", lambda *given: called.append(1) or by_rays(*given))
    found = first_holding(x, y, shapes)
    assert called
    inner = (x >= 0) & (x <= 20) & (y >= 0) & (y <= 20)
    assert (found == np.where(inner, x.astype(int) * 20 + y.astype(int), -1)).all()
    monkeypatch.setattr(inside, "find_spec", lambda _: None)
    assert (first_holding(x, y, shapes) == found).all()
    assert len(called) == 1


def test_more_areas_over_each_other_than_a_cell_usually_holds():
    rng = np.random.default_rng(5)
    corners = rng.uniform(0, 1, (200, 2))
    shapes = list(shapely.box(*corners.T, *(corners.T + 3)))
    x, y = rng.uniform(-1, 5, (2, 500))
    assert (by_rays(x, y, np.array(shapes)) == first_by_pairs(x, y, shapes)).all()
