"""Plans of real cities: standards and sites against counts over all points that use no step of ours."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from resourcemap.project.project import open_project
from resourcemap.project.siting import SiteQuestion, sites_report

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "shared" / "real"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real data is not beside the repository"),
]


def metres(project):
    """Metres from every person point to every salon that counts, and to a point in every block."""
    crs = project.reach.crs
    homes = project.homes.to_crs(crs).geometry
    here = np.column_stack([homes.x, homes.y])
    salons = (
        project.located[
            (project.located["kind"] == "salon")
            & (project.located["status"] == "active")
            & project.located.geometry.notna()
        ]
        .to_crs(crs)
        .geometry
    )
    blocks = project.blocks.to_crs("EPSG:4326").representative_point().to_crs(crs)
    return tuple(
        np.hypot(here[:, None, 0] - points.x.to_numpy(), here[:, None, 1] - points.y.to_numpy())
        for points in (salons, blocks)
    )


@pytest.fixture(scope="module")
def toshima():
    return open_project(HERE / "toshima")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_no_choice_of_blocks_of_toshima_reaches_more_people(toshima, count):
    there, candidates = metres(toshima)
    people = toshima.homes["total"].to_numpy()
    already = (there <= 500).any(axis=1)
    near = candidates <= 500
    best = max(
        people[already | near[:, list(chosen)].any(axis=1)].sum()
        for chosen in combinations(range(near.shape[1]), count)
    )
    summary = sites_report(toshima, SiteQuestion("サロン", count, metres=500, blocks=True)).more["summary"][0]
    assert summary["reached_after"] == best
    assert summary["reached_before"] == people[already].sum()
    assert summary["proven"]


def test_no_pair_of_blocks_of_toshima_brings_salons_nearer(toshima):
    there, candidates = metres(toshima)
    people, now = toshima.homes["total"].to_numpy(), there.min(axis=1)
    best = min(
        (people * np.minimum(now, candidates[:, list(chosen)].min(axis=1))).sum()
        for chosen in combinations(range(candidates.shape[1]), 2)
    )
    summary = sites_report(toshima, SiteQuestion("サロン", 2, "metres", blocks=True)).more["summary"][0]
    assert summary["reached_after"] == pytest.approx(best, rel=1e-9)
    assert summary["proven"]


def test_standards_of_sapporo_are_the_shares_of_a_plain_count():
    project = open_project(HERE / "sapporo")
    crs = project.reach.crs
    homes, people = project.homes.to_crs(crs).geometry, project.homes["total"].to_numpy()
    counted = project.located[(project.located["status"] == "active") & project.located.geometry.notna()].to_crs(crs)
    spots = counted.geometry
    near = np.zeros(len(homes), dtype=bool)
    for x, y in zip(spots.x, spots.y, strict=True):
        near |= np.hypot(homes.x.to_numpy() - x, homes.y.to_numpy() - y) <= 500
    judged = project.judged
    whole = judged[(judged["system"] == "全体") & (judged["slot"] == "")].iloc[0]
    assert whole["without"] == people[~near].sum() or whole["met"] == "met"
    assert whole["value"] == pytest.approx(people[near].sum() / people.sum(), abs=1e-12)
    wards = judged[(judged["system"] == "区") & (judged["slot"] == "") & (judged["measure"] == "share_within")]
    assert wards["people"].sum() == people.sum()


def test_where_hours_are_not_known_nothing_is_called_met_or_unmet():
    judged = open_project(HERE / "sapporo").judged
    saturday = judged[judged["slot"] == "土 9:00-12:00"]
    assert set(saturday["met"]) <= {"unknown", "unmet", "no_data"}
    assert (saturday.loc[saturday["met"] == "unmet", "value_at_most"] < 0.8).all()
