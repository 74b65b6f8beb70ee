"""resourcemap.toml: every wrong word is named, with the nearest right one."""

from __future__ import annotations

import pytest

from resourcemap.errors import ProjectError
from resourcemap.language import speaking
from resourcemap.project.settings import read_settings, require_known


def settings(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "resourcemap.toml"
    path.write_text(text, encoding=encoding)
    return read_settings(path)


def test_reads_what_is_written(tmp_path):
    read = settings(tmp_path, '[[resources]]\nfile = "a.xlsx"\n[[resources]]\nfile = "b.csv"\n[gaps]\ndistance = 400\n')
    assert [table["file"] for table in read.resources] == ["a.xlsx", "b.csv"]
    assert read.gaps["distance"] == 400


def test_a_file_saved_by_notepad_with_a_byte_order_mark_is_read(tmp_path):
    assert settings(tmp_path, '[project]\ntitle = "市"\n', encoding="utf-8-sig").project["title"] == "市"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[projekt]\ntitle = "x"', r"\[projekt\] is not a setting. Did you mean project\?"),
        ('[project]\ntitel = "x"', r"\[project\] titel is not a setting. Did you mean title\?"),
        ('[resources]\nfile = "a"', r"Write resources as \[\[resources\]\]"),
        ("[[project]]\n", r"Write project as \[project\]"),
        ('[[resources]]\nkind = "salon"', r"\[resources\] has no file"),
        ('[gaps]\ndistance = "500"', r"\[gaps\] distance: '500' is not a int / float"),
        ("[gaps]\ndistance = true", r"\[gaps\] distance: True is not"),
        ("[gaps]\ndistance = 0", r"\[gaps\] distance: 0 will not do. Write a number above 0"),
        ("[gaps]\ndistance = nan", r"\[gaps\] distance: nan will not do"),
        ("[gaps]\nkinds = [1]", r"\[gaps\] kinds: \[1\] will not do. Write a list of texts"),
        ('[coverage]\ndistances = [300, "x"]', r"\[coverage\] distances: .* a list of numbers above 0"),
        ('[people]\nfile = "a"\nspread = 0.001', r"\[people\] spread: 0.001 will not do. Write 0, or .* 10 or more"),
        ("[people]\nfile = [3]", r"\[people\] file: \[3\] will not do"),
        ('[[resources]]\nfile = "a"\ncolumns = { name = 3 }', r"\[resources\] columns: .* a table of headings"),
        ('[project]\nlanguage = "fr"', r"\[project\] language: 'fr' will not do"),
        ("kinds = 3", r"Write each of the kinds as a section"),
        ("[kinds]\nnursery = 3", r"Write each of the kinds as a section"),
        ('[[areas]]\nsystem = "a"\n[[areas]]\nsystem = "a"', r"system a is there twice"),
        ("[project\n", r"not valid TOML .*line 1"),
    ],
)
def test_a_wrong_word_is_named(tmp_path, text, message):
    with pytest.raises(ProjectError, match=message):
        settings(tmp_path, text)


def test_types_are_named_in_words_of_the_office(tmp_path):
    with speaking("ja"), pytest.raises(ProjectError) as caught:
        settings(tmp_path, '[reach]\nstreets = 3\nsnap = "50m"\n')
    assert [fault.split("は使えません。")[1] for fault in caught.value.faults] == [
        '引用符で囲んだ文字（"…"）、または[ ] で囲んだ並びにしてください。',
        "引用符のない数にしてください。",
    ]


def test_all_faults_come_at_once(tmp_path):
    with pytest.raises(ProjectError) as caught:
        settings(tmp_path, '[gap]\nx = 1\n[[areas]]\npolygons = "a"\n[map]\nfle = "b"\n')
    assert len(caught.value.faults) == 3


def test_a_file_in_cp932_is_refused_with_a_way_out(tmp_path):
    with pytest.raises(ProjectError, match="Save the file as UTF-8"):
        settings(tmp_path, '[project]\ntitle = "みほん市"\n', encoding="cp932")


def test_a_missing_file_says_how_to_make_one(tmp_path):
    with pytest.raises(ProjectError, match="resourcemap init"):
        read_settings(tmp_path / "resourcemap.toml")


def test_a_word_that_the_project_does_not_know_is_refused_with_the_nearest():
    with pytest.raises(ProjectError, match=r"\[gaps\] kinds: there is no salonn. Did you mean salon"):
        require_known("[gaps] kinds", ["salonn", "salon"], ["salon", "pantry"])
