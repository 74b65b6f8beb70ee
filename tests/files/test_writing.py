"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat

import pytest

from resourcemap.errors import InputError
from resourcemap.files import make_folder, replacing, together, write_text
from resourcemap.language import speaking


def test_a_failure_leaves_the_older_file_and_nothing_else(tmp_path):
    path = write_text(tmp_path / "a.txt", "old")
    with pytest.raises(RuntimeError), replacing(path) as beside:
        _write_half(beside)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_missing_folders_are_made(tmp_path):
    assert write_text(tmp_path / "x" / "y" / "a.txt", "1").is_file()


def test_folders_that_a_failed_run_made_are_gone(tmp_path):
    with pytest.raises(RuntimeError), replacing(tmp_path / "x" / "y" / "a.txt") as beside:
        _write_half(beside)
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_replaced_is_said_in_words(tmp_path, monkeypatch):
    def locked(*_):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.replace", locked)
    with pytest.raises(InputError, match=r"a\.xlsx: cannot be written"):
        write_text(tmp_path / "a.xlsx", "1")
    assert not list(tmp_path.iterdir())


def test_a_folder_in_the_way_is_said_in_words(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        write_text(tmp_path, "1")


def test_sentences_are_in_the_language_of_the_user_not_of_the_file(tmp_path):
    def full(_path):
        raise OSError(28, "No space left on device")

    with speaking("en"), together():
        with speaking("ja"), pytest.raises(InputError, match="the disk is full"), replacing(tmp_path / "a.txt") as path:
            full(path)
        with speaking("ja"), pytest.raises(InputError, match="is a folder"):
            write_text(tmp_path, "1")


def test_what_is_no_plain_file_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match=r"pipe\.csv: is no plain file"):
        write_text(tmp_path / "pipe.csv", "1")
    assert stat.S_ISFIFO((tmp_path / "pipe.csv").stat().st_mode)


def test_a_file_in_the_place_of_a_folder_is_said_in_words(tmp_path):
    write_text(tmp_path / "maps", "mine")
    for write in (lambda: write_text(tmp_path / "maps" / "a.txt", "1"), lambda: make_folder(tmp_path / "maps" / "x")):
        with pytest.raises(InputError, match="its folder is not there and cannot be made"):
            write()
    assert _content(tmp_path) == {"maps": "mine"}


@pytest.mark.parametrize("name", ["あ" * 100 + ".csv", "a." + "b" * 300])
def test_a_name_that_is_too_long_is_said_in_words(tmp_path, name):
    with pytest.raises(InputError, match="the name is too long"):
        write_text(tmp_path / "maps" / name, "1")
    assert list(tmp_path.iterdir()) == []


def test_the_longest_name_there_may_be_is_written(tmp_path):
    name = "あ" * 83 + ".csv"
    write_text(tmp_path / name, "1")
    assert _content(tmp_path) == {name: "1"}


def test_a_link_stays_a_link_and_what_it_points_to_is_replaced(tmp_path):
    (tmp_path / "maps").mkdir()
    real = write_text(tmp_path / "web" / "index.html", "old")
    (tmp_path / "maps" / "index.html").symlink_to(real)
    write_text(tmp_path / "maps" / "index.html", "new")
    assert (tmp_path / "maps" / "index.html").is_symlink()
    assert _content(tmp_path / "web") == {"index.html": "new"}
    assert [path.name for path in (tmp_path / "maps").iterdir()] == ["index.html"]


@pytest.mark.parametrize("leads_to", ["a.csv", "gone.csv"])
def test_a_link_that_leads_nowhere_is_written_all_the_same(tmp_path, leads_to):
    (tmp_path / "a.csv").symlink_to(leads_to)
    assert write_text(tmp_path / "a.csv", "1").read_text(encoding="utf-8") == "1"


def test_a_name_that_no_file_can_have_is_said_in_words(tmp_path):
    with pytest.raises(InputError, match="cannot be the name of a file"):
        write_text(tmp_path / "a\0.csv", "1")


def test_an_older_file_hands_its_rights_on_and_a_new_one_has_those_of_every_program(tmp_path):
    plain = tmp_path / "plain.txt"
    plain.write_text("1", encoding="utf-8")
    old = write_text(tmp_path / "old.txt", "1")
    old.chmod(0o640)
    write_text(old, "2")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert write_text(tmp_path / "new.txt", "1").stat().st_mode == plain.stat().st_mode


def test_files_written_together_appear_together(tmp_path):
    with together():
        write_text(tmp_path / "a.txt", "1")
        with together():
            write_text(tmp_path / "b.txt", "2")
        assert not (tmp_path / "a.txt").exists()
        assert not (tmp_path / "b.txt").exists()
    assert _content(tmp_path) == {"a.txt": "1", "b.txt": "2"}


def test_of_a_file_that_is_written_twice_the_last_counts(tmp_path):
    with together():
        write_text(tmp_path / "a.txt", "1")
        write_text(tmp_path / "a.txt", "2")
        write_text(tmp_path / "b.txt", "3")
    assert _content(tmp_path) == {"a.txt": "2", "b.txt": "3"}


def test_a_file_that_fails_and_is_given_up_leaves_the_others(tmp_path):
    with together():
        write_text(tmp_path / "a.txt", "1")
        with pytest.raises(RuntimeError), replacing(tmp_path / "b.txt") as beside:
            _write_half(beside)
    assert _content(tmp_path) == {"a.txt": "1"}


def test_when_one_of_several_fails_none_is_written(tmp_path):
    write_text(tmp_path / "a.txt", "old")
    with pytest.raises(InputError):
        _write_together(tmp_path / "a.txt", tmp_path / "b.txt", tmp_path)
    assert _content(tmp_path) == {"a.txt": "old"}


@pytest.mark.parametrize("links", [True, False])
def test_when_one_target_is_held_open_the_others_get_their_older_files_back(tmp_path, monkeypatch, links):
    for name in ("a.txt", "held.xlsx", "x/b.txt"):
        write_text(tmp_path / name, "old")
    rename = type(tmp_path).replace

    def held(path, target):
        if target.name == "held.xlsx":
            raise PermissionError
        return rename(path, target)

    monkeypatch.setattr("pathlib.Path.replace", held)
    if not links:
        monkeypatch.setattr("pathlib.Path.hardlink_to", _no_links)
    with pytest.raises(InputError, match=r"held\.xlsx: cannot be written"):
        _write_together(*(tmp_path / name for name in ("x/b.txt", "a.txt", "new.txt", "held.xlsx")))
    assert _content(tmp_path / "x") == {"b.txt": "old"}
    (tmp_path / "x" / "b.txt").unlink()
    (tmp_path / "x").rmdir()
    assert _content(tmp_path) == {"a.txt": "old", "held.xlsx": "old"}


def _write_together(*paths):
    with together():
        for path in paths:
            write_text(path, "new")


def _no_links(*_):
    raise OSError


def _content(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def _write_half(path):
    path.write_text("half", encoding="utf-8")
    raise RuntimeError
