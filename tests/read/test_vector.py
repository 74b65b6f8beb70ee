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


def test_swapped_axes_are_told_and_not_mended(tmp_path):
    swapped = SHAPES.set_geometry(shapely.points(SHAPES.geometry.y, SHAPES.geometry.x), crs=4326)
    swapped.to_file(tmp_path / "a.gpkg")
    with pytest.raises(InputError, match=r"latitude and longitude are swapped \(the first place is 35\.7, 139\.7\)"):
        read_shapes(tmp_path / "a.gpkg")


def test_one_wrong_row_among_many_is_left_to_the_rows(tmp_path):
    points = [*SHAPES.geometry, shapely.Point(35.7, 139.7)]
    gpd.GeoDataFrame({"name": list("ABC")}, geometry=points, crs=4326).to_file(tmp_path / "a.geojson")
    assert len(read_shapes(tmp_path / "a.geojson")) == 3


@pytest.mark.parametrize(
    ("x", "y", "looks"),
    [
        (139.7, 35.7, "They look like longitude and latitude in Japan"),
        (35.7, 139.7, "They look like latitude and longitude with the axes swapped"),
        (-9000, -35000, "They look like metres"),
        (0.5, 0.5, "save it as GeoJSON or GeoPackage.$"),
    ],
)
def test_without_crs_it_is_said_what_the_numbers_look_like(tmp_path, x, y, looks):
    gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(x, y)], crs=6677).to_file(tmp_path / "a.shp")
    (tmp_path / "a.prj").unlink()
    with pytest.raises(InputError, match=rf"a\.shp: has no CRS\..*{looks}"):
        read_shapes(tmp_path / "a.shp")


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])
def test_degrees_that_are_none_are_told(tmp_path, suffix):
    shapes = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.box(-9000, -35000, -8000, -34000)], crs=4326)
    shapes.to_file(tmp_path / f"a{suffix}")
    with pytest.raises(InputError, match=r"its coordinates are no degrees .* look like metres"):
        read_shapes(tmp_path / f"a{suffix}")


def test_a_geopackage_with_several_layers_is_read_by_name(tmp_path):
    path = tmp_path / "a.gpkg"
    for layer in ("公園", "広場"):
        SHAPES.assign(name=layer).to_file(path, layer=layer)
    pyogrio.write_dataframe(SHAPES.drop(columns="geometry"), path, layer="layer_styles", driver="GPKG")
    with pytest.raises(InputError, match=r"has several layers \(公園, 広場\)"):
        read_shapes(path)
    assert [grid.sheet for grid in read_grids(path)] == ["公園", "広場"]
    assert read_grids(path, sheet="広場")[0].rows[1][0] == "広場"
    with pytest.raises(InputError, match=r"there is no layer '池'\. It has 公園, 広場"):
        read_grids(path, sheet="池")


@pytest.mark.parametrize("suffix", [".shp", ".gpkg", ".fgb"])
def test_a_broken_file_is_told(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    SHAPES.to_file(path)
    path.write_bytes(path.read_bytes()[:80])
    with pytest.raises(InputError, match=r"cannot be read as a file of shapes|has no shapes"):
        read_shapes(path)


def test_columns_of_one_name_are_told(tmp_path):
    """As some programs write them into a .dbf, where names end after ten bytes."""
    SHAPES.assign(nam2=["a", "b"]).to_file(tmp_path / "a.shp", encoding="UTF-8")
    table = tmp_path / "a.dbf"
    table.write_bytes(table.read_bytes().replace(b"nam2", b"name"))
    with pytest.raises(InputError, match=r"a\.shp: has several columns of one name \(name\)"):
        read_shapes(tmp_path / "a.shp")
