"""The commands as people use them: what they print, how they end, and that a fault changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.language import speaking

ROOT = Path(__file__).parents[1]
SHEET, MEMBERS, PEOPLE, TOML = "data/資源.xlsx", "data/圏域表.csv", "data/人口.csv", "resourcemap.toml"
LAYER = "layers/町丁目.geojson"
COMMANDS = ("check", "locate", "coverage", "gaps", "map", "list", "build")


def run(*words, language="en"):
    with speaking(language):
        return CliRunner().invoke(app, [str(word) for word in words])


def tree(folder):
    """Every folder and file below a folder, with its bytes."""
    return {path.relative_to(folder): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def swap(name, old, new):
    """Write a file again with other words in it."""

    def spoil(folder):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def cells(**values):
    """Write other values into cells of the sheet."""

    def spoil(folder):
        book = openpyxl.load_workbook(folder / SHEET)
        for cell, value in values.items():
            book.active[cell] = value
        book.save(folder / SHEET)

    return spoil


def rows(first, last):
    """Keep only some rows of the sheet; none when the last is zero."""

    def spoil(folder):
        book = openpyxl.load_workbook(folder / SHEET)
        book.active.delete_rows(last + 1, 99)
        book.active.delete_rows(1, first - 1)
        book.save(folder / SHEET)

    return spoil


def put(name, content):
    return lambda folder: (folder / name).write_bytes(content)


def gone(name):
    return lambda folder: (folder / name).unlink()


def a_folder(name):
    def spoil(folder):
        (folder / name).unlink()
        (folder / name).mkdir()

    return spoil


def in_cp932(folder):
    (folder / TOML).write_bytes((folder / TOML).read_text(encoding="utf-8").encode("cp932"))


# What is wrong, and the words that the message must have: where it is, and what to do.
FAULTS = {
    "no sheet": (gone(SHEET), "資源.xlsx: there is no such file. Correct the name", "資源.xlsx: ファイルがありません"),
    "no layer": (gone(LAYER), "町丁目.geojson: there is no such file", "町丁目.geojson: ファイルがありません"),
    "no people": (gone(PEOPLE), "人口.csv: there is no such file", "人口.csv: ファイルがありません"),
    "no membership": (gone(MEMBERS), "圏域表.csv: there is no such file", "圏域表.csv: ファイルがありません"),
    "no districts": (gone("layers/学区.geojson"), "学区.geojson: there is no such file", "学区.geojson: ファイルが"),
    "no background": (
        gone("layers/川.geojson"),
        "川.geojson: there is no such file",
        "川.geojson: ファイルがありません",
    ),
    "no gazetteer": (
        swap(TOML, "[people]", '[locate]\ngazetteer = "data/住所.csv"\n[people]'),
        "住所.csv: no such file. Check",
        "住所.csv: ファイルがありません",
    ),
    "nothing in the sheet": (rows(1, 0), "資源.xlsx [一覧]: is empty. Write", "資源.xlsx [一覧]: 何も書かれていません"),
    "headings alone": (rows(3, 3), "no rows below its headings. Write", "見出しの下に行がありません"),
    "no column of names": (
        cells(B3="そのほか"),
        "資源.xlsx [一覧]: found no row of headings. It needs a column such as 名称",
        "資源.xlsx [一覧]: 見出しの行が見つかりません",
    ),
    "no name": (cells(B5=None), "1 of 6 rows have no name (rows 5). Fill it in", "名称のない行が1行あります（行 5）"),
    "latitude 145": (
        cells(J4=145),
        "資源.xlsx [一覧]: 1 row: is not on Earth (rows 4; the first has latitude '145'",
        "資源.xlsx [一覧]: 位置が地球上にありません（1行: 行 4、最初は緯度 '145'",
    ),
    "swapped": (
        cells(J4=139.713, K4=34.952),
        "latitude and longitude look swapped (rows 4;",
        "緯度と経度が入れかわっているようです（1行: 行 4、",
    ),
    "half a position": (cells(K4=None), "only one of latitude and longitude (rows 4;", "片方しかありません（1行: 行 4"),
    "latitude in words": (cells(J4="北のほう"), "is not a number (rows 4; the first has latitude '北のほう'", "行 4、"),
    "an unknown kind": (
        cells(A4="教室X"),
        "unknown kinds: '教室X' (1 rows, first 4). Correct",
        "'教室X'（1行、最初は行4）",
    ),
    "people in words": (
        swap(PEOPLE, "300,40,200", "300,40,二百"),
        "人口.csv: 1 cells are no whole number of people (row 4, 15～64歳: '二百'). Correct",
        "人口.csv: 人数が数字でないところが1か所あります（4行「15～64歳」'二百'）",
    ),
    "fewer than no people": (
        swap(PEOPLE, "40,200", "40,-200"),
        "(row 4, 15～64歳: '-200')",
        "（4行「15～64歳」'-200'）",
    ),
    "people of nowhere": (
        swap(PEOPLE, "103,西町1丁目", "109,西町9丁目"),
        "not among the blocks (西町9丁目 (row 4)). Correct",
        "町丁目の地図にない町丁目が1件あります（西町9丁目（4行））",
    ),
    "headings of people alone": (
        put(PEOPLE, "町丁目,総数\n".encode()),
        "人口.csv: has no rows below its headings. Write",
        "人口.csv: 見出しの下に行がありません",
    ),
    "a list by an unknown system": (
        swap(TOML, '[list]\nsystem = "圏域"', '[list]\nsystem = "圏"'),
        "resourcemap.toml: [list] system: there is no 圏. Did you mean 圏域?",
        "resourcemap.toml: [list] system の「圏」はありません。もしかして 圏域 ですか",
    ),
    "visits to an unknown area": (
        cells(E7="北圏域"),
        "資源.xlsx: the served area is neither a block nor an area (row 一覧!7: 北圏域). Use",
        "資源.xlsx: 対象地域に、町丁目にも区域にもない名前があります（一覧!7行「北圏域」）",
    ),
    "no column of areas": (
        swap(MEMBERS, "町丁目,圏域", "町丁目,エリア"),
        "圏域表.csv: there is no column '圏域'. It has 町丁目, エリア",
        "圏域表.csv: 区域の列「圏域」がありません",
    ),
    "a member that is no block": (
        swap(MEMBERS, "西町1丁目", "西町9丁目"),
        "圏域表.csv: blocks that the layer does not have, or has twice (row 4: 西町9丁目). Correct",
        "圏域表.csv: 地図にないか、同じ名前が2つ以上ある町丁目があります（4行「西町9丁目」）",
    ),
    "a block in two areas": (
        swap(MEMBERS, "西町2丁目,西圏域", "西町2丁目,西圏域\n西町1丁目,東圏域"),
        "圏域表.csv: blocks in two areas of 圏域 (西町1丁目: 西圏域 (row 4) / 東圏域 (row 6)). Leave one",
        "圏域表.csv: 「圏域」で2つの区域に入っている町丁目があります（西町1丁目: 西圏域（4行） / 東圏域（6行））",
    ),
    "a block in no area": (
        swap(MEMBERS, "西町1丁目,西圏域\n", ""),
        "圏域表.csv: blocks in no area of 圏域 (西町1丁目). Add",
        "圏域表.csv: どの「圏域」にも入っていない町丁目があります（西町1丁目）",
    ),
    "half a bracket": (
        swap(TOML, "[project]", "[project"),
        "resourcemap.toml: not valid TOML",
        "書き方に誤りがあります（",
    ),
    "an unknown setting": (
        swap(TOML, "title", "titel"),
        "resourcemap.toml: [project] titel is not a setting. Did you mean title?",
        "resourcemap.toml: [project] titel という設定はありません。もしかして title ですか",
    ),
    "an unknown section": (
        swap(TOML, "[gaps]", "[gap]"),
        "[gap] is not a setting. Did you mean gaps?",
        "[gap] という設定",
    ),
    "a date in words": (
        swap(TOML, "2026-11-01", '"11月"'),
        "[project] date: '11月' is not a date",
        "[project] date の値",
    ),
    "an unknown kind in the settings": (
        swap(TOML, '"salon"', '"saloon"'),
        "resourcemap.toml: [gaps] kinds: there is no saloon. Did you mean salon?",
        "resourcemap.toml: [gaps] kinds の「saloon」はありません。もしかして salon ですか",
    ),
    "settings in Shift_JIS": (
        in_cp932,
        "resourcemap.toml: is not saved as UTF-8, but perhaps as Shift_JIS. Save",
        "resourcemap.toml: UTF-8 で保存されていません",
    ),
    "an output over an input": (
        swap(TOML, "[list]", f'[map]\nfile = "{LAYER}"\n[list]'),
        "resourcemap.toml: [map] file would write over 町丁目.geojson",
        "resourcemap.toml: [map] file の書き出し先 町丁目.geojson は",
    ),
    "an output over a folder": (
        swap(TOML, "[list]", '[list]\nfile = "maps"'),
        "[list] file is maps, a folder. Name",
        "[list] file の書き出し先 maps は、フォルダーです",
    ),
    "a folder for a sheet": (a_folder(SHEET), "資源.xlsx: is a folder. Name", "資源.xlsx: フォルダーです。中の"),
    "a folder for settings": (a_folder(TOML), "resourcemap.toml: no such file", "設定ファイルがありません"),
    "zero bytes of XLSX": (
        put(SHEET, b""),
        "資源.xlsx: cannot be read as a spreadsheet",
        "資源.xlsx: 表計算のファイルとして",
    ),
    "no XLSX inside": (put(SHEET, b"\x00\xff\x13" * 99), "Save it as .xlsx", ".xlsxで保存し直して"),
    "half an XLSX": (
        lambda folder: halve(folder / SHEET),
        "資源.xlsx: is no ZIP file, or a broken one",
        "資源.xlsx: ZIPと",
    ),
    "zero bytes of CSV": (put(PEOPLE, b""), "人口.csv: is empty. Write", "人口.csv: 何も書かれていません"),
    "bytes that are no text": (put(PEOPLE, bytes(range(128, 256)) * 9), "人口.csv", "人口.csv"),
    "zero bytes of GeoJSON": (
        put(LAYER, b""),
        "町丁目.geojson: is not GeoJSON. Give",
        "町丁目.geojson: GeoJSON ではありません",
    ),
}


def halve(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_said_with_its_place_and_changes_nothing(city, fault):
    spoil, english, japanese = FAULTS[fault]
    spoil(city)
    before = tree(city)
    for language, words in (("en", english), ("ja", japanese)):
        done = run("build", "-p", city, language=language)
        assert (done.exit_code, done.stdout) == (1, "")
        assert words in done.stderr
        assert "Traceback" not in done.stderr
        assert "RESOURCEMAP_DEBUG" not in done.stderr
        assert ("。" in done.stderr) == (language == "ja")
    assert tree(city) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stops_at_a_fault_and_changes_nothing(city, command):
    cells(J4=145)(city)
    before = tree(city)
    for words in ([], ["--json"]):
        done = run(command, "-p", city, *words)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "(rows 4; the first has latitude '145'" in done.stderr
    assert tree(city) == before


def test_the_faults_of_all_inputs_come_at_once(city):
    cells(J4=145)(city)
    swap(PEOPLE, "300,40,200", "300,40,二百")(city)
    swap(MEMBERS, "西町1丁目,西圏域\n", "")(city)
    gone("layers/川.geojson")(city)
    said = run("check", "-p", city).stderr
    assert [line.split(":")[0].split(" ")[0].split("/")[-1] for line in said.splitlines()] == [
        "資源.xlsx",
        "圏域表.csv",
        "人口.csv",
        "川.geojson",
    ]


def test_a_text_where_a_number_belongs_is_left_aside_when_nothing_depends_on_it(city):
    cells(F4="たくさん")(city)
    done = run("check", "-p", city)
    assert done.exit_code == 0
    assert "資源.xlsx 一覧!4  定員: 'たくさん'" in done.stdout


def test_a_block_that_the_people_lack_is_named(city):
    swap(PEOPLE, "103,西町1丁目,300,40,200,60\n", "")(city)
    done = run("check", "-p", city, language="ja")
    assert done.exit_code == 0
    assert "人口の表にない町丁目が1あります（西町1丁目）" in done.stdout


def test_a_file_that_another_program_holds_is_said(city, monkeypatch):
    opened = Path.open

    def held(path, *args, **more):
        if path.name == "資源.xlsx":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **more)

    monkeypatch.setattr(Path, "open", held)
    before = tree(city / "maps")
    done = run("build", "-p", city, language="ja")
    assert done.exit_code == 1
    assert "資源.xlsx: 開けません" in done.stderr
    assert tree(city / "maps") == before


def test_an_output_that_another_program_holds_is_said_and_the_others_stay(city, monkeypatch):
    assert run("build", "-p", city).exit_code == 0
    before = tree(city)
    swap(PEOPLE, "300,40,200,60", "310,40,200,70")(city)
    renamed = Path.replace

    def held(path, target):
        if "resources.xlsx" in (path.name, Path(target).name):
            raise PermissionError(13, "Permission denied")
        return renamed(path, target)

    monkeypatch.setattr(Path, "replace", held)
    done = run("build", "-p", city)
    assert done.exit_code == 1
    assert "resources.xlsx: cannot be written. Close it" in done.stderr
    assert {name for name, content in tree(city).items() if before.get(name) != content} == {Path(PEOPLE)}


def test_a_folder_without_a_project_says_how_to_make_one(tmp_path):
    # A wrong folder is a fault of what is there, not of how the command was written: 1, as for any missing file.
    for language, words in (("en", "resourcemap init"), ("ja", "-p でプロジェクトのフォルダーを指定")):
        done = run("check", "-p", tmp_path / "nowhere", language=language)
        assert done.exit_code == 1
        assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [["bild"], ["build", "--jason"], ["build", "-p"], ["check", "extra"], ["init"], ["--sample"]]
)
def test_wrong_usage_ends_with_two(words):
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("language", "words"), [("ja", "名前を確かめてください。"), ("en", "Correct the name.")])
def test_the_environment_chooses_the_language(city, language, words):
    gone(SHEET)(city)
    before = tree(city)
    done = process("check", "-p", city, RESOURCEMAP_LANG=language)
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(city) == before


def test_help_is_quick_because_it_leaves_the_heavy_libraries_alone():
    done = process("--help", python=("-X", "importtime"), RESOURCEMAP_LANG="ja")
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert "地域資源の表から" in done.stdout
    assert "typer" in loaded
    assert not loaded & {"folium", "geopandas", "numpy", "pandas", "pyogrio", "pyproj", "shapely", "xlsxwriter"}


def process(*words, python=(), **environment):
    command = [sys.executable, *python, "-m", "resourcemap", *map(str, words)]
    more = os.environ | {"PYTHONUTF8": "1"} | environment
    return subprocess.run(command, cwd=ROOT, env=more, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_went_in_and_out_and_where_it_wrote(city, command):
    done = run(command, "-p", city, language="ja")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "■" in done.stdout
    assert "入: " in done.stdout
    assert "出: " in done.stdout
    for line in done.stdout.splitlines():
        if line.startswith("  → "):
            assert Path(line.removeprefix("  → ")).is_file()


def test_init_writes_an_empty_project(tmp_path):
    done = run("init", tmp_path / "city", language="ja")
    assert done.exit_code == 0
    assert "resourcemap build -p" in done.stdout
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
        "city",
        "city/data",
        "city/data/地域資源一覧.xlsx",
        "city/layers",
        "city/maps",
        "city/resourcemap.toml",
    ]


def test_the_first_command_in_an_empty_project_says_what_to_do(tmp_path):
    run("init", tmp_path / "city")
    before = tree(tmp_path)
    for command in ("check", "locate", "map", "list", "build"):
        done = run(command, "-p", tmp_path / "city", language="ja")
        assert done.exit_code == 1
        assert "地域資源一覧.xlsx [一覧]: 見出しの下に行がありません。地域資源を1行に1件ずつ" in done.stderr
    assert tree(tmp_path) == before


def test_one_row_in_the_template_is_enough_for_a_map_and_a_list(tmp_path):
    run("init", tmp_path / "city")
    sheet = tmp_path / "city" / "data" / "地域資源一覧.xlsx"
    book = openpyxl.load_workbook(sheet)
    headings = {cell.value: cell.column for cell in book["一覧"][1]}
    row = {"種類": "サロン", "名称": "きんぎょサロン", "承諾": "有", "緯度": 35.73, "経度": 139.71}
    for heading, value in row.items():
        book["一覧"].cell(2, headings[heading], value)
    book.save(sheet)
    done = run("build", "-p", tmp_path / "city")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "きんぎょサロン" in (tmp_path / "city" / "maps" / "index.html").read_text(encoding="utf-8")
    assert openpyxl.load_workbook(tmp_path / "city" / "maps" / "resources.xlsx").sheetnames


@pytest.mark.parametrize("sample", [[], ["--sample"]])
@pytest.mark.parametrize("there", ["resourcemap.toml", "data/x.csv", "layers/x.geojson"])
def test_init_never_overwrites(tmp_path, sample, there):
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    for language, words in (("en", "Nothing was written; choose another folder"), ("ja", "何も書きませんでした")):
        done = run("init", tmp_path, *sample, language=language)
        assert (done.exit_code, done.stdout) == (1, "")
        assert words in done.stderr
    assert tree(tmp_path) == before


def test_init_refuses_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "city").write_text("mine", encoding="utf-8")
    done = run("init", tmp_path / "city")
    assert done.exit_code == 1
    assert "Traceback" not in done.stderr
    assert "RESOURCEMAP_DEBUG" not in done.stderr
    assert (tmp_path / "city").read_text(encoding="utf-8") == "mine"


def test_init_prints_its_files_as_data(tmp_path):
    made = json.loads(run("init", tmp_path / "city", "--json").stdout)
    assert [Path(file).name for file in made["files"]] == ["resourcemap.toml", "地域資源一覧.xlsx"]


def test_the_date_may_be_left_out(city):
    swap(TOML, "date = 2026-11-01\n", "")(city)
    assert run("build", "-p", city).exit_code == 0


def test_two_builds_of_a_moved_project_give_the_same_bytes(city, tmp_path):
    shutil.copytree(city, tmp_path / "moved")
    for folder in (city, tmp_path / "moved"):
        assert run("build", "-p", folder).exit_code == 0
    assert tree(city / "maps") == tree(tmp_path / "moved" / "maps")
