"""The cells of the sources: where each resource stands, what is written there, and what cannot be written back."""

from __future__ import annotations

import openpyxl
import pytest

from resourcemap.language import speaking
from resourcemap.project.project import open_project
from resourcemap.project.sources import form_of, source_cells


def project_of(folder, files, settings=""):
    """Open a project over files of text, or workbooks given as rows, in the order given."""
    lines = [settings]
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            book = openpyxl.Workbook()
            book.active.title = "一覧"
            for row in content:
                book.active.append(row)
            book.save(path)
        lines.append(f'[[resources]]\nfile = "{name}"\n')
    (folder / "resourcemap.toml").write_text("\n".join(lines), encoding="utf-8")
    return open_project(folder)


def test_every_resource_of_the_sample_has_a_row(sample_project):
    project = open_project(sample_project.folder)
    found = source_cells(project)
    assert list(found.rows) == project.resources["resource_id"].tolist()
    assert all(row.writable for row in found.rows.values())
    for resource in project.resources.itertuples():
        row = found.rows[resource.resource_id]
        assert (row.sheet, row.row) == (resource.source_sheet, resource.source_row)
        assert "".join(resource.name.split()) == "".join(row.cells["name"].text.split())


def test_cells_are_as_written_below_titles_and_beside_blank_columns(tmp_path):
    rows = [["みほん市の一覧"], [], [None, "名称", "種類", "ＴＥＬ"], [None, "ひろば　一号", "サロン", "０３－１"]]
    [row] = source_cells(project_of(tmp_path, {"data/a.xlsx": rows})).rows.values()
    assert (row.where, row.file, row.sheet, row.row) == ("data/a.xlsx 一覧!4", "data/a.xlsx", "一覧", 4)
    assert {name: (cell.heading, cell.text, cell.place) for name, cell in row.cells.items()} == {
        "name": ("名称", "ひろば　一号", 1),
        "kind": ("種類", "サロン", 2),
        "phone": ("TEL", "０３－１", 3),
    }
    assert source_cells(open_project(tmp_path)).tables[0].table.heading_number == 3


def test_parts_that_the_reader_joins_stay_apart(tmp_path):
    text = "名称,種類,曜日,開始時間,終了時間,市区町村,住所,建物名\nA,サロン,水,14:00,16:00,みほん市,本町1,会館\n"
    [row] = source_cells(project_of(tmp_path, {"a.csv": text})).rows.values()
    assert {name: cell.text for name, cell in row.cells.items()} == {
        "name": "A",
        "kind": "サロン",
        "days": "水",
        "start": "14:00",
        "end": "16:00",
        "city": "みほん市",
        "address": "本町1",
        "building": "会館",
    }


def test_a_ditto_shows_what_it_stands_for(tmp_path):
    text = "名称,種類,電話\nA,サロン,1\nB,〃,〃\n"
    rows = list(source_cells(project_of(tmp_path, {"a.csv": text})).rows.values())
    assert [rows[1].cells[name].text for name in ("kind", "phone")] == ["サロン", "1"]


def test_a_column_joined_from_several_is_not_written(tmp_path):
    project = project_of(tmp_path, {"a.xlsx": [["名称", "種類", "開催日時", None], ["A", "サロン", "7:00", "～9:00"]]})
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book.active.merge_cells("C1:D1")
    book.save(tmp_path / "a.xlsx")
    [row] = source_cells(project).rows.values()
    assert row.writable
    joined = [cell for cell in row.cells.values() if cell.why]
    assert [cell.text for cell in joined] == ["7:00～9:00"]
    assert joined[0].why == "read from several columns (change it in the file itself)"


def test_a_column_that_a_form_adds_is_not_written(tmp_path):
    text = "名称,開催曜日,参加費_幼児,参加費_大人\nA,水,無料,300円\n"
    [row] = source_cells(project_of(tmp_path, {"a.csv": text})).rows.values()
    assert row.cells["cost"].why
    assert row.cells["cost"].text == "幼児 無料、大人 300円"
    assert not row.cells["days"].why


def test_sheets_of_areas_are_told_apart(tmp_path):
    book = openpyxl.Workbook()
    for name in ("東", "西"):
        sheet = book.create_sheet(name)
        sheet.append(["名称", "種類"])
        sheet.append([f"{name}サロン", "サロン"])
    del book["Sheet"]
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "a.xlsx"\n', encoding="utf-8")
    found = source_cells(open_project(tmp_path))
    assert [row.where for row in found.rows.values()] == ["a.xlsx 東!2", "a.xlsx 西!2"]
    assert [row.table for row in found.rows.values()] == [0, 1]


def test_files_of_one_name_are_told_apart(tmp_path):
    text = "名称,種類\n{},サロン\n"
    project = project_of(tmp_path, {"east/a.csv": text.format("東"), "west/a.csv": text.format("西")})
    assert [row.where for row in source_cells(project).rows.values()] == ["east/a.csv 2", "west/a.csv 2"]


def test_a_row_read_twice_cannot_be_written(tmp_path):
    (tmp_path / "a.csv").write_text("名称\nA\n", encoding="utf-8")
    settings = "".join(f'[[resources]]\nfile = "a.csv"\nkind = "{kind}"\n' for kind in ("salon", "cafe"))
    (tmp_path / "resourcemap.toml").write_text(settings, encoding="utf-8")
    rows = list(source_cells(open_project(tmp_path)).rows.values())
    why = "two entries of [[resources]] read this very row"
    assert [(row.where, row.why) for row in rows] == [("a.csv 2", why)] * 2


def test_merged_rows_are_told(tmp_path):
    settings = '[[same]]\nrows = ["a.csv 2", "a.csv 3"]\n'
    [row] = source_cells(project_of(tmp_path, {"a.csv": "名称,種類\nA,サロン\nA会,サロン\n"}, settings)).rows.values()
    assert (row.where, row.also) == ("a.csv 2", ("a.csv 3",))


def test_shapes_have_cells_but_are_not_written(tmp_path):
    text = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"名称": "A", "種類": "サロン"},'
        ' "geometry": {"type": "Point", "coordinates": [139.7, 35.7]}}]}'
    )
    project = project_of(tmp_path, {"a.geojson": text})
    [row] = source_cells(project).rows.values()
    assert (row.writable, row.cells["name"].text) == (False, "A")
    assert row.why == "a.geojson cannot be written back (only .xlsx, .xlsm, .csv, .tsv and .txt can)"
    with speaking("ja"):
        [row] = source_cells(project).rows.values()
        assert row.why == "a.geojson には書き戻せません（書き戻せるのは .xlsx .xlsm .csv .tsv .txt）"


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.csv", "名称,種類".encode("cp932"), "delimited"),
        ("a.txt", "名称\t種類".encode("utf-16"), "delimited"),
        ("a.xls", "名称\t種類".encode("cp932"), "delimited"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""),
        ("a.csv", b"\xef\xbb\xbf <html><table>", ""),
        ("a.json", b"{}", ""),
    ],
)
def test_the_content_says_the_form(tmp_path, name, content, form):
    (tmp_path / name).write_bytes(content)
    assert form_of(tmp_path / name) == form


def test_a_workbook_is_one_whatever_it_is_called(tmp_path):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_bytes((tmp_path / "a.xlsx").read_bytes())
    assert [form_of(tmp_path / name) for name in ("a.xlsx", "a.csv", "b.csv")] == ["workbook", "workbook", ""]
