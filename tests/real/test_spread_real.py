"""What it does to figures when people sit on one point of their block: six wards of 札幌市 and their nurseries.

Shares of people within 300 and 500 m of a nursery, by 小学校区, are held against those of people on a grid of 25 m.
"""

from pathlib import Path

import numpy as np
import pytest
import shapely
from scipy.spatial import cKDTree

from resourcemap.areas.placement import place
from resourcemap.metres import metre_crs, to_metres
from resourcemap.project.project import open_project
from resourcemap.reach.spread import spread_people

pytestmark = pytest.mark.real
DISTRICTS = "小学校区"
LIMITS = (300, 500)


def places(table, crs):
    return shapely.get_coordinates(to_metres(table, crs).geometry.to_numpy())


@pytest.fixture(scope="module")
def shares(real):  # noqa: ARG001 (skips where there is no real data)
    """Per way of placing people: for each limit the share of each district, and of everybody."""
    project = open_project(Path(__file__).parent / "sapporo")
    people, blocks, areas = project.people, project.blocks, project.areas[project.areas["system"] == DISTRICTS]
    crs = metre_crs(people)
    nurseries = cKDTree(places(project.located[project.located.geometry.notna()], crs))
    ways = {
        "point": people,
        "spread": project.homes,
        "fine": spread_people(people, blocks, metres=25),
    }
    found = {}
    for way, homes in ways.items():
        metres = nurseries.query(places(homes, crs))[0]
        district = place(homes, areas)[DISTRICTS].to_numpy() + 1
        number = homes["total"].to_numpy()
        living = np.bincount(district, weights=number, minlength=len(areas) + 1)[1:]
        within = [
            np.bincount(district, weights=number * (metres <= limit), minlength=len(areas) + 1)[1:] for limit in LIMITS
        ]
        with np.errstate(invalid="ignore"):
            found[way] = [each / living for each in within], [each.sum() / living.sum() for each in within], living
    return found


@pytest.mark.parametrize("nth", range(len(LIMITS)))
def test_one_point_per_block_misjudges_districts_and_a_grid_does_not(shares, nth):
    truth, large = shares["fine"][0][nth], shares["fine"][2] > 500
    assert large.sum() > 120
    error = {way: np.abs(shares[way][0][nth] - truth)[large] for way in ("point", "spread")}
    assert error["point"].mean() > 0.02
    assert error["point"].mean() > 2.5 * error["spread"].mean()
    assert error["point"].max() > 0.1
    assert np.quantile(error["spread"], 0.9) < 0.03


def test_over_the_whole_city_the_errors_cancel(shares):
    for one, other in zip(shares["point"][1], shares["fine"][1], strict=True):
        assert abs(one - other) < 0.005
