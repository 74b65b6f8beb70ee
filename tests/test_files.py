"""Files are written whole or not at all."""

from __future__ import annotations

import pytest

from resourcemap.errors import InputError
from resourcemap.files import replacing, write_text


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


def _write_half(path):
    path.write_text("half", encoding="utf-8")
    raise RuntimeError
