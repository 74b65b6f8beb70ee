"""Whole tables: the same rows come out, each with a word on its place."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point, box

from resourcemap.errors import CRSError
from resourcemap.geocode.index import Gazetteer
from resourcemap.geocode.match import locate
from resourcemap.language import speaking
from resourcemap.model.tables import LOCATED

CITY = "みほん市"


@pytest.fixture
def gazetteer():
    towns = pd.DataFrame(
        {
            "prefecture": "見本県",
            "city": CITY,
            "oaza": [f"みほん{number}丁目" for number in (1, 2, 3, 4)],
            "town": [f"みほん{number}丁目" for number in (1, 2, 3, 4)],
            "lon": [139.70, 139.71, 139.72, 139.73],
            "lat": 34.95,
        }
    )
    return Gazetteer(towns, {(2, "2-1"): (139.7205, 34.9502)})


@pytest.fixture
def blocks():
    shapes = [box(139.695 + 0.01 * at, 34.945, 139.705 + 0.01 * at, 34.955) for at in range(5)]
    names = [f"みほん{number}丁目" for number in (1, 2, 3, 4, 5)]
    return gpd.GeoDataFrame({"block_id": list("12345"), "block": names}, geometry=shapes, crs=4326)


def resources(rows):
    columns = {
        name: [row.get(name) for row in rows] for name in ("name", "venue", "address", "place", "provider", "phone")
    }
    return gpd.GeoDataFrame(
        columns | {"source_row": range(5, 5 + len(rows))},
        geometry=[row.get("point") for row in rows],
        crs=4326,
        index=[10 * number for number in range(len(rows))],
    )


def located(rows, *args, **kwargs):
    return locate(resources(rows), *args, city=CITY, prefecture="見本県", **kwargs)


def test_every_row_gets_its_word(gazetteer):
    rows = [
        {"address": "みほん１－２－３", "point": Point(139.7001, 34.9501)},
        {"address": "みほん市みほん3丁目2番1号"},
        {"address": "みほん2丁目"},
        {"address": "みほん"},
        {"venue": "みほん会館", "address": "みほん3-2-1"},
        {"venue": "みほん 会館", "address": None},
        {"address": "みはん2丁目"},
        {"address": "となり市みほん2丁目"},
        {"address": "　"},
        {"address": "未定"},
        {"address": "みほん2丁目", "place": "served_area"},
        {"place": "none"},
    ]
    table = located(rows, gazetteer)
    expected = "given lot block town lot venue not_found not_found no_address no_address no_place no_place"
    assert table["located"].tolist() == expected.split()
    assert set(table["located"]) <= set(LOCATED)
    assert table.geometry.isna().tolist() == [False] * 6 + [True] * 6


def test_a_point_given_for_a_served_area_stays_but_counts_for_nothing(gazetteer):
    office = Point(139.7, 34.95)
    table = located(
        [{"venue": "みほん会館", "place": "served_area", "point": office}, {"venue": "みほん会館"}], gazetteer
    )
    assert table["located"].tolist() == ["no_place", "no_address"]
    assert table.geometry.iloc[0] == office


def test_same_rows_same_index_and_the_callers_table_is_left_alone(gazetteer):
    before = resources([{"address": "みほん2丁目", "name": "a"}, {"address": None, "name": "b"}])
    copy = before.copy(deep=True)
    after = locate(before, gazetteer)
    assert before.equals(copy)
    assert after.index.equals(before.index)
    assert after["name"].tolist() == ["a", "b"]
    assert after.crs == "EPSG:4326"


def test_located_again_it_is_the_same(gazetteer, blocks):
    rows = [
        {"venue": "みほん会館", "address": "みほん3-2-1"},
        {"venue": "みほん会館"},
        {"address": "みほん2丁目"},
        {"address": "みほん"},
        {"address": "みほん1", "point": Point(139.7, 34.95)},
    ]
    once = located(rows, gazetteer, blocks=blocks)
    assert locate(once, gazetteer, blocks=blocks, city=CITY, prefecture="見本県").equals(once)


def test_an_empty_table_stays_empty(gazetteer):
    table = located([], gazetteer)
    assert len(table) == 0
    assert {"located", "located_as", "located_note", "venue_id"} <= set(table.columns)


def test_a_table_without_address_venue_and_place_is_fine(gazetteer):
    table = gpd.GeoDataFrame({"name": ["a", "b"]}, geometry=[Point(139.7, 34.95), None], crs=4326)
    assert locate(table, gazetteer)["located"].tolist() == ["given", "no_address"]


@pytest.mark.parametrize("nowhere", [None, Point(), Point(float("nan"), float("nan"))])
def test_a_point_without_coordinates_is_none(gazetteer, nowhere):
    table = located([{"address": "みほん2", "point": nowhere}, {"point": nowhere}], gazetteer)
    assert table["located"].tolist() == ["block", "no_address"]
    assert table.geometry.isna().tolist() == [False, True]
    assert table["venue_id"].notna().tolist() == [True, False]


def test_points_in_metres_come_out_in_degrees(gazetteer):
    table = resources([{"address": "みほん1", "point": Point(139.7, 34.95)}]).to_crs(6677)
    assert np.allclose(locate(table, gazetteer).get_coordinates().to_numpy(), [[139.7, 34.95]])


def test_a_table_without_crs_is_refused(gazetteer):
    with pytest.raises(CRSError):
        locate(gpd.GeoDataFrame({"name": ["a"]}, geometry=[Point(1, 1)]), gazetteer)


def test_without_gazetteer_and_blocks_only_given_points_stay():
    table = located([{"address": "みほん1", "point": Point(139.7, 34.95)}, {"address": "みほん1"}])
    assert table["located"].tolist() == ["given", "not_found"]
    assert "neither" in table["located_note"].iloc[1]


def test_blocks_alone_serve_as_gazetteer(blocks):
    table = located([{"address": "みほん市みほん５－２－１"}], blocks=blocks)
    assert table["located"].tolist() == ["block"]
    assert table.geometry.iloc[0].within(blocks.geometry.iloc[4])


def test_blocks_are_looked_at_when_the_gazetteer_does_not_know(gazetteer, blocks):
    table = located([{"address": "みほん5-2"}, {"address": "みほん3-2-1"}], gazetteer, blocks=blocks)
    assert table["located"].tolist() == ["block", "lot"]


def test_a_point_far_from_its_address_is_kept_and_noted(gazetteer):
    far = Point(139.80, 34.95)
    table = located([{"address": "みほん1丁目", "point": far}], gazetteer)
    assert table.geometry.iloc[0] == far
    assert table["located_note"].iloc[0].startswith("The coordinates are about 9.1 km from 'みほん市みほん1丁目'")


def test_a_point_is_compared_with_the_polygon_when_there_is_one(blocks):
    at_the_edge, off = Point(139.7049, 34.9549), Point(139.725, 34.95)
    table = located([{"address": "みほん1", "point": point} for point in (at_the_edge, off)], blocks=blocks)
    assert table["located_note"].notna().tolist() == [False, True]
    assert "1.8 km" in table["located_note"].iloc[1]


def test_a_point_two_kilometres_off_is_no_contradiction_where_blocks_are_large(gazetteer):
    wide = Gazetteer(gazetteer.towns.assign(lon=[139.7, 139.8, 139.9, 140.0]), {})
    table = located([{"address": "みほん1", "point": Point(139.72, 34.95)}], wide)
    assert table["located_note"].isna().all()


def test_a_venue_lends_its_point_to_rows_that_have_none(gazetteer):
    rows = [
        {"venue": "みほん会館", "address": "みほん3-2-1"},
        {"venue": "みほん　会館"},
        {"venue": "みほん会館", "address": "みはん3-2-1"},
        {"venue": "みほん会館", "address": "みほん3丁目"},
    ]
    table = located(rows, gazetteer)
    assert table["located"].tolist() == ["lot", "venue", "venue", "venue"]
    assert len(set(table.geometry)) == 1
    assert len(set(table["venue_id"])) == 1
    assert table["located_note"].iloc[1] == "Placed like row 5 of the same venue."
    assert "Did you mean: みほん3丁目" in table["located_note"].iloc[2]


def test_a_venue_known_to_its_block_lends_no_more_than_that(gazetteer):
    table = located([{"venue": "みほん会館", "address": "みほん2丁目"}, {"venue": "みほん会館"}], gazetteer)
    assert table["located"].tolist() == ["block", "block"]


@pytest.mark.parametrize(
    "rows",
    [
        [{"venue": "自宅", "address": "みほん3-2-1"}, {"venue": "自宅"}],
        [
            {"venue": "みほん会館", "address": "みほん1"},
            {"venue": "みほん会館", "address": "みほん4"},
            {"venue": "みほん会館"},
        ],
        [{"venue": "みほん会館", "address": "みほん3-2-1"}, {"venue": "みほん会館", "address": "となり市本町1"}],
        [{"venue": "みほん会館", "address": "みほん3-2-1", "place": "none"}, {"venue": "みほん会館"}],
    ],
)
def test_a_name_that_may_mean_several_venues_lends_nothing(gazetteer, rows):
    assert located(rows, gazetteer).geometry.iloc[-1] is None


GENERIC = ["集会所", "会議室A", "第２会議室", "公民館", "地域包括支援センター", "2階和室"]
CHAINS = ["ローソン", "セブン－イレブン", "イオン駐車場", "コンビニ"]
NO_VENUES = [
    "代表者宅",
    "田中様方",
    "非公開",
    "未定",
    "各町会会館",
    "会員宅（本町）",
    "会場未定",
    "オンライン",
    "市内各所",
]


@pytest.mark.parametrize("venue", [*GENERIC, *CHAINS, *NO_VENUES])
def test_a_name_that_is_no_venue_or_fits_many_lends_nothing(gazetteer, venue):
    table = located([{"venue": venue, "address": "みほん3-2-1"}, {"venue": venue}], gazetteer)
    assert table["located"].tolist() == ["lot", "no_address"]


@pytest.mark.parametrize(
    "venue", ["みほん会館", "市営みほん住宅", "ローソンみほん店", "三宅", "各務原会館", "市民会館", "西町会館"]
)
def test_a_name_of_its_own_lends_its_point(gazetteer, venue):
    table = located([{"venue": venue, "address": "みほん3-2-1"}, {"venue": venue}], gazetteer)
    assert table["located"].tolist() == ["lot", "venue"]


@pytest.mark.parametrize(
    ("venues", "same", "last"),
    [
        (GENERIC, {"provider": "みほん町会"}, "venue"),
        (GENERIC, {"phone": "03-0000-0000"}, "venue"),
        (CHAINS, {"phone": "03-0000-0000"}, "venue"),
        (CHAINS, {"provider": "みほん町会"}, "no_address"),
        (NO_VENUES, {"provider": "みほん町会", "phone": "03-0000-0000"}, "no_address"),
    ],
)
def test_a_name_that_fits_many_lends_where_the_rest_of_the_row_agrees(gazetteer, venues, same, last):
    for venue in venues:
        table = located([{"venue": venue, "address": "みほん3-2-1"} | same, {"venue": venue} | same], gazetteer)
        assert table["located"].tolist() == ["lot", last], venue


def test_a_provider_at_work_in_several_places_says_nothing_about_which(gazetteer):
    council = {"provider": "みほん市社会福祉協議会"}
    rows = [{"venue": "集会所", "address": "みほん3-2-1"}, {"venue": "会館", "address": "みほん1"}, {"venue": "集会所"}]
    assert located([row | council for row in rows], gazetteer)["located"].tolist() == ["lot", "block", "no_address"]


def test_a_generic_name_at_the_same_unknown_address_shares_its_point(gazetteer):
    point = Point(139.71, 34.95)
    rows = [
        {"venue": "集会所", "address": "旧みほん屋敷", "point": point},
        {"venue": "集会所", "address": "旧みほん 屋敷"},
    ]
    assert located(rows, gazetteer)["located"].tolist() == ["given", "venue"]


def test_a_finer_name_in_the_blocks_comes_before_a_town_of_the_gazetteer(gazetteer):
    blocks = gpd.GeoDataFrame(
        {"block_id": ["1"], "block": ["みほん1丁目上山"]}, geometry=[box(139.6, 34.9, 139.61, 34.91)], crs=4326
    )
    rows = [{"address": "みほん1丁目上山2"}, {"address": "みほん1丁目下山2"}]
    table = located(rows, gazetteer, blocks=blocks)
    assert table["located_as"].tolist() == ["みほん市みほん1丁目上山", "みほん市みほん1丁目"]


def test_notes_speak_japanese_to_japanese_users(gazetteer):
    with speaking("ja"):
        table = located([{"address": "みはん2丁目"}, {"address": "となり市本町1"}], gazetteer)
    assert table["located_note"].tolist() == [
        "住所一覧に見つかりません。 もしかして: みほん2丁目",
        "みほん市の外の住所です（となり市）。",
    ]
