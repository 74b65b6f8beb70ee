import json
import zipfile

import geopandas as gpd
import pyogrio
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.read.formats import read_grids, read_shapes

SHAPES = gpd.GeoDataFrame(
    {"name": ["北公園", "南公園"], "number": [1, 2]},
    geometry=[shapely.Point(139.7, 35.7), shapely.Point(139.8, 35.6)],
    crs=4326,
)


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.fgb", "a.shp"])
def test_every_format_gives_the_same(tmp_path, name):
    path = tmp_path / name
    SHAPES.to_file(path, encoding="utf-8") if name.endswith("shp") else SHAPES.to_file(path)
    read = read_shapes(path).sort_values("name", ignore_index=True)
    assert read["name"].tolist() == ["北公園", "南公園"]
    assert read.crs.to_epsg() == 4326


def test_metres_become_longitude_and_latitude(tmp_path):
    SHAPES.to_crs(6677).to_file(tmp_path / "a.gpkg")
    assert shapely.distance(read_shapes(tmp_path / "a.gpkg").geometry[0], SHAPES.geometry[0]) < 1e-8


def shapefile_of_cp932(folder):
    pyogrio.write_dataframe(SHAPES, folder / "a.shp", encoding="CP932")
    (folder / "a.cpg").unlink(missing_ok=True)


def test_a_shapefile_without_cpg_is_read_as_cp932(tmp_path):
    shapefile_of_cp932(tmp_path)
    assert read_shapes(tmp_path / "a.shp")["name"].tolist() == ["北公園", "南公園"]


def test_a_zipped_shapefile_is_read(tmp_path):
    shapefile_of_cp932(tmp_path)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for suffix in ("shp", "shx", "dbf", "prj"):
            archive.write(tmp_path / f"a.{suffix}", f"a.{suffix}")
    assert read_shapes(tmp_path / "a.zip")["name"].tolist() == ["北公園", "南公園"]


def test_a_shapefile_without_crs_is_refused(tmp_path):
    SHAPES.to_file(tmp_path / "a.shp")
    (tmp_path / "a.prj").unlink()
    with pytest.raises(InputError, match=r"a\.shp: has no CRS. Add its \.prj"):
        read_shapes(tmp_path / "a.shp")


def test_geojson_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text("\ufeff" + SHAPES.to_json(), encoding="utf-8")
    assert len(read_shapes(path)) == 2


@pytest.mark.parametrize("content", [json.dumps({"a": 1}), "[1, 2]", "名称,住所", ""])
def test_what_is_no_geojson_is_refused(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.json: is not GeoJSON"):
        read_shapes(path)


def test_properties_become_rows_numbered_from_the_first_shape(tmp_path):
    SHAPES.to_file(tmp_path / "a.geojson")
    [grid] = read_grids(tmp_path / "a.geojson")
    assert grid.rows == [["name", "number"], ["北公園", "1"], ["南公園", "2"]]
    assert grid.first == 0
