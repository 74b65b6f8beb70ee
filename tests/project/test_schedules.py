"""What `check` says of schedules that were not understood."""

from __future__ import annotations

import pandas as pd

from resourcemap.language import speaking
from resourcemap.project.project import open_project
from resourcemap.project.schedules import schedule_notes
from resourcemap.project.steps import run
from resourcemap.read.schedules.parse import read_schedule


def notes_of(*texts, language="en"):
    table = pd.DataFrame(
        {
            "source_file": "list.xlsx",
            "source_sheet": "一覧",
            "source_row": range(2, 2 + len(texts)),
            "schedule": pd.Series(texts, dtype=object),
        }
    )
    with speaking(language):
        return schedule_notes(table, table["schedule"].map(lambda text: read_schedule(text or "")))


def test_nothing_is_said_of_what_was_understood():
    assert notes_of("毎週水曜 10時〜12時", None, "不定期") == []


def test_the_first_five_texts_then_a_count():
    count, *rows = notes_of(*[f"第{number}会議室" for number in range(10, 17)], "第10会議室", "毎週水曜 春のみ")
    assert count.startswith("9 of 9 schedules were not wholly understood (part: 0, none: 9).")
    assert rows[0] == "list.xlsx 一覧!2: '第10会議室' (not understood: 第10会議室)"
    assert len(rows) == 6
    assert rows[-1] == "and 4 more"


def test_one_text_is_shown_once():
    _, row, rest = notes_of("災害時", "災害時", "災害時")
    assert "一覧!2" in row
    assert rest == "and 2 more"


def test_contradictions_are_told_apart():
    count, row = notes_of("毎週水曜 10時〜12時（火）")
    assert count == "1 schedules contradict themselves. Correct one of the two writings."
    assert row == "list.xlsx 一覧!2: '毎週水曜 10時〜12時（火）' (conflict: 毎週水曜 ≠ 火)"


def test_in_japanese():
    count, row = notes_of("毎週水曜 10時〜12時（夏休みは休み）", language="ja")
    assert "1件は、読み切れませんでした（一部だけ 1件、読めない 0件）" in count
    assert row.endswith("(読めない部分: (夏休みは休み))")


def test_two_columns_that_contradict_each_other_are_reported_by_check(tmp_path):
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    text = "名称,種類,開催日時,開催曜日,開始時間,終了時間\nひだまり,サロン,毎週水曜,火,10:00,12:00\n"
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    project = open_project(tmp_path)
    with speaking("ja"):
        [report] = run(project, ["check"])
    assert any("食い違い: 毎週水曜 ≠ 火" in note for note in report.notes)
    assert project.resources["schedule"].tolist() == ["毎週水曜（火） 10:00～12:00"]
    assert project.schedules.index.equals(project.resources.index)


def test_columns_that_narrow_each_other_are_read_together(tmp_path):
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    text = "名称,種類,開催日,開催曜日,開始時間,終了時間\nひだまり,サロン,第1・第3,水,10:00,12:00\n"
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    [schedule] = open_project(tmp_path).schedules
    assert schedule == read_schedule("毎月第1・第3水曜 10:00〜12:00")
