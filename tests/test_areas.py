"""Blocks to areas, points to cells, points to areas: with every way the table can be wrong."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from resourcemap.areas import areas_from_blocks, cells, place, placements, served_blocks
from resourcemap.errors import InputError


def test_areas_cover_exactly_their_blocks(town):
    blocks, _, _, table = town
    areas = areas_from_blocks(blocks, table, system="圏域")
    assert areas["area"].tolist() == ["西", "東"]
    assert areas.to_crs(6677).area.sum() == pytest.approx(blocks.to_crs(6677).area.sum())


def test_all_faults_of_a_membership_table_come_at_once(town):
    blocks, _, _, table = town
    extra = pd.DataFrame({"block": ["本町99丁目", "本町１丁目"], "圏域": ["西", "東"]})
    with pytest.raises(InputError) as caught:
        areas_from_blocks(blocks, pd.concat([table.iloc[:11], extra]), system="圏域", where="圏域表.csv")
    unknown, twice, none = caught.value.faults
    assert "本町99丁目" in unknown
    assert "本町1丁目 is in two areas" in twice
    assert "in no area of 圏域 (本町12丁目)" in none


def test_a_missing_column_names_those_there_are(town):
    blocks, _, _, table = town
    with pytest.raises(InputError, match=r"no column '町会'.*圏域, 学区"):
        areas_from_blocks(blocks, table, system="町会")


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本町１丁目、本町２丁目", ["b00", "b01"]),
        ("東", ["b02", "b03", "b06", "b07", "b10", "b11"]),
        ("本町", [f"b{n:02}" for n in range(12)]),
        ("市内全域", [f"b{n:02}" for n in range(12)]),
    ],
)
def test_served_blocks_understand_blocks_areas_and_everywhere(town, text, expected):
    blocks, _, resources, table = town
    areas = areas_from_blocks(blocks, table, system="圏域")
    visits = resources.iloc[[0]].assign(place="served_area", serves=text)
    assert served_blocks(visits, blocks, areas)["block_id"].tolist() == expected


def test_a_served_area_that_does_not_exist_is_named(town):
    blocks, _, resources, table = town
    visits = resources.iloc[[0]].assign(place="served_area", serves="月面")
    with pytest.raises(InputError, match="月面"):
        served_blocks(visits, blocks, areas_from_blocks(blocks, table, system="圏域"))
