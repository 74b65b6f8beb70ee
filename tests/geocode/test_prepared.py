"""The prepared form of gazetteers: the same answers, and clear words for anything else."""

import numpy as np
import pytest

from resourcemap.errors import InputError
from resourcemap.geocode.gazetteer import read_gazetteer
from resourcemap.geocode.matcher import Matcher
from resourcemap.geocode.prepared import write_gazetteer

LOTS = """都道府県名,市区町村名,大字・丁目名,小字・通称名,街区符号・地番,緯度,経度
見本県,みほん市,みほん一丁目,,1,34.950,139.700
見本県,みほん市,みほん一丁目,,2,34.951,139.701
見本県,みほん市,谷村,上組,7,34.956,139.706
見本県,となり市,本町,,3,34.959,139.709
"""
TOWNS = "都道府県名,市区町村名,大字町丁目名,緯度,経度\n見本県,みほん市,みほん１丁目,34.9505,139.7005\n"
ADDRESSES = ["みほん1-2", "みほん市みほん一丁目9", "谷村上組7", "谷村", "となり市本町3-1", "ほんまち", "みほん市"]


@pytest.fixture
def tables(tmp_path):
    (tmp_path / "lots.csv").write_text(LOTS, encoding="cp932")
    (tmp_path / "towns.csv").write_text(TOWNS, encoding="utf-8")
    return [tmp_path / "towns.csv", tmp_path / "lots.csv"]


def test_it_answers_as_its_tables_do(tables, tmp_path):
    gazetteer = read_gazetteer(tables)
    ready = read_gazetteer(write_gazetteer(gazetteer, tmp_path / "index.npz"))
    assert dict(ready.lots) == gazetteer.lots
    assert len(ready.lots) == 4
    assert [Matcher(ready).match(text) for text in ADDRESSES] == [Matcher(gazetteer).match(text) for text in ADDRESSES]
    assert ready.sources == gazetteer.sources
    assert ready.lot_sources == gazetteer.lot_sources


def test_towns_that_two_files_write_differently_are_one(tables):
    gazetteer = read_gazetteer(tables)
    assert gazetteer.town_names == ["みほん１丁目", "谷村上組", "本町"]
    assert gazetteer.points[0] == (139.7005, 34.9505)
    assert gazetteer.lots[0, "2"] == (139.701, 34.951)


def test_the_same_tables_make_the_same_bytes(tables, tmp_path):
    paths = [write_gazetteer(read_gazetteer(tables), tmp_path / name) for name in ("a.npz", "b.npz")]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_one_city_may_be_kept_of_it(tables, tmp_path):
    path = write_gazetteer(read_gazetteer(tables), tmp_path / "index.npz")
    gazetteer = read_gazetteer(path, city="となり市")
    assert gazetteer.town_names == ["本町"]
    assert dict(gazetteer.lots) == {(0, "3"): (139.709, 34.959)}
    with pytest.raises(InputError, match="no addresses of 'よそ市'"):
        read_gazetteer(path, city="よそ市")


def test_it_joins_with_a_table(tables, tmp_path):
    path = write_gazetteer(read_gazetteer(tables[:1]), tmp_path / "index.npz")
    assert Matcher(read_gazetteer([path, tables[1]])).match("みほん1-2").status == "lot"


def test_another_name_is_refused(tables, tmp_path):
    with pytest.raises(InputError, match=r"must end in \.npz"):
        write_gazetteer(read_gazetteer(tables), tmp_path / "index.csv")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x93NUMPY\x01\x00", b"a,b\n1,2\n" * 100])
def test_a_broken_file_is_refused(tmp_path, content):
    path = tmp_path / "index.npz"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a gazetteer prepared by resourcemap"):
        read_gazetteer(path)


def test_a_file_of_another_program_or_version_is_refused(tables, tmp_path):
    path = tmp_path / "index.npz"
    np.savez(path, a=np.arange(3))
    with pytest.raises(InputError, match="not a gazetteer prepared"):
        read_gazetteer(path)
    np.savez(path, a=np.array([{"code": 1}], dtype=object))
    with pytest.raises(InputError, match="not a gazetteer prepared"):
        read_gazetteer(path)
    write_gazetteer(read_gazetteer(tables), path)
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    np.savez(path, **(arrays | {"version": np.frombuffer(b"99\n", dtype=np.uint8)}))
    with pytest.raises(InputError, match="prepared in version 99"):
        read_gazetteer(path)
    np.savez(path, **{name: array for name, array in arrays.items() if name != "town"})
    with pytest.raises(InputError, match="broken"):
        read_gazetteer(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_gazetteer(tmp_path / "none.npz")
