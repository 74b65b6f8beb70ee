"""Polygons that share a border lie side by side, those that meet at a corner do not."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely

from resourcemap.plan.patches.side_by_side import neighbours


def pairs(shapes, group=None):
    shapes = np.array(shapes, dtype=object)
    group = np.full(len(shapes), -1) if group is None else np.array(group)
    return list(zip(*(ends.tolist() for ends in neighbours(shapes, group)), strict=True))


@pytest.mark.parametrize("group", [[0, 0, 0, 0], [0, 0, 1, 1], [-1, -1, -1, -1]])
def test_four_squares_around_a_corner(group):
    squares = [shapely.box(x, y, x + 50, y + 50) for y in (0, 50) for x in (0, 50)]
    assert pairs(squares, group) == [(0, 1), (0, 2), (1, 3), (2, 3)]


@pytest.mark.parametrize(("gap", "touch"), [(0.9, True), (-0.9, True), (3.0, False)])
def test_borders_drawn_twice(gap, touch):
    found = pairs([shapely.box(0, 0, 100, 100), shapely.box(100 + gap, 0, 200, 100)])
    assert found == ([(0, 1)] if touch else [])


@pytest.mark.parametrize(("metres", "touch"), [(12, True), (8, False)])
def test_a_short_border_is_a_corner(metres, touch):
    found = pairs([shapely.box(0, 0, 100, 100), shapely.box(100, 100 - metres, 200, 200 - metres)])
    assert found == ([(0, 1)] if touch else [])


def test_one_inside_another():
    ring = shapely.box(0, 0, 100, 100).difference(shapely.box(40, 40, 60, 60))
    assert pairs([ring, shapely.box(40, 40, 60, 60)]) == [(0, 1)]


def test_nothing_has_no_neighbours():
    assert pairs([]) == []


def test_against_every_pair():
    generator = np.random.default_rng(20261121)
    town = shapely.box(0, 0, 1000, 1000)
    points = shapely.MultiPoint(generator.uniform(0, 1000, (120, 2)))
    cells = np.array(shapely.get_parts(shapely.voronoi_polygons(points, extend_to=town)))
    cells = shapely.intersection(cells, town)
    needed = np.clip(0.1 * np.sqrt(shapely.area(cells)), 3, 10)
    border = {
        (one, other): shapely.length(shapely.intersection(cells[one], cells[other])) - min(needed[one], needed[other])
        for one, other in itertools.combinations(range(len(cells)), 2)
    }
    surely = {pair for pair, metres in border.items() if metres >= 0}
    perhaps = {pair for pair, metres in border.items() if metres >= -1}
    assert set(pairs(cells, [0] * len(cells))) == surely
    assert surely <= set(pairs(cells)) <= perhaps
    assert len(surely) > 250
