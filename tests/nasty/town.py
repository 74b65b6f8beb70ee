"""A small town as a project: four blocks, two systems of areas, people, a list, standards, everything that builds."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

LIST, MEMBERS, PEOPLE, TOML = "data/list.csv", "data/members.csv", "data/people.csv", "resourcemap.toml"
BLOCKS, SCHOOLS, WATER, ADDRESSES = (
    "layers/blocks.geojson",
    "layers/schools.geojson",
    "layers/water.geojson",
    "data/a.csv",
)
HEADINGS = ("種類", "名称", "住所", "緯度", "経度", "定員", "承諾", "電話", "開催日時", "内容", "備考")
ROWS = (
    (
        "サロン",
        "きんぎょサロン",
        "",
        "34.952",
        "139.713",
        "20",
        "有",
        "03-0000-0001",
        "毎週水曜 14:00-16:00",
        "お茶",
        "",
    ),
    ("子ども食堂", "にじ食堂", "東町2丁目3-4", "", "", "15", "有", "", "第2土曜 11:00-13:00", "", ""),
    ("サロン", "西のサロン", "西町1丁目5", "", "", "", "有", "", "", "", ""),
    ("サロン", "ないしょの会", "西町2丁目8", "", "", "", "", "090-0000-0002", "", "", "家族のこと"),
)
NAMES = {"101": ("東町1丁目", 1, 0), "102": ("東町2丁目", 1, 1), "103": ("西町1丁目", 0, 0), "104": ("西町2丁目", 0, 1)}
SETTINGS = """[project]
title = "こまち市 地域資源マップ"
prefecture = "見本県"
city = "こまち市"
date = 2026-11-01

[[resources]]
file = "data/list.csv"

[blocks]
file = "layers/blocks.geojson"

[[areas]]
system = "圏域"
membership = "data/members.csv"

[[areas]]
system = "学区"
polygons = "layers/schools.geojson"
name = "name"

[people]
file = "data/people.csv"

[background]
water = "layers/water.geojson"

[gaps]
kinds = ["salon", "kids_cafeteria"]

[[standards]]
name = "65歳以上の7割が、サロンから500m以内"
kinds = ["salon"]
audience = "65歳以上"
distance = 500
threshold = 0.7

[list]
system = "圏域"
"""


def write_town(folder: Path) -> Path:
    """Write the project into a new folder and return it."""
    square = {block: box(column, row, 1, 1) for block, (_, column, row) in NAMES.items()}
    files = {
        TOML: SETTINGS,
        LIST: csv_text([HEADINGS, *ROWS]),
        MEMBERS: "町丁目,圏域\n東町1丁目,東圏域\n東町2丁目,東圏域\n西町1丁目,西圏域\n西町2丁目,西圏域\n",
        PEOPLE: "町丁目コード,町丁目,総数,0～14歳,15～64歳,65歳以上\n101,東町1丁目,100,10,60,30\n"
        "102,東町2丁目,200,30,130,40\n103,西町1丁目,300,40,200,60\n104,西町2丁目,0,0,0,0\n",
        BLOCKS: layer([({"KEY_CODE": block, "S_NAME": NAMES[block][0]}, square[block]) for block in NAMES]),
        SCHOOLS: layer([({"name": "南小学校"}, box(0, 0, 2, 1)), ({"name": "北小学校"}, box(0, 1, 2, 1))]),
        WATER: layer([({"name": "こまち川"}, box(0.9, 0, 0.1, 2))]),
    }
    for name, text in files.items():
        put(folder, name, text)
    return folder


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """Write one file of a project."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def put_rows(folder: Path, rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS) -> Path:
    """Write the list anew."""
    return put(folder, LIST, csv_text([headings, *rows]))


def row(**cells: str) -> list[str]:
    """Make a row of the list that is well but for some cells."""
    usual = dict(zip(HEADINGS, ROWS[0], strict=True))
    return list((usual | cells).values())


def swap(folder: Path, name: str, old: str, new: str) -> None:
    """Write a text file again with other words in it."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    put(folder, name, text.replace(old, new, 1))


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def layer(features: Iterable[tuple[Mapping[str, Any], Any]], **more: Any) -> str:
    """Write shapes as GeoJSON; a shape may be anything, also what is none."""
    made = [{"type": "Feature", "properties": properties, "geometry": shape} for properties, shape in features]
    return json.dumps({"type": "FeatureCollection", "features": made, **more}, ensure_ascii=False)


def box(column: float, row: float, width: float, height: float) -> dict[str, Any]:
    """Make a rectangle; the town's blocks are 0.01 degrees wide."""
    west, south = 139.70 + column * 0.01, 34.95 + row * 0.01
    east, north = west + width * 0.01, south + height * 0.01
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
