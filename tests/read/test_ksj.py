import geopandas as gpd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.read.areas import read_areas
from resourcemap.read.resources import read_resources


@pytest.fixture
def shapefile(tmp_path):
    """A Shapefile as 国土数値情報 has them: CP932, and often without .prj and .cpg."""

    def write(columns, name="a", shapes=None, prj=True):
        count = len(next(iter(columns.values())))
        shapes = shapes or [shapely.Point(139.7 + place / 100, 35.7) for place in range(count)]
        path = tmp_path / f"{name}.shp"
        gpd.GeoDataFrame(columns, geometry=shapes, crs=6668).to_file(path, encoding="CP932")
        path.with_suffix(".cpg").unlink(missing_ok=True)
        if not prj:
            path.with_suffix(".prj").unlink()
        return path

    return write


def test_clinics_have_kinds_by_code(shapefile):
    path = shapefile(
        {"P04_001": [1, 3], "P04_002": ["本町病院", "北歯科"], "P04_003": ["本町1", "北2"], "P04_004": ["内科", "歯"]}
    )
    read = read_resources(path)
    assert read["kind"].tolist() == ["clinic", "clinic"]
    assert read["name"].tolist() == ["本町病院", "北歯科"]
    assert read["address"].tolist() == ["本町1", "北2"]
    assert read.attrs["columns"]["name"] == "名称（P04_002）"


def test_welfare_facilities_have_whole_addresses(shapefile):
    columns = {
        "P14_001": ["見本県"],
        "P14_002": ["みほん市"],
        "P14_004": ["本町1-2"],
        "P14_005": ["05"],
        "P14_008": ["本町保育園"],
    }
    read = read_resources(shapefile(columns), kind="hub")
    assert (read["name"][0], read["address"][0]) == ("本町保育園", "見本県みほん市本町1-2")
    assert "児童福祉施設等" in read.iloc[0].tolist()


def test_the_variants_of_schools_are_told_apart(shapefile):
    new = {
        "P29_001": ["13116"],
        "P29_002": ["B113"],
        "P29_003": ["16001"],
        "P29_004": ["本町小学校"],
        "P29_005": ["本町1"],
    }
    old = {
        "P29_001": ["13116"],
        "P29_002": ["3"],
        "P29_003": ["16"],
        "P29_004": ["16001"],
        "P29_005": ["本町小学校"],
        "P29_006": ["本町1"],
    }
    for columns in (new, old):
        read = read_resources(shapefile(columns), kind="learning")
        assert (read["name"][0], read["address"][0]) == ("本町小学校", "本町1")
        assert "小学校" in read.iloc[0].tolist()
        with pytest.raises(InputError, match="unknown kinds: '小学校'"):
            read_resources(shapefile(columns))


def test_shelters_do_not_hold_minus_one(shapefile):
    path = shapefile(
        {
            "P20_002": ["本町小", "北小"],
            "P20_003": ["本町1", "北2"],
            "P20_004": ["避難所", "避難所"],
            "P20_005": [-1, 300],
        }
    )
    read = read_resources(path)
    assert (read["kind"].tolist(), read["capacity"].tolist()) == (["shelter", "shelter"], [None, 300])


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"P05_002": [3], "P05_003": ["本町公民館"], "P05_004": ["本町1"]}, "本町公民館"),
        ({"P13_003": ["本町公園"], "P13_004": [1], "P13_005": ["見本県"], "P13_006": ["みほん市"]}, "本町公園"),
        ({"P27_004": ["03003"], "P27_005": ["本町図書館"], "P27_006": ["本町1"]}, "本町図書館"),
        ({"P30_005": ["本町郵便局"], "P30_006": ["本町1"]}, "本町郵便局"),
        ({"P34_002": ["1"], "P34_003": ["みほん市役所"], "P34_004": ["本町1"]}, "みほん市役所"),
    ],
)
def test_other_series_have_their_names(shapefile, columns, name):
    assert read_resources(shapefile(columns), kind="hub")["name"].tolist() == [name]


def test_columns_of_the_web_service_are_the_same(tmp_path):
    table = gpd.GeoDataFrame({"P04_001": [2], "P04_002_ja": ["A医院"]}, geometry=[shapely.Point(139.7, 35.7)], crs=4326)
    table.to_file(tmp_path / "a.geojson")
    assert read_resources(tmp_path / "a.geojson")["name"].tolist() == ["A医院"]


def test_an_unknown_series_says_what_it_has(shapefile):
    with pytest.raises(InputError, match=r"found no row of headings.*P99_001"):
        read_resources(shapefile({"P99_001": ["A"]}), kind="hub")


def test_without_prj_they_are_degrees_by_their_specification(shapefile):
    path = shapefile({"P04_001": [1], "P04_002": ["本町病院"]}, prj=False)
    assert read_resources(path).geometry[0] == shapely.Point(139.7, 35.7)
    with pytest.raises(InputError, match=r"has no CRS\. .* They look like longitude and latitude in Japan"):
        read_resources(shapefile({"name": ["A"]}, name="b", prj=False), kind="hub")


BOXES = [shapely.box(139 + x, 35, 139.9 + x, 36) for x in range(3)]


def test_municipalities_are_named_by_city_and_ward(shapefile):
    columns = {
        "N03_001": ["北海道"] * 3,
        "N03_003": ["札幌市", None, "石狩郡"],
        "N03_004": ["中央区", "小樽市", "当別町"],
        "N03_007": ["01101", "01203", "01303"],
    }
    areas = read_areas(shapefile(columns, shapes=BOXES), system="市区町村")
    assert areas["area"].tolist() == ["札幌市中央区", "小樽市", "当別町"]
    assert areas["area_id"].tolist() == ["01101", "01203", "01303"]
    columns = {"N03_003": [None], "N03_004": ["札幌市"], "N03_005": ["中央区"], "N03_007": ["01101"]}
    assert read_areas(shapefile(columns, shapes=BOXES[:1]), system="市")["area"].tolist() == ["札幌市中央区"]


def test_school_districts_of_both_generations_are_named(shapefile):
    new = {
        "A27_001": ["13116"],
        "A27_002": ["区立"],
        "A27_003": ["B113"],
        "A27_004": ["本町小学校"],
        "A27_005": ["本町1"],
    }
    areas = read_areas(shapefile(new, shapes=BOXES[:1]), system="小学校区")
    assert areas[["area_id", "area"]].values.tolist() == [["B113", "本町小学校"]]
    old = {"A27_005": ["13116"], "A27_006": ["区立"], "A27_007": ["本町小学校"], "A27_008": ["本町1"]}
    areas = read_areas(shapefile(old, shapes=BOXES[:1]), system="小学校区")
    assert areas[["area_id", "area"]].values.tolist() == [["本町小学校", "本町小学校"]]


def test_a_column_that_is_named_is_taken(shapefile):
    columns = {"A27_003": ["B113"], "A27_004": ["本町小学校"], "A27_005": ["本町1"]}
    assert read_areas(shapefile(columns, shapes=BOXES[:1]), system="区", area="A27_005")["area"].tolist() == ["本町1"]
