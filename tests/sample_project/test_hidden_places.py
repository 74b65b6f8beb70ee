"""No published byte depends on where a place is that may not be shown: only on its town block and its areas."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from resourcemap.model.consent import coarse_places
from resourcemap.project.project import open_project


@pytest.fixture(scope="module")
def moved(sample_project):
    """The sample with every hidden place elsewhere in its block and its areas, and how many were moved."""
    project = open_project(sample_project.folder)
    located, hidden = project.located.copy(), project.hidden
    asked = coarse_places(located[hidden], project.blocks, project.areas)
    spots = []
    for label, point in located.geometry[hidden].items():
        block = next(each for each in project.blocks.geometry if each.intersects(point))
        offsets = [(east, north) for east in (-1e-4, 1e-4, 3e-4) for north in (-1e-4, 1e-4, 3e-4)]
        others = [shapely.transform(point, lambda xy, to=to: xy + to) for to in offsets]
        table = gpd.GeoDataFrame(geometry=others, crs=located.crs)
        same = coarse_places(table, project.blocks, project.areas).geometry.map(asked.geometry[label].equals)
        spots.append(next(other for other, stays in zip(others, same, strict=True) if stays and block.contains(other)))
    located.loc[hidden, "geometry"] = gpd.GeoSeries(spots, index=located.index[hidden], crs=located.crs)
    return located, int(hidden.sum())


def test_moving_hidden_places_within_their_blocks_changes_no_byte(sample_project, moved):
    located, number = moved
    assert number >= 10
    maps = sample_project.folder / "maps"
    before = {path.name: path.read_bytes() for path in maps.iterdir()}
    project = open_project(sample_project.folder)
    project.__dict__["located"] = located
    project.build()
    after = {path.name: path.read_bytes() for path in maps.iterdir()}
    assert [name for name in before if before[name] != after[name]] == []
    assert before.keys() == after.keys()


def test_the_search_would_notice_a_place_that_is_shown(sample_project):
    project = open_project(sample_project.folder)
    located = project.located.copy()
    shown = project.released("map").table.index
    label = next(row for row in shown if located.at[row, "place"] == "venue" and located.at[row, "located"] == "given")
    located.loc[label, "geometry"] = shapely.transform(located.geometry[label], lambda xy: xy + 1e-3)
    assert not located.geometry.equals(project.located.geometry)
    before = project.coverage
    project = open_project(sample_project.folder)
    project.__dict__["located"] = located
    assert not project.coverage.equals(before)


def test_figures_of_the_office_use_the_exact_spots(sample_project):
    settings = sample_project.folder / "resourcemap.toml"
    text = settings.read_text(encoding="utf-8")
    try:
        settings.write_text(f'{text}\n[consent]\nfigures = "正確"\n', encoding="utf-8")
        project = open_project(sample_project.folder)
        assert project.counted is project.located
    finally:
        settings.write_text(text, encoding="utf-8")
