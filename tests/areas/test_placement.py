"""The area of every point and every resource."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.areas.membership import areas_from_blocks
from resourcemap.areas.placement import place, placements
from resourcemap.areas.served import served_blocks
from resourcemap.errors import CRSError
from resourcemap.reach.spread import spread_people


def test_a_point_on_a_border_belongs_to_one_area_only():
    areas = gpd.GeoDataFrame(
        {"system": "s", "area_id": ["a", "b"], "area": ["a", "b"]},
        geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)],
        crs=4326,
    )
    points = gpd.GeoDataFrame(geometry=[shapely.Point(1, 0.5), None, shapely.Point(5, 5)], index=[7, 8, 9], crs=4326)
    found = place(points, areas)
    assert found["s"].tolist() == [0, -1, -1]
    assert found.index.tolist() == [7, 8, 9]


def test_placements_have_a_row_for_every_resource_and_system(town):
    blocks, _, resources, table = town
    areas = pd.concat([areas_from_blocks(blocks, table, system=name) for name in ("圏域", "学区")])
    listed = placements(resources, areas)
    assert len(listed) == 2 * len(resources)
    assert listed["resource_id"].tolist()[:2] == ["r0", "r0"]


def test_a_visiting_service_is_in_every_area_it_goes_to_wherever_its_office_is(town):
    blocks, _, resources, table = town
    areas = areas_from_blocks(blocks, table, system="圏域")
    visits = resources.iloc[:3].assign(place=["venue", "served_area", "served_area"], serves=[None, "市内全域", "東"])
    listed = placements(visits, areas, served=served_blocks(visits, blocks, areas), blocks=blocks)
    of_visits = listed[listed["resource_id"] != "r0"]
    assert of_visits[["resource_id", "area"]].to_numpy().tolist() == [["r1", "西"], ["r1", "東"], ["r2", "東"]]


def test_an_office_of_a_visiting_service_is_no_place_to_go_to(town):
    blocks, _, resources, table = town
    visits = resources.iloc[:1].assign(place="served_area", serves=None)
    listed = placements(visits, areas_from_blocks(blocks, table, system="圏域"))
    assert listed["area"].isna().all()


def test_points_may_come_as_an_array_or_in_another_system():
    areas = gpd.GeoDataFrame(
        {"system": "s", "area_id": ["a", "b"], "area": ["a", "b"]},
        geometry=[shapely.box(139, 35, 140, 36), shapely.box(140, 35, 141, 36)],
        crs=4326,
    )
    lonlat = np.array([[139.5, 35.5], [140.5, 35.5], [140.0, 35.2], [150, 35]])
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*lonlat.T), crs=4326)
    assert place(lonlat, areas)["s"].tolist() == place(points, areas)["s"].tolist() == [0, 1, 0, -1]
    assert place(points.iloc[[0, 1, 3]].to_crs(6677), areas)["s"].tolist() == [0, 1, -1]
    with pytest.raises(CRSError):
        place(points.set_crs(None, allow_override=True), areas)


def test_other_shapes_belong_to_the_first_area_they_touch():
    areas = gpd.GeoDataFrame(
        {"system": "s", "area_id": ["a", "b"], "area": ["a", "b"]},
        geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)],
        crs=4326,
    )
    shapes = [shapely.box(1.5, 0.5, 1.6, 0.6), shapely.Point(1.5, 0.5), shapely.Polygon(), shapely.box(0.5, 0, 1.5, 1)]
    assert place(gpd.GeoDataFrame(geometry=shapes, crs=4326), areas)["s"].tolist() == [1, 1, -1, 0]


def test_people_go_with_their_block_where_areas_are_made_of_blocks(town):
    blocks, _, _, table = town
    made = areas_from_blocks(blocks, table, system="圏域")
    drawn = made.drop(columns="blocks").assign(system="図形")
    across = gpd.GeoDataFrame(
        {"block_id": [blocks["block_id"].iloc[0], "nobody's", None, blocks["block_id"].iloc[0]]},
        geometry=[blocks.geometry.iloc[-1].representative_point()] * 3 + [None],
        crs=blocks.crs,
    )
    found = place(across, pd.concat([made, drawn], ignore_index=True))
    home, other = (place(blocks.set_geometry(blocks.representative_point()), made)["圏域"].iloc[at] for at in (0, -1))
    assert home != other
    assert found["圏域"].tolist() == [home, other, other, home]
    assert found["図形"].tolist() == [other + len(made)] * 3 + [-1]


def test_no_person_near_a_border_leaves_the_area_of_the_block(town):
    blocks, _, _, table = town
    people = gpd.GeoDataFrame(
        {"block_id": blocks["block_id"], "total": 100}, geometry=blocks.representative_point(), crs=blocks.crs
    )
    spread = spread_people(people, blocks, metres=20)
    areas = areas_from_blocks(blocks, table, system="圏域")
    members = {block: at for at, row in enumerate(areas["blocks"]) for block in row}
    # As if the borders had been drawn a little elsewhere than the blocks'.
    moved = areas.set_geometry(areas.translate(0.0005, 0.0005))
    assert place(spread, moved)["圏域"].tolist() == spread["block_id"].map(members).tolist()
    assert place(spread, moved.drop(columns="blocks"))["圏域"].tolist() != spread["block_id"].map(members).tolist()
