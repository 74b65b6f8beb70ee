"""Filled worksheets merged back: what changes, what does not, what is refused, and what is remembered."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.model import worksheet as form
from resourcemap.project.merge import merging
from resourcemap.project.merge.history import HEADINGS
from resourcemap.project.merge.merging import plan_merge, take_merge
from resourcemap.project.merge.words import merge_report
from resourcemap.project.project import open_project
from resourcemap.project.sources import source_cells
from resourcemap.project.worksheet import write_worksheets
from resourcemap.read.cells import clean
from tests.conftest import copy_sample
from tests.project.merge.conftest import small_town, write_worksheet


def bytes_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def texts(project):
    cells = source_cells(project)
    return {row.where: {name: cell.text for name, cell in row.cells.items()} for row in cells.rows.values()}


def merged(project, *worksheets, **options):
    plan = plan_merge(project, worksheets, **options)
    return plan, take_merge(project, plan)


def history(folder):
    rows = list(csv.reader(io.StringIO((folder / "data/history.csv").read_text("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == HEADINGS
    return [dict(zip(HEADINGS, row, strict=True)) for row in rows[1:]]


def test_no_edits_change_nothing_to_the_byte(town, worksheet, tmp_path):
    path = worksheet(town, tmp_path / "w.xlsx")
    before = bytes_of(tmp_path)
    plan, files = merged(town, path)
    assert (files, plan.takes, bytes_of(tmp_path)) == ([], False, before)
    assert merge_report(plan).notes == ("Nothing was filled in.",)


def test_edits_are_exactly_the_differences_of_the_sources(town, worksheet, tmp_path, ids):
    id_ = ids(town)
    changes = {
        id_["ひだまり"]: {"phone": "03-9", "verified_on": "2026-11-20", "capacity": "25", "notes": "2階"},
        id_["きんぎょ"]: {"notes": ""},
        id_["カフェ 風"]: {"start": "10:30", "verified_on": "2026-11-20", "notes": 'A "x", y'},
    }
    before = texts(town)
    files = bytes_of(tmp_path)
    plan, written = merged(town, worksheet(town, tmp_path / "w.xlsx", changes))
    after = texts(open_project(tmp_path))
    expected = {where: dict(row) for where, row in before.items()}
    expected["a.xlsx 一覧!3"] |= {"phone": "03-9", "verified_on": "2026-11-20", "capacity": "25", "notes": "2階"}
    expected["a.xlsx 一覧!4"] |= {"notes": ""}
    expected["b.csv 2"] |= {"start": "10:30", "verified_on": "R8.11.20", "notes": 'A "x", y'}
    assert after == expected
    names = [path.relative_to(tmp_path).as_posix() for path in written]
    backups = [name for name in names if name.startswith("internal/backup/")]
    assert [name for name in names if name not in backups] == ["a.xlsx", "b.csv", "data/history.csv"]
    assert [(tmp_path / name).read_bytes() for name in backups] == [files["a.xlsx"], files["b.csv"]]
    assert len(plan.differences.edits) == 8
    old = files["b.csv"].decode("cp932")
    line = 'カフェ,"カフェ 風",本町5-6,03-4,月,10:30,12:00,有,R8.11.20,"A ""x"", y"\r\n'
    assert (tmp_path / "b.csv").read_bytes().decode("cp932") == old.splitlines(keepends=True)[
        0
    ] + line + old.splitlines(keepends=True)[2]


def test_a_day_of_a_date_column_stays_a_date_for_excel(town, worksheet, tmp_path, ids):
    changes = {ids(town)[name]: {"verified_on": "2026-11-20"} for name in ("ひだまり", "にじ食堂")}
    merged(town, worksheet(town, tmp_path / "w.xlsx", changes))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [(sheet.cell(row, 10).value.isoformat()[:10], sheet.cell(row, 10).number_format) for row in (3, 5)] == [
        ("2026-11-20", "yyyy/m/d"),
        ("2026-11-20", "yyyy/m/d"),
    ]


def test_columns_that_a_source_lacks_are_added(town, worksheet, tmp_path, ids):
    id_ = ids(town)
    changes = {id_["ひだまり"]: {"verified_by": "山田", "csw": "佐藤"}, id_["カフェ波"]: {"verified_by": "鈴木"}}
    merged(town, worksheet(town, tmp_path / "w.xlsx", changes))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [sheet.cell(2, place).value for place in (11, 12, 13)] == ["備考", "確認者", "担当CSW"]
    lines = (tmp_path / "b.csv").read_bytes().decode("cp932").split("\r\n")
    assert (lines[0][-4:], lines[2]) == (",確認者", "カフェ,カフェ波,,,火,,,無,,,鈴木")
    again = open_project(tmp_path)
    assert again.resources["verified_by"].tolist() == ["山田", None, None, None, "鈴木"]
    assert again.resources["csw"].tolist()[0] == "佐藤"


def test_the_history_says_when_who_what_and_both_ids(town, worksheet, tmp_path, ids):
    id_ = ids(town)
    changes = {
        id_["ひだまり"]: {"name": "ひだまりの家", "verified_by": "山田"},
        id_["カフェ波"]: {"csw": "佐藤", "notes": "波"},
    }
    merged(town, worksheet(town, tmp_path / "w.xlsx", changes, notes={id_["きんぎょ"]: "=休み中らしい"}))
    lines = history(tmp_path)
    new = ids(open_project(tmp_path))["ひだまりの家"]
    assert new != id_["ひだまり"]
    named = lines[0]
    assert (named["項目"], named["前"], named["後"]) == ("名称", "ひだまり", "ひだまりの家")
    assert (named["確認者"], named["ファイル"], named["シート"], named["行"]) == ("山田", "a.xlsx", "一覧", "3")
    assert (named["前の番号"], named["番号"]) == (id_["ひだまり"], new)
    assert {(line["項目"], line["確認者"]) for line in lines if line["ファイル"] == "b.csv"} == {
        ("備考", "佐藤"),
        ("担当CSW", "佐藤"),
    }
    assert [line["後"] for line in lines if line["項目"] == form.NOTE] == ["'=休み中らしい"]
    assert (tmp_path / "data/history.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_history_is_only_added_to(town, worksheet, tmp_path, ids):
    merged(town, worksheet(town, tmp_path / "w.xlsx", {ids(town)["ひだまり"]: {"phone": "1"}}))
    first = (tmp_path / "data/history.csv").read_bytes()
    again = open_project(tmp_path)
    merged(again, worksheet(again, tmp_path / "w.xlsx", {ids(again)["ひだまり"]: {"phone": "2"}}))
    assert (tmp_path / "data/history.csv").read_bytes().startswith(first)
    assert [(line["前"], line["後"]) for line in history(tmp_path)] == [("03-1", "1"), ("1", "2")]


def test_a_worksheet_merged_twice_is_merged_already(town, worksheet, tmp_path, ids):
    id_ = ids(town)
    changes = {
        id_["ひだまり"]: {"name": "ひだまりの家", "phone": "1", "verified_on": "2026-11-20"},
        id_["カフェ 風"]: {"days": "火"},
    }
    path = worksheet(town, tmp_path / "w.xlsx", changes, notes={id_["きんぎょ"]: "電話に出ない"})
    merged(town, path)
    before = bytes_of(tmp_path)
    plan, files = merged(open_project(tmp_path), path)
    assert (files, plan.differences.already, plan.differences.conflicts) == ([], 4, ())
    assert merge_report(plan).notes[0] == "It has been merged already."
    assert bytes_of(tmp_path) == before


def test_a_second_worksheet_of_a_resource_that_got_another_name_finds_it(town, worksheet, tmp_path, ids):
    id_ = ids(town)
    one = worksheet(town, tmp_path / "one.xlsx", {id_["ひだまり"]: {"name": "ひだまりの家", "venue": "新会館"}})
    two = worksheet(town, tmp_path / "two.xlsx", {id_["ひだまり"]: {"phone": "1"}})
    merged(town, one)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book.active.insert_rows(3)  # and its row has moved, too
    for place, text in enumerate(["サロン", "はじめの会"], start=1):
        book.active.cell(3, place).value = text
    book.save(tmp_path / "a.xlsx")
    plan, _ = merged(open_project(tmp_path), two)
    assert [(edit.row.where, edit.new) for edit in plan.differences.edits] == [("a.xlsx 一覧!4", "1")]


def test_a_source_that_changed_since_conflicts_unless_it_says_the_same(town, worksheet, tmp_path, ids):
    id_ = ids(town)
    changes = {id_["ひだまり"]: {"phone": "1", "notes": "2階"}, id_["きんぎょ"]: {"phone": "2"}}
    path = worksheet(town, tmp_path / "w.xlsx", changes)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book.active["F3"], book.active["F4"] = "9", "２"
    book.save(tmp_path / "a.xlsx")
    before = bytes_of(tmp_path)
    plan, files = merged(open_project(tmp_path), path)
    [conflict] = plan.differences.conflicts
    assert conflict.what.startswith(
        "w.xlsx row 5 ひだまり 電話 '1': the source (a.xlsx 一覧!3) has changed since from '03-1' to '9'."
    )
    assert (plan.refused, files, plan.differences.already, bytes_of(tmp_path)) == (True, [], 1, before)
    assert merge_report(plan).notes[0].startswith("Something cannot be taken, so nothing is changed.")


def test_a_row_with_a_conflict_is_left_whole_and_others_are_taken_when_asked(town, worksheet, tmp_path, ids):
    id_ = ids(town)
    changes = {id_["ひだまり"]: {"phone": "1", "verified_on": "未定"}, id_["きんぎょ"]: {"phone": "2"}}
    path = worksheet(town, tmp_path / "w.xlsx", changes)
    plan, _ = merged(town, path, skip_conflicts=True)
    assert [conflict.what for conflict in plan.differences.conflicts] == [
        "w.xlsx row 5 ひだまり 最終確認日 '未定': cannot be read as a date"
    ]
    assert [(edit.column, edit.new) for edit in plan.differences.held] == [("phone", "1")]
    assert open_project(tmp_path).resources["phone"].tolist()[:2] == ["03-1", "2"]


@pytest.mark.parametrize(
    ("name", "column", "text", "why"),
    [
        ("ひだまり", "verified_on", "11月ごろ", "cannot be read as a date"),
        ("ひだまり", "consent", "たぶん", "not a word of consent that is known; not published"),
        ("ひだまり", "capacity", "そこそこ", "cannot be read as a number of people"),
        ("ひだまり", "name", "", "a name cannot be taken out."),
        ("ひだまり", "kind", "なにか", "an unknown kind. Known:"),
        ("ひだまり", "kind", "", "an unknown kind. Known:"),
        ("きんぎょ", "phone", "〃", "it would be read back as '03-1'"),
        ("ひだまり", "phone", "a\x0bb", "it holds U+000B"),
        ("カフェ 風", "notes", "♥", "'♥' (BLACK HEART SUIT) cannot be written in the encoding of this file."),
    ],
)
def test_values_that_cannot_be_are_refused(town, worksheet, tmp_path, ids, monkeypatch, name, column, text, why):
    path = worksheet(town, tmp_path / "w.xlsx", {ids(town)[name]: {column: text.replace("\x0b", "")}})
    if "\x0b" in text:
        read = merging.read_worksheet(path)
        row = read.rows[0]
        row.now[column] = text
        monkeypatch.setattr(merging, "read_worksheet", lambda _: read)
    before = bytes_of(tmp_path)
    plan, files = merged(town, path)
    assert [conflict.what.partition(": ")[2].startswith(why) for conflict in plan.differences.conflicts] == [True]
    assert (files, bytes_of(tmp_path)) == ([], before)


@pytest.mark.usefixtures("town")
def test_formulas_rows_added_by_hand_and_ids_that_are_gone_are_refused(worksheet, tmp_path, ids):
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book.active["G5"] = "=10+2"
    book.save(tmp_path / "a.xlsx")
    again = open_project(tmp_path)
    id_ = ids(again)
    path = worksheet(again, tmp_path / "w.xlsx", {id_["にじ食堂"]: {"capacity": "30"}, id_["きんぎょ"]: {"phone": "2"}})
    filled = openpyxl.load_workbook(path)
    filled[form.SHEET].append(["r000", "新しい会"])
    filled.save(path)
    book.active.delete_rows(4)
    book.save(tmp_path / "a.xlsx")
    plan, files = merged(open_project(tmp_path), path)
    said = [conflict.what for conflict in plan.differences.conflicts]
    assert said[0].startswith("w.xlsx row 10: the id 'r000' was not there when the worksheet was made.")
    assert said[1].startswith(f"w.xlsx row 6 きんぎょ: the source (a.xlsx 一覧!4) no longer has '{id_['きんぎょ']}'.")
    assert said[2].startswith("w.xlsx row 7 にじ食堂 定員 '30': the cell holds a formula, which would be lost.")
    assert (len(said), files) == (3, [])


def test_two_worksheets_must_say_the_same_of_one_field(town, worksheet, tmp_path, ids):
    id_ = ids(town)
    one = worksheet(town, tmp_path / "one.xlsx", {id_["ひだまり"]: {"phone": "1"}, id_["きんぎょ"]: {"phone": "2"}})
    two = worksheet(town, tmp_path / "two.xlsx", {id_["ひだまり"]: {"phone": "9"}, id_["きんぎょ"]: {"phone": "２"}})
    plan = plan_merge(town, [one, two])
    assert [conflict.what for conflict in plan.differences.conflicts] == [
        "two.xlsx row 5 ひだまり 電話 '9': one.xlsx row 5 says '1'. Make them say the same."
    ]
    assert [edit.new for edit in plan.differences.edits] == ["2"]


def test_cells_that_others_rest_on_are_refused(tmp_path, worksheet):
    (tmp_path / "a.csv").write_text("種類,名称,電話\nサロン,A,1\n〃,B,〃\n", encoding="utf-8")
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "a.csv"\n', encoding="utf-8")
    project = open_project(tmp_path)
    one, two = project.resources["resource_id"]
    plan = plan_merge(project, [worksheet(project, tmp_path / "w.xlsx", {one: {"phone": "2"}})])
    [conflict] = plan.differences.conflicts
    assert "another row (a.csv 3) would change, too (merged cells, 〃, a new column)" in conflict.what
    path = worksheet(project, tmp_path / "w.xlsx", {one: {"phone": "2"}, two: {"phone": "3"}})
    assert not plan_merge(project, [path]).differences.conflicts
    _, files = merged(project, worksheet(project, tmp_path / "w.xlsx", {two: {"phone": "3"}}))
    assert files
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "種類,名称,電話\nサロン,A,1\n〃,B,3\n"


def test_a_new_column_of_consent_must_not_unpublish_the_others(tmp_path, worksheet):
    (tmp_path / "a.csv").write_text("種類,名称\nサロン,A\nサロン,B\n", encoding="utf-8")
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "a.csv"\nconsent = "有"\n', encoding="utf-8")
    project = open_project(tmp_path)
    path = worksheet(project, tmp_path / "w.xlsx", {project.resources["resource_id"][0]: {"consent": "無"}})
    [conflict] = plan_merge(project, [path]).differences.conflicts
    assert "another row (a.csv 3) would change, too" in conflict.what


def test_a_kind_that_the_settings_say_cannot_be_changed(tmp_path, worksheet):
    (tmp_path / "a.csv").write_text("種類,名称\nサロン,A\n", encoding="utf-8")
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "a.csv"\nkind = "cafe"\n', encoding="utf-8")
    project = open_project(tmp_path)
    path = worksheet(
        project, tmp_path / "w.xlsx", {project.resources["resource_id"][0]: {"serves": "全市", "kind": "居場所"}}
    )
    book = openpyxl.load_workbook(path)
    headings = [cell.value for cell in book[form.SHEET][form.HEADING_ROW]]
    assert "種類" not in headings  # it is no column of ours there
    assert [edit.column for edit in plan_merge(project, [path]).differences.edits] == []


def test_sources_that_cannot_be_written_are_told(tmp_path, worksheet):
    text = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"名称": "A", "種類": "サロン"},'
        ' "geometry": {"type": "Point", "coordinates": [139.7, 35.7]}}]}'
    )
    (tmp_path / "a.geojson").write_text(text, encoding="utf-8")
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "a.geojson"\n', encoding="utf-8")
    project = open_project(tmp_path)
    path = worksheet(project, tmp_path / "w.xlsx", {project.resources["resource_id"][0]: {"verified_on": "2026-11-20"}})
    with speaking("ja"):
        [conflict] = plan_merge(project, [path]).differences.conflicts
    assert conflict.what.endswith("a.geojson には書き戻せません（書き戻せるのは .xlsx .xlsm .csv .tsv .txt）")


def test_twins_may_change_their_ids_which_the_history_tells(tmp_path, worksheet):
    (tmp_path / "a.csv").write_text("種類,名称,日時\nサロン,A,1月\nサロン,A,2月\n", encoding="utf-8")
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "a.csv"\n', encoding="utf-8")
    project = open_project(tmp_path)
    one, two = project.resources["resource_id"]
    path = worksheet(project, tmp_path / "w.xlsx", {one: {"schedule": "3月"}})
    merged(project, path)
    assert open_project(tmp_path).resources["resource_id"].tolist() == [two, one]
    assert [(line["行"], line["項目"], line["前の番号"], line["番号"]) for line in history(tmp_path)] == [
        ("2", "開催日時", one, two),
        ("3", "番号", two, one),
    ]
    plan, files = merged(open_project(tmp_path), path)
    assert (files, plan.differences.already) == ([], 1)


def test_a_name_that_the_settings_know_a_row_by_is_refused(tmp_path, worksheet):
    (tmp_path / "a.csv").write_text("種類,名称,電話\nサロン,A,1\nサロン,A会,2\nサロン,B,3\n", encoding="utf-8")
    settings_ = '[[same]]\nrows = ["a.csv 2", "a.csv 3"]\nnames = ["A", "A会"]\n[[resources]]\nfile = "a.csv"\n'
    (tmp_path / "resourcemap.toml").write_text(settings_, encoding="utf-8")
    project = open_project(tmp_path)
    one, two = project.resources["resource_id"]
    path = worksheet(project, tmp_path / "w.xlsx", {one: {"name": "AA"}, two: {"phone": "4"}})
    plan, _ = merged(project, path, skip_conflicts=True)
    [conflict] = plan.differences.conflicts
    assert "'AA': [[same]] a.csv 2, a.csv 3: the names were A, A会 and are now AA, A会." in conflict.what
    assert open_project(tmp_path).resources["phone"].tolist() == ["1", "4"]


def test_rights_of_the_sources_stay(town, worksheet, tmp_path, ids):
    (tmp_path / "b.csv").chmod(0o600)
    merged(town, worksheet(town, tmp_path / "w.xlsx", {ids(town)["カフェ 風"]: {"phone": "1"}}))
    assert (tmp_path / "b.csv").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.rglob(".*")) == []


def test_a_source_that_changes_while_one_thinks_is_not_written(town, worksheet, tmp_path, ids):
    plan = plan_merge(town, [worksheet(town, tmp_path / "w.xlsx", {ids(town)["カフェ 風"]: {"phone": "1"}})])
    (tmp_path / "b.csv").write_bytes((tmp_path / "b.csv").read_bytes() + b"\r\n")
    before = bytes_of(tmp_path)
    with pytest.raises(InputError, match=r"b\.csv: has changed in the meantime\. Run merge again\."):
        take_merge(town, plan)
    assert bytes_of(tmp_path) == before


def test_all_files_are_written_or_none(town, worksheet, tmp_path, ids, monkeypatch):
    id_ = ids(town)
    changes = {id_["ひだまり"]: {"phone": "1"}, id_["カフェ 風"]: {"phone": "1"}}
    plan = plan_merge(town, [worksheet(town, tmp_path / "w.xlsx", changes)])
    before = bytes_of(tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(merging, "with_lines", full)
    with pytest.raises(OSError, match="No space left"):
        take_merge(town, plan)
    assert {name: content for name, content in bytes_of(tmp_path).items() if not name.startswith("internal")} == before


@pytest.mark.usefixtures("town")
def test_backups_are_never_written_over(worksheet, tmp_path, ids, monkeypatch):
    same = merging.moment()
    monkeypatch.setattr(merging, "moment", lambda: same)
    for phone in ("1", "2", "3"):
        project = open_project(tmp_path)
        merged(project, worksheet(project, tmp_path / "w.xlsx", {ids(project)["カフェ 風"]: {"phone": phone}}))
    names = sorted(path.name for path in (tmp_path / "internal/backup").iterdir())
    stem = f"b.{same:%Y%m%d-%H%M%S}"
    assert names == [f"{stem}-2.csv", f"{stem}-3.csv", f"{stem}.csv"]


def test_a_history_with_other_headings_is_refused(town, worksheet, tmp_path, ids):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/history.csv").write_text("a,b\n", encoding="utf-8")
    path = worksheet(town, tmp_path / "w.xlsx", {ids(town)["ひだまり"]: {"phone": "1"}})
    with pytest.raises(InputError, match=r"data/history\.csv: its headings are not 日時, 確認者"):
        plan_merge(town, [path])


def test_widths_and_blanks_are_no_change(town, worksheet, tmp_path, ids):
    changes = {ids(town)["ひだまり"]: {"phone": " ０３－１ ", "verified_on": "2025/4/1"}}
    assert not plan_merge(town, [worksheet(town, tmp_path / "w.xlsx", changes)]).takes


WORDS = st.text(st.sampled_from("あ本町1丁目 A-,\"'<&>\n　（）〜:/@=+ｱ①髙"), max_size=8)
COLUMNS = ("venue", "address", "phone", "notes", "verified_by", "provider", "days", "start", "csw", "name")


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_edits_merged_back_are_exactly_these_edits(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("town")
    project = small_town(folder)
    ids_ = project.resources["resource_id"].tolist()
    edits = data.draw(st.dictionaries(st.tuples(st.sampled_from(ids_), st.sampled_from(COLUMNS)), WORDS, max_size=6))
    changes: dict[str, dict[str, str]] = {}
    for (id_, column), text in edits.items():
        changes.setdefault(id_, {})[column] = text
    cells = source_cells(project)
    path = write_worksheet(project, folder / "w.xlsx", changes)
    plan = plan_merge(project, [path], skip_conflicts=True)
    left = {conflict.row for conflict in plan.differences.conflicts}
    take_merge(project, plan)
    after = {(row.file, row.sheet, row.row): row.cells for row in source_cells(open_project(folder)).rows.values()}
    assert len(after) == len(ids_)
    for row in cells.rows.values():
        place = (row.file, row.sheet, row.row)
        wanted = {} if place in left else changes.get(row.resource_id, {})
        for name in {*row.cells, *after[place], *wanted}:
            now = clean(after[place][name].text) if name in after[place] else ""
            was = clean(row.cells[name].text) if name in row.cells else ""
            new = clean(wanted.get(name, was)).replace("〜", "～")
            assert now.replace("〜", "～") == new.replace("〜", "～"), (place, name)


def two_areas(folder):
    book = openpyxl.Workbook()
    for name in ("東", "西"):
        sheet = book.create_sheet(name)
        for row in (["種類", "名称", "電話"], ["サロン", f"{name}サロン", "1"], ["カフェ", f"{name}カフェ", "2"]):
            sheet.append(row)
    del book["Sheet"]
    book.save(folder / "a.xlsx")
    (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "a.xlsx"\n', encoding="utf-8")
    return open_project(folder)


def test_a_new_column_is_added_to_every_sheet_of_a_list(tmp_path, worksheet, ids):
    project = two_areas(tmp_path)
    changes = {ids(project)["西カフェ"]: {"verified_by": "山田", "phone": "3"}}
    merged(project, worksheet(project, tmp_path / "w.xlsx", changes))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [[cell.value for cell in sheet["D"]] for sheet in book] == [["確認者", None, None], ["確認者", None, "山田"]]
    assert open_project(tmp_path).resources["verified_by"].tolist() == [None, None, None, "山田"]


def test_the_one_row_that_spoils_the_others_is_found(tmp_path, worksheet, ids):
    project = two_areas(tmp_path)
    id_ = ids(project)
    changes = {each: {"phone": f"7{number}"} for number, each in enumerate(id_.values())}
    changes[id_["西カフェ"]] = {
        "name": "東カフェ",
        "kind": "カフェ",
        "phone": "2",
    }  # a row that stands in the other sheet
    changes[id_["東カフェ"]] = {}
    plan, _ = merged(project, worksheet(project, tmp_path / "w.xlsx", changes), skip_conflicts=True)
    assert {conflict.row for conflict in plan.differences.conflicts} == {("a.xlsx", "西", 3)}
    assert open_project(tmp_path).resources["phone"].tolist() == ["70", "2", "72", "2"]


def test_the_worksheets_of_the_sample_change_nothing_until_they_are_filled_in(tmp_path):
    folder = tmp_path / "みほん"
    copy_sample(folder)
    worksheets = write_worksheets(open_project(folder)).files
    before = bytes_of(folder)
    project = open_project(folder)
    plan, files = merged(project, *worksheets)
    assert sum(len(each.rows) for each in plan.worksheets) == 199  # all but the four that have ended
    assert (files, plan.differences.conflicts, bytes_of(folder)) == ([], (), before)
    texts_before = texts(project)
    expected = {where: dict(row) for where, row in texts_before.items()}
    for path in worksheets:
        book = openpyxl.load_workbook(path)
        sheet = book[form.SHEET]
        headings = [cell.value for cell in sheet[form.HEADING_ROW]]
        hidden = {row[3].value: row for row in book[form.ORIGINALS].iter_rows(min_row=3)}
        for row in sheet.iter_rows(min_row=form.HEADING_ROW + 1):
            file, name, number = (cell.value for cell in hidden[row[0].value][:3])
            where = f"{file} {name}!{number}" if name else f"{file} {number}"
            row[headings.index("電話")].value = expected[where]["phone"] = f"000-{number}"
            row[headings.index("確認者")].value = expected[where]["verified_by"] = "山田"
        book.save(path)
    plan, files = merged(open_project(folder), *worksheets)
    assert (len(plan.differences.edits), plan.differences.conflicts) == (398, ())
    after = texts(open_project(folder))
    for row in after.values():
        row.setdefault("verified_by", "")
    assert after == {where: {"verified_by": "", **row} for where, row in expected.items()}
