"""Small tables and projects that several tests share."""

from __future__ import annotations

import gc
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
import shapely.geometry
from hypothesis import settings

from resourcemap.language import speaking

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "real"


# Busy machines make slow examples: time belongs to benchmarks. The same examples each time: what fails, fails again.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


def pytest_collection_finish():
    """Modules and thousands of tests stay to the end: the collector need not look through them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _in_english():
    """Tests read English messages; those about Japanese ones say so themselves."""
    with speaking("en"):
        yield


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real data beside the repository; tests that need it skip without it."""
    if not REAL.is_dir():
        pytest.skip("no folder of real data beside the repository")
    return REAL


@pytest.fixture
def town():
    """A town of 4 x 3 square blocks of 400 m, with people on random points and random resources (zone IX)."""
    generator = np.random.default_rng(20261101)
    corners = [(x * 400.0, y * 400.0) for y in range(3) for x in range(4)]
    shapes = [shapely.box(x, y, x + 400, y + 400) for x, y in corners]
    names = [f"本町{number}丁目" for number in range(1, 13)]
    blocks = gpd.GeoDataFrame(
        {"block_id": [f"b{n:02}" for n in range(12)], "block": names, "approximate": False},
        geometry=shapes,
        crs=6677,
    ).to_crs(4326)
    xy = generator.uniform((-100, 0), (1600, 1200), (300, 2))
    ages = generator.integers(0, 9, (300, 3))
    column, row = (xy // 400).astype(int).T
    at_home = [f"b{4 * y + x:02}" if 0 <= x < 4 else None for x, y in zip(column, row, strict=True)]
    people = gpd.GeoDataFrame(
        {"block_id": at_home, "age_0_14": ages[:, 0], "age_15_64": ages[:, 1], "age_65_over": ages[:, 2]},
        geometry=gpd.points_from_xy(*xy.T),
        crs=6677,
    ).to_crs(4326)
    people.insert(1, "total", ages.sum(axis=1))
    spots = generator.uniform((0, 0), (1600, 1200), (24, 2))
    resources = gpd.GeoDataFrame(
        {
            "resource_id": [f"r{n}" for n in range(24)],
            "activity_id": [f"a{n // 2}" for n in range(24)],
            "name": [f"サロン{n}" for n in range(24)],
            "kind": ["salon", "salon", "kids_cafeteria", "hiroba"] * 6,
            "status": ["active"] * 20 + ["suspended", "ended", "active", "active"],
            "place": "venue",
            "located": ["given", "block"] * 12,
            "channels": "list;map;paper",
        },
        geometry=gpd.points_from_xy(*spots.T),
        crs=6677,
    ).to_crs(4326)
    table = pd.DataFrame({"block": names, "圏域": ["西", "西", "東", "東"] * 3, "学区": ["南"] * 6 + ["北"] * 6})
    return blocks, people, resources, table


BLOCKS = {
    "101": ("東町1丁目", 1, 0),
    "102": ("東町2丁目", 1, 1),
    "103": ("西町1丁目", 0, 0),
    "104": ("西町2丁目", 0, 1),
}
HEADINGS = [
    "種類",
    "名称",
    "所在地",
    "場所の形",
    "対象地域",
    "定員",
    "状態",
    "承諾",
    "電話番号",
    "緯度",
    "経度",
    "備考",
]
ROWS = [
    "サロン,きんぎょサロン,,会場,,20,活動中,有,03-0000-0001,34.952,139.713,",
    "子ども食堂,にじ食堂,こまち市東町2丁目3-4,,,15名,活動中,有,,,,",
    "サロン,西のサロン,西町1丁目5,,,,休止中,済,,,,",
    "訪問・見守り,見守り便,,訪問,東圏域,,活動中,有,,,,",
    "サロン,ないしょの会,西町2丁目8,,,,活動中,,090-0000-0002,,,家族のこと",
    "相談窓口,でんわ相談,,電話,,,活動中,有,03-0000-0003,,,",
]
SETTINGS = """[project]
title = "こまち市 地域資源マップ"
prefecture = "見本県"
city = "こまち市"
date = 2026-11-01

[[resources]]
file = "data/資源.xlsx"

[blocks]
file = "layers/町丁目.geojson"

[[areas]]
system = "圏域"
membership = "data/圏域表.csv"

[[areas]]
system = "学区"
polygons = "layers/学区.geojson"
name = "name"

[people]
file = "data/人口.csv"

[background]
water = "layers/川.geojson"

[gaps]
kinds = ["salon", "kids_cafeteria"]

[list]
system = "圏域"
"""
MEMBERS = "町丁目,圏域\n東町1丁目,東圏域\n東町2丁目,東圏域\n西町1丁目,西圏域\n西町2丁目,西圏域\n"
PEOPLE = """町丁目コード,町丁目,総数,0～14歳,15～64歳,65歳以上
101,東町1丁目,100,10,60,30
102,東町2丁目,200,30,130,40
103,西町1丁目,300,40,200,60
104,西町2丁目,0,0,0,0
"""


@pytest.fixture
def city(tmp_path):
    """The folder of a small project with two systems of areas and everything else, and an older map."""
    return write_city(tmp_path / "city")


def write_city(folder):
    """Write the small project into a new folder and return it."""
    squares = {block: _square(column, row, 1, 1) for block, (_, column, row) in BLOCKS.items()}
    blocks = [({"KEY_CODE": block, "S_NAME": BLOCKS[block][0]}, square) for block, square in squares.items()]
    districts = [({"name": "南小学校"}, _square(0, 0, 2, 1)), ({"name": "北小学校"}, _square(0, 1, 2, 1))]
    files = {
        "resourcemap.toml": SETTINGS,
        "layers/町丁目.geojson": _layer(blocks),
        "layers/学区.geojson": _layer(districts),
        "layers/川.geojson": _layer([({"name": "こまち川"}, _square(0.9, 0, 0.1, 2))]),
        "data/圏域表.csv": MEMBERS,
        "data/人口.csv": PEOPLE,
        "maps/index.html": "an older map",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    rows = [[float(cell) if _is_degree(cell) else cell or None for cell in row.split(",")] for row in ROWS]
    save_book(folder / "data" / "資源.xlsx", [["こまち市の資源"], [], HEADINGS, *rows])
    return folder


def save_book(path, rows):
    book = openpyxl.Workbook()
    book.active.title = "一覧"
    for row in rows:
        book.active.append(row)
    book.save(path)


def _is_degree(cell):
    return cell.startswith(("34.", "139."))


def _square(column, row, width, height):
    west, south = 139.70 + column * 0.01, 34.95 + row * 0.01
    return shapely.geometry.mapping(shapely.box(west, south, west + width * 0.01, south + height * 0.01))


def _layer(rows):
    features = [{"type": "Feature", "properties": properties, "geometry": shape} for properties, shape in rows]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


@dataclass(frozen=True)
class Sample:
    """The sample project as init writes it, built once for all tests."""

    folder: Path
    project: object
    reports: dict[str, object]


@pytest.fixture(scope="session")
def sample_project(tmp_path_factory):
    from resourcemap.project.project import open_project
    from resourcemap.project.start import start_project

    folder = tmp_path_factory.mktemp("sample") / "みほん市"
    with speaking("en"):
        start_project(folder, sample=True)
        project = open_project(folder)
        reports = {report.step: report for report in project.build()}
    return Sample(folder, project, reports)


def copy_sample(folder):
    """Copy the sample project of the repository; other tests hold that `init` writes the same bytes."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "resourcemap.toml", folder)
    for name in ("layers", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".resourcemap", "history.csv"))
