"""Five blocks along one street, counted by hand.

The street runs from west to east; everyone of a block lives at its middle. Two areas, three salons for older people,
one pantry for everyone, one service that visits 2丁目. Metres from the western end:

    block   middle   area   aged 65+   others
    1丁目      200   西           10       30
    2丁目      600   西           20       60
    3丁目    1,000   西           30       90
    4丁目    1,400   東           40      120
    5丁目    1,800   東            0      100

    salon   place    area   seats   when                          checked on
    S1        300    西        20   Wednesdays 10 to 12           2026-10-01
    S2      1,250    東        10   second Saturday 13 to 16      2024-04-01
    S3      1,900    東        30   not known                     never
    pantry    700    西

So from each block it is this far to the salons, and to the pantry:

              S1      S2      S3   nearest     pantry
    1丁目    100   1,050   1,700   S1  100        500
    2丁目    300     650   1,300   S1  300        100
    3丁目    700     250     900   S2  250        300
    4丁目  1,100     150     500   S2  150        700
    5丁目  1,500     550     100   S3  100      1,100
"""

from __future__ import annotations

import math
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from resourcemap.measure.coverage import coverage
from resourcemap.measure.question import Question
from resourcemap.reach.slot_words import read_slot
from resourcemap.read.schedules.parse import read_schedule

# From 1 November 2026 a year has 52 Wednesdays and 12 second Saturdays.
DAY = date(2026, 11, 1)
WEDNESDAY = "水 11:00-12:00"


@pytest.fixture(scope="module")
def table():
    homes = gpd.GeoDataFrame(
        {
            "block_id": ["1", "2", "3", "4", "5"],
            "total": [40, 80, 120, 160, 100],
            "age_0_64": [30, 60, 90, 120, 100],
            "age_65_over": [10, 20, 30, 40, 0],
        },
        geometry=gpd.points_from_xy([200, 600, 1000, 1400, 1800], [0] * 5),
        crs=6677,
    )
    resources = gpd.GeoDataFrame(
        {
            "kind": ["salon", "salon", "salon", "pantry", "visit"],
            "activity_id": ["S1", "S2", "S3", "P", "V"],
            "status": "active",
            "place": ["venue", "venue", "venue", "venue", "served_area"],
            "serves": [None, None, None, None, "2丁目"],
            "located": "given",
            "capacity": [20, 10, 30, None, None],
            "verified_on": ["2026-10-01", "2024-04-01", None, None, None],
        },
        geometry=[*gpd.points_from_xy([300, 1250, 1900, 700], [0] * 4), None],
        crs=6677,
    )
    areas = gpd.GeoDataFrame(
        {"system": "圏域", "area_id": ["W", "E"], "area": ["西", "東"], "approximate": False},
        geometry=[shapely.box(0, -200, 1200, 200), shapely.box(1200, -200, 2000, 200)],
        crs=6677,
    )
    texts = ["毎週水曜 10:00〜12:00", "第2土曜 13:00〜16:00", "", "", ""]
    question = Question(
        distances=[250, 500],
        slots=[read_slot(WEDNESDAY)],
        combinations=[("salon", "pantry")],
        verified_within=12,
        catchment=500,
    )
    schedules = pd.Series([read_schedule(text) for text in texts])
    served = pd.DataFrame({"resource": [4], "block_id": ["2"]})
    return coverage(homes, resources, areas, question, schedules=schedules, served=served, on=DAY)


def figures(table, measure, metres=None, *, kind="salon", slot="", other=""):
    """Return the figure for west and east."""
    rows = table[(table["measure"] == measure) & (table["kind"] == kind) & (table["system"] == "圏域")]
    rows = rows[(rows["slot"] == slot) & (rows["other"] == other)]
    rows = rows[rows["distance_m"].isna() if metres is None else rows["distance_m"] == metres]
    assert rows["area"].tolist() == ["西", "東"]
    return rows["value"].tolist()


def test_people_and_activities(table):
    assert figures(table, "people") == [60, 40]
    assert figures(table, "people", kind="pantry") == [240, 260]
    assert figures(table, "resources") == [1, 2]
    assert figures(table, "per_1000") == pytest.approx([1000 / 60, 2000 / 40])
    assert figures(table, "resources", kind="pantry") == [1, 0]
    everyone = table[(table["system"] == "全体") & (table["kind"] == "salon") & (table["slot"] == "")]
    assert everyone.loc[everyone["measure"] == "people", "value"].tolist() == [100]
    assert everyone.loc[everyone["measure"] == "within", "value"].tolist() == [80, 100]
    assert not table["area_id"].isna().any(), "nobody and nothing is outside"


def test_who_is_within(table):
    """250 m: 1丁目 and, exactly at the limit, 3丁目; in the east 4丁目 and the nobody of 5丁目. 500 m: everyone."""
    assert figures(table, "within", 250) == [10 + 30, 40]
    assert figures(table, "beyond", 250) == [20, 0]
    assert figures(table, "share_within", 250) == pytest.approx([40 / 60, 1])
    assert figures(table, "within", 500) == [60, 40]


def test_whose_answer_hangs_on_a_few_steps(table):
    """Between 225 and 275 m lives 3丁目 (250 m); between 450 and 550 m nobody's nearest salon."""
    assert figures(table, "borderline", 250) == [30, 0]
    assert figures(table, "borderline", 500) == [0, 0]


def test_who_has_to_cross_the_border(table):
    """3丁目 has S2 alone, which is in the east."""
    assert figures(table, "within_own", 250) == [10, 40]
    assert figures(table, "within_across", 250) == [30, 0]
    assert figures(table, "within_own", 500) == [10 + 20, 40]
    assert figures(table, "within_across", 500) == [30, 0]
    assert figures(table, "reaching", 500) == [2, 2]
    assert figures(table, "reaching_across", 500) == [1, 0]


def test_how_far_the_nearest_ones_are(table):
    """West: 10 people 100 m, 30 people 250 m, 20 people 300 m; the 30th of 60 has 250 m, the 54th 300 m."""
    assert figures(table, "nearest_mean_m") == pytest.approx([(1000 + 7500 + 6000) / 60, 150])
    assert figures(table, "nearest_median_m") == [250, 150]
    assert figures(table, "nearest_p90_m") == [300, 150]
    assert figures(table, "nearest_2_mean_m") == pytest.approx([(10 * 1050 + 20 * 650 + 30 * 700) / 60, 500])
    assert figures(table, "nearest_2_median_m") == [700, 500]
    assert figures(table, "nearest_2_p90_m") == [1050, 500]
    assert figures(table, "nearest_3_mean_m") == pytest.approx([(10 * 1700 + 20 * 1300 + 30 * 900) / 60, 1100])
    assert figures(table, "nearest_3_median_m") == [900, 1100]
    assert figures(table, "nearest_3_p90_m") == [1700, 1100]


def test_who_has_a_salon_and_lacks_a_pantry(table):
    """Within 500 m of the pantry are 1丁目 to 3丁目, within 250 m 2丁目 alone, which has no salon so near."""
    assert figures(table, "lacking", 500, other="pantry") == [0, 40]
    assert figures(table, "lacking", 250, other="pantry") == [10 + 30, 40]


def test_when_it_is_open(table):
    """On Wednesdays S1 is open, and S3 may be, which is 500 m from 4丁目."""
    assert figures(table, "within", 500, slot=WEDNESDAY) == [10 + 20, 0]
    assert figures(table, "within_or_unknown", 500, slot=WEDNESDAY) == [10 + 20, 40]
    assert figures(table, "beyond", 500, slot=WEDNESDAY) == [30, 40]


def test_how_much_there_is_in_a_month(table):
    assert figures(table, "days_per_month") == pytest.approx([52 / 12, 1])
    assert figures(table, "days_unknown") == [0, 1]
    assert figures(table, "seat_hours") == pytest.approx([52 / 12 * 2 * 20, 1 * 3 * 10])
    assert figures(table, "seat_hours_unknown") == [0, 1]


def test_what_was_checked_in_the_last_year(table):
    assert figures(table, "resources_verified") == [1, 0]
    assert figures(table, "within_verified", 500) == [10 + 20, 0]


def test_seats_per_person(table):
    """Around S1 live 10 + 20, around S2 30 + 40, around S3 40 + 0: 20/30, 10/70 and 30/40 seats for each."""
    west = (10 * 20 / 30 + 20 * 20 / 30 + 30 * 10 / 70) / 60
    assert figures(table, "access_2sfca") == pytest.approx([west, 10 / 70 + 30 / 40])


def test_seats_per_person_less_with_distance(table):
    """Up to 167 m people count whole, up to 333 m 0.68, up to 500 m 0.22."""
    s1 = 20 / (10 + 0.68 * 20)
    s2 = 10 / (0.68 * 30 + 40)
    s3 = 30 / (0.22 * 40)
    west = 10 * s1 + 20 * 0.68 * s1 + 30 * 0.68 * s2
    east = 40 * (s2 + 0.22 * s3)
    assert figures(table, "access_e2sfca") == pytest.approx([west / 60, east / 40])
    assert figures(table, "seats_available") == pytest.approx([west, east])
    assert west + east == pytest.approx(20 + 10 + 30)
    assert figures(table, "gini")[1] == pytest.approx(0, abs=1e-12)
    assert figures(table, "palma")[1] == pytest.approx(1)


def test_how_short_the_west_falls(table):
    """At 250 m only 2丁目 (20 of 60) is beyond, at 300 m: short of 1 - 250 / 300 = 1/6."""
    assert figures(table, "fgt_0", 250) == pytest.approx([1 / 3, 0])
    assert figures(table, "fgt_1", 250) == pytest.approx([1 / 3 / 6, 0])
    assert figures(table, "fgt_2", 250) == pytest.approx([1 / 3 / 36, 0])


def test_who_is_visited(table):
    assert figures(table, "visited", kind="visit") == [20, 0]
    assert figures(table, "within", 250, kind="visit") == [20, 0]
    assert figures(table, "visiting", kind="visit") == [1, 0]
    assert figures(table, "resources", kind="visit") == [0, 0]
    assert all(math.isnan(far) for far in figures(table, "nearest_mean_m", kind="visit"))
