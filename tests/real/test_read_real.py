"""Files as offices publish them, read as they are."""

import csv

import geopandas as gpd
import openpyxl
import pytest

from resourcemap.errors import InputError
from resourcemap.model.names import fold_name
from resourcemap.read.areas import read_areas, read_blocks, read_layer
from resourcemap.read.cells import clean
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


def test_sheets_with_merged_headings_and_notes_below_are_read(real):
    nurseries = read_resources(real / "sheets" / "ninsyouichiran171201.xlsx", kind="learning")
    # The sheets say so themselves: A型 560件 and B型 73件; two more sheets have the same rows in another order.
    assert nurseries.groupby("source_sheet").size().tolist() == [560, 73]
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


SIX_WARDS = {"中央区", "北区", "東区", "白石区", "豊平区", "西区"}


def population_of_sapporo(real):
    """The table's rows by the number that a spreadsheet shows: ward, block, people."""
    with (real / "sapporo" / "jounen202010_ward.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return {number: (ward, block, int(people)) for number, (ward, block, people, *_) in enumerate(rows[1:], start=2)}


def test_the_population_by_town_name_of_sapporo_joins_the_polygons_or_is_listed(real):
    blocks = read_blocks(sorted((real / "sapporo" / "blocks").glob("*.json")))
    assert set(blocks["city"]) == SIX_WARDS
    table = real / "sapporo" / "jounen202010_ward.csv"
    people = read_people(table, blocks=blocks, unmatched="aside")
    rows = population_of_sapporo(real)
    totals = {number for number, (ward, block, _) in rows.items() if ward == block}
    unplaced = {entry["row"]: entry for entry in people.attrs["unplaced"]}
    # To the person: who is placed and who is listed are together the city's own total.
    everybody = sum(count for number, (_, _, count) in rows.items() if number not in totals)
    assert people["total"].sum() + sum(entry["people"] for entry in unplaced.values()) == everybody == 1_961_682
    assert {number: (entry["city"], entry["block"], entry["people"]) for number, entry in unplaced.items()} == {
        number: (ward, clean(block), count) for number, (ward, block, count) in rows.items() if number in unplaced
    }
    # Of the six wards nearly all are placed; of the other four, of which there are no polygons, nobody.
    of_six = sum(count for ward, block, count in rows.values() if ward in SIX_WARDS and ward != block)
    assert people["total"].sum() / of_six >= 0.99
    assert all(
        number in unplaced
        for number, (ward, _, _) in rows.items()
        if ward not in SIX_WARDS | {"全市"} and number not in totals
    )
    assert sum(entry["city"] in SIX_WARDS for entry in unplaced.values()) == 42
    aside = [entry for entry in people.attrs["left_aside"] if entry["row"] in totals]
    assert [entry["reason"] for entry in aside] == ["a total", *["a total of a city or ward"] * 10]
    assert {entry["row"] for entry in people.attrs["left_aside"] if "in no figure" in entry["reason"]} == set(unplaced)


def test_people_stand_in_the_block_of_their_ward_in_sapporo(real):
    blocks = read_blocks(sorted((real / "sapporo" / "blocks").glob("*.json")))
    people = read_people(real / "sapporo" / "jounen202010_ward.csv", blocks=blocks, unmatched="aside")
    rows = population_of_sapporo(real)
    unplaced = {entry["row"] for entry in people.attrs["unplaced"]}
    kept = [row for number, row in rows.items() if number not in unplaced and row[0] != row[1]]
    wards = blocks.set_index("block_id")["city"]
    names = blocks.set_index("block_id")["block"]
    assert wards[people["block_id"]].tolist() == [ward for ward, _, _ in kept]
    assert [fold_name(name) for name in names[people["block_id"]]] == [fold_name(block) for _, block, _ in kept]
    assert people["total"].tolist() == [count for _, _, count in kept]


def test_the_population_of_sapporo_is_refused_unless_it_may_be_left_aside(real):
    blocks = read_blocks(sorted((real / "sapporo" / "blocks").glob("*.json")))
    with pytest.raises(InputError, match=r"1163 rows have people of a block .* unmatched = \"aside\""):
        read_people(real / "sapporo" / "jounen202010_ward.csv", blocks=blocks)


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


def test_the_lists_of_takamatsu_that_are_a_known_form_say_their_kind(real):
    for name, kind in (("aed_location", "aed"), ("public_toilet", "toilet"), ("evacuation_space", "shelter")):
        assert read_resources(real / "takamatsu" / f"{name}.xlsx")["kind"].unique().tolist() == [kind]


@pytest.mark.parametrize("name", sorted(set(TAKAMATSU) - {"aed_location", "public_toilet", "evacuation_space"}))
def test_the_other_lists_of_takamatsu_ask_for_their_kind_and_nothing_else(real, name):
    with pytest.raises(InputError) as caught:
        read_resources(real / "takamatsu" / f"{name}.xlsx")
    [fault] = caught.value.faults
    assert "there is no column of kinds" in fault
    assert "Give kind if all rows are of one" in fault


def test_the_people_of_takamatsu_stand_at_their_towns(real):
    path = real / "takamatsu" / "population_202312.xlsx"
    raw = openpyxl.load_workbook(path).active.iter_rows(min_row=2, values_only=True)
    total = sum(int(row[7]) for row in raw if row[7] is not None)
    blocks = read_blocks(path)
    people = read_people(path, blocks=blocks)
    assert people["total"].sum() == total
    assert (blocks.geom_type == "Point").all()
    with pytest.raises(InputError, match="found no row of headings"):
        read_resources(path, kind="hub")


def test_the_sample_of_the_first_hsds_is_read(real):
    services = read_resources(real / "hsds" / "sample_1_1", kind="consultation", anywhere=True)
    assert len(services) == 13
    first = services.iloc[0]
    assert (first["name"], first["provider"]) == ("Never Homeless Helpline", "Sanctuary Example City")
    assert first["schedule"] == "毎週月・火・水曜日 09:00〜17:00（2019-12-24〜2019-12-26は休み）"
    assert (first["languages"], first["facilities"]) == ("English、Spanish", "parking;interpreter")
    assert services["activity_id"].nunique() == 13
    assert services.geometry.notna().sum() == 1
    assert "suspended" in set(services["status"])
    with pytest.raises(InputError, match="lies outside Japan"):
        read_resources(real / "hsds" / "sample_1_1", kind="consultation")


FULL = ("service_full.json", "organization_full.json", "service_at_location_full.json")


@pytest.mark.parametrize("name", ["", *FULL])
def test_the_examples_of_hsds_3_say_that_their_place_is_not_on_earth(real, name):
    with pytest.raises(InputError) as caught:
        read_resources(real / "hsds" / "spec_3_0" / name, kind="consultation", anywhere=True)
    assert [fault.split(": ", 1)[1].split(" (")[0] for fault in caught.value.faults] == ["1 row: is not on Earth"]


@pytest.mark.parametrize("name", FULL)
def test_the_examples_of_hsds_3_are_read_once_their_place_is(real, name, tmp_path):
    text = (real / "hsds" / "spec_3_0" / name).read_text(encoding="utf-8")
    path = tmp_path / name
    path.write_text(
        text.replace('"latitude": 100', '"latitude": 35.7').replace('"longitude": 101', '"longitude": 139.7')
    )
    [row] = read_resources(path, kind="consultation").to_dict("records")
    assert (row["name"], row["venue"]) == ("Community Counselling", "MyCity Civic Center")
    assert row["schedule"].startswith("The service is available from 10 am to 6pm weekdays")
    assert (row["phone"], row["languages"]) == ("+44 1234 234567（内線100）", "Urdu")
    assert "Ann Persona" in row["contact"]
    assert row["audience_text"].endswith("12〜100歳")
    assert row["provider"] == ("Example Organization Inc." if name != FULL[1] else row["provider"])
    assert str(row["verified_on"]) == "2005-01-01"
