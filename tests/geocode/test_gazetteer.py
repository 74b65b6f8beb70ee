import gzip

import geopandas as gpd
import pytest
from shapely import MultiPolygon, Point, box

from resourcemap.errors import InputError
from resourcemap.geocode.gazetteer import gazetteer_of_blocks, read_gazetteer
from resourcemap.geocode.matcher import Matcher

ISJ_TOWN = """都道府県コード,都道府県名,市区町村コード,市区町村名,大字町丁目コード,大字町丁目名,緯度,経度
99,見本県,99001,みほん市,1,みほん一丁目,34.95,139.70
99,見本県,99001,みほん市,2,みほん二丁目,34.96,139.71
99,見本県,99002,となり市,1,本町,34.97,139.72
"""
ISJ_LOT = """都道府県名,市区町村名,大字・丁目名,小字・通称名,街区符号・地番,緯度,経度
見本県,みほん市,みほん一丁目,,1,34.950,139.700
見本県,みほん市,みほん一丁目,,2,34.951,139.701
見本県,みほん市,みほん一丁目,,2,34.959,139.709
見本県,みほん市,みほん一丁目,,3,34.956,139.706
"""
GEOLONIA = """pref,city,town,koaza,lat,lng
見本県,みほん市,谷村,,34.95,139.70
見本県,みほん市,谷村,上組,34.96,139.71
見本県,みほん市,（大字なし）,東山,34.97,139.72
見本県,みほん市,（大字なし）,,34.98,139.73
見本県,みほん市,中山,,,
"""
ABR_LOT = """lg_code,machiaza_id,blk_id,rsdt_id,rsdt2_id,city,ward,oaza_cho,chome,koaza,blk_num,rsdt_num,rsdt_num2
990019,0001001,001,001,,みほん市,,みほん,１丁目,,1,1,
990019,0001001,001,002,,みほん市,,みほん,１丁目,,1,2,
"""
ABR_POSITION = """lg_code,machiaza_id,blk_id,rsdt_id,rsdt2_id,rep_lon,rep_lat
990019,0001001,001,001,,139.70,34.95
990019,0001001,001,002,,139.71,34.96
"""
ABR_TOWN = """lg_code,machiaza_id,pref,county,city,ward,oaza_cho,chome
990019,0001001,見本県,,みほん市,,みほん,１丁目
"""


def write(folder, text, name="gazetteer.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_town_level_files_are_read_in_any_encoding(tmp_path, encoding):
    table = read_gazetteer(write(tmp_path, ISJ_TOWN, encoding=encoding))
    assert table.towns["town"].tolist() == ["みほん一丁目", "みほん二丁目", "本町"]
    assert table.points[1] == (139.71, 34.96)


@pytest.mark.parametrize("city", ["みほん市", "見本県みほん市"])
def test_one_city_may_be_kept(tmp_path, city):
    assert set(read_gazetteer(write(tmp_path, ISJ_TOWN), city=city).towns["city"]) == {"みほん市"}


def test_one_prefecture_may_be_kept(tmp_path):
    assert len(read_gazetteer(write(tmp_path, ISJ_TOWN), city="見本県").towns) == 3


def test_a_city_that_is_not_there_is_an_error_that_names_those_that_are(tmp_path):
    with pytest.raises(InputError, match=r"no addresses of 'よそ市'.*みほん市"):
        read_gazetteer(write(tmp_path, ISJ_TOWN), city="よそ市")


def test_numbers_come_from_the_street_block_level(tmp_path):
    table = read_gazetteer(write(tmp_path, ISJ_LOT))
    assert table.lots == {(0, "1"): (139.7, 34.95), (0, "2"): (139.701, 34.951), (0, "3"): (139.706, 34.956)}


def test_a_town_known_by_its_numbers_is_placed_at_the_one_nearest_their_middle(tmp_path):
    assert read_gazetteer(write(tmp_path, ISJ_LOT)).points == [(139.706, 34.956)]


def test_both_levels_together_give_the_towns_own_point_and_its_numbers(tmp_path):
    paths = [write(tmp_path, ISJ_TOWN, "town.csv"), write(tmp_path, ISJ_LOT, "lot.csv", "cp932")]
    table = read_gazetteer(paths, city="みほん市")
    assert table.points[0] == (139.70, 34.95)
    assert Matcher(table).match("みほん1-3").status == "lot"


def test_small_areas_and_towns_without_oaza_are_read(tmp_path):
    path = tmp_path / "towns.csv.gz"
    path.write_bytes(gzip.compress(GEOLONIA.encode()))
    table = read_gazetteer(path)
    assert table.towns["town"].tolist() == ["谷村", "谷村上組", "東山", "中山"]
    assert not table.has_point(3)


def test_numbers_and_positions_in_two_tables_are_joined(tmp_path):
    paths = [write(tmp_path, text, f"{number}.csv") for number, text in enumerate([ABR_TOWN, ABR_POSITION, ABR_LOT])]
    table = read_gazetteer(paths)
    assert table.towns[["prefecture", "city", "town"]].to_numpy().tolist() == [["見本県", "みほん市", "みほん１丁目"]]
    assert table.lots == {(0, "1-1"): (139.7, 34.95), (0, "1-2"): (139.71, 34.96)}


@pytest.mark.parametrize("texts", [[ABR_LOT], [ABR_LOT, ABR_TOWN], [ABR_POSITION], [ABR_TOWN]])
def test_numbers_without_positions_are_an_error(tmp_path, texts):
    paths = [write(tmp_path, text, f"{number}.csv") for number, text in enumerate(texts)]
    with pytest.raises(InputError, match=r"in (the same|one) list"):
        read_gazetteer(paths)


@pytest.mark.parametrize(
    ("text", "encoding", "message"),
    [
        ("a,b\n1,2\n", "utf-8", "not a known gazetteer layout \\(columns a, b\\)"),
        ("", "utf-8", "cannot be read as a table"),
        ("町丁目,緯度,経度\n", "utf-8", "there are no addresses"),
    ],
)
def test_a_file_that_is_no_gazetteer_is_an_error(tmp_path, text, encoding, message):
    with pytest.raises(InputError, match=message):
        read_gazetteer(write(tmp_path, text, encoding=encoding))


def test_bytes_of_no_known_encoding_are_an_error(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_bytes(b"\xff\xfe\x00\x81\x20")
    with pytest.raises(InputError, match="unknown encoding"):
        read_gazetteer(path)


def test_all_faults_of_several_files_are_told_together(tmp_path):
    with pytest.raises(InputError) as caught:
        read_gazetteer([tmp_path / "none.csv", write(tmp_path, "a\n1\n")])
    assert len(caught.value.faults) == 2


def test_blocks_give_a_point_inside_each_even_when_they_are_in_pieces():
    shapes = [MultiPolygon([box(0, 0, 1, 1), box(5, 0, 9, 4)]), box(10, 0, 11, 1), box(12, 0, 20, 8), None]
    blocks = gpd.GeoDataFrame(
        {"block_id": ["1", "2", "2", "3"], "block": ["みほん一丁目", "みほん二丁目", "みほん二丁目", "みほん三丁目"]},
        geometry=shapes,
        crs=4326,
    )
    table = gazetteer_of_blocks(blocks, city="みほん市", prefecture="見本県")
    assert table.towns["town"].tolist() == ["みほん一丁目", "みほん二丁目"]
    assert all(shape.contains(Point(point)) for shape, point in zip((shapes[0], shapes[2]), table.points, strict=True))
    assert Matcher(table).match("見本県みほん市みほん2-1").written == "みほん市みほん二丁目"
