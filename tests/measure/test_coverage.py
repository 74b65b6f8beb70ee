"""Coverage against a count over every person point and resource, and the promises of its docstring."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.areas.membership import areas_from_blocks
from resourcemap.errors import InputError
from resourcemap.measure.catalogue import load_measures
from resourcemap.measure.coverage import _FAMILIES
from resourcemap.measure.coverage import coverage as tidy
from resourcemap.measure.question import Question
from resourcemap.measure.supply import only_places, supply_of
from resourcemap.measure.tidy import by_area
from resourcemap.reach.slot_words import read_slot
from resourcemap.reach.straight import reach as straight
from resourcemap.read.schedules.parse import read_schedule

DISTANCES = (200, 300, 500)


def coverage(people, resources, areas, *, served=None, **asked):
    return by_area(tidy(people, resources, areas, Question(**asked), served=served))


@pytest.fixture
def two_systems(town):
    blocks, people, resources, table = town
    systems = [areas_from_blocks(blocks, table, system=name) for name in ("圏域", "学区")]
    return people, resources, pd.concat(systems, ignore_index=True)


def counted_by_hand(people, resources, areas, distances):
    """Count with loops, in the metre system, without any of our own steps."""
    homes, spots, shapes = (table.to_crs(6677) for table in (people, resources, areas))
    ages = {"salon": "age_65_over", "kids_cafeteria": "age_0_14", "hiroba": "total"}
    expected = {}
    for system in areas["system"].unique():
        inside = shapes[shapes["system"] == system]
        for kind, column in ages.items():
            active = spots[(spots["kind"] == kind) & (spots["status"] == "active")]
            for _, home in homes.iterrows():
                covering = [area["area"] for _, area in inside.iterrows() if area.geometry.intersects(home.geometry)]
                area = covering[0] if covering else None
                figures = expected.setdefault((system, area, kind), {"people": 0, **dict.fromkeys(distances, 0)})
                nearest = min(math.dist(home.geometry.coords[0], spot.coords[0]) for spot in active.geometry)
                figures["people"] += home[column]
                for metres in distances:
                    figures[metres] += home[column] * (nearest <= metres)
    return expected


def test_every_figure_equals_a_count_over_all_points_and_resources(two_systems):
    people, resources, areas = two_systems
    table = coverage(people, resources, areas, distances=DISTANCES)
    expected = counted_by_hand(people, resources, areas, DISTANCES)
    assert len(table) == len(expected)
    for row in table.to_dict("records"):
        area = row["area"] if isinstance(row["area"], str) else None
        by_hand = expected[row["system"], area, row["kind"]]
        assert row["people"] == by_hand["people"]
        for metres in DISTANCES:
            assert row[f"within_{metres}m"] == by_hand[metres]
            assert row[f"beyond_{metres}m"] == by_hand["people"] - by_hand[metres]


def test_nobody_drops_out(two_systems):
    people, resources, areas = two_systems
    table = coverage(people, resources, areas)
    everyone = table[table["kind"] == "hiroba"].groupby("system")["people"].sum()
    assert set(everyone) == {int(people["total"].sum())}
    assert table["area_id"].isna().any(), "some people live outside; they have a row of their own"


def test_no_data_is_told_apart_from_nobody(two_systems):
    people, resources, areas = two_systems
    system = areas[areas["system"] == "圏域"].reset_index(drop=True)
    far = system.iloc[[0]].assign(area_id="far", area="遠い区域", geometry=system.iloc[[0]].translate(5))
    nobody = people.assign(age_65_over=0)
    table = coverage(nobody, resources, pd.concat([system, far], ignore_index=True), kinds=["salon"])
    assert table.loc[table["no_data"], "area"].tolist() == ["遠い区域"]
    assert table["people"].eq(0).all()
    assert table["share_within_500m"].isna().all()


def test_activities_count_once_per_area(two_systems):
    people, resources, areas = two_systems
    table = coverage(people, resources, areas).set_index(["system", "area", "kind"])
    active = resources[resources["status"] == "active"].sjoin(areas[areas["system"] == "圏域"])
    by_hand = active.groupby(["area", "kind"])["activity_id"].nunique()
    for (area, kind), number in by_hand.items():
        assert table.loc[("圏域", area, kind), "resources"] == number


def test_a_kind_that_does_not_exist_has_zeros_and_no_distance(two_systems):
    people, resources, areas = two_systems
    row = coverage(people, resources, areas, kinds=["pantry"]).iloc[0]
    assert (row["resources"], row["within_500m"], row["beyond_500m"]) == (0, 0, row["people"])
    assert math.isnan(row["nearest_median_m"])


def test_somebody_exactly_at_the_limit_is_within():
    home = gpd.GeoDataFrame({"total": [5]}, geometry=gpd.points_from_xy([0], [0]), crs=6677)
    hall = gpd.GeoDataFrame(
        {
            "kind": ["hiroba"],
            "activity_id": ["a"],
            "status": ["active"],
            "place": ["venue"],
            "located": ["given"],
        },
        geometry=gpd.points_from_xy([300], [400]),
        crs=6677,
    )
    area = gpd.GeoDataFrame(
        {"system": ["市"], "area_id": ["1"], "area": ["市"]}, geometry=[shapely.box(-9, -9, 9, 9)], crs=6677
    )
    row = coverage(home, hall, area, distances=[499.999, 500]).iloc[0]
    assert (row["within_500m"], row["within_499.999m"]) == (5, 0)


def test_a_visiting_service_reaches_everyone_it_serves_and_nobody_else(two_systems):
    people, resources, areas = two_systems
    people = people.assign(block_id=np.where(np.arange(len(people)) < 100, "b01", "b02"))
    visit = (
        resources.iloc[[0]]
        .assign(kind="visit", place="served_area", activity_id="v")
        .set_geometry(gpd.GeoSeries([None], index=[0], crs=4326))
    )
    supply = pd.concat([resources, visit], ignore_index=True)
    served = pd.DataFrame({"resource": [len(resources)], "block_id": ["b01"]})
    table = coverage(people, supply, areas, served=served, kinds=["visit"])
    assert table[table["system"] == "圏域"]["within_300m"].sum() == people["age_65_over"].iloc[:100].sum()
    assert table["resources"].sum() == 0
    assert table["visiting"].max() == 1


def test_the_given_tables_are_not_changed(two_systems):
    people, resources, areas = two_systems
    before = [table.copy() for table in two_systems]
    coverage(people, resources, areas)
    for table, copy in zip(two_systems, before, strict=True):
        assert table.equals(copy)


def test_without_people_there_is_nothing_to_measure(two_systems):
    people, resources, areas = two_systems
    with pytest.raises(InputError, match="no rows of people"):
        coverage(people.iloc[:0], resources, areas)


def test_an_unknown_kind_is_refused(two_systems):
    with pytest.raises(InputError, match="Unknown kinds: salonn"):
        coverage(*two_systems, kinds=["salonn"])


def test_the_office_of_a_visiting_service_reaches_nobody(town):
    blocks, people, resources, table = town
    areas = areas_from_blocks(blocks, table, system="圏域")
    visits = resources[resources["kind"] == "hiroba"].assign(place="served_area")
    figures = coverage(people, visits, areas, distances=[5000])
    assert figures["within_5000m"].sum() == 0
    assert figures["resources"].sum() == 0


def test_a_kind_of_which_none_counts_has_a_row_of_zeros(two_systems):
    people, resources, areas = two_systems
    closed = resources.assign(status=["suspended" if kind == "hiroba" else "active" for kind in resources["kind"]])
    table = coverage(people, closed, areas, distances=[500])
    hiroba = table[table["kind"] == "hiroba"]
    assert len(hiroba) > 0
    assert hiroba[["resources", "within_500m"]].to_numpy().sum() == 0
    assert hiroba["beyond_500m"].sum() == hiroba["people"].sum()


def test_visited_people_are_within_reach_but_not_at_no_distance(town):
    blocks, people, resources, table = town
    areas = areas_from_blocks(blocks, table, system="圏域")
    hall = resources.iloc[[0]].assign(kind="visit")
    visit = hall.assign(place="served_area", activity_id="v")
    supply = pd.concat([hall, visit], ignore_index=True)
    served = pd.DataFrame({"resource": 1, "block_id": ["b00"]})
    people = people.assign(block_id="b00")
    alone = coverage(people, hall, areas, distances=[300])
    both = coverage(people, supply, areas, distances=[300], served=served)
    assert both["nearest_p90_m"].dropna().tolist() == alone["nearest_p90_m"].dropna().tolist() != []
    assert both["beyond_300m"].sum() == 0
    assert both["visited"].sum() == both["people"].sum()


def test_a_visiting_service_that_does_not_say_where_is_not_counted_but_told(town):
    blocks, people, resources, table = town
    areas = areas_from_blocks(blocks, table, system="圏域")
    visit = resources.iloc[[0, 1]].assign(place="served_area", serves=None)
    figures = coverage(people, visit, areas, distances=[300])
    assert figures["within_300m"].sum() == 0
    assert figures["uncounted"].unique().tolist() == [2]


def test_an_address_of_a_city_alone_is_among_the_uncounted(town):
    blocks, people, resources, table = town
    areas = areas_from_blocks(blocks, table, system="圏域")
    lost = resources.iloc[[0, 1]].assign(located=["given", "city"])
    lost.loc[1, "geometry"] = None
    assert coverage(people, lost, areas, distances=[300])["uncounted"].unique().tolist() == [1]


def test_people_of_unknown_age_are_counted_apart(town):
    blocks, people, resources, table = town
    areas = areas_from_blocks(blocks, table, system="圏域")
    older = coverage(people.assign(total=people["total"] + 2), resources, areas, distances=[300], kinds=["salon"])
    assert older["unknown_age"].sum() == 2 * len(people)


def test_age_groups_that_do_not_fit_make_everyone_count(town):
    blocks, people, resources, table = town
    areas = areas_from_blocks(blocks, table, system="圏域")
    coarse = people.rename(columns={"age_15_64": "age_15_59", "age_65_over": "age_60_over"})
    figures = coverage(coarse, resources, areas, distances=[300], kinds=["salon"])
    assert figures["audience_basis"].unique().tolist() == ["everyone"]
    assert figures["people"].sum() == people["total"].sum()


def test_every_measure_belongs_to_a_family_that_is_skipped_when_it_is_not_asked(two_systems):
    measures = {measure for family in _FAMILIES.values() for measure in family}
    assert measures == set(load_measures())
    people, resources, areas = two_systems
    few = tidy(people, resources, areas, Question(measures=["within", "gini"]))
    assert set(few["measure"]) == {"within", "gini"}


def test_schedules_belong_to_rows_by_index_and_visits_are_added_to_a_reach_without_them(two_systems):
    people, resources, areas = two_systems
    schedules = pd.Series([read_schedule("毎週水曜 10:00〜12:00" if n % 2 else "") for n in range(len(resources))])
    question = Question(slots=[read_slot("水 10:00-12:00")], distances=[300])
    given = tidy(people, resources, areas, question, schedules=schedules)
    turned = tidy(people, resources, areas, question, schedules=schedules.iloc[::-1])
    pd.testing.assert_frame_equal(given, turned)
    visits = resources.assign(place=["served_area", *resources["place"].iloc[1:]], serves="本町1丁目")
    served = pd.DataFrame({"resource": [0], "block_id": ["b05"]})
    supply = supply_of(visits)
    reach = straight(people, only_places(visits, supply), metres=Question().farthest)
    own = tidy(people, visits, areas, served=served)
    pd.testing.assert_frame_equal(own, tidy(people, visits, areas, served=served, reach=reach))
    assert own.loc[own["measure"] == "visited", "value"].sum() > 0
