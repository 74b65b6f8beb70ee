import pytest

from resourcemap.errors import InputError
from resourcemap.read.formats import read_grids


def test_a_missing_file_is_told_with_the_one_that_was_meant(csv_file, tmp_path):
    csv_file("名称\n", name="resources.csv")
    with pytest.raises(InputError, match=r"there is no such file. Did you mean 'resources\.csv'"):
        read_grids(tmp_path / "resource.csv")


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(InputError, match="there is no folder"):
        read_grids(tmp_path / "nowhere" / "a.csv")


def test_an_unknown_kind_of_file_is_told(csv_file):
    with pytest.raises(InputError, match=r"list\.pdf: cannot read \.pdf. Known: \.xlsx"):
        read_grids(csv_file("x", name="list.pdf"))


def test_capitals_in_the_suffix_do_not_matter(csv_file):
    assert read_grids(csv_file("名称\n", name="LIST.CSV"))[0].rows == [["名称"]]
