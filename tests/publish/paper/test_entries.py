"""What is said of each row on paper."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pytest
from shapely import Point

from resourcemap.model.catalog import LANGUAGES, load_catalog
from resourcemap.model.consent import release
from resourcemap.publish.paper.entries import entries
from resourcemap.publish.paper.places import number_places
from resourcemap.read.schedules.parse import read_schedule

CATALOG = load_catalog()


def released(**columns):
    count = len(next(iter(columns.values())))
    points = columns.pop("points", [None] * count)
    usual = {"kind": "salon", "place": "venue", "status": "active", "channels": "paper", "name": "名"}
    ids = {"resource_id": [str(number) for number in range(count)]}
    return release(gpd.GeoDataFrame(ids | usual | columns, geometry=points, crs="EPSG:4326"), "paper")


def test_order_is_number_then_kind_then_kana_and_last_what_has_no_place():
    shown = released(
        name=["訪問", "い", "あ", "カフェ"],
        kind=["salon", "salon", "salon", "cafe"],
        place=["served_area", "venue", "venue", "venue"],
        serves=["市内全域", None, None, None],
        points=[None, *[Point(139, 35)] * 3],
    )
    made = entries(shown, catalog=CATALOG, places=number_places(shown, catalog=CATALOG))
    assert [(each.number, each.name) for each in made] == [(1, "あ"), (1, "い"), (1, "カフェ"), (None, "訪問")]
    assert made[-1].address == "市内全域"


@pytest.mark.parametrize("language", LANGUAGES)
def test_schedules_are_in_the_language_asked_for(language):
    shown = released(schedule=["毎週水曜日 14:00〜16:00", "気が向いたら"])
    schedules = shown.table["schedule"].map(read_schedule)
    known, other = sorted(
        entries(shown, catalog=CATALOG, schedules=schedules, language=language), key=lambda each: each.id
    )
    assert known.as_written == (language == "ja")
    assert (other.when, other.as_written) == ("気が向いたら", True)


def test_cells_are_texts_and_missing_ones_empty():
    shown = released(name=["名"], capacity=[20.0], cost=[None], phone=["03-1234-5678"], verified_on=["2026-04-01"])
    (made,) = entries(shown, catalog=CATALOG, as_of=date(2026, 11, 1))
    assert (made.capacity, made.cost, made.phone) == ("20", "", "03-1234-5678")
    assert "row" not in made.as_data()


def test_a_rough_place_is_said_to_be():
    shown = released(name=list("ab"), located=["block", "lot"], points=[Point(139, 35), Point(139.1, 35)])
    made = entries(shown, catalog=CATALOG, places=number_places(shown, catalog=CATALOG))
    assert [each.rough for each in made] == [True, False]


def test_what_begins_later_or_ends_says_so():
    shown = released(
        schedule=["毎週水曜日"] * 3,
        valid_from=["2027-03-01", "2026-04-01", None],
        valid_to=[None, None, "2026-12-20"],
    )
    made = sorted(entries(shown, catalog=CATALOG, as_of=date(2026, 11, 1)), key=lambda each: each.id)
    assert [each.when for each in made] == ["毎週水曜日（2027-03-01～）", "毎週水曜日", "毎週水曜日（～2026-12-20）"]
