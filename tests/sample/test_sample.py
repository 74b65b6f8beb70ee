"""The whole sample: the same bytes each time, and the bytes that are committed."""

import zipfile
from pathlib import Path

import pytest

from resourcemap.sample import write_sample

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    return folder, write_sample(folder)


def _content(path):
    """Return the bytes of a file; of a workbook, the bytes of its parts, since packing may differ."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_writing_twice_gives_the_same_bytes(written, tmp_path):
    _, first = written
    second = write_sample(tmp_path)
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.name for path in first if path.read_bytes() != second[first.index(path)].read_bytes()] == []


def test_the_committed_files_are_what_the_code_writes(written):
    folder, paths = written
    stale = [str(path.relative_to(folder)) for path in paths if _stale(path, ROOT / path.relative_to(folder))]
    assert stale == [], "run write_sample(Path('.')) in the repository and commit layers/ and data/"


def _stale(path, committed):
    return not committed.is_file() or _content(path) != _content(committed)


def test_only_layers_and_data_are_written(written):
    folder, paths = written
    found = {path for path in folder.rglob("*") if path.is_file()}
    assert found == set(paths)
    assert {path.parent.name for path in paths} == {"layers", "data"}
