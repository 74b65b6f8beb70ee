"""Level, matched text, leftover, source and bound of what was found."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point, box

from resourcemap.geocode.answer import Match
from resourcemap.geocode.describe import bound_of, divided, level_of
from resourcemap.geocode.index import Gazetteer
from resourcemap.geocode.match import locate
from resourcemap.geocode.matcher import Matcher
from resourcemap.metres import metres_between
from resourcemap.model.tables import LEVELS, LOCATED

TOWNS = ["本町一丁目", "本町二丁目", "本町三丁目", "西町", "四日市場町", "大通西二十一丁目"]


@pytest.fixture(scope="module")
def gazetteer():
    towns = pd.DataFrame(
        {
            "prefecture": "見本県",
            "city": "みほん市",
            "oaza": TOWNS,
            "town": TOWNS,
            "lon": [139.70 + 0.01 * at for at in range(len(TOWNS))],
            "lat": 34.95,
            "source": "towns 2024",
        }
    )
    lots = {(0, f"2-{number}"): (139.70 + number / 10_000, 34.951) for number in range(1, 6)}
    lots |= {(0, "3"): (139.702, 34.952)}
    return Gazetteer(towns, lots, {0: "houses 2026-04-01"})


@pytest.fixture(scope="module")
def matcher(gazetteer):
    return Matcher(gazetteer, prefecture="見本県", city="みほん市")


PARTS = [
    # address, matched, leftover
    ("みほん市本町１丁目２番１号　みほんビル２階", "みほん市本町１丁目２番１号", "みほんビル２階"),
    ("本町1-2-1みほんビル2階", "本町1-2-1", "みほんビル2階"),
    ("本町一丁目二番一号", "本町一丁目二番一号", ""),
    ("本町１ー２ー１", "本町１ー２ー１", ""),
    ("〒123-4567 見本県みほん市本町1の2の1（会館内）", "〒123-4567 見本県みほん市本町1の2の1", "（会館内）"),
    ("本町1-2-1-405", "本町1-2-1", "405"),
    ("本町1丁目2番", "本町1丁目2番", ""),
    ("本町2丁目99番1号", "本町2丁目", "99番1号"),
    ("西町5-2", "西町", "5-2"),
    ("西町周辺", "西町", "周辺"),
    ("大通西21", "大通西21", ""),
    ("大通西２１丁目３番地", "大通西２１丁目", "３番地"),
    ("四日市場町3、集会所", "四日市場町", "3、集会所"),
    ("本町1-2-1 見本様方", "本町1-2-1", "様方"),
    ("本町1-2-1見本花子様方", "本町1-2-1", "様方"),
    ("本町1-2-1（見本様方）", "本町1-2-1", "（様方）"),
    ("本町1-2-1 見本宅", "本町1-2-1", "宅"),
    ("本町1-2-1 見本方", "本町1-2-1", "方"),
    ("本町1-2-1 みほん市営住宅集会所", "本町1-2-1", "みほん市営住宅集会所"),
]


@pytest.mark.parametrize(("address", "matched", "leftover"), PARTS)
def test_the_text_is_cut_where_the_match_ends(matcher, address, matched, leftover):
    assert divided(address, matcher.match(address)) == (matched, leftover)


def test_of_an_address_that_was_not_found_all_is_left_over(matcher):
    assert divided("よその町1 見本様方", matcher.match("よその町1 見本様方")) == ("", "よその町1 様方")


def test_every_word_has_a_level():
    assert {word: level_of(Match(word)) for word in LOCATED if word not in LEVELS} == dict.fromkeys(
        ("ambiguous", "not_found", "no_address", "no_place"), "none"
    )


@pytest.mark.parametrize(
    ("address", "status", "level"),
    [
        ("本町1-2-1", "lot", "exact"),
        ("西町5", "block", "block"),
        ("本町", "town", "town"),
        ("見本県みほん市", "city", "city"),
        ("みほん市内一円", "city", "city"),
        ("本町1-2-1付近", "block", "block"),
        ("ほん町1", "not_found", "none"),
    ],
)
def test_levels(matcher, address, status, level):
    match = matcher.match(address)
    assert (match.status, level_of(match)) == (status, level)
    assert (match.point is None) == (level == "none")


def test_the_true_place_lies_within_the_bound(matcher, gazetteer):
    house = bound_of(matcher.match("本町1-2-1"), {})
    street = matcher.match("本町1丁目2番")
    assert (street.status, street.written) == ("block", "みほん市本町一丁目2")
    assert "amid the 5 numbers of '2'" in street.note
    assert matcher.match("本町1-2-99").point == street.point
    assert house == 30
    for lot, point in gazetteer.lots.items():
        if lot[1].startswith("2-"):
            assert metres_between(*street.point, *point) <= bound_of(street, {})
    whole = matcher.match("本町")
    assert bound_of(whole, {}) > 900
    assert bound_of(matcher.match("みほん市"), {}) > 2500
    assert bound_of(matcher.match("よその町"), {}) is None


@pytest.mark.parametrize("address", ["本町", "本町7-1"])
def test_a_town_of_several_blocks_is_bounded_by_all_of_them(matcher, gazetteer, address):
    match = matcher.match(address)
    edges = {
        gazetteer.key(row): box(lon - 0.005, 34.945, lon + 0.005, 34.955)
        for row, lon in enumerate((139.70, 139.71, 139.72))
    }
    corner = max(metres_between(*match.point, lon, 34.945) for lon in (139.695, 139.725))
    assert corner <= bound_of(match, edges) <= corner + 10
    del edges[gazetteer.key(0)]
    assert bound_of(match, edges) >= corner


def test_a_lone_town_has_no_bound():
    towns = pd.DataFrame(
        {"prefecture": "", "city": "", "oaza": "谷村", "town": ["谷村上組"], "lon": 139.7, "lat": 34.95}
    )
    match = Matcher(Gazetteer(towns, {})).match("谷村")
    assert match.status == "town"
    assert bound_of(match, {}) is None


def test_a_polygon_bounds_a_block_for_certain(matcher):
    shape = box(139.725, 34.945, 139.735, 34.955)
    match = matcher.match("西町5")
    corner = metres_between(*match.point, 139.735, 34.955)
    assert corner <= bound_of(match, {match.key: shape}) <= corner + 10


def test_the_source_of_a_number_has_its_own_day(gazetteer):
    table = gpd.GeoDataFrame(
        {"address": ["本町1-2-1", "西町5", "よその町1", None], "name": list("abcd")},
        geometry=[None, None, None, Point(139.7, 34.95)],
        crs=4326,
    )
    located = locate(table, gazetteer, city="みほん市")
    assert located["source"].tolist() == ["houses 2026-04-01", "towns 2024", None, "coordinates of the sheet"]
    assert located["level"].tolist() == ["exact", "block", "none", "exact"]
    assert np.isnan(located["bound_m"]).tolist() == [False, False, True, True]


def test_a_whole_city_is_no_place_for_a_resource(gazetteer):
    table = gpd.GeoDataFrame({"address": ["みほん市"], "name": ["a"]}, geometry=[None], crs=4326)
    located = locate(table, gazetteer, city="みほん市")
    assert (located["located"][0], located["level"][0]) == ("city", "city")
    assert located.geometry[0] is None
