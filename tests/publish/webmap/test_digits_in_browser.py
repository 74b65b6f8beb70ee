"""What digits.py writes is read by the page as it was."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from resourcemap.publish.webmap.digits import digits, lines, points

pytestmark = pytest.mark.browser


def test_numbers_are_read_as_they_were(stage):
    values = np.array([0, 1, -1, 15, 16, -16, 511, 512, 36_000_000, -18_000_000])
    assert stage.evaluate("(text) => [...stage.readNumbers(text)]", digits(values)) == values.tolist()


def test_points_and_lines_are_read_as_they_were(stage):
    given = np.array([shapely.Point(139.7, -35.1), shapely.Point(-120.5, 60.25)])
    read = stage.evaluate("(text) => stage.latlngPoints(text).map(({ lat, lng }) => [lng, lat])", points(given))
    assert np.array(read) == pytest.approx(shapely.get_coordinates(given), abs=1e-9)
    line = shapely.LineString([(139.7, 35.1), (139.8, 35.2), (139.7, 35.3)])
    count = stage.evaluate("(text) => [...stage.readLines(text).start]", lines(np.array([line])))
    assert count == [0, 3]
