"""The plan of the sample: what its standards say, and that nothing unreleased is named for it."""

from __future__ import annotations

import pytest

from resourcemap.measure.tidy import WHOLE


@pytest.fixture(scope="module")
def judged(sample_project):
    return sample_project.project.judged


def test_every_standard_is_judged_in_every_area(sample_project, judged):
    project = sample_project.project
    areas = project.areas.groupby("system", sort=False).size()
    for standard in project.standards:
        rows = judged[judged["standard"] == standard.name]
        counts = rows.dropna(subset=["area_id"]).groupby("system").size().to_dict()
        assert counts == areas.to_dict() | ({} if standard.in_areas else {WHOLE: 1})
    assert judged["met"].isin(["met", "unmet", "unknown", "no_data"]).all()


def test_sentences_hold_the_figures_of_their_rows(judged):
    for row in judged[judged["rank"] > 0].to_dict("records"):
        assert f"{row['people']:,}人" in row["sentence"]
        assert row["sentence"].startswith(row["area"])
        assert row["sentence"].endswith("。")
        for word in ("nan", "None", "NA", "inf"):
            assert word not in row["sentence"]


def test_everyone_together_is_the_sum_of_the_areas(judged):
    """Every block of the sample is in an area of each system."""
    asked = judged[judged["distance_m"].notna() & (judged["measure"] == "share_within")]
    for _, rows in asked.groupby("standard"):
        whole = rows[rows["system"] == WHOLE].iloc[0]
        for _, areas in rows[rows["system"] != WHOLE].groupby("system"):
            assert areas["people"].sum() == whole["people"]
            assert (areas["people"] * areas["value"]).sum() == pytest.approx(whole["people"] * whole["value"])


def test_only_released_resources_are_named(sample_project, judged):
    project = sample_project.project
    released = set(project.released("list").table["name"])
    assert set(judged["nearest"].dropna()) <= released
    hidden = set(project.located["name"]) - released - {None}
    # A name that is part of a released row's name, place or town is no secret.
    shown = " ".join(map(str, project.released("list").table.to_numpy().ravel())) + " ".join(project.areas["area"])
    hidden = {name for name in hidden if name not in shown}
    assert len(hidden) > 10
    for path in (sample_project.folder / "maps").iterdir():
        text = path.read_bytes().decode("utf-8", "ignore")
        assert [name for name in hidden if name in text] == [], path.name
