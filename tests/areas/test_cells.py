"""Cells around block points."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from resourcemap.areas.cells import cell_points, cells, ground_around
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


def test_blocks_keep_their_points_and_one_outside_the_outline_gets_one_inside(town):
    blocks = town[0].iloc[:2]
    west, south, *_ = blocks.geometry.iloc[0].bounds
    *_, east, north = blocks.geometry.iloc[1].bounds
    points = blocks.set_geometry(gpd.points_from_xy([west, east], [south, north], crs=4326))
    outline = gpd.GeoDataFrame(geometry=[shapely.box(west, south, east - 0.001, north)], crs=4326)
    made = cells(points, outline)
    found = cell_points(points, made)
    assert found.geometry.iloc[0] == points.geometry.iloc[0]
    assert found.geometry.iloc[1] != points.geometry.iloc[1]
    assert made.intersects(found).all()


@pytest.mark.parametrize("metres", [100, 400, 3000])
def test_cells_without_an_outline_reach_so_far_and_no_farther(town, metres):
    points = town[0].set_geometry(town[0].representative_point())
    made = cells(points, ground_around(points, metres=metres))
    shapes, spots = made.to_crs(6677).geometry, points.to_crs(6677).geometry
    assert (shapes.hausdorff_distance(spots) <= metres * 1.0001).all()
    assert shapely.union_all(shapes.to_numpy()).area == pytest.approx(shapes.area.sum(), rel=1e-6)
    circles = shapely.union_all(spots.buffer(metres, quad_segs=64).to_numpy())
    assert shapes.area.sum() == pytest.approx(circles.area, rel=0.005)
    assert cell_points(points, made).geometry.equals(points.geometry)
