"""Places that somebody has looked up before."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from resourcemap.geocode.gazetteer import read_gazetteer, read_places
from resourcemap.geocode.index import Gazetteer
from resourcemap.geocode.match import locate
from resourcemap.geocode.places import Place, Places

HALL = Place("区民ひろば上池袋", "上池袋3-1-1", (139.72, 34.96), source="places.csv 2026-11-01")


@pytest.fixture
def gazetteer():
    towns = pd.DataFrame(
        {
            "prefecture": "見本県",
            "city": "みほん市",
            "oaza": ["上池袋三丁目", "本町"],
            "town": ["上池袋三丁目", "本町"],
            "lon": [139.721, 139.80],
            "lat": [34.961, 34.95],
        }
    )
    return Gazetteer(towns, {})


def located(rows, gazetteer, places):
    columns = {name: [row.get(name) for row in rows] for name in ("name", "venue", "address")}
    table = gpd.GeoDataFrame(columns, geometry=[row.get("point") for row in rows], crs=4326)
    return locate(table, gazetteer, places=places, prefecture="見本県", city="みほん市")


@pytest.mark.parametrize(
    "row",
    [
        {"address": "見本県みほん市上池袋三丁目１番１号"},
        {"address": "上池袋3丁目1の1 2階"},
        {"venue": "区民ひろば 上池袋"},
        {"venue": "区民ひろば上池袋 2階集会室", "address": None},
        {"address": "区民ひろば上池袋"},
        {"venue": "区民ひろば上池袋", "address": "みほん市上池袋3丁目"},
        {"name": "区民ひろば上池袋"},
    ],
)
def test_a_place_is_known_by_its_address_or_its_name(gazetteer, row):
    table = located([{"name": "a"} | row], gazetteer, [HALL])
    assert table[["located", "level", "source"]].to_numpy().tolist() == [["place", "exact", "places.csv 2026-11-01"]]
    assert table.geometry[0] == Point(HALL.point)


@pytest.mark.parametrize(
    "row",
    [
        {"address": "上池袋3-1-2"},
        {"venue": "区民ひろば", "address": "上池袋3-2"},
        {"venue": "区民ひろば上池袋", "address": "本町5"},  # 7 km away
        {"venue": "区民ひろば上池袋", "address": "となり市本町5"},
    ],
)
def test_a_place_is_not_lent_to_another(gazetteer, row):
    assert located([{"name": "a"} | row], gazetteer, [HALL])["located"][0] != "place"


def test_the_last_line_of_a_place_counts():
    places = Places([HALL, HALL._replace(point=(139.7, 34.9))])
    assert places.by_name(HALL.name).point == places.by_address(HALL.address).point == (139.7, 34.9)


def test_a_name_of_two_places_needs_an_address(gazetteer):
    other = HALL._replace(address="本町1", point=(139.80, 34.95))
    table = located([{"venue": HALL.name}, {"venue": HALL.name, "address": "本町1"}], gazetteer, [HALL, other])
    assert table["located"].tolist() == ["ambiguous", "place"]
    assert "2 places of this name" in table["located_note"][0]


def test_a_given_point_gives_way_only_to_a_choice_for_this_very_row(gazetteer):
    given = Point(139.9, 34.9)
    rows = [
        {"venue": HALL.name, "address": HALL.address, "point": given},
        {"venue": "ほか", "address": HALL.address, "point": given},
        {"venue": HALL.name, "address": HALL.address, "point": Point(HALL.point)},
    ]
    table = located(rows, gazetteer, [HALL])
    assert table["located"].tolist() == ["place", "given", "given"]
    assert table.geometry[0] == Point(HALL.point)
    assert table.geometry[1] == given
    again = locate(table, gazetteer, places=[HALL], prefecture="見本県", city="みほん市")
    assert again.drop(columns="located_note").equals(table.drop(columns="located_note"))


def test_a_row_with_a_sure_place_lends_it_to_those_that_name_it(gazetteer):
    rows = [
        {"name": "区民ひろば上池袋", "address": "上池袋3-1-1", "point": Point(139.72, 34.96)},
        {"name": "きんぎょサロン", "venue": "区民ひろば上池袋"},
        {"name": "水曜会", "address": "区民ひろば上池袋2階"},
        {"name": "公園の会", "venue": "公園"},
    ]
    assert located(rows, gazetteer, [])["located"].tolist() == ["given", "venue", "venue", "no_address"]


def test_places_are_read_with_how_sure_they_are(tmp_path):
    path = tmp_path / "places.csv"
    text = "名称,住所,緯度,経度,確かさ,確認日\nA,本町1,34.9,139.7,正確,2026-11-01\nB,,34.8,139.8,町丁目,\nC,,,,,\n"
    path.write_bytes(text.encode("cp932"))
    assert [(each.name, each.located, each.source) for each in read_places(path)] == [
        ("A", "place", "places.csv 2026-11-01"),
        ("B", "block", "places.csv"),
    ]


def test_places_and_towns_join_in_one_gazetteer(tmp_path):
    (tmp_path / "towns.csv").write_text("町丁目,緯度,経度\n本町,34.95,139.7\n", encoding="utf-8")
    (tmp_path / "p.csv").write_text("name,address,lat,lon\nHall,,34.9,139.8\n", encoding="utf-8")
    gazetteer = read_gazetteer([tmp_path / "towns.csv", tmp_path / "p.csv"])
    table = gpd.GeoDataFrame({"venue": ["hall", None], "address": [None, "本町2"]}, geometry=[None, None], crs=4326)
    assert locate(table, gazetteer)["located"].tolist() == ["place", "block"]
