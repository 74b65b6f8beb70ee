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


def test_a_folder_is_told(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        read_grids(tmp_path)


def test_an_unknown_kind_of_file_is_told(csv_file):
    with pytest.raises(InputError, match=r"list\.pdf: cannot read \.pdf. Known: \.xlsx"):
        read_grids(csv_file("x", name="list.pdf"))


def test_capitals_in_the_suffix_do_not_matter(csv_file):
    assert read_grids(csv_file("名称\n", name="LIST.CSV"))[0].rows == [["名称"]]


def test_a_workbook_of_another_name_is_read(workbook, tmp_path):
    path = workbook({"一": [["名称"], ["A"]]})
    for name in ("a.xls", "a.csv", "a.ods", "a.txt"):
        (tmp_path / name).write_bytes(path.read_bytes())
        assert read_grids(tmp_path / name)[0].rows == [["名称"], ["A"]]


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_text_called_xls_is_read_as_text(csv_file, encoding):
    assert read_grids(csv_file("名称\t住所\nA\tB\n", name="a.xls", encoding=encoding))[0].rows[1] == ["A", "B"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("%PDF-1.7", "is a PDF inside"),
        (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML Spreadsheet 2003",
        ),
        ("\x00\x01\x02", "cannot be read as a spreadsheet"),
        ("", "cannot be read as a spreadsheet"),
    ],
)
def test_what_is_no_table_inside_is_told(csv_file, content, message):
    with pytest.raises(InputError, match=rf"a\.xls: .*{message}"):
        read_grids(csv_file(content, name="a.xls"))


@pytest.mark.parametrize("suffix", [".shp", ".gpkg", ".fgb", ".geojson", ".json"])
@pytest.mark.parametrize(
    "content",
    [
        '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
        '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline", "x": {"type": "Feature"}}',
    ],
)
def test_what_would_make_gdal_run_something_never_reaches_it(csv_file, suffix, content):
    with pytest.raises(InputError, match=r"is not GeoJSON|file inside"):
        read_grids(csv_file(content, name=f"a{suffix}"))


def test_geojson_nested_too_deeply_is_told(csv_file):
    inner = "[" * 100_000
    with pytest.raises(InputError, match="cannot be read as a file of shapes"):
        read_grids(
            csv_file(
                '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":' + inner, "a.geojson"
            )
        )
