"""Areas over each other are told; borders drawn twice are not."""

import geopandas as gpd
import pandas as pd
import shapely

from resourcemap.areas.membership import areas_from_blocks, blocks_as_areas
from resourcemap.areas.overlaps import overlaps


def drawn(*shapes, system="学区"):
    names = [f"{number}区" for number in range(len(shapes))]
    return gpd.GeoDataFrame({"system": system, "area": names}, geometry=list(shapes), crs=6677)


def test_neighbours_and_strips_do_not_overlap():
    areas = drawn(shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100), shapely.box(81, 100, 300, 119))
    assert overlaps(areas).empty
    assert overlaps(drawn(shapely.box(0, 0, 100, 3000), shapely.box(81, 0, 200, 3000))).empty
    assert overlaps(drawn(shapely.box(0, 0, 100, 3000), shapely.box(79, 0, 200, 3000)))["square_metres"].tolist() == [
        63000.0
    ]


def test_the_largest_comes_first_and_only_areas_of_one_system_meet():
    one = drawn(shapely.box(0, 0, 100, 100), shapely.box(50, 0, 200, 100), shapely.box(0, 0, 500, 500))
    both = pd.concat([one, drawn(shapely.box(0, 0, 100, 100), system="圏域")])
    assert overlaps(both)[["area", "other", "square_metres"]].to_numpy().tolist() == [
        ["1区", "2区", 15000.0],
        ["0区", "2区", 10000.0],
        ["0区", "1区", 5000.0],
    ]


def test_broken_missing_and_empty_polygons_are_no_hindrance():
    bow_tie = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    areas = drawn(bow_tie, None, shapely.Polygon(), shapely.box(0, 0, 100, 100))
    assert overlaps(areas)[["area", "other", "square_metres"]].to_numpy().tolist() == [["0区", "3区", 5000.0]]
    assert overlaps(drawn(None)).empty
    assert overlaps(drawn()).empty


def test_systems_made_of_blocks_do_not_count(town):
    blocks, _, _, table = town
    twice = pd.concat([blocks, blocks.assign(block_id=[f"x{id_}" for id_ in blocks["block_id"]])], ignore_index=True)
    assert overlaps(blocks_as_areas(twice, system="町丁目")).empty
    assert overlaps(areas_from_blocks(blocks, table, system="圏域")).empty
