import json

from resourcemap.publish.opendata.rows import NAMES
from resourcemap.publish.opendata.table import write_table
from resourcemap.read.resources import read_resources


def test_reading_gives_back_the_same_table(hard, catalog, about, same, tmp_path):
    path, _ = write_table(hard, tmp_path / "a.csv", catalog=catalog, about=about)
    same(hard, read_resources(path))


def test_no_cell_runs_in_a_spreadsheet(hard, catalog, about, tmp_path):
    path, _ = write_table(hard, tmp_path / "a.csv", catalog=catalog, about=about)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert not {b",=", b",+", b",@", b'"="'} & {content[at : at + 2] for at in range(len(content))}


def test_the_metadata_names_every_column_of_the_file(hard, catalog, about, tmp_path):
    path, beside = write_table(hard, tmp_path / "a.csv", catalog=catalog, about=about)
    said = json.loads(beside.read_text(encoding="utf-8"))
    columns = said["tableSchema"]["columns"]
    assert ",".join(column["titles"] for column in columns) == path.read_text(encoding="utf-8-sig").splitlines()[0]
    names = {column["name"] for column in columns}
    assert names == {*NAMES, "longitude", "latitude"} - {"kind_label"}
    assert (said["url"], said["dc:license"]) == ("a.csv", {"@id": "https://creativecommons.org/licenses/by/4.0/"})
