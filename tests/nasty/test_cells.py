"""Whatever stands in a cell or a name is text in every output, and letters that people use come out whole."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import openpyxl
import pandas as pd
import pytest

from resourcemap.plain import TURNING, visible
from tests.nasty import cells, town
from tests.nasty.building import build, require_built

COLUMNS = ("名称", "内容", "開催日時", "電話", "備考")
SHORT = {name: text for name, text in cells.TEXTS.items() if name not in cells.LONG}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Every text in every column of one list, built once."""
    folder = town.write_town(tmp_path_factory.mktemp("cells") / "town")
    rows = [
        town.row(**({"名称": f"会{number}"} | {column: text}))
        for number, text in enumerate(SHORT.values())
        for column in COLUMNS
        if column != "名称" or visible(text).strip()
    ]
    town.put_rows(folder, rows)
    require_built(folder)
    return folder


def files(folder, suffix):
    return [path for part in ("maps", "internal") for path in (folder / part).glob(f"*{suffix}")]


def test_no_formula_is_in_any_workbook(built):
    books = files(built, ".xlsx")
    assert len(books) >= 2
    for path in books:
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                content = package.read(name).decode("utf-8")
                assert not re.search(r"<f[ >]|<ddeLink|externalLink", content), (path.name, name)
        kinds = {cell.data_type for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds


def test_no_formula_is_in_any_csv_file(built):
    tables = files(built, ".csv")
    assert len(tables) >= 5
    for path in tables:
        for line in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
            for cell in line:
                assert not re.match(r"[\s\"]*[=+@＝＋－＠-]", cell) or re.fullmatch(r"-?[\d.,]*%?", cell), (
                    path.name,
                    cell,
                )


def test_nothing_turns_a_line_around(built):
    for path in files(built, ""):
        layers = [path.read_bytes()]
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as package:
                layers = [package.read(name) for name in package.namelist()]
        for layer in layers:
            assert not TURNING.search(layer.decode("utf-8", "replace")), path.name


def test_no_script_of_a_cell_is_in_a_page(built):
    for path in files(built, ".html"):
        text = path.read_text(encoding="utf-8")
        for live in ("<script>alert", "<img src=x", "<svg/onload", '" onmouseover="alert'):
            assert live not in text, (path.name, live)


def test_letters_and_pictures_are_whole(built):
    page = (built / "maps" / "index.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(built / "maps" / "resources.xlsx")
    shown = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    for name, text in cells.GENUINE.items():
        assert json.dumps(text, ensure_ascii=False)[1:-1] in page, name
        assert any(text in cell for cell in shown), name


@pytest.mark.parametrize("name", cells.EMPTY)
def test_a_name_that_says_nothing_is_told_with_its_row(tmp_path, name):
    folder = town.write_town(tmp_path / "town")
    town.put_rows(folder, [town.row(), town.row(名称=cells.EMPTY[name])])
    done = build(folder)
    assert done.exit_code == 1
    assert "list.csv: 1 of 2 rows have no name (rows 3)" in done.stderr


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    """Every endless text as the content of one row and in the name of the next, built once."""
    folder = town.write_town(tmp_path_factory.mktemp("endless") / "town")
    pairs = [
        (town.row(名称=f"{at}番の会", 内容=text), town.row(名称=f"会{at}{text}"))
        for at, text in enumerate(cells.LONG.values())
    ]
    town.put_rows(folder, [row for pair in pairs for row in pair])
    require_built(folder)
    return folder


@pytest.mark.parametrize("name", cells.LONG)
def test_an_endless_cell_is_cut_with_a_word(endless, name):
    text = cells.LONG[name]
    first = 2 + 2 * list(cells.LONG).index(name)
    kept = pd.read_csv(endless / "internal" / "left_aside.csv", dtype=str, keep_default_na=False)
    cut = kept[kept["理由"].str.contains("letters; the first 4,000 were read")]
    if len(visible(text).split()) and len(" ".join(visible(text).split())) > 4000:
        assert {str(first), str(first + 1)} <= set(cut["行"])


def test_endless_cells_make_no_endless_files(endless):
    assert sum(path.stat().st_size for path in files(endless, "")) < 20_000_000


NAMES = cells.FORMULAE | cells.MARKUP | cells.PATHS | cells.UNSEEN


def test_names_of_areas_and_blocks_are_text_too(tmp_path):
    folder = town.write_town(tmp_path / "town")
    named = [visible(text).strip() for text in NAMES.values() if visible(text).strip()]
    names = list(dict.fromkeys(named))
    wide = [town.box(2 * at / len(names), 0, 2 / len(names), 2) for at in range(len(names))]
    town.put(
        folder, town.SCHOOLS, town.layer([({"name": name}, shape) for name, shape in zip(names, wide, strict=True)])
    )
    require_built(folder)
    test_no_formula_is_in_any_csv_file(folder)
    test_no_formula_is_in_any_workbook(folder)
    test_no_script_of_a_cell_is_in_a_page(folder)


@pytest.mark.parametrize("text", ["=1+1", "<script>alert(1)</script>", "み\\u202eほん", "../../x", "CON", "[a]:*?"])
def test_titles_and_systems_are_text_too(tmp_path, text):
    folder = town.write_town(tmp_path / "town")
    town.swap(folder, town.TOML, "こまち市 地域資源マップ", text)
    town.swap(folder, town.TOML, 'system = "学区"', f'system = "{text}"')
    require_built(folder)
    test_no_formula_is_in_any_csv_file(folder)
    test_no_formula_is_in_any_workbook(folder)
    test_nothing_turns_a_line_around(folder)
    test_no_script_of_a_cell_is_in_a_page(folder)
