import re

import geopandas as gpd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.model.tables import PEOPLE, check
from resourcemap.read.people import read_membership, read_people


@pytest.fixture
def blocks():
    ids = ["01102001", "01102002", "01102003"]
    names = ["雑司が谷一丁目", "雑司が谷二丁目", "本町"]
    shapes = [shapely.box(139 + n, 35, 140 + n, 36) for n in range(2)] + [shapely.Point(141.5, 35.5)]
    return gpd.GeoDataFrame({"block_id": ids, "block": names, "approximate": False}, geometry=shapes, crs=4326)


def test_people_are_joined_by_name_however_it_is_spelt(csv_file, blocks):
    people = read_people(csv_file("町丁目,総数\n雑司ヶ谷２丁目,5\n雑司ケ谷 1丁目,7\n"), blocks=blocks)
    check(people, PEOPLE, where="people")
    assert people[["block_id", "total"]].to_numpy().tolist() == [["01102002", 5], ["01102001", 7]]
    assert people.geometry[0].within(blocks.geometry[1])


def test_people_are_joined_by_id_even_without_its_leading_zero(csv_file, blocks):
    people = read_people(csv_file("町丁目コード,町丁目,人口\n1102003,名前ちがい,9\n"), blocks=blocks)
    assert people[["block_id", "total"]].to_numpy().tolist() == [["01102003", 9]]
    assert people.geometry[0] == shapely.Point(141.5, 35.5)


def test_rows_of_one_block_are_added(csv_file, blocks):
    text = "町丁目,総数,0～64歳,65歳以上\n本町,10,6,4\n雑司が谷1丁目,1,1,0\n本町,5,2,3\n"
    people = read_people(csv_file(text), blocks=blocks)
    assert people.drop(columns="geometry").to_numpy().tolist() == [["01102003", 15, 8, 7], ["01102001", 1, 1, 0]]


def test_several_files_are_added(csv_file, blocks):
    paths = [csv_file("町丁目,総数\n本町,1\n", "a.csv"), csv_file("町丁目,総数\n本町,2\n", "b.csv")]
    assert read_people(paths, blocks=blocks)["total"].tolist() == [3]


@pytest.mark.parametrize("cell", ["１，２３４", '"1,234"', "1234人", "1234.0", " 1234 "])
def test_numbers_in_all_their_spellings(csv_file, blocks, cell):
    cell = cell if '"' in cell else f'"{cell}"'
    assert read_people(csv_file(f"町丁目,総数\n本町,{cell}\n"), blocks=blocks)["total"].tolist() == [1234]


@pytest.mark.parametrize("cell", ["-", "－", "", "0"])
def test_a_dash_is_nobody(csv_file, blocks, cell):
    assert read_people(csv_file(f"町丁目,総数\n本町,{cell}\n"), blocks=blocks)["total"].tolist() == [0]


def test_secret_figures_count_as_nobody_and_are_told(csv_file, blocks):
    people = read_people(csv_file("町丁目,総数,0～64歳,65歳以上\n本町,6,x,x\n"), blocks=blocks)
    assert people[["total", "age_0_64", "age_65_over"]].to_numpy().tolist() == [[6, 0, 0]]
    assert people.attrs["left_aside"][0]["reason"] == "secret figures (x) counted as 0"


@pytest.mark.parametrize("cell", ["多数", "12.5", "-3", "約10", "9" * 20, "9" * 400, "1" + "0" * 10])
def test_text_where_a_number_belongs_is_told_with_its_row(csv_file, blocks, cell):
    with pytest.raises(
        InputError, match=re.escape(f"list.csv: 1 cells are no whole number of people (row 3, 総数: {cell!r})")
    ):
        read_people(csv_file(f"町丁目,総数\n雑司が谷1丁目,1\n本町,{cell}\n"), blocks=blocks)


def test_people_of_unknown_blocks_are_told_with_their_rows(csv_file, blocks):
    text = "町丁目,総数\n" + "".join(f"遠い町{n},1\n" for n in range(7)) + "本町,x1\n"
    with pytest.raises(InputError) as caught:
        read_people(csv_file(text), blocks=blocks)
    assert len(caught.value.faults) == 2
    assert "7 rows have people of a block that is not among the blocks (遠い町0 (row 2), " in caught.value.faults[1]
    assert "and 2 more" in caught.value.faults[1]


def test_a_name_that_two_blocks_share_needs_an_id(csv_file, blocks):
    same = blocks.assign(block="本町")
    with pytest.raises(InputError, match="Where several blocks share a name, give their ids"):
        read_people(csv_file("町丁目,総数\n本町,1\n"), blocks=same)


@pytest.mark.parametrize("row", ["合計,10", "全市,10", "総　数,10"])
def test_totals_are_left_aside_by_their_word(csv_file, blocks, row):
    people = read_people(csv_file(f"町丁目,総数\n{row}\n本町,10\n"), blocks=blocks)
    assert people["total"].tolist() == [10]
    assert [(entry["row"], entry["reason"]) for entry in people.attrs["left_aside"]] == [(2, "a total")]


def test_the_total_of_a_ward_is_left_aside_when_it_is_named_twice(csv_file, blocks):
    people = read_people(csv_file("区,区分,人口\n中央区,中央区,10\n中央区,本町,10\n"), blocks=blocks, block="区分")
    assert people["total"].tolist() == [10]
    assert people.attrs["left_aside"][0]["reason"] == "a total of a city or ward"


def test_a_subtotal_is_left_aside_only_when_its_figures_prove_it(csv_file, blocks):
    rows = "01102,雑司が谷,{}\n01102001,雑司が谷一丁目,3\n01102002,雑司が谷二丁目,4\n"
    text = "KEY_CODE,町丁目,総数\n" + rows
    assert read_people(csv_file(text.format(7)), blocks=blocks)["total"].sum() == 7
    with pytest.raises(InputError, match="not among the blocks"):
        read_people(csv_file(text.format(8)), blocks=blocks)


def test_without_a_total_the_ages_are_added_up(csv_file, blocks):
    people = read_people(csv_file("町丁目,0～14歳,15歳以上\n本町,3,4\n"), blocks=blocks)
    assert people["total"].tolist() == [7]


def test_ages_that_overlap_are_told(csv_file, blocks):
    with pytest.raises(InputError, match=r"age groups overlap \(age_0_14/age_10_64\)"):
        read_people(csv_file("町丁目,総数,0～14歳,10～64歳\n本町,3,2,1\n"), blocks=blocks)


def test_ages_open_upwards_are_taken_apart(csv_file, blocks):
    people = read_people(csv_file("町丁目,総数,65歳以上,75歳以上\n本町,30,20,5\n"), blocks=blocks)
    assert people[["total", "age_65_74", "age_75_over"]].values.tolist() == [[30, 15, 5]]
    with pytest.raises(InputError, match=r"age groups do not fit.* \(rows 2\)"):
        read_people(csv_file("町丁目,総数,65歳以上,75歳以上\n本町,30,5,20\n"), blocks=blocks)


def test_a_table_without_people_is_told(csv_file, blocks):
    with pytest.raises(InputError, match="there is no column of people \\(found: 町丁目, 世帯\\)"):
        read_people(csv_file("町丁目,世帯\n本町,3\n"), blocks=blocks)


def test_the_columns_can_be_named(csv_file, blocks):
    people = read_people(csv_file("まち,ひと\n本町,3\n"), blocks=blocks, block="まち", total="ひと")
    assert people["total"].tolist() == [3]


def test_the_people_of_every_row_are_in_the_result(csv_file, blocks):
    rows = [(name, n * 10 + k) for n, name in enumerate(blocks["block"]) for k in range(1, 5)]
    text = "町丁目,総数\n" + "".join(f"{name},{count}\n" for name, count in rows)
    assert read_people(csv_file(text), blocks=blocks)["total"].sum() == sum(count for _, count in rows)


def test_membership_keeps_blocks_as_written_and_blank_areas(csv_file):
    table = read_membership(
        csv_file("町丁目,圏域,地区社協\n本町1丁目,中央,南\n本町2丁目,,南\n合計,,\n"), areas=["圏域", "地区社協"]
    )
    assert table.columns.tolist() == ["block", "圏域", "地区社協", "source_row"]
    assert table["block"].tolist() == ["本町1丁目", "本町2丁目"]
    assert table["圏域"].tolist() == ["中央", None]


def test_a_merged_area_counts_for_all_its_blocks(workbook):
    rows = [["圏域", "町丁目"], ["中央", "本町"], ["", "栄町"], ["西", "泉"]]
    table = read_membership(workbook({"一": rows}, merged=["A2:A3"]), areas=["圏域"])
    assert table["圏域"].tolist() == ["中央", "中央", "西"]


def test_a_block_listed_twice_with_one_area_is_one_row(csv_file):
    table = read_membership(csv_file("町丁目,圏域\n本町一丁目,中央\n本町１丁目,中央\n"), areas=["圏域"])
    assert len(table) == 1


def test_a_block_in_two_areas_of_one_system_is_told(csv_file):
    with pytest.raises(
        InputError, match=re.escape("blocks in two areas of 圏域 (本町一丁目: 中央 (row 2) / 西 (row 3))")
    ):
        read_membership(csv_file("町丁目,圏域\n本町一丁目,中央\n本町１丁目,西\n"), areas=["圏域"])


def test_a_missing_area_column_is_told_with_what_was_meant(csv_file):
    with pytest.raises(InputError, match=r"no column '日常生活圏域名'\. Did you mean '日常生活圏域'"):
        read_membership(csv_file("町丁目,日常生活圏域\n本町,中央\n"), areas=["日常生活圏域名"])


def test_a_row_without_a_block_is_told(csv_file):
    with pytest.raises(InputError, match="rows without a block \\(rows 3\\)"):
        read_membership(csv_file("町丁目,圏域\n本町,中央\n,西\n"), areas=["圏域"])


BY_SEX = "町丁目,男女,総数,0～64歳,65歳以上\n"


def test_rows_by_sex_count_everybody_once(csv_file, blocks):
    text = BY_SEX + "本町,計,10,6,4\n本町,男,6,4,2\n本町,女,4,2,2\n雑司が谷1丁目,計,3,3,0\n雑司が谷1丁目,男,3,3,0\n"
    people = read_people(csv_file(text), blocks=blocks)
    assert people.drop(columns="geometry").to_numpy().tolist() == [["01102003", 10, 6, 4], ["01102001", 3, 3, 0]]
    [entry] = people.attrs["left_aside"]
    assert (entry["value"], entry["reason"]) == ("3 rows", "rows by sex; those of both sexes were read")
    assert people.attrs["repeated"] == []


def test_men_and_women_are_added_where_no_row_has_both(csv_file, blocks):
    people = read_people(csv_file(BY_SEX + "本町,男,6,4,2\n本町,女,4,2,2\n"), blocks=blocks)
    assert people["total"].tolist() == [10]


def test_a_block_that_is_named_once_for_its_rows_by_sex(csv_file, blocks):
    people = read_people(csv_file(BY_SEX + "本町,総数,10,6,4\n,男,6,4,2\n,女,4,2,2\n"), blocks=blocks)
    assert people[["block_id", "total"]].to_numpy().tolist() == [["01102003", 10]]


def test_a_row_of_both_sexes_of_an_unknown_block_is_no_total(csv_file, blocks):
    with pytest.raises(InputError, match=re.escape("not among the blocks (遠い町 (row 2))")):
        read_people(csv_file(BY_SEX + "遠い町,計,10,6,4\n遠い町,男,6,4,2\n遠い町,女,4,2,2\n"), blocks=blocks)


def test_sexes_that_are_not_the_total_are_refused(csv_file, blocks):
    with pytest.raises(InputError, match=r"in 1 blocks men and women together are not the total \(rows 2\)"):
        read_people(csv_file(BY_SEX + "本町,計,10,6,4\n本町,男,6,4,2\n本町,女,5,3,2\n"), blocks=blocks)


def test_one_sex_alone_is_refused(csv_file, blocks):
    text = BY_SEX + "本町,男,6,4,2\n雑司が谷1丁目,男,6,4,2\n雑司が谷1丁目,女,4,2,2\n"
    with pytest.raises(InputError, match=r"1 blocks have rows of one sex alone \(rows 2\)"):
        read_people(csv_file(text), blocks=blocks)


@pytest.mark.parametrize("rows", ["本町,世帯,9\n本町,施設,4\n本町,住宅,5\n", "本町,,9\n本町,,9\n"])
def test_a_row_that_is_the_sum_of_others_or_stands_twice_is_refused(csv_file, blocks, rows):
    with pytest.raises(InputError, match=r"1 blocks stand in several rows .*本町 \(row 2\)"):
        read_people(csv_file("町丁目,備考,総数\n" + rows), blocks=blocks)


def test_blocks_in_several_rows_are_told(csv_file, blocks):
    people = read_people(csv_file("町丁目,総数\n本町,10\n雑司が谷1丁目,1\n本町,5\n"), blocks=blocks)
    assert people.attrs["repeated"] == ["本町 (rows 2, 4)"]


@pytest.fixture
def wards():
    """Two wards with a block of one name; the third block has a name of its own, the fourth stands twice."""
    ids, names = ["101", "102", "103", "104", "105"], ["本町一丁目", "本町一丁目", "北町", "南町", "南町"]
    cities = ["札幌市東区", "札幌市西区", "札幌市東区", "札幌市西区", "札幌市西区"]
    shapes = [shapely.box(141 + n, 43, 142 + n, 44) for n in range(5)]
    return gpd.GeoDataFrame({"block_id": ids, "block": names, "city": cities}, geometry=shapes, crs=4326)


def placed(people):
    return dict(zip(people["block_id"], people["total"].tolist(), strict=True))


@pytest.mark.parametrize("city", ["西区", "札幌市西区", "北海道札幌市西区", "西\u3000区", '"西\n区"'])
def test_blocks_of_one_name_are_told_apart_by_their_city(csv_file, wards, city):
    text = f'区,区分,人\u3000口\n東区,本町１丁目,3\n{city},"本町\n１\u3000丁目",4\n'
    assert placed(read_people(csv_file(text), blocks=wards)) == {"101": 3, "102": 4}


def test_a_blank_city_is_the_one_above(csv_file, wards):
    text = "行政区,町名,人口\n東区,北町,1\n,本町1丁目,-\n西区,本町1丁目,4\n"
    assert placed(read_people(csv_file(text), blocks=wards)) == {"103": 1, "101": 0, "102": 4}


def test_a_block_of_another_city_is_never_taken(csv_file, wards):
    with pytest.raises(InputError, match=r"1 rows .* \(西区 北町 \(row 2\)\)"):
        read_people(csv_file("区,町名,人口\n西区,北町,1\n"), blocks=wards)


def test_what_is_no_city_tells_nothing_apart(csv_file, wards):
    assert placed(read_people(csv_file("区,町名,人口\n第1区,北町,1\n"), blocks=wards)) == {"103": 1}
    codes = wards.assign(city=["101"] * 5)
    assert placed(read_people(csv_file("区,町名,人口\n東区,北町,1\n"), blocks=codes)) == {"103": 1}


def test_the_city_goes_by_a_name_of_its_own(csv_file, wards):
    people = read_people(csv_file("どこ,町名,人口\n西区,本町1丁目,1\n"), blocks=wards, city="どこ")
    assert placed(people) == {"102": 1}


def test_totals_of_wards_and_the_city_are_left_aside_with_the_reason(csv_file, wards):
    text = "区,区分,人口\n全市,全市,12\n東区,東　区,5\n東区,本町1丁目,3\n東区,北町,2\n西区,,7\n西区,本町1丁目,7\n"
    people = read_people(csv_file(text), blocks=wards)
    assert placed(people) == {"101": 3, "103": 2, "102": 7}
    assert [(entry["row"], entry["reason"]) for entry in people.attrs["left_aside"]] == [
        (2, "a total"),
        (3, "a total of a city or ward"),
        (6, "a total of a city or ward"),
    ]


def test_a_row_without_a_block_is_no_total_unless_its_figures_say_so(csv_file, wards):
    with pytest.raises(InputError, match=r"西区 \(row 2\)"):
        read_people(csv_file("区,町名,人口\n西区,,8\n西区,本町1丁目,7\n"), blocks=wards)


def test_the_error_names_the_setting_that_lists_them(csv_file, wards):
    with pytest.raises(InputError, match=r'write unmatched = "aside" in \[people\]') as caught:
        read_people(csv_file("区,町名,人口\n西区,南町,1\n"), blocks=wards)
    assert "Where several blocks share a name, give their ids, or a column of the city" in str(caught.value)
    assert "(西区 南町 (row 2))" in str(caught.value)


def test_people_of_no_block_are_listed_with_their_number(csv_file, wards):
    text = (
        '区,町名,人口,0～64歳,65歳以上\n西区,本町1丁目,7,4,3\n北区,新町,"1,200",x,x\n西区,南町,30,20,10\n計,,1237,,\n'
    )
    people = read_people(csv_file(text), blocks=wards, unmatched="aside")
    check(people, PEOPLE, where="people")
    assert placed(people) == {"102": 7}
    assert [(e["file"], e["row"], e["value"], e["reason"]) for e in people.attrs["left_aside"][1:]] == [
        ("list.csv", 3, "北区 新町", "not among the blocks, in no figure (1,200 people)"),
        ("list.csv", 4, "西区 南町", "a name that several blocks have, in no figure (30 people)"),
    ]
    assert [(e["city"], e["block"], e["people"]) for e in people.attrs["unplaced"]] == [
        ("北区", "新町", 1200),
        ("西区", "南町", 30),
    ]


def test_a_file_of_other_places_may_stand_beside_one_of_these(csv_file, wards):
    paths = [csv_file("町名,人口\n北町,1\n", "a.csv"), csv_file("町名,人口\n遠い町,2\n", "b.csv")]
    people = read_people(paths, blocks=wards, unmatched="aside")
    assert placed(people) == {"103": 1}
    assert sum(entry["people"] for entry in people.attrs["unplaced"]) == 2


def test_people_of_whom_none_is_placed_are_an_error(csv_file, wards):
    with pytest.raises(InputError, match=r"None of the 2 blocks with people is among the blocks \(遠い町, 近い町\)"):
        read_people(csv_file("町名,人口\n遠い町,2\n近い町,1\n"), blocks=wards, unmatched="aside")


def test_figures_that_are_none_are_told_also_of_people_left_aside(csv_file, wards):
    with pytest.raises(InputError, match=r"1 cells are no whole number of people \(row 3, 人口: '多数'\)"):
        read_people(csv_file("町名,人口\n北町,2\n遠い町,多数\n"), blocks=wards, unmatched="aside")


def test_rows_by_sex_of_no_block_are_listed_once(csv_file, wards):
    text = "区,町名,性別,人口\n東区,北町,計,3\n,,男,1\n,,女,2\n北区,新町,男,4\n北区,新町,女,5\n"
    text += "西区,新町,男,1\n西区,新町,女,1\n"
    people = read_people(csv_file(text), blocks=wards, unmatched="aside")
    assert placed(people) == {"103": 3}
    assert [entry["people"] for entry in people.attrs["unplaced"]] == [4, 5, 1, 1]


def test_a_sex_below_a_heading_that_may_be_a_block_is_a_sex(csv_file, wards):
    text = "町丁目コード,区分,人口\n103,計,3\n,男,1\n,女,2\n"
    assert placed(read_people(csv_file(text), blocks=wards)) == {"103": 3}


def test_another_word_for_what_to_do_is_refused(csv_file, wards):
    with pytest.raises(InputError, match="unmatched: 'ignore' will not do"):
        read_people(csv_file("町名,人口\n北町,2\n"), blocks=wards, unmatched="ignore")
