"""The area of every point and every resource."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from resourcemap.areas.membership import areas_from_blocks
from resourcemap.areas.placement import place, placements
from resourcemap.areas.served import served_blocks


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
