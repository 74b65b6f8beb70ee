import geopandas as gpd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.read.resources import read_resources


def read(csv_file, rows, heading="名称,緯度,経度", **options):
    return read_resources(csv_file("\n".join([heading, *rows]) + "\n"), kind="salon", **options)


def test_coordinates_become_points_and_blanks_none(csv_file):
    salons = read(csv_file, ["A,35.7,139.7", "B,,", "C,ー,ー", "D,0,0"])
    assert salons.geometry.iloc[0] == shapely.Point(139.7, 35.7)
    assert salons.geometry.iloc[1:].isna().all()
    assert salons.crs.to_epsg() == 4326


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A,145,-93", "1 row: is not on Earth (rows 2; the first has latitude '145', longitude '-93')"),
        ("A,139.7,35.7", "latitude and longitude look swapped"),
        ("A,35.7,", "has only one of latitude and longitude"),
        ("A,北緯35度,東経139度", "latitude or longitude is not a number"),
        ("A,51.5,-0.1", "lies outside Japan"),
    ],
)
def test_coordinates_that_cannot_be_are_told_with_their_row(csv_file, row, message):
    with pytest.raises(InputError) as caught:
        read(csv_file, [row])
    assert message in str(caught.value)
    assert "list.csv" in str(caught.value)


def test_all_faults_of_a_file_are_told_at_once(csv_file):
    with pytest.raises(InputError) as caught:
        read(csv_file, ["A,145,-93", "B,139.7,35.7", "C,35.7,", "D,139.8,35.6", ",35.7,139.7"])
    assert len(caught.value.faults) == 4
    assert any("2 rows: latitude and longitude look swapped (rows 3, 5" in fault for fault in caught.value.faults)


def test_faults_are_told_in_japanese(csv_file):
    with speaking("ja"), pytest.raises(InputError, match="緯度と経度が入れかわっているようです（1行: 行 2、"):
        read(csv_file, ["A,139.7,35.7"])


def test_points_abroad_pass_when_they_are_meant(csv_file):
    assert read(csv_file, ["A,51.5,-0.1"], anywhere=True).geometry.iloc[0].x == -0.1


@pytest.mark.parametrize("text", ["35.7,139.7", "139.7,35.7", "(35.7、139.7)"])
def test_one_cell_with_both_numbers_may_have_either_order(csv_file, text):
    salons = read(csv_file, [f'A,"{text}"'], heading="名称,緯度経度")
    assert salons.geometry.iloc[0] == shapely.Point(139.7, 35.7)


def test_shapes_bring_their_own_position_and_polygons_an_inner_point(tmp_path):
    shapes = [shapely.box(139, 35, 140, 36), shapely.Point(139.7, 35.7), None]
    table = gpd.GeoDataFrame({"name": ["A", "B", "C"], "Y": [1, 2, 3]}, geometry=shapes, crs=4326)
    table.to_file(tmp_path / "a.geojson")
    salons = read_resources(tmp_path / "a.geojson", kind="salon")
    assert salons.geometry.iloc[0].within(shapes[0])
    assert salons.geometry.iloc[1] == shapes[1]
    assert salons.geometry.iloc[2] is None
    assert salons["source_row"].tolist() == [1, 2, 3]
    assert salons["own:Y"].tolist() == ["1", "2", "3"]


def test_a_shape_in_metres_that_says_it_is_degrees_is_told(tmp_path):
    table = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(-9000, -35000)])
    (tmp_path / "a.geojson").write_text(table.to_json(), encoding="utf-8")
    with pytest.raises(InputError, match="look like metres"):
        read_resources(tmp_path / "a.geojson", kind="salon")
