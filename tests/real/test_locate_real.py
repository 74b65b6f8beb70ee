"""Addresses as they are really written, against the answers of others. No row of theirs is kept here."""

import time

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import python_calamine

from resourcemap.geocode.address import address_key
from resourcemap.geocode.gazetteer import read_gazetteer
from resourcemap.geocode.match import locate
from resourcemap.geocode.matcher import Matcher

pytestmark = pytest.mark.real

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


def test_3580_addresses_are_found_where_a_peer_finds_them(real):
    answers = pd.read_csv(real / "addresses" / "normalised_addresses_dev.csv", dtype=str)
    matcher = Matcher(read_gazetteer(real / JAPAN))
    found = [matcher.match(address) for address in answers["住所"]]
    lonlat = answers["緯度経度"].str.split(",", expand=True).astype(float)
    apart = metres_apart(found, lonlat[0], lonlat[1])
    same = [
        address_key(match.written or "") == address_key(city + town)
        for match, city, town in zip(found, answers["市区町村"], answers["町字"].fillna(""), strict=True)
    ]
    # The peer's point is the house for 70 % of the rows, ours the block.
    assert len(apart) / len(answers) > 0.997
    assert np.mean(same) > 0.996
    assert apart.median() < 150
    assert apart.quantile(0.95) < 400
    assert apart.quantile(0.999) < 3_000


def test_addresses_without_city_and_the_word_chome_are_found_in_sapporo(real):
    places = pd.read_csv(real / "sapporo" / "latlon.csv")
    matcher = Matcher(read_gazetteer(real / "sapporo" / "位置情報_札幌.csv"), prefecture="北海道", city="札幌市")
    found = [matcher.match(address) for address in places["住所"]]
    apart = metres_apart(found, places["lon"], places["lat"])
    assert len(apart) / len(places) > 0.99
    assert apart.median() < 100
    assert apart.quantile(0.95) < 300


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


def test_house_numbers_of_the_address_base_registry_are_found(real):
    folder = real / "gazetteer"
    paths = [folder / f"abr_bunkyo_{name}" for name in ("town.csv", "rsdt.csv.gz", "rsdt_pos.csv.gz")]
    gazetteer = read_gazetteer(paths)
    assert len(gazetteer.lots) > 30_000
    matcher = Matcher(gazetteer, prefecture="東京都", city="文京区")
    (row, lot), point = next(iter(gazetteer.lots.items()))
    match = matcher.match(f"東京都文京区{gazetteer.town_names[row]}{lot.replace('-', '番')}号")
    assert (match.status, match.point) == ("lot", point)


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
