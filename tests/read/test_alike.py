import openpyxl
import pytest

from resourcemap.errors import InputError
from resourcemap.read.resources import read_resources

HEAD = ["種類", "名称", "住所"]


def sheets(*areas):
    return {area: [HEAD, ["サロン", f"{area}サロン", "本町1"]] for area in areas}


def test_sheets_with_the_same_headings_are_one_list(workbook):
    salons = read_resources(workbook(sheets("東", "西", "南")))
    assert salons["source_sheet"].tolist() == ["東", "西", "南"]
    assert salons["source_row"].tolist() == [2, 2, 2]
    assert salons.attrs["left_aside"] == []
    assert len(salons.attrs["mapping"]) == 3
    assert salons["resource_id"].is_unique


def test_a_sheet_can_still_be_read_alone(workbook):
    assert read_resources(workbook(sheets("東", "西")), sheet="西")["name"].tolist() == ["西サロン"]


@pytest.mark.parametrize("name", ["令和6年度", "R6", "東 (2)", "旧データ", "終了分", "入力例"])
def test_other_states_of_a_list_are_not_read_but_told(workbook, name):
    salons = read_resources(workbook(sheets("東", name)))
    assert salons["source_sheet"].tolist() == ["東"]
    assert [(row["sheet"], row["row"]) for row in salons.attrs["left_aside"]] == [(name, None)]


def test_a_sheet_of_all_areas_counts_once(workbook):
    book = {"全体": [["No", *HEAD], ["1", "サロン", "甲", "本町1"], ["2", "サロン", "乙", "本町2"]]}
    book |= {
        "東": [["No", *HEAD], ["1", "サロン", "乙", "本町2"]],
        "西": [["No", *HEAD], ["1", "サロン", "丙", "本町3"]],
    }
    salons = read_resources(workbook(book))
    assert salons["name"].tolist() == ["甲", "乙", "丙"]
    assert [(row["sheet"], row["row"], row["reason"]) for row in salons.attrs["left_aside"]] == [
        ("東", 2, "a row that stands in a sheet before")
    ]


def test_sheets_with_other_headings_or_without_rows_are_told(workbook):
    salons = read_resources(workbook(sheets("東") | {"委員": [["名称", "役職"], ["甲", "長"]], "西": [HEAD]}))
    assert [row["sheet"] for row in salons.attrs["left_aside"]] == ["委員", "西"]


def test_ids_of_two_sheets_are_told_apart(workbook):
    book = {area: [["ID", *HEAD], ["S-01", "サロン", f"{area}サロン", "本町1"]] for area in ("東", "西")}
    assert read_resources(workbook(book))["resource_id"].tolist() == ["S-01", "S-01-s2"]


def test_cells_that_one_sheet_alone_keeps_are_nothing_in_the_others(workbook):
    book = {
        "東": [[*HEAD, "定員"], ["サロン", "甲", "本町1", "20名程度"]],
        "西": [[*HEAD, "定員"], ["サロン", "乙", "本町1", 20]],
    }
    assert read_resources(workbook(book))["own:定員"].tolist() == ["20名程度", None]


def test_faults_of_all_sheets_come_at_once(workbook):
    book = {area: [HEAD, ["なぞ", f"{area}サロン", "本町1"]] for area in ("東", "西")}
    with pytest.raises(InputError) as caught:
        read_resources(workbook(book))
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["list.xlsx [東]", "list.xlsx [西]"]


def test_hidden_rows_of_every_sheet_are_left_aside(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets("東", "西").items():
        sheet = book.create_sheet(name)
        for row in [*rows, ["サロン", f"{name}やめた", "本町1"]]:
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "a.xlsx")
    assert read_resources(tmp_path / "a.xlsx")["name"].tolist() == ["東サロン", "西サロン"]
