"""The plan of the sample city: the gap that its generator planted is found, ranked first, described and closed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.measure.audience import people_of
from resourcemap.project.project import open_project
from resourcemap.project.siting import SiteQuestion, sites_report
from resourcemap.sample.planted import GAP

ROOT = Path(__file__).parents[2]
NEAR = 800.0


@pytest.fixture(scope="module")
def project():
    return open_project(ROOT)


@pytest.fixture(scope="module")
def promised(project):
    """The standard of reach that the gap breaks."""
    found = [each for each in project.standards if each.kinds == (GAP.kind,) and each.distance == NEAR]
    assert len(found) == 1
    return found[0]


def rows_of(project, promised):
    judged = project.judged
    return judged[(judged["standard"] == promised.name) & (judged["system"] == GAP.system)]


def children_in_the_gap(project):
    areas = project.areas
    position = np.flatnonzero(((areas["system"] == GAP.system) & (areas["area"] == GAP.area)).to_numpy())[0]
    here = project.situation.homes[GAP.system] == position
    children, basis = people_of(project.situation.ages, project.catalog.audiences["children"])
    assert basis == "audience"
    return here, np.where(here, children, 0)


def test_the_planted_gap_is_ranked_first_and_described(project, promised):
    rows = rows_of(project, promised)
    worst = rows[rows["rank"] > 0].sort_values("rank").iloc[0]
    assert worst["area"] == GAP.area
    _, children = children_in_the_gap(project)
    assert worst["people"] == worst["without"] == children.sum()
    assert f"{GAP.area}では、0〜14歳の{children.sum():,}人全員が" in worst["sentence"]
    assert GAP.label in worst["sentence"]


def test_the_area_has_no_place_and_every_patch_of_its_children_is_listed(project, promised):
    judged = project.judged
    has = judged[(judged["area"] == GAP.area) & (judged["kind"] == GAP.kind)]
    assert (has["resources"] == 0).all()
    patches = project.patches[project.patches["standard"] == promised.name]
    named = "、".join(patches["blocks"])
    assert all(block in named for block in GAP.blocks)


def test_the_best_site_closes_the_gap(project, promised):
    question = SiteQuestion("子ども食堂", metres=NEAR, system=GAP.system, area=GAP.area)
    report = sites_report(project, question)
    best, summary = report.data[0], report.more["summary"][0]
    assert summary["proven"]
    _, children = children_in_the_gap(project)
    point = project.located[project.located["venue"] == best["name"]].geometry.dropna().iloc[0]
    homes = project.homes.to_crs(project.reach.crs).geometry
    spot = project.located.loc[project.located.geometry == point].to_crs(project.reach.crs).geometry.iloc[0]
    near = np.hypot(homes.x - spot.x, homes.y - spot.y).to_numpy() <= NEAR
    assert best["adds"] == children[near].sum()
    assert children[near].sum() / children.sum() >= promised.threshold


def test_no_single_venue_brings_more_children_within_reach(project):
    report = sites_report(project, SiteQuestion("子ども食堂", metres=NEAR))
    best = report.data[0]
    assert best["name"] in set(project.located["venue"])
    placed = project.located[project.located["venue"] == best["name"]]
    blocks = set(project.blocks.sjoin(placed[["geometry"]].dropna())["block"])
    assert blocks <= set(GAP.blocks)


@pytest.mark.parametrize("objective", ["most", "metres", "everyone", "fairest"])
def test_json_of_sites_is_what_python_gives(project, objective):
    asked = ["sites", "-p", str(ROOT), "--kind", "salon", "--objective", objective, "--json"]
    asked += [] if objective == "everyone" else ["--count", "2"]
    said = CliRunner().invoke(app, asked)
    assert said.exit_code == 0, said.output
    count = None if objective == "everyone" else 2
    report = sites_report(project, SiteQuestion("salon", count, objective))
    assert json.loads(said.output)[0] == json.loads(json.dumps(report.as_data()))
