"""Files as offices publish them, read as they are."""

import geopandas as gpd
import pytest

from resourcemap.read.areas import read_areas, read_blocks, read_layer
from resourcemap.read.people import read_people
from resourcemap.read.resources import read_resources

pytestmark = pytest.mark.real

# file: rows, rows with a point
TAKAMATSU = {
    "aed_location": (450, 450),
    "children_club": (44, 34),
    "childrens_hall": (8, 8),
    "citizen_activity_facility": (4, 4),
    "community_center": (52, 52),
    "disabled_welfare_facility": (8, 8),
    "elderly_welfare_center": (2, 2),
    "elderly_welfare_facility": (47, 47),
    "evacuation_space": (195, 195),
    "exchange_center": (1, 1),
    "library": (5, 5),
    "lifelong_learning_facility": (2, 2),
    "market": (1, 1),
    "other_welfare_facilities": (4, 4),
    "public_toilet": (169, 169),
    "regional_child_rearing_support_base": (15, 15),
    "regional_comprehensive_support_center": (7, 7),
    "regional_exchange_center": (7, 7),
    "welfare_hall": (7, 7),
}


@pytest.mark.parametrize("name", TAKAMATSU)
def test_the_lists_of_takamatsu_are_read_as_they_are(real, name):
    places = read_resources(real / "takamatsu" / f"{name}.xlsx", kind="hub", consent="有")
    assert (len(places), int(places.geometry.notna().sum())) == TAKAMATSU[name]
    assert places["resource_id"].is_unique
    assert places["name"].notna().all()
    assert (places["address"].notna() | places.geometry.notna()).all()
    assert (places["channels"] == "list;map;paper").all()


def test_hours_in_several_columns_become_one_schedule(real):
    halls = read_resources(real / "takamatsu" / "childrens_hall.xlsx", kind="hiroba")
    assert halls["schedule"][0] == "月火水木金土 09:30～18:00（祝日、12/29～1/3は終日利用不可）"
    centres = read_resources(real / "takamatsu" / "regional_child_rearing_support_base.xlsx", kind="hiroba")
    assert centres["schedule"][0] == "火水木金土 10:00～16:00（利用可能時間は10:00～12:00、13:00～16:00）"


def test_rows_with_a_bare_number_are_left_aside_and_the_sheet_of_examples_is_not_read(real):
    centre = read_resources(real / "takamatsu" / "exchange_center.xlsx", kind="hub")
    reasons = [entry["reason"] for entry in centre.attrs["left_aside"]]
    assert reasons.count("only a number") == 9
    assert "入力例" in {entry["sheet"] for entry in centre.attrs["left_aside"]}


def test_metadata_lines_above_the_headings_do_not_matter(real):
    housing = read_resources(real / "sheets" / "0005.csv", kind="hub")
    assert len(housing) == housing.geometry.notna().sum() == 30
    assert len(read_resources(real / "sheets" / "0001.csv", kind="hub")) == 4


def test_a_sheet_with_merged_headings_and_notes_below_is_read(real):
    nurseries = read_resources(real / "sheets" / "ninsyouichiran171201.xlsx", kind="learning")
    assert len(nurseries) == 560
    first = nurseries.iloc[0]
    assert (first["schedule"], first["capacity"], first["source_row"]) == ("07:00～22:00", 40, 5)
    assert first["valid_from"].isoformat() == "2004-11-01"
    assert nurseries["capacity"].notna().all()


def test_the_nurseries_of_sapporo_have_capacities(real):
    path = real / "sapporo" / "nurseryFacilities.geojson"
    nurseries = read_resources(path, kind="learning")
    assert len(nurseries) == nurseries.geometry.notna().sum() == 528
    raw = gpd.read_file(path)["Full"]
    whole = raw[raw.str.fullmatch(r"\d+", na=False)].astype(int)
    assert nurseries.loc[whole.index, "capacity"].tolist() == whole.tolist()
    assert len(read_resources(real / "sapporo" / "R5.csv", kind="learning")) == 560


def test_the_people_of_sapporo_are_all_there(real):
    files = sorted((real / "sapporo" / "blocks").glob("*.json"))
    raw = [gpd.read_file(file) for file in files]
    blocks = read_blocks(files)
    people = read_people(files, blocks=blocks)
    assert people["total"].sum() == sum(int(table["JINKO"].sum()) for table in raw) == 1_426_674
    assert blocks["block_id"].is_unique
    assert set(blocks["block_id"].str.len()) == {9, 11}
    assert len(blocks) == sum(table["KEY_CODE"].nunique() for table in raw)
    assert blocks.is_valid.all()


@pytest.mark.parametrize(("place", "count", "total"), [("toshima", 83, 291_167), ("komae", 41, 80_249)])
def test_the_people_of_block_points_are_all_there(real, place, count, total):
    path = real / "toshima" / f"{place}_blocks_2015.csv"
    blocks = read_blocks(path)
    people = read_people(path, blocks=blocks)
    assert (len(blocks), len(people), people["total"].sum()) == (count, count, total)
    assert (blocks.geom_type == "Point").all()


def test_school_districts_and_outlines_are_read(real):
    districts = read_areas(real / "sapporo" / "Elementary.geojson", system="小学校区")
    assert len(districts) == 202
    assert (districts["area_id"] == districts["area"]).all()
    assert read_layer(real / "toshima" / "13116.geojson").geom_type.tolist() == ["MultiPolygon"]


def test_zipped_shapefiles_are_read(real):
    assert len(read_layer(real / "streets_ube" / "ube_roads.zip")) == 30_750
    assert len(read_layer(real / "streets_ube" / "ube_shelters.zip")) == 42
