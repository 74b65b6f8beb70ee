"""Sites from tables: figures, sentences, limits, streets, and every fault of a question at once."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.plan.siting.sites import COLUMNS, sites
from resourcemap.reach.table import Reach


def points(xs, **columns):
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(xs, [0] * len(xs)), crs=6677)


PEOPLE = points(
    [0, 100, 2000, 2100, 9000],
    total=[30, 20, 400, 12, 7],
    block=["東町1丁目", "東町1丁目", "西町1丁目", "西町2丁目", "山奥"],
    area=["東", "東", "西", "西", "西"],
)
VENUES = points([50, 2050, 2300, 5000], name=["東会館", "西集会所", "西の寺", "原の家"], area=["東", "西", "西", "西"])


def asked(people=PEOPLE, candidates=VENUES, **changes):
    question = {"count": 2, "metres": 500, "who": "75歳以上"} | changes
    return sites(people, candidates, **question)


def test_sites_come_in_the_order_of_what_each_adds():
    found = asked()
    assert found.table.columns.tolist() == list(COLUMNS)
    assert found.table["name"].tolist() == ["西集会所", "東会館"]
    assert found.table["position"].tolist() == [1, 0]
    assert found.table["adds"].tolist() == [412.0, 50.0]
    assert found.table["total"].tolist() == [412.0, 462.0]
    assert found.table["runner_up"].tolist() == ["西の寺", "西の寺"]
    assert found.table["runner_up_loses"].tolist() == [0.0, 50.0]
    assert (found.reached_before, found.reached_after, found.people) == (0.0, 462.0, 469.0)
    assert (found.bound, found.gap, found.proven, found.stopped) == (462.0, 0.0, True, "proven")
    assert found.left.tolist() == [False] * 4 + [True]


def test_sentences_can_be_pasted_into_a_plan():
    found = asked()
    assert found.table["sentence"].tolist() == [
        "西集会所で開くと、75歳以上の412人が新たに直線で500m以内になります。",
        "さらに東会館で開くと、75歳以上の50人が新たに直線で500m以内になります。",
    ]
    assert found.summary == (
        "2か所で、75歳以上の462人が新たに直線で500m以内になり、469人のうち462人（0％から99％へ）が届くようになります。"
        "これより多くの人に届く選び方がないことを、計算で確かめました。"
    )
    assert found.impossible == (
        "候補の4か所すべてを使っても、75歳以上の7人が直線で500mの外に残ります。住んでいるのは、山奥（7人）です。"
    )


def test_places_that_stay_count_however_they_are_given():
    stays = points([2000], name=["今の会館"])
    near = np.array([np.nan, np.nan, 0.0, 100.0, 7000.0])
    for existing in (stays, near, near < 500):
        found = asked(existing=existing)
        assert found.reached_before == 412.0
        assert found.table["name"].tolist() == ["東会館"]
        assert found.table["adds"].tolist() == [50.0]


def test_metres_are_saved():
    found = asked(objective="metres", metres=None, existing=points([3000]), count=1)
    before = 30 * 3000 + 20 * 2900 + 400 * 1000 + 12 * 900 + 7 * 6000
    after = 30 * 2050 + 20 * 1950 + 400 * 50 + 12 * 50 + 7 * 6000
    assert found.reached_before == before
    assert found.reached_after == found.bound == after
    assert found.table["adds"].tolist() == [before - after]
    mean = round((before - after) / 462)
    sentence = f"西集会所で開くと、75歳以上の462人は、いちばん近い所までが直線で1人平均{mean}m近くなります。"
    assert found.table["sentence"].tolist() == [sentence]
    assert found.impossible == ""


def test_somebody_exactly_at_the_limit_is_within_it_for_metres_too():
    found = asked(points([0, 800], total=[5, 3]), points([300], name=["会館"]), objective="metres", count=1)
    assert found.left.tolist() == [False, False]
    assert found.reached_after == 5 * 300 + 3 * 500


def test_without_any_place_before_metres_saved_by_the_first_are_not_known():
    found = asked(objective="metres", metres=None)
    assert np.isnan(found.reached_before)
    assert found.table["adds"].isna().tolist() == [True, False]
    assert found.reached_after == 30 * 50 + 20 * 50 + 400 * 50 + 12 * 50 + 7 * 6950
    assert "最初に開きます" in found.table["sentence"][0]


def test_everyone_takes_the_fewest_places():
    found = asked(objective="everyone", count=None)
    assert found.table["name"].tolist() == ["西集会所", "東会館"]
    assert found.bound == 2
    assert found.summary.endswith("これより少ない数では足りないことを、計算で確かめました（2か所）。")


def test_the_fairest_choice_says_what_the_worst_served_area_gets():
    found = asked(objective="fairest", areas="area")
    assert (found.share_before, found.share_after) == (0.0, 412 / 419)
    assert "いちばん届いていない区域では、届く人の割合が0％から98％になります。" in found.summary


def test_an_area_that_no_candidate_reaches_is_named_and_not_compared():
    people = PEOPLE.assign(area=["東", "東", "西", "西", "山"])
    found = asked(people, objective="fairest", areas="area", count=2)
    assert found.out_of_reach_areas == ("山",)
    assert (found.share_before, found.share_after) == (0.0, 1.0)
    assert found.summary.endswith("どの候補で開いても届く人が増えない区域（山）は、区域どうしの比較から除いています。")
    assert asked().out_of_reach_areas == ()


def test_capacity_and_one_per_area_hold():
    found = asked(capacity=40, one_per="area", count=2)
    assert sorted(found.table["name"]) == ["東会館", "西集会所"]
    assert found.reached_after == 80.0
    assert "定員40人" in found.table["sentence"][0]


def test_streets_count_where_reach_is_given():
    pairs = pd.DataFrame({"person": [0, 2, 2], "resource": [2, 0, 3], "metres": [450.0, 499.0, 501.0]})
    found = asked(reach=Reach(pairs, 800.0, "EPSG:6677", way="streets", profile="older"))
    assert found.table["name"].tolist() == ["東会館", "西の寺"]
    assert "道のりで500m以内" in found.table["sentence"][0]
    assert "4か所すべて" in found.impossible
    far = asked(objective="metres", metres=None, reach=Reach(pairs, 800.0, "EPSG:6677"))
    assert far.reached_before == 469 * 800
    assert far.reached_after == 469 * 800 - 30 * 350 - 400 * 301


def test_candidates_without_a_point_are_listed_not_chosen():
    venues = VENUES.copy()
    venues.loc[1, "geometry"] = None
    found = asked(candidates=venues)
    assert found.unplaced == ("西集会所",)
    assert sorted(found.table["name"]) == ["東会館", "西の寺"]
    assert "候補の3か所すべて" in found.impossible


def test_it_stands_beside_the_index_and_changes_no_table():
    people, venues = PEOPLE.set_index(pd.Index(list("vwxyz"))), VENUES.set_index(pd.Index(list("abcd")))
    copies = people.copy(), venues.copy()
    found = asked(people, venues)
    pd.testing.assert_frame_equal(found.table, asked().table)
    pd.testing.assert_frame_equal(people, copies[0])
    pd.testing.assert_frame_equal(venues, copies[1])
    assert asked(people.to_crs(4326), venues.to_crs(4326)).table["adds"].tolist() == [412.0, 50.0]


def test_of_many_blocks_left_five_are_named():
    people = points([9000.0 + n for n in range(8)], total=list(range(1, 9)), block=[f"{n}丁目" for n in range(8)])
    said = asked(people).impossible
    assert "7丁目（8人）、6丁目（7人）、5丁目（6人）、4丁目（5人）、3丁目（4人） ほか3町丁目です。" in said


NOT_POINTS = "Give at least one"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"count": 5}, "Asked for 5 sites, but only 4 candidates are given"),
        ({"count": 0}, "A count of 0 makes no sense"),
        ({"count": 1.5}, "A count of 1.5 makes no sense"),
        ({"count": None}, "Say how many places"),
        ({"count": 3, "one_per": "area"}, "candidates are in 2 areas only"),
        ({"metres": -5}, "A distance of -5 makes no sense"),
        ({"metres": float("inf")}, "A distance of inf makes no sense"),
        ({"metres": None}, "Say within how many metres"),
        ({"capacity": 0}, "Every capacity must be a number of 1 or more"),
        ({"capacity": float("nan")}, "Every capacity must be"),
        ({"capacity": [1, 2]}, "2 capacities for 4 candidates"),
        ({"capacity": "seats"}, "candidates has no column 'seats'"),
        ({"capacity": 5, "objective": "fairest", "areas": "area"}, "capacity works with"),
        ({"capacity": 5, "objective": "metres", "metres": None}, "needs metres"),
        ({"objective": "best"}, "Unknown objective 'best'"),
        ({"objective": "everyone"}, "finds the count itself"),
        ({"objective": "fairest"}, "needs areas"),
        ({"areas": ["東"]}, "areas has 1 values"),
        ({"one_per": ["東"]}, "1 labels in one_per"),
        ({"weights": "age_75"}, "people has no column 'age_75'"),
        ({"weights": [1, 2]}, "2 numbers of people for 5"),
        ({"weights": [1, 2, -1, 4, np.nan]}, "not 0 or more in rows 2, 4"),
        ({"existing": [True]}, "existing has 1 values"),
        ({"existing": [True] * 5, "objective": "metres"}, "not as yes and no"),
        ({"time_limit": 0}, "A time limit of 0 seconds"),
        ({"people": PEOPLE.iloc[:0]}, "There are no person points"),
        ({"candidates": VENUES.iloc[:0]}, "There are no candidates"),
        ({"candidates": VENUES.drop(columns="name")}, "has no column 'name'"),
        ({"people": PEOPLE.set_geometry([None] * 5, crs=6677)}, "5 person points have no position"),
    ],
)
def test_what_cannot_be_is_refused(changes, message):
    with pytest.raises(InputError, match=message):
        asked(**changes)


def test_reach_that_is_too_short_or_mixed_with_points_is_refused():
    reach = Reach(pd.DataFrame({"person": [], "resource": [], "metres": []}), 400.0, "EPSG:6677")
    with pytest.raises(InputError, match="up to 400 m only"):
        asked(reach=reach)
    with pytest.raises(InputError, match="With reach, give existing"):
        asked(reach=reach, metres=300, existing=VENUES)


def test_all_faults_are_told_at_once_and_in_japanese():
    with speaking("ja"), pytest.raises(InputError) as caught:
        asked(count=9, metres=-1, capacity=0)
    assert len(caught.value.faults) == 3
    assert "9か所を選ぼうとしましたが、候補は4か所しかありません。" in caught.value.faults[0]


def test_too_many_pairs_are_refused_before_they_are_made():
    people = PEOPLE.iloc[np.zeros(8_000_000, dtype=int)]
    with pytest.raises(InputError, match="32,000,000 pairs"):
        asked(people, objective="metres", metres=None)


def test_one_per_area_that_leaves_somebody_out_is_told():
    venues = VENUES.assign(area="同じ")
    with pytest.raises(InputError, match="no choice was found that reaches everyone"):
        asked(candidates=venues, objective="everyone", count=None, one_per="area")
