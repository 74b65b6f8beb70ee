"""People of a project in buildings and on meshes: conserved, told where nothing is known, and one of the two."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from resourcemap.errors import ProjectError
from resourcemap.project.project import open_project
from resourcemap.read.mesh import mesh_polygons

MESH = "5339452611"  # a half of a third mesh is 9 digits; ten are a quarter


@pytest.fixture
def folder(tmp_path):
    """Two blocks beside each other, the first with two buildings, the second with none."""
    west = shapely.box(139.700, 35.700, 139.704, 35.704)
    east = shapely.box(139.704, 35.700, 139.708, 35.704)
    blocks = gpd.GeoDataFrame({"block_id": ["1", "2"], "block": ["本町", "緑町"]}, geometry=[west, east], crs=4326)
    blocks.to_file(tmp_path / "blocks.geojson")
    houses = gpd.GeoDataFrame(
        {"floors": [1, 3]},
        geometry=[shapely.box(139.701, 35.701, 139.7011, 35.7011), shapely.box(139.702, 35.702, 139.7021, 35.7021)],
        crs=4326,
    )
    houses.to_file(tmp_path / "houses.geojson")
    (tmp_path / "people.csv").write_text("町丁目番号,人口,65歳以上\n1,40,8\n2,10,2\n", encoding="utf-8")
    (tmp_path / "list.csv").write_text("名称,種類,緯度,経度\n本町,サロン,35.701,139.701\n", encoding="utf-8")
    return tmp_path


def project(folder, more=""):
    (folder / "resourcemap.toml").write_text(
        f"""
[[resources]]
file = "list.csv"
[blocks]
file = "blocks.geojson"
[[areas]]
system = "町丁目"
each_block = true
[people]
file = "people.csv"
{more}
""",
        encoding="utf-8",
    )
    return open_project(folder)


def test_people_live_in_the_buildings_in_proportion_to_their_floors(folder):
    opened = project(folder, 'buildings = "houses.geojson"\nfloors = "floors"')
    homes = opened.homes
    assert homes[homes["block_id"] == "1"]["total"].tolist() == [10, 30]
    assert homes["total"].sum() == 50
    (coverage,) = [report for report in opened.build() if report.step == "coverage"]
    assert any("1 blocks have no building (2)" in note for note in coverage.notes)


def test_people_live_where_the_mesh_has_people(folder):
    cell = mesh_polygons([MESH])[0]
    centre = cell.centroid
    blocks = gpd.GeoDataFrame({"block_id": ["1"], "block": ["本町"]}, geometry=[centre.buffer(0.02).envelope], crs=4326)
    blocks.to_file(folder / "blocks.geojson")
    (folder / "people.csv").write_text("町丁目番号,人口\n1,40\n", encoding="utf-8")
    (folder / "mesh.csv").write_text(f"メッシュコード,人口\n{MESH},7\n", encoding="utf-8")
    homes = project(folder, 'mesh = "mesh.csv"').homes
    assert homes["total"].sum() == 40
    assert homes.within(cell.buffer(1e-9)).all()


def test_buildings_and_a_mesh_at_once_are_refused(folder):
    with pytest.raises(ProjectError, match="Choose one"):
        _ = project(folder, 'buildings = "houses.geojson"\nmesh = "mesh.csv"').homes
