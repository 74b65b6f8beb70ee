"""Places for people of other ages alone serve nobody else: a place for schoolchildren is none for those of 75."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pytest
from shapely import box

from resourcemap.plan.patches.unserved import patches_of
from resourcemap.plan.situation import Situation
from resourcemap.plan.standards.judging import judge, standard_figures
from resourcemap.plan.standards.standard import Standard

AREAS = gpd.GeoDataFrame(
    {"system": ["市"], "area_id": ["1"], "area": ["本町"]}, geometry=[box(-50, -50, 5000, 50)], crs=6677
)
HOMES = gpd.GeoDataFrame(
    {"total": [100, 100], "age_0_14": [20, 30], "age_15_74": [50, 50], "age_75_over": [30, 20]},
    geometry=gpd.points_from_xy([0, 2000], [0, 0]),
    crs=6677,
)
OLD = Standard("集いの場", ("ibasho",), "share_within", 0.8, audience="age_75_over")
HAS = Standard("ある", ("ibasho",), "resources", 1, audience="age_75_over")


def situation(*audiences):
    places = gpd.GeoDataFrame(
        {
            "kind": "ibasho",
            "activity_id": [str(at) for at in range(len(audiences))],
            "status": "active",
            "place": "venue",
            "located": "given",
            "audience": list(audiences),
        },
        geometry=gpd.points_from_xy([100 + 2000 * at for at in range(len(audiences))], [0] * len(audiences)),
        crs=6677,
    )
    return Situation(HOMES, places, AREAS, on=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("audience", "counts"),
    [
        ("children", False),
        ("children;parents", False),
        ("older", True),
        ("children;older", True),
        ("everyone", True),
        ("children;everyone", True),
        ("disabled", True),
        ("children;foreigners", True),
        (None, True),
        ("", True),
    ],
)
def test_what_a_row_says_of_its_ages_decides(audience, counts):
    whole = judge(situation(audience), [OLD]).iloc[0]
    assert whole["without"] == (20 if counts else 50)
    assert whole["unsuited"] == (0 if counts else 1)
    assert ("対象の年齢が違う居場所（全体で1件）は数えていません" in whole["sentence"]) is not counts


def test_what_is_left_out_is_nearest_for_nobody_and_in_no_count():
    rows = judge(situation("children", "older"), [OLD, HAS])
    reach, has = rows[rows["measure"] == "share_within"].iloc[-1], rows[rows["measure"] == "resources"].iloc[0]
    assert (reach["nearest_position"], reach["without"], reach["nearest_m"]) == (1, 30, 2100.0)
    assert (has["value"], has["resources"]) == (1.0, 1)


def test_figures_without_them_have_a_key_of_their_own():
    rows = judge(situation("children", "older"), [OLD])
    figures = standard_figures(situation("children", "older"), [OLD])
    assert set(rows["slot"]) == {"（対象の年齢が違う所を除く）"}
    keys = ["system", "area_id", "kind", "audience", "slot", "distance_m", "measure"]
    found = rows[[*keys, "value"]].merge(figures[[*keys, "value"]].astype({"system": object}), on=keys)
    assert len(found) == len(rows)
    assert (found["value_x"] == found["value_y"]).all()


def test_children_keep_their_own_places():
    own = Standard("居場所", ("ibasho",), "share_within", 0.8, audience="children")
    whole = judge(situation("children", "older"), [own]).iloc[0]
    assert (whole["without"], whole["unsuited"]) == (30, 1)


def test_patches_are_of_the_same_people():
    found = patches_of(situation("children"), [OLD], least=1)
    assert found["people"].sum() == 50
