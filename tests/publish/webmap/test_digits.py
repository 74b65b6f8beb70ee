"""Numbers, points and lines written as text, read again by other means."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from resourcemap.publish.webmap.digits import digits, lines, points
from tests.publish.webmap.reading import numbers, walk


@pytest.mark.parametrize("values", [[0], [1, -1], [15, -16, 16, -17], [2**40, -(2**40)], []])
def test_numbers_come_back(values):
    assert numbers(digits(np.array(values, dtype=np.int64))) == values


def test_lines_come_back_joined_and_without_what_falls_together():
    made = [shapely.LineString([(139.7, 35), (139.70001, 35), (139.700011, 35), (139.70003, 34.99998)])]
    made += [shapely.LineString([(1, 1), (1.000001, 1)])]
    assert walk(lines(np.array(made))) == [[(13970000, 3500000), (13970001, 3500000), (13970003, 3499998)]]


def test_no_lines_are_no_text():
    assert lines(np.array([], dtype=object)) == ""


def test_points_come_back_and_an_empty_shape_takes_the_one_before():
    given = np.array([shapely.Point(139.7, -35), shapely.Polygon(), shapely.box(0, 0, 0.00002, 0.00004)])
    steps = np.array(numbers(points(given))).reshape(-1, 2)
    assert np.cumsum(steps, axis=0).tolist() == [[13970000, -3500000], [13970000, -3500000], [1, 2]]
