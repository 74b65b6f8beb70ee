"""Written addresses against a small gazetteer: what is found, how finely, and what is not."""

import pandas as pd
import pytest

from resourcemap.geocode.index import Gazetteer
from resourcemap.geocode.matcher import Matcher

PREFECTURE, CITY = "見本県", "みほん市"
TOWNS = [
    # town, 大字 (when the town is a 小字), number of the point
    "みほん一丁目",
    "みほん二丁目",
    "みほん三丁目",
    "みほん町",
    "本町一丁目",
    "本町二丁目",
    "本町通二丁目",
    "三番町",
    "つつじヶ丘一丁目",
    "大通西二丁目",
    "大通西二十一丁目",
    "南十一条西十丁目",
    "北の森四条十丁目",
    "本郷通七丁目南",
    "山手町安原下第三号",
    "川辺町甲",
    "川辺町",
    "大字藤木",
    "流通センター一丁目",
    "西町",
    "西町東一丁目",
    "新町一丁目",
    "新町",
    "四日市場町",
    "浜寺町東1丁",
]
LOTS = {"みほん三丁目": ["1", "2", "2-1", "12"], "みほん町": ["7", "甲8"]}


def gazetteer(towns=TOWNS, *, city=CITY, prefecture=PREFECTURE, koaza=()):
    names = [*towns, *(oaza + name for oaza, name in koaza)]
    table = pd.DataFrame(
        {
            "prefecture": prefecture,
            "city": city,
            "oaza": [*towns, *(oaza for oaza, _ in koaza)],
            "town": names,
            "lon": [139.7 + 0.01 * number for number in range(len(names))],
            "lat": 34.95,
        }
    )
    lots = {
        (names.index(town), lot): (139.0, 34.0 + number / 100)
        for town, numbers in LOTS.items()
        if town in names
        for number, lot in enumerate(numbers)
    }
    return Gazetteer(table, lots)


@pytest.fixture(scope="module")
def matcher():
    table = gazetteer(koaza=[("大字藤木", "長根道"), ("谷村", "上組"), ("谷村", "中組"), ("谷村", "下組")])
    return Matcher(table, prefecture=PREFECTURE, city=CITY)


FOUND = [
    # the finest number of the table
    ("見本県みほん市みほん三丁目2番1号", "lot", "みほん三丁目2-1"),
    ("みほん市みほん３－２－１", "lot", "みほん三丁目2-1"),
    ("みほん3-2-1", "lot", "みほん三丁目2-1"),
    ("みほん３ー２ー１ みほんビル2階", "lot", "みほん三丁目2-1"),
    ("みほん三の二の一", "lot", "みほん三丁目2-1"),
    ("見本県 みほん市 みほん 3丁目 2番 1号 会館", "lot", "みほん三丁目2-1"),
    ("みほん3丁目2番地1みほん会館", "lot", "みほん三丁目2-1"),
    ("みほん3丁目2-1-405", "lot", "みほん三丁目2-1"),
    ("みほん3丁目2番9号", "lot", "みほん三丁目2"),
    ("みほん3丁目12番1号", "lot", "みほん三丁目12"),
    ("みほん市みほん町7番地", "lot", "みほん町7"),
    ("みほん町甲8番地2", "lot", "みほん町甲8"),
    # the block, when its number is not in the table
    ("みほん3丁目99番1号", "block", "みほん三丁目"),
    ("みほん3丁目", "block", "みほん三丁目"),
    ("みほん一丁目１番２号", "block", "みほん一丁目"),
    ("みほん2丁目5", "block", "みほん二丁目"),
    ("ミホン２－５", "block", "みほん二丁目"),
    ("本町2-5", "block", "本町二丁目"),
    ("本町通2-5", "block", "本町通二丁目"),
    ("本町通２丁目５番", "block", "本町通二丁目"),
    ("三番町4番5", "block", "三番町"),
    ("3番町4-5", "block", "三番町"),
    ("三番町２番地４三番町ＫＳビル１０階", "block", "三番町"),
    ("つつじが丘1-2", "block", "つつじヶ丘一丁目"),
    ("つつじケ丘１丁目", "block", "つつじヶ丘一丁目"),
    ("大通西21", "block", "大通西二十一丁目"),
    ("大通西2", "block", "大通西二丁目"),
    ("大通西２１丁目３番地", "block", "大通西二十一丁目"),
    ("南11条西10丁目1番3号", "block", "南十一条西十丁目"),
    ("南11西10", "block", "南十一条西十丁目"),
    ("南１１条西１０－１－３", "block", "南十一条西十丁目"),
    ("北の森4-10", "block", "北の森四条十丁目"),
    ("北の森４条１０丁目２番", "block", "北の森四条十丁目"),
    ("本郷通7南", "block", "本郷通七丁目南"),
    ("本郷通７丁目南１番", "block", "本郷通七丁目南"),
    ("山手町安原下第3号2084-1", "block", "山手町安原下第三号"),
    ("安原下第3号2084-1", "block", "山手町安原下第三号"),
    ("山手安原下第三号20", "block", "山手町安原下第三号"),
    ("川辺町甲218番地1", "block", "川辺町甲"),
    ("川辺町乙218番地1", "block", "川辺町"),
    ("川辺町218-1", "block", "川辺町"),
    ("藤木12", "block", "大字藤木"),
    ("大字藤木字長根道12", "block", "大字藤木長根道"),
    ("藤木長根道12番地", "block", "大字藤木長根道"),
    ("流通センター一丁目1-1", "block", "流通センター一丁目"),
    ("流通センター1-1-1", "block", "流通センター一丁目"),
    ("西町5-2", "block", "西町"),
    ("西町東1-2", "block", "西町東一丁目"),
    ("新町1-2", "block", "新町一丁目"),
    ("新町1番地2", "block", "新町"),
    ("新町5-2", "block", "新町"),
    ("四日市場町3-2", "block", "四日市場町"),
    ("みほん市四日市場町3", "block", "四日市場町"),
    ("浜寺町東1丁2-3", "block", "浜寺町東1丁"),
    ("〒123-4567 見本県みほん市西町5-2", "block", "西町"),
    ("西町5-2（西町会館内）", "block", "西町"),
    # less than a block
    ("みほん市本町", "town", "本町"),
    ("谷村", "town", "谷村"),
    ("谷村123", "town", "谷村"),
    ("本町5番地2", "town", "本町"),
    ("大字藤木字上山12", "town", "大字藤木"),
    ("本町3-1", "town", "本町"),
    # as fine as the table is
    ("四日市場町字上山12", "block", "四日市場町"),
    # one place, whatever else is written
    ("西町5・6", "block", "西町"),
    ("西町5-2・四日市場町会館", "block", "西町"),
    ("みほん1丁目24-5、15、16", "block", "みほん一丁目"),
    ("みほん1丁目11-14（壱番館）・11-13（弐番館）", "block", "みほん一丁目"),
    ("浜寺町東1丁2-3または4", "block", "浜寺町東1丁"),
]


@pytest.mark.parametrize(("address", "status", "written"), FOUND)
def test_written_forms_are_found(matcher, address, status, written):
    match = matcher.match(address)
    assert (match.status, match.written) == (status, CITY + written)
    assert match.point is not None


LOST = [
    # address, word in the note, outside
    ("みはん3丁目2番1号", "Did you mean: みほん三丁目", False),
    ("みほん9丁目2番1号", "has no block (丁目) 9. Did you mean: みほん一丁目", False),
    ("みほん9-2-1", "has no block (丁目) 9", False),
    ("本町東3-2", "Not in the gazetteer", False),
    ("西町通5", "Not in the gazetteer", False),
    ("となり市西町5-2", "outside みほん市 (となり市)", True),
    ("見本県となり市西町5-2", "outside みほん市 (となり市)", True),
    ("東京都西町5-2", "outside みほん市 (東京都)", True),
    ("木田郡三木町大字西町5", "outside みほん市 (木田郡三木町)", True),
    ("会館", "Not in the gazetteer", False),
    ("12-3", "Not in the gazetteer", False),
]


@pytest.mark.parametrize(("address", "note", "outside"), LOST)
def test_what_only_resembles_an_address_is_not_moved_there(matcher, address, note, outside):
    match = matcher.match(address)
    assert match.status == "not_found"
    assert match.point is None
    assert note in match.note
    assert match.outside is outside


def test_a_block_that_is_not_there_is_any_of_the_town(matcher):
    match = matcher.match("本町3-1")
    assert [candidate.name for candidate in match.candidates] == [
        "見本県みほん市本町一丁目",
        "見本県みほん市本町二丁目",
    ]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("西町・新町", ["西町", "新町"]),
        ("西町または新町", ["西町", "新町"]),
        ("みほん市西町5-2、みほん市新町3", ["西町", "新町"]),
        ("西町5\n四日市場町6-1", ["西町", "四日市場町"]),
        ("西町と新町", ["西町", "新町"]),
        ("みほん1丁目・2丁目", ["みほん一丁目", "みほん二丁目"]),
        ("みほん１・２丁目", ["みほん一丁目", "みほん二丁目"]),
        ("西町（会館、新町）・四日市場町内", ["西町", "四日市場町"]),
    ],
)
def test_an_address_that_names_several_towns_is_in_none_for_certain(matcher, address, names):
    match = matcher.match(address)
    assert (match.status, match.point) == ("ambiguous", None)
    assert [candidate.name for candidate in match.candidates] == [f"見本県みほん市{name}" for name in names]
    assert "several places" in match.note


def test_what_follows_an_address_lies_in_its_city():
    tables = [
        gazetteer(["西町", "本町"], city=f"第{number}市").towns.assign(lon=[130 + number, 140]) for number in (1, 2)
    ]
    match = Matcher(Gazetteer(pd.concat(tables, ignore_index=True), {})).match("第1市西町1・本町2")
    assert [candidate.name for candidate in match.candidates] == ["見本県第1市西町", "見本県第1市本町"]


def test_a_shortened_name_is_said_to_be_taken_for_the_whole(matcher):
    assert "みほん市山手町安原下第三号" in matcher.match("安原下第3号20").note


def test_a_number_that_is_not_in_the_table_is_noted(matcher):
    assert "'99-1' is not in the gazetteer" in matcher.match("みほん3丁目99番1号").note


def test_an_address_above_the_block_is_placed_at_the_middle_one(matcher):
    match = matcher.match("谷村")
    assert match.point == matcher.match("谷村中組").point
    assert "anywhere in 3" in match.note
    assert [candidate.name[7:] for candidate in match.candidates] == ["谷村上組", "谷村中組", "谷村下組"]


def test_equal_candidates_leave_no_point_and_are_listed():
    two = pd.concat([gazetteer(["本町一丁目"]).towns, gazetteer(["本町一丁目"], city="となり市").towns])
    two["lon"] = [139.7, 139.9]
    match = Matcher(Gazetteer(two.reset_index(drop=True), {})).match("本町1-2-3")
    assert (match.status, match.point) == ("ambiguous", None)
    assert "2 places fit (みほん市本町一丁目、となり市本町一丁目)" in match.note


def test_at_most_three_candidates_are_listed():
    tables = [gazetteer(["本町"], city=f"第{number}市").towns.assign(lon=130 + number) for number in range(5)]
    match = Matcher(Gazetteer(pd.concat(tables, ignore_index=True), {})).match("本町1")
    assert match.note.count("本町") == 3
    assert "5 places fit" in match.note


def test_candidates_at_one_place_are_one():
    table = pd.concat([gazetteer(["大字本町"]).towns, gazetteer(["本町"]).towns], ignore_index=True)
    assert Matcher(Gazetteer(table, {})).match("字本町5").status == "block"


def test_the_way_it_is_written_decides_between_namesakes():
    table = pd.concat([gazetteer(["大字本町"]).towns, gazetteer(["本町"]).towns], ignore_index=True)
    table["lon"] = [139.0, 139.9]
    matcher = Matcher(Gazetteer(table, {}))
    assert matcher.match("大字本町5").written == "みほん市大字本町"


@pytest.mark.parametrize(
    ("address", "city", "written"),
    [
        ("札幌市中央区本町1", "", "札幌市中央区本町"),
        ("中央区本町1", "札幌市", "札幌市中央区本町"),
        ("北海道札幌市北区本町1", "", "札幌市北区本町"),
        ("本町1", "札幌市北区", "札幌市北区本町"),
        ("綾川町本町1", "", "綾歌郡綾川町本町"),
        ("綾歌郡綾川町本町1", "", "綾歌郡綾川町本町"),
    ],
)
def test_wards_and_counties_may_be_left_out(address, city, written):
    cities = ["札幌市中央区", "札幌市北区", "綾歌郡綾川町"]
    tables = [
        gazetteer(["本町"], city=name, prefecture="").towns.assign(lon=130 + at) for at, name in enumerate(cities)
    ]
    assert Matcher(Gazetteer(pd.concat(tables, ignore_index=True), {}), city=city).match(address).written == written


def test_a_town_without_a_point_is_placed_at_a_neighbour_and_says_so():
    table = gazetteer(["みほん一丁目", "みほん二丁目"])
    table.towns.loc[1, ["lon", "lat"]] = float("nan")
    match = Matcher(table).match("みほん2-1")
    assert (match.status, match.written) == ("town", "みほん市みほん二丁目")
    assert "no point" in match.note


def test_a_lone_town_without_a_point_is_not_found():
    table = gazetteer(["西町"])
    table.towns.loc[0, ["lon", "lat"]] = float("nan")
    assert Matcher(table).match("西町2").status == "not_found"


def test_a_gazetteer_without_a_city_still_takes_addresses_with_one():
    matcher = Matcher(gazetteer(["西町"], city="", prefecture=""), city=CITY, prefecture=PREFECTURE)
    assert matcher.match("見本県みほん市西町2").status == "block"
    assert matcher.match("見本県となり市西町2").outside
