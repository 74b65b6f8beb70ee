"""Who would lose reach, against coverage counted once more without the resource."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.measure.coverage import coverage
from resourcemap.measure.loss import lost_without
from resourcemap.measure.question import Question
from resourcemap.measure.supply import only_places, supply_of
from resourcemap.model.catalog import load_catalog
from resourcemap.reach.straight import reach

DAY = date(2026, 11, 1)
CATALOG = load_catalog()
METRES = 300.0


@pytest.fixture
def city(town):
    """The town with everything that makes a resource count, or not."""
    _, people, resources, _ = town
    resources["valid_to"] = None
    resources["bound_m"] = None
    resources["serves"] = None
    resources.loc[4, "valid_to"] = "2026-10-31"  # over
    resources.loc[8, ["located", "bound_m"]] = ["town", 900.0]  # too rough
    resources.loc[12, ["located", "geometry"]] = ["not_found", None]
    more = resources.iloc[[0, 1, 2, 3, 2]].copy()
    more["place"] = ["served_area", "served_area", "served_area", "none", "venue"]
    more["serves"] = ["本町", "本町", None, None, None]
    more["kind"] = ["visit", "visit", "visit", "consultation", "kids_cafeteria"]
    more["activity_id"] = ["v1", "v2", "v3", "p", "a1"]
    resources = pd.concat([resources, more], ignore_index=True)
    resources["resource_id"] = [f"r{number}" for number in range(len(resources))]
    served = pd.DataFrame({"resource": [24, 24, 25], "block_id": ["b00", "b05", "b05"]})
    return people, resources, served


def lost(people, resources, served=None, metres=METRES):
    supply = supply_of(resources, on=DAY)
    counted = None if served is None else served[supply.counts[served["resource"].to_numpy()]]
    found = reach(people, only_places(resources, supply), metres=metres, served=counted)
    return lost_without(people, resources, found, CATALOG, metres=metres, on=DAY)


def within(people, resources, served, kind):
    nowhere = gpd.GeoDataFrame(
        {"system": ["市"], "area_id": ["1"], "area": ["市"], "approximate": False},
        geometry=[shapely.box(0, 0, 1, 1)],
        crs=4326,
    )
    asked = Question(distances=[METRES], kinds=[kind], measures=["within"])
    table = coverage(people, resources, nowhere, asked, served=served, on=DAY)
    return int(table.loc[table["system"] == "全体", "value"].sum())


def test_it_is_what_coverage_loses_without_the_row(city):
    people, resources, served = city
    found = lost(people, resources, served)
    assert found.index.equals(resources.index)
    known = found["people"].notna()
    assert resources.index[~known].tolist() == [8, 12, 26]
    for row in resources.index[known]:
        kind = resources.loc[row, "kind"]
        # A row that is gone as if it had ended, so that positions in `served` stay.
        without = resources.assign(status=resources["status"].where(resources.index != row, "ended"))
        assert found.loc[row, "people"] == within(people, resources, served, kind) - within(
            people, without, served, kind
        )
    assert (found["people"] > 0).sum() > 8


def test_what_does_not_count_is_missed_by_nobody_and_says_why(city):
    people, resources, served = city
    found = lost(people, resources, served)
    reasons = {4: "over", 8: "too_rough", 12: "not_found", 20: "suspended", 21: "ended", 26: "serves_nowhere"}
    reasons |= {27: "no_place"}
    assert found.loc[found["reason"] != "", "reason"].to_dict() == reasons
    assert found.loc[[4, 20, 21, 27], "people"].tolist() == [0, 0, 0, 0]


def line(xs, **columns):
    usual = {"activity_id": [f"a{x}" for x in xs], "kind": "salon", "status": "active", "place": "venue"}
    return gpd.GeoDataFrame(usual | columns, geometry=gpd.points_from_xy(xs, [0] * len(xs)), crs=6677)


def homes(xs, older, **columns):
    ages = {"total": [number + 1 for number in older], "age_0_64": 1, "age_65_over": older}
    return gpd.GeoDataFrame(ages | columns, geometry=gpd.points_from_xy(xs, [0] * len(xs)), crs=6677)


def test_two_of_one_kind_at_one_place_stand_in_for_each_other():
    people = homes([0, 100], [4, 6])
    assert lost(people, line([50, 50]))["people"].tolist() == [0, 0]
    assert lost(people, line([50, 50], kind=["salon", "kayoinoba"]))["people"].tolist() == [10, 10]
    assert lost(people, line([50, 50], status=["active", "suspended"]))["people"].tolist() == [10, 0]


def test_the_limit_itself_is_within_and_what_is_nearest_beyond_it_is_not():
    people = homes([0, 700], [4, 6])
    assert lost(people, line([300]))["people"].tolist() == [4]
    assert lost(people, line([301]))["people"].tolist() == [0]


def test_people_are_those_of_the_kind_or_everyone_where_ages_are_not_known():
    people = homes([0], [4])
    found = lost(people, line([0, 0, 0], kind=["salon", "hiroba", "multicultural"]))
    assert found["people"].tolist() == [4, 5, 5]
    assert found["basis"].tolist() == ["audience", "audience", "everyone"]


def test_only_those_who_are_visited_lose_a_visit():
    people = homes([0, 5000], [4, 6], block_id=["b1", "b2"])
    visits = line([0, 9], kind="visit", place="served_area", serves="本町")
    served = pd.DataFrame({"resource": [0, 0, 1], "block_id": ["b1", "b2", "b1"]})
    assert lost(people, visits, served)["people"].tolist() == [6, 0]


def test_reach_that_is_too_short_is_refused():
    people, salons = homes([0], [4]), line([0])
    short = reach(people, salons, metres=200)
    with pytest.raises(InputError, match=r"up to 200 m, and 300 m are needed"):
        lost_without(people, salons, short, CATALOG, metres=300)


def test_nothing_to_lose():
    people, salons = homes([0], [4]), line([0])
    assert lost(people, salons.iloc[:0]).empty
