"""The tables of a project, made from its files."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from resourcemap.project.project import open_project
from resourcemap.project.steps import run

SETTINGS = """
[project]
city = "みほん市"
[blocks]
file = "blocks.csv"
outline = "outline.geojson"
[people]
file = "blocks.csv"
[[areas]]
system = "市全体"
polygons = "outline.geojson"
name = "name"
[[areas]]
system = "町丁目"
each_block = true
[[resources]]
file = "list.csv"
"""
# The outline is a slanted triangle, so the middle of a cell is not where its point is.
OUTLINE = """{"type": "Feature", "properties": {"name": "みほん市"}, "geometry": {"type": "Polygon",
"coordinates": [[[139.70, 35.70], [139.74, 35.70], [139.74, 35.73], [139.70, 35.70]]]}}"""
BLOCKS = "KEY_CODE,町丁目,人口,緯度,経度\n1,本町1丁目,30,35.702,139.712\n2,本町2丁目,70,35.705,139.736\n"


@pytest.fixture
def points(tmp_path):
    """A project whose blocks are points in an outline."""
    files = {
        "resourcemap.toml": SETTINGS,
        "outline.geojson": OUTLINE,
        "blocks.csv": BLOCKS,
        "list.csv": "名称,種類,住所\nサロン,サロン,みほん市本町2丁目9\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return open_project(tmp_path)


def test_people_and_addresses_are_at_the_points_that_blocks_came_with(points):
    assert points.blocks.geom_type.tolist() == ["Polygon", "Polygon"]
    homes = [(139.712, 35.702), (139.736, 35.705)]
    assert shapely.get_coordinates(points.homes.geometry) == pytest.approx(np.array(homes), abs=1e-9)
    assert shapely.get_coordinates(points.located.geometry) == pytest.approx(np.array(homes[1:]), abs=1e-9)
    assert points.located["located"].tolist() == ["block"]


def test_only_systems_of_approximate_blocks_are_called_approximate(points):
    [check] = run(points, ["check"])
    assert [note for note in check.notes if "approximate" in note] == [
        "The borders of blocks are approximate cells.",
        "The borders of areas (町丁目) are approximate cells.",
    ]
