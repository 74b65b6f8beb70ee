import zipfile

import geopandas as gpd
import pyogrio
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.read.areas import read_areas, read_layer
from resourcemap.read.resources import read_resources

SHAPES = gpd.GeoDataFrame({"name": ["北公園"]}, geometry=[shapely.Point(139.7, 35.7)], crs=4326)


@pytest.fixture
def zipped(tmp_path):
    def write(members, name="a.zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return tmp_path / name

    return write


@pytest.fixture
def shapefile(tmp_path):
    """The parts of a Shapefile."""

    def write(shapes, encoding="CP932"):
        pyogrio.write_dataframe(shapes, tmp_path / "made.shp", encoding=encoding)
        parts = {suffix: (tmp_path / f"made.{suffix}").read_bytes() for suffix in ("shp", "shx", "dbf", "prj")}
        return parts | ({"cpg": b"CP932"} if encoding == "CP932" else {})

    return write


@pytest.mark.parametrize("folder", ["", "N03-2024/", "みほん/"])
@pytest.mark.parametrize("says", [True, False])
def test_shapefiles_in_folders_are_read(zipped, shapefile, folder, says):
    parts = shapefile(SHAPES)
    members = {f"{folder}北.{suffix}": content for suffix, content in parts.items() if says or suffix != "cpg"}
    assert read_layer(zipped(members | {f"{folder}readme.txt": b"x"}))["name"].tolist() == ["北公園"]


def test_names_that_windows_wrote_as_cp932_do_not_matter(zipped, shapefile):
    path = zipped({f"xxxx.{suffix}": content for suffix, content in shapefile(SHAPES).items()})
    path.write_bytes(path.read_bytes().replace(b"xxxx.", "公園.".encode("cp932")))
    assert read_layer(path)["name"].tolist() == ["北公園"]
    with pytest.raises(InputError, match=r"there is no file of shapes 'x'\. It has 公園\.shp"):
        read_resources(path, kind="hub", sheet="x")


def test_of_two_encodings_the_folder_utf8_is_read(zipped, shapefile):
    parts = shapefile(SHAPES)
    wrong = shapefile(SHAPES.assign(name="x"))
    members = {f"Shift-JIS/a.{suffix}": content for suffix, content in wrong.items()}
    members |= {f"UTF-8/a.{suffix}": content for suffix, content in parts.items()}
    assert read_layer(zipped(members))["name"].tolist() == ["北公園"]


def test_geojson_and_geopackage_inside_are_read(zipped, tmp_path):
    assert len(read_layer(zipped({"a.geojson": SHAPES.to_json()}))) == 1
    SHAPES.to_file(tmp_path / "b.gpkg")
    assert len(read_layer(zipped({"b.gpkg": (tmp_path / "b.gpkg").read_bytes()}))) == 1


def test_several_files_are_layers(zipped):
    path = zipped({"a.geojson": SHAPES.to_json(), "b.geojson": SHAPES.assign(住所="本町").to_json()})
    with pytest.raises(InputError, match=r"has several layers \(a, b\)"):
        read_areas(path, system="圏域")
    read = read_resources(path, kind="hub")
    assert read["address"].tolist() == ["本町"]
    assert [entry["sheet"] for entry in read.attrs["left_aside"]] == ["a"]
    assert len(read_resources(path, kind="hub", sheet="a")) == 1
    with pytest.raises(InputError, match=r"there is no file of shapes 'c'\. It has a\.geojson, b\.geojson"):
        read_resources(path, kind="hub", sheet="c")


def test_a_zip_without_shapes_says_what_it_has(zipped):
    with pytest.raises(InputError, match=r"no shapes inside .* It has a\.pdf\. Unpack it"):
        read_layer(zipped({"a.pdf": b"x"}))


def test_what_is_something_else_inside_is_told(zipped):
    with pytest.raises(InputError, match=r"is no \.shp file inside"):
        read_layer(zipped({"a.shp": b"<OGRVRTDataSource/>", "a.dbf": b""}))
