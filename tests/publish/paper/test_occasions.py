"""Days of a month: equal to the schedules' own, and nobody left out."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from resourcemap.model.consent import release
from resourcemap.model.schedule.schedule import dates_between
from resourcemap.publish.paper.occasions import REASONS, occasions
from resourcemap.read.schedules.parse import read_schedule

DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


def found(**columns):
    count = len(columns["schedule"])
    table = gpd.GeoDataFrame(
        {
            "resource_id": [str(number) for number in range(count)],
            "name": "名",
            "kind": "salon",
            "place": "venue",
            "status": "active",
            "channels": "paper",
        }
        | columns,
        geometry=[None] * count,
        crs="EPSG:4326",
    )
    schedules = table["schedule"].map(read_schedule, na_action="ignore")
    return occasions(release(table, "paper"), schedules, *DECEMBER), schedules


def test_days_are_those_of_the_schedule():
    texts = ["毎週水曜日 14:00〜16:00", "第2・第4火曜日", "毎月15日 10時〜", "12/5 13:00-15:00"]
    made, schedules = found(schedule=texts)
    for row, schedule in enumerate(schedules):
        days = made.dated.loc[made.dated["row"] == row, "day"].tolist()
        assert days == dates_between(schedule, *DECEMBER)
    wednesday = made.dated[made.dated["row"] == 0]
    assert set(zip(wednesday["start"], wednesday["end"], strict=True)) == {(840, 960)}


def test_every_row_is_dated_or_says_why_not():
    made, _ = found(
        schedule=["毎週水曜日", "毎週水曜日", None, "気が向いたら", "不定期", "2027年1月5日"],
        status=["active", "suspended", *["active"] * 4],
    )
    assert set(made.dated["row"]) == {0}
    assert made.undated["reason"].tolist() == [
        "suspended",
        "no_schedule",
        "not_understood",
        "irregular",
        "none_in_period",
    ]
    assert set(made.undated["reason"]) <= set(REASONS)


def test_nothing_takes_place_before_it_begins_or_after_it_ends():
    made, _ = found(
        schedule=["毎週水曜日"] * 3, valid_from=["2026-12-10", None, "春から"], valid_to=[None, "2026-12-10", None]
    )
    days = {row: [day.day for day in of["day"]] for row, of in made.dated.groupby("row")}
    assert days == {0: [16, 23, 30], 1: [2, 9]}
    assert made.undated.values.tolist() == [[2, "not_understood"]]


def test_dates_come_in_order_of_day_and_hour():
    made, _ = found(schedule=["12/5 15:00-16:00", "12/5 9:00-10:00", "12/5", "12/1"])
    assert made.dated["row"].tolist() == [3, 2, 1, 0]


def test_days_that_may_not_be_all_are_marked():
    made, _ = found(schedule=["毎週水曜日 14時〜16時、ほか不定期", "毎週水曜日"])
    assert set(made.dated["row"]) == {0, 1}
    assert made.partly.tolist() == [0]
