"""Rows that may be one and the same: planted ones are found, and what only looks alike is not."""

from __future__ import annotations

import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.project.project import open_project
from resourcemap.read.duplicates import find_duplicates

ROOT = Path(__file__).parents[2]
TOWNS = [f"{first}{last}" for first in "本仲栄柳泉宮松梅桜昭若緑" for last in ("町", "原", "が丘", "野", "島")]
WORDS = [
    "ひだまり",
    "きんもくせい",
    "なごみ",
    "いちご",
    "まつぼっくり",
    "つどい",
    "にじいろ",
    "たんぽぽ",
    "わかば",
    "こもれび",
]
WORDS += [
    "ぽけっと",
    "そらまめ",
    "ゆるり",
    "だんだん",
    "まごころ",
    "おしゃべり",
    "けやき",
    "かわせみ",
    "みどり",
    "さくら",
]
FORMS = ["サロン", "の会", "クラブ", "体操教室", "カフェ", "食堂", "広場", "倶楽部", "茶話会", "教室"]
KINDS = ["salon", "salon", "salon", "kayoinoba", "cafe", "kids_cafeteria", "hiroba", "ibasho", "salon", "learning"]
DAYS = "月火水木金土日"
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
COLUMNS = ["resource_id", "name", "kana", "kind", "provider", "venue", "address", "phone", "schedule"]


def base(rng, number):
    """Make a resource; towns, words and forms meet again and again, as they do."""
    town, word, form = TOWNS[rng.integers(len(TOWNS))], WORDS[rng.integers(len(WORDS))], int(rng.integers(len(FORMS)))
    chome, ban, go = (int(rng.integers(1, most)) for most in (5, 30, 20))
    start = int(rng.integers(9, 16))
    return {
        "resource_id": f"r{number}",
        "name": f"{town if rng.random() < 0.5 else ''}{word}{FORMS[form]}",
        "kana": None,
        "kind": KINDS[form],
        "provider": f"{town}{word}会",
        "venue": f"{town}{chome}丁目会館",
        "address": f"みほん市{town}{chome}丁目{ban}番{go}号",
        "phone": f"000-{rng.integers(1000, 9999)}-{rng.integers(1000, 9999)}",
        "schedule": f"毎週{DAYS[rng.integers(7)]}曜日 {start}:00～{start + 2}:00",
        "parts": (town, chome, ban, go),
    }


def rewritten(rng, row, number):
    """Write the same resource as another office would."""
    town, chome, ban, go = row["parts"]
    name = row["name"]
    ways = [
        name,
        name.translate(WIDE),
        f"{name[:-2]} {name[-2:]}",
        f"NPO法人{name}",
        name.replace("サロン", "さろん").replace("クラブ", "倶楽部"),
        name[:1] + name[2:] if len(name) > 7 else name,
        f"{name}（{town}）",
    ]
    addresses = [
        f"{town}{chome}-{ban}-{go}",
        f"{town}{chome}－{ban}－{go}".translate(WIDE),
        None,
        f"{town}{chome}丁目{ban}番地{go}",
    ]
    phones = [row["phone"], row["phone"].translate(WIDE), row["phone"].replace("-", "(", 1).replace("-", ")"), None]
    schedule = row["schedule"]
    schedules = [schedule, schedule.replace("毎週", "").replace("曜日", "曜"), None, schedule.replace(":00", "時")]
    return row | {
        "resource_id": f"r{number}",
        "name": ways[rng.integers(len(ways))],
        "address": addresses[rng.integers(len(addresses))],
        "phone": phones[rng.integers(len(phones))],
        "schedule": schedules[rng.integers(len(schedules))],
        "provider": row["provider"] if rng.random() < 0.5 else None,
        "venue": row["venue"] if rng.random() < 0.7 else None,
    }


def near_misses(rng, row, number):
    """Make what looks alike and is not: another activity at the venue, another venue, a second group."""
    town, chome, ban, go = row["parts"]
    other = base(rng, number)
    at_the_venue = row | {name: other[name] for name in ("resource_id", "name", "kind", "schedule")}
    elsewhere = row | {
        "resource_id": f"r{number + 1}",
        "address": f"{town}{chome + 1}丁目{ban}番{go}号",
        "venue": "別の会館",
    }
    second = row | {"resource_id": f"r{number + 2}", "name": f"第2{row['name']}", "schedule": "毎月1日"}
    east = row | {"resource_id": f"r{number + 3}", "name": f"東{row['name']}", "address": f"東{town}{chome}-{ban}-{go}"}
    return [at_the_venue, elsewhere, second, east]


def planted(count, seed=20261101):
    """Make a table of `count` resources with planted duplicates of every tenth, and the pairs that are true."""
    rng = np.random.default_rng(seed)
    rows, true = [], set()
    while len(rows) < count:
        row = base(rng, len(rows))
        rows.append(row)
        if len(rows) % 10 == 1:
            copy = rewritten(rng, row, len(rows))
            rows.append(copy)
            true.add((row["resource_id"], copy["resource_id"]))
        elif len(rows) % 10 == 5:
            rows += near_misses(rng, row, len(rows))
    table = pd.DataFrame(rows)[COLUMNS].assign(source_file="a.csv", source_row=range(2, len(rows) + 2))
    order = rng.permutation(len(table))
    table = table.iloc[order].reset_index(drop=True)
    return gpd.GeoDataFrame(table, geometry=[None] * len(table), crs="EPSG:4326"), true


def measured(count):
    table, true = planted(count)
    start = time.process_time()
    found = find_duplicates(table)
    seconds = time.process_time() - start
    pairs = {
        tuple(sorted(pair, key=lambda each: int(each[1:])))
        for pair in zip(found["first"], found["second"], strict=True)
    }
    right = len(pairs & true)
    return right / max(len(pairs), 1), right / len(true), seconds, pairs, true, table


def test_planted_duplicates_are_found_and_little_else():
    precision, recall, _, _, _, _ = measured(3000)
    assert precision >= 0.95
    assert recall >= 0.95


def test_the_sample_has_no_duplicates():
    assert find_duplicates(open_project(ROOT).located).empty


def table_of(*rows):
    columns = ["name", "kind", "address", "phone", "schedule"]
    table = pd.DataFrame(rows, columns=columns).assign(resource_id=[f"r{number}" for number in range(len(rows))])
    return gpd.GeoDataFrame(table, geometry=[None] * len(rows), crs="EPSG:4326")


def test_several_activities_at_one_venue_are_none():
    found = find_duplicates(
        table_of(
            ("ひだまりサロン", "salon", "本町1-2-3", "000-0000-0001", "毎週水曜 10:00～12:00"),
            ("みんなの体操", "kayoinoba", "本町1-2-3", "000-0000-0001", "毎週水曜 10:00～12:00"),
            ("本町おしゃべり会", "salon", "本町1-2-3", "000-0000-0001", "毎週水曜 10:00～12:00"),
        )
    )
    assert found.empty


def test_one_activity_at_several_venues_is_none():
    found = find_duplicates(
        table_of(
            *(
                ("何でも相談会", "consultation", f"本町{n}-2-3", "000-0000-0001", "平日 10:00～12:00")
                for n in range(1, 4)
            )
        )
    )
    assert found.empty


@pytest.mark.parametrize(
    ("one", "other"),
    [("第1集会所サロン", "第2集会所サロン"), ("東町サロン", "西町サロン"), ("南団地サロン", "北団地サロン")],
)
def test_names_that_differ_in_numbers_or_directions_are_two(one, other):
    rows = [(name, "salon", None, "000-0000-0001", "毎週水曜 10:00～12:00") for name in (one, other)]
    assert find_duplicates(table_of(*rows)).empty


def test_points_that_are_near_speak_for_it_and_far_ones_against():
    table = table_of(*[("ひだまりサロン", "salon", None, None, None)] * 2)
    scores = {}
    for name, lon in (("near", 139.7001), ("far", 139.71)):
        table = table.set_geometry(gpd.GeoSeries([shapely.Point(139.7, 35.7), shapely.Point(lon, 35.7)], crs=4326))
        scores[name] = find_duplicates(table, least=0.0)["score"].iloc[0]
    assert scores["near"] > 0.8
    assert scores["far"] < 0.2


def test_approximate_points_say_nothing():
    table = table_of(*[("ひだまりサロン", "salon", None, None, None)] * 2).assign(located="block")
    table = table.set_geometry(gpd.GeoSeries([shapely.Point(139.7, 35.7)] * 2, crs=4326))
    assert "apart" not in find_duplicates(table, least=0.0)["why"].iloc[0]


def test_the_order_of_rows_does_not_change_the_pairs():
    table, _ = planted(300)
    one = find_duplicates(table)
    other = find_duplicates(table.iloc[::-1].reset_index(drop=True))
    assert {frozenset(p) for p in zip(one["first"], one["second"], strict=True)} == {
        frozenset(p) for p in zip(other["first"], other["second"], strict=True)
    }


def test_no_rows_and_no_columns_are_no_pairs():
    assert find_duplicates(table_of()).empty
    bare = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["A"]}, geometry=[None], crs="EPSG:4326")
    assert find_duplicates(bare).empty


def test_the_aed_and_the_shelter_of_a_building_are_not_the_building():
    rows = [
        ("本町コミュニティセンター", kind, "本町1-2-3", "000-0000-0001", None) for kind in ("hub", "aed", "shelter")
    ]
    assert find_duplicates(table_of(*rows)).empty


def test_two_toilets_of_one_park_are_two():
    table = table_of(*[("中央公園", "toilet", "本町1-2-3", None, None)] * 2)
    table = table.set_geometry(gpd.GeoSeries([shapely.Point(139.7, 35.7), shapely.Point(139.702, 35.7)], crs=4326))
    assert find_duplicates(table).empty
