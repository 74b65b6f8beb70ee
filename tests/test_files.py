"""Files are written whole or not at all."""

from __future__ import annotations

import io
import tarfile

import pytest

from resourcemap.errors import InputError
from resourcemap.files import replacing, temporary_folder, together, unpack, write_text


def test_a_failure_leaves_the_older_file_and_nothing_else(tmp_path):
    path = write_text(tmp_path / "a.txt", "old")
    with pytest.raises(RuntimeError), replacing(path) as beside:
        _write_half(beside)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_missing_folders_are_made(tmp_path):
    assert write_text(tmp_path / "x" / "y" / "a.txt", "1").is_file()


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


def test_files_written_together_appear_together(tmp_path):
    with together():
        write_text(tmp_path / "a.txt", "1")
        with together():
            write_text(tmp_path / "b.txt", "2")
        assert not (tmp_path / "a.txt").exists()
        assert not (tmp_path / "b.txt").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_when_one_of_several_fails_none_is_written(tmp_path):
    write_text(tmp_path / "a.txt", "old")
    with pytest.raises(InputError):
        _write_together(tmp_path / "a.txt", tmp_path / "b.txt", tmp_path)
    assert _content(tmp_path) == {"a.txt": "old"}


def test_when_one_target_is_held_open_the_others_get_their_older_files_back(tmp_path, monkeypatch):
    for name in ("a.txt", "held.xlsx"):
        write_text(tmp_path / name, "old")
    rename = type(tmp_path).replace

    def held(path, target):
        if path.name == "held.xlsx":
            raise PermissionError
        return rename(path, target)

    monkeypatch.setattr("pathlib.Path.replace", held)
    with pytest.raises(InputError, match=r"held\.xlsx: cannot be written"):
        _write_together(*(tmp_path / name for name in ("a.txt", "new.txt", "held.xlsx")))
    assert _content(tmp_path) == {"a.txt": "old", "held.xlsx": "old"}


def _write_together(*paths):
    with together():
        for path in paths:
            write_text(path, "new")


def _content(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def _write_half(path):
    path.write_text("half", encoding="utf-8")
    raise RuntimeError


@pytest.mark.parametrize(("name", "link"), [("../out.csv", ""), ("data/a.csv", "/etc/passwd")])
def test_an_archive_writes_nothing_outside_of_its_folder(name, link):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = (tarfile.SYMTYPE, link) if link else (tarfile.REGTYPE, "")
        tar.addfile(member)
    folder = temporary_folder()
    with pytest.raises(InputError, match="points outside of its folder"):
        unpack(archive.getvalue(), folder)
    assert not (folder.parent / "out.csv").exists()
