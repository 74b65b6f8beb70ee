import re
from datetime import date

import pandas as pd
import pytest

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.model.catalog import load_catalog
from resourcemap.model.tables import RESOURCES, check, own_column
from resourcemap.read.resources import COLUMNS, read_resources

MESSY = [
    ["みほん市　地域資源一覧"],
    ["令和８年４月１日現在"],
    ["基本", "", "", "場所"],
    [
        *["№", "種類", "名称", "会場名", "所在地", "開催曜日", "開始時間", "終了時間"],
        *["対象", "定員", "状態", "承諾", "最終確認日", "設備", "色"],
    ],
    [
        *[1, "ふれあいサロン", "ひだまり", "本町会館", "本町１－２", "水曜", "14：00", "16:00"],
        *["高齢者", "２０名", "", "有", "R8.3.1", "スロープ、駐車場なし", "赤"],
    ],
    [],
    [
        *["２", "こども食堂", "そらまめ", "", "本町2-2", "", "", ""],
        *["どなたでも", "多数", "休止中", "確認中", "去年の春", "", ""],
    ],
    ["合計", "", "2件"],
]
ABOVE = ["みほん市 地域資源一覧", "令和8年4月1日現在", "基本 場所"]


@pytest.fixture
def messy(workbook):
    return read_resources(workbook({"一覧": MESSY}))


def test_a_messy_sheet_is_read(messy):
    first = messy.iloc[0]
    assert first["kind"] == "salon"
    assert (first["name"], first["venue"], first["address"]) == ("ひだまり", "本町会館", "本町1-2")
    assert first["schedule"] == "水曜 14:00～16:00"
    assert (first["audience"], first["audience_text"]) == ("older", "高齢者")
    assert (first["capacity"], first["status"], first["place"]) == (20, "active", "venue")
    assert (first["consent"], first["channels"]) == ("有", "list;map;paper")
    assert first["verified_on"] == date(2026, 3, 1)
    assert first["facilities"] == "step_free"
    assert (first["source_file"], first["source_sheet"], first["source_row"]) == ("list.xlsx", "一覧", 5)


def test_all_columns_of_the_table_come_first_and_the_files_own_last(messy):
    assert tuple(messy.columns[: len(COLUMNS)]) == COLUMNS
    written = ["№", "種類", "定員", "状態", "最終確認日", "設備", "色"]
    assert list(messy.columns[len(COLUMNS) :]) == [*map(own_column, written), "geometry"]
    assert not {"located", "venue_id"} & set(messy.columns)


def test_the_result_passes_the_checks_of_the_table(messy):
    check(messy, [column for column in RESOURCES if column.name in COLUMNS], where="list.xlsx")


def test_what_is_missing_is_none(messy):
    second = messy.iloc[1]
    for column in ("venue", "schedule", "capacity", "verified_on", "channels", "facilities", "kana"):
        assert second[column] is None
    assert second["status"] == "suspended"
    assert second["consent"] == "確認中"


def test_what_was_left_aside_is_listed_with_row_column_and_reason(messy):
    entries = [(entry["row"], entry["column"], entry["value"], entry["reason"]) for entry in messy.attrs["left_aside"]]
    assert entries == [
        *((row + 1, None, text, "above the headings") for row, text in enumerate(ABOVE)),
        (7, "定員", "多数", "cannot be read as a number of people"),
        (7, "最終確認日", "去年の春", "cannot be read as a date"),
        (8, None, "合計 2件", "a total"),
    ]


def test_the_headings_found_are_told(messy):
    assert messy.attrs["columns"]["days"] == "開催曜日"
    assert messy.attrs["columns"]["name"] == "名称"


def test_reasons_are_in_the_language_of_the_user(workbook):
    with speaking("ja"):
        salons = read_resources(workbook({"一覧": MESSY}))
    assert salons.attrs["left_aside"][-1]["reason"] == "合計の行"


def test_ids_do_not_depend_on_the_order_of_rows(csv_file):
    rows = [f"サロン,さろん{number % 7},本町{number % 3}-1,{weekday}" for number in range(20) for weekday in "月火"]
    heading = "種類,名称,住所,開催日\n"
    one = read_resources(csv_file(heading + "\n".join(rows)))
    rows = rows[::3] + rows[2::3] + rows[1::3]
    other = read_resources(csv_file(heading + "\n".join(rows)))
    assert one["resource_id"].is_unique
    key = ["name", "address", "schedule"]
    ids = [sorted(zip(*(table[column] for column in [*key, "resource_id"]), strict=True)) for table in (one, other)]
    assert [row[:3] for row in ids[0]] == [row[:3] for row in ids[1]]
    assert ids[0] == ids[1]


def test_ids_do_not_depend_on_width_or_schedule(csv_file):
    one = read_resources(csv_file("種類,名称,住所,開催日\nサロン,ひだまり,本町一丁目2,月\n"))
    other = read_resources(csv_file("種類,名称,住所,開催日\nふれあいサロン,ひだまり,本町１丁目２,火\n"))
    assert one["resource_id"].tolist() == other["resource_id"].tolist()
    assert re.fullmatch("r[0-9a-f]{10}", one["resource_id"][0])


def test_the_venues_of_one_activity_share_its_id(csv_file):
    salons = read_resources(
        csv_file("種類,名称,運営,会場\nサロン,ひだまり,会,甲\nサロン,ひだまり,会,乙\nサロン,別,会,甲\n")
    )
    assert salons["activity_id"].nunique() == 2
    assert salons["resource_id"].nunique() == 3


@pytest.mark.parametrize(
    ("ids", "kept"), [("S-1,S-2", True), ("370001,370009", True), ("1,2", False), ("S-1,S-1", False)]
)
def test_own_ids_are_kept_unless_they_are_running_numbers_or_used_twice(csv_file, ids, kept):
    one, two = ids.split(",")
    salons = read_resources(csv_file(f"管理番号,種類,名称\n{one},サロン,A\n{two},サロン,B\n"))
    assert (salons["resource_id"].tolist() == [one, two]) is kept
    assert ("own:管理番号" in salons.columns) is not kept


def test_kind_and_consent_of_a_whole_file_can_be_given(csv_file):
    salons = read_resources(csv_file("名称,Type\nA,認可保育所\n"), kind="learning", consent="有")
    assert (salons["kind"][0], salons["channels"][0], salons["own:Type"][0]) == (
        "learning",
        "list;map;paper",
        "認可保育所",
    )


def test_the_consent_column_of_a_file_comes_before_one_that_is_given(csv_file):
    salons = read_resources(csv_file("名称,承諾\nA,×\nB,\n"), kind="salon", consent="有")
    assert salons["channels"].isna().all()


def test_kinds_of_the_project_are_known(csv_file):
    catalog = load_catalog().with_kinds({"nursery": {"ja": "保育所"}})
    assert read_resources(csv_file("名称,種類\nA,認可保育所\n"), catalog=catalog)["kind"].tolist() == ["nursery"]


def test_unknown_kinds_are_told_with_rows_and_what_to_do(csv_file):
    path = csv_file("名称,種類\nD,\nA,サロソ\nB,認可保育所\nC,認可保育所\n")
    with pytest.raises(InputError) as caught:
        read_resources(path)
    blank, unknown = caught.value.faults
    assert blank == "list.csv: 1 of 4 rows have no kind (rows 2). Fill it in."
    assert "'認可保育所' (2 rows, first 4)" in unknown
    assert "'サロソ' (1 rows, first 3, did you mean 'サロン'?)" in unknown
    assert "[kinds.your_id]" in unknown


def test_a_file_without_kinds_needs_one(csv_file):
    with pytest.raises(InputError, match="there is no column of kinds"):
        read_resources(csv_file("名称,住所\nA,本町1\n"))
    with pytest.raises(InputError, match="did you mean 'salon'"):
        read_resources(csv_file("名称,住所\nA,本町1\n"), kind="saloon")


def test_a_row_without_a_name_is_told(csv_file):
    with pytest.raises(InputError, match=re.escape("1 of 2 rows have no name (rows 3). Fill it in, or delete them.")):
        read_resources(csv_file("名称,種類,住所\nA,サロン,本町1\n,サロン,本町2\n"))


def test_headings_without_rows_are_told(csv_file):
    with pytest.raises(InputError, match="has no rows below its headings"):
        read_resources(csv_file("名称,種類\n"))


def test_columns_name_headings_that_are_not_known(csv_file):
    path = csv_file("お店,どんな所,住所\nA,サロン,本町1\n")
    salons = read_resources(path, columns={"name": "お店", "kind": "どんな所"})
    assert salons[["name", "kind"]].to_numpy().tolist() == [["A", "salon"]]


def test_an_error_of_excel_is_no_value(csv_file):
    salons = read_resources(csv_file("名称,種類,電話\nA,サロン,#N/A\n"))
    assert salons["phone"][0] is None
    assert salons.attrs["left_aside"][0]["reason"] == "an error of Excel"


def test_the_words_for_nothing_are_no_phone(csv_file):
    assert read_resources(csv_file("名称,種類,電話\nA,サロン,なし\n"))["phone"][0] is None


def test_line_breaks_stay_in_notes_only(csv_file):
    salons = read_resources(csv_file('名称,種類,内容,費用\nA,サロン,"一\n二","100円\n子ども無料"\n'))
    assert (salons["description"][0], salons["cost"][0]) == ("一\n二", "100円 子ども無料")


def test_a_heading_of_the_file_never_hides_a_column_of_ours(csv_file):
    salons = read_resources(csv_file("名称,種類,geometry,channels\nA,サロン,x,map\n"))
    assert salons["channels"][0] is None
    assert salons["own:channels"][0] == "map"
    assert salons["own:geometry"][0] == "x"


def test_the_same_file_gives_the_same_table(workbook):
    path = workbook({"一覧": MESSY})
    pd.testing.assert_frame_equal(pd.DataFrame(read_resources(path)), pd.DataFrame(read_resources(path)))


def test_cp932_and_utf8_give_the_same_rows(csv_file):
    text = "名称,種類,住所\n髙橋①サロン,サロン,本町1～2\n"
    one = read_resources(csv_file(text, name="a.csv"))
    other = read_resources(csv_file(text, name="b.csv", encoding="cp932"))
    assert one["name"].tolist() == other["name"].tolist()
    assert one["resource_id"].tolist() == other["resource_id"].tolist()


def test_a_name_says_that_it_is_paused_and_a_status_that_nobody_can_go(csv_file):
    rows = [
        "サロン,ひだまり（休止中）,本町1,",
        "サロン,みどり（休止中）,本町1,活動中",
        "サロン,もも,本町1,オンラインのみ実施",
    ]
    salons = read_resources(csv_file("\n".join(["種類,名称,住所,状態", *rows])))
    assert salons["status"].tolist() == ["suspended", "active", "active"]
    assert salons["place"].tolist() == ["venue", "venue", "none"]
