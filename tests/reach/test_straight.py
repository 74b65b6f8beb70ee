"""Reach against brute force and scipy-free loops."""

from __future__ import annotations

import math

import geopandas as gpd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.reach.straight import reach


def test_holds_every_pair_within_the_limit_and_the_nearest_of_each_kind(town):
    _, people, resources, _ = town
    pairs = reach(people, resources, metres=300, most=1).pairs
    homes, spots = (list(table.to_crs(6677).geometry) for table in (people, resources))
    expected = {}
    for person, home in enumerate(homes):
        metres = [math.dist(home.coords[0], spot.coords[0]) for spot in spots]
        expected |= {(person, nth): far for nth, far in enumerate(metres) if far <= 300}
        for kind in resources["kind"].unique():
            nearest = min((far, nth) for nth, far in enumerate(metres) if resources["kind"].iloc[nth] == kind)
            expected[person, nearest[1]] = nearest[0]
    found = {(row.person, row.resource): row.metres for row in pairs.itertuples()}
    assert found.keys() == expected.keys()
    assert all(found[pair] == pytest.approx(expected[pair]) for pair in found)


def test_is_sorted_and_names_its_metre_system(town):
    _, people, resources, _ = town
    found = reach(people, resources, metres=300)
    assert (found.crs, found.way, found.limit) == ("EPSG:6677", "straight", 300)
    pairs = found.pairs
    assert pairs[["person", "resource"]].apply(tuple, axis=1).is_monotonic_increasing


def test_beyond_the_limit_it_holds_the_nearest_activities_each_at_its_nearest_place(town):
    _, people, resources, _ = town
    pairs = reach(people, resources, metres=1, most=2).pairs
    homes, spots = (list(table.to_crs(6677).geometry) for table in (people, resources))
    for person, home in enumerate(homes[:40]):
        best = {}
        for nth, spot in enumerate(spots):
            key = (resources["kind"].iloc[nth], resources["activity_id"].iloc[nth])
            best[key] = min(best.get(key, (math.inf, 0)), (math.dist(home.coords[0], spot.coords[0]), nth))
        for kind in resources["kind"].unique():
            two = sorted(found for (of, _), found in best.items() if of == kind)[:2]
            mine = pairs[(pairs["person"] == person) & (resources["kind"].to_numpy()[pairs["resource"]] == kind)]
            assert set(mine["resource"]) == {nth for _, nth in two}


def test_a_detour_lengthens_every_line_and_keeps_who_is_exactly_at_the_limit():
    home = gpd.GeoDataFrame(geometry=gpd.points_from_xy([0], [0]), crs=6677)
    halls = gpd.GeoDataFrame({"kind": ["hiroba"] * 2}, geometry=gpd.points_from_xy([300, 385], [0, 0]), crs=6677)
    found = reach(home, halls, metres=390, factor=1.3, most=1)
    assert found.pairs[["resource", "metres", "minutes"]].values.tolist() == [[0, 390.0, 4.875]]
    assert (found.way, found.factor) == ("detour", 1.3)
    with pytest.raises(InputError, match=r"factor of 0\.5"):
        reach(home, halls, metres=390, factor=0.5)


def test_of_two_equally_near_the_first_given_counts(town):
    _, people, resources, _ = town
    twins = resources.iloc[[0, 0]].reset_index(drop=True)
    pairs = reach(people, twins, metres=1).pairs
    assert set(pairs["resource"]) == {0}


def test_people_without_a_point_are_refused_and_a_shape_counts_as_its_centre():
    homes = gpd.GeoDataFrame(geometry=[shapely.Point(0, 0), None], crs=6677)
    hall = gpd.GeoDataFrame({"kind": ["hiroba"]}, geometry=[shapely.box(250, -50, 350, 50)], crs=6677)
    assert reach(homes.iloc[[0]], hall, metres=500).pairs["metres"].tolist() == [300.0]
    with pytest.raises(InputError, match=r"without a point \(1\)"):
        reach(homes, hall, metres=500)
