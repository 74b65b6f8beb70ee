"""Addresses as they are really written, against the answers of others. No row of theirs is kept here."""

import json
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import python_calamine
from shapely import Point

from resourcemap.geocode.address import address_key
from resourcemap.geocode.describe import bound_of
from resourcemap.geocode.gazetteer import read_gazetteer
from resourcemap.geocode.index import Gazetteer
from resourcemap.geocode.match import locate
from resourcemap.geocode.matcher import Matcher
from resourcemap.geocode.prepared import write_gazetteer
from resourcemap.metres import metres_between
from resourcemap.model.names import fold_name

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "real"
JAPAN = "gazetteer/towns_japan_geolonia.csv.gz"
LISTS = (
    "library",
    "community_center",
    "elderly_welfare_facility",
    "children_club",
    "public_toilet",
    "evacuation_space",
)


def metres_apart(found, lon, lat):
    points = np.array([match.point or (np.nan, np.nan) for match in found])
    ours = gpd.GeoSeries.from_xy(*np.nan_to_num(points).T, crs=4326).to_crs(3857)
    theirs = gpd.GeoSeries.from_xy(lon, lat, crs=4326).to_crs(3857)
    apart = ours.distance(theirs) * np.cos(np.radians(np.asarray(lat, dtype=float)))
    return apart[~np.isnan(points[:, 0])]


ABR = [f"gazetteer/abr_bunkyo_{name}" for name in ("town.csv", "rsdt.csv.gz", "rsdt_pos.csv.gz")]
# Where the peer and ours name different towns, and who is right.
DIFFERENT = {
    "京都府京都市下京区忠庵町柳馬場通松原下ル（忠庵町）３１６": "ours: the street is no part of the town's name",
    "京都府京都市下京区高辻堀川町西堀川通高辻下る３６６番２": "ours: the street is no part of the town's name",
    "京都府京都市上京区大猪熊町寺之内通大宮西入以下未定": "ours: the street is no part of the town's name",
    "京都府京都市上京区あああ通り主計町1番2-403号": "ours: 主計町 is written; the peer says 三番町",
    "福井県三方上中郡若狭町若狭テクノバレー1-1": "open: the peer reads the first number as part of the name",
    "東京都新宿区三栄町２－８": "peer: renamed 四谷三栄町; ours names it as a candidate only",
    "和歌山県和歌山市12-45": "open: no town is written; ours names 十二番丁 as a candidate only",
}
# Sapporo, over 1.5 km apart.
EXPLAINED = {
    "大通西9": "the key lies in 大通東四丁目",
    "篠路1-6": "the key lies in あいの里三条七丁目; the city's list of nurseries agrees with ours",
    "厚別北3-5": "the key lies in 厚別東; the city's list of nurseries agrees with ours",
    "真駒内380": "a 大字 of many square kilometres with one point in the table",
    "真駒内17": "a 大字 of many square kilometres with one point in the table",
    "八軒3東4": "the key lies in 二十四軒三条七丁目; the city's list of nurseries agrees with ours",
    "新発寒4-1": "the key lies amid 新発寒六条九丁目",
}
# Town in which the point of the key lies, by the polygons where there are any, and the town nearest to it.
KEY_LIES_IN = {"八軒3東4": ("二十四軒三条７丁目", "山の手一条一丁目"), "新発寒4-1": (None, "新発寒六条九丁目")}


@pytest.fixture(scope="module")
def japan():
    """All towns of Japan and the houses of 文京区 as one gazetteer."""
    if not REAL.is_dir():
        pytest.skip("no folder of real data beside the repository")
    return Matcher(read_gazetteer([REAL / name for name in (JAPAN, *ABR)]))


def test_3580_addresses_are_found_where_a_peer_finds_them(real, japan):
    answers = pd.read_csv(real / "addresses" / "normalised_addresses_dev.csv", dtype=str).fillna("")
    answers = answers[answers["レベル"].astype(int) >= 3].reset_index(drop=True)
    found = [japan.match(address) for address in answers["住所"]]
    lonlat = answers["緯度経度"].str.split(",", expand=True).astype(float)
    apart = metres_apart(found, lonlat[0], lonlat[1])
    names = answers["市区町村"] + answers["町字"]
    same = np.array(
        [
            address_key(match.written or "").startswith(address_key(name))
            for match, name in zip(found, names, strict=True)
        ]
    )
    cities = zip(found, answers["市区町村"], strict=True)
    assert all(address_key(match.written).startswith(address_key(city)) for match, city in cities if match.written)
    assert set(answers["住所"][~same]) <= set(DIFFERENT)
    assert same.mean() >= 0.995
    # The peer's point is the house for 70 % of the rows, ours the block.
    assert len(apart) / len(answers) > 0.997
    assert apart.median() < 150
    assert apart.quantile(0.95) < 400
    assert apart.quantile(0.999) < 3_000


def test_houses_of_bunkyo_are_at_the_same_point_as_the_peers(real, japan):
    answers = pd.read_csv(real / "addresses" / "normalised_addresses_dev.csv", dtype=str).fillna("")
    answers = answers[(answers["市区町村"] == "文京区") & (answers["位置情報レベル"] == "8")].reset_index(drop=True)
    found = [japan.match(address) for address in answers["住所"]]
    lonlat = answers["緯度経度"].str.split(",", expand=True).astype(float)
    assert len(answers) > 50
    assert {match.status for match in found} == {"lot"}
    assert metres_apart(found, lonlat[0], lonlat[1]).max() < 1


def test_the_true_place_lies_within_the_bound(real, japan):
    answers = pd.read_csv(real / "addresses" / "normalised_addresses_dev.csv", dtype=str).fillna("")
    answers = answers[answers["位置情報レベル"] == "8"].reset_index(drop=True)
    found = [japan.match(address) for address in answers["住所"]]
    lonlat = answers["緯度経度"].str.split(",", expand=True).astype(float)
    bounds = np.array([bound_of(match, {}) or np.nan for match in found])
    apart = metres_apart(found, lonlat[0], lonlat[1])
    assert (apart.to_numpy() <= bounds[~np.isnan([(match.point or (np.nan,))[0] for match in found])]).mean() > 0.995


def kanji(number):
    ones = "〇一二三四五六七八九"
    tens, one = divmod(number, 10)
    hundreds, ten = divmod(tens, 10)
    written = ("" if hundreds == 1 else ones[hundreds]) + "百" if hundreds else ""
    written += ("" if ten == 1 else ones[ten]) + "十" if ten else ""
    return written + (ones[one] if one or not written else "")


def test_every_house_of_bunkyo_is_found_in_four_styles(real):
    gazetteer = read_gazetteer([real / name for name in ABR])
    matcher = Matcher(gazetteer, prefecture="東京都", city="文京区")
    assert len(gazetteer.lots) == 30_156
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    wrong = []
    for (row, lot), point in gazetteer.lots.items():
        town = unicodedata.normalize("NFKC", gazetteer.town_names[row])
        name = town.removesuffix("丁目").rstrip("0123456789")
        chome = town.removeprefix(name).removesuffix("丁目")
        block, house = lot.split("-")
        styles = (
            f"東京都文京区{town}{block}番{house}号",
            "-".join(filter(None, (name + chome, block, house))),
            f"文京区{name}{chome + '-' if chome else ''}{lot}　みほんビル3階".translate(wide),
            f"{name}{kanji(int(chome)) + '丁目' if chome else ''}{kanji(int(block))}番{kanji(int(house))}号",
        )
        wrong += [text for text in styles if (matcher.match(text).status, matcher.match(text).point) != ("lot", point)]
    assert wrong == []


def test_addresses_without_city_and_the_word_chome_are_found_in_sapporo(real):
    places = pd.read_csv(real / "sapporo" / "latlon.csv")
    matcher = Matcher(read_gazetteer(real / "sapporo" / "位置情報_札幌.csv"), prefecture="北海道", city="札幌市")
    found = [matcher.match(address) for address in places["住所"]]
    apart = metres_apart(found, places["lon"], places["lat"])
    assert len(apart) / len(places) > 0.99
    assert apart.median() < 100
    assert apart.quantile(0.95) < 300
    assert set(places["住所"][apart[apart > 1_500].index]) <= set(EXPLAINED)
    lost = [(address, match) for address, match in zip(places["住所"], found, strict=True) if match.point is None]
    assert [address for address, _ in lost] == ["前田555"]
    assert "北海道札幌市手稲区手稲前田" in [candidate.name for candidate in lost[0][1].candidates]


@pytest.mark.parametrize("address", KEY_LIES_IN)
def test_where_key_and_answer_differ_in_sapporo_the_key_lies_in_another_town(real, address):
    places = pd.read_csv(real / "sapporo" / "latlon.csv")
    key = places[places["住所"] == address].iloc[0]
    blocks = pd.concat([gpd.read_file(path) for path in sorted((real / "sapporo" / "blocks").glob("*.json"))])
    tables = (real / "sapporo" / "位置情報_札幌.csv", real / JAPAN)
    inside, nearest = KEY_LIES_IN[address]
    for table in tables:
        towns = read_gazetteer(table, city="札幌市")
        found = Matcher(towns, prefecture="北海道", city="札幌市").match(address)
        assert towns.town_names[int(np.argmin(metres_between(key.lon, key.lat, towns.lon, towns.lat)))] == nearest
        assert towns.town_names[found.row] not in (nearest, inside)
        assert blocks["S_NAME"][blocks.contains(Point(key.lon, key.lat))].tolist() == ([inside] if inside else [])
        # No polygons of 手稲区 are here.
        ours = [fold_name(name) for name in blocks["S_NAME"][blocks.contains(Point(*found.point))]]
        assert ours == ([fold_name(towns.town_names[found.row])] if inside else [])


def test_the_list_of_nurseries_has_the_one_of_hachiken_where_ours_is(real):
    """八軒太陽の子保育園, 八軒3条東4丁目4番16号 in the list."""
    nurseries = gpd.read_file(real / "sapporo" / "nurseryFacilities.geojson")
    nursery = nurseries[nurseries["Name"] == "八軒太陽の子保育園"].iloc[0]
    places = pd.read_csv(real / "sapporo" / "latlon.csv")
    key = places[(places["住所"] == "八軒3東4") & (places["施設名"] == nursery.Name)].iloc[0]
    matcher = Matcher(read_gazetteer(real / "sapporo" / "位置情報_札幌.csv"), prefecture="北海道", city="札幌市")
    assert nursery.Add2.startswith("八軒3条東4丁目")
    assert metres_between(nursery.X, nursery.Y, *matcher.match("八軒3東4").point) < 100
    assert metres_between(nursery.X, nursery.Y, key.lon, key.lat) > 1_500


def test_town_names_of_the_population_of_sapporo_join_the_polygons(real):
    blocks = pd.concat([gpd.read_file(path) for path in sorted((real / "sapporo" / "blocks").glob("*.json"))])
    blocks = blocks[blocks["S_NAME"].notna()].drop_duplicates(["CSS_NAME", "S_NAME"])
    middle = blocks.geometry.representative_point()
    names = blocks["S_NAME"].tolist()
    columns = {"prefecture": "北海道", "city": "札幌市" + blocks["CSS_NAME"], "oaza": names, "town": names}
    towns = pd.DataFrame(columns).assign(lon=middle.x.to_numpy(), lat=middle.y.to_numpy())
    matcher = Matcher(Gazetteer(towns.reset_index(drop=True), {}), prefecture="北海道", city="札幌市")
    people = pd.read_csv(real / "sapporo" / "jounen202010_ward.csv", dtype=str)
    people["区"] = people["区"].str.replace(r"\s", "", regex=True)
    people = people[people["区"].isin(set(blocks["CSS_NAME"])) & (people["区"] != people["区分"])]
    total = pd.to_numeric(people["人口"].replace("-", "0"))
    found = [matcher.match(f"札幌市{ward}{name}") for ward, name in zip(people["区"], people["区分"], strict=True)]
    # A new 条丁目 must not be taken for the old town around it, so nothing may be left over.
    placed = np.array([match.status == "block" and not match.unread for match in found])
    assert total[placed].sum() / total.sum() > 0.99
    # The rest is new since the polygons were drawn (2015).
    assert 20 < (~placed & (total > 0)).sum() < 40


def test_all_towns_of_japan_are_read_from_a_prepared_index_in_no_time(real, tmp_path):
    index = write_gazetteer(read_gazetteer(real / JAPAN), tmp_path / "japan.npz")
    # Seconds of the processor: the machine may be busy with other tests.
    code = (
        "import json, time\n"
        "from pathlib import Path\n"
        "from resourcemap.geocode.gazetteer import read_gazetteer\n"
        "begin = time.process_time()\n"
        f"towns = len(read_gazetteer({str(index)!r}).towns)\n"
        "seconds = time.process_time() - begin\n"
        # Linux's ru_maxrss would begin with the memory of pytest.
        "peak = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
        "print(json.dumps([towns, seconds, int(peak) / 1024]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    towns, seconds, mebibytes = json.loads(done.stdout)
    assert towns > 277_000
    assert seconds < 2
    assert mebibytes < 400


def takamatsu(real):
    tables = []
    for name in LISTS:
        book = python_calamine.CalamineWorkbook.from_path(real / "takamatsu" / f"{name}.xlsx")
        rows = book.get_sheet_by_index(0).to_python()
        tables.append(pd.DataFrame(rows[1:], columns=rows[0])[["name", "address", "latitude", "longitude"]])
    table = pd.concat(tables, ignore_index=True)
    table = table[table["address"].str.strip() != ""].reset_index(drop=True)
    degrees = table[["longitude", "latitude"]].apply(pd.to_numeric, errors="coerce")
    return table.assign(place="venue", venue=table["name"]), degrees


def test_addresses_of_a_city_are_found_and_those_of_others_are_not(real):
    table, degrees = takamatsu(real)
    without = gpd.GeoDataFrame(table, geometry=[None] * len(table), crs=4326)
    located = locate(without, read_gazetteer(real / JAPAN, city="高松市"), city="高松市", prefecture="香川県")
    assert len(located) == len(table)
    outside = table["address"].str.contains("^(?:香川県)?(?:綾歌郡|木田郡)")
    assert located[outside].geometry.isna().all()
    assert located[~outside].geometry.notna().mean() > 0.99
    apart = located.geometry.to_crs(6671).distance(gpd.GeoSeries.from_xy(*degrees.to_numpy().T, crs=4326).to_crs(6671))
    assert apart.median() < 700


def test_few_given_points_are_said_to_contradict_their_address(real):
    table, degrees = takamatsu(real)
    points = gpd.points_from_xy(*degrees.to_numpy().T)
    given = gpd.GeoDataFrame(table, geometry=points, crs=4326)
    located = locate(given, read_gazetteer(real / JAPAN, city="高松市"), city="高松市", prefecture="香川県")
    assert (located["located"] == "given").mean() > 0.95
    assert located["located_note"].fillna("").str.contains("km").mean() < 0.01


def test_the_towns_of_one_city_are_read_from_those_of_japan_in_seconds(real):
    start = time.perf_counter()
    gazetteer = read_gazetteer(real / JAPAN, city="札幌市")
    assert len(gazetteer.towns) > 5_000
    assert time.perf_counter() - start < 10


def test_every_town_of_a_cp932_table_is_found_under_its_own_name(real):
    gazetteer = read_gazetteer(real / "gazetteer" / "isj_miyazaki_2023_cp932.csv")
    matcher = Matcher(gazetteer)
    found = [
        matcher.match(city + town).written == city + town
        for city, town in zip(gazetteer.city_names, gazetteer.town_names, strict=True)
    ]
    assert np.mean(found) > 0.995
