"""Cells around block points."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from resourcemap.areas.cells import cells
from resourcemap.errors import InputError


def test_cells_share_out_the_outline_without_rest(town):
    blocks, *_ = town
    points = blocks.set_geometry(blocks.representative_point())
    outline = gpd.GeoDataFrame(geometry=[shapely.union_all(blocks.geometry).buffer(0.001)], crs=4326)
    made = cells(points, outline)
    assert made["approximate"].all()
    assert made.to_crs(6677).area.sum() == pytest.approx(outline.to_crs(6677).area.sum(), rel=1e-6)
    assert all(made.geometry.intersects(points.geometry))


def test_two_blocks_on_one_point_are_refused(town):
    points = town[0].set_geometry(gpd.GeoSeries([shapely.Point(139.8, 36)] * 12, crs=4326))
    with pytest.raises(InputError, match="share a point"):
        cells(points, town[0])
