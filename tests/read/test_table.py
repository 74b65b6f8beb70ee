import re

import pytest

from resourcemap.errors import InputError
from resourcemap.read.aside import is_total, without_other_rows
from resourcemap.read.formats import read_grids
from resourcemap.read.grid import Grid
from resourcemap.read.table import find_table


def table_of(rows, **options):
    return find_table([Grid("a.csv", None, rows)], "resources", needs=["name"], **options)[0]


def test_rows_keep_the_numbers_of_the_spreadsheet():
    table = table_of([["一覧"], [], ["名称", "住所"], ["A", "1"], [], ["B", "2"]])
    assert table.numbers == [4, 6]
    assert table.column("address") == ["1", "2"]
    assert table.column("phone") == ["", ""]


def test_short_rows_are_filled_and_long_rows_keep_their_extra_cells():
    table = table_of([["名称", "住所"], ["A"], ["B", "2", "?"]])
    assert table.rows == [["A", "", ""], ["B", "2", "?"]]
    assert table.headings == ("名称", "住所", "列3")


def test_two_headings_alike_are_told_apart():
    assert table_of([["名称", "備考", "備考"], ["A", "1", "2"]]).headings == ("名称", "備考", "備考 (2)")


def test_a_heading_over_merged_columns_joins_their_cells(workbook):
    rows = [["名称", "開所時間", "", "", "定員", ""], ["A", "7:00", "～", "22:00", 40, "名"]]
    grids = read_grids(workbook({"一": rows}, merged=["B1:D1", "E1:F1"]))
    table, _ = find_table(grids, "resources", needs=["name"])
    assert table.rows == [["A", "7:00～22:00", "40名"]]


def test_a_cell_merged_over_rows_counts_for_each(workbook):
    rows = [["名称", "会場", "住所"], ["サロン", "甲", "1"], ["", "乙", "2"], ["", "", ""], ["別", "丙", "3"]]
    grids = read_grids(workbook({"一": rows}, merged=["A2:A4"]))
    table, _ = find_table(grids, "resources", needs=["name"])
    assert table.column("name") == ["サロン", "サロン", "別"]
    assert table.numbers == [2, 3, 5]


def test_ditto_marks_repeat_the_cell_above():
    table = table_of([["名称", "住所"], ["A", "本町1"], ["B", "〃"], ["C", "同上"]])
    assert table.column("address") == ["本町1"] * 3


def test_a_second_row_of_headings_below_a_wide_one_is_used():
    rows = [["名称", "日時", "", "住所"], ["", "曜日", "開始時間", ""], ["A", "水", "10:00", "本町1"]]
    table = table_of(rows)
    assert table.headings == ("名称", "曜日", "開始時間", "住所")
    assert table.numbers == [3]


def test_the_sheet_whose_headings_say_most_is_read_and_the_others_are_told(workbook):
    sheets = {"メモ": [["この台帳"]], "名簿": [["名称"], ["x"]], "一覧": [["名称", "住所"], ["A", "1"]]}
    table, unread = find_table(read_grids(workbook(sheets)), "resources", needs=["name"])
    assert table.sheet == "一覧"
    assert [(entry["sheet"], entry["row"]) for entry in unread] == [("名簿", None), ("メモ", None)]


def test_a_sheet_of_examples_is_read_only_when_there_is_no_other(workbook):
    example = [["名称", "住所", "電話"], ["例", "1", "2"]]
    sheets = {"Sheet1": [["名称"], ["A"]], "入力例": example}
    assert find_table(read_grids(workbook(sheets)), "resources", needs=["name"])[0].sheet == "Sheet1"
    assert find_table(read_grids(workbook({"入力例": example})), "resources", needs=["name"])[0].sheet == "入力例"


@pytest.mark.parametrize("rows", [[], [[]], [["", " "]]])
def test_an_empty_sheet_is_told(rows):
    with pytest.raises(InputError, match=re.escape("a.csv: is empty. Write a row of headings")):
        table_of(rows)


def test_a_table_without_names_is_told_with_the_headings_seen():
    with pytest.raises(
        InputError, match=r"a\.csv: found no row of headings. It needs a column such as 名称.*seen.*住所, 色"
    ):
        table_of([["住所", "色"], ["本町1", "赤"]])


def test_a_wrong_name_for_a_column_is_told_even_when_nothing_else_is_found():
    with pytest.raises(InputError, match=r"Did you mean 'おみせの名'"):
        table_of([["おみせの名", "色"], ["A", "赤"]], columns={"name": "おみせ名"})


def aside_of(rows):
    kept, aside = without_other_rows(table_of(rows))
    return kept.numbers, [(entry["row"], entry["reason"]) for entry in aside]


HEAD = ["No", "名称", "住所", "定員"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["合計", "", "", "160"], "a total"),
        (["", "合　計", "", "160"], "a total"),
        (["", "計 3件", "", ""], "a total"),
        (["3", "", "", ""], "only a number"),
        (["№", "名称", "住所", "定員"], "headings again"),
        (["", "※定員は変わることがあります", "", ""], "a note"),
        (["", "令和8年4月1日現在", "", ""], "a note below the table"),
    ],
)
def test_rows_that_are_no_resources_are_left_aside_with_the_reason(row, reason):
    if reason == "headings again":
        row = HEAD
    assert aside_of([HEAD, ["1", "A", "本町1", ""], row]) == ([2], [(3, reason)])


def test_headings_may_come_again_in_the_middle():
    assert aside_of([HEAD, ["1", "A", "本町1", ""], HEAD, ["2", "B", "本町2", ""]])[0] == [2, 4]


@pytest.mark.parametrize("name", ["計画相談室", "合計サロン", "全体会", "総数の会"])
def test_names_that_begin_like_a_total_stay(name):
    assert aside_of([HEAD, ["1", name, "本町1", ""]]) == ([2], [])


def test_a_resource_with_a_name_alone_stays_above_one_that_says_more():
    assert aside_of([HEAD, ["1", "A", "", ""], ["2", "B", "本町1", ""]]) == ([2, 3], [])


def test_a_list_of_names_alone_keeps_all_its_rows():
    assert aside_of([["名称", "備考"], ["A", ""], ["B", ""]]) == ([2, 3], [])


def test_only_whole_words_are_totals():
    assert is_total(["", "総 計"])
    assert not is_total(["1", "2", "3", "合計"])


def test_a_numbered_last_row_is_a_resource_even_when_it_says_little():
    assert aside_of([HEAD, ["1", "A", "本町1", ""], ["2", "B", "", ""]]) == ([2, 3], [])


@pytest.mark.parametrize("sign", ["〃", "同　上", "（同上）", "々", '"', "上に同じ", "″"])
def test_every_spelling_of_ditto(sign):
    assert table_of([["名称", "住所"], ["A", "本町1"], ["B", sign]]).column("address") == ["本町1"] * 2


def test_the_same_as_left():
    assert table_of([["名称", "会場"], ["A会館", "同左"]]).column("venue") == ["A会館"]


def test_a_sign_in_the_first_row_stays():
    assert table_of([["名称", "会場"], ["々", "〃"]]).rows == [["々", "〃"]]


def test_a_second_row_may_have_words_that_are_not_known():
    rows = [["名称", "住所", "連絡先", ""], ["", "", "氏名", "電話番号"], ["A", "本町1", "山田", "03-1111-2222"]]
    table = table_of(rows)
    assert table.headings == ("名称", "住所", "氏名", "電話番号")
    assert (table.column("phone"), table.numbers) == (["03-1111-2222"], [3])


def test_a_first_row_of_few_cells_is_no_heading():
    rows = [["名称", "住所", "連絡先", ""], ["A", "", "", "電話"], ["B", "", "", ""]]
    assert table_of(rows).numbers == [2, 3]


@pytest.mark.parametrize("text", ["■西部", "【東部圏域】", "西部圏域", "◆北地区（3件）", "＜第一学区＞"])
def test_headings_of_sections_are_no_resources(text):
    rows = [["名称", "住所"], [text, ""], ["A", "本町1"], ["みんなの家", ""], ["B", "本町2"]]
    kept, aside = without_other_rows(table_of(rows))
    assert kept.column("name") == ["A", "みんなの家", "B"]
    assert [entry["reason"] for entry in aside] == ["the heading of a section"]


def test_a_name_like_a_section_is_kept_where_the_row_tells_more():
    rows = [["名称", "住所"], ["■西部サロン", "本町1"], ["東地区", "本町2"]]
    assert len(without_other_rows(table_of(rows))[0].rows) == 2
