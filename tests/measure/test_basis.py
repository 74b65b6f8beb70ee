"""The tables that questions share: each thing is worked out once, and answers are those of `coverage`."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.measure import basis as module
from resourcemap.measure.basis import basis_of
from resourcemap.measure.coverage import coverage, coverage_on
from resourcemap.measure.question import Question
from resourcemap.model.catalog import load_catalog
from resourcemap.reach.straight import reach

ON = date(2026, 11, 1)
CRS = "EPSG:6677"


@pytest.fixture
def people():
    table = {"total": [30, 70, 5], "block_id": ["1", "2", "3"]}
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy([0, 900, 5000], [0, 0, 0]), crs=CRS)


@pytest.fixture
def resources():
    table = {
        "kind": ["hiroba", "salon", "visit"],
        "activity_id": ["a", "b", "c"],
        "status": "active",
        "place": ["venue", "venue", "served_area"],
        "located": "given",
        "serves": [None, None, "東町"],
    }
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy([200, 800, 0], [0, 0, 0]), crs=CRS)


@pytest.fixture
def areas():
    table = {"system": ["圏域", "市", "圏域"], "area_id": ["1", "1", "2"], "area": ["西", "みほん市", "東"]}
    shapes = [shapely.box(-50, -50, 500, 50), shapely.box(-50, -50, 9000, 50), shapely.box(500, -50, 1000, 50)]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=CRS)


@pytest.fixture
def served():
    return pd.DataFrame({"resource": [2], "block_id": ["3"]})


def test_divisions_count_areas_within_their_system(people, resources, areas):
    divisions = dict(basis_of(people, resources, areas, on=ON).divisions)
    assert list(divisions) == [None, "圏域", "市"]
    assert divisions[None].areas == 2
    assert divisions["圏域"].home.tolist() == [0, 1, 2]
    assert divisions["圏域"].spot.tolist() == [0, 1, 0]
    assert divisions["市"].home.tolist() == [0, 0, 0]


def test_a_given_reach_gets_the_visits(people, resources, areas, served):
    given = reach(people, resources, metres=500)
    basis = basis_of(people, resources, areas, served=served, reach=given, on=ON)
    pairs = basis.reach_to(100).pairs
    assert pairs.loc[pairs["resource"] == 2, ["person", "metres"]].to_numpy().tolist()[-1] == [2, 0]
    assert len(given.pairs[given.pairs["metres"] == 0]) == 1  # the one who lives at the office: nothing was changed


def test_visits_of_what_does_not_count_are_left_out(people, resources, areas, served):
    basis = basis_of(people, resources.assign(status="ended"), areas, served=served, on=ON)
    assert basis.visits.empty


def test_schedules_come_in_the_order_of_the_resources(people, resources, areas):
    resources = resources.set_axis(["a", "b", "c"])
    turned = pd.Series([3, 1, 2], index=["c", "a", "b"])
    assert basis_of(people, resources, areas, schedules=turned, on=ON).schedules.tolist() == [1, 2, 3]


def test_one_basis_answers_as_coverage_does(people, resources, areas, served):
    catalog = load_catalog()
    basis = basis_of(people, resources, areas, served=served, on=ON)
    for asked in (Question(distances=[300]), Question(distances=[700], kinds=["salon"]), Question(distances=[300])):
        alone = coverage(people, resources, areas, asked, served=served, on=ON, catalog=catalog)
        pd.testing.assert_frame_equal(coverage_on(basis, asked, catalog=catalog), alone)


def test_kinds_taken_for_others_are_those_of_such_a_table(people, resources, areas):
    catalog, asked = load_catalog(), Question(distances=[300], kinds=["hiroba"])
    kinds = np.array(["hiroba", "hiroba", "visit"], dtype=object)
    basis = basis_of(people, resources, areas, on=ON)
    found = coverage_on(basis, asked, catalog=catalog, kinds=kinds)
    renamed = coverage(people, resources.assign(kind=kinds), areas, asked, on=ON, catalog=catalog)
    pd.testing.assert_frame_equal(found, renamed)
    assert basis.supply.kind.tolist() == ["hiroba", "salon", "visit"]


def test_points_are_placed_once_however_many_questions_there_are(people, resources, areas, monkeypatch):
    calls = []

    def place(*tables):
        calls.append(tables)
        return real(*tables)

    real = module.place
    monkeypatch.setattr(module, "place", place)
    basis = basis_of(people, resources, areas, on=ON)
    for metres in (300, 500, 700):
        coverage_on(basis, Question(distances=[metres]), catalog=load_catalog())
    assert len(calls) == 2
