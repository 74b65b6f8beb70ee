"""Areas that sheets claim, against the areas in which their rows lie."""

import geopandas as gpd
import pandas as pd
from shapely import Point, box

from resourcemap.areas.placement import placements
from resourcemap.project.claims import contradicted_areas

AREAS = gpd.GeoDataFrame(
    {
        "system": ["日常生活圏域"] * 2 + ["地区社協"],
        "area_id": ["w", "e", "a"],
        "area": ["西圏域", "東圏域", "みほん地区"],
        "approximate": False,
    },
    geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1), box(0, 0, 2, 1)],
    crs=4326,
)


def listed(**columns):
    points = columns.pop("points")
    table = gpd.GeoDataFrame(columns, geometry=points, crs=4326)
    table.insert(0, "resource_id", [f"r{at}" for at in range(len(table))])
    if "place" not in table:
        table["place"] = "venue"
    rows = contradicted_areas(table, AREAS, placements(table, AREAS))
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in rows.itertuples(index=False)]


def test_another_area_than_the_sheet_says_is_listed():
    points = [Point(0.5, 0.5), Point(1.5, 0.5), Point(0.5, 0.5)]
    assert listed(圏域=["東", "東圏域", None], points=points) == [("r0", "日常生活圏域", "東圏域", "西圏域")]


def test_a_point_outside_all_areas_is_listed_for_each_system():
    assert listed(圏域=["西"], points=[Point(9, 9)]) == [
        ("r0", "日常生活圏域", "西圏域", None),
        ("r0", "地区社協", None, None),
    ]


def test_what_has_no_place_or_no_point_claims_nothing():
    points = [Point(9, 9), None]
    assert listed(圏域=["東", "東"], place=["served_area", "venue"], points=points) == []


def test_names_of_no_area_and_other_columns_are_not_compared():
    points = [Point(0.5, 0.5)] * 2
    assert listed(担当地区=["北", "南"], 備考=["東圏域", "東圏域"], points=points) == []
