"""Which resources count, and which lie nowhere in particular."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from resourcemap.geocode.match import locate
from resourcemap.measure.coverage import coverage
from resourcemap.measure.question import Question
from resourcemap.measure.tidy import by_area
from resourcemap.reach.supply import TOO_ROUGH, lacks_position, not_counted


def resources(located, bound, place="venue"):
    columns = {"status": "active", "place": place, "located": located, "bound_m": bound, "serves": "港町"}
    return gpd.GeoDataFrame(columns, index=["a"], geometry=gpd.points_from_xy([139.7], [34.95]), crs=4326)


@pytest.mark.parametrize(
    ("located", "bound", "place", "reason"),
    [
        ("town", TOO_ROUGH, "venue", ""),
        ("town", TOO_ROUGH + 10, "venue", "too_rough"),
        ("town", TOO_ROUGH + 10, "stop", "too_rough"),
        ("town", np.nan, "venue", "too_rough"),
        ("town", 5000, "served_area", ""),
        ("town", 5000, "none", "no_place"),
        ("block", 5000, "venue", ""),
        ("block", np.nan, "venue", ""),
        ("given", np.nan, "venue", ""),
    ],
)
def test_a_place_somewhere_in_a_large_town_does_not_count(located, bound, place, reason):
    assert not_counted(resources(located, bound, place)).to_dict() == {"a": reason}


def test_a_town_without_a_bound_does_not_count():
    assert not_counted(resources("town", 10).drop(columns="bound_m")).tolist() == ["too_rough"]


def test_a_place_that_is_too_rough_lacks_its_position():
    assert lacks_position(not_counted(resources("town", 900))).tolist() == [True]


def test_that_it_has_ended_matters_more():
    assert not_counted(resources("town", 900).assign(status="ended")).tolist() == ["ended"]


@pytest.mark.parametrize("address", ["本町3-1", "本町", "緑町・港町"])
def test_a_hall_somewhere_in_two_areas_is_in_neither_and_said(address):
    """Four blocks of about 1 km; one of 本町 lies in 西, the other in 東."""
    corners = [(139.700, 35.700), (139.711, 35.700), (139.700, 35.709), (139.711, 35.709)]
    shapes = [shapely.box(lon, lat, lon + 0.011, lat + 0.009) for lon, lat in corners]
    names = ["本町一丁目", "本町二丁目", "緑町", "港町"]
    blocks = gpd.GeoDataFrame({"block_id": list("1234"), "block": names}, geometry=shapes, crs=4326)
    areas = (
        blocks.assign(area=["西", "東"] * 2).dissolve("area", as_index=False).assign(system="圏域", area_id=["e", "w"])
    )
    rows = {
        "name": "a",
        "kind": "salon",
        "activity_id": "a",
        "status": "active",
        "place": "venue",
        "address": [address],
    }
    table = locate(gpd.GeoDataFrame(rows, geometry=[None], crs=4326), blocks=blocks, city="みほん市")
    people = blocks.set_geometry(blocks.representative_point()).assign(total=100)
    figures = by_area(coverage(people, table, areas, Question(distances=[500])))
    assert figures[["resources", "within_500m", "uncounted"]].to_numpy().tolist() == [[0, 0, 1]] * 2
