"""Prefectures and cities at the beginning: left out, shortened, merged, misspelled."""

import pandas as pd
import pytest

from resourcemap.geocode.index import Gazetteer
from resourcemap.geocode.matcher import Matcher
from resourcemap.geocode.readings import renamed_cities

PLACES = [
    ("福島県", "石川郡石川町", "長久保"),
    ("埼玉県", "さいたま市浦和区", "高砂三丁目"),
    ("埼玉県", "さいたま市大宮区", "高砂三丁目"),
    ("京都府", "京都市中京区", "上本能寺前町"),
    ("京都府", "京都市上京区", "主計町"),
    ("東京都", "文京区", "白山一丁目"),
    ("東京都", "府中市", "白山"),
    ("香川県", "高松市", "牟礼町牟礼"),
    ("東京都", "西東京市", "保谷町一丁目"),
]


@pytest.fixture(scope="module")
def matcher():
    prefectures, cities, towns = zip(*PLACES, strict=True)
    columns = {"prefecture": prefectures, "city": cities, "oaza": towns, "town": towns}
    table = pd.DataFrame(columns | {"lon": [135 + 0.1 * at for at in range(len(towns))], "lat": 35.0})
    table["postcode"] = ["", "3300063", "3300844", "", "", "1120001", "1830000", "", ""]
    return Matcher(Gazetteer(table, {}))


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("福島石川郡石川町字長久保185-4", "石川郡石川町長久保"),
        ("東京文京区白山1-2", "文京区白山一丁目"),
        ("京都府京都市中京区寺町通御池上る上本能寺前町488", "京都市中京区上本能寺前町"),
        ("京都市中京区寺町通御池上ル東側上本能寺前町488", "京都市中京区上本能寺前町"),
        ("京都市上京区あああ通り主計町1番2", "京都市上京区主計町"),
        ("京都市中京区上本能寺前町寺町通御池上る488", "京都市中京区上本能寺前町"),
        ("〒112-0001 白山1丁目2", "文京区白山一丁目"),
        ("高松市牟礼町牟礼5", "高松市牟礼町牟礼"),
    ],
)
def test_beginnings_are_read(matcher, address, written):
    match = matcher.match(address)
    assert (match.status, match.written) == ("block", written)


def test_an_old_name_is_looked_up_in_the_new_city_and_says_so(matcher):
    match = matcher.match("牟礼町牟礼5")
    assert match.written == "高松市牟礼町牟礼"
    match = matcher.match("東京都保谷市保谷町1-2")
    assert (match.status, match.written) == ("block", "西東京市保谷町一丁目")
    assert "An old name, now 西東京市" in match.note


def test_an_old_city_that_was_divided_yields_candidates(matcher):
    match = matcher.match("浦和市高砂3-15-1")
    assert (match.status, match.point) == ("ambiguous", None)
    assert [candidate.name for candidate in match.candidates] == [
        "埼玉県さいたま市浦和区高砂三丁目",
        "埼玉県さいたま市大宮区高砂三丁目",
    ]


def test_a_postcode_decides_between_namesakes(matcher):
    assert matcher.match("〒330-0844 さいたま市高砂3-1").written == "さいたま市大宮区高砂三丁目"


def test_without_a_city_all_towns_of_the_name_may_be_meant(matcher):
    match = matcher.match("白山1-2-3")
    assert match.status == "ambiguous"
    assert {candidate.name for candidate in match.candidates} == {"東京都文京区白山一丁目", "東京都府中市白山"}


def test_a_slip_in_the_city_yields_candidates_of_that_city(matcher):
    match = matcher.match("西東市保谷町9-1")
    assert match.status == "not_found"
    assert "Did you mean: 西東京市保谷町" in match.note


def test_old_names_are_no_names_of_today():
    names = renamed_cities()
    assert not set(names) & set(names.values()) - {"浜松市中央区", "浜松市浜名区"}
