"""Patches as GeoJSON: what QGIS reads is what was found."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
import shapely

from resourcemap.metres import to_lonlat
from resourcemap.publish.patchfile import write_patches


def patches(names, crs=6677):
    shapes = [shapely.box(500 * at, 0, 500 * at + 400, 300) for at in range(len(names))]
    return gpd.GeoDataFrame(
        {
            "standard": "サロンが近い",
            "kind_label": "サロン",
            "audience_label": "65歳以上",
            "distance_m": 500.0,
            "slot": "",
            "rank": range(1, len(names) + 1),
            "name": names,
            "people": range(20, 20 + len(names)),
            "total": 50,
            "age_65_over": range(20, 20 + len(names)),
            "square_metres": 120_000.4,
            "label_x": 1.0,
            "sentence": [f"{name}に住んでいます。" for name in names],
        },
        geometry=shapes,
        crs=crs,
    )


@pytest.mark.parametrize("text", ["東町", "=cmd|' /C calc'!A0", "</script>", "a\u202eb", 'q"\\', "線\n行", "𠮷野家"])
def test_what_is_read_back_is_what_was_written(text, tmp_path):
    table = patches([text, "西町"])
    found = gpd.read_file(write_patches(table, tmp_path / "patches.geojson"))
    assert found.crs.to_epsg() == 4326
    assert found["場所"].tolist() == [text, "西町"]
    assert found["届かない人"].tolist() == [20, 21]
    assert found["age_65_over"].tolist() == [20, 21]
    assert found["広さ（平方m）"].tolist() == [120_000] * 2
    assert "label_x" not in found
    there = found.geometry.geom_equals_exact(to_lonlat(table).geometry, 2e-6)
    assert there.all()


def test_the_same_patches_are_the_same_bytes_whatever_their_crs(tmp_path):
    table = patches(["東町", "西町"])
    one = write_patches(table, tmp_path / "one.geojson").read_bytes()
    assert write_patches(table.to_crs(4326), tmp_path / "two.geojson").read_bytes() == one
    assert table.crs.to_epsg() == 6677


def test_no_patch_is_a_file_that_opens(tmp_path):
    path = write_patches(patches([]), tmp_path / "patches.geojson")
    assert json.loads(path.read_text(encoding="utf-8")) == {"type": "FeatureCollection", "features": []}


def test_a_group_of_few_people_is_missing_and_cannot_be_worked_out(tmp_path):
    table = patches(["東町", "西町"]).assign(age_0_4=[3, 12], age_5_9=[14, 0], age_65_over=[20, 30])
    found = gpd.read_file(write_patches(table, tmp_path / "patches.geojson"))
    assert found.loc[0, ["age_0_4", "age_5_9"]].isna().all()
    assert found.loc[0, "age_65_over"] == 20
    assert found.loc[1, ["age_0_4", "age_5_9", "age_65_over"]].tolist() == [12, 0, 30]
