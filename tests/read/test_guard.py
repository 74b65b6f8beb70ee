import io
import stat
import zipfile

import pytest

from resourcemap.errors import InputError
from resourcemap.read import guard
from resourcemap.read.formats import read_grids
from resourcemap.read.guard import open_zip, parse_json, parse_xml, read_member


@pytest.fixture
def packed(tmp_path):
    def write(members, name="a.zip", compression=zipfile.ZIP_STORED):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", compression) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return path

    return write


@pytest.mark.parametrize("name", ["../a.shp", "/etc/a.shp", "x/../../a.shp", "..\\a.shp", "C:\\a.shp", "c:/a.shp"])
@pytest.mark.parametrize("suffix", [".zip", ".kmz", ".xlsx", ".ods"])
def test_members_that_reach_outside_are_refused(packed, name, suffix):
    with pytest.raises(InputError, match="would reach outside"):
        read_grids(packed({name: b"x"}, name=f"a{suffix}"))


def test_links_are_refused(packed):
    link = zipfile.ZipInfo("a.shp")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(InputError, match=r"its member 'a\.shp' is a link"):
        read_grids(packed({link: b"/etc/passwd"}))


@pytest.mark.parametrize("name", ["a.kmz", "a.zip", "a.xlsx", "a.ods"])
def test_a_bomb_is_refused_before_it_is_unpacked(packed, name):
    path = packed({"xl/sharedStrings.xml": b"\0" * (65 << 20)}, name=name, compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(InputError, match="would unpack into 65 MB in 1 files"):
        read_grids(path)


def test_many_members_are_refused(packed, monkeypatch):
    monkeypatch.setattr(guard, "MOST_MEMBERS", 3)
    with pytest.raises(InputError, match="would unpack into 0 MB in 4 files"):
        open_zip(packed({str(number): b"" for number in range(4)}))


def test_a_header_that_lies_about_the_size_does_not_help(packed, tmp_path):
    content = packed({"doc.kml": b"x" * 5000}, compression=zipfile.ZIP_DEFLATED).read_bytes()
    lying = content.replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    (tmp_path / "a.kmz").write_bytes(lying)
    with pytest.raises(InputError, match="is no ZIP file, or a broken one"):
        read_grids(tmp_path / "a.kmz")


def test_never_more_is_read_than_asked():
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("a", b"x" * 100)
    with pytest.raises(InputError, match=r"a\.zip \(a\): is larger than 0 MB"):
        read_member(zipfile.ZipFile(memory), "a", where="a.zip", most=99)


def test_a_locked_zip_is_told(packed, tmp_path):
    content = bytearray(packed({"a.shp": b"x"}).read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        content[content.index(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(InputError, match="locked by a password"):
        read_grids(tmp_path / "a.zip")


@pytest.mark.parametrize("suffix", [".csv", ".kml", ".gpx", ".umap", ".json", ".html", ".xlsx", ".xls"])
def test_a_file_too_large_to_read_whole_is_refused(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"\xd0\xcf\x11\xe0" if suffix.startswith(".xls") else b'{"type": "umap", "service": 1}')
    with path.open("ab") as file:
        file.truncate(1 << 30)  # a sparse file: 1 GB that takes no room
    with pytest.raises(InputError, match="is larger than 512 MB, too large to read"):
        read_grids(path)


def test_xml_of_other_encodings_and_faults_are_told():
    with pytest.raises(InputError, match="cannot be read as XML"):
        parse_xml(b"<a>", where="a.kml")
    with pytest.raises(InputError, match="cannot be read as XML"):
        parse_xml('<?xml version="1.0" encoding="Shift_JIS"?><a/>'.encode("cp932"), where="a.gpx")


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 200_000, "1" * 10_000, "{]", "nul"])
def test_json_that_is_none_is_told(text):
    with pytest.raises(InputError, match=r"a\.json: (is nested too deeply|cannot be read as JSON)"):
        parse_json(text, where="a.json")
