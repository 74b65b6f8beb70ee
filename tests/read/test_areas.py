import re

import geopandas as gpd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.model.tables import AREAS, BLOCKS, check
from resourcemap.read.areas import read_areas, read_blocks, read_layer

WEST, EAST = shapely.box(139.0, 35.0, 139.1, 35.1), shapely.box(139.1, 35.0, 139.2, 35.1)
BOW_TIE = shapely.Polygon([(139, 35), (139.1, 35.1), (139.1, 35), (139, 35.1)])


@pytest.fixture
def shapes(tmp_path):
    def write(columns, geometry, name="a.geojson"):
        path = tmp_path / name
        gpd.GeoDataFrame(columns, geometry=geometry, crs=4326).to_file(path)
        return path

    return write


def test_layers_of_several_files_stand_below_each_other(shapes):
    paths = [
        shapes({"name": ["A"]}, [WEST], "a.geojson"),
        shapes({"name": ["B"]}, [shapely.Point(139, 35)], "b.geojson"),
    ]
    layer = read_layer(paths)
    assert layer["name"].tolist() == ["A", "B"]
    assert layer.crs.to_epsg() == 4326


def test_areas_have_the_columns_of_their_table(shapes):
    areas = read_areas(shapes({"id": [2, 1], "name": ["東", "西"]}, [EAST, WEST]), system="小学校区")
    check(areas, AREAS, where="a.geojson")
    assert areas.drop(columns="geometry").to_numpy().tolist() == [
        ["小学校区", "2", "東", False],
        ["小学校区", "1", "西", False],
    ]


def test_pieces_of_one_area_become_one_in_the_order_of_the_file(shapes):
    path = shapes({"A27_004": ["南", "北", "南"]}, [WEST, shapely.box(139, 36, 139.1, 36.1), EAST])
    areas = read_areas(path, system="学区")
    assert areas["area"].tolist() == ["南", "北"]
    assert areas.geometry[0].equals(shapely.union(WEST, EAST))


def test_the_columns_of_areas_can_be_named(shapes):
    path = shapes({"name": ["x"], "圏域の名": ["中央"], "記号": ["c"]}, [WEST])
    areas = read_areas(path, system="圏域", area="圏域の名", area_id="記号")
    assert areas[["area_id", "area"]].to_numpy().tolist() == [["c", "中央"]]


def test_areas_without_a_known_name_list_the_columns(shapes):
    with pytest.raises(InputError, match=re.escape("cannot tell which column names the areas (found: x, y)")):
        read_areas(shapes({"x": ["1"], "y": ["2"]}, [WEST]), system="圏域")


def test_a_wrong_column_of_areas_is_told_with_what_was_meant(shapes):
    with pytest.raises(InputError, match=r"no column '圏域の名前'\. Did you mean '圏域の名'"):
        read_areas(shapes({"圏域の名": ["中央"]}, [WEST]), system="圏域", area="圏域の名前")


def test_areas_that_are_points_or_nameless_are_told_together(shapes):
    path = shapes({"name": ["A", None]}, [shapely.Point(139, 35), WEST])
    with pytest.raises(InputError) as caught:
        read_areas(path, system="圏域")
    assert [fault.split(" (")[0] for fault in caught.value.faults] == [
        "a.geojson: 1 areas have no name",
        "a.geojson: 1 areas are no polygons",
    ]


def test_one_id_for_two_names_is_told(shapes):
    with pytest.raises(InputError, match=re.escape("ids with more than one name (1)")):
        read_areas(shapes({"id": [1, 1], "name": ["東", "西"]}, [EAST, WEST]), system="圏域")


def test_blocks_have_the_columns_of_their_table(shapes):
    blocks = read_blocks(
        shapes({"KEY_CODE": ["011020101", "01102010101"], "MOJI": ["新川", "新川一条１丁目"]}, [WEST, EAST])
    )
    check(blocks, BLOCKS, where="a.geojson")
    assert blocks["block_id"].tolist() == ["011020101", "01102010101"]
    assert blocks["block"].tolist() == ["新川", "新川一条1丁目"]
    assert not blocks["approximate"].any()


def test_pieces_of_a_block_become_one_even_from_two_files(shapes):
    paths = [
        shapes({"KEY_CODE": ["1"], "MOJI": ["本町"]}, [shape], f"{n}.geojson") for n, shape in enumerate((WEST, EAST))
    ]
    blocks = read_blocks(paths)
    assert len(blocks) == 1
    assert blocks.geometry[0].equals(shapely.union(WEST, EAST))


def test_invalid_polygons_are_made_valid(shapes):
    blocks = read_blocks(shapes({"KEY_CODE": ["1"], "MOJI": ["本町"]}, [BOW_TIE]))
    assert blocks.is_valid.all()
    assert blocks.geometry[0].area == pytest.approx(0.005)
    assert blocks.geom_type[0] == "MultiPolygon"


def test_blocks_may_be_points_of_a_table_and_count_as_approximate(csv_file):
    blocks = read_blocks(
        csv_file("KEY_CODE,MOJI,X_CODE,Y_CODE\n1,本町,139.7,35.7\n1,本町,139.8,35.8\n2,栄町,139.9,35.9\n")
    )
    assert blocks.geometry.tolist() == [shapely.Point(139.7, 35.7), shapely.Point(139.9, 35.9)]
    assert blocks["approximate"].all()


def test_a_block_without_id_goes_by_its_name(shapes):
    blocks = read_blocks(shapes({"町丁目名": ["本町"]}, [WEST]))
    assert blocks[["block_id", "block"]].to_numpy().tolist() == [["本町", "本町"]]


def test_points_and_polygons_cannot_be_mixed(shapes, csv_file):
    paths = [shapes({"block": ["本町"]}, [WEST]), csv_file("block,X_CODE,Y_CODE\n栄町,139.7,35.7\n")]
    with pytest.raises(InputError, match="polygons and points mixed \\(points: 栄町\\)"):
        read_blocks(paths)


def test_faults_of_all_files_of_blocks_are_told(csv_file, tmp_path):
    nowhere = csv_file("block,X_CODE,Y_CODE\n栄町,,\n")
    with pytest.raises(InputError) as caught:
        read_blocks([nowhere, tmp_path / "none.geojson"])
    assert "without shape or coordinates (rows 2)" in caught.value.faults[0]
    assert "there is no such file" in caught.value.faults[1]


def test_the_city_of_blocks_is_kept_where_a_file_says_it(shapes):
    named = shapes({"KEY_CODE": ["1", "2"], "MOJI": ["本町", "本町"], "CITY_NAME": ["東区", "西区"]}, [WEST, EAST])
    assert read_blocks(named)["city"].tolist() == ["東区", "西区"]
    codes = {"KEY_CODE": ["1", "2"], "MOJI": ["本町", "北町"], "CITY": ["101", "101"]}
    assert "city" not in read_blocks(shapes(codes, [WEST, EAST]))


def test_the_heading_of_the_city_may_be_named(shapes):
    path = shapes({"KEY_CODE": ["1", "2"], "MOJI": ["本町", "本町"], "X": ["東区", "西区"]}, [WEST, EAST])
    assert read_blocks(path, city="X")["city"].tolist() == ["東区", "西区"]
